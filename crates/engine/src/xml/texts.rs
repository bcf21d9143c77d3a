//! Functions of texts whose places are UTF-16 units, with the answers of Java's library where the standard says less or
//! else.

use std::collections::HashMap;

use pipewright_jexl::{Failure, OpResult};

/// The units whose place, from 1, is at least `start` and less than `start + length`, all rounded.
///
/// # Errors
/// Kind `method-failed` where the part would end before it begins.
pub(super) fn substring(text: &str, start: f64, length: Option<f64>) -> OpResult<String> {
    let units: Vec<u16> = text.encode_utf16().collect();
    if units.is_empty() {
        return Ok(String::new());
    }
    // No number is before every unit.
    let start = if start.is_nan() { -1e6 } else { rounded(start) };
    let from = if start > 0.0 { place(start) - 1 } else { 0 };
    let to = length.map(|length| place(rounded(length) + start).wrapping_sub(1));
    let within = |place: i32| usize::try_from(place).map_or(0, |place| place.min(units.len()));
    let from = within(from);
    let to = to.map_or(units.len(), within);
    units
        .get(from..to)
        .map(String::from_utf16_lossy)
        .ok_or_else(|| Failure::method("the XPath fails: a part of a text ends before it begins"))
}

/// `Math.round`: 0 for what is no number, and no further than a Java `long` reaches.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "as Java rounds"
)]
fn rounded(number: f64) -> f64 {
    (number + 0.5).floor() as i64 as f64
}

#[expect(clippy::cast_possible_truncation, reason = "as Java cuts")]
fn place(number: f64) -> i32 {
    number as i32
}

/// The text with each unit of `from` as the one at the same place of `to`, or without it.
pub(super) fn translate(text: &str, from: &str, to: &str) -> String {
    let mut becomes: HashMap<u16, Option<u16>> = HashMap::new();
    let mut to = to.encode_utf16();
    for unit in from.encode_utf16() {
        let new = to.next();
        becomes.entry(unit).or_insert(new);
    }
    let units: Vec<u16> = text
        .encode_utf16()
        .filter_map(|unit| becomes.get(&unit).copied().unwrap_or(Some(unit)))
        .collect();
    String::from_utf16_lossy(&units)
}
