//! Whether values are among others, by Java's `equals`: one by walking, many by hashing.

use super::{Order, Table, Value, equals};
use crate::OpResult;

/// From how many on values are hashed.
const WORTH_HASHING: usize = 16;

/// Values that are asked for others again and again.
pub(crate) enum Membership<'v> {
    /// So few that walking is faster.
    Few(&'v [Value]),
    /// Hashed.
    Many(Table),
}

impl<'v> Membership<'v> {
    /// The values to be asked.
    ///
    /// # Errors
    /// As [`equals`].
    pub(crate) fn of(values: &'v [Value]) -> OpResult<Self> {
        if values.len() < WORTH_HASHING {
            return Ok(Self::Few(values));
        }
        let mut table = Table::new(Order::Insertion);
        for value in values {
            table.insert(value.clone(), Value::Null)?;
        }
        Ok(Self::Many(table))
    }

    /// Whether a value is among them.
    ///
    /// # Errors
    /// As [`equals`].
    pub(crate) fn contains(&self, value: &Value) -> OpResult<bool> {
        match self {
            Self::Few(values) => Ok(position(values, value)?.is_some()),
            Self::Many(table) => Ok(table.get(value)?.is_some()),
        }
    }
}

/// The first place of a value. What is read is charged.
pub(crate) fn position(values: &[Value], wanted: &Value) -> OpResult<Option<usize>> {
    for (index, value) in values.iter().enumerate() {
        if equals(wanted, value)? {
            return Ok(Some(index));
        }
    }
    Ok(None)
}

/// Whether every wanted value is among `values`.
pub(crate) fn holds_all(values: &[Value], wanted: &[Value]) -> OpResult<bool> {
    let values = match wanted {
        [] => return Ok(true),
        [wanted] => return Ok(position(values, wanted)?.is_some()),
        _ => Membership::of(values)?,
    };
    for wanted in wanted {
        if !values.contains(wanted)? {
            return Ok(false);
        }
    }
    Ok(true)
}
