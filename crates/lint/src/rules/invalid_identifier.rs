//! `invalid-identifier`

use pipewright_model::Located;
use pipewright_source::Applicability;

use crate::Rule;
use crate::finding::Findings;
use crate::rule::declare;
use crate::subject::Subject;
use crate::words;

pub(crate) const RULE: Rule = declare!("invalid-identifier", Structure, Error, check);

/// The most characters an identifier may have (`spec/model.md` §1.6).
const LONGEST: usize = 128;

/// Words that are no identifiers (`spec/model.md` §1.6).
const RESERVED: [&str; 24] = [
    "or",
    "and",
    "eq",
    "ne",
    "lt",
    "gt",
    "le",
    "ge",
    "div",
    "mod",
    "not",
    "null",
    "true",
    "false",
    "new",
    "var",
    "return",
    "step",
    "parallel",
    "stepGroup",
    "org",
    "account",
    "class",
    "shellScriptProvisioner",
];

/// Marks of texts that expressions or other programs fill in before Harness sees them.
const FILLED_IN_LATER: [&str; 4] = ["<+", "${", "{{", "%["];

fn check(subject: Subject<'_>, findings: &mut Findings) {
    for pipeline in subject.pipelines() {
        for node in &pipeline.nodes {
            let Some(identifier) = &node.identifier else {
                continue;
            };
            let Some(reason) = objection(&identifier.text) else {
                continue;
            };
            let kind = words::kind(node.kind);
            let mut finding = RULE
                .finding(
                    identifier.span,
                    format!(
                        "{} is not a valid identifier for a {kind}: {reason}",
                        words::quoted(&identifier.text)
                    ),
                )
                .with_label("Harness refuses to save the pipeline")
                .with_help(
                    "use letters, digits and `_`, beginning with a letter or `_`; the `name` may be any text",
                );
            finding.fixes.extend(correction(subject, identifier));
            findings.add(finding);
        }
    }
}

/// What is wrong with an identifier, as half a sentence. Texts that are filled in later are not judged.
fn objection(text: &str) -> Option<String> {
    if FILLED_IN_LATER.iter().any(|mark| text.contains(mark)) {
        return None;
    }
    if RESERVED.contains(&text) {
        return Some("it is a reserved word".to_owned());
    }
    if text.chars().count() > LONGEST {
        return Some(format!("it is longer than {LONGEST} characters"));
    }
    if let Some(bad) = text.chars().find(|c| !is_allowed(*c)) {
        return Some(match bad {
            ' ' => "it has a blank in it".to_owned(),
            c if c.is_control() => "it has a control character in it".to_owned(),
            c => format!("`{c}` is not allowed"),
        });
    }
    let first = text.chars().next()?;
    (!is_first(first)).then(|| format!("it begins with `{first}`"))
}

fn is_first(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_'
}

fn is_allowed(c: char) -> bool {
    is_first(c) || c.is_ascii_digit() || c == '$'
}

fn correction(subject: Subject<'_>, identifier: &Located) -> Option<pipewright_source::Fix> {
    let mut right: String = identifier
        .text
        .chars()
        .map(|c| if is_allowed(c) { c } else { '_' })
        .collect();
    if !right.starts_with(is_first) {
        right.insert(0, '_');
    }
    if objection(&right).is_some() {
        return None;
    }
    let whole = pipewright_source::TextRange::of(0, identifier.text.len());
    subject.fix(
        format!("write `{right}`"),
        Applicability::Unsafe,
        identifier.yaml,
        &[(whole, &right)],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_harness_accepts() {
        for text in [
            "A", "_a", "a$b", "a_1", "Step", "<+input>", "steps", "status",
        ] {
            assert_eq!(objection(text), None, "{text}");
        }
    }

    #[test]
    fn what_harness_refuses() {
        for (text, reason) in [
            ("a-b", "`-` is not allowed"),
            ("a b", "it has a blank in it"),
            ("1a", "it begins with `1`"),
            ("$a", "it begins with `$`"),
            ("ä", "`ä` is not allowed"),
            ("parallel", "it is a reserved word"),
        ] {
            assert_eq!(objection(text).as_deref(), Some(reason), "{text}");
        }
        assert!(objection(&"a".repeat(129)).is_some());
        assert!(objection(&"a".repeat(128)).is_none());
    }
}
