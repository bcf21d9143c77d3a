//! Which fixes to leave out when all of them together make something worse.

use std::collections::{BTreeMap, BTreeSet};

use pipewright_source::{Diagnostic, Edit, FileId, SourceFile};

use super::Chosen;

/// What is left of fixes that made something worse when they were put in together.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Fewer<'d> {
    /// Those to try next.
    pub kept: Vec<Chosen<'d>>,
    /// Those that made something worse by themselves.
    pub refused: Vec<Chosen<'d>>,
}

impl<'d> Fewer<'d> {
    /// Half of the fixes, for when nobody knows which of them is to blame; one that is alone is refused.
    pub fn half_of(chosen: &[Chosen<'d>]) -> Self {
        without_half_of(chosen, vec![(0..chosen.len()).collect()])
    }
}

/// What was found in files, and the files as they were then.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'f, F> {
    /// The findings.
    pub findings: &'f [Diagnostic],
    /// The text of a file.
    pub file: F,
}

/// Compares what was found before these fixes were put in with what is found now. Where a rule finds more in a file
/// than before, the fixes on the lines of its new findings are suspects, else all of that file, else all. Of the
/// suspects of one line half are kept, and one that is alone is refused. `None` when nothing is worse.
pub fn fewer<'d, 's>(
    chosen: &[Chosen<'d>],
    before: &Checked<'_, impl Fn(FileId) -> Option<&'s SourceFile>>,
    now: &Checked<'_, impl Fn(FileId) -> Option<&'s SourceFile>>,
) -> Option<Fewer<'d>> {
    let worse = worse(before.findings, now.findings);
    if worse.is_empty() {
        return None;
    }
    let edited = edited_lines(chosen, before);
    let added = added_lines(&worse, &edited, before, now);
    let mut suspects: BTreeMap<(FileId, Option<u32>), BTreeSet<usize>> = BTreeMap::new();
    let mut explained = BTreeSet::new();
    let mut suspected = BTreeSet::new();
    for (file, edits) in &edited {
        for lines in edits {
            let mut on_them = added.range((*file, lines.first)..=(*file, lines.last));
            if let Some((_, line)) = on_them.next() {
                explained.insert(*file);
                if suspected.insert(lines.fix) {
                    let group = suspects.entry((*file, Some(*line))).or_default();
                    group.insert(lines.fix);
                }
            }
        }
    }
    for (at, of) in chosen.iter().enumerate() {
        let file = of.finding.span.file;
        let is_worse = worse
            .range((file, "")..)
            .next()
            .is_some_and(|(id, _)| *id == file);
        if is_worse && !explained.contains(&file) && suspected.insert(at) {
            suspects.entry((file, None)).or_default().insert(at);
        }
    }
    if suspects.is_empty() {
        return Some(Fewer::half_of(chosen));
    }
    Some(without_half_of(chosen, suspects.into_values().collect()))
}

/// The rules that find more in a file than they did.
fn worse(before: &[Diagnostic], now: &[Diagnostic]) -> BTreeSet<(FileId, &'static str)> {
    let before = counts(before);
    let more = counts(now).into_iter().filter(|(key, count)| {
        let before = before.get(key).copied().unwrap_or(0);
        *count > before
    });
    more.map(|(key, _)| key).collect()
}

/// The findings of each rule in each file.
fn counts(found: &[Diagnostic]) -> BTreeMap<(FileId, &'static str), usize> {
    let mut counts = BTreeMap::new();
    for found in found {
        *counts.entry((found.span.file, found.rule)).or_insert(0) += 1;
    }
    counts
}

/// The lines of an edit: the last one before it was made, the first and the last afterwards.
#[derive(Debug)]
struct EditedLines {
    /// The index of the fix.
    fix: usize,
    last_before: u32,
    first: u32,
    last: u32,
    /// By how many lines all that follows has moved.
    moved: i64,
}

/// The lines of all edits of each file, in their order.
fn edited_lines<'s>(
    chosen: &[Chosen<'_>],
    before: &Checked<'_, impl Fn(FileId) -> Option<&'s SourceFile>>,
) -> BTreeMap<FileId, Vec<EditedLines>> {
    let mut edits: Vec<(usize, &Edit)> = Vec::new();
    for (at, of) in chosen.iter().enumerate() {
        edits.extend(of.fix.edits.iter().map(|edit| (at, edit)));
    }
    edits.sort_by_key(|(at, edit)| (edit.span.file, edit.span.range.start(), *at));
    // Two fixes may share an edit, which is made once.
    let mut edited: BTreeMap<FileId, Vec<EditedLines>> = BTreeMap::new();
    let mut last: Option<&Edit> = None;
    for (fix, edit) in edits {
        let Some(file) = (before.file)(edit.span.file) else {
            continue;
        };
        let lines = edited.entry(edit.span.file).or_default();
        let range = edit.span.range;
        let (from, to) = (
            file.line_index().line(range.start()),
            file.line_index().line(range.end()),
        );
        let moved_before = lines.last().map_or(0, |lines| lines.moved);
        let is_shared = last == Some(edit);
        last = Some(edit);
        let breaks = i64::try_from(edit.replacement.matches('\n').count()).unwrap_or(0);
        let moved = if is_shared {
            moved_before
        } else {
            moved_before + breaks - i64::from(to - from)
        };
        let last_now = moved_line(to, moved);
        lines.push(EditedLines {
            fix,
            last_before: to,
            first: moved_line(to, moved - breaks).min(last_now),
            last: last_now,
            moved,
        });
    }
    edited
}

fn moved_line(line: u32, by: i64) -> u32 {
    u32::try_from(i64::from(line) + by).unwrap_or(0)
}

/// The lines, as they are now, on which a rule that finds more than before finds more than it did on them.
fn added_lines<'s>(
    worse: &BTreeSet<(FileId, &'static str)>,
    edited: &BTreeMap<FileId, Vec<EditedLines>>,
    before: &Checked<'_, impl Fn(FileId) -> Option<&'s SourceFile>>,
    now: &Checked<'_, impl Fn(FileId) -> Option<&'s SourceFile>>,
) -> BTreeSet<(FileId, u32)> {
    let mut more: BTreeMap<(FileId, u32, &str), i64> = BTreeMap::new();
    for found in now.findings {
        let file = found.span.file;
        if worse.contains(&(file, found.rule))
            && let Some(source) = (now.file)(file)
        {
            let line = source.line_index().line(found.span.range.start());
            *more.entry((file, line, found.rule)).or_default() += 1;
        }
    }
    for found in before.findings {
        let file = found.span.file;
        if worse.contains(&(file, found.rule))
            && let Some(source) = (before.file)(file)
        {
            let line = source.line_index().line(found.span.range.start());
            let edits = edited.get(&file).map_or(&[][..], Vec::as_slice);
            let above = edits.partition_point(|edit| edit.last_before < line);
            let moved = above.checked_sub(1).map_or(0, |at| edits[at].moved);
            *more
                .entry((file, moved_line(line, moved), found.rule))
                .or_default() -= 1;
        }
    }
    let more = more.into_iter().filter(|(_, count)| *count > 0);
    more.map(|((file, line, _), _)| (file, line)).collect()
}

/// All fixes without the second half of each group, and without those that are alone in theirs.
fn without_half_of<'d>(chosen: &[Chosen<'d>], groups: Vec<BTreeSet<usize>>) -> Fewer<'d> {
    let mut fewer = Fewer::default();
    let mut out = BTreeSet::new();
    for group in groups {
        let mut of_group = group.iter().copied();
        if group.len() == 1 {
            fewer.refused.extend(of_group.next().map(|at| chosen[at]));
            out.extend(group);
        } else {
            out.extend(of_group.skip(group.len() / 2));
        }
    }
    let kept = chosen
        .iter()
        .enumerate()
        .filter(|(at, _)| !out.contains(at));
    fewer.kept = kept.map(|(_, of)| *of).collect();
    fewer
}

#[cfg(test)]
mod tests {
    use pipewright_source::{Applicability, Fix, Severity, SourceFile, Sources, Span, TextRange};

    use super::super::{Wanted, apply, choose};
    use super::*;

    /// A finding at the `!` that stands first in a line, whose fix writes `text` for it.
    fn finding(text: &str, line: usize, replacement: &str) -> Diagnostic {
        let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let start = u32::try_from(before).unwrap();
        let span = Span::new(FileId(0), TextRange::new(start, start + 1));
        Diagnostic::new("bad", Severity::Error, span, "message").with_fix(Fix {
            title: format!("fix of line {line}"),
            applicability: Applicability::Safe,
            edits: vec![Edit {
                span,
                replacement: replacement.to_owned(),
            }],
        })
    }

    /// What `?` in a text is: another rule's finding.
    fn questions(text: &str) -> Vec<Diagnostic> {
        let at = text
            .match_indices('?')
            .map(|(at, _)| u32::try_from(at).unwrap());
        let span = |at| Span::new(FileId(0), TextRange::new(at, at + 1));
        at.map(|at| Diagnostic::new("question", Severity::Error, span(at), "message"))
            .collect()
    }

    /// Puts all fixes in and tells which are kept and refused, by their titles.
    fn left(text: &str, mut findings: Vec<Diagnostic>) -> Option<(Vec<String>, Vec<String>)> {
        let mut sources = Sources::new();
        let id = sources.add(SourceFile::new("a", text));
        findings.extend(questions(text));
        let chosen = choose(&findings, &Wanted::new(false), |_| true);
        let fixed = apply(&sources, &chosen).remove(&id).unwrap();
        let (old, new) = (SourceFile::new("a", text), SourceFile::new("a", &*fixed));
        let before = Checked {
            findings: &findings,
            file: |_| Some(&old),
        };
        let found = questions(&fixed);
        let now = Checked {
            findings: &found,
            file: |_| Some(&new),
        };
        let fewer = fewer(&chosen, &before, &now)?;
        let titles = |of: Vec<Chosen<'_>>| of.iter().map(|of| of.fix.title.clone()).collect();
        Some((titles(fewer.kept), titles(fewer.refused)))
    }

    #[test]
    fn only_fixes_on_the_lines_of_new_findings_are_suspects() {
        let text = "!\n!\n?\n!\n";
        let findings = |second| {
            vec![
                finding(text, 0, "a\nb\nc"),
                finding(text, 1, second),
                finding(text, 3, "d"),
            ]
        };
        assert_eq!(left(text, findings("fine")), None);
        let of = |lines: &[u32]| {
            lines
                .iter()
                .map(|line| format!("fix of line {line}"))
                .collect()
        };
        assert_eq!(left(text, findings("?")), Some((of(&[0, 3]), of(&[1]))));
    }

    #[test]
    fn of_two_suspects_on_a_line_the_first_is_kept() {
        let text = "!!\n!\n";
        let mut second = finding(text, 0, "?");
        let span = Span::new(FileId(0), TextRange::new(1, 2));
        second.fixes[0].edits[0].span = span;
        second.fixes[0].title = "second".to_owned();
        let mut first = finding(text, 0, "a");
        first.fixes[0].edits[0].span = Span::new(FileId(0), TextRange::new(0, 0));
        let findings = vec![first, second, finding(text, 1, "b")];
        let kept = vec!["fix of line 0".to_owned(), "fix of line 1".to_owned()];
        assert_eq!(left(text, findings), Some((kept, vec![])));
    }

    #[test]
    fn without_a_line_to_blame_half_of_the_file_is_kept() {
        let text = "!\n!\n";
        let findings = vec![finding(text, 0, "a"), finding(text, 1, "b")];
        let file = SourceFile::new("a", text);
        let chosen = choose(&findings, &Wanted::new(false), |_| true);
        let elsewhere = Span::new(FileId(1), TextRange::new(0, 0));
        let found = [Diagnostic::new(
            "other",
            Severity::Error,
            elsewhere,
            "message",
        )];
        let before = Checked {
            findings: &findings,
            file: |_| Some(&file),
        };
        let now = Checked {
            findings: &found,
            file: |_| Some(&file),
        };
        let fewer = fewer(&chosen, &before, &now).unwrap();
        assert_eq!((fewer.kept.len(), fewer.refused.len()), (1, 0));
    }
}
