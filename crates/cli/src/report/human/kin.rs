//! Mistakes of one file that are told in the same words but for one name: the first is shown, the others are listed.

use std::collections::HashMap;

use pipewright_lint::Mistake;
use pipewright_source::{Diagnostic, FileId, Severity};

/// How many of the latest mistakes with the same words are looked at.
const MOST_COMPARED: usize = 16;

/// A mistake, and those that only another name tells from it.
#[derive(Debug)]
pub(super) struct Kind<'d> {
    /// The one that is shown.
    pub(super) first: Mistake<'d>,
    /// The others, each with its name; without one where the words are the same.
    pub(super) others: Vec<(Option<&'d str>, Mistake<'d>)>,
}

/// What two mistakes must have in common before their names are compared.
#[derive(PartialEq, Eq, Hash)]
struct Words<'d> {
    rule: &'d str,
    severity: Severity,
    file: FileId,
    /// What each text says beside the names.
    said: Vec<Vec<&'d str>>,
}

impl<'d> Words<'d> {
    fn of(finding: &'d Diagnostic) -> Self {
        let said = texts(finding)
            .into_iter()
            .map(|text| text.split('`').step_by(2).collect());
        Self {
            rule: finding.rule,
            severity: finding.severity,
            file: finding.span.file,
            said: said.collect(),
        }
    }
}

/// Mistakes in the order of the first of each kind.
pub(super) fn kinds<'d>(mistakes: Vec<Mistake<'d>>) -> Vec<Kind<'d>> {
    let mut kinds: Vec<Kind<'d>> = Vec::new();
    let mut by_words: HashMap<Words<'d>, Vec<usize>> = HashMap::new();
    for mistake in mistakes {
        let known = by_words.entry(Words::of(mistake.first)).or_default();
        let mut latest = known.iter().rev().take(MOST_COMPARED);
        let same = latest.find_map(|at| match likeness(kinds[*at].first.first, mistake.first) {
            Likeness::None => None,
            Likeness::Same => Some((*at, None)),
            Likeness::Renamed(name) => Some((*at, Some(name))),
        });
        if let Some((at, name)) = same {
            kinds[at].others.push((name, mistake));
        } else {
            known.push(kinds.len());
            kinds.push(Kind {
                first: mistake,
                others: Vec::new(),
            });
        }
    }
    kinds
}

/// How alike two findings are that say the same beside their names.
enum Likeness<'d> {
    /// Nothing differs.
    Same,
    /// The second has that name in the place of one of the first.
    Renamed(&'d str),
    /// More differs.
    None,
}

fn likeness<'d>(first: &Diagnostic, other: &'d Diagnostic) -> Likeness<'d> {
    let mut differing = names(&first.message)
        .zip(names(&other.message))
        .filter(|(one, other)| one != other);
    let renamed = differing.next();
    let say_the_same = |one: &str, other: &str| match renamed {
        None => one == other,
        Some((before, after)) => {
            let mut parts = one.split('`').zip(other.split('`'));
            parts.all(|(one, other)| one == other || (one, other) == (before, after))
        }
    };
    let mut pairs = texts(first).into_iter().zip(texts(other));
    if first.related != other.related || !pairs.all(|(one, other)| say_the_same(one, other)) {
        return Likeness::None;
    }
    renamed.map_or(Likeness::Same, |(_, name)| Likeness::Renamed(name))
}

/// What a finding says: its message, label and help.
fn texts(finding: &Diagnostic) -> [&str; 3] {
    let Diagnostic {
        message,
        label,
        help,
        ..
    } = finding;
    [
        message,
        label.as_deref().unwrap_or(""),
        help.as_deref().unwrap_or(""),
    ]
}

/// What stands in backticks.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[cfg(test)]
mod tests {
    use pipewright_source::{Span, TextRange};

    use super::*;

    fn finding(message: &str, help: &str) -> Diagnostic {
        let span = Span::new(FileId(0), TextRange::empty(0));
        Diagnostic::new("rule", Severity::Error, span, message).with_help(help)
    }

    /// The message of the first of each kind, and the names of the others.
    fn shown(said: &[(&str, &str)]) -> Vec<String> {
        let findings: Vec<_> = said
            .iter()
            .map(|(message, help)| finding(message, help))
            .collect();
        let mistakes = findings.iter().map(|first| Mistake {
            first,
            again: Vec::new(),
        });
        let kinds = kinds(mistakes.collect());
        let line = |kind: &Kind<'_>| {
            let others = kind.others.iter().map(|(name, _)| name.unwrap_or("-"));
            let others: Vec<&str> = others.collect();
            format!("{}: {}", kind.first.first.message, others.join(" "))
        };
        kinds.iter().map(line).collect()
    }

    #[test]
    fn one_other_name_is_of_the_same_kind() {
        let said = [
            ("no step `a` in `S`", "is `a` a text?"),
            ("no step `b` in `S`", "is `b` a text?"),
            ("no step `b` in `T`", "is `b` a text?"),
            ("no step `c` in `T`", "did you mean `d`?"),
            ("no step `e` in `T`", "did you mean `f`?"),
            ("no step `a` in `S`", "is `a` a text?"),
            ("no group `a` in `S`", "is `a` a text?"),
        ];
        assert_eq!(
            shown(&said),
            [
                "no step `a` in `S`: b -",
                "no step `b` in `T`: ",
                "no step `c` in `T`: ",
                "no step `e` in `T`: ",
                "no group `a` in `S`: "
            ]
        );
    }
}
