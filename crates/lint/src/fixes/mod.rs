//! Fixes put into texts: which of them can be taken together, and what comes of it.

mod fewer;
mod line_break;

pub use fewer::{Checked, Fewer, fewer};

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use pipewright_source::{Applicability, Diagnostic, Edit, FileId, Fix, SourceFile, Sources};

/// A fix that was chosen, with the finding it mends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Chosen<'d> {
    /// What it mends.
    pub finding: &'d Diagnostic,
    /// What it does.
    pub fix: &'d Fix,
}

/// Which fixes may be taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wanted {
    applicability: Applicability,
    /// Fixes that were tried and made something worse: the file, the rule and what the fix does.
    refused: BTreeSet<(FileId, &'static str, String)>,
}

impl Wanted {
    /// Safe fixes, and with `unsafe_too` those that change what the pipeline does.
    pub const fn new(unsafe_too: bool) -> Self {
        Self {
            applicability: if unsafe_too {
                Applicability::Unsafe
            } else {
                Applicability::Safe
            },
            refused: BTreeSet::new(),
        }
    }

    /// Takes a fix, and others of its file that do the same, out of those that are wanted.
    pub fn refuse(&mut self, chosen: Chosen<'_>) {
        self.refused.insert(key(chosen));
    }

    /// How many fixes were refused.
    pub fn refused(&self) -> usize {
        self.refused.len()
    }

    fn takes(&self, chosen: Chosen<'_>) -> bool {
        let is_wanted = match chosen.fix.applicability {
            Applicability::Safe => true,
            Applicability::Unsafe => self.applicability == Applicability::Unsafe,
            Applicability::DisplayOnly => false,
        };
        is_wanted && (self.refused.is_empty() || !self.refused.contains(&key(chosen)))
    }
}

fn key(chosen: Chosen<'_>) -> (FileId, &'static str, String) {
    let finding = chosen.finding;
    (finding.span.file, finding.rule, chosen.fix.title.clone())
}

/// The first wanted fix of each finding, as far as they can be taken together: of those that touch the same bytes the
/// first, by the order of the findings. Fixes that change a file outside `may_change` are left out.
pub fn choose<'d>(
    findings: &'d [Diagnostic],
    wanted: &Wanted,
    may_change: impl Fn(FileId) -> bool,
) -> Vec<Chosen<'d>> {
    let mut taken = Taken::default();
    let mut chosen = Vec::new();
    for finding in findings {
        let fixes = finding.fixes.iter().map(|fix| Chosen { finding, fix });
        let first = fixes.into_iter().find(|fix| wanted.takes(*fix));
        let first = first.filter(|of| of.fix.edits.iter().all(|edit| may_change(edit.span.file)));
        if let Some(first) = first
            && taken.take(&first.fix.edits)
        {
            chosen.push(first);
        }
    }
    chosen
}

/// The bytes that are spoken for: by file and start, with the end.
#[derive(Debug, Default)]
struct Taken {
    edits: BTreeMap<(FileId, u32), (u32, String)>,
}

impl Taken {
    /// Takes the bytes of all these edits, or none where one of them touches what is taken. The very same edit may be
    /// taken again.
    fn take(&mut self, edits: &[Edit]) -> bool {
        if edits.is_empty() || edits.iter().any(|edit| self.is_in_the_way(edit)) {
            return false;
        }
        for edit in edits {
            let (file, range) = (edit.span.file, edit.span.range);
            let taken = (range.end(), edit.replacement.clone());
            self.edits.insert((file, range.start()), taken);
        }
        true
    }

    fn is_in_the_way(&self, edit: &Edit) -> bool {
        let (file, range) = (edit.span.file, edit.span.range);
        let same = self.edits.get(&(file, range.start()));
        if same.is_some_and(|(end, text)| *end == range.end() && *text == edit.replacement) {
            return false;
        }
        // What ends where this one begins would be joined to it.
        let before = self
            .edits
            .range((file, 0)..=(file, range.end()))
            .next_back();
        before.is_some_and(|((_, _), (end, _))| *end >= range.start())
    }
}

/// The texts of the files that these fixes change, see [`edited`].
pub fn apply(sources: &Sources, chosen: &[Chosen<'_>]) -> BTreeMap<FileId, String> {
    let mut of_files: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
    for edit in chosen.iter().flat_map(|of| &of.fix.edits) {
        of_files.entry(edit.span.file).or_default().push(edit);
    }
    let texts = of_files.into_iter();
    let texts = texts.filter_map(|(id, edits)| Some((id, edited(sources.get(id)?, edits))));
    texts.collect()
}

/// The text of a file with edits of it that do not overlap; those that are there twice are made once. Line breaks that
/// an edit adds are those of the line it stands on.
pub fn edited<'e>(file: &SourceFile, edits: impl IntoIterator<Item = &'e Edit>) -> String {
    let edits = edits.into_iter();
    let edits: BTreeMap<u32, &Edit> = edits.map(|edit| (edit.span.range.start(), edit)).collect();
    let mut text = String::with_capacity(file.text().len());
    let mut at = 0;
    for edit in edits.into_values() {
        let range = edit.span.range.to_usize();
        text.push_str(file.text().get(at..range.start).unwrap_or(""));
        text.push_str(&written(file, edit));
        at = range.end;
    }
    text.push_str(file.text().get(at..).unwrap_or(""));
    text
}

/// What an edit writes into a file: its line breaks are those of the line it stands on.
pub fn written<'e>(file: &SourceFile, edit: &'e Edit) -> Cow<'e, str> {
    line_break::adapted(&edit.replacement, file, edit.span.range.start() as usize)
}

#[cfg(test)]
mod tests {
    use pipewright_source::{Severity, Span, TextRange};

    use super::*;

    /// A finding with a fix that puts texts into ranges of file 0.
    fn finding(applicability: Applicability, edits: &[(u32, u32, &str)]) -> Diagnostic {
        let span = |start, end| Span::new(FileId(0), TextRange::new(start, end));
        let start = edits.first().map_or(0, |edit| edit.0);
        let edits = edits.iter().map(|(start, end, text)| Edit {
            span: span(*start, *end),
            replacement: (*text).to_owned(),
        });
        Diagnostic::new("rule", Severity::Error, span(start, start), "message").with_fix(Fix {
            title: format!("fix at {start}"),
            applicability,
            edits: edits.collect(),
        })
    }

    fn fixed(text: &str, findings: &[Diagnostic], unsafe_too: bool) -> String {
        let mut sources = Sources::new();
        let id = sources.add(SourceFile::new("a", text));
        let chosen = choose(findings, &Wanted::new(unsafe_too), |_| true);
        let mut texts = apply(&sources, &chosen);
        texts.remove(&id).unwrap_or_else(|| text.to_owned())
    }

    #[test]
    fn fixes_that_touch_are_taken_one_after_the_other() {
        use Applicability::{DisplayOnly, Safe, Unsafe};

        let findings = [
            finding(Safe, &[(0, 1, "A"), (4, 5, "E")]),
            finding(Safe, &[(1, 2, "touches the first")]),
            finding(Safe, &[(3, 4, "touches its second edit")]),
            finding(Unsafe, &[(2, 3, "C")]),
            finding(DisplayOnly, &[(7, 8, "H")]),
            finding(Safe, &[(6, 7, "G")]),
            finding(Safe, &[(6, 7, "G")]),
            finding(Safe, &[(6, 7, "g")]),
        ];
        assert_eq!(fixed("abcdefgh", &findings, false), "AbcdEfGh");
        assert_eq!(fixed("abcdefgh", &findings, true), "AbCdEfGh");
    }

    #[test]
    fn what_was_refused_is_not_chosen_again() {
        let findings = [finding(Applicability::Safe, &[(0, 1, "A")])];
        let mut wanted = Wanted::new(false);
        let chosen = choose(&findings, &wanted, |_| true);
        wanted.refuse(chosen[0]);
        assert_eq!(choose(&findings, &wanted, |_| true), []);
        assert_eq!(wanted.refused(), 1);
        assert_eq!(choose(&findings, &Wanted::new(false), |_| false), []);
    }

    #[test]
    fn line_breaks_are_those_of_the_file() {
        let findings = [finding(Applicability::Safe, &[(3, 3, "x\ny")])];
        assert_eq!(fixed("a\r\nb\r\n", &findings, false), "a\r\nx\r\nyb\r\n");
        assert_eq!(fixed("a\n\nb\r\n", &findings, false), "a\n\nx\r\nyb\r\n");
        assert_eq!(fixed("a\n\nb", &findings, false), "a\n\nx\nyb");
    }
}
