//! Statements (`spec/jexl.md` §3.2).

use pipewright_source::TextRange;

use super::{Flow, Interrupt, Machine, stop};
use crate::compile::code::{Code, For, LoopVariable, Op};
use crate::operators;
use crate::value::Range;
use crate::{Failure, Value};

/// What a loop walks.
enum Items {
    Values(Vec<Value>),
    Range(Range),
}

impl Items {
    fn get(&self, index: u64) -> Option<Value> {
        match self {
            Self::Values(values) => values.get(usize::try_from(index).ok()?).cloned(),
            Self::Range(range) => range.value(index),
        }
    }
}

impl Machine<'_> {
    pub(super) fn statement(&mut self, code: &Code) -> Flow {
        match &code.op {
            Op::Block(statements) => {
                let mut last = Value::Null;
                for statement in statements {
                    last = self.eval(statement)?;
                }
                Ok(last)
            }
            Op::If(parts) => {
                let (condition, then, otherwise) = &**parts;
                if self.condition(condition)? {
                    return self.eval(then);
                }
                otherwise
                    .as_ref()
                    .map_or(Ok(Value::Null), |otherwise| self.eval(otherwise))
            }
            Op::For(each) => self.for_each(each, code.range),
            Op::While(parts) => {
                let (condition, body) = &**parts;
                let mut last = Value::Null;
                while self.condition(condition)? {
                    if !self.body(body, &mut last)? {
                        break;
                    }
                }
                Ok(last)
            }
            Op::Return(value) => {
                let value = self.eval(value)?;
                Err(Box::new(Interrupt::Return(value)))
            }
            Op::Break => Err(Box::new(Interrupt::Break)),
            Op::Continue => Err(Box::new(Interrupt::Continue)),
            Op::Declare(slot, value) => {
                let value = match value {
                    Some(value) => self.eval(value)?,
                    None => Value::Null,
                };
                self.set_local(*slot, value.clone());
                Self::bind_to_itself(&value, *slot);
                Ok(value)
            }
            _ => self.eval(code),
        }
    }

    fn condition(&mut self, condition: &Code) -> Flow<bool> {
        self.spend(1, condition.range)?;
        let value = self.eval(condition)?;
        operators::to_boolean(&value).map_err(|failure| stop(failure, condition.range))
    }

    /// Runs the body of a loop once; whether the loop goes on.
    fn body(&mut self, body: &Code, last: &mut Value) -> Flow<bool> {
        match self.eval(body) {
            Ok(value) => {
                *last = value;
                Ok(true)
            }
            Err(stop) => match *stop {
                Interrupt::Break => Ok(false),
                Interrupt::Continue => Ok(true),
                other => Err(Box::new(other)),
            },
        }
    }

    fn for_each(&mut self, each: &For, range: TextRange) -> Flow {
        let mut last = Value::Null;
        let walked = self.eval(&each.items)?;
        let Some(items) = items(&walked).map_err(|failure| stop(failure, each.items.range))? else {
            return Ok(last);
        };
        if let Items::Values(values) = &items {
            Self::read_elements(values.len(), range)?;
        }
        for index in 0.. {
            let Some(item) = items.get(index) else { break };
            self.spend(1, range)?;
            match &each.variable {
                LoopVariable::Local(slot) => self.set_local(*slot, item),
                LoopVariable::Variable(name) => self
                    .variables
                    .set(name, item)
                    .map_err(|failure| stop(failure, range))?,
            }
            if !self.body(&each.body, &mut last)? {
                break;
            }
        }
        Ok(last)
    }
}

/// What a loop walks in a value: nothing in null and in what has no elements.
fn items(value: &Value) -> Result<Option<Items>, Failure> {
    Ok(Some(match value {
        Value::Array(array) => Items::Values(array.snapshot().to_vec()),
        Value::List(list) => Items::Values(list.snapshot().to_vec()),
        Value::Set(set) => Items::Values(set.items()),
        Value::Map(map) => Items::Values(map.snapshot().values()),
        Value::Range(range) => Items::Range(*range),
        Value::Object(object) => match object.items()? {
            Some(items) => Items::Values(items),
            None => return Ok(None),
        },
        Value::Unknown(unknown) => return Err(Failure::from(unknown)),
        _ => return Ok(None),
    }))
}
