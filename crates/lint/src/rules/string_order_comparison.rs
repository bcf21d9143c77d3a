//! `string-order-comparison` (`spec/jexl.md` §5.8, `spec/engine.md` §2.7)

use pipewright_engine::each_joins_as_text;
use pipewright_jexl::Value;
use pipewright_source::{Applicability, Diagnostic, TextRange};
use pipewright_syntax::{Expr, ExprKind, InfixOp, InfixTail};

use crate::expressions::without_parentheses;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::sites::{EVALUATED, SiteContext};
use crate::{Rule, wording};

pub(crate) const RULE: Rule = declare!(
    "string-order-comparison",
    Conditions,
    Warning,
    Check::Values(EVALUATED, check),
    Unsafe
);

/// A text that is compared.
struct Side<'e> {
    operand: &'e Expr,
    /// What it is, where that is known.
    known: Option<String>,
    /// Whether the engine writes it into the expression: a number is a number then.
    joined: bool,
}

fn check(context: &SiteContext<'_>, findings: &mut Findings) {
    for (range, expression) in context.expressions() {
        let mut joined = None;
        expression.walk(&mut |expression| {
            if let ExprKind::Infix { first, rest } = &expression.kind
                && let [tail] = rest.as_slice()
                && orders(tail.op)
            {
                let joined = joined.get_or_insert_with(|| joined_islands(context, range));
                let sides = [&**first, &tail.operand];
                let [Some(left), Some(right)] = sides.map(|side| read(context, side, joined))
                else {
                    return;
                };
                findings.extend(judge(context, tail, &left, &right));
            }
        });
    }
}

const fn orders(op: InfixOp) -> bool {
    matches!(
        op,
        InfixOp::Less | InfixOp::Greater | InfixOp::LessOrEqual | InfixOp::GreaterOrEqual
    )
}

/// The islands in an expression whose texts the engine writes into it.
fn joined_islands(context: &SiteContext<'_>, expression: TextRange) -> Vec<TextRange> {
    if !context.file.profile().flags().concatenation {
        return Vec::new();
    }
    let template = &context.parsed.template;
    let islands = template.islands.iter().filter(|island| {
        let parent = island.parent.and_then(|parent| template.get(parent));
        let is_outermost = parent.is_none_or(|parent| !expression.contains_range(parent.range));
        is_outermost && expression.contains_range(island.range)
    });
    let islands: Vec<TextRange> = islands.map(|island| island.range).collect();
    let start = expression.start();
    let within = islands
        .iter()
        .map(|range| TextRange::new(range.start() - start, range.end() - start));
    let within: Vec<TextRange> = within.collect();
    let joined = each_joins_as_text(expression.slice(context.text), &within);
    let islands = islands.into_iter().zip(joined);
    islands
        .filter(|(_, joined)| *joined)
        .map(|(island, _)| island)
        .collect()
}

/// An operand that is surely a text.
fn read<'e>(
    context: &SiteContext<'e>,
    operand: &'e Expr,
    joined: &[TextRange],
) -> Option<Side<'e>> {
    let operand = without_parentheses(operand);
    let classes = context.classes(operand)?;
    if !classes
        .iter()
        .all(|class| matches!(class, Value::String(_)))
    {
        return None;
    }
    let known = match &operand.kind {
        ExprKind::Str(literal) => literal.as_text().map(str::to_owned),
        ExprKind::Name(name) if name.as_island().is_some() => {
            match context.value_of(operand.range)?.value {
                Ok(Value::String(text)) => Some(text.to_str().into_owned()),
                _ => None,
            }
        }
        _ => None,
    };
    Some(Side {
        operand,
        known,
        joined: joined.contains(&operand.range),
    })
}

fn judge(
    context: &SiteContext<'_>,
    tail: &InfixTail,
    left: &Side<'_>,
    right: &Side<'_>,
) -> Option<Diagnostic> {
    let sides = [left, right];
    let known = || sides.into_iter().filter_map(|side| side.known.as_deref());
    // Letters and dates have the order that is meant.
    let has_digit = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    if !known().all(has_digit) || known().any(is_date) {
        return None;
    }
    let is_joined = sides.iter().any(|side| side.joined);
    // What is written into the expression is a number there, and compared as one with what looks like one.
    if is_joined && known().all(is_number) {
        return None;
    }
    let operator = tail.op_range.slice(context.text);
    let literal = sides
        .iter()
        .find(|side| matches!(side.operand.kind, ExprKind::Str(_)));
    let place = literal.map_or(tail.op_range, |side| side.operand.range);
    let finding = RULE.finding(
        context.written(place),
        format!("`{operator}` compares texts"),
    );
    if is_joined {
        let text = known().find(|text| !is_number(text))?;
        return Some(
            finding
                .with_label(format!(
                    "{} is no number: it is compared letter by letter, or the comparison is false because it cannot be read",
                    wording::quoted(text)
                ))
                .with_help("compare the parts, such as `<+x>.split(\"[.]\")[0].toInteger()`, or do it in a script"),
        );
    }
    let finding = finding.with_label("letter by letter: `\"10\" < \"9\"` is true");
    Some(with_number(context, finding, sides))
}

/// Adds how the comparison becomes one of numbers.
fn with_number(
    context: &SiteContext<'_>,
    mut finding: Diagnostic,
    sides: [&Side<'_>; 2],
) -> Diagnostic {
    let number = sides.into_iter().find_map(|side| match &side.operand.kind {
        ExprKind::Str(literal) => Some((literal.range, literal.as_text()?)),
        _ => None,
    });
    let Some((range, number)) = number.filter(|(_, text)| is_number(text)) else {
        let left = sides[0].operand.range.slice(context.text);
        let right = format!("{left}.toInteger()");
        return finding.with_help(format!(
            "make one of them a number: {}; versions are best compared in a script",
            wording::quoted(&right)
        ));
    };
    finding = finding.with_help(format!("compare with the number: `{number}`"));
    finding.fixes.extend(context.file.fix(
        format!("write `{number}`"),
        Applicability::Unsafe,
        context.site.yaml,
        &[(range, number)],
    ));
    finding
}

/// Whether a text is a number when it stands in an expression.
fn is_number(text: &str) -> bool {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
    are_digits(whole) && are_digits(part) && (whole == "0" || !whole.starts_with('0'))
}

/// Whether a text begins with year and month.
fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut is_of = |length: usize| {
        let part = parts.next();
        part.is_some_and(|part| part.len() == length && part.bytes().all(|c| c.is_ascii_digit()))
    };
    is_of(4) && is_of(2)
}
