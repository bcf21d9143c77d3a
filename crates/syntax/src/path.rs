//! Paths: `pipeline.variables.region`, which is what nearly every expression is.
//!
//! The grammar says what they are. A path of plain names is read here without it, as the same tree with the same
//! ranges; whatever is anything else is left to the grammar, and the two are held against each other over made texts.

use pipewright_source::TextRange;

use crate::{Expr, ExprKind, Link, LinkKind, Name, Piece};

/// The longest text that is read here, in bytes.
const LONGEST: usize = 1000;

/// The words that are no names: `reserved` in `grammar/expression.pest`.
const RESERVED: [&str; 27] = [
    "and", "break", "continue", "div", "else", "empty", "eq", "false", "for", "function", "ge",
    "gt", "if", "le", "lt", "mod", "new", "ne", "not", "null", "or", "return", "size", "true",
    "var", "while", "NaN",
];

/// Reads a text that is one path, blanks around it left out; its first byte is at `base` of the text it stands in.
/// `None` where it is anything else.
pub(crate) fn path(text: &str, base: u32) -> Option<Expr> {
    let is_blank = |c| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{0C}');
    let behind = text.trim_start_matches(is_blank);
    let start = text.len() - behind.len();
    let path = behind.trim_end_matches(is_blank);
    if path.is_empty() || path.len() > LONGEST {
        return None;
    }
    let mut at = TextRange::of(start, start).shift(base).start();
    let mut names = path.split('.');
    let first = names.next()?;
    if first.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let head = name(first, at)?;
    let whole = TextRange::new(at, at + length(path));
    let head = Expr {
        range: head.range,
        kind: ExprKind::Name(head),
    };
    if first.len() == path.len() {
        return Some(head);
    }
    let mut links = Vec::with_capacity(path.bytes().filter(|byte| *byte == b'.').count());
    for text in names {
        at = links
            .last()
            .map_or(head.range, |link: &Link| link.range)
            .end();
        let name = name(text, at + 1)?;
        links.push(Link {
            range: TextRange::new(at, name.range.end()),
            kind: LinkKind::Name(name),
        });
    }
    Some(Expr {
        range: whole,
        kind: ExprKind::Chain {
            head: Box::new(head),
            links,
        },
    })
}

/// A name that begins at `at`. `None` where the text is none.
fn name(text: &str, at: u32) -> Option<Name> {
    let is_name_char =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'@');
    let is_name = !text.is_empty() && text.bytes().all(is_name_char) && !RESERVED.contains(&text);
    is_name.then(|| Name {
        range: TextRange::new(at, at + length(text)),
        pieces: vec![Piece::Text(text.into())],
    })
}

/// The length of a text in bytes.
fn length(text: &str) -> u32 {
    TextRange::of(0, text.len()).end()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fuzzing::check_path;

    #[test]
    fn plain_names_are_read() {
        for text in [
            "a",
            " a.b\n",
            "$a.@b._c",
            "pipeline.stages.1.x",
            "sizes.trueish",
        ] {
            assert!(path(text, 0).is_some(), "{text:?}");
            check_path(text);
        }
    }

    #[test]
    fn what_is_no_path_is_left_to_the_grammar() {
        for text in [
            "", " ", "1", "1.5", "a..b", "a.", ".a", "a.size", "true", "a .b", "a-b", "a[0]",
            "a.b()", "é",
        ] {
            assert!(path(text, 0).is_none(), "{text:?}");
        }
        for reserved in RESERVED {
            assert!(path(reserved, 0).is_none());
        }
    }

    proptest! {
        #[test]
        fn paths_are_read_as_the_grammar_reads_them(
            parts in prop::collection::vec("[a-z]{1,3}|\\.|\\.|size|NaN|#NaN|null|new|[0-9]|_|\\$|@| |\n|\u{b}|\u{a0}|-|\u{e000}", 0..12),
        ) {
            check_path(&parts.concat());
        }

        #[test]
        fn every_reserved_word_is_one_to_the_grammar(
            word in prop::sample::select(RESERVED.to_vec()), before in "|a\\.|a\\.b\\.", behind in "|[a-z0-9_]|\\.a",
        ) {
            check_path(&format!("{before}{word}{behind}"));
        }
    }
}
