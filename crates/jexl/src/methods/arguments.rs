//! Parameters and arguments of methods.

use std::sync::Arc;

use super::comparator;
use crate::budget;
use crate::operators;
use crate::value::JavaString;
use crate::{Failure, OpResult, Value};

/// The type of a parameter or result.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Type {
    /// Anything, null included.
    Any,
    /// A `String`.
    Text,
    /// A `CharSequence`: only strings are.
    Sequence,
    /// A `char`.
    Character,
    /// A `boolean`.
    Boolean,
    /// A `byte`.
    Byte,
    /// A `short`; a `Byte` is widened.
    Short,
    /// An `int`; a `Byte` or `Short` is widened.
    Integer,
    /// A `long`; smaller whole numbers are widened.
    Long,
    /// A `float`; every `int` and `long` is widened.
    Float,
    /// A `double`; every `int`, `long` and `float` is widened.
    Double,
    /// Any object that is a number.
    Number,
    /// A `BigInteger`.
    BigInteger,
    /// A `BigDecimal`.
    BigDecimal,
    /// A list or a set.
    Collection,
    /// A `List`; only results.
    List,
    /// A `Set`; only results.
    Set,
    /// A `Map`.
    Map,
    /// A Java array.
    Array,
    /// A `char[]`.
    Characters,
    /// A `Locale`. Nobody can make one, so that only null fits.
    Locale,
    /// A `Comparator`.
    Comparator,
    /// A range; only results.
    Range,
    /// The object of the host that is called, by the name of its type; only results.
    Itself(&'static str),
    /// `Object...`: any number of arguments.
    Rest,
    /// `CharSequence...`: any number of strings.
    Texts,
}

impl Type {
    /// The name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Any => "Object",
            Self::Text => "String",
            Self::Sequence => "CharSequence",
            Self::Character => "Character",
            Self::Boolean => "Boolean",
            Self::Byte => "Byte",
            Self::Short => "Short",
            Self::Integer => "Integer",
            Self::Long => "Long",
            Self::Float => "Float",
            Self::Double => "Double",
            Self::Number => "Number",
            Self::BigInteger => "BigInteger",
            Self::BigDecimal => "BigDecimal",
            Self::Collection => "Collection",
            Self::List => "List",
            Self::Set => "Set",
            Self::Map => "Map",
            Self::Array => "Array",
            Self::Characters => "char[]",
            Self::Locale => "Locale",
            Self::Comparator => "Comparator",
            Self::Range => "Range",
            Self::Itself(name) => name,
            Self::Rest => "Object...",
            Self::Texts => "CharSequence...",
        }
    }

    pub(super) const fn is_rest(self) -> bool {
        matches!(self, Self::Rest | Self::Texts)
    }

    /// Whether Java would pass this argument: null goes where objects go, and nothing is converted but small numbers to
    /// larger.
    pub(super) fn accepts(self, argument: &Value) -> bool {
        match argument {
            Value::Unknown(_) => true,
            Value::Null => !matches!(
                self,
                Self::Character
                    | Self::Boolean
                    | Self::Byte
                    | Self::Short
                    | Self::Integer
                    | Self::Long
                    | Self::Float
                    | Self::Double
            ),
            _ => match self {
                Self::Any | Self::Rest => true,
                Self::Text | Self::Sequence | Self::Texts => matches!(argument, Value::String(_)),
                Self::Character => matches!(argument, Value::Character(_)),
                Self::Boolean => matches!(argument, Value::Boolean(_)),
                Self::Byte => matches!(argument, Value::Byte(_)),
                Self::Short => matches!(argument, Value::Byte(_) | Value::Short(_)),
                Self::Integer => {
                    matches!(
                        argument,
                        Value::Byte(_) | Value::Short(_) | Value::Integer(_)
                    )
                }
                Self::Long => argument.as_i64().is_some(),
                Self::Float => argument.as_i64().is_some() || matches!(argument, Value::Float(_)),
                Self::Double => {
                    argument.as_i64().is_some()
                        || matches!(argument, Value::Float(_) | Value::Double(_))
                }
                Self::Number => argument.is_number(),
                Self::BigInteger => matches!(argument, Value::BigInteger(_)),
                Self::BigDecimal => matches!(argument, Value::BigDecimal(_)),
                Self::Collection => matches!(argument, Value::List(_) | Value::Set(_)),
                Self::List => matches!(argument, Value::List(_)),
                Self::Set => matches!(argument, Value::Set(_)),
                Self::Map => matches!(argument, Value::Map(_)),
                Self::Array => matches!(argument, Value::Array(_)),
                Self::Characters => matches!(argument, Value::Array(array)
                    if array.element() == crate::value::ElementClass::Char),
                Self::Locale | Self::Itself(_) => false,
                Self::Comparator => comparator::is_comparator(argument),
                Self::Range => matches!(argument, Value::Range(_)),
            },
        }
    }
}

/// The arguments of a call; they fit the parameters of the row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arguments<'a>(pub(super) &'a [Value]);

impl<'a> Arguments<'a> {
    /// Every argument.
    pub(super) fn all(self) -> &'a [Value] {
        self.0
    }

    /// The arguments from `index` on.
    pub(super) fn rest(self, index: usize) -> &'a [Value] {
        self.0.get(index..).unwrap_or_default()
    }

    /// The argument at `index`; null where there is none.
    pub(super) fn get(self, index: usize) -> &'a Value {
        self.0.get(index).unwrap_or(&Value::Null)
    }

    /// A string; null is the exception Java throws.
    pub(super) fn text(self, index: usize) -> OpResult<&'a JavaString> {
        match self.get(index) {
            Value::String(text) => Ok(text),
            _ => Err(null_argument()),
        }
    }

    /// An `int`.
    pub(super) fn int(self, index: usize) -> OpResult<i32> {
        operators::to_integer(self.get(index))
    }

    /// A `long`.
    pub(super) fn long(self, index: usize) -> OpResult<i64> {
        operators::to_long(self.get(index))
    }

    /// A `double`.
    pub(super) fn double(self, index: usize) -> OpResult<f64> {
        match self.get(index) {
            // An operator goes through the text of a `Float`, a call widens it.
            Value::Float(number) => Ok(f64::from(*number)),
            value => operators::to_double(value),
        }
    }

    /// A `char`.
    pub(super) fn unit(self, index: usize) -> OpResult<u16> {
        match self.get(index) {
            Value::Character(unit) => Ok(*unit),
            _ => Err(null_argument()),
        }
    }

    /// The elements of a collection.
    pub(super) fn items(self, index: usize) -> OpResult<Arc<Vec<Value>>> {
        match self.get(index) {
            Value::List(list) => Ok(list.snapshot()),
            Value::Set(set) => {
                budget::read_elements(set.len())?;
                Ok(Arc::new(set.items()))
            }
            _ => Err(null_argument()),
        }
    }
}

/// The failure of a method that was given null where it needs an object.
pub(super) fn null_argument() -> Failure {
    Failure::method("the method was given null")
}

/// The failure of a method that was given an index that is not there.
pub(super) fn out_of_range(index: i64, length: usize) -> Failure {
    Failure::method(format!(
        "the index {index} is out of range, the length is {length}"
    ))
}
