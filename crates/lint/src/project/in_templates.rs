//! What is found in templates: once for all the uses that show it.
//!
//! A reference in a template may be wrong in one use and right in another. It is reported where it stands, says in which of the uses
//! among the checked files it fails, and points at those. It has no fix: what mends one use may break another.

use std::collections::{BTreeMap, BTreeSet};

use pipewright_source::{FileId, SourceFile, Sources, Span};
use pipewright_yaml as yaml;

use super::UseView;
use crate::finding::Finding;

/// How many uses a finding points at.
const MOST_USES: usize = 8;

/// Findings in templates, as uses show them.
#[derive(Debug, Default)]
pub(super) struct InTemplates {
    /// By file and document.
    templates: BTreeMap<(FileId, yaml::NodeId), Template>,
}

/// The uses of one template.
#[derive(Debug, Default)]
struct Template {
    /// Every use, with those around it, and the node at the outermost.
    chains: BTreeMap<Vec<Span>, String>,
    findings: BTreeMap<(Span, &'static str), Shown>,
}

/// A finding and the uses that show it.
#[derive(Debug)]
struct Shown {
    finding: Finding,
    uses: BTreeSet<Vec<Span>>,
}

impl InTemplates {
    pub(super) fn add(&mut self, of: UseView) {
        let template = self.templates.entry(of.template).or_default();
        for finding in of.findings {
            let key = (finding.diagnostic.span, finding.diagnostic.rule);
            let shown = template.findings.entry(key).or_insert_with(|| Shown {
                finding,
                uses: BTreeSet::new(),
            });
            shown.uses.insert(of.chain.clone());
        }
        template.chains.insert(of.chain, of.user);
    }

    /// The findings of each file, with the words about the uses that show them.
    pub(super) fn settled(self, sources: &Sources) -> BTreeMap<FileId, Vec<Finding>> {
        let mut by_file: BTreeMap<FileId, Vec<Finding>> = BTreeMap::new();
        for ((file, _), template) in self.templates {
            let Template { chains, findings } = template;
            // A template that is used in another one is used wherever that one is.
            let inner: BTreeSet<&[Span]> = chains.keys().flat_map(|chain| shorter(chain)).collect();
            let uses: Vec<&Vec<Span>> = chains
                .keys()
                .filter(|chain| !inner.contains(chain.as_slice()))
                .collect();
            let findings = findings.into_values().map(|shown| {
                let fails = |chain: &&&Vec<Span>| {
                    shown.uses.contains(**chain)
                        || shorter(chain).any(|inner| shown.uses.contains(inner))
                };
                let failing: Vec<&Vec<Span>> = uses.iter().filter(fails).copied().collect();
                let named = |chain: &Vec<Span>| {
                    let node = chains.get(chain).map_or("", String::as_str);
                    let file = chain.last().and_then(|span| sources.get(span.file));
                    format!("{node} of `{}`", file.map_or("", SourceFile::name))
                };
                let lead = match failing.as_slice() {
                    [only] => format!("as {} uses this template", named(only)),
                    _ if failing.len() == uses.len() => {
                        format!("in all {} uses of this template", uses.len())
                    }
                    _ => format!(
                        "in {} of {} uses of this template",
                        failing.len(),
                        uses.len()
                    ),
                };
                told(shown.finding, &lead, &failing)
            });
            by_file.entry(file).or_default().extend(findings);
        }
        by_file
    }
}

/// What is left of a chain of uses without its outermost ones.
fn shorter(chain: &[Span]) -> impl Iterator<Item = &[Span]> {
    (1..chain.len()).map(|length| &chain[..length])
}

fn told(mut finding: Finding, lead: &str, failing: &[&Vec<Span>]) -> Finding {
    let diagnostic = &mut finding.diagnostic;
    diagnostic.message = format!("{lead}, {}", diagnostic.message);
    diagnostic.fixes.clear();
    let mut places: Vec<Span> = failing.iter().copied().flatten().copied().collect();
    places.sort_unstable();
    places.dedup();
    places.truncate(MOST_USES);
    for place in places {
        finding.diagnostic = finding.diagnostic.with_related(place, "used here");
    }
    finding
}
