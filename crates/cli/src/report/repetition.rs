//! The same mistake made again and again in a file: told once to people, with the other places.

use std::collections::HashMap;

use pipewright_source::{Diagnostic, Sources, Span};

/// A finding, and where in the same file the same mistake stands again.
#[derive(Debug)]
pub(super) struct Repeated<'a> {
    /// The first of them.
    pub(super) finding: &'a Diagnostic,
    /// The places of the others, in the order of the file.
    pub(super) again: Vec<Span>,
}

/// The findings in their order, each repeated one once. Two are the same where one rule finds the same text wrong in
/// the same file and proposes the same.
pub(super) fn repeated<'a>(
    sources: &'a Sources,
    diagnostics: &'a [Diagnostic],
) -> Vec<Repeated<'a>> {
    let mut groups: Vec<Repeated<'a>> = Vec::new();
    let mut known = HashMap::new();
    for finding in diagnostics {
        let fixes = finding.fixes.iter().flat_map(|fix| &fix.edits);
        let proposed: Vec<&str> = fixes.map(|edit| edit.replacement.as_str()).collect();
        let text = sources.slice(finding.span);
        let mistake = (finding.span.file, finding.rule, text, proposed);
        let place = *known.entry(mistake).or_insert(groups.len());
        match groups.get_mut(place) {
            // What is wrong with no text may be anything.
            Some(group) if !text.is_empty() => group.again.push(finding.span),
            _ => groups.push(Repeated {
                finding,
                again: Vec::new(),
            }),
        }
    }
    groups
}
