//! `unknown-method` (`spec/jexl.md` §7)

mod function;
mod not_called;

use pipewright_engine::method_for_foreign;
use pipewright_jexl::Value;
use pipewright_jexl::methods::{Found, Method, lookup, methods_of, table, told_by};
use pipewright_source::{Applicability, Diagnostic, closest};
use pipewright_syntax::{ExprKind, UnaryOp};

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

/// What only dates with a time of day have.
const OF_TIME: &[&str] = &["plusHours", "plusMinutes", "plusNanos", "plusSeconds"];

/// The most signatures that a message tells.
const MOST_SIGNATURES: usize = 8;

fn check(context: &SiteContext<'_>, findings: &mut Findings) {
    for call in context.calls() {
        if let Called::Method(call) = call {
            findings.extend(judge(context, &call));
        }
    }
    if context.text.contains('(') {
        for (_, expression) in context.expressions() {
            expression.walk(&mut |part| findings.extend(function::judge(context, part)));
        }
    }
    let references = context.references.iter();
    findings.extend(references.filter_map(|reference| not_called::judge(context, reference)));
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
        .with_label(context.label_of_failed_call(call.range));
    if let Some(add) = addition(call) {
        let mut finding = finding.with_help(format!(
            "a date takes nothing away: `{add}` of a negative number does"
        ));
        if let Some(added) = negative(context, call) {
            let edits = [(call.range, add), (call.parentheses, added.as_str())];
            finding.fixes.extend(context.file.fix(
                format!("write `{add}{added}`"),
                Applicability::Unsafe,
                context.site.yaml,
                &edits,
            ));
        }
        return Some(finding);
    }
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
        let told = call.receiver.iter().flat_map(told_by);
        let names = table().chain(told).map(|method| method.name);
        let names = names.filter(|name| takes(name) && !OF_TIME.contains(&call.name));
        closest(call.name, names)
    })
}

/// What to call in place of `minusDays` and the like: the method of dates that adds.
fn addition(call: &MethodCall<'_>) -> Option<&'static str> {
    let unit = call.name.strip_prefix("minus")?;
    let told = call.receiver.iter().flat_map(told_by);
    let mut names = told.map(|method| method.name);
    names.find(|name| name.strip_prefix("plus") == Some(unit))
}

/// The arguments in parentheses with the other sign, where that is a number.
fn negative(context: &SiteContext<'_>, call: &MethodCall<'_>) -> Option<String> {
    let [subtracted] = call.arguments else {
        return None;
    };
    let (sign, number) = match &subtracted.kind {
        ExprKind::Unary {
            op: UnaryOp::Negate,
            operand,
            ..
        } => ("", &**operand),
        _ => ("-", subtracted),
    };
    let text = number.range.slice(context.text);
    matches!(number.kind, ExprKind::Number(_)).then(|| format!("({sign}{text})"))
}

/// What to do where no method was meant.
fn other_way(call: &MethodCall<'_>) -> String {
    let is_joined = |value: &Value| matches!(value, Value::Array(_) | Value::List(_));
    let told = call.receiver.iter().flat_map(told_by);
    let told: Vec<String> = told.map(Method::signature).collect();
    match call.name {
        "join" if call.receiver.iter().all(is_joined) => {
            "a text joins: `\"\".join(\", \", list)`".to_owned()
        }
        name if OF_TIME.contains(&name) && !told.is_empty() => {
            "a date has no time of day: `currentTime()` has".to_owned()
        }
        _ if !told.is_empty() => {
            let signatures = told.iter().map(String::as_str);
            format!("it has {}", wording::list(signatures, MOST_SIGNATURES))
        }
        _ => "texts, lists and maps have the methods of Java".to_owned(),
    }
}
