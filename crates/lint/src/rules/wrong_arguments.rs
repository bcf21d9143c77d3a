//! `wrong-arguments` (`spec/jexl.md` §7, `spec/engine.md` §5)

use pipewright_engine::FUNCTORS;
use pipewright_jexl::Value;
use pipewright_jexl::methods::{Found, Method, Type, lookup, methods_of};
use pipewright_source::{Applicability, Diagnostic, TextRange};
use pipewright_syntax::{Expr, ExprKind};

use crate::classes::{Called, FunctorCall, MethodCall, described};
use crate::expressions::without_parentheses;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::sites::{EVALUATED, SiteContext};
use crate::{Rule, wording};

pub(crate) const RULE: Rule = declare!(
    "wrong-arguments",
    References,
    Error,
    Check::Values(EVALUATED, check),
    Unsafe
);

/// The most signatures that a message tells.
const MOST_SIGNATURES: usize = 4;

fn check(context: &SiteContext<'_>, findings: &mut Findings) {
    for call in context.calls() {
        findings.extend(match call {
            Called::Method(call) => judge_method(context, &call),
            Called::Functor(call) => judge_functor(context, &call),
        });
    }
}

fn judge_method(context: &SiteContext<'_>, call: &MethodCall<'_>) -> Option<Diagnostic> {
    let is_wrong = |(receiver, arguments): &(Value, Vec<Value>)| {
        matches!(
            lookup(receiver, call.name, arguments),
            Found::OtherArguments
        )
    };
    if call.choices.is_empty() || !call.choices.iter().all(is_wrong) {
        return None;
    }
    let receiver = call.receiver.first()?;
    let methods: Vec<&Method> = methods_of(receiver, call.name).collect();
    let signatures = methods.iter().map(|method| method.signature());
    let of = described(&call.receiver);
    let mut finding = finding(context, call.range, call.parentheses)
        .with_label(context.label_of_failed_call(call.range))
        .with_help(help(&of, &signatures.collect::<Vec<_>>()));
    let edits = methods
        .iter()
        .find_map(|method| edits(receiver, method, call.arguments));
    finding.fixes.extend(edits.and_then(|edits| {
        let edits: Vec<(TextRange, &str)> = edits
            .iter()
            .map(|(range, text)| (*range, text.as_str()))
            .collect();
        context.file.fix(
            format!(
                "write {}",
                wording::list(edits.iter().map(|(_, new)| *new), MOST_SIGNATURES)
            ),
            Applicability::Unsafe,
            context.site.yaml,
            &edits,
        )
    }));
    Some(finding)
}

fn judge_functor(context: &SiteContext<'_>, call: &FunctorCall<'_>) -> Option<Diagnostic> {
    let functors = FUNCTORS
        .iter()
        .filter(|functor| functor.root == call.root && functor.name == call.name);
    let functors: Vec<_> = functors.collect();
    if functors.iter().any(|functor| functor.takes(&call.values)) {
        return None;
    }
    let signatures: Vec<String> = functors.iter().map(|functor| functor.signature()).collect();
    let of = format!("`{}`", call.root);
    Some(
        finding(context, call.range, call.parentheses)
            .with_label(context.label_of_failed_call(call.range))
            .with_help(help(&of, &signatures)),
    )
}

fn finding(context: &SiteContext<'_>, name: TextRange, parentheses: TextRange) -> Diagnostic {
    let whole = TextRange::new(name.start(), parentheses.end());
    let given = parentheses.slice(context.text);
    let given = given.strip_prefix('(').unwrap_or(given);
    let given = given.strip_suffix(')').unwrap_or(given).trim();
    let name = name.slice(context.text);
    let message = if given.is_empty() {
        format!("`{name}` does not go without arguments")
    } else {
        format!("`{name}` does not take {}", wording::quoted(given))
    };
    RULE.finding(context.written(whole), message)
}

fn help(of: &str, signatures: &[String]) -> String {
    let shown = signatures.iter().take(MOST_SIGNATURES).map(String::as_str);
    format!("{of} has {}", wording::list(shown, MOST_SIGNATURES))
}

/// What to write in place of literals so that a method takes the arguments: a number without its quotes, or with quotes
/// around it.
fn edits(
    receiver: &Value,
    method: &Method,
    arguments: &[Expr],
) -> Option<Vec<(TextRange, String)>> {
    if method.parameters.len() != arguments.len() {
        return None;
    }
    let mut edits = Vec::new();
    let mut values = Vec::new();
    for (parameter, argument) in method.parameters.iter().zip(arguments) {
        let argument = without_parentheses(argument);
        let (value, edit) = match (&argument.kind, parameter) {
            (ExprKind::Str(literal), Type::Integer | Type::Long) => {
                let digits = literal.as_text()?;
                let number: i32 = digits.parse().ok()?;
                (Value::from(number), Some(number.to_string()))
            }
            (ExprKind::Number(number), Type::Text | Type::Sequence) => {
                let text = &*number.digits;
                (Value::from(text), Some(format!("\"{text}\"")))
            }
            (ExprKind::Str(_), _) => (Value::from(""), None),
            (ExprKind::Number(_), _) => (Value::from(1), None),
            _ => return None,
        };
        values.push(value);
        edits.extend(edit.map(|text| (argument.range, text)));
    }
    let is_taken = matches!(lookup(receiver, method.name, &values), Found::Method(_));
    (is_taken && !edits.is_empty()).then_some(edits)
}
