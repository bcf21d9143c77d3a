//! Lists and maps as JSON, as Harness puts them into a text: compact, without the entries of a map that are null.

use pipewright_jexl::limits::{MAX_RESULT_BYTES, MAX_VALUE_DEPTH};
use pipewright_jexl::value::Range;
use pipewright_jexl::{Failure, OpResult, Value, charge_growth, charge_reading};

/// What writing a value costs besides its text, as bytes that are read.
const VALUE: usize = 32;

/// Whether a value is rendered as JSON and not as its Java text: whatever can be walked.
pub(crate) fn is_collection(value: &Value) -> OpResult<bool> {
    Ok(match value {
        Value::Array(_) | Value::List(_) | Value::Set(_) | Value::Map(_) | Value::Range(_) => true,
        Value::Object(object) => object.items()?.is_some() || object.plain()?.is_some(),
        _ => false,
    })
}

/// `value` as JSON.
pub(crate) fn json_text(value: &Value) -> OpResult<String> {
    let mut json = String::new();
    write(value, &mut json, 0)?;
    charge_growth(json.len())?;
    Ok(json)
}

fn write(value: &Value, json: &mut String, depth: usize) -> OpResult<()> {
    let before = json.len();
    write_value(value, json, depth)?;
    if !value.holds_values() {
        charge_reading(json.len() - before)?;
    }
    charge_reading(VALUE)
}

fn write_value(value: &Value, json: &mut String, depth: usize) -> OpResult<()> {
    if depth > MAX_VALUE_DEPTH {
        return Err(Failure::new(
            pipewright_jexl::ErrorKind::Evaluation,
            "a value that contains itself has no JSON",
        ));
    }
    if json.len() > MAX_RESULT_BYTES {
        return Err(Failure::limit(format!(
            "the JSON is longer than {MAX_RESULT_BYTES} bytes"
        )));
    }
    match value {
        Value::Unknown(unknown) => return Err(Failure::from(unknown)),
        Value::Array(array) => write_items(&array.snapshot(), json, depth)?,
        Value::List(list) => write_items(&list.snapshot(), json, depth)?,
        Value::Set(set) => write_items(&set.items(), json, depth)?,
        Value::Range(range) => write_range(*range, json)?,
        Value::Map(map) => {
            json.push('{');
            let table = map.snapshot();
            let entries = table
                .walk()
                .into_iter()
                .filter(|(_, value)| !value.is_null());
            for (index, (key, value)) in entries.enumerate() {
                if index > 0 {
                    json.push(',');
                }
                write_text(&key.text()?.to_str(), json);
                json.push(':');
                write(value, json, depth + 1)?;
            }
            json.push('}');
        }
        Value::Double(number) if !number.is_finite() => write_text(&value.text()?.to_str(), json),
        Value::Float(number) if !number.is_finite() => write_text(&value.text()?.to_str(), json),
        Value::Object(object) => match object.items()? {
            Some(items) => write_items(&items, json, depth)?,
            None => match object.plain()? {
                Some(plain) => write(&plain, json, depth + 1)?,
                None => write_text(&object.text()?.to_str(), json),
            },
        },
        Value::Null | Value::Boolean(_) => json.push_str(&value.text()?.to_str()),
        _ if value.is_number() => json.push_str(&value.text()?.to_str()),
        _ => write_text(&value.text()?.to_str(), json),
    }
    Ok(())
}

fn write_items(items: &[Value], json: &mut String, depth: usize) -> OpResult<()> {
    json.push('[');
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            json.push(',');
        }
        write(item, json, depth + 1)?;
    }
    json.push(']');
    Ok(())
}

fn write_range(range: Range, json: &mut String) -> OpResult<()> {
    if range.count() > MAX_RESULT_BYTES as u128 / 2 {
        return Err(Failure::limit(
            "the range has too many numbers to be written",
        ));
    }
    json.push('[');
    for (index, number) in (0..).map_while(|index| range.get(index)).enumerate() {
        if index > 0 {
            json.push(',');
        }
        json.push_str(&number.to_string());
    }
    json.push(']');
    Ok(())
}

/// Writes a JSON string. Java's library escapes nothing but quotes, backslashes and control characters.
fn write_text(text: &str, json: &mut String) {
    json.push('"');
    for c in text.chars() {
        match c {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            '\r' => json.push_str("\\r"),
            '\t' => json.push_str("\\t"),
            '\u{8}' => json.push_str("\\b"),
            '\u{c}' => json.push_str("\\f"),
            control if control < ' ' => {
                json.push_str("\\u00");
                json.extend([u32::from(control) / 16, u32::from(control) % 16].map(hex_digit));
            }
            other => json.push(other),
        }
    }
    json.push('"');
}

/// The digit Java writes for a value below 16.
fn hex_digit(value: u32) -> char {
    char::from_digit(value, 16)
        .unwrap_or('0')
        .to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nulls_leave_maps_and_stay_in_lists() {
        let json = serde_json::json!({"a": null, "b": [1, null, 1.5, "q\"\n\u{1}é/"], "c": {}});
        let text = json_text(&Value::from(&json)).unwrap();
        assert_eq!(text, r#"{"b":[1,null,1.5,"q\"\n\u0001é/"],"c":{}}"#);
    }

    #[test]
    fn numbers_keep_javas_digits() {
        let list = Value::list(vec![
            Value::Double(1e10),
            Value::Double(f64::NAN),
            Value::Long(7),
        ]);
        assert_eq!(json_text(&list).unwrap(), r#"[1.0E10,"NaN",7]"#);
    }

    #[test]
    fn an_unknown_part_makes_the_text_unknown() {
        let list = Value::list(vec![Value::unknown("a runtime input")]);
        assert!(matches!(json_text(&list), Err(Failure::Unknown(_))));
    }
}
