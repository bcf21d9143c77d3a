//! `empty-expression`

use pipewright_source::Applicability;

use crate::Rule;
use crate::finding::Findings;
use crate::rule::declare;
use crate::subject::Subject;
use crate::words;

pub(crate) const RULE: Rule = declare!("empty-expression", Syntax, Warning, check);

fn check(subject: Subject<'_>, findings: &mut Findings) {
    for text in subject.analysis.texts() {
        let content = subject.text(text);
        for (_, island, _) in text.islands() {
            if !island.inner.slice(content).trim().is_empty() {
                continue;
            }
            let mut finding = RULE
                .finding(
                    subject.written(text.scalar, island.range),
                    format!(
                        "the expression {} is empty",
                        words::quoted(island.range.slice(content))
                    ),
                )
                .with_label("replaced by nothing")
                .with_help("write the name of a value between `<+` and `>`, or remove both");
            let alone = content.trim().len() == island.range.len() as usize;
            if !alone && text.whole().is_none() && island.parent.is_none() {
                finding.fixes.extend(subject.fix(
                    "remove the empty expression",
                    Applicability::Safe,
                    text.scalar,
                    &[(island.range, "")],
                ));
            }
            findings.add(finding);
        }
    }
}
