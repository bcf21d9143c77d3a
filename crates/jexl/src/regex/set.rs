//! Sets of characters, as a backtracking program asks them.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, HirKind};

/// A set of characters.
#[derive(Clone, Default, Debug)]
pub(super) struct Set {
    /// A bit for each ASCII character.
    ascii: u128,
    /// The others, in order.
    above: Box<[(char, char)]>,
}

impl Set {
    /// The set that a class of `regex-syntax` means, in any letter case with `any_case`; `None` for what is no class.
    pub(super) fn of_class(class: &str, any_case: bool) -> Option<Self> {
        let mut parser = ParserBuilder::new().case_insensitive(any_case).build();
        match parser.parse(class).ok()?.into_kind() {
            HirKind::Class(Class::Unicode(class)) => Some(Self::of(&class)),
            HirKind::Class(Class::Bytes(class)) => Some(Self::of(&class.to_unicode_class()?)),
            HirKind::Literal(literal) => {
                let mut chars = std::str::from_utf8(&literal.0).ok()?.chars();
                let only = Self::of_char(chars.next()?, false);
                chars.next().is_none().then_some(only)?
            }
            _ => None,
        }
    }

    /// One character, or all its letter cases.
    pub(super) fn of_char(c: char, any_case: bool) -> Option<Self> {
        let mut class = ClassUnicode::new([ClassUnicodeRange::new(c, c)]);
        if any_case {
            class.try_case_fold_simple().ok()?;
        }
        Some(Self::of(&class))
    }

    /// Every character, without line feed if `lines`.
    pub(super) fn any(lines: bool) -> Self {
        let line_feed = u128::from(lines) << b'\n';
        Self {
            ascii: !line_feed,
            above: Box::new([('\u{80}', char::MAX)]),
        }
    }

    fn of(class: &ClassUnicode) -> Self {
        let mut set = Self::default();
        let mut above = Vec::new();
        for range in class.ranges() {
            let (start, end) = (range.start(), range.end());
            for c in u32::from(start)..=u32::from(end).min(0x7F) {
                set.ascii |= 1 << c;
            }
            if end >= '\u{80}' {
                above.push((start.max('\u{80}'), end));
            }
        }
        set.above = above.into();
        set
    }

    /// Both sets together.
    pub(super) fn union(&self, other: &Self) -> Self {
        let mut above = [&*self.above, &*other.above].concat();
        above.sort_unstable();
        above.dedup();
        Self {
            ascii: self.ascii | other.ascii,
            above: join(above).into(),
        }
    }

    /// The length of the character at the byte `at` of `text`, if it is in the set.
    pub(super) fn length_at(&self, text: &str, at: usize) -> Option<usize> {
        let byte = *text.as_bytes().get(at)?;
        if byte < 0x80 {
            return (self.ascii >> byte & 1 == 1).then_some(1);
        }
        let c = text[at..].chars().next()?;
        self.contains(c).then(|| c.len_utf8())
    }

    /// Whether a character is in the set.
    pub(super) fn contains(&self, c: char) -> bool {
        if c.is_ascii() {
            return self.ascii >> u32::from(c) & 1 == 1;
        }
        let at = self.above.partition_point(|(_, end)| *end < c);
        self.above.get(at).is_some_and(|(start, _)| *start <= c)
    }

    /// How many ranges are kept.
    pub(super) fn ranges(&self) -> usize {
        self.above.len() + 1
    }
}

/// Joins ranges that overlap; they are in order.
fn join(ranges: Vec<(char, char)>) -> Vec<(char, char)> {
    let mut joined: Vec<(char, char)> = Vec::with_capacity(ranges.len());
    for (start, end) in ranges {
        match joined.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    joined
}
