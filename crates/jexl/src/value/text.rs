//! Java text forms: `String.valueOf` of every value.

use super::{JavaString, Table, Value};
use crate::budget;
use crate::limits::{MAX_RESULT_BYTES, WORK_AN_ELEMENT};
use crate::number_text::{decimal_text, double_text, float_text};
use crate::{Failure, OpResult};

impl Value {
    /// The text of the value as Java's `String.valueOf` gives it.
    ///
    /// An array's text would be its address in Java; it is its class with the address 0 here.
    ///
    /// # Errors
    /// Where the value is or holds an unknown value; kind `limit` where it nests too deep or its text exceeds
    /// [`MAX_RESULT_BYTES`].
    pub fn text(&self) -> OpResult<JavaString> {
        if let Self::String(text) = self {
            return Ok(text.clone());
        }
        let mut text = TextBuilder::default();
        write(self, &mut text)?;
        Ok(text.finish())
    }
}

/// Writes a value. What is no container is written elsewhere, so that a level of nesting takes little of the stack.
fn write(value: &Value, out: &mut TextBuilder) -> OpResult<()> {
    match value {
        Value::List(list) => write_items(&list.snapshot(), out),
        Value::Set(set) => write_items(&set.items(), out),
        Value::Map(map) => write_entries(&map.snapshot(), out),
        Value::Object(object) => out.push_string(&budget::deeper(|| object.text())?),
        _ => write_plain(value, out),
    }
}

fn write_items(items: &[Value], out: &mut TextBuilder) -> OpResult<()> {
    out.push("[")?;
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(", ")?;
        }
        budget::deeper(|| write(item, out))?;
    }
    out.push("]")
}

fn write_entries(table: &Table, out: &mut TextBuilder) -> OpResult<()> {
    out.push("{")?;
    for (index, (key, value)) in table.walk().into_iter().enumerate() {
        if index > 0 {
            out.push(", ")?;
        }
        budget::deeper(|| write(key, out))?;
        out.push("=")?;
        budget::deeper(|| write(value, out))?;
    }
    out.push("}")
}

fn write_plain(value: &Value, out: &mut TextBuilder) -> OpResult<()> {
    budget::spend(WORK_AN_ELEMENT)?;
    match value {
        Value::Boolean(true) => out.push("true"),
        Value::Boolean(false) => out.push("false"),
        Value::Byte(number) => out.push(&number.to_string()),
        Value::Short(number) => out.push(&number.to_string()),
        Value::Integer(number) => out.push(&number.to_string()),
        Value::Long(number) => out.push(&number.to_string()),
        Value::BigInteger(number) => {
            budget::multiply_bits(number.bits(), number.bits())?;
            out.push(&number.to_string())
        }
        Value::Float(number) => out.push(&float_text(*number)),
        Value::Double(number) => out.push(&double_text(*number)),
        Value::BigDecimal(number) => {
            let bits = number.as_bigint_and_scale().0.bits();
            budget::multiply_bits(bits, bits)?;
            out.push(&decimal_text(number))
        }
        Value::Character(unit) => out.push_units(&[*unit]),
        Value::String(text) => out.push_string(text),
        Value::Array(array) => {
            out.push(&array.element().array_class())?;
            out.push("@0")
        }
        Value::Range(range) => {
            let class = if range.is_long() { "Long" } else { "Integer" };
            out.push(&format!("org.apache.commons.jexl3.internal.{class}Range@0"))
        }
        Value::Unknown(unknown) => Err(Failure::from(unknown)),
        _ => out.push("null"),
    }
}

/// Puts a text together and keeps it within [`MAX_RESULT_BYTES`].
#[derive(Debug, Default)]
pub(crate) struct TextBuilder {
    text: String,
    /// The whole text in units, once a lone surrogate has come.
    units: Option<Vec<u16>>,
}

impl TextBuilder {
    fn reserve(&self, more: usize) -> OpResult<()> {
        let held = self.text.len() + self.units.as_ref().map_or(0, |units| units.len() * 2);
        if held + more > MAX_RESULT_BYTES {
            return Err(too_long());
        }
        budget::spend(more as u64)
    }

    /// Appends text.
    pub(crate) fn push(&mut self, text: &str) -> OpResult<()> {
        self.reserve(text.len())?;
        match &mut self.units {
            Some(units) => units.extend(text.encode_utf16()),
            None => self.text.push_str(text),
        }
        Ok(())
    }

    /// Appends a string.
    pub(crate) fn push_string(&mut self, text: &JavaString) -> OpResult<()> {
        match text.as_str() {
            Some(text) => self.push(text),
            None => self.push_units(&text.to_units()),
        }
    }

    /// Appends UTF-16 units.
    pub(crate) fn push_units(&mut self, more: &[u16]) -> OpResult<()> {
        self.reserve(more.len() * 2)?;
        if self.units.is_none()
            && let Ok(text) = String::from_utf16(more)
        {
            self.text.push_str(&text);
            return Ok(());
        }
        let text = &mut self.text;
        let units = self
            .units
            .get_or_insert_with(|| std::mem::take(text).encode_utf16().collect());
        units.extend_from_slice(more);
        Ok(())
    }

    /// The text.
    pub(crate) fn finish(self) -> JavaString {
        match self.units {
            Some(units) => JavaString::from_units(&units),
            None => self.text.into(),
        }
    }
}

/// The error of a text beyond [`MAX_RESULT_BYTES`].
pub(crate) fn too_long() -> Failure {
    Failure::limit(format!(
        "the result would be longer than {} MiB",
        MAX_RESULT_BYTES / (1024 * 1024)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn collections_are_written_as_in_java() {
        let map = Value::map([("a".into(), Value::Null), ("b".into(), Value::Double(1.0))]);
        let list = Value::list(vec![map, "x".into(), Value::Character(0x41)]);
        assert_eq!(list.text().unwrap(), "[{a=null, b=1.0}, x, A]");
    }

    #[test]
    fn shared_parts_cannot_blow_up_the_text() {
        let mut value = Value::from("x");
        for _ in 0..60 {
            value = Value::list(vec![value.clone(), value]);
        }
        let failure = value.text().unwrap_err();
        assert_eq!(failure.kind(), Some(crate::ErrorKind::Limit));
    }

    #[test]
    fn halves_of_a_pair_meet_again() {
        let mut text = TextBuilder::default();
        text.push("a").unwrap();
        text.push_units(&[0xD83D]).unwrap();
        text.push_units(&[0xDE00]).unwrap();
        assert_eq!(text.finish(), "a😀");
    }
}
