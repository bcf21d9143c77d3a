//! `first-generation-expression`

use std::cell::OnceCell;
use std::collections::HashMap;

use pipewright_model::{Pipeline, ScriptLanguage, Site, SiteKind};
use pipewright_source::{Diagnostic, TextRange};
use pipewright_syntax::parse_template;
use pipewright_yaml::NodeId;

use crate::Rule;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::script::{Quoting, Script};
use crate::wording;

pub(crate) const RULE: Rule = declare!(
    "first-generation-expression",
    Syntax,
    Warning,
    Check::Text(check)
);

/// The longest expression that is looked for, in bytes.
const LONGEST: usize = 300;

/// The first names of the old product's expressions.
const ROOTS: [&str; 3] = ["${pipeline.", "${workflow.", "${app."];

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for document in context.analysis.documents().iter() {
        let pipeline = document.pipeline();
        let sites: OnceCell<HashMap<NodeId, &Site>> = OnceCell::new();
        for (scalar, kind) in document.scalars() {
            let text = context.tree().text(scalar).unwrap_or("");
            let old = old_expressions(text);
            if old.is_empty() {
                continue;
            }
            let taken = match (kind, pipeline) {
                (SiteKind::Script, Some(pipeline)) => {
                    let sites = sites.get_or_init(|| {
                        let sites = pipeline.sites.iter();
                        sites.map(|site| (site.yaml, site)).collect()
                    });
                    in_script(context, pipeline, sites, (scalar, text), &old)
                }
                _ => old,
            };
            findings.extend(
                taken
                    .into_iter()
                    .map(|range| finding(context, scalar, text, range)),
            );
        }
    }
}

/// The old expressions in a text.
fn old_expressions(text: &str) -> Vec<TextRange> {
    let starts = ROOTS.iter().flat_map(|root| text.match_indices(root));
    let mut found: Vec<TextRange> = starts
        .filter_map(|(at, _)| {
            let mut bytes = text.as_bytes()[at..].iter().take(LONGEST);
            let length = bytes.position(|byte| *byte == b'}')?;
            let inside = &text[at + 2..at + length];
            let is_path = inside
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'));
            is_path.then(|| TextRange::of(at, at + length + 1))
        })
        .collect();
    found.sort_unstable();
    found
}

/// Those that a shell would take for its own: in other languages, and where a here-document is taken as it is, they are
/// text.
fn in_script(
    context: RuleContext<'_>,
    pipeline: &Pipeline,
    sites: &HashMap<NodeId, &Site>,
    (scalar, text): (NodeId, &str),
    old: &[TextRange],
) -> Vec<TextRange> {
    let site = sites.get(&scalar);
    let language = site.and_then(|site| pipeline.script_language(context.tree(), site));
    if language != Some(ScriptLanguage::Shell) {
        return Vec::new();
    }
    let mut ranges: Vec<TextRange> = parse_template(text)
        .roots()
        .map(|(_, range)| range)
        .chain(old.iter().copied())
        .collect();
    ranges.sort_unstable();
    let script = Script::read(text, ScriptLanguage::Shell, &ranges);
    let placed = ranges.iter().zip(&script.places);
    let taken = placed.filter(|(range, place)| {
        old.contains(range) && !matches!(place.quoting, Quoting::QuotedHereDocument)
    });
    taken.map(|(range, _)| *range).collect()
}

fn finding(context: RuleContext<'_>, scalar: NodeId, text: &str, range: TextRange) -> Diagnostic {
    let written = range.slice(text);
    let path = &written[2..written.len() - 1];
    RULE.finding(
        context.written(scalar, range),
        format!(
            "{} is an expression of Harness's first generation",
            wording::quoted(written)
        ),
    )
    .with_label("stays as written: today's Harness replaces `<+` and `>` only")
    .with_help(format!(
        "write `<+…>`, with the name that `{path}` has today"
    ))
}
