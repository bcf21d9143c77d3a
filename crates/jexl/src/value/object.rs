//! Objects of the host: whatever has members but is no plain value.

use std::any::Any;
use std::cmp::Ordering;
use std::fmt;

use super::{JavaString, Value};
use crate::OpResult;
use crate::methods::Method;

/// An object that JEXL only knows by its members: a functor such as `json`, a node that is resolved when read, a date.
///
/// `None` always means that the object has no such thing; the interpreter makes the right error of it.
/// Methods take `&self`: an object that changes keeps its state behind a lock.
pub trait Object: fmt::Debug + Send + Sync {
    /// The name of its type in answers and messages, such as `Date`.
    fn type_name(&self) -> &str;

    /// What it is called in messages; `None` where that is its type, as in `a Date`.
    fn described(&self) -> Option<String> {
        None
    }

    /// Its text, as Java's `toString()` gives it.
    fn text(&self) -> OpResult<JavaString>;

    /// The member `key` of `object.key` (a string, or an `Integer` for a canonical number) or `object[key]` (any
    /// value).
    fn property(&self, key: &Value) -> OpResult<Option<Value>> {
        let _ = key;
        Ok(None)
    }

    /// Sets the member `key`; `None` if it cannot be set.
    fn set_property(&self, key: &Value, value: &Value) -> OpResult<Option<()>> {
        let _ = (key, value);
        Ok(None)
    }

    /// Calls a method; `None` if there is none of this name that takes these arguments.
    fn call(&self, method: &str, arguments: &[Value]) -> OpResult<Option<Value>> {
        let _ = (method, arguments);
        Ok(None)
    }

    /// How the methods of a name are called, such as `plusDays(count)`; empty where there is none, or nothing is known.
    fn signatures(&self, method: &str) -> Vec<String> {
        let _ = method;
        Vec::new()
    }

    /// The methods that [`Object::call`] does, for those who ask without calling; `None` where they are not told.
    fn methods(&self) -> Option<Vec<&'static Method>> {
        None
    }

    /// Calls the object itself, where it stands in the place of a function; `None` if it is none.
    fn invoke(&self, arguments: &[Value]) -> OpResult<Option<Value>> {
        let _ = arguments;
        Ok(None)
    }

    /// What `for (var x : object)` walks; `None` if it cannot be walked.
    fn items(&self) -> OpResult<Option<Vec<Value>>> {
        Ok(None)
    }

    /// `equals`; `None` where only the very same object is equal.
    fn equals(&self, other: &Value) -> OpResult<Option<bool>> {
        let _ = other;
        Ok(None)
    }

    /// `hashCode`, which must agree with [`Object::equals`].
    fn hash_code(&self) -> OpResult<i32> {
        Ok(0)
    }

    /// `compareTo`; `None` if the object is not `Comparable`. A partner of another class is a failure of kind
    /// `class-cast`.
    fn compare(&self, other: &Value) -> OpResult<Option<Ordering>> {
        let _ = other;
        Ok(None)
    }

    /// The list or map the object stands for; `None` if it stands for itself. JSON and answers show the plain value.
    fn plain(&self) -> OpResult<Option<Value>> {
        Ok(None)
    }

    /// Shows every value that the object holds to `look`, and those that are put into it later: a value that would hold
    /// itself through an object is refused only if the object tells of it.
    fn each_held(&self, look: &mut dyn FnMut(&Value)) {
        let _ = look;
    }

    /// The object itself, for hosts that want their own type back.
    fn as_any(&self) -> &dyn Any;
}
