//! What programs see.

use pipewright_jexl::{Failure, OpResult, Value, Variables};

use crate::functors::root;
use crate::run::{Run, has_hidden_name};

/// What programs see: scratch names, then the context, then functors.
impl Variables for Run<'_> {
    fn get(&self, name: &str) -> OpResult<Option<Value>> {
        if let Some(value) = self.scratch.borrow().get(name) {
            return Ok(Some(value.clone()));
        }
        if let Some(value) = self.context.get(name)? {
            return Ok(Some(value));
        }
        Ok(root(name, &self.core.host))
    }

    fn set(&self, name: &str, value: Value) -> OpResult<()> {
        self.scratch.borrow_mut().insert(name.into(), value);
        Ok(())
    }

    /// What is not joined to a name leaves a word in it that nothing has.
    fn is_no_member(&self, name: &str) -> bool {
        has_hidden_name(name)
    }

    /// Java would call methods of its own context object here.
    fn call(&self, name: &str, arguments: &[Value]) -> OpResult<Option<Value>> {
        let is_context_method = match arguments {
            [Value::String(_)] => ["get", "has", "isFeatureFlagEnabled"].contains(&name),
            [Value::String(_), _] => name == "set",
            _ => false,
        };
        if is_context_method {
            return Err(Failure::refused(format!(
                "`{name}` is a method of the Java engine's own context object"
            )));
        }
        Ok(None)
    }
}
