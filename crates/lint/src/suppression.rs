//! Comments that silence findings: `# pipewright: ignore[rule]`, `# pipewright: ignore[rule, rule]`.
//!
//! A comment at the end of a line speaks for that line, a comment alone on its line for the next line that is not such
//! a comment itself. It may be a YAML comment or a comment of the language inside a scalar of several lines.
//! Each suppression remembers whether it silenced anything.

use std::collections::HashMap;

use pipewright_source::{Diagnostic, LineIndex, TextRange};
use pipewright_yaml::ScalarStyle;

use crate::rule_context::RuleContext;

/// What begins the list of rules.
const MARK: &str = "pipewright: ignore[";
/// What may stand before the mark inside a script: the beginnings of a comment in the usual languages.
const COMMENT_STARTS: [&str; 8] = ["#", "//", "--", ";", "/*", "<!--", "REM", "rem"];

/// The longest list of rules that is read, in bytes.
const LONGEST_LIST: usize = 500;

/// One comment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Suppression<'a> {
    /// From the mark to the closing bracket.
    pub(crate) range: TextRange,
    /// The line it speaks for, from 1.
    line: u32,
    /// The rules as written.
    rules: Vec<&'a str>,
    /// Whether a finding was silenced.
    pub(crate) used: bool,
}

/// The suppressions of one file.
#[derive(Debug)]
pub(crate) struct Suppressions<'a> {
    lines: &'a LineIndex,
    list: Vec<Suppression<'a>>,
    /// The places in `list` that speak for a line.
    by_line: HashMap<u32, Vec<usize>>,
}

impl<'a> Suppressions<'a> {
    /// Reads the comments of a file.
    pub(crate) fn read(context: RuleContext<'a>) -> Self {
        let (text, lines) = (context.file.text(), context.file.line_index());
        if !text.contains(MARK) {
            return Self {
                lines,
                list: Vec::new(),
                by_line: HashMap::new(),
            };
        }
        let marks = text.match_indices(MARK).map(|(at, _)| at);
        let mut positions = MarkPositions::new(context);
        let comments = marks.filter_map(|at| {
            let position = positions.next(at)?;
            let before = line_before(text, lines, at).trim_end();
            let starts: &[&str] = match position {
                MarkPosition::YamlComment => &COMMENT_STARTS[..1],
                MarkPosition::BlockScalar => &COMMENT_STARTS,
            };
            let start = starts.iter().find(|start| before.ends_with(**start))?;
            let list = list_at(&text[at + MARK.len()..])?;
            let suppression = Suppression {
                range: TextRange::of(at, at + MARK.len() + list.len() + 1),
                line: lines.line(TextRange::of(at, at).start()),
                rules: list.split(',').map(str::trim).collect(),
                used: false,
            };
            let alone = before.trim_start().len() == start.len();
            Some((suppression, alone))
        });
        let list = aimed(comments.collect());
        let mut by_line: HashMap<u32, Vec<usize>> = HashMap::new();
        for (at, suppression) in list.iter().enumerate() {
            by_line.entry(suppression.line).or_default().push(at);
        }
        Self {
            lines,
            list,
            by_line,
        }
    }

    /// Whether a comment silences `diagnostic`; the comment then counts as used.
    pub(crate) fn silences(&mut self, diagnostic: &Diagnostic) -> bool {
        let range = diagnostic.span.range;
        let first = self.lines.line(range.start());
        let last = self
            .lines
            .line(range.end().saturating_sub(1).max(range.start()));
        let mut silenced = false;
        let lines = [first, last]
            .into_iter()
            .take(if first == last { 1 } else { 2 });
        for at in lines.filter_map(|line| self.by_line.get(&line)).flatten() {
            let suppression = &mut self.list[*at];
            if suppression.rules.contains(&diagnostic.rule) {
                suppression.used = true;
                silenced = true;
            }
        }
        silenced
    }
}

/// A comment that is meant to silence something and does not, or not all that it names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Malformed {
    /// It is not written as one: where it begins, and the rules it names, if it names any between brackets.
    Form(TextRange, Option<TextRange>),
    /// It names no rule.
    Empty(TextRange),
    /// It names a rule that there is not.
    UnknownRule(TextRange),
}

/// The words that such a comment may have in other tools.
const WORDS: [&str; 6] = ["ignore", "disable", "noqa", "skip", "suppress", "allow"];

/// The comments of a file that are meant to silence something and do not.
pub(crate) fn malformed(context: RuleContext<'_>) -> Vec<Malformed> {
    const NAME: &str = "pipewright:";
    let (text, lines) = (context.file.text(), context.file.line_index());
    if !text.contains(NAME) {
        return Vec::new();
    }
    let mut positions = MarkPositions::new(context);
    let mut found = Vec::new();
    for (at, _) in text.match_indices(NAME) {
        let before = line_before(text, lines, at).trim_end();
        let is_comment = COMMENT_STARTS.iter().any(|start| before.ends_with(start));
        if positions.next(at).is_none() || !is_comment {
            continue;
        }
        let rest = &text[at + NAME.len()..];
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        let Some(word) = WORDS.iter().find(|word| rest[blanks..].starts_with(**word)) else {
            continue;
        };
        let behind = at + NAME.len() + blanks + word.len();
        let listed = text[behind..].strip_prefix('[').and_then(list_at);
        let list = listed.map(|list| TextRange::of(behind + 1, behind + 1 + list.len()));
        let is_right = text[at..].starts_with(MARK);
        match list.filter(|_| is_right) {
            None => found.push(Malformed::Form(TextRange::of(at, behind), list)),
            Some(list) => found.extend(unknown_rules(text, list)),
        }
    }
    found
}

/// What a list names that is no rule.
fn unknown_rules(text: &str, list: TextRange) -> Vec<Malformed> {
    let mut start = list.start() as usize;
    let mut found = Vec::new();
    for part in list.slice(text).split(',') {
        let name = part.trim();
        let at = start + part.len() - part.trim_start().len();
        let range = TextRange::of(at, at + name.len());
        start += part.len() + 1;
        if name.is_empty() {
            found.push(Malformed::Empty(list));
        } else if crate::rule(name).is_none() {
            found.push(Malformed::UnknownRule(range));
        }
    }
    found
}

/// The text up to the closing bracket, which stands on the same line.
fn list_at(rest: &str) -> Option<&str> {
    let ends = |byte: u8| matches!(byte, b']' | b'\n' | b'\r');
    let end = rest.bytes().take(LONGEST_LIST).position(ends)?;
    rest.get(..end).filter(|_| rest[end..].starts_with(']'))
}

/// Where a mark may stand.
#[derive(Clone, Copy)]
enum MarkPosition {
    /// In a YAML comment.
    YamlComment,
    /// In a block scalar, where comments are those of another language.
    BlockScalar,
}

/// The comments and block scalars of a file in order, to be walked beside the marks.
struct MarkPositions {
    ranges: std::iter::Peekable<std::vec::IntoIter<(TextRange, MarkPosition)>>,
}

impl MarkPositions {
    fn new(context: RuleContext<'_>) -> Self {
        let tree = context.tree();
        let comments = tree.comments().iter();
        let mut ranges: Vec<(TextRange, MarkPosition)> = comments
            .map(|comment| (comment.range, MarkPosition::YamlComment))
            .collect();
        for (id, scalar) in tree.scalars() {
            if matches!(scalar.style, ScalarStyle::Literal | ScalarStyle::Folded) {
                ranges.push((tree.raw(id).range, MarkPosition::BlockScalar));
            }
        }
        ranges.sort_by_key(|(range, _)| range.start());
        Self {
            ranges: ranges.into_iter().peekable(),
        }
    }

    /// The position of a mark at `at`; to be asked with growing offsets.
    fn next(&mut self, at: usize) -> Option<MarkPosition> {
        let at = TextRange::of(at, at).start();
        while self
            .ranges
            .next_if(|(range, _)| range.end() <= at)
            .is_some()
        {}
        let (range, position) = self.ranges.peek()?;
        range.contains(at).then_some(*position)
    }
}

/// Lets a comment alone on its line speak for the next line; several such comments in a row all speak for the line
/// below the last.
fn aimed(found: Vec<(Suppression<'_>, bool)>) -> Vec<Suppression<'_>> {
    let mut aimed: Vec<Suppression<'_>> = Vec::with_capacity(found.len());
    let mut below: Option<(u32, u32)> = None;
    for (mut suppression, alone) in found.into_iter().rev() {
        let own = suppression.line;
        if alone {
            suppression.line = match below {
                Some((line, target)) if line == own + 1 => target,
                _ => own + 1,
            };
            below = Some((own, suppression.line));
        }
        aimed.push(suppression);
    }
    aimed.reverse();
    aimed
}

/// The text of the line up to `at`.
fn line_before<'a>(text: &'a str, lines: &LineIndex, at: usize) -> &'a str {
    let line = lines.line(TextRange::of(at, at).start());
    let start = lines.line_start(line).unwrap_or(0) as usize;
    &text[start..at]
}

#[cfg(test)]
mod tests {
    use pipewright_analysis::Snapshot;
    use pipewright_source::{FileId, Span};

    use super::*;
    use crate::Options;

    const TEXT: &str = "\
a: 1 # pipewright: ignore[x, y]
# pipewright: ignore[x]
# pipewright: ignore[z]
b: 2
c: |
  // pipewright: ignore[x]
  text
d: '# pipewright: ignore[x]'
";

    fn finding(rule: &'static str, before: &str) -> Diagnostic {
        let at = TextRange::of(TEXT.find(before).unwrap(), TEXT.find(before).unwrap() + 1);
        let span = Span::new(FileId(0), at);
        Diagnostic::new(rule, pipewright_source::Severity::Error, span, "message")
    }

    #[test]
    fn a_comment_speaks_for_its_line_or_the_next() {
        let mut snapshot = Snapshot::default();
        let file = snapshot.set_text("case.yaml", TEXT);
        let options = Options::default();
        let context = RuleContext::alone(&snapshot, file, &options).unwrap();
        let mut read = Suppressions::read(context);
        assert!(read.silences(&finding("y", "a: 1")));
        assert!(read.silences(&finding("x", "b: 2")));
        assert!(read.silences(&finding("z", "b: 2")));
        assert!(!read.silences(&finding("y", "b: 2")));
        assert!(!read.silences(&finding("x", "c: |")));
        assert!(!read.silences(&finding("x", "d: '")));

        let slices: Vec<(&str, bool)> = read
            .list
            .iter()
            .map(|suppression| (suppression.range.slice(TEXT), suppression.used))
            .collect();
        let mark = "pipewright: ignore[x]";
        assert_eq!(
            slices,
            [
                ("pipewright: ignore[x, y]", true),
                (mark, true),
                ("pipewright: ignore[z]", true),
                (mark, false),
            ]
        );
    }
}
