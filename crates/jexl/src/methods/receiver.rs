//! Who has a method.

use crate::Value;

/// Who has a method.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Receiver {
    /// Every object.
    Any,
    /// A `String`.
    Text,
    /// Any number.
    Number,
    /// A `Byte`.
    Byte,
    /// A `Short`.
    Short,
    /// An `Integer`.
    Integer,
    /// A `Long`.
    Long,
    /// A `Float`.
    Float,
    /// A `Double`.
    Double,
    /// A `BigInteger`.
    BigInteger,
    /// A `BigDecimal`.
    BigDecimal,
    /// A `Boolean`.
    Boolean,
    /// A `Character`.
    Character,
    /// A Java array.
    Array,
    /// A `List`.
    List,
    /// A `Set`.
    Set,
    /// A `Map`.
    Map,
    /// A range of numbers.
    Range,
    /// An object of the host that tells its methods.
    Object,
    /// Nobody: a function, which as a method takes its object as first argument.
    Function,
}

impl Receiver {
    pub(super) fn has(self, value: &Value) -> bool {
        match self {
            Self::Any => !value.is_null(),
            Self::Text => matches!(value, Value::String(_)),
            Self::Number => value.is_number(),
            Self::Byte => matches!(value, Value::Byte(_)),
            Self::Short => matches!(value, Value::Short(_)),
            Self::Integer => matches!(value, Value::Integer(_)),
            Self::Long => matches!(value, Value::Long(_)),
            Self::Float => matches!(value, Value::Float(_)),
            Self::Double => matches!(value, Value::Double(_)),
            Self::BigInteger => matches!(value, Value::BigInteger(_)),
            Self::BigDecimal => matches!(value, Value::BigDecimal(_)),
            Self::Boolean => matches!(value, Value::Boolean(_)),
            Self::Character => matches!(value, Value::Character(_)),
            Self::Array => matches!(value, Value::Array(_)),
            Self::List => matches!(value, Value::List(_)),
            Self::Set => matches!(value, Value::Set(_)),
            Self::Map => matches!(value, Value::Map(_)),
            Self::Range => matches!(value, Value::Range(_)),
            Self::Object => matches!(value, Value::Object(_)),
            Self::Function => false,
        }
    }

    /// The name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Any => "any value",
            Self::Text => "String",
            Self::Number => "number",
            Self::Byte => "Byte",
            Self::Short => "Short",
            Self::Integer => "Integer",
            Self::Long => "Long",
            Self::Float => "Float",
            Self::Double => "Double",
            Self::BigInteger => "BigInteger",
            Self::BigDecimal => "BigDecimal",
            Self::Boolean => "Boolean",
            Self::Character => "Character",
            Self::Array => "Array",
            Self::List => "List",
            Self::Set => "Set",
            Self::Map => "Map",
            Self::Range => "Range",
            Self::Object => "object",
            Self::Function => "function",
        }
    }
}
