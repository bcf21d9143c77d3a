//! Numbers with their digits.

use std::fmt;

use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::number_text::double_text;

/// A number as it was written, or as Java writes it. JSON has no NaN and no infinities: they are written as texts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Number(Box<str>);

impl Number {
    /// A number that is written so.
    pub(crate) fn from_digits(digits: &str) -> Self {
        Self(digits.into())
    }

    /// How it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !self.0.starts_with(|c: char| c == '-' || c.is_ascii_digit()) || self.0.ends_with('y') {
            return serializer.serialize_str(&self.0);
        }
        let raw = RawValue::from_string(self.0.to_string()).map_err(S::Error::custom)?;
        raw.serialize(serializer)
    }
}

impl From<f64> for Number {
    fn from(number: f64) -> Self {
        Self(double_text(number).into())
    }
}

/// Whole numbers are written with all their digits.
macro_rules! whole {
    ($($class:ty)*) => {
        $(impl From<$class> for Number {
            fn from(number: $class) -> Self {
                Self(number.to_string().into())
            }
        })*
    };
}

whole!(i8 u8 i16 u16 i32 u32 i64 u64 i128 usize);
