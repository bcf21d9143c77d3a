//! Nodes of a plan as people call them: `Deploy › Canary` for `pipeline.stages.Deploy.spec.execution.steps.Canary`.

use std::collections::HashMap;

use pipewright_simulate::{Kind, Plan};

use crate::layout::Layout;

/// The short names of the nodes of a plan.
pub(super) struct ShortNames<'p>(HashMap<&'p str, String>);

impl<'p> ShortNames<'p> {
    pub(super) fn new(plan: &'p Plan, layout: Layout) -> Self {
        // The pipeline goes without saying. What stands around a node comes before it.
        let mut names: Vec<String> = Vec::with_capacity(plan.nodes.len());
        for node in &plan.nodes {
            let around = node.parent.map(|parent| {
                let of_parent = &plan.nodes[parent];
                // A turn has the name of its loop in its own.
                let is_loop = of_parent.kind == Kind::Loop;
                let outer = of_parent.parent.filter(|_| is_loop);
                names[outer.unwrap_or(parent)].as_str()
            });
            let own = node.fqn.rsplit('.').next().unwrap_or_default();
            names.push(match around {
                None => String::new(),
                Some("") => own.to_owned(),
                Some(around) => format!("{around}{}{own}", layout.deeper()),
            });
        }
        let fqns = plan.nodes.iter().map(|node| node.fqn.as_str());
        let shown = fqns.zip(names).filter(|(_, name)| !name.is_empty());
        Self(shown.collect())
    }

    /// The short name of a node; its identifier where the plan lists it in turns only.
    pub(super) fn of<'s>(&'s self, fqn: &'s str) -> &'s str {
        let identifier = || fqn.rsplit('.').next().unwrap_or(fqn);
        self.0.get(fqn).map_or_else(identifier, String::as_str)
    }

    /// A sentence with every fully qualified name of a node in it replaced by the short one.
    pub(super) fn shorten(&self, sentence: &str) -> String {
        let is_part = |c: char| c.is_alphanumeric() || "_.$-".contains(c);
        let mut short = String::with_capacity(sentence.len());
        let mut rest = sentence;
        while let Some(start) = rest.find(is_part) {
            let (before, from) = rest.split_at(start);
            let word = &from[..from.find(|c| !is_part(c)).unwrap_or(from.len())];
            short.push_str(before);
            short.push_str(self.0.get(word).map_or(word, String::as_str));
            rest = &from[word.len()..];
        }
        short + rest
    }
}
