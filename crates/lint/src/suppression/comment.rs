//! Comments that silence findings, as they are written: where they stand, what they name, and how to take them out.

use memchr::memmem;
use pipewright_source::{Edit, LineIndex, TextRange};
use pipewright_yaml::ScalarStyle;

use crate::rule_context::RuleContext;

/// What every such comment begins with.
const NAME: &str = "pipewright:";
/// How one begins that speaks for a line.
const LINE_MARK: &str = "pipewright: ignore[";
/// How one begins that speaks for its file.
const FILE_MARK: &str = "pipewright: ignore-file[";
/// The words that such a comment may have, here and in other tools; the longer of two with one beginning is first.
const WORDS: [&str; 7] = [
    "ignore-file",
    "ignore",
    "disable",
    "noqa",
    "skip",
    "suppress",
    "allow",
];

/// What may stand before the mark inside a script, the beginnings of a comment in the usual languages, and what ends
/// such a comment before the line does. The longer of two with one end is first.
const COMMENT_STARTS: [(&str, Option<&str>); 8] = [
    ("#", None),
    ("//", None),
    ("<!--", Some("-->")),
    ("--", None),
    (";", None),
    ("/*", Some("*/")),
    ("REM", None),
    ("rem", None),
];

/// The longest list of rules that is read, in bytes.
const LONGEST_LIST: usize = 500;

/// A comment that silences something, or is meant to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Comment<'a> {
    /// From the mark to the closing bracket, or to the end of the word where there is none.
    pub(crate) range: TextRange,
    /// All of it, with the blanks in front or, alone on its line, that line: what is left out with it.
    pub(crate) whole: TextRange,
    /// The line it stands on, from 1.
    pub(crate) line: u32,
    /// Whether nothing else stands on its line.
    pub(crate) is_alone: bool,
    /// How it is written.
    pub(crate) form: Form,
    /// The rules it names.
    pub(crate) names: Vec<Name<'a>>,
}

/// How such a comment is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    /// For a line.
    Line,
    /// For the file.
    File,
    /// Not as it must be: where it begins, up to the brackets if it has any.
    Wrong(TextRange),
}

/// One name in the brackets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Name<'a> {
    /// The name, without blanks around it.
    pub(crate) text: &'a str,
    /// Where it stands.
    pub(crate) range: TextRange,
}

impl Comment<'_> {
    /// Leaves the comment out. `None` in a file that is not all YAML: there the comment may be what ends a text.
    pub(crate) fn removal(&self, context: RuleContext<'_>) -> Option<Edit> {
        let edit = Edit {
            span: context.span(self.whole),
            replacement: String::new(),
        };
        context.tree().problems().is_empty().then_some(edit)
    }

    /// Leaves out the name at a place of the list, with the comma that it no longer needs.
    pub(crate) fn removal_of(&self, place: usize, context: RuleContext<'_>) -> Edit {
        let range = self.names[place].range;
        let next = self.names.get(place + 1).map(|next| next.range.start());
        let with_comma = match (next, place.checked_sub(1)) {
            (Some(next), _) => TextRange::new(range.start(), next),
            (None, Some(before)) => TextRange::new(self.names[before].range.end(), range.end()),
            (None, None) => range,
        };
        Edit {
            span: context.span(with_comma),
            replacement: String::new(),
        }
    }
}

/// The comments of a file that silence something or are meant to, in order.
pub(crate) fn comments(context: RuleContext<'_>) -> Vec<Comment<'_>> {
    let text = context.file.text();
    let mut places = memmem::find_iter(text.as_bytes(), NAME).peekable();
    if places.peek().is_none() {
        return Vec::new();
    }
    let mut positions = Positions::new(context);
    places
        .filter_map(|at| comment(text, context.file.line_index(), at, positions.next(at)?))
        .collect()
}

fn comment<'a>(
    text: &'a str,
    lines: &LineIndex,
    at: usize,
    position: Position,
) -> Option<Comment<'a>> {
    let line = lines.line(offset(at));
    let line_start = lines.line_start(line)? as usize;
    // A byte order mark is no part of the first line.
    let mark = text[line_start..].len() - text[line_start..].trim_start_matches('\u{feff}').len();
    let line_start = line_start + mark;
    let before = text[line_start..at].trim_end();
    let starts = match position {
        Position::YamlComment => &COMMENT_STARTS[..1],
        Position::BlockScalar => &COMMENT_STARTS[..],
    };
    let (start, end) = starts.iter().find(|(start, _)| before.ends_with(start))?;
    let rest = &text[at + NAME.len()..];
    let blanks = rest.len() - rest.trim_start_matches(' ').len();
    let word = WORDS
        .iter()
        .find(|word| rest[blanks..].starts_with(**word))?;
    let behind_word = at + NAME.len() + blanks + word.len();
    let list = text[behind_word..].strip_prefix('[').and_then(list_at);
    let names = list
        .map(|list| names(list, behind_word + 1))
        .unwrap_or_default();
    let form = match list {
        Some(_) if text[at..].starts_with(LINE_MARK) => Form::Line,
        Some(_) if text[at..].starts_with(FILE_MARK) => Form::File,
        _ => Form::Wrong(TextRange::of(at, behind_word)),
    };
    let range_end = list.map_or(behind_word, |list| behind_word + list.len() + 2);
    let start_of_comment = line_start + before.len() - start.len();
    let next_line = lines.line_start(line + 1).map(|start| start as usize);
    let line_end = text[..next_line.unwrap_or(text.len())]
        .trim_end_matches(['\n', '\r'])
        .len();
    let end_of_comment = end.and_then(|end| {
        let found = text[range_end..line_end].find(end)?;
        Some(range_end + found + end.len())
    });
    let end_of_comment = end_of_comment.unwrap_or(line_end);
    let code_before = text[line_start..start_of_comment].trim_end();
    let code_behind = text[end_of_comment..line_end].trim();
    let is_alone = code_before.is_empty();
    let whole = if is_alone && code_behind.is_empty() {
        TextRange::of(line_start, behind_line_break(text, line_end))
    } else {
        let kept = if is_alone {
            start_of_comment
        } else {
            line_start + code_before.len()
        };
        TextRange::of(kept, end_of_comment)
    };
    Some(Comment {
        range: TextRange::of(at, range_end),
        whole,
        line,
        is_alone,
        form,
        names,
    })
}

fn offset(at: usize) -> u32 {
    TextRange::of(at, at).start()
}

fn behind_line_break(text: &str, end: usize) -> usize {
    let behind = text[end..]
        .strip_prefix("\r\n")
        .or_else(|| text[end..].strip_prefix(['\n', '\r']));
    behind.map_or(end, |behind| text.len() - behind.len())
}

/// The names of a list that begins at `start`; one without letters where a name is missing.
fn names(list: &str, start: usize) -> Vec<Name<'_>> {
    let mut at = start;
    let names = list.split(',').map(|part| {
        let text = part.trim();
        let begins = at + part.len() - part.trim_start().len();
        at += part.len() + 1;
        Name {
            text,
            range: TextRange::of(begins, begins + text.len()),
        }
    });
    names.collect()
}

/// The text up to the closing bracket, which stands on the same line.
fn list_at(rest: &str) -> Option<&str> {
    let ends = |byte: u8| matches!(byte, b']' | b'\n' | b'\r');
    let end = rest.bytes().take(LONGEST_LIST).position(ends)?;
    rest.get(..end).filter(|_| rest[end..].starts_with(']'))
}

/// Where a comment may stand.
#[derive(Clone, Copy)]
enum Position {
    /// In YAML.
    YamlComment,
    /// In a block scalar, where comments are those of another language.
    BlockScalar,
}

/// The comments and block scalars of a file in order, to be walked beside the marks.
struct Positions {
    ranges: std::iter::Peekable<std::vec::IntoIter<(TextRange, Position)>>,
}

impl Positions {
    fn new(context: RuleContext<'_>) -> Self {
        let tree = context.tree();
        let comments = tree.comments().iter();
        let mut ranges: Vec<(TextRange, Position)> = comments
            .map(|comment| (comment.range, Position::YamlComment))
            .collect();
        for (id, scalar) in tree.scalars() {
            if matches!(scalar.style, ScalarStyle::Literal | ScalarStyle::Folded) {
                ranges.push((tree.raw(id).range, Position::BlockScalar));
            }
        }
        ranges.sort_by_key(|(range, _)| range.start());
        Self {
            ranges: ranges.into_iter().peekable(),
        }
    }

    /// The position of a mark at `at`; to be asked with growing offsets.
    fn next(&mut self, at: usize) -> Option<Position> {
        let at = offset(at);
        while self
            .ranges
            .next_if(|(range, _)| range.end() <= at)
            .is_some()
        {}
        let (range, position) = self.ranges.peek()?;
        range.contains(at).then_some(*position)
    }
}
