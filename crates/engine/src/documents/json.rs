//! From a text of JSON to its value.

use pipewright_jexl::json::JsonErrorKind;
use pipewright_jexl::{Failure, Json, OpResult, Value, charge_reading};

/// How many values and names a text of JSON may hold.
const MAX_VALUES: usize = 1_000_000;

/// The work of making a value or a name, in bytes read.
const VALUE_WORK: usize = 48;

/// How much memory a value or a name takes at most besides its text, in bytes.
const VALUE_BYTES: usize = 96;

/// The value at the start of a text, and how much memory it takes at most, in bytes. Pays for what the text holds.
pub(super) fn read(text: &str) -> OpResult<(Value, usize)> {
    let values = most_values(text);
    if values > MAX_VALUES {
        return Err(Failure::limit(format!(
            "the JSON holds more than {MAX_VALUES} values and names"
        )));
    }
    charge_reading(values * VALUE_WORK)?;
    match Json::read_first(text) {
        Ok(Some(json)) => Ok((Value::from(&json), values * VALUE_BYTES + text.len())),
        Ok(None) => Err(Failure::method("the JSON is empty")),
        Err(error) if error.kind == JsonErrorKind::Limit => Err(Failure::limit(error.message)),
        Err(error) => {
            let (message, offset) = (error.message, error.offset);
            Err(Failure::method(format!(
                "the JSON cannot be read at byte {offset}: {message}"
            )))
        }
    }
}

/// How many values and names the text can hold: in front of each but the first there is a sign outside of quotes.
fn most_values(text: &str) -> usize {
    let (mut values, mut quoted, mut escaped) = (1, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = quoted,
            b'"' => quoted = !quoted,
            b',' | b':' | b'[' | b'{' if !quoted => values += 1,
            _ => {}
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use pipewright_jexl::question;

    use super::*;

    #[test]
    fn signs_in_quotes_are_no_values() {
        let table = [
            ("1", 1),
            ("[1,2]", 3),
            (r#"{"a,b":"c\",:[","d":[]}"#, 6),
            (r#""\\",1"#, 2),
        ];
        for (text, most) in table {
            assert_eq!(most_values(text), most, "{text}");
        }
    }

    #[test]
    fn many_small_values_cost_more_than_one_long_text() {
        let many = "{\"a\":1},".repeat(125_000);
        let long = "x".repeat(many.len());
        let times = |text: &str| question(|| (0..20).take_while(|_| read(text).is_ok()).count());
        assert!(times(&format!("[{many}1]")) < 10);
        assert_eq!(times(&format!("[\"{long}\"]")), 20);
    }

    #[test]
    fn a_text_of_too_many_values_is_refused() {
        let many = format!("[{}1]", "1,".repeat(MAX_VALUES));
        assert!(read(&many).is_err());
        let text = format!("[\"{}\"]", "1,".repeat(MAX_VALUES));
        assert!(read(&text).is_ok());
    }
}
