//! A text that a regular expression matches.

use regex_syntax::hir::{Class, Hir, HirKind};

/// The most bytes of a text that is made up.
const MAX_BYTES: usize = 200;

/// A short text that a pattern matches; `None` where the pattern is none, or is too hard.
///
/// The syntax of Java's patterns is close enough for the patterns that conditions have.
pub(super) fn sample(pattern: &str) -> Option<String> {
    let tree = regex_syntax::parse(pattern).ok()?;
    let mut bytes = Vec::new();
    add(&tree, &mut bytes)?;
    String::from_utf8(bytes).ok()
}

/// As deep as a pattern nests, which the parser bounds.
fn add(tree: &Hir, bytes: &mut Vec<u8>) -> Option<()> {
    if bytes.len() > MAX_BYTES {
        return None;
    }
    match tree.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => bytes.extend_from_slice(&literal.0),
        HirKind::Class(class) => {
            let mut buffer = [0; 4];
            let member = member(class)?.encode_utf8(&mut buffer);
            bytes.extend_from_slice(member.as_bytes());
        }
        HirKind::Repetition(repetition) => {
            for _ in 0..repetition.min {
                add(&repetition.sub, bytes)?;
            }
        }
        HirKind::Capture(capture) => add(&capture.sub, bytes)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| add(part, bytes))?,
        HirKind::Alternation(parts) => add(parts.first()?, bytes)?,
    }
    Some(())
}

/// A character of a class: a letter or digit, if there is one.
fn member(class: &Class) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => {
            let ranges = class.ranges().iter();
            ranges.map(|range| (range.start(), range.end())).collect()
        }
        Class::Bytes(class) => {
            let ranges = class.ranges().iter();
            let ranges = ranges.map(|range| (range.start().into(), range.end().into()));
            ranges.collect()
        }
    };
    let is_in = |member: &char| {
        let mut ranges = ranges.iter();
        ranges.any(|(start, end)| (*start..=*end).contains(member))
    };
    let usual = ['a', '1', 'A'].into_iter().find(is_in);
    usual.or_else(|| ranges.first().map(|(start, _)| *start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_matched() {
        for (pattern, text) in [
            ("release/.*", "release/"),
            ("^v[0-9]+[.][0-9]{2}$", "v1.11"),
            ("(main|develop)", "main"),
            ("[A-Z]{3}-\\d+", "AAA-1"),
            ("", ""),
        ] {
            assert_eq!(sample(pattern).as_deref(), Some(text), "{pattern}");
        }
        assert_eq!(sample("("), None);
        assert_eq!(sample("(a{999}){999}"), None);
    }
}
