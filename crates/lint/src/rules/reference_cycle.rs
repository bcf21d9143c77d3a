//! `reference-cycle` (`spec/engine.md` §2.5)

use foldhash::{HashMap, HashSet};
use pipewright_model::{NodeId, PathSegment, Pipeline, Site};
use pipewright_resolve::{Member, Reference, Target, Verdict};
use pipewright_source::{Diagnostic, FileId};
use pipewright_yaml as yaml;

use crate::Rule;
use crate::finding::Findings;
use crate::references::ReferenceContext;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::wording;

pub(crate) const RULE: Rule = declare!("reference-cycle", References, Error, Check::Text(check));

/// The most members of a cycle that a message names.
const MOST_NAMED: usize = 6;

/// The most cycles of a file, and the most places of one, that are told: a file may be made so that every value closes
/// one over all others.
const MOST_CYCLES: usize = 100;
const MOST_PLACES: usize = 20;

/// A value of a pipeline that may lead to others: the node it belongs to, and its path from there.
type Key = (FileId, NodeId, String);

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    let reads = || context.references().filter_map(|of| Some((of, read(of)?)));
    let node = |of: ReferenceContext<'_>, node: NodeId| (of.pipeline.file, node);
    let nodes: HashSet<_> = reads().map(|(of, to)| node(of, to.node)).collect();
    // Only of a node that is read a value can lead back to itself.
    let mut reads = reads()
        .filter(|(of, _)| nodes.contains(&node(*of, of.site().node)))
        .peekable();
    if reads.peek().is_none() {
        return;
    }
    let mut graph = Graph::default();
    let variables = Variables::of(context);
    for (reference, to) in reads {
        let to = target(reference.pipeline, reference.reference, to);
        let from = variables.place(reference.pipeline, reference.site());
        if let Some((to, from)) = to.zip(from) {
            graph.add(from, to, reference);
        }
    }
    for cycle in graph.cycles() {
        findings.add(finding(&cycle));
    }
}

/// The variable that each value belongs to.
struct Variables(HashMap<(FileId, yaml::NodeId), String>);

impl Variables {
    fn of(context: RuleContext<'_>) -> Self {
        let nodes = context
            .pipelines()
            .flat_map(|pipeline| pipeline.nodes.iter().map(move |node| (pipeline.file, node)));
        let variables = nodes.flat_map(|(file, node)| {
            let variables = node.variables.iter();
            variables.filter_map(move |variable| {
                Some(((file, variable.value?), variable_path(&variable.name.text)))
            })
        });
        Self(variables.collect())
    }

    /// What the scalar of a site is to those who read it.
    fn place(&self, pipeline: &Pipeline, site: &Site) -> Option<Key> {
        if let Some(variable) = self.0.get(&(pipeline.file, site.yaml)) {
            return Some((pipeline.file, site.node, variable.clone()));
        }
        let keys = site.path.iter().map(|segment| match segment {
            PathSegment::Key(key) => Some(&**key),
            PathSegment::Index(_) => None,
        });
        let path: Option<Vec<&str>> = keys.collect();
        Some((pipeline.file, site.node, path?.join(".")))
    }
}

fn variable_path(name: &str) -> String {
    format!("variables.{name}")
}

/// What of a pipeline a reference reads, if that has a value in the file.
fn read(of: ReferenceContext<'_>) -> Option<Target> {
    match of.reference.verdict {
        Verdict::Resolved(target) => {
            matches!(target.member, Member::Variable(_) | Member::Setting).then_some(target)
        }
        _ => None,
    }
}

/// The value that a reference reads, which stands in the file.
fn target(pipeline: &Pipeline, reference: &Reference, target: Target) -> Option<Key> {
    let path = match target.member {
        Member::Variable(at) => {
            let variable = pipeline.node(target.node).variables.get(at as usize)?;
            variable_path(&variable.name.text)
        }
        Member::Setting => {
            let parts = reference.segments.get(target.at..)?.iter();
            let names: Option<Vec<&str>> = parts.map(pipewright_resolve::Segment::name).collect();
            names?.join(".")
        }
        _ => return None,
    };
    Some((pipeline.file, target.node, path))
}

/// What leads where: each value with the references in it.
#[derive(Default)]
struct Graph<'a> {
    places: HashMap<Key, usize>,
    /// By the number of the value: the values it reads, each with the reference.
    edges: Vec<Vec<(usize, ReferenceContext<'a>)>>,
}

impl<'a> Graph<'a> {
    fn add(&mut self, from: Key, to: Key, reference: ReferenceContext<'a>) {
        let (from, to) = (self.number(from), self.number(to));
        self.edges[from].push((to, reference));
    }

    fn number(&mut self, key: Key) -> usize {
        let next = self.places.len();
        let number = *self.places.entry(key).or_insert(next);
        if number == self.edges.len() {
            self.edges.push(Vec::new());
        }
        number
    }

    /// One cycle for each value that closes one, as the references that lead around. Walked with a stack of its own: a
    /// file may chain thousands of variables.
    fn cycles(&self) -> Vec<Vec<ReferenceContext<'a>>> {
        let mut state = vec![State::New; self.edges.len()];
        let mut cycles = Vec::new();
        for start in 0..self.edges.len() {
            let mut path: Vec<(usize, usize)> = Vec::new();
            if state[start] == State::New {
                state[start] = State::OnPath;
                path.push((start, 0));
            }
            while let Some((at, next)) = path.last_mut() {
                let Some((to, _)) = self.edges[*at].get(*next) else {
                    state[*at] = State::Done;
                    path.pop();
                    continue;
                };
                *next += 1;
                match state[*to] {
                    State::New => {
                        state[*to] = State::OnPath;
                        path.push((*to, 0));
                    }
                    State::OnPath if cycles.len() < MOST_CYCLES => {
                        cycles.push(self.around(&path, *to));
                    }
                    State::OnPath | State::Done => {}
                }
            }
        }
        cycles
    }

    /// The references on the path from a value on.
    fn around(&self, path: &[(usize, usize)], from: usize) -> Vec<ReferenceContext<'a>> {
        let behind = path.iter().skip_while(|(at, _)| *at != from);
        behind
            .map(|(at, next)| self.edges[*at][next - 1].1)
            .collect()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    OnPath,
    Done,
}

fn finding(cycle: &[ReferenceContext<'_>]) -> Diagnostic {
    let place = |reference: &ReferenceContext<'_>| reference.span();
    let first = (0..cycle.len())
        .min_by_key(|at| place(&cycle[*at]).range.start())
        .unwrap_or(0);
    let turned: Vec<&ReferenceContext<'_>> = cycle[first..].iter().chain(&cycle[..first]).collect();
    let mut paths: Vec<String> = turned
        .iter()
        .map(|reference| reference.reference.path())
        .collect();
    // Where the values stand in the file says nothing.
    paths.sort_unstable();
    let message = match paths.as_slice() {
        [only] => format!("`{only}` is read in its own value"),
        several => format!(
            "this value leads back to itself, over {}",
            wording::list(several.iter().map(String::as_str), MOST_NAMED)
        ),
    };
    let mut finding = RULE
        .finding(place(turned[0]), message)
        .with_label("the engine goes around until it gives up: the run fails")
        .with_help("give one of the values a text of its own");
    for reference in turned.iter().skip(1).take(MOST_PLACES) {
        finding = finding.with_related(
            place(reference),
            format!(
                "and this one reads {}",
                wording::quoted(&reference.reference.path())
            ),
        );
    }
    finding
}
