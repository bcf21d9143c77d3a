//! JEXL values: what the recorded library holds as Java objects.
//!
//! Values are small and cheap to clone. Scalars are held directly; everything else is shared by reference as in Java,
//! so that `list.add(x)` is seen by everyone who holds the list. The insides of lists, arrays, sets and maps are
//! copy-on-write behind a lock that is only held for one access (`shared`), which keeps values, and the compiled
//! expressions that hold them as constants, `Send + Sync` and free of deadlocks. No value holds itself: that is refused
//! when it is made (`holding`).

mod array;
mod entries;
mod equality;
mod holding;
mod items;
mod json;
mod list;
mod membership;
mod object;
mod range;
mod shared;
mod string;
mod table;
mod text;
mod unknown;

use std::sync::Arc;

use bigdecimal::BigDecimal;
use num_bigint::BigInt;

pub use array::{Array, ElementClass};
pub use entries::{Map, Set};
pub(crate) use equality::same_text;
pub use equality::{equals, hash_code};
pub use json::{Answer, AnswerError};
pub use list::List;
pub(crate) use membership::{Membership, holds_all, position};
pub use object::Object;
pub use range::Range;
pub(crate) use shared::release;
pub use string::JavaString;
pub(crate) use string::{per_unit, units_of};
pub use table::{Order, Table};
pub(crate) use text::{TextBuilder, too_long};
pub use unknown::{Cause, Unknown, UnknownClass};

/// A JEXL value.
#[derive(Clone, Debug, Default)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `java.lang.Boolean`
    Boolean(bool),
    /// `java.lang.Byte`, which only method arguments and `narrow` make.
    Byte(i8),
    /// `java.lang.Short`, likewise.
    Short(i16),
    /// `java.lang.Integer`
    Integer(i32),
    /// `java.lang.Long`
    Long(i64),
    /// `java.math.BigInteger`
    BigInteger(Arc<BigInt>),
    /// `java.lang.Float`
    Float(f32),
    /// `java.lang.Double`
    Double(f64),
    /// `java.math.BigDecimal`
    BigDecimal(Arc<BigDecimal>),
    /// `java.lang.Character`: one UTF-16 unit.
    Character(u16),
    /// `java.lang.String`
    String(JavaString),
    /// A Java array: literals and what `split` gives.
    Array(Array),
    /// `java.util.List`
    List(List),
    /// `java.util.Set`
    Set(Set),
    /// `java.util.Map`
    Map(Map),
    /// What `..` gives.
    Range(Range),
    /// An object of the host, a function of the script, or a Java object that is none of the above.
    Object(Arc<dyn Object>),
    /// A value that only a run can tell, and why. It flows through every operation; what does not look at it is not
    /// touched, and `&&` and `||` are left to the parts that are known.
    Unknown(Unknown),
}

impl Value {
    /// A list of these elements.
    pub fn list(items: Vec<Self>) -> Self {
        Self::List(List::new(items))
    }

    /// A map that keeps the order of its entries; of equal keys the last value wins, at the place of the first.
    pub fn map(entries: impl IntoIterator<Item = (JavaString, Self)>) -> Self {
        let mut table = Table::new(Order::Insertion);
        for (key, value) in entries {
            table.insert_text(key, value);
        }
        Self::Map(Map::new(table))
    }

    /// An object of the host.
    pub fn object(object: impl Object + 'static) -> Self {
        Self::Object(Arc::new(object))
    }

    /// A value that only a run can tell, which no name decides.
    pub fn unknown(cause: impl Cause) -> Self {
        Self::Unknown(Unknown::new(cause))
    }

    /// Whether it is `null`. An unknown value is not, as far as anyone can tell.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether it is a number of any class. A character is none.
    pub const fn is_number(&self) -> bool {
        matches!(
            self,
            Self::Byte(_)
                | Self::Short(_)
                | Self::Integer(_)
                | Self::Long(_)
                | Self::BigInteger(_)
                | Self::Float(_)
                | Self::Double(_)
                | Self::BigDecimal(_)
        )
    }

    /// The text of a string.
    pub const fn as_string(&self) -> Option<&JavaString> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value of a `Byte`, `Short`, `Integer` or `Long`.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Byte(number) => Some(i64::from(*number)),
            Self::Short(number) => Some(i64::from(*number)),
            Self::Integer(number) => Some(i64::from(*number)),
            Self::Long(number) => Some(*number),
            _ => None,
        }
    }

    /// The type with its article, for messages: `an Integer`, `a String`, `null`.
    pub fn described(&self) -> String {
        if let Self::Object(object) = self
            && let Some(described) = object.described()
        {
            return described;
        }
        let name = self.type_name();
        match name.as_bytes().first() {
            Some(b'A' | b'E' | b'I' | b'O' | b'U') => format!("an {name}"),
            _ if self.is_null() => name.to_owned(),
            _ => format!("a {name}"),
        }
    }

    /// The name of the type as answers and messages use it: `Integer`, `String`, `List`, `null` and so on.
    pub fn type_name(&self) -> &str {
        match self {
            Self::Null => "null",
            Self::Boolean(_) => "Boolean",
            Self::Byte(_) => "Byte",
            Self::Short(_) => "Short",
            Self::Integer(_) => "Integer",
            Self::Long(_) => "Long",
            Self::BigInteger(_) => "BigInteger",
            Self::Float(_) => "Float",
            Self::Double(_) => "Double",
            Self::BigDecimal(_) => "BigDecimal",
            Self::Character(_) => "Character",
            Self::String(_) => "String",
            Self::Array(_) => "Array",
            Self::List(_) => "List",
            Self::Set(_) => "Set",
            Self::Map(_) => "Map",
            Self::Range(_) => "Range",
            Self::Object(object) => object.type_name(),
            Self::Unknown(_) => "Unknown",
        }
    }

    /// Whether both are the same Java object: equal scalars, or the very same collection.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Boolean(a), Self::Boolean(b)) => a == b,
            (Self::Array(a), Self::Array(b)) => a.is_same(b),
            (Self::List(a), Self::List(b)) => a.is_same(b),
            (Self::Set(a), Self::Set(b)) => a.is_same(b),
            (Self::Map(a), Self::Map(b)) => a.is_same(b),
            (Self::Object(a), Self::Object(b)) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }

    /// Whether it may hold other values.
    pub const fn holds_values(&self) -> bool {
        matches!(
            self,
            Self::Array(_) | Self::List(_) | Self::Set(_) | Self::Map(_) | Self::Object(_)
        )
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<i32> for Value {
    fn from(value: i32) -> Self {
        Self::Integer(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Long(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Double(value)
    }
}

impl From<BigInt> for Value {
    fn from(value: BigInt) -> Self {
        Self::BigInteger(Arc::new(value))
    }
}

impl From<BigDecimal> for Value {
    fn from(value: BigDecimal) -> Self {
        Self::BigDecimal(Arc::new(value))
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::String(value.into())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::String(value.into())
    }
}

impl From<JavaString> for Value {
    fn from(value: JavaString) -> Self {
        Self::String(value)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
