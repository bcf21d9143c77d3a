//! What settings and inputs of a position come to, held against what their texts accept (`spec/engine.md` §7).

use std::sync::Arc;

use pipewright_jexl::Value;

use crate::UnknownCause;
use crate::runtime_input::{Filled, validator};
use crate::state::{Nested, PositionState};

fn as_number(value: &Value) -> Option<Value> {
    let text = value.as_string()?.to_str();
    text.trim().parse().ok().map(Value::Double)
}

impl PositionState {
    /// Whether a text may hold an expression.
    pub(crate) fn may_hold_expression(&self, text: &str) -> bool {
        self.contents.pipeline.version.may_hold_expression(text)
    }

    /// Whether nothing of a value is left to be evaluated.
    fn is_settled(&self, value: &Value) -> bool {
        match value {
            Value::Unknown(_) | Value::Null => false,
            Value::String(text) => !self.may_hold_expression(&text.to_str()),
            _ => true,
        }
    }

    /// The value of a setting, unless its text accepts others only: a run checks a setting once it has resolved it. The
    /// type of the setting decides between text and number; it is not known here, so either will do.
    pub(crate) fn checked(self: &Arc<Self>, name: &str, text: &str, value: Value) -> Value {
        let Some(validator) = validator(text).filter(|_| self.is_settled(&value)) else {
            return value;
        };
        let here = Nested(self);
        let engine = &self.contents.engine;
        let check = |value: &Value| validator.check_resolved(engine, &here, value);
        match check(&value) {
            Err(refusal) if as_number(&value).is_none_or(|number| check(&number).is_err()) => {
                Value::Unknown(UnknownCause::ValueIsRefused(refusal).of(name))
            }
            _ => value,
        }
    }

    /// What is said of a runtime input without value.
    pub(crate) fn open_input(&self, name: &str, filled: &Filled<'_>) -> Value {
        match filled {
            Filled::DuringRun => self.unknown(name, UnknownCause::AskedDuringRun),
            Filled::MayDiffer => self.unknown(name, UnknownCause::RuntimeInputWithDefault),
            _ => self.unknown(name, UnknownCause::RuntimeInput),
        }
    }
}
