//! References that a template's own text leaves undecided, and that every use of it at hand decides.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use pipewright_model::Site;
use pipewright_resolve::{Reference, UnknownReason, Use, Verdict};
use pipewright_source::{FileId, Span};
use pipewright_yaml::{self as yaml, Tree};

use crate::{ReferenceCounts, WrittenOut};

/// What becomes of the references in templates, as the uses of files put together show.
#[derive(Debug, Default)]
pub struct ByUses(BTreeMap<(FileId, yaml::NodeId), OfTemplate>);

/// The uses of one template.
#[derive(Debug, Default)]
struct OfTemplate {
    /// Every use with those around it, from the inside to the outside.
    chains: BTreeSet<Vec<Span>>,
    /// What each use shows of each reference.
    shown: HashMap<Span, BTreeMap<Vec<Span>, Outcome>>,
}

/// What became of a reference; of several uses the last of these stands for all.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Outcome {
    RunTime,
    Resolved,
    Wrong,
    Unknown,
}

impl Outcome {
    fn of(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::RunTime => Self::RunTime,
            Verdict::Resolved(_) | Verdict::Everywhere => Self::Resolved,
            Verdict::Unknown(_) => Self::Unknown,
            _ => Self::Wrong,
        }
    }
}

impl ByUses {
    /// Adds the uses of a file.
    pub fn add(&mut self, whole: &WrittenOut) {
        let uses = whole.uses();
        if uses.as_slice().is_empty() {
            return;
        }
        let tree = whole.analysis().tree();
        let chain = |number| -> Vec<Span> { uses.around(Some(number)).map(|of| of.span).collect() };
        let chains: Vec<Vec<Span>> = (0..uses.as_slice().len()).map(chain).collect();
        let template = |of: &Use| (of.template, of.root);
        for (of, chain) in uses.as_slice().iter().zip(&chains) {
            let uses = self.0.entry(template(of)).or_default();
            uses.chains.insert(chain.clone());
        }
        for (pipeline, resolution) in whole.analysis().resolved() {
            for reference in &resolution.references {
                let site = &pipeline.sites[reference.site];
                let (Some(number), Some(span)) = (uses.of(site.yaml), span(tree, site, reference))
                else {
                    continue;
                };
                let of_template = self.0.entry(template(&uses.as_slice()[number]));
                let shown = of_template.or_default().shown.entry(span).or_default();
                shown.insert(chains[number].clone(), Outcome::of(&reference.verdict));
            }
        }
    }

    /// What all uses that were added decide.
    pub fn decided(&self) -> DecidedByUses {
        let mut by_file: HashMap<FileId, HashMap<Span, Outcome>> = HashMap::new();
        for ((file, _), of_template) in &self.0 {
            by_file
                .entry(*file)
                .or_default()
                .extend(of_template.decided());
        }
        DecidedByUses(by_file)
    }
}

/// The references in templates that every use decides, by file.
#[derive(Debug)]
pub struct DecidedByUses(HashMap<FileId, HashMap<Span, Outcome>>);

impl DecidedByUses {
    /// Counts the references of templates in a file as decided where every use decides them.
    pub fn count(&self, whole: &WrittenOut, counts: &mut ReferenceCounts) {
        let tree = whole.analysis().tree();
        let Some(by_span) = self.0.get(&tree.file()) else {
            return;
        };
        let reason = UnknownReason::Template;
        for (pipeline, resolution) in whole.analysis().resolved() {
            let references = resolution.references.iter();
            for reference in references.filter(|of| of.verdict == Verdict::Unknown(reason)) {
                let site = &pipeline.sites[reference.site];
                let is_own = whole.uses().of(site.yaml).is_none();
                let outcome = span(tree, site, reference)
                    .filter(|_| is_own)
                    .and_then(|span| by_span.get(&span));
                let undecided = counts.unknown.get_mut(reason.as_str());
                if let (Some(outcome), Some(undecided)) = (outcome, undecided) {
                    *undecided = undecided.saturating_sub(1);
                    match outcome {
                        Outcome::RunTime => counts.run_time += 1,
                        Outcome::Resolved => counts.resolved += 1,
                        Outcome::Wrong | Outcome::Unknown => counts.wrong += 1,
                    }
                }
            }
        }
        counts.unknown.retain(|_, count| *count > 0);
    }
}

impl OfTemplate {
    /// The references that every use decides. A template that is used in another one is used wherever that one is.
    fn decided(&self) -> impl Iterator<Item = (Span, Outcome)> {
        let shorter = |chain: &Vec<Span>| -> Vec<Vec<Span>> {
            (1..chain.len())
                .map(|length| chain[..length].to_vec())
                .collect()
        };
        let inner: BTreeSet<Vec<Span>> = self.chains.iter().flat_map(shorter).collect();
        self.shown.iter().filter_map(move |(span, shown)| {
            let outermost = shown.iter().filter(|(chain, _)| !inner.contains(*chain));
            let outcome = outermost.map(|(_, outcome)| *outcome).max()?;
            (outcome != Outcome::Unknown).then_some((*span, outcome))
        })
    }
}

/// Where a reference is written.
fn span(tree: &Tree, site: &Site, reference: &Reference) -> Option<Span> {
    let scalar = tree.scalar(site.yaml)?;
    Some(Span {
        file: tree.span(site.yaml).file,
        range: scalar.map.cover(reference.range),
    })
}
