//! The value of an island (`spec/engine.md` §2.3).

use pipewright_jexl::{ErrorKind, Value};

use crate::error::Error;
use crate::limits::{ISLAND_WORK, MAX_DEPTH};
use crate::parts::Parts;
use crate::profile::Mode;
use crate::run::{Run, spend};
use crate::template::{find_expression, written};
use crate::trace::{Answer, Event, shown};

impl Run<'_> {
    /// The value of one island; `inner` is the text between its delimiters.
    pub(crate) fn island(&self, inner: &Parts, depth: u32) -> Result<Value, Error> {
        self.enter();
        let result = self.island_value(inner, depth);
        self.leave(|| Event::Island {
            expression: inner.text.to_string(),
            answer: Answer::of(&result),
        });
        result
    }

    fn island_value(&self, inner: &Parts, depth: u32) -> Result<Value, Error> {
        spend(ISLAND_WORK)?;
        if depth == 0 {
            return Err(Error::new(
                ErrorKind::Evaluation,
                format!(
                    "<+{}> is reached through more than {MAX_DEPTH} indirections, or leads to itself",
                    shown(&inner.text)
                ),
            ));
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
    fn settle(&self, value: Value, name: &str, depth: u32) -> Result<Value, Error> {
        let Some(text) = value.as_string() else {
            return self.evaluate_inside(value);
        };
        let text = text.to_str();
        if !find_expression(&text).map_err(Error::of_failure)? {
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
