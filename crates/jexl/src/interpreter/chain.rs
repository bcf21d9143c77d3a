//! Access chains and names with dots in them (`spec/jexl.md` §6.2).

use pipewright_source::TextRange;

use super::expression::{is_empty, size_of_value, undefined};
use super::{Flow, Machine, placed, stop};
use crate::compile::code::{Chain, Head, Measure, Step, StepOp};
use crate::{ErrorKind, Failure, Value};

/// How many bytes of a name with dots in it can be looked up for one step.
const BYTES_A_STEP: u64 = 64;

/// The state of a walk along a chain.
pub(super) struct Walk {
    pub(super) object: Value,
    /// Set as long as every step gave null and the names may be one variable with dots in it: the bytes of it that were
    /// asked for. What was found under such a name is the object, but the next null is again looked up as a longer
    /// name.
    pub(super) dotted: Option<usize>,
}

impl Machine<'_> {
    pub(super) fn chain(&mut self, chain: &Chain, range: TextRange) -> Flow {
        let mut walk = self.head(chain)?;
        for step in &chain.steps {
            if walk.object.is_null() && is_call(&step.op) {
                break;
            }
            if let Value::Unknown(unknown) = &walk.object
                && !matches!(step.op, StepOp::Name(_))
            {
                walk.object = self.step_from_unknown(unknown.clone(), &step.op)?;
                continue;
            }
            if !self.advance(chain, step, &mut walk)? {
                break;
            }
        }
        match (&chain.head, walk.dotted) {
            (Head::Variable { dotted, .. }, Some(length))
                if walk.object.is_null() && !chain.protected && !self.lenient =>
            {
                Err(stop(self.unsolved(&dotted[..length]), range))
            }
            _ => Ok(walk.object),
        }
    }

    /// The object a chain starts from.
    pub(super) fn head(&mut self, chain: &Chain) -> Flow<Walk> {
        match &chain.head {
            Head::Code(code) => Ok(Walk {
                object: self.eval(code)?,
                dotted: None,
            }),
            Head::Variable { dotted, length } => {
                let object = self.lookup(&dotted[..*length], chain.head_range)?;
                Ok(Walk {
                    dotted: object.is_null().then_some(*length),
                    object,
                })
            }
        }
    }

    /// Takes one step; whether the walk goes on.
    pub(super) fn advance(&mut self, chain: &Chain, step: &Step, walk: &mut Walk) -> Flow<bool> {
        let object = std::mem::take(&mut walk.object);
        walk.object = self.step(&step.op, object, step.range)?;
        if !walk.object.is_null() {
            walk.dotted = None;
            return Ok(true);
        }
        match (&chain.head, walk.dotted) {
            (Head::Variable { dotted, .. }, Some(_)) => {
                // A long chain asks for longer and longer names.
                self.spend(step.dotted as u64 / BYTES_A_STEP, step.range)?;
                walk.object = self.lookup(&dotted[..step.dotted], step.range)?;
                walk.dotted = Some(step.dotted);
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    fn lookup(&self, name: &str, range: TextRange) -> Flow {
        Self::read_bytes(name.len(), range)?;
        placed(
            self.variables.get(name).map(Option::unwrap_or_default),
            range,
        )
    }

    fn unsolved(&self, name: &str) -> Failure {
        match self.variables.get(name) {
            Ok(Some(_)) => Failure::new(ErrorKind::UndefinedVariable, format!("{name} is null")),
            _ => undefined(name),
        }
    }

    /// One step from an object, which may be null.
    fn step(&mut self, op: &StepOp, object: Value, range: TextRange) -> Flow {
        match op {
            StepOp::Measure(inner, measures) => {
                let mut value = match inner.as_deref() {
                    Some(op) => self.step(op, object, range)?,
                    None => object,
                };
                for measure in measures {
                    value = match measure {
                        Measure::Size => placed(size_of_value(&value), range)?,
                        Measure::Empty => placed(is_empty(&value), range)?,
                    };
                }
                Ok(value)
            }
            StepOp::Method(_) | StepOp::IndexCall(..) if object.is_null() => {
                if self.lenient {
                    return Ok(Value::Null);
                }
                Err(stop(
                    Failure::new(ErrorKind::UndefinedMethod, "a method of null is called"),
                    range,
                ))
            }
            _ if object.is_null() => Ok(Value::Null),
            StepOp::Name(key) => self.member(&object, key, range),
            StepOp::Index(indexes) => self.elements(object, indexes),
            StepOp::Method(call) => self.method(object, call, range),
            StepOp::IndexCall(indexes, calls) => {
                let callee = self.elements(object.clone(), indexes)?;
                self.call_values(callee, calls, range)
            }
        }
    }
}

fn is_call(op: &StepOp) -> bool {
    matches!(op, StepOp::Method(_) | StepOp::IndexCall(..))
}
