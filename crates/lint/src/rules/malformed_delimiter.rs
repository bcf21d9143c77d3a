//! `malformed-delimiter`

use pipewright_model::catalogue::{Membership, RootKind, root};
use pipewright_model::{Document, PathSegment};
use pipewright_source::{Applicability, Diagnostic, TextRange};
use pipewright_yaml::NodeId;

use crate::Rule;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::variables::Variables;
use crate::wording;

pub(crate) const RULE: Rule = declare!(
    "malformed-delimiter",
    Syntax,
    Warning,
    Check::Text(check),
    Unsafe
);

/// The longest path that is looked for, in bytes.
const LONGEST: usize = 300;

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    let variables = Variables::of(context);
    let scalars = context
        .analysis
        .documents()
        .iter()
        .flat_map(Document::scalars);
    for (scalar, _) in scalars {
        let Some(text) = context.tree().text(scalar) else {
            continue;
        };
        for (at, _) in text.match_indices('<') {
            if let Some(near_miss) = near_miss(text, at)
                && exists(&variables, near_miss.path.slice(text))
            {
                let claim = context.written(scalar, near_miss.whole);
                findings.add_claiming(finding(context, scalar, text, near_miss), claim);
            }
        }
    }
}

/// What looks like an expression and is none.
#[derive(Clone, Copy)]
struct NearMiss {
    /// All of it, with its angle brackets.
    whole: TextRange,
    /// What stands where `<+` should.
    opening: TextRange,
    /// The path inside.
    path: TextRange,
}

/// A `<` with blanks or nothing where `+` must stand directly behind it, a path, and `>`.
fn near_miss(text: &str, at: usize) -> Option<NearMiss> {
    let behind = &text[at + 1..];
    let blanks = behind.len() - behind.trim_start_matches([' ', '\t']).len();
    let (has_plus, start) = match behind[blanks..].strip_prefix('+') {
        // `<+` is right.
        Some(_) if blanks == 0 => return None,
        Some(_) => (true, at + 1 + blanks + 1),
        None => (false, at + 1),
    };
    if !has_plus && blanks > 0 {
        return None;
    }
    let end = path_end(&text[start..])?;
    let path = TextRange::of(start, start + end);
    let is_closed = text[path.end() as usize..].starts_with('>');
    is_closed.then(|| NearMiss {
        whole: TextRange::new(TextRange::of(at, at).start(), path.end() + 1),
        opening: TextRange::of(at, start),
        path,
    })
}

/// The length of a path of at least two parts, with a call of literals at its end.
fn path_end(text: &str) -> Option<usize> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
    let path = text.find(|c| !is_part(c)).unwrap_or(text.len());
    let is_path = text[..path].contains('.') && !text[..path].ends_with('.') && path < LONGEST;
    if !is_path {
        return None;
    }
    match text[path..].strip_prefix('(') {
        None => Some(path),
        Some(arguments) => {
            let close = arguments.find([')', '\n', '<'])?;
            arguments[close..]
                .starts_with(')')
                .then_some(path + close + 2)
        }
    }
}

/// Whether a path leads somewhere: below a root of which all members are known, or to a declared variable.
fn exists(variables: &Variables<'_>, path: &str) -> bool {
    let path = path.split('(').next().unwrap_or(path);
    let mut parts = path.split('.');
    let Some(known) = parts.next().and_then(root) else {
        return false;
    };
    let rest: Vec<&str> = parts.collect();
    if let ["variables", name] = rest.as_slice() {
        return !variables.named(name).is_empty();
    }
    let segments: Vec<PathSegment> = rest
        .iter()
        .map(|part| PathSegment::Key((*part).into()))
        .collect();
    match known.kind() {
        RootKind::Methods => {
            let method = format!("{}()", rest.join("."));
            known.members().any(|member| member.path == method)
        }
        _ => !known.is_open() && matches!(known.has(&segments), Membership::Known),
    }
}

fn finding(
    context: RuleContext<'_>,
    scalar: NodeId,
    text: &str,
    near_miss: NearMiss,
) -> Diagnostic {
    let right = format!("<+{}>", near_miss.path.slice(text));
    let mut finding = RULE
        .finding(
            context.written(scalar, near_miss.whole),
            format!(
                "{} is no expression: it begins with {}",
                wording::quoted(near_miss.whole.slice(text)),
                wording::quoted(near_miss.opening.slice(text))
            ),
        )
        .with_label("stays as written")
        .with_help(format!("write {}", wording::quoted(&right)));
    finding.fixes.extend(context.fix(
        format!("write {}", wording::quoted(&right)),
        Applicability::Unsafe,
        scalar,
        &[(near_miss.opening, "<+")],
    ));
    finding
}
