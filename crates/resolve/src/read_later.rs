//! References in values of variables, which are evaluated where the variable is read: what all who read it agree on
//! decides them.

use std::collections::{HashMap, HashSet};

use pipewright_model::{NodeId, Pipeline, SiteKind};

use crate::tables::Tables;
use crate::{LoopStep, Member, Reference, Target, UnknownReason, Verdict};

/// How many paths are followed again in one file. References beyond it stay open.
const MAX_FOLLOWED: usize = 10_000;

/// A declared variable: the node that declares it, and its place there.
type Declared = (NodeId, u32);

/// Decides the references in values of variables that lead to the same wherever the variable is read. Where one reader
/// finds something else or nothing, or reads only later itself, or where it is open who reads, they stay open.
pub(crate) fn decide(tables: &Tables<'_>, pipeline: &Pipeline, references: &mut [Reference]) {
    let open: Vec<(usize, Declared)> = references
        .iter()
        .enumerate()
        .filter(|(_, reference)| reference.verdict == Verdict::Unknown(UnknownReason::Lazy))
        .filter_map(|(at, reference)| Some((at, variable_around(pipeline, reference)?)))
        .collect();
    if open.is_empty() {
        return;
    }
    let readers = readers(references);
    let perhaps = names_perhaps_read(references);
    let mut left = MAX_FOLLOWED;
    for (at, declared) in open {
        let (node, place) = declared;
        let name = &pipeline.node(node).variables[place as usize].name.text;
        let Some(sites) = readers.get(&declared).filter(|_| !perhaps.contains(name)) else {
            continue;
        };
        let Some(after) = left.checked_sub(sites.len()) else {
            return;
        };
        left = after;
        if let Some((target, loops)) = agreed(tables, pipeline, &references[at], sites) {
            references[at].verdict = Verdict::Resolved(target);
            references[at].loops = loops;
        }
    }
}

/// The variable in whose value a reference stands.
fn variable_around(pipeline: &Pipeline, reference: &Reference) -> Option<Declared> {
    let site = pipeline.sites.get(reference.site)?;
    if site.kind != SiteKind::Variable {
        return None;
    }
    let variables = &pipeline.node(site.node).variables;
    let place = variables
        .iter()
        .position(|variable| variable.value == Some(site.yaml))?;
    Some((site.node, u32::try_from(place).ok()?))
}

/// The sites that read each variable.
fn readers(references: &[Reference]) -> HashMap<Declared, Vec<usize>> {
    let mut readers: HashMap<Declared, Vec<usize>> = HashMap::new();
    for reference in references {
        if let Some(target) = reference.verdict.target()
            && let Member::Variable(place) = target.member
        {
            let of_variable = readers.entry((target.node, place)).or_default();
            of_variable.push(reference.site);
        }
    }
    readers
}

/// The names that references read as variables, or by a path that only a run knows, and that are open themselves: each
/// may read a variable of that name.
fn names_perhaps_read(references: &[Reference]) -> HashSet<Box<str>> {
    let open = references
        .iter()
        .filter(|reference| matches!(reference.verdict, Verdict::Unknown(_)));
    let pairs = open.flat_map(|reference| reference.segments.windows(2));
    let names = pairs.filter_map(|pair| {
        let may_be_variables = pair[0].name().is_none_or(|name| name == "variables");
        pair[1].name().filter(|_| may_be_variables)
    });
    names.map(Box::from).collect()
}

/// What a path leads to from each of some sites, if that is the same for all.
fn agreed(
    tables: &Tables<'_>,
    pipeline: &Pipeline,
    reference: &Reference,
    sites: &[usize],
) -> Option<(Target, Vec<LoopStep>)> {
    let mut agreed: Option<(Target, Vec<LoopStep>)> = None;
    for site in sites {
        let site = &pipeline.sites[*site];
        let reads_later = matches!(
            site.kind,
            SiteKind::Variable
                | SiteKind::ChildOutput
                | SiteKind::TemplateInput
                | SiteKind::ForeignInput
        );
        let (Verdict::Resolved(target), loops) = tables.at(site).decide(&reference.segments) else {
            return None;
        };
        let differs = agreed.as_ref().is_some_and(|(known, _)| *known != target);
        if reads_later || differs {
            return None;
        }
        agreed.get_or_insert((target, loops));
    }
    agreed
}
