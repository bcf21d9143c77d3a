//! The same mistake made again: findings that one explanation serves.

use std::collections::HashMap;

use pipewright_source::{Diagnostic, FileId, Severity, Sources};

use crate::rule;
use crate::rule::Subject;

/// A mistake: where it is made first in its file, and where again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mistake<'d> {
    /// The finding that explains it.
    pub first: &'d Diagnostic,
    /// The same in the rest of the file, in order.
    pub again: Vec<&'d Diagnostic>,
}

/// What makes two findings the same mistake: rule, file, what is wrong, and what is proposed in place of what.
#[derive(PartialEq, Eq, Hash)]
struct Key<'d> {
    rule: &'d str,
    severity: Severity,
    file: FileId,
    wrong: &'d str,
    subject: Option<&'d str>,
    proposed: Vec<(&'d str, &'d str)>,
}

/// Findings by what they find, in the order of the first of each. For people: they read each mistake once. A finding
/// that speaks of the place it stands at, such as the `when` of one step, is a mistake of its own.
pub fn mistakes<'d>(sources: &'d Sources, findings: &'d [Diagnostic]) -> Vec<Mistake<'d>> {
    let mut mistakes: Vec<Mistake<'d>> = Vec::new();
    let mut by_key: HashMap<Key<'d>, usize> = HashMap::new();
    for finding in findings {
        let place = mistakes.len();
        let known = key(sources, finding).map_or(place, |key| *by_key.entry(key).or_insert(place));
        match mistakes.get_mut(known) {
            Some(mistake) => mistake.again.push(finding),
            None => mistakes.push(Mistake {
                first: finding,
                again: Vec::new(),
            }),
        }
    }
    mistakes
}

fn key<'d>(sources: &'d Sources, finding: &'d Diagnostic) -> Option<Key<'d>> {
    rule(finding.rule).filter(|rule| rule.speaks_of == Subject::Text)?;
    let edits = finding.fixes.iter().flat_map(|fix| &fix.edits);
    Some(Key {
        rule: finding.rule,
        severity: finding.severity,
        file: finding.span.file,
        wrong: sources.slice(finding.span),
        subject: finding.subject.as_deref(),
        proposed: edits
            .map(|edit| (sources.slice(edit.span), &*edit.replacement))
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use pipewright_analysis::Snapshot;

    use super::*;
    use crate::{Options, check_all};

    /// The lines at which each mistake of a pipeline is made, with its rule.
    fn lines(text: &str) -> Vec<(&'static str, Vec<u32>)> {
        let mut snapshot = Snapshot::default();
        let id = snapshot.set_text("case.yaml", text);
        let findings = check_all(&snapshot, &Options::default());
        let file = snapshot.source(id).unwrap();
        let line = |finding: &Diagnostic| file.line_index().line(finding.span.range.start());
        let mistakes = mistakes(snapshot.sources(), &findings);
        let mistakes = mistakes.iter().map(|mistake| {
            let all = [mistake.first].into_iter();
            let all = all.chain(mistake.again.iter().copied());
            (mistake.first.rule, all.map(line).collect())
        });
        mistakes.collect()
    }

    #[test]
    fn one_wrong_name_is_one_mistake_however_it_is_read() {
        let text = "\
pipeline:
  identifier: p
  variables:
    - { name: region, type: String, value: eu }
    - { name: a, type: String, value: <+pipeline.variables.regoin> }
    - { name: b, type: String, value: '<+pipeline.variables[\"regoin\"]>' }
    - { name: c, type: String, value: '<+pipeline.variables.regoin> <+pipeline.variables.reg>' }
";
        let unknown = "unknown-variable";
        assert_eq!(lines(text), [(unknown, vec![5, 6, 7]), (unknown, vec![7])]);
    }

    #[test]
    fn one_name_in_two_languages_is_two_mistakes() {
        let text = "\
pipeline:
  id: p
  inputs: { level: { type: string } }
  stages:
    - id: s
      steps:
        - { id: a, run: 'echo <+inputs.levle> ${{ inputs.levle }} <+inputs.levle>' }
";
        let unknown = "unknown-variable";
        assert_eq!(lines(text), [(unknown, vec![7, 7]), (unknown, vec![7])]);
    }

    #[test]
    fn one_name_in_two_lists_is_two_mistakes() {
        let text = "\
pipeline:
  identifier: p
  stages:
    - stage:
        identifier: A
        type: Custom
        description: <+stage.variables.x> <+stage.variables.x> <+pipeline.variables.x>
        spec: {}
    - stage: { identifier: B, type: Custom, description: <+stage.variables.x>, spec: {} }
";
        let unknown = "unknown-variable";
        assert_eq!(
            lines(text),
            [
                (unknown, vec![7, 7]),
                (unknown, vec![7]),
                (unknown, vec![9])
            ]
        );
    }

    #[test]
    fn findings_about_different_nodes_are_not_the_same() {
        let text = "\
pipeline:
  identifier: p
  stages:
    - stage:
        identifier: A
        type: Custom
        spec:
          execution:
            steps:
              - step: { identifier: a, type: Wait, spec: { duration: 1s }, when: { condition: <+pipeline.name> == \"x\" } }
              - step: { identifier: b, type: Wait, spec: { duration: 1s }, when: { condition: <+pipeline.name> == \"x\" } }
";
        let missing = "missing-status";
        assert_eq!(lines(text), [(missing, vec![10]), (missing, vec![11])]);
    }
}
