//! From JSON to values, and from values to machine-readable answers.

use num_bigint::BigInt;

use super::{Map, Order, Table, Unknown, Value};
use crate::budget::too_deep;
use crate::json::{Json, Number, Object};
use crate::limits::{MAX_RESULT_BYTES, MAX_VALUE_DEPTH};
use crate::number_text::{decimal_text, float_text};
use crate::{Failure, OpResult};

impl From<&Json> for Value {
    /// [`Value::from_json`] with maps that keep their order.
    fn from(json: &Json) -> Self {
        Self::from_json(json, Order::Insertion)
    }
}

/// As of [`Json`], with the order and the digits that `serde_json` kept.
impl From<&serde_json::Value> for Value {
    fn from(json: &serde_json::Value) -> Self {
        Self::from(&Json::from(json))
    }
}

impl Value {
    /// Numbers become Integer, Long or BigInteger by magnitude, with a fraction or exponent Double; arrays become
    /// lists, objects maps, which are walked in `order`.
    pub fn from_json(json: &Json, order: Order) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Boolean(*value),
            Json::Number(number) => from_number(number.as_str()),
            Json::String(text) => Self::from(text.as_str()),
            Json::Array(items) => {
                let items = items.iter().map(|item| Self::from_json(item, order));
                Self::list(items.collect())
            }
            Json::Object(entries) => {
                let mut table = Table::new(order);
                for (key, value) in entries {
                    table.insert_text(key.as_str().into(), Self::from_json(value, order));
                }
                Self::Map(Map::new(table))
            }
        }
    }
}

/// The value of a JSON number.
fn from_number(text: &str) -> Value {
    if text.contains(['.', 'e', 'E', 'N', 'I']) {
        return Value::Double(text.parse().unwrap_or(f64::NAN));
    }
    if let Ok(number) = text.parse::<i32>() {
        return Value::Integer(number);
    }
    if let Ok(number) = text.parse::<i64>() {
        return Value::Long(number);
    }
    text.parse::<BigInt>()
        .map_or(Value::Double(f64::NAN), Value::from)
}

/// A value as machine-readable answers show it.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Answer {
    /// The name of the type: `Integer`, `List`, …; for other Java objects the name of their class.
    pub type_name: String,
    /// The value as JSON. Big integers and decimals, NaN and the infinities are strings; keys are texts.
    pub value: Json,
    /// The Java text form.
    pub text: String,
}

/// Why a value has no answer.
#[derive(Clone, PartialEq, Debug)]
pub enum AnswerError {
    /// It is, or contains, a value that only a run can tell.
    Unknown(Unknown),
    /// It contains itself or is too large.
    Failure(Failure),
}

impl From<Failure> for AnswerError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Unknown(unknown) => Self::Unknown(unknown),
            Failure::Error { .. } => Self::Failure(failure),
        }
    }
}

impl Value {
    /// The value as machine-readable answers show it.
    ///
    /// # Errors
    /// [`AnswerError::Unknown`] for what only a run can tell; [`AnswerError::Failure`] for values that contain
    /// themselves or exceed the limits.
    pub fn answer(&self) -> Result<Answer, AnswerError> {
        Ok(Answer {
            type_name: self.type_name().to_owned(),
            value: self.to_json()?,
            text: self.text()?.to_str().into_owned(),
        })
    }

    /// The value as JSON: numbers as they are, big ones, NaN and infinities as strings, other objects as their text.
    /// A map is an object; one with keys of the same text (`1` and `'1'`) is an array of objects with `key` and
    /// `value`.
    pub fn to_json(&self) -> OpResult<Json> {
        let mut budget = MAX_RESULT_BYTES;
        to_json(self, 0, &mut budget)
    }
}

/// What is no container is written elsewhere, so that a level of nesting takes little of the stack.
fn to_json(value: &Value, depth: usize, budget: &mut usize) -> OpResult<Json> {
    if depth > MAX_VALUE_DEPTH {
        return Err(too_deep());
    }
    spend(budget, 8)?;
    match value {
        Value::Array(array) => items_json(&array.snapshot(), depth, budget),
        Value::List(list) => items_json(&list.snapshot(), depth, budget),
        Value::Set(set) => items_json(&set.items(), depth, budget),
        Value::Map(map) => entries_json(&map.snapshot(), depth, budget),
        Value::Object(object) => match object.plain()? {
            Some(plain) => to_json(&plain, depth + 1, budget),
            None => text_json(value, budget),
        },
        _ => plain_json(value, budget),
    }
}

/// The JSON of a value without elements.
fn plain_json(value: &Value, budget: &mut usize) -> OpResult<Json> {
    Ok(match value {
        Value::Boolean(value) => Json::Bool(*value),
        Value::Byte(number) => Json::from(*number),
        Value::Short(number) => Json::from(*number),
        Value::Integer(number) => Json::from(*number),
        Value::Long(number) => Json::from(*number),
        Value::Float(number) => Json::Number(Number::from_digits(&float_text(*number))),
        Value::Double(number) => Json::from(*number),
        Value::BigInteger(number) => Json::String(number.to_string()),
        Value::BigDecimal(number) => Json::String(decimal_text(number)),
        Value::String(_) | Value::Character(_) => text_json(value, budget)?,
        Value::Range(range) => {
            let count = usize::try_from(range.count()).unwrap_or(usize::MAX);
            spend(budget, count.saturating_mul(8))?;
            let numbers = (0..).map_while(|index| range.get(index));
            Json::Array(numbers.map(Json::from).collect())
        }
        Value::Unknown(unknown) => return Err(Failure::from(unknown)),
        _ => Json::Null,
    })
}

/// The text of a value as a JSON string.
fn text_json(value: &Value, budget: &mut usize) -> OpResult<Json> {
    let text = value.text()?;
    spend(budget, text.bytes())?;
    Ok(Json::String(text.to_str().into_owned()))
}

fn entries_json(table: &Table, depth: usize, budget: &mut usize) -> OpResult<Json> {
    let mut entries = Object::new();
    for (key, value) in table.walk() {
        let key = key.text()?;
        spend(budget, key.bytes())?;
        let value = to_json(value, depth + 1, budget)?;
        entries.insert(key.to_str().into_owned(), value);
    }
    if entries.len() < table.len() {
        return pairs_json(table, depth, budget);
    }
    Ok(Json::Object(entries))
}

fn items_json(items: &[Value], depth: usize, budget: &mut usize) -> OpResult<Json> {
    let mut written = Vec::with_capacity(items.len());
    for item in items {
        written.push(to_json(item, depth + 1, budget)?);
    }
    Ok(Json::Array(written))
}

/// The entries of a map that has keys of the same text, such as `1` and `'1'`: an object would lose one of them, so it
/// is an array of objects with `key` and `value`.
fn pairs_json(table: &Table, depth: usize, budget: &mut usize) -> OpResult<Json> {
    let mut pairs = Vec::with_capacity(table.len());
    for (key, value) in table.walk() {
        let key = to_json(key, depth + 1, budget)?;
        let value = to_json(value, depth + 1, budget)?;
        pairs.push(Json::object([("key", key), ("value", value)]));
    }
    Ok(Json::Array(pairs))
}

fn spend(budget: &mut usize, bytes: usize) -> OpResult<()> {
    *budget = budget
        .checked_sub(bytes)
        .ok_or_else(super::text::too_long)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Range;

    #[test]
    fn numbers_take_their_class_from_their_size() {
        let json = Json::read("[1, 2147483648, 9223372036854775808, 1.0, 1e2]").unwrap();
        let Value::List(list) = Value::from(&json) else {
            panic!("a list")
        };
        let types: Vec<String> = list
            .snapshot()
            .iter()
            .map(|value| value.type_name().to_owned())
            .collect();
        assert_eq!(types, ["Integer", "Long", "BigInteger", "Double", "Double"]);
    }

    #[test]
    fn answers_keep_javas_digits() {
        let answer = Value::Double(1.0).answer().unwrap();
        assert_eq!(answer.value.to_string(), "1.0");
        assert_eq!(
            Value::Double(f64::NAN).to_json().unwrap().to_string(),
            "\"NaN\""
        );
        assert_eq!(
            Value::Range(Range::new(3, 1))
                .to_json()
                .unwrap()
                .to_string(),
            "[3,2,1]"
        );
        assert!(Value::Range(Range::new(0, i64::MAX)).to_json().is_err());
    }

    #[test]
    fn keys_of_the_same_text_are_both_kept() {
        let mut table = Table::new(Order::Insertion);
        table.insert(Value::Integer(1), Value::Integer(2)).unwrap();
        table.insert("1".into(), Value::Integer(3)).unwrap();
        assert_eq!(
            Value::Map(Map::new(table)).to_json().unwrap().to_string(),
            r#"[{"key":1,"value":2},{"key":"1","value":3}]"#
        );
    }

    #[test]
    fn an_unknown_part_makes_the_answer_unknown() {
        let list = Value::list(vec![Value::unknown("a runtime input")]);
        assert_eq!(
            list.answer(),
            Err(AnswerError::Unknown(Unknown::new("a runtime input")))
        );
    }
}
