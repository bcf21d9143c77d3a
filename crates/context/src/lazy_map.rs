//! Maps of a run whose members are made when they are read, as the engine's expressions see them.

use std::any::Any;
use std::fmt::Debug;

use pipewright_engine::has_hidden_name;
use pipewright_jexl::value::{JavaString, Object, Unknown};
use pipewright_jexl::{Failure, OpResult, Value};

/// Something with named members.
pub(crate) trait LazyMap: Debug + Send + Sync + Sized + 'static {
    /// The member `name`; null where there is none.
    fn member(&self, name: &str) -> Value;

    /// All members as a map.
    ///
    /// # Errors
    /// If only a run knows them all.
    fn whole(&self) -> Result<Value, Unknown>;

    /// A member that is also written as a call without arguments.
    fn called(&self, method: &str) -> Option<Value> {
        let _ = method;
        None
    }

    /// The map itself, where its members need no work: what an expression that ends here gives. `None` where they do.
    ///
    /// # Errors
    /// Where nothing of it is known.
    fn plain(&self) -> OpResult<Option<Value>> {
        Ok(self.whole().ok())
    }

    fn into_value(self) -> Value {
        Value::object(Map(self))
    }
}

/// Members as the object that JEXL asks: a Java map.
#[derive(Debug)]
struct Map<M>(M);

impl<M: LazyMap> Object for Map<M> {
    fn type_name(&self) -> &'static str {
        "Map"
    }

    fn text(&self) -> OpResult<JavaString> {
        self.0.whole().map_err(Failure::Unknown)?.text()
    }

    fn property(&self, key: &Value) -> OpResult<Option<Value>> {
        Ok(name_of(key).map(|name| {
            if has_hidden_name(&name) {
                // What is not joined to a name leaves a word in it that nothing has.
                return Value::Null;
            }
            self.0.member(&name)
        }))
    }

    /// `get(key)` reads a member, as that of a Java map does; a map that is known as a whole has its other methods,
    /// too.
    fn call(&self, method: &str, arguments: &[Value]) -> OpResult<Option<Value>> {
        let found = match (method, arguments) {
            ("get", [key]) => self.property(key)?,
            (_, []) => self.0.called(method),
            _ => None,
        };
        match found {
            Some(value) => Ok(Some(value)),
            None => self
                .0
                .whole()
                .map_or(Ok(None), |map| map.call(method, arguments)),
        }
    }

    fn plain(&self) -> OpResult<Option<Value>> {
        self.0.plain()
    }

    fn as_any(&self) -> &dyn Any {
        &self.0
    }
}

/// The name that a key is; `None` for keys no map of Harness has.
pub(crate) fn name_of(key: &Value) -> Option<String> {
    match key {
        Value::String(name) => Some(name.to_str().into_owned()),
        key => key.as_i64().map(|number| number.to_string()),
    }
}
