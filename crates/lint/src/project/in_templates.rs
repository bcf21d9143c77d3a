//! What is found in templates: once for all the uses that show it.
//!
//! A reference in a template may be wrong in one use and right in another. It is reported where it stands, says in
//! which of the uses among the checked files it fails, and points at those. It has no fix: what mends one use may break
//! another.

use std::collections::{BTreeMap, BTreeSet};

use pipewright_source::{Diagnostic, FileId, SourceFile, Sources, Span};
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

/// A finding as each of the uses shows it: the names in its words may be those of one use.
#[derive(Debug, Default)]
struct Shown {
    by_use: BTreeMap<Vec<Span>, Finding>,
}

impl Shown {
    /// The use that shows it where this one does: itself, or one inside it.
    fn use_in<'c>(&self, chain: &'c [Span]) -> Option<&'c [Span]> {
        let mut uses = std::iter::once(chain).chain(shorter(chain));
        uses.find(|chain| self.by_use.contains_key(*chain))
    }

    /// The finding as a use shows it, without advice that another use does not give.
    fn take(mut self, chain: &[Span]) -> Option<Finding> {
        let is_advice_of_all = self.agrees_on(|finding| finding.help.as_deref());
        let mut finding = self.by_use.remove(self.use_in(chain)?)?;
        if !is_advice_of_all {
            finding.diagnostic.help = None;
        }
        Some(finding)
    }

    /// Whether every use shows the same of this.
    fn agrees_on(&self, part: impl Fn(&Diagnostic) -> Option<&str>) -> bool {
        let mut parts = self
            .by_use
            .values()
            .map(|finding| part(&finding.diagnostic));
        let first = parts.next().flatten();
        parts.all(|other| other == first)
    }
}

impl InTemplates {
    pub(super) fn add(&mut self, of: &UseView) {
        let template = self.templates.entry(of.template).or_default();
        for finding in &of.findings {
            let key = (finding.diagnostic.span, finding.diagnostic.rule);
            let shown = template.findings.entry(key).or_default();
            shown.by_use.insert(of.chain.clone(), finding.clone());
        }
        template.chains.insert(of.chain.clone(), of.user.clone());
    }

    /// The findings of each file, with the words about the uses that show them.
    pub(super) fn settled(self, sources: &Sources) -> BTreeMap<FileId, Vec<Finding>> {
        let mut by_file: BTreeMap<FileId, Vec<Finding>> = BTreeMap::new();
        for ((file, _), template) in self.templates {
            let Template { chains, findings } = template;
            // A template that is used in another one is used wherever that one is.
            let inner: BTreeSet<&[Span]> = chains.keys().flat_map(|chain| shorter(chain)).collect();
            let mut uses: Vec<&Vec<Span>> = chains
                .keys()
                .filter(|chain| !inner.contains(chain.as_slice()))
                .collect();
            // By the names of the files, not by the order in which they were named.
            uses.sort_by_cached_key(|chain| places(chain, sources));
            let findings = findings.into_values().filter_map(|shown| {
                let fails = |chain: &&Vec<Span>| shown.use_in(chain).is_some();
                let failing: Vec<&Vec<Span>> = uses.iter().copied().filter(fails).collect();
                let first = *failing.first()?;
                let lead = if failing.len() > 1 && shown.agrees_on(|finding| Some(&finding.message))
                {
                    in_uses(failing.len(), uses.len())
                } else {
                    let node = chains.get(first).map_or("", String::as_str);
                    let file = first.last().and_then(|span| sources.get(span.file));
                    as_used(node, file.map_or("", SourceFile::name), failing.len())
                };
                Some(told(shown.take(first)?, &lead, &failing, sources))
            });
            by_file.entry(file).or_default().extend(findings);
        }
        by_file
    }
}

/// How many of the uses show a finding in the same words.
fn in_uses(failing: usize, all: usize) -> String {
    if failing == all {
        format!("in all {all} uses of this template")
    } else {
        format!("in {failing} of {all} uses of this template")
    }
}

/// The use whose words a finding has, and how many more show it in words of their own.
fn as_used(node: &str, file: &str, failing: usize) -> String {
    let lead = format!("as {node} of `{file}` uses this template");
    match failing {
        0 | 1 => lead,
        2 => format!("{lead} (and one more use is like it)"),
        _ => format!("{lead} (and {} more uses are like it)", failing - 1),
    }
}

/// Where the uses of a chain stand, by the names of their files.
fn places(chain: &[Span], sources: &Sources) -> Vec<(String, u32)> {
    let name = |span: &Span| {
        sources
            .get(span.file)
            .map_or("", SourceFile::name)
            .to_owned()
    };
    let outermost_first = chain.iter().rev();
    outermost_first
        .map(|span| (name(span), span.range.start()))
        .collect()
}

/// What is left of a chain of uses without its outermost ones.
fn shorter(chain: &[Span]) -> impl Iterator<Item = &[Span]> {
    (1..chain.len()).map(|length| &chain[..length])
}

fn told(mut finding: Finding, lead: &str, failing: &[&Vec<Span>], sources: &Sources) -> Finding {
    let diagnostic = &mut finding.diagnostic;
    diagnostic.message = format!("{lead}, {}", diagnostic.message);
    diagnostic.fixes.clear();
    let mut places: Vec<Span> = failing.iter().copied().flatten().copied().collect();
    places.sort_by_cached_key(|place| self::places(&[*place], sources));
    places.dedup();
    places.truncate(MOST_USES);
    for place in places {
        finding.diagnostic = finding.diagnostic.with_related(place, "used here");
    }
    finding
}
