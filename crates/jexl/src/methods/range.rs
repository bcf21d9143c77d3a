//! Methods of ranges.

use super::arguments::{Arguments, Type};
use super::{Call, Method, Receiver, iterator};
use crate::budget;
use crate::limits::MAX_RESULT_BYTES;
use crate::value::{Range, too_long};
use crate::{Failure, OpResult, Value};

const fn range(
    name: &'static str,
    parameters: &'static [Type],
    returns: Type,
    doc: &'static str,
    call: fn(Range, Arguments<'_>) -> OpResult,
) -> Method {
    Method::new(
        Receiver::Range,
        name,
        parameters,
        returns,
        doc,
        Call::Range(call),
    )
}

pub(super) const METHODS: &[Method] = &[
    range(
        "size",
        &[],
        Type::Integer,
        "How many numbers there are.",
        |range, _| {
            #[expect(clippy::cast_possible_truncation, reason = "Java's int wraps around")]
            let count = range.count() as i32;
            Ok(Value::Integer(count))
        },
    )
    .paying_itself(),
    range(
        "isEmpty",
        &[],
        Type::Boolean,
        "False: a range has at least one number.",
        |_, _| Ok(false.into()),
    )
    .paying_itself(),
    range(
        "contains",
        &[Type::Any],
        Type::Boolean,
        "Whether a number lies between the bounds.",
        |range, arguments| {
            Ok(Value::Boolean(match arguments.get(0) {
                Value::Unknown(unknown) => return Err(Failure::from(unknown)),
                value => contains(range, value),
            }))
        },
    )
    .paying_itself(),
    range(
        "containsAll",
        &[Type::Collection],
        Type::Boolean,
        "Whether every element of a collection lies between the bounds.",
        |range, arguments| {
            let items = arguments.items(0)?;
            Ok(items.iter().all(|item| contains(range, item)).into())
        },
    ),
    range(
        "iterator",
        &[],
        Type::Any,
        "An iterator over the numbers.",
        |range, _| {
            let most = u128::try_from(MAX_RESULT_BYTES / size_of::<Value>()).unwrap_or(0);
            if range.count() > most {
                return Err(too_long());
            }
            budget::read_elements(usize::try_from(range.count()).unwrap_or(usize::MAX))?;
            iterator::over((0..).map_while(|index| range.value(index)).collect())
        },
    )
    .paying_itself(),
];

fn contains(range: Range, value: &Value) -> bool {
    value.is_number() && crate::operators::to_long(value).is_ok_and(|number| range.contains(number))
}
