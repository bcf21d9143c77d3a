//! `hyphen-in-path`

use pipewright_source::{Applicability, Diagnostic, TextRange};
use pipewright_syntax::{
    Expr, ExprKind, HyphenatedName, LinkKind, NameParts, SyntaxErrorKind, hyphenated_names,
    parse_template,
};

use super::expression_syntax::mistakes;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::run_numbers::{is_count, is_field};
use crate::spliced_names::{SplicedName, spliced_names};
use crate::v1::is_in_v1;
use crate::variables::{self, Variables};
use crate::{Rule, Text, wording};

pub(crate) const RULE: Rule = declare!("hyphen-in-path", Syntax, Error, Check::Text(check), Safe);

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for mistake in mistakes(context) {
        if mistake.error.kind == SyntaxErrorKind::Hyphen {
            let range = mistake.error.range;
            let start = mistake.range.start();
            findings.extend(finding(context, mistake.text, range, start));
        }
    }
    let variables = Variables::of(context);
    let islands = context
        .expressions()
        .filter(|expression| expression.island.is_some());
    for expression in islands {
        let text = expression.text;
        let decoded = context.text(text);
        let names = hyphenated_names(expression.tree, NameParts::Any);
        let names = names
            .iter()
            .filter(|name| is_one_name(&variables, decoded, name));
        for name in names {
            let start = expression.range(decoded).start();
            if let Some(finding) = finding(context, text, name.range, start) {
                // What stands behind the hyphen goes on in what is no path of its own.
                let read = TextRange::new(name.range.start(), name.right.range.end());
                findings.add_claiming(finding, context.written(text.scalar, read));
            }
        }
        for spliced in spliced_names(expression.tree) {
            findings.extend(of_value(context, &variables, text, spliced));
        }
    }
}

/// Whether a subtraction of names is one name: declared with its hyphens, or nothing in it is known to be a number.
fn is_one_name(variables: &Variables<'_>, decoded: &str, name: &HyphenatedName<'_>) -> bool {
    let written = name.range.slice(decoded);
    let before = &decoded[..name.range.start() as usize];
    let is_of_a_node = before.ends_with("stages.") || before.ends_with("steps.");
    let pattern = Pattern::of(written);
    if is_of_a_node || variables.names().any(|declared| pattern.fits(declared)) {
        return true;
    }
    // A value that is subtracted may be a number, and one that a value is subtracted from.
    let ends = [name.left.range, name.right.range].map(|range| range.slice(decoded));
    if ends[1].contains("<+")
        || !matches!(name.left.kind, ExprKind::Chain { .. }) && ends[0].contains("<+")
    {
        return false;
    }
    // One time or count from another is a duration or a difference.
    let is_number = |part: &str| {
        is_count(part)
            || is_field(part)
            || part == "runSequence"
            || part.starts_with(|c: char| c.is_ascii_digit())
            || variables
                .named(part)
                .first()
                .is_some_and(|variable| variables::is_number(variable))
    };
    let is_path_of_its_own =
        matches!(&name.right.kind, ExprKind::Chain { head, .. } if begins_path(head));
    !pattern.words().any(is_number) && !is_path_of_its_own && !calls(name.left)
}

/// The finding where the value of an island has a hyphen and becomes a name of a path.
fn of_value(
    context: RuleContext<'_>,
    variables: &Variables<'_>,
    text: &Text,
    spliced: SplicedName<'_>,
) -> Option<Diagnostic> {
    let decoded = context.text(text);
    let (island, value) = spliced.islands().find_map(|id| {
        let island = text.template().get(id)?;
        let value = variables.fixed_text(island.inner.slice(decoded).trim())?;
        is_hyphenated(value).then_some((island.range, value))
    })?;
    let name = spliced.name.range;
    let mut finding = finding(context, text, name, spliced.holder.start())?;
    let written = wording::quoted(island.slice(decoded));
    finding.message = format!("{written} is `{value}`, which is read as a subtraction in a path");
    let holder = spliced.holder.slice(decoded);
    if holder.ends_with("stages") || holder.ends_with("steps") {
        finding.help = Some("the identifier of a stage or step has no hyphen".to_owned());
        finding.fixes.clear();
    }
    Some(finding)
}

/// The path that a part of an expression ends with: what is written in front of it does not belong to it.
fn path_at_end(text: &str) -> &str {
    let mut depth = 0_usize;
    let mut start = 0;
    let inner = text.strip_prefix("<+").unwrap_or(text);
    let characters = inner.char_indices();
    for (at, c) in characters {
        match c {
            '<' if inner[at..].starts_with("<+") => depth += 1,
            '>' if depth > 0 => depth -= 1,
            '+' | ' ' | '(' | ',' | '!' if depth == 0 => start = at + 1,
            _ => {}
        }
    }
    &inner[start..]
}

/// The parts of a name between its islands, each of which may come to anything.
struct Pattern<'t>(Vec<&'t str>);

impl<'t> Pattern<'t> {
    fn of(written: &'t str) -> Self {
        let mut parts = Vec::new();
        let mut start = 0;
        for (_, island) in parse_template(written).roots() {
            parts.push(&written[start..island.start() as usize]);
            start = island.end() as usize;
        }
        parts.push(&written[start..]);
        Self(parts)
    }

    /// Whether it may come to `name`.
    fn fits(&self, name: &str) -> bool {
        let [first, rest @ ..] = &*self.0 else {
            return false;
        };
        let Some(mut left) = name.strip_prefix(first) else {
            return false;
        };
        let Some((last, between)) = rest.split_last() else {
            return left.is_empty();
        };
        for part in between {
            let Some((_, behind)) = left.split_once(part) else {
                return false;
            };
            left = behind;
        }
        left.ends_with(last)
    }

    /// The words between hyphens that are no island.
    fn words(&self) -> impl Iterator<Item = &'t str> {
        let words = self.0.iter().flat_map(|part| part.split('-'));
        words.filter(|word| !word.is_empty())
    }
}

/// Whether a text is words with hyphens between them, and no number.
fn is_hyphenated(text: &str) -> bool {
    let mut words = text.split('-');
    let is_word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    text.contains('-') && words.all(is_word)
}

/// Whether a name begins a path that is a difference's second half rather than the rest of a name.
fn begins_path(head: &Expr) -> bool {
    let is_start = |name: &str| matches!(name, "pipeline" | "stage" | "stepGroup");
    matches!(&head.kind, ExprKind::Name(name) if name.as_text().is_some_and(is_start))
}

/// Whether something is called in a chain: what comes of it may be a number.
fn calls(expr: &Expr) -> bool {
    let ExprKind::Chain { links, .. } = &expr.kind else {
        return false;
    };
    links
        .iter()
        .any(|link| matches!(link.kind, LinkKind::Call(_)))
}

/// `name` is the name with its hyphens, in an expression that begins at `start`. `None` where hyphens are right:
/// newer pipelines have them in the identifiers of stages and steps (`spec/v1.md` §11).
fn finding(
    context: RuleContext<'_>,
    text: &Text,
    name: TextRange,
    start: u32,
) -> Option<Diagnostic> {
    let decoded = context.text(text);
    let written = name.slice(decoded);
    let before = &decoded[start as usize..name.start() as usize];
    let holder = before.strip_suffix('.').map(path_at_end);
    let is_newer = is_in_v1(context.analysis, context.tree().span(text.scalar).range);
    if is_newer
        && holder.is_some_and(|holder| holder.ends_with("stages") || holder.ends_with("steps"))
    {
        return None;
    }
    let finding = RULE
        .finding(
            context.written(text.scalar, name),
            format!("`{written}` is read as a subtraction"),
        )
        .with_label("a hyphen is no part of a name behind a dot");
    let Some(holder) = holder else {
        return Some(finding.with_help(format!(
            "a name with a hyphen can only be read from what holds it: `.get(\"{written}\")` or `[\"{written}\"]`"
        )));
    };
    let quote = if written.contains('"') { '\'' } else { '"' };
    let call = if holder.ends_with("variables") {
        format!(".get({quote}{written}{quote})")
    } else {
        format!("[{quote}{written}{quote}]")
    };
    let mut finding = finding.with_help(format!(
        "write {}",
        wording::quoted(&format!("{holder}{call}"))
    ));
    let with_dot = TextRange::new(name.start() - 1, name.end());
    let edits = [(with_dot, call.as_str())];
    if context.mends(text, &edits) {
        let title = format!("write `{call}`");
        finding
            .fixes
            .extend(context.fix(title, Applicability::Safe, text.scalar, &edits));
    }
    Some(finding)
}
