//! Methods of strings. Indexes count UTF-16 units.

mod compare;
mod lines;
mod made;
mod parts;
mod search;
mod shape;
mod split;
mod units;

use super::method::Method;

/// The tables of strings.
pub(super) const TABLES: &[&[Method]] = &[
    units::METHODS,
    shape::METHODS,
    parts::METHODS,
    lines::METHODS,
    made::METHODS,
    made::STATIC,
    compare::METHODS,
    search::METHODS,
    split::METHODS,
];

/// Java's `Character.isWhitespace`: separators but no-break spaces, and some controls.
fn is_white_space(c: char) -> bool {
    matches!(c, '\t'..='\r' | '\u{1C}'..='\u{1F}')
        || (c.is_whitespace() && !matches!(c, '\u{85}' | '\u{A0}' | '\u{2007}' | '\u{202F}'))
}
