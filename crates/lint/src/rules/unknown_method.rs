//! `unknown-method` (`spec/jexl.md` §7)

use pipewright_engine::method_for_foreign;
use pipewright_jexl::Value;
use pipewright_jexl::methods::{Found, lookup, methods_of, table};
use pipewright_model::SiteKind;
use pipewright_source::{Applicability, Diagnostic, closest};

use crate::classes::{Called, MethodCall, described};
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::sites::{EVALUATED, SiteContext};
use crate::{Rule, wording};

pub(crate) const RULE: Rule = declare!(
    "unknown-method",
    References,
    Warning,
    Check::Values(EVALUATED, check),
    Safe
);

/// Methods that Java has and nobody calls in an expression: they take functions, or give what only programs need.
const NOT_LISTED: &[&str] = &[
    "compute",
    "computeIfAbsent",
    "computeIfPresent",
    "describeConstable",
    "forEach",
    "getChars",
    "merge",
    "removeIf",
    "replaceAll",
    "resolveConstantDesc",
    "spliterator",
    "transform",
];

/// What the engine's context answers where the object has no such method.
const OF_CONTEXT: &[&str] = &["get", "has", "isFeatureFlagEnabled", "set"];

fn check(context: &SiteContext<'_>, findings: &mut Findings) {
    for call in context.calls() {
        if let Called::Method(call) = call {
            findings.extend(judge(context, &call));
        }
    }
}

fn judge(context: &SiteContext<'_>, call: &MethodCall<'_>) -> Option<Diagnostic> {
    let is_nothing = |(receiver, arguments): &(Value, Vec<Value>)| {
        !has_member(receiver, call.name)
            && matches!(lookup(receiver, call.name, arguments), Found::Nothing)
    };
    let is_known_elsewhere = NOT_LISTED.contains(&call.name) || OF_CONTEXT.contains(&call.name);
    if call.choices.is_empty() || is_known_elsewhere || !call.choices.iter().all(is_nothing) {
        return None;
    }
    let receiver = described(&call.receiver);
    let finding = RULE
        .finding(
            context.written(call.range),
            format!("{receiver} has no method {}", wording::quoted(call.name)),
        )
        .with_label(match context.site.kind {
            SiteKind::Condition => "the condition fails",
            _ => "the expression fails: null at run time",
        });
    let Some(meant) = meant(call) else {
        return Some(finding.with_help(other_way(call)));
    };
    let mut finding = finding.with_help(format!("did you mean `{meant}`?"));
    let applicability = if meant.eq_ignore_ascii_case(call.name) {
        Applicability::Safe
    } else {
        Applicability::Unsafe
    };
    finding.fixes.extend(context.file.fix(
        format!("write `{meant}`"),
        applicability,
        context.site.yaml,
        &[(call.range, meant)],
    ));
    Some(finding)
}

/// Whether a map has an entry of that name, which may be a function.
fn has_member(receiver: &Value, name: &str) -> bool {
    matches!(receiver, Value::Map(map) if map.get_str(name).is_some())
}

/// The method of every possible receiver that was probably meant, and that takes the arguments.
fn meant(call: &MethodCall<'_>) -> Option<&'static str> {
    let takes = |name: &str| {
        call.choices.iter().all(|(receiver, arguments)| {
            methods_of(receiver, name).next().is_some()
                && matches!(lookup(receiver, name, arguments), Found::Method(_))
        })
    };
    let foreign = method_for_foreign(call.name).filter(|name| takes(name));
    foreign.or_else(|| {
        let names = table().map(|method| method.name).filter(|name| takes(name));
        closest(call.name, names)
    })
}

/// What to do where no method was meant.
fn other_way(call: &MethodCall<'_>) -> String {
    let is_joined = |value: &Value| matches!(value, Value::Array(_) | Value::List(_));
    match call.name {
        "join" if call.receiver.iter().all(is_joined) => {
            "a text joins: `\"\".join(\", \", list)`".to_owned()
        }
        _ => "texts, lists and maps have the methods of Java".to_owned(),
    }
}
