//! A method of texts that is read like a member: `<+pipeline.name.toLowerCase>`.

use pipewright_jexl::Value;
use pipewright_jexl::methods::{Method, methods_of};
use pipewright_resolve::{Reference, SegmentKind};
use pipewright_source::{Applicability, Diagnostic, TextRange};

use super::{MOST_SIGNATURES, RULE};
use crate::sites::SiteContext;
use crate::wording;

pub(super) fn judge(context: &SiteContext<'_>, reference: &Reference) -> Option<Diagnostic> {
    let [.., around, last] = reference.segments.as_slice() else {
        return None;
    };
    let SegmentKind::Name(name) = &last.kind else {
        return None;
    };
    let text = Value::from("");
    let named: Vec<&Method> = methods_of(&text, name).collect();
    if named.is_empty() || reference.verdict.is_wrong() {
        return None;
    }
    let path = TextRange::new(reference.range.start(), around.range.end());
    if !is_behind_text(context, reference, path) {
        return None;
    }
    let name = wording::quoted(name);
    let finding = RULE.finding(
        context.written(last.range),
        format!("{name} is a method and not called here"),
    );
    let finding = finding.with_label("a text has no such member: null at run time");
    if !named.iter().any(|method| method.parameters.is_empty()) {
        let signatures: Vec<String> = named.iter().map(|method| method.signature()).collect();
        let signatures = wording::list(signatures.iter().map(String::as_str), MOST_SIGNATURES);
        return Some(finding.with_help(format!("call it: {signatures}")));
    }
    let behind = TextRange::new(last.range.end(), last.range.end());
    let mut finding = finding.with_help("call it: `()` behind its name");
    finding.fixes.extend(context.file.fix(
        "call it".to_owned(),
        Applicability::Safe,
        context.site.yaml,
        &[(behind, "()")],
    ));
    Some(finding)
}

/// Whether the path in front of the last part surely leads to a text.
fn is_behind_text(context: &SiteContext<'_>, reference: &Reference, path: TextRange) -> bool {
    let mut around = reference.clone();
    around.segments.pop();
    around.range = path;
    let classes = context.class_of_reference(&around);
    classes.is_some_and(|classes| {
        classes
            .iter()
            .all(|class| matches!(class, Value::String(_)))
    })
}
