//! Runs compiled programs.
//!
//! A tree walk over [`crate::compile::code`]. Errors, `return`, `break` and `continue` leave it as a [`Stop`].

mod access;
mod assign;
mod call;
mod chain;
mod collect;
mod expression;
mod lambda;
mod property;
mod statement;
mod unknown;

use pipewright_source::TextRange;

use crate::budget;
use crate::compile::Compiled;
use crate::limits::{MAX_DEPTH, MAX_STEPS};
use crate::value::Unknown;
use crate::{Error, ErrorKind, Failure, OpResult, Value, Variables};

/// Runs a program within `steps` steps and leaves what it did not take.
pub(crate) fn run(
    program: &Compiled,
    variables: &dyn Variables,
    steps: &mut u64,
) -> Result<Value, Error> {
    let granted = (*steps).min(MAX_STEPS);
    let mut machine = Machine {
        variables,
        locals: match program.slots {
            0 => Vec::new(),
            slots => vec![Value::Null; slots],
        },
        base: 0,
        steps: granted,
        depth: 0,
        lenient: false,
    };
    let result = budget::question(|| machine.eval(&program.body));
    *steps -= granted - machine.steps;
    match result {
        Ok(value) => Ok(value),
        Err(stop) => match *stop {
            Interrupt::Error(error) => Err(error),
            Interrupt::Return(value) => Ok(value),
            Interrupt::Unknown(unknown) => Ok(Value::Unknown(unknown)),
            Interrupt::Break | Interrupt::Continue => Ok(Value::Null),
        },
    }
}

/// Why the walk left an expression without a value. Boxed, so that values are passed cheaply.
type Stop = Box<Interrupt>;

/// A value, or why there is none.
type Flow<T = Value> = Result<T, Stop>;

#[derive(Debug)]
enum Interrupt {
    Error(Error),
    Return(Value),
    Break,
    Continue,
    /// The way the program goes on hangs on a value that only a run can tell.
    Unknown(Unknown),
}

impl Interrupt {
    /// Whether it may stay away where the run takes another way: everything but a limit that is reached.
    fn may_not_happen(&self) -> bool {
        !matches!(self, Self::Error(error) if error.kind == ErrorKind::Limit)
    }
}

/// One run.
struct Machine<'a> {
    variables: &'a dyn Variables,
    /// The local variables of every function that runs; those of the innermost start at `base`.
    locals: Vec<Value>,
    base: usize,
    /// Steps that are left.
    steps: u64,
    depth: usize,
    /// Inside `size` and `empty`: what is unknown is null.
    lenient: bool,
}

impl Machine<'_> {
    /// Counts `steps` steps.
    fn spend(&mut self, steps: u64, range: TextRange) -> Flow<()> {
        match self.steps.checked_sub(steps) {
            Some(left) => {
                self.steps = left;
                Ok(())
            }
            None => Err(stop(
                Failure::limit(format!("the program takes more than {MAX_STEPS} steps")),
                range,
            )),
        }
    }

    /// Counts the memory of a value that was made.
    fn charge(value: &Value, range: TextRange) -> Flow<()> {
        let element = size_of::<Value>();
        let bytes = match value {
            Value::String(text) => text.bytes(),
            Value::BigInteger(number) => usize::try_from(number.bits() / 8).unwrap_or(usize::MAX),
            Value::Array(array) => array.len() * element,
            Value::List(list) => list.len() * element,
            Value::Set(set) => set.len() * element * 2,
            Value::Map(map) => map.len() * element * 2,
            _ => return Ok(()),
        };
        Self::charge_bytes(bytes, range)
    }

    /// Pays for reading `bytes` bytes of text, such as a name that is looked up.
    fn read_bytes(bytes: usize, range: TextRange) -> Flow<()> {
        budget::read_bytes(bytes).map_err(|failure| stop(failure, range))
    }

    /// Pays for reading or copying `elements` values.
    fn read_elements(elements: usize, range: TextRange) -> Flow<()> {
        budget::read_elements(elements).map_err(|failure| stop(failure, range))
    }

    fn charge_bytes(bytes: usize, range: TextRange) -> Flow<()> {
        budget::grow(bytes).map_err(|failure| stop(failure, range))
    }

    /// Goes one level deeper for as long as `walk` runs.
    fn deeper<T>(&mut self, range: TextRange, walk: impl FnOnce(&mut Self) -> Flow<T>) -> Flow<T> {
        if self.depth >= MAX_DEPTH {
            return Err(stop(
                Failure::limit(format!(
                    "calls and expressions nest more than {MAX_DEPTH} deep"
                )),
                range,
            ));
        }
        self.depth += 1;
        let result = walk(self);
        self.depth -= 1;
        result
    }

    fn local(&self, slot: usize) -> Value {
        self.locals
            .get(self.base + slot)
            .cloned()
            .unwrap_or_default()
    }

    fn set_local(&mut self, slot: usize, value: Value) {
        if let Some(place) = self.locals.get_mut(self.base + slot) {
            *place = value;
        }
    }
}

/// A failure at its place in the source.
#[expect(
    clippy::unnecessary_box_returns,
    reason = "a stop is boxed to keep results small"
)]
fn stop(failure: Failure, range: TextRange) -> Stop {
    Box::new(match failure {
        Failure::Unknown(unknown) => Interrupt::Unknown(unknown),
        failure @ Failure::Error { .. } => Interrupt::Error(failure.at(range)),
    })
}

/// The value of an operation at its place; one that hangs on an unknown value is unknown itself.
fn placed(outcome: OpResult, range: TextRange) -> Flow {
    match outcome {
        Ok(value) => Ok(value),
        Err(Failure::Unknown(unknown)) => Ok(Value::Unknown(unknown)),
        Err(failure) => Err(stop(failure, range)),
    }
}
