//! Comments that silence findings: `# pipewright: ignore[rule]`, `# pipewright: ignore[rule, rule]`, and for the whole
//! file `# pipewright: ignore-file[rule]`.
//!
//! A comment at the end of a line speaks for that line, a comment alone on its line for the next line that is not such
//! a comment itself. Where a scalar of several lines begins on that line, it speaks for all of the scalar. It may be a
//! YAML comment or a comment of the language inside a block scalar. Each suppression remembers what it silenced.

mod added;
mod comment;
mod long_scalars;
mod unused;

use std::collections::HashMap;

use pipewright_source::{Diagnostic, SourceFile};

use crate::finding::Finding;
use crate::rule_context::RuleContext;
pub use added::ignores;
pub(crate) use comment::{Comment, Form, Name, comments};
use long_scalars::LongScalars;
pub(crate) use unused::unused;

/// What a comment speaks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Aim {
    /// A line, or the lines of the scalar that begins on it; from 1.
    Line { first: u32, last: u32 },
    /// The file.
    File,
}

/// One comment that is written as it must be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Suppression<'a> {
    /// The comment.
    pub(crate) comment: Comment<'a>,
    /// What it speaks for.
    pub(crate) aim: Aim,
    /// Whether a finding was silenced, for each name of the comment.
    pub(crate) used: Vec<bool>,
}

/// The suppressions of one file.
#[derive(Debug)]
pub(crate) struct Suppressions<'a> {
    file: &'a SourceFile,
    long_scalars: LongScalars,
    pub(crate) list: Vec<Suppression<'a>>,
    /// The places in `list` that speak for a line.
    by_line: HashMap<u32, Vec<usize>>,
    /// The places in `list` that speak for the file.
    of_file: Vec<usize>,
}

impl<'a> Suppressions<'a> {
    /// Reads the comments of a file.
    pub(crate) fn read(context: RuleContext<'a>) -> Self {
        let comments = comments(context).into_iter();
        let right = comments.filter(|comment| !matches!(comment.form, Form::Wrong(_)));
        let right: Vec<Comment<'a>> = right.collect();
        let long_scalars = if right.is_empty() {
            LongScalars::default()
        } else {
            LongScalars::of(context)
        };
        let list = aimed(right, &long_scalars);
        let mut by_line: HashMap<u32, Vec<usize>> = HashMap::new();
        let mut of_file = Vec::new();
        for (at, suppression) in list.iter().enumerate() {
            match suppression.aim {
                Aim::Line { first, .. } => by_line.entry(first).or_default().push(at),
                Aim::File => of_file.push(at),
            }
        }
        Self {
            file: context.file,
            long_scalars,
            list,
            by_line,
            of_file,
        }
    }

    /// The findings that comments silence, and the others.
    pub(crate) fn sorted_out(&mut self, findings: Vec<Finding>) -> (Vec<Finding>, Vec<Finding>) {
        let findings = findings.into_iter();
        findings.partition(|finding| self.silences(&finding.diagnostic))
    }

    /// Whether a comment silences `diagnostic`; the comment then counts as used.
    fn silences(&mut self, diagnostic: &Diagnostic) -> bool {
        if self.list.is_empty() {
            return false;
        }
        let range = diagnostic.span.range;
        let lines = self.file.line_index();
        let first = lines.line(range.start());
        let last = range.end().saturating_sub(1).max(range.start());
        let last = lines.line(last);
        let header = self.long_scalars.around(first);
        let mut lines = vec![first, last];
        lines.extend(header.map(|scalar| scalar.header));
        lines.sort_unstable();
        lines.dedup();
        let of_lines = lines.iter().filter_map(|line| self.by_line.get(line));
        let places: Vec<usize> = of_lines.flatten().chain(&self.of_file).copied().collect();
        let mut silenced = false;
        for at in places {
            let Suppression { comment, used, .. } = &mut self.list[at];
            for (name, used) in comment.names.iter().zip(used) {
                if name.text == diagnostic.rule {
                    *used = true;
                    silenced = true;
                }
            }
        }
        silenced
    }
}

/// Lets a comment alone on its line speak for the next line; several such comments in a row all speak for the line
/// below the last.
fn aimed<'a>(comments: Vec<Comment<'a>>, long_scalars: &LongScalars) -> Vec<Suppression<'a>> {
    let mut aimed: Vec<Suppression<'a>> = Vec::with_capacity(comments.len());
    let mut below: Option<(u32, u32)> = None;
    for comment in comments.into_iter().rev() {
        let own = comment.line;
        let mut line = own;
        if comment.is_alone {
            line = match below {
                Some((line, target)) if line == own + 1 => target,
                _ => own + 1,
            };
            below = Some((own, line));
        }
        let aim = match comment.form {
            Form::File => Aim::File,
            _ => Aim::Line {
                first: line,
                last: long_scalars.last_of(line),
            },
        };
        aimed.push(Suppression {
            used: vec![false; comment.names.len()],
            comment,
            aim,
        });
    }
    aimed.reverse();
    aimed
}

#[cfg(test)]
mod tests {
    use pipewright_analysis::Snapshot;
    use pipewright_source::{FileId, Span, TextRange};

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
e: f
# pipewright: ignore-file[w]
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
        assert!(read.silences(&finding("x", "text")));
        assert!(read.silences(&finding("w", "a: 1")));
        assert!(!read.silences(&finding("w2", "a: 1")));

        let used: Vec<(&str, &[bool])> = read
            .list
            .iter()
            .map(|suppression| (suppression.comment.range.slice(TEXT), &*suppression.used))
            .collect();
        let mark = "pipewright: ignore[x]";
        assert_eq!(
            used,
            [
                ("pipewright: ignore[x, y]", &[false, true][..]),
                (mark, &[true]),
                ("pipewright: ignore[z]", &[true]),
                (mark, &[true]),
                ("pipewright: ignore-file[w]", &[true]),
            ]
        );
    }
}
