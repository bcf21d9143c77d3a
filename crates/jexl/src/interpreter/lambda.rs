//! Functions of the script.

use std::any::Any;
use std::sync::{Arc, PoisonError, RwLock};

use pipewright_source::TextRange;

use super::{Flow, Interrupt, Machine};
use crate::compile::code::LambdaCode;
use crate::value::{JavaString, Object, release};
use crate::{ErrorKind, OpResult, Value};

/// A function of the script with the values it took from around it.
#[derive(Debug)]
pub(super) struct Lambda {
    code: Arc<LambdaCode>,
    /// What was captured, by slot. A function that was assigned to a variable it captured holds no value for it: it is
    /// itself.
    captured: RwLock<Vec<Captured>>,
}

#[derive(Debug)]
struct Captured {
    slot: usize,
    outer: usize,
    /// `None` for the function itself.
    value: Option<Value>,
}

impl Lambda {
    /// The function was assigned to the slot `outer` of the function around it: from now on it finds itself there.
    fn knows_itself(&self, outer: usize) {
        let mut captured = self
            .captured
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        for capture in captured.iter_mut().filter(|capture| capture.outer == outer) {
            capture.value = None;
        }
    }
}

impl Object for Lambda {
    fn type_name(&self) -> &'static str {
        "Lambda"
    }

    fn text(&self) -> OpResult<JavaString> {
        Ok("org.apache.commons.jexl3.internal.Closure@0".into())
    }

    fn each_held(&self, look: &mut dyn FnMut(&Value)) {
        let captured = self.captured.read().unwrap_or_else(PoisonError::into_inner);
        captured
            .iter()
            .filter_map(|capture| capture.value.as_ref())
            .for_each(look);
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Drop for Lambda {
    fn drop(&mut self) {
        let captured = self
            .captured
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        release(captured.drain(..).filter_map(|capture| capture.value));
    }
}

impl Machine<'_> {
    /// Makes a function of the code, with the values of now.
    pub(super) fn closure(&mut self, code: &Arc<LambdaCode>, range: TextRange) -> Flow {
        Self::read_elements(code.captured.len(), range)?;
        let captured = code
            .captured
            .iter()
            .map(|&(slot, outer)| Captured {
                slot,
                outer,
                value: Some(self.local(outer)),
            })
            .collect();
        Ok(Value::object(Lambda {
            code: Arc::clone(code),
            captured: RwLock::new(captured),
        }))
    }

    /// A function that was just assigned to the variable in `slot` finds itself there when it is called.
    pub(super) fn bind_to_itself(assigned: &Value, slot: usize) {
        if let Value::Object(object) = assigned
            && let Some(lambda) = object.as_any().downcast_ref::<Lambda>()
        {
            lambda.knows_itself(slot);
        }
    }

    /// Calls a function, which `callee` is. Missing arguments are null, surplus ones are dropped. A bare Java exception
    /// inside becomes the failure of the call.
    pub(super) fn call_lambda(
        &mut self,
        callee: &Value,
        lambda: &Lambda,
        arguments: &[Value],
        range: TextRange,
    ) -> Flow {
        Self::read_elements(lambda.code.slots, range)?;
        let base = self.locals.len();
        self.locals.resize(base + lambda.code.slots, Value::Null);
        for (slot, argument) in arguments.iter().take(lambda.code.parameters).enumerate() {
            self.locals[base + slot] = argument.clone();
        }
        for capture in lambda
            .captured
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
        {
            self.locals[base + capture.slot] = match &capture.value {
                Some(value) => value.clone(),
                None => callee.clone(),
            };
        }
        let outer = (self.base, std::mem::take(&mut self.lenient));
        self.base = base;
        let result = self.deeper(range, |machine| machine.eval(&lambda.code.body));
        (self.base, self.lenient) = outer;
        self.locals.truncate(base);
        result.or_else(|stop| match *stop {
            Interrupt::Return(value) => Ok(value),
            Interrupt::Break | Interrupt::Continue => Ok(Value::Null),
            Interrupt::Error(mut error) => {
                if error.kind.is_bare_exception() {
                    error.kind = ErrorKind::MethodFailed;
                }
                Err(Box::new(Interrupt::Error(error)))
            }
            unknown @ Interrupt::Unknown(_) => Err(Box::new(unknown)),
        })
    }
}
