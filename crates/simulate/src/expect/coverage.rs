//! Which conditions tests have seen true and false, and which nodes they have seen run.

use std::collections::BTreeMap;

use crate::{Kind, Plan, PlanNode, Verdict};

/// What is always so, or the same for every node, is nothing to be covered.
const DEFAULTS: [&str; 4] = [
    "<+OnPipelineSuccess>",
    "<+OnStageSuccess>",
    "<+OnRollbackModeExecution> || <+OnStageFailure>",
    "<+Always>",
];

/// What tests have seen of a pipeline.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Coverage {
    /// Of each written condition, by the name of its node, whether it was seen true, and whether false.
    pub conditions: BTreeMap<String, (bool, bool)>,
    /// Of each node whether it was seen running.
    pub nodes: BTreeMap<String, bool>,
}

impl Coverage {
    /// Takes note of a plan.
    pub fn add(&mut self, plan: &Plan) {
        for node in plan.nodes.iter().filter(|node| node.kind != Kind::Pipeline) {
            let ran = self.nodes.entry(node.fqn.clone()).or_default();
            *ran |= node.attempts > 0 && node.verdict != Verdict::Unknown;
            let is_written = |text: &str| !DEFAULTS.contains(&text);
            if node.condition.as_deref().is_some_and(is_written) {
                let seen = self.conditions.entry(node.fqn.clone()).or_default();
                seen.0 |= is_true(node);
                seen.1 |= node.verdict == Verdict::Skipped;
            }
        }
    }

    /// How much was seen, in percent; all of nothing is 100.
    pub fn percent(&self) -> u32 {
        let seen = self.conditions.values();
        let seen: usize = seen
            .map(|(yes, no)| usize::from(*yes) + usize::from(*no))
            .sum();
        let ran = self.nodes.values().filter(|ran| **ran).count();
        let all = self.conditions.len() * 2 + self.nodes.len();
        let percent = ((seen + ran) * 100).checked_div(all).unwrap_or(100);
        u32::try_from(percent).unwrap_or(100)
    }

    /// What was not seen, a sentence each.
    pub fn missing(&self) -> Vec<String> {
        let conditions = self.conditions.iter().flat_map(|(name, (yes, no))| {
            let never = |seen: bool, word: &str| {
                (!seen).then(|| format!("the condition of {name} is never {word}"))
            };
            never(*yes, "true").into_iter().chain(never(*no, "false"))
        });
        let nodes = self.nodes.iter().filter(|(_, ran)| !**ran);
        conditions
            .chain(nodes.map(|(name, _)| format!("{name} never runs")))
            .collect()
    }
}

fn is_true(node: &PlanNode) -> bool {
    node.attempts > 0 && node.verdict != Verdict::Unknown
}
