//! Java strings: sequences of UTF-16 units, kept as UTF-8 wherever that is possible.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// A Java string. Cheap to clone; lengths and indexes count UTF-16 units.
///
/// Text is kept as UTF-8. Only a text with a lone surrogate, which Java makes by cutting a pair in two, is kept in
/// units.
#[derive(Clone)]
pub struct JavaString(Repr);

/// Every text has exactly one representation: the first that can hold it.
#[derive(Clone)]
enum Repr {
    /// ASCII only, so that a unit is a byte.
    Ascii(Arc<str>),
    /// Any Unicode text.
    Unicode(Arc<str>),
    /// With at least one lone surrogate.
    Units(Arc<[u16]>),
}

impl JavaString {
    /// The string made of these UTF-16 units.
    pub(crate) fn from_units(units: &[u16]) -> Self {
        match String::from_utf16(units) {
            Ok(text) => Self::from(text),
            Err(_) => Self(Repr::Units(units.into())),
        }
    }

    /// The length in UTF-16 units.
    pub fn len(&self) -> usize {
        match &self.0 {
            Repr::Ascii(text) => text.len(),
            Repr::Unicode(text) => text.encode_utf16().count(),
            Repr::Units(units) => units.len(),
        }
    }

    /// The bytes that must be read to find a unit by its index: none where a unit is a byte.
    pub(crate) fn bytes_to_count(&self) -> usize {
        match &self.0 {
            Repr::Ascii(_) | Repr::Units(_) => 0,
            Repr::Unicode(text) => text.len(),
        }
    }

    /// The bytes that are read to order it and `other`, beyond ASCII as many as units are worth.
    pub(crate) fn bytes_to_order(&self, other: &Self) -> usize {
        match (&self.0, &other.0) {
            (Repr::Ascii(a), Repr::Ascii(b)) => a.len().min(b.len()),
            _ => self.bytes().min(other.bytes()) * UNIT_WORK,
        }
    }

    /// The bytes that are read to cut out `part`, beyond ASCII as many as units are worth.
    pub(crate) fn bytes_to_cut(&self, part: usize) -> usize {
        match &self.0 {
            Repr::Ascii(text) => part.min(text.len()),
            Repr::Unicode(_) | Repr::Units(_) => self.bytes() * UNIT_WORK,
        }
    }

    /// The bytes that must be read to compare its start or end with all of `other`.
    pub(crate) fn bytes_to_compare(&self, other: &Self) -> usize {
        match (self.as_str(), other.as_str()) {
            (Some(text), Some(other)) => text.len().min(other.len()),
            _ => self.bytes() + other.bytes(),
        }
    }

    /// Whether there is no unit in it.
    pub fn is_empty(&self) -> bool {
        match &self.0 {
            Repr::Ascii(text) => text.is_empty(),
            Repr::Unicode(_) | Repr::Units(_) => false,
        }
    }

    /// The bytes it takes, for limits.
    pub fn bytes(&self) -> usize {
        match &self.0 {
            Repr::Ascii(text) | Repr::Unicode(text) => text.len(),
            Repr::Units(units) => units.len() * 2,
        }
    }

    /// The text, unless a lone surrogate stands in it.
    pub fn as_str(&self) -> Option<&str> {
        match &self.0 {
            Repr::Ascii(text) | Repr::Unicode(text) => Some(text),
            Repr::Units(_) => None,
        }
    }

    /// The text if it is ASCII, where a byte is a unit.
    pub(crate) fn as_ascii(&self) -> Option<&str> {
        match &self.0 {
            Repr::Ascii(text) => Some(text),
            Repr::Unicode(_) | Repr::Units(_) => None,
        }
    }

    /// The text, with U+FFFD for each lone surrogate.
    pub fn to_str(&self) -> Cow<'_, str> {
        match &self.0 {
            Repr::Ascii(text) | Repr::Unicode(text) => Cow::Borrowed(text),
            Repr::Units(units) => Cow::Owned(String::from_utf16_lossy(units)),
        }
    }

    /// The UTF-16 units one after another.
    pub(crate) fn units(&self) -> Units<'_> {
        Units(match &self.0 {
            Repr::Ascii(text) => UnitsOf::Bytes(text.bytes()),
            Repr::Unicode(text) => UnitsOf::Chars(text.encode_utf16()),
            Repr::Units(units) => UnitsOf::Units(units.iter().copied()),
        })
    }

    /// The UTF-16 units as a vector, for indexed work.
    pub(crate) fn to_units(&self) -> Vec<u16> {
        match &self.0 {
            Repr::Units(units) => units.to_vec(),
            Repr::Ascii(_) | Repr::Unicode(_) => self.units().collect(),
        }
    }

    /// The unit at `index`, if there is one.
    pub(crate) fn unit(&self, index: usize) -> Option<u16> {
        match &self.0 {
            Repr::Ascii(text) => text.as_bytes().get(index).map(|byte| u16::from(*byte)),
            Repr::Unicode(text) => text.encode_utf16().nth(index),
            Repr::Units(units) => units.get(index).copied(),
        }
    }

    /// The units from `start` up to, not including, `end`; `None` where they are not all there.
    pub(crate) fn slice(&self, start: usize, end: usize) -> Option<Self> {
        if start == 0 && end == self.len() {
            return Some(self.clone());
        }
        if let Repr::Ascii(text) = &self.0 {
            return text
                .get(start..end)
                .map(|part| Self(Repr::Ascii(part.into())));
        }
        self.to_units().get(start..end).map(Self::from_units)
    }

    /// Whether its first units are those of `start`.
    pub(crate) fn starts_with(&self, start: &Self) -> bool {
        if let (Some(text), Some(start)) = (self.as_str(), start.as_str()) {
            return text.starts_with(start);
        }
        let mut units = self.units();
        start.units().all(|unit| units.next() == Some(unit))
    }

    /// Whether its last units are those of `end`.
    pub(crate) fn ends_with(&self, end: &Self) -> bool {
        match (self.as_str(), end.as_str()) {
            (Some(text), Some(end)) => text.ends_with(end),
            _ => self.to_units().ends_with(&end.to_units()),
        }
    }

    /// This string followed by `other`.
    #[must_use]
    pub(crate) fn concat(&self, other: &Self) -> Self {
        match (&self.0, &other.0) {
            (Repr::Ascii(a), Repr::Ascii(b)) => Self(Repr::Ascii([&**a, &**b].concat().into())),
            (Repr::Ascii(a) | Repr::Unicode(a), Repr::Ascii(b) | Repr::Unicode(b)) => {
                Self(Repr::Unicode([&**a, &**b].concat().into()))
            }
            _ => Self::from_units(&[self.to_units(), other.to_units()].concat()),
        }
    }

    /// `String.hashCode()`.
    pub(crate) fn hash_code(&self) -> i32 {
        self.units().fold(0_i32, |hash, unit| {
            hash.wrapping_mul(31).wrapping_add(i32::from(unit))
        })
    }
}

/// How many bytes of work it is to make a unit of a character or a character of units.
const UNIT_WORK: usize = 4;

/// Beyond every character that a unit can be by itself: where [`per_unit`] keeps surrogates.
const SURROGATES: u32 = 0x10_0000;

/// A text with one character for each unit, so that the search of the standard library, whose time is linear, finds
/// units.
pub(crate) fn per_unit(units: impl Iterator<Item = u16>) -> String {
    units
        .filter_map(|unit| {
            let code = u32::from(unit);
            char::from_u32(code).or(char::from_u32(SURROGATES + code))
        })
        .collect()
}

/// The units of what [`per_unit`] gave, or of parts of it.
pub(crate) fn units_of(text: &str) -> impl Iterator<Item = u16> {
    text.chars().filter_map(|c| {
        let code = u32::from(c);
        u16::try_from(code.checked_sub(SURROGATES).unwrap_or(code)).ok()
    })
}

impl Default for JavaString {
    fn default() -> Self {
        Self::from("")
    }
}

impl From<&str> for JavaString {
    fn from(text: &str) -> Self {
        Self::from(Arc::<str>::from(text))
    }
}

impl From<String> for JavaString {
    fn from(text: String) -> Self {
        Self::from(Arc::<str>::from(text))
    }
}

impl From<Arc<str>> for JavaString {
    fn from(text: Arc<str>) -> Self {
        Self(if text.is_ascii() {
            Repr::Ascii(text)
        } else {
            Repr::Unicode(text)
        })
    }
}

impl PartialEq for JavaString {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Repr::Ascii(a), Repr::Ascii(b)) | (Repr::Unicode(a), Repr::Unicode(b)) => a == b,
            (Repr::Units(a), Repr::Units(b)) => a == b,
            _ => false,
        }
    }
}

impl Eq for JavaString {}

impl PartialEq<str> for JavaString {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == Some(other)
    }
}

impl PartialEq<&str> for JavaString {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == Some(other)
    }
}

impl Hash for JavaString {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match &self.0 {
            Repr::Ascii(text) | Repr::Unicode(text) => text.hash(state),
            Repr::Units(units) => units.hash(state),
        }
    }
}

/// By UTF-16 units, as Java compares.
impl Ord for JavaString {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Repr::Ascii(a), Repr::Ascii(b)) => a.cmp(b),
            _ => self.units().cmp(other.units()),
        }
    }
}

impl PartialOrd for JavaString {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for JavaString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_str())
    }
}

impl fmt::Debug for JavaString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_str())
    }
}

/// The UTF-16 units of a [`JavaString`].
#[derive(Clone, Debug)]
pub(crate) struct Units<'a>(UnitsOf<'a>);

#[derive(Clone, Debug)]
enum UnitsOf<'a> {
    Bytes(std::str::Bytes<'a>),
    Chars(std::str::EncodeUtf16<'a>),
    Units(std::iter::Copied<std::slice::Iter<'a, u16>>),
}

impl Iterator for Units<'_> {
    type Item = u16;

    fn next(&mut self) -> Option<u16> {
        match &mut self.0 {
            UnitsOf::Bytes(bytes) => bytes.next().map(u16::from),
            UnitsOf::Chars(units) => units.next(),
            UnitsOf::Units(units) => units.next(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_indexes_count_utf16_units() {
        let text = JavaString::from("a😀é");
        assert_eq!(text.len(), 4);
        assert_eq!(text.unit(3), Some(0xE9));
        assert_eq!(text.slice(1, 3), Some(JavaString::from("😀")));
        assert_eq!(text.slice(3, 9), None);
    }

    #[test]
    fn a_pair_cut_in_two_and_joined_again_is_the_same_text() {
        let text = JavaString::from("😀");
        let (high, low) = (text.slice(0, 1).unwrap(), text.slice(1, 2).unwrap());
        assert_eq!(high.as_str(), None);
        assert_eq!(high.to_str(), "\u{FFFD}");
        assert_eq!(high.concat(&low), text);
    }

    #[test]
    fn starts_and_ends_are_compared_by_units() {
        let text = JavaString::from("😀a😀");
        let (high, low) = (text.slice(0, 1).unwrap(), text.slice(4, 5).unwrap());
        assert!(text.starts_with(&high) && text.ends_with(&low));
        assert!(!text.starts_with(&low) && !text.ends_with(&high));
        assert!(text.starts_with(&"😀a".into()) && text.ends_with(&"a😀".into()));
        assert!(!high.starts_with(&text) && !high.ends_with(&text));
    }

    #[test]
    fn order_is_by_units_not_by_code_points() {
        // U+FF5E comes before U+1F600 as code point, and after its surrogates as unit.
        let order = |a: &str, b: &str| JavaString::from(a).cmp(&JavaString::from(b));
        assert_eq!(order("\u{FF5E}", "😀"), Ordering::Greater);
        assert_eq!(order("Z", "a"), Ordering::Less);
    }

    #[test]
    fn hash_codes_are_javas() {
        assert_eq!(JavaString::from("hello").hash_code(), 99_162_322);
        assert_eq!(JavaString::from("").hash_code(), 0);
    }
}
