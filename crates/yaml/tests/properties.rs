//! Random files: what is written comes back with its bytes, and no text does harm.

mod support;

use std::fmt::Write as _;

use pipewright_yaml::ScalarStyle;
use proptest::prelude::*;
use support::{check_invariants, parse};

/// A scalar to write: its style, the text it must decode to, and what to write for it at an indentation.
#[derive(Clone, Debug)]
enum Leaf {
    Plain(String),
    PlainFolded(Vec<String>),
    Single(String),
    Double(String),
    Literal(Vec<String>),
    Folded(Vec<String>),
}

impl Leaf {
    fn style(&self) -> ScalarStyle {
        match self {
            Self::Plain(_) | Self::PlainFolded(_) => ScalarStyle::Plain,
            Self::Single(_) => ScalarStyle::SingleQuoted,
            Self::Double(_) => ScalarStyle::DoubleQuoted,
            Self::Literal(_) => ScalarStyle::Literal,
            Self::Folded(_) => ScalarStyle::Folded,
        }
    }

    fn value(&self) -> String {
        match self {
            Self::Plain(text) | Self::Single(text) | Self::Double(text) => text.clone(),
            Self::PlainFolded(lines) => lines.join(" "),
            Self::Literal(lines) => lines.join("\n") + "\n",
            Self::Folded(lines) => lines.join(" ") + "\n",
        }
    }

    fn write(&self, out: &mut String, indent: usize, line_break: &str) {
        let pad = " ".repeat(indent);
        let mut block = |header: &str, lines: &[String]| {
            out.push_str(header);
            for line in lines {
                let pad = if line.is_empty() { "" } else { &pad };
                let _ = write!(out, "{line_break}{pad}{line}");
            }
        };
        match self {
            Self::Plain(text) => out.push_str(text),
            Self::PlainFolded(lines) => out.push_str(&lines.join(&format!("{line_break}{pad}"))),
            Self::Single(text) => {
                let _ = write!(out, "'{}'", text.replace('\'', "''"));
            }
            Self::Double(text) => {
                let _ = write!(out, "\"{}\"", escaped(text));
            }
            Self::Literal(lines) => block("|", lines),
            Self::Folded(lines) => block("> # folded", lines),
        }
    }
}

fn escaped(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '"' | '\\' => format!("\\{c}"),
            '\n' => "\\n".to_owned(),
            c if c.is_control() => format!("\\U{:08x}", u32::from(c)),
            c if !c.is_ascii() && u32::from(c) % 2 == 0 => format!("\\U{:08X}", u32::from(c)),
            c => c.to_string(),
        })
        .collect()
}

fn leaf() -> impl Strategy<Value = Leaf> {
    let word = "[a-zé€😀<][a-z0-9+.>€]{0,6}";
    let words = || proptest::collection::vec(word, 1..4).prop_map(|words| words.join(" "));
    let lines = || proptest::collection::vec(words(), 1..5);
    let literal_lines = (
        words(),
        proptest::collection::vec("[ a-z#:'\"é]{0,8}", 0..4),
        words(),
    );
    prop_oneof![
        words().prop_map(Leaf::Plain),
        proptest::collection::vec(words(), 2..4).prop_map(Leaf::PlainFolded),
        "[ -~é€😀]{0,12}".prop_map(Leaf::Single),
        "[ -~é€😀\n\t\u{1}]{0,12}".prop_map(Leaf::Double),
        literal_lines.prop_map(|(first, mut lines, last)| {
            lines.insert(0, first);
            lines.push(last);
            Leaf::Literal(lines)
        }),
        lines().prop_map(Leaf::Folded),
    ]
}

/// A block list of mappings with two entries each, nested as deep as `nesting` says.
fn file(leaves: &[(Leaf, usize)], line_break: &str) -> String {
    let mut out = String::new();
    for (index, (leaf, nesting)) in leaves.iter().enumerate() {
        for level in 0..*nesting {
            let dash = if level == 0 {
                "- ".to_owned()
            } else {
                "  ".repeat(level + 1)
            };
            let _ = write!(out, "{dash}LEVEL{level}:{line_break}");
        }
        let pad = if *nesting == 0 {
            "- ".to_owned()
        } else {
            "  ".repeat(nesting + 1)
        };
        let _ = write!(out, "{pad}KEY{index}: ");
        leaf.write(&mut out, 2 * nesting + 4, line_break);
        out.push_str(line_break);
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_is_written_comes_back(
        leaves in proptest::collection::vec((leaf(), 0_usize..4), 1..6),
        line_break in prop_oneof![Just("\n"), Just("\r\n")],
    ) {
        let text = file(&leaves, line_break);
        let tree = parse(&text);
        prop_assert!(tree.problems().is_empty(), "{text:?}: {:?}", tree.problems());
        check_invariants(&text, &tree);
        let found: Vec<(ScalarStyle, String)> = tree
            .scalars()
            .filter(|(_, scalar)| !is_key(&scalar.value))
            .map(|(_, scalar)| (scalar.style, scalar.value.to_string()))
            .collect();
        let expected: Vec<(ScalarStyle, String)> =
            leaves.iter().map(|(leaf, _)| (leaf.style(), leaf.value())).collect();
        prop_assert_eq!(found, expected);
        prop_assert!(tree.scalars().all(|(_, scalar)| !scalar.map.is_whole()));
    }

    #[test]
    fn a_broken_file_does_no_harm(
        leaves in proptest::collection::vec((leaf(), 0_usize..4), 1..6),
        edits in proptest::collection::vec((any::<prop::sample::Index>(), 0_usize..3, junk()), 1..4),
    ) {
        let mut text = file(&leaves, "\n");
        for (place, cut, junk) in edits {
            let mut start = place.index(text.len() + 1);
            while !text.is_char_boundary(start) {
                start -= 1;
            }
            let removed: usize = text[start..].chars().take(cut).map(char::len_utf8).sum();
            text.replace_range(start..start + removed, &junk);
        }
        check_invariants(&text, &parse(&text));
    }

    #[test]
    fn any_text_does_no_harm(text in "([a-z<+>.é😀 \n\r\t:#\"'|>*&!%@`,?{}\\[\\]\u{feff}\u{0}\\\\-]|: |- |\n  |---\n|<<: ){0,40}") {
        check_invariants(&text, &parse(&text));
    }
}

/// Keys are `KEY1` and `LEVEL1`; no value has capitals like these.
fn is_key(value: &str) -> bool {
    let letters = value.trim_end_matches(|c: char| c.is_ascii_digit());
    letters.len() < value.len() && matches!(letters, "KEY" | "LEVEL")
}

fn junk() -> impl Strategy<Value = String> {
    let tokens = [
        "\"", "'", ": ", ":", "- ", "\n", "\t", "  ", "[", "]", "{", "}", "|", ">", "&a ", "*a",
        "# ", "%", "@", "!", "\r", "---\n", "<<: *a\n", "é", "\u{feff}", "? ", ",",
    ];
    prop::sample::select(tokens.to_vec()).prop_map(str::to_owned)
}
