//! Comments for what is found now.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use pipewright_analysis::Snapshot;
use pipewright_source::{Diagnostic, Edit, FileId, TextRange};

use super::long_scalars::LongScalars;
use super::{Aim, Suppressions};
use crate::rule_context::RuleContext;
use crate::{Options, rules};

/// Comments that silence findings, as edits of their files: at the ends of their lines, or above where something else
/// stands there. A finding in a text of several lines is silenced where the text begins, so that no script changes.
///
/// There are none for findings about a file as YAML and about comments, and none in a file whose name ends in `.json`.
pub fn ignores(snapshot: &Snapshot, findings: &[Diagnostic]) -> BTreeMap<FileId, Vec<Edit>> {
    let mut by_file: BTreeMap<FileId, Vec<&Diagnostic>> = BTreeMap::new();
    for finding in findings
        .iter()
        .filter(|finding| can_be_ignored(finding.rule))
    {
        by_file.entry(finding.span.file).or_default().push(finding);
    }
    let options = Options::default();
    let edits = by_file.into_iter().filter_map(|(id, findings)| {
        let context = RuleContext::alone(snapshot, id, &options)?;
        let edits = edits(context, &findings);
        let extension = Path::new(context.file.name()).extension();
        let is_json = extension.is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
        (!is_json).then_some((id, edits))
    });
    edits.collect()
}

fn can_be_ignored(rule: &str) -> bool {
    let about_comments = ["malformed-suppression", "unused-suppression"];
    !rules::OF_FILES.contains(&rule) && !about_comments.contains(&rule)
}

fn edits(context: RuleContext<'_>, findings: &[&Diagnostic]) -> Vec<Edit> {
    let lines = context.file.line_index();
    let long_scalars = LongScalars::of(context);
    let suppressions = Suppressions::read(context);
    let mut by_line: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
    for finding in findings {
        let line = lines.line(finding.span.range.start());
        let header = long_scalars.around(line).map(|scalar| scalar.header);
        by_line
            .entry(header.unwrap_or(line))
            .or_default()
            .insert(finding.rule);
    }
    let commented: BTreeSet<u32> = context
        .tree()
        .comments()
        .iter()
        .map(|comment| lines.line(comment.range.start()))
        .collect();
    let edits = by_line.into_iter().filter_map(|(line, rules)| {
        let rules: Vec<&str> = rules.into_iter().collect();
        let rules = rules.join(", ");
        if let Some(end) = end_of_list(&suppressions, line) {
            return Some(Edit {
                span: context.span(TextRange::of(end, end)),
                replacement: format!(", {rules}"),
            });
        }
        let comment = format!("# pipewright: ignore[{rules}]");
        let scalar = long_scalars.around(line);
        let is_free = !commented.contains(&line) && scalar.is_none_or(|scalar| scalar.has_header);
        let (editor, start) = (context.editor(), lines.line_start(line)? as usize);
        Some(if is_free {
            editor.comment_behind(start, &comment)
        } else {
            editor.comment_above(start, &comment)
        })
    });
    edits.collect()
}

/// Where the list of a comment ends that speaks for a line.
fn end_of_list(suppressions: &Suppressions<'_>, line: u32) -> Option<usize> {
    let mut all = suppressions.list.iter();
    let known = all.find(|known| matches!(known.aim, Aim::Line { first, .. } if first == line))?;
    Some(known.comment.range.end() as usize - 1)
}
