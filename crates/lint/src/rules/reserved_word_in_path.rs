//! `reserved-word-in-path`

use pipewright_source::{Applicability, Diagnostic, TextRange};
use pipewright_syntax::{SyntaxError, SyntaxErrorKind};

use crate::finding::Findings;
use crate::rule::declare;
use crate::subject::Subject;
use crate::{Rule, Text};

pub(crate) const RULE: Rule = declare!("reserved-word-in-path", Syntax, Error, check);

fn check(subject: Subject<'_>, findings: &mut Findings) {
    for text in subject.analysis.texts() {
        let islands = text
            .islands()
            .filter_map(|(_, _, parsed)| parsed.as_ref().err());
        let whole = text.whole().and_then(|parsed| parsed.as_ref().err());
        for error in islands.chain(whole) {
            if let SyntaxErrorKind::ReservedWord {
                word,
                after_dot: true,
            } = &error.kind
            {
                findings.add(finding(subject, text, error, word));
            }
        }
    }
}

fn finding(subject: Subject<'_>, text: &Text, error: &SyntaxError, word: &str) -> Diagnostic {
    let mut finding = RULE
        .finding(
            subject.written(text.scalar, error.range),
            format!("`{word}` is a reserved word and cannot stand behind a dot"),
        )
        .with_label("the path cannot be read: it counts as unresolved")
        .with_help(format!("write `[\"{word}\"]` in place of `.{word}`"));
    let before = &subject.text(text)[..error.range.start() as usize];
    if let Some(dot) = before.trim_end().strip_suffix('.') {
        let range = TextRange::of(dot.len(), error.range.end() as usize);
        finding.fixes.extend(subject.fix(
            format!("write `[\"{word}\"]`"),
            Applicability::Safe,
            text.scalar,
            &[(range, &format!("[\"{word}\"]"))],
        ));
    }
    finding
}
