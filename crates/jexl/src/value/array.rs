//! Java arrays.

use std::fmt;
use std::sync::Arc;

use super::holding::Place;
use super::items::Items;
use super::{JavaString, Value};
use crate::OpResult;

/// The element class of a Java array, which decides what it may hold.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ElementClass {
    /// `boolean[]`
    Boolean,
    /// `byte[]`
    Byte,
    /// `short[]`
    Short,
    /// `char[]`
    Char,
    /// `int[]`
    Int,
    /// `long[]`
    Long,
    /// `float[]`
    Float,
    /// `double[]`
    Double,
    /// An array of objects of the class with this name, such as `java.lang.String`.
    Object(&'static str),
}

impl ElementClass {
    /// `Object[]`
    pub const OBJECT: Self = Self::Object("java.lang.Object");
    /// `String[]`
    pub(crate) const STRING: Self = Self::Object("java.lang.String");

    /// Whether its elements are primitive values, which are never null.
    pub const fn is_primitive(self) -> bool {
        !matches!(self, Self::Object(_))
    }

    /// The name of the array's class, such as `[I` or `[Ljava.lang.String;`.
    pub(crate) fn array_class(self) -> String {
        let code = match self {
            Self::Boolean => "Z",
            Self::Byte => "B",
            Self::Short => "S",
            Self::Char => "C",
            Self::Int => "I",
            Self::Long => "J",
            Self::Float => "F",
            Self::Double => "D",
            Self::Object(name) => return format!("[L{name};"),
        };
        format!("[{code}")
    }
}

/// A Java array: fixed length, equal only to itself.
#[derive(Clone)]
pub struct Array {
    element: ElementClass,
    items: Arc<Items>,
}

impl Array {
    /// An array of `element` with these elements.
    pub fn new(element: ElementClass, items: Vec<Value>) -> Self {
        Self {
            element,
            items: Arc::new(Items::new(items)),
        }
    }

    /// A `String[]`.
    pub(crate) fn of_strings(items: impl IntoIterator<Item = JavaString>) -> Self {
        Self::new(
            ElementClass::STRING,
            items.into_iter().map(Value::String).collect(),
        )
    }

    /// The class of its elements.
    pub const fn element(&self) -> ElementClass {
        self.element
    }

    /// The number of elements.
    pub fn len(&self) -> usize {
        self.items.0.read(Vec::len)
    }

    /// Whether there is no element.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The element at `index`.
    pub fn get(&self, index: usize) -> Option<Value> {
        self.items.0.read(|items| items.get(index).cloned())
    }

    /// Puts `value` at `index` and gives what was there; `None` out of range. The caller has made sure of its class.
    ///
    /// # Errors
    /// Kind `limit` where the array would hold itself.
    pub fn set(&self, index: usize, value: Value) -> OpResult<Option<Value>> {
        self.items.set(index, value)
    }

    pub(super) fn place(&self) -> Place {
        self.items.place()
    }

    /// The elements as they are now.
    pub fn snapshot(&self) -> Arc<Vec<Value>> {
        self.items.0.snapshot()
    }

    /// Whether both are the very same array.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.items, &other.items)
    }
}

impl fmt::Debug for Array {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({} elements)", self.element.array_class(), self.len())
    }
}
