//! Methods of `Double` and `Float`, most of them static: the object does not count.

use super::arguments::{Arguments, Type};
use super::number::{java_order, shown};
use super::{Call, Method, Receiver};
use crate::operators::{parse_double, to_double};
use crate::value::hash_code;
use crate::{Failure, Outcome, Value};

const ONE: &[Type] = &[Type::Double];
const TWO: &[Type] = &[Type::Double, Type::Double];

const fn double(
    name: &'static str,
    parameters: &'static [Type],
    returns: Type,
    doc: &'static str,
    call: fn(Arguments<'_>) -> Outcome,
) -> Method {
    Method::new(
        Receiver::Floating,
        name,
        parameters,
        returns,
        doc,
        Call::Static(call),
    )
}

pub(super) const METHODS: &[Method] = &[
    Method::new(
        Receiver::Floating,
        "isNaN",
        &[],
        Type::Boolean,
        "Whether it is not a number.",
        Call::Any(|value, _| Ok(to_double(value)?.is_nan().into())),
    ),
    Method::new(
        Receiver::Floating,
        "isInfinite",
        &[],
        Type::Boolean,
        "Whether it is infinite.",
        Call::Any(|value, _| Ok(to_double(value)?.is_infinite().into())),
    ),
    double(
        "isNaN",
        ONE,
        Type::Boolean,
        "Whether the argument is not a number.",
        |a| Ok(a.double(0)?.is_nan().into()),
    ),
    double(
        "isInfinite",
        ONE,
        Type::Boolean,
        "Whether the argument is infinite.",
        |a| Ok(a.double(0)?.is_infinite().into()),
    ),
    double(
        "isFinite",
        ONE,
        Type::Boolean,
        "Whether the argument is finite.",
        |a| Ok(a.double(0)?.is_finite().into()),
    ),
    double(
        "parseDouble",
        &[Type::Text],
        Type::Double,
        "The number a text shows.",
        parsed,
    ),
    double(
        "valueOf",
        ONE,
        Type::Double,
        "The argument as a Double.",
        |a| Ok(Value::Double(a.double(0)?)),
    ),
    double(
        "valueOf",
        &[Type::Text],
        Type::Double,
        "The number a text shows.",
        parsed,
    ),
    double(
        "toString",
        ONE,
        Type::Text,
        "The digits of the argument.",
        |a| Ok(shown(a.double(0)?)),
    ),
    double(
        "max",
        TWO,
        Type::Double,
        "The greater of two numbers, NaN if one is.",
        |a| Ok(Value::Double(extreme(a, true)?)),
    ),
    double(
        "min",
        TWO,
        Type::Double,
        "The lesser of two numbers, NaN if one is.",
        |a| Ok(Value::Double(extreme(a, false)?)),
    ),
    double("sum", TWO, Type::Double, "The sum of two numbers.", |a| {
        Ok(Value::Double(a.double(0)? + a.double(1)?))
    }),
    double(
        "hashCode",
        ONE,
        Type::Integer,
        "The hash code of the argument.",
        |a| hash_code(&Value::Double(a.double(0)?)).map(Value::Integer),
    ),
    double("compare", TWO, Type::Integer, "-1, 0 or 1.", |a| {
        Ok(Value::Integer(java_order(a.double(0)?, a.double(1)?) as i32))
    }),
];

fn parsed(arguments: Arguments<'_>) -> Outcome {
    parse_double(arguments.text(0)?)
        .map(Value::Double)
        .map_err(|_| Failure::method("the text is not a number"))
}

fn extreme(arguments: Arguments<'_>, greater: bool) -> Outcome<f64> {
    let (a, b) = (arguments.double(0)?, arguments.double(1)?);
    if a.is_nan() || b.is_nan() {
        return Ok(f64::NAN);
    }
    Ok(if java_order(a, b).is_ge() == greater {
        a
    } else {
        b
    })
}
