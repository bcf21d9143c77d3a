//! `first-generation-expression`

use std::cell::LazyCell;
use std::collections::HashMap;

use pipewright_model::{Pipeline, ScriptLanguage, Site, SiteKind};
use pipewright_source::{Diagnostic, TextRange};
use pipewright_yaml::NodeId;

use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::script::{Quoting, Script};
use crate::wording;
use crate::{Rule, Text};

pub(crate) const RULE: Rule = declare!(
    "first-generation-expression",
    Syntax,
    Warning,
    Check::Text(check)
);

/// The longest expression that is looked for, in bytes.
const LONGEST: usize = 300;

/// The first names of the old product's expressions.
const ROOTS: [&str; 3] = ["{pipeline.", "{workflow.", "{app."];

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for document in context.analysis.documents().iter() {
        let pipeline = document.pipeline();
        let scripts = LazyCell::new(|| pipeline.map(|pipeline| Scripts::new(context, pipeline)));
        for (scalar, kind) in document.scalars() {
            let text = context.tree().text(scalar).unwrap_or("");
            let old = old_expressions(text);
            if old.is_empty() {
                continue;
            }
            let taken = match &*scripts {
                Some(scripts) if kind == SiteKind::Script => scripts.taken(scalar, text, &old),
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
    let starts = text.match_indices('$').map(|(at, _)| at);
    let starts = starts.filter(|at| {
        let behind = &text[at + 1..];
        ROOTS.iter().any(|root| behind.starts_with(root))
    });
    let found = starts.filter_map(|at| {
        let mut bytes = text.as_bytes()[at..].iter().take(LONGEST);
        let length = bytes.position(|byte| *byte == b'}')?;
        let inside = &text[at + 2..at + length];
        let is_path = inside
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'));
        is_path.then(|| TextRange::of(at, at + length + 1))
    });
    found.collect()
}

/// The scripts of a pipeline.
struct Scripts<'a> {
    context: RuleContext<'a>,
    pipeline: &'a Pipeline,
    sites: HashMap<NodeId, &'a Site>,
    texts: HashMap<NodeId, &'a Text>,
}

impl<'a> Scripts<'a> {
    fn new(context: RuleContext<'a>, pipeline: &'a Pipeline) -> Self {
        let sites = pipeline.sites.iter();
        Self {
            context,
            pipeline,
            sites: sites.map(|site| (site.yaml, site)).collect(),
            texts: context.texts_by_scalar(),
        }
    }

    /// The old expressions that a shell would take for its own: in other languages, and where a here-document is taken
    /// as it is, they are text.
    fn taken(&self, scalar: NodeId, text: &str, old: &[TextRange]) -> Vec<TextRange> {
        let tree = self.context.tree();
        let site = self.sites.get(&scalar);
        let language = site.and_then(|site| self.pipeline.script_language(tree, site));
        if language != Some(ScriptLanguage::Shell) {
            return Vec::new();
        }
        let parsed = self.texts.get(&scalar).into_iter();
        let islands = parsed.flat_map(|text| text.template().roots());
        let mut ranges: Vec<TextRange> = islands
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
