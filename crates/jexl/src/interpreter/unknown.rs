//! Steps from a value that only a run can tell: whatever they would be, the answer hangs on it and on what is handed
//! over.

use super::{Flow, Machine};
use crate::Value;
use crate::compile::code::{Code, StepOp};
use crate::value::Unknown;

impl Machine<'_> {
    /// One step of a chain other than a name.
    pub(super) fn step_from_unknown(&mut self, unknown: Unknown, op: &StepOp) -> Flow {
        match op {
            StepOp::Name(key) => Ok(unknown.member(&key.value)),
            StepOp::Index(indexes) => match self.elements(Value::Unknown(unknown.clone()), indexes)
            {
                Err(stop) if stop.may_not_happen() => Ok(unknown.consequence()),
                found => found,
            },
            StepOp::Method(call) => match call.arguments.first() {
                Some(first) => self.method_of_unknown(unknown, &call.name, first),
                None => Ok(unknown.consequence()),
            },
            StepOp::Measure(..) | StepOp::IndexCall(..) => Ok(unknown.consequence()),
        }
    }

    /// `unknown.name(arguments)`; `get` of a map reads a member.
    pub(super) fn method_of_unknown(
        &mut self,
        unknown: Unknown,
        name: &str,
        arguments: &[Code],
    ) -> Flow {
        let arguments = match self.arguments(arguments) {
            Ok(arguments) => arguments,
            // Whether a run comes so far is not known.
            Err(stop) if stop.may_not_happen() => return Ok(unknown.consequence()),
            Err(stop) => return Err(stop),
        };
        if let ("get", [key @ Value::String(_)]) = (name, &*arguments) {
            return Ok(unknown.member(key));
        }
        let mut all = unknown;
        for argument in arguments.iter() {
            if let Value::Unknown(argument) = argument {
                all.join(argument);
            }
        }
        Ok(all.consequence())
    }
}
