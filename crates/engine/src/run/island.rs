//! The value of an island (`spec/engine.md` §2.3).

use pipewright_jexl::{ErrorKind, Value};
use pipewright_syntax::Language;

use crate::error::Error;
use crate::limits::{ISLAND_WORK, MAX_DEPTH};
use crate::parts::Island;
use crate::profile::Mode;
use crate::run::{Run, spend};
use crate::template::{find_expression, written, written_in};
use crate::trace::{Answer, Event, shown};

impl Run<'_> {
    /// The value of one island.
    pub(crate) fn island(&self, island: &Island, depth: u32) -> Result<Value, Error> {
        self.enter();
        let result = self.island_value(island, depth);
        let expression = || island.inner.text.to_string();
        self.leave(|| match island.language {
            Language::Jexl => Event::Island {
                expression: expression(),
                answer: Answer::of(&result),
            },
            Language::Cel => Event::Cel {
                expression: expression(),
                answer: Answer::of(&result),
            },
        });
        result
    }

    fn island_value(&self, island: &Island, depth: u32) -> Result<Value, Error> {
        let inner = &island.inner;
        spend(ISLAND_WORK)?;
        if depth == 0 {
            return Err(Error::new(
                ErrorKind::Evaluation,
                format!(
                    "{} is reached through more than {MAX_DEPTH} indirections, or leads to itself",
                    written_in(island.language, &shown(&inner.text))
                ),
            ));
        }
        if island.language == Language::Cel {
            return self.cel(inner, depth);
        }
        if inner.text.is_empty() {
            return Ok(Value::from(""));
        }
        if !inner.islands.is_empty() {
            return self.evaluate(inner, depth - 1);
        }
        let value = self.look_up(&inner.text, str::to_owned, depth)?;
        if value.is_null() && self.mode == Mode::Original {
            return Ok(Value::from(written(&inner.text)));
        }
        self.settle(value, &inner.text, depth)
    }

    /// A value as it is used: expressions inside it are evaluated as well.
    pub(super) fn settle(&self, value: Value, name: &str, depth: u32) -> Result<Value, Error> {
        let Some(text) = value.as_string() else {
            return self.evaluate_inside(value);
        };
        let text = text.to_str();
        if !find_expression(&text, self.languages).map_err(Error::of_failure)? {
            return Ok(value);
        }
        if text == written(name) {
            return match self.mode {
                Mode::Original => Ok(value.clone()),
                Mode::Null | Mode::Throw => Err(Error::new(
                    ErrorKind::Evaluation,
                    format!("the value of <+{0}> is <+{0}> itself", shown(name)),
                )),
            };
        }
        self.evaluate_text(&text, depth - 1)
    }
}
