//! Whether values are among others, by Java's `equals`: one by walking, many by hashing.

use super::equality::equals_unpaid;
use super::{Order, Table, Value};
use crate::budget;
use crate::{Failure, OpResult};

/// From how many on values are hashed.
const WORTH_HASHING: usize = 16;

/// Values that are asked for others again and again.
pub(crate) enum Membership<'v> {
    /// So few that walking is faster, or with one among them that has no hash code.
    Few(&'v [Value]),
    /// Hashed.
    Many(Table),
}

impl<'v> Membership<'v> {
    /// The values to be asked.
    ///
    /// # Errors
    /// As [`super::equals`].
    pub(crate) fn of(values: &'v [Value]) -> OpResult<Self> {
        if values.len() < WORTH_HASHING {
            return Ok(Self::Few(values));
        }
        budget::room_for_values(values.len().saturating_mul(2))?;
        let mut table = Table::with_capacity(Order::Insertion, values.len());
        for value in values {
            match table.insert(value.clone(), Value::Null) {
                Ok(_) => {}
                // Values that stand before an unknown one are found all the same.
                Err(Failure::Unknown(_)) => return Ok(Self::Few(values)),
                Err(failure) => return Err(failure),
            }
        }
        Ok(Self::Many(table))
    }

    /// Whether a value is among them.
    ///
    /// # Errors
    /// As [`super::equals`].
    pub(crate) fn contains(&self, value: &Value) -> OpResult<bool> {
        match self {
            Self::Few(values) => Ok(position(values, value)?.is_some()),
            Self::Many(table) => {
                budget::hash_elements(1)?;
                Ok(table.get(value)?.is_some())
            }
        }
    }
}

/// The first place of a value. What is read is charged.
pub(crate) fn position(values: &[Value], wanted: &Value) -> OpResult<Option<usize>> {
    let mut found = None;
    for (index, value) in values.iter().enumerate() {
        if equals_unpaid(wanted, value)? {
            found = Some(index);
            break;
        }
    }
    budget::read_elements(found.map_or(values.len(), |index| index + 1))?;
    Ok(found)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_values_are_found_as_few_are() {
        for count in [3, 300] {
            let values: Vec<Value> = (0..count).map(Value::Integer).collect();
            let values = Membership::of(&values).unwrap();
            assert_eq!(values.contains(&Value::Integer(2)), Ok(true));
            assert_eq!(values.contains(&Value::Long(2)), Ok(false));
            assert_eq!(values.contains(&Value::Integer(-1)), Ok(false));
        }
    }

    #[test]
    fn an_unknown_value_hides_only_what_stands_behind_it() {
        let mut values: Vec<Value> = (0..300).map(Value::Integer).collect();
        values.push(Value::unknown("a run decides"));
        let values = Membership::of(&values).unwrap();
        assert_eq!(values.contains(&Value::Integer(299)), Ok(true));
        let failure = values.contains(&Value::Integer(300)).unwrap_err();
        assert!(matches!(failure, Failure::Unknown(_)));
    }
}
