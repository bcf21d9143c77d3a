//! Evaluating the texts that a list or map holds (`spec/engine.md` §2.3 and §2.6).

use pipewright_jexl::{ErrorKind, Failure, Value};

use crate::error::Error;
use crate::limits::{MAX_COLLECTION_NESTING, MAX_DEPTH};
use crate::objects::{holds_expressions, replace_texts};
use crate::run::Run;
use crate::trace::{Event, shown};

impl Run<'_> {
    /// `value` with every text in it evaluated that has islands in it, and the texts of what they give in their place.
    ///
    /// As in Harness the first text that fails or gives null ends it without a word, and what came before stays
    /// evaluated. Only a value that leads to itself is an error: Java overflows its stack.
    pub(super) fn evaluate_inside(&self, value: Value) -> Result<Value, Error> {
        let value = match &value {
            Value::Object(object) => match object.plain() {
                Ok(Some(plain)) => plain,
                Ok(None) => return Ok(value),
                Err(Failure::Unknown(unknown)) => return Ok(Value::Unknown(unknown)),
                Err(failure) => return Err(Error::of_failure(failure)),
            },
            _ => value,
        };
        if !holds_expressions(&value, self.languages).map_err(Error::of_failure)? {
            return Ok(value);
        }
        let nesting = self.collections.get();
        if nesting >= MAX_COLLECTION_NESTING {
            self.leads_to_itself.set(true);
            return Err(Error::new(
                ErrorKind::Evaluation,
                "an expression inside a list or map leads back to that list or map",
            ));
        }
        self.collections.set(nesting + 1);
        self.enter();
        let replaced = replace_texts(&value, self.languages, &|text| self.evaluate_element(text));
        self.collections.set(nesting);
        self.leave(|| Event::Collection {
            stopped: replaced.stopped.as_ref().map(|error| error.message.clone()),
        });
        match replaced.stopped {
            Some(error) if error.is_limit() || self.leads_to_itself.get() => Err(error),
            _ => replaced.value,
        }
    }

    /// The text of what a text in a collection gives.
    fn evaluate_element(&self, text: &str) -> Result<Value, Error> {
        match self.evaluate_text(text, MAX_DEPTH)? {
            Value::Null => Err(Error::new(
                ErrorKind::NullOperand,
                format!("`{}` is null", shown(text)),
            )),
            unknown @ Value::Unknown(_) => Ok(unknown),
            value => value.text().map(Value::String).map_err(Error::of_failure),
        }
    }
}
