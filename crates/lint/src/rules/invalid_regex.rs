//! `invalid-regex` (`spec/jexl.md` §5.9 and §7.3)

use pipewright_jexl::regex::Pattern;
use pipewright_jexl::{ErrorKind, Failure, Value};
use pipewright_source::{Applicability, Diagnostic, TextRange};
use pipewright_syntax::{
    Expr, ExprKind, InfixOp, Link, LinkKind, ModifierKind, parse_runtime_input,
};

use crate::classes::Called;
use crate::expressions::without_parentheses;
use crate::finding::Findings;
use crate::placeholder::is_filled_in_later;
use crate::rule::{Check, declare};
use crate::sites::{EVALUATED, SiteContext};
use crate::{Rule, wording};

pub(crate) const RULE: Rule = declare!(
    "invalid-regex",
    Conditions,
    Error,
    Check::Values(EVALUATED, check),
    Unsafe
);

/// The methods of texts whose first argument is a pattern, each with the numbers of arguments it may have.
const METHODS: &[(&str, &[usize])] = &[
    ("matches", &[1]),
    ("replaceAll", &[2]),
    ("replaceFirst", &[2]),
    ("split", &[1, 2]),
];

/// The characters that are special in a pattern.
const SPECIAL: &str = "*+?|()[]{}^$.";

fn check(context: &SiteContext<'_>, findings: &mut Findings) {
    for (_, expression) in context.expressions() {
        expression.walk(&mut |expression| match &expression.kind {
            ExprKind::Infix { rest, .. } => {
                for tail in rest {
                    if matches!(tail.op, InfixOp::Match | InfixOp::NotMatch) {
                        findings.extend(judge(context, &tail.operand));
                    }
                }
            }
            ExprKind::Chain { links, .. } => {
                for pattern in links.windows(2).filter_map(pattern_of_call) {
                    findings.extend(judge(context, pattern));
                }
            }
            _ => {}
        });
    }
    for call in context.calls() {
        if let Called::Functor(call) = call
            && call.root == "regex"
            && let Some(pattern) = call.arguments.first()
        {
            findings.extend(judge(context, pattern));
        }
    }
    findings.extend(of_input(context));
}

/// The pattern that a method is given.
fn pattern_of_call(links: &[Link]) -> Option<&Expr> {
    let [method, call] = links else { return None };
    let (LinkKind::Name(name), LinkKind::Call(arguments)) = (&method.kind, &call.kind) else {
        return None;
    };
    let name = name.as_text()?;
    let takes =
        |(method, counts): &&(&str, &[usize])| *method == name && counts.contains(&arguments.len());
    METHODS.iter().find(takes)?;
    arguments.first()
}

fn judge(context: &SiteContext<'_>, pattern: &Expr) -> Option<Diagnostic> {
    let pattern = without_parentheses(pattern);
    let text = match &pattern.kind {
        ExprKind::Str(literal) => literal.as_text()?.to_owned(),
        ExprKind::Name(name) => {
            name.as_island()?;
            let Value::String(text) = context.value_of(pattern.range)?.value.ok()? else {
                return None;
            };
            text.to_str().into_owned()
        }
        _ => return None,
    };
    let mistake = mistake(&text)?;
    let range = pattern.range;
    let mut finding = finding(context, range, &text, mistake);
    let is_literal = matches!(pattern.kind, ExprKind::Str(_));
    let inside = TextRange::new(range.start() + 1, range.end() - 1);
    // Behind escapes stands another text than is written.
    if is_literal
        && inside.slice(context.text) == text
        && let Some(meant) = meant(&text)
    {
        finding = finding.with_help(format!("did you mean `{meant}`?"));
        finding.fixes.extend(context.file.fix(
            format!("write `{meant}`"),
            Applicability::Unsafe,
            context.site.yaml,
            &[(inside, &meant)],
        ));
    }
    Some(finding)
}

/// The pattern of `<+input>.regex(…)`.
fn of_input(context: &SiteContext<'_>) -> Option<Diagnostic> {
    let input = parse_runtime_input(context.text).filter(|input| input.marker.is_some())?;
    let is_regex = |kind| kind == ModifierKind::Regex;
    let regex = input
        .modifiers
        .iter()
        .find(|modifier| is_regex(modifier.kind) && modifier.closed)?;
    let range = regex.arguments?;
    let text = range.slice(context.text);
    let mistake = mistake(text)?;
    let finding = finding(context, range, text, mistake);
    Some(finding.with_help("every value is refused: no run starts"))
}

fn finding(context: &SiteContext<'_>, range: TextRange, text: &str, mistake: String) -> Diagnostic {
    let message = format!("Java does not accept the pattern {}", wording::quoted(text));
    RULE.finding(context.written(range), message)
        .with_label(mistake)
}

/// What Java may accept although it is refused here (`COMPATIBILITY.md`).
const NOT_SURE: &[&str] = &["(?<=", "(?<!", "\\p{", "\\P{"];

/// What is wrong with a pattern that Java does not accept.
fn mistake(pattern: &str) -> Option<String> {
    let is_sure = !NOT_SURE.iter().any(|part| pattern.contains(part));
    if !is_sure || is_filled_in_later(pattern) {
        return None;
    }
    match Pattern::new(&pattern.into()) {
        Err(Failure::Error {
            kind: ErrorKind::PatternSyntax,
            message,
        }) => Some(message),
        _ => None,
    }
}

/// The pattern that was probably meant, if it is one: of a single special character that character, of `*.txt` what
/// ends so, of a group in the way of Python the same in that of Java.
fn meant(pattern: &str) -> Option<String> {
    let is_of_names = |c: char| c.is_ascii_alphanumeric() || "*._-/ ".contains(c);
    let meant = if pattern.chars().count() == 1 && SPECIAL.contains(pattern) {
        match pattern {
            "[" => r"\[".to_owned(),
            other => format!("[{other}]"),
        }
    } else if pattern.starts_with('*') && pattern.chars().all(is_of_names) {
        // Several in a row say the same as one.
        let mut parts: Vec<String> = pattern
            .replace(".*", "*")
            .split('*')
            .map(|part| part.replace('.', "[.]"))
            .collect();
        parts.dedup_by(|part, before| part.is_empty() && before.is_empty());
        parts.join(".*")
    } else if pattern.contains("(?P<") {
        pattern.replace("(?P<", "(?<")
    } else {
        return None;
    };
    Pattern::new(&meant.as_str().into())
        .is_ok()
        .then_some(meant)
}
