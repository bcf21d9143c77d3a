//! The roots of functors as values whose methods are called.

use std::any::Any;
use std::sync::Arc;

use pipewright_jexl::value::{JavaString, Object, Unknown};
use pipewright_jexl::{ErrorKind, Failure, OpResult, Value};

use crate::functors::arguments;
use crate::functors::functor::Host;
use crate::functors::platform::PLATFORM_ROOTS;
use crate::functors::table::FUNCTORS;

/// The value of the root `name`; `None` if the functors of `host` have none of this name.
pub(crate) fn root(name: &str, host: &Arc<Host>) -> Option<Value> {
    if !host.set.has(name) {
        return None;
    }
    if let Some(platform) = PLATFORM_ROOTS.iter().find(|root| root.name == name) {
        return Some(Value::Unknown(platform.unknown()));
    }
    let functor = FUNCTORS.iter().find(|functor| functor.root == name)?;
    Some(Value::object(Root {
        name: functor.root,
        host: Arc::clone(host),
    }))
}

/// A functor root as JEXL sees it.
#[derive(Debug)]
struct Root {
    name: &'static str,
    host: Arc<Host>,
}

impl Object for Root {
    fn type_name(&self) -> &'static str {
        self.name
    }

    fn described(&self) -> Option<String> {
        Some(format!("`{}`", self.name))
    }

    fn text(&self) -> OpResult<JavaString> {
        Ok(format!("functor {}", self.name).into())
    }

    fn call(&self, method: &str, arguments: &[Value]) -> OpResult<Option<Value>> {
        let Some(functor) = FUNCTORS.iter().find(|functor| {
            functor.root == self.name && functor.name == method && functor.takes(arguments)
        }) else {
            return Ok(None);
        };
        if let Some(unknown) = Unknown::among(arguments) {
            return Err(Failure::Unknown(unknown));
        }
        arguments::charge(functor.parameters, arguments)?;
        let result = (functor.call)(&self.host, arguments).map_err(thrown)?;
        arguments::charge_result(&result)?;
        Ok(Some(result))
    }

    fn signatures(&self, method: &str) -> Vec<String> {
        let functors = FUNCTORS.iter();
        let functors =
            functors.filter(|functor| functor.root == self.name && functor.name == method);
        functors.map(crate::Functor::signature).collect()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A failure inside a functor as its caller sees it: the method threw, whatever it was.
fn thrown(failure: Failure) -> Failure {
    match failure {
        Failure::Error { kind, message }
            if !matches!(
                kind,
                ErrorKind::Limit | ErrorKind::Refused | ErrorKind::Evaluation
            ) =>
        {
            Failure::method(message)
        }
        other => other,
    }
}
