//! What tests have seen of a pipeline: conditions and their operands true and false, and nodes that ran.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::{Kind, Plan, PlanNode, Verdict};

/// What is always so, or the same for every node, is nothing to be covered.
const DEFAULTS: [&str; 4] = [
    "<+OnPipelineSuccess>",
    "<+OnStageSuccess>",
    "<+OnRollbackModeExecution> || <+OnStageFailure>",
    "<+Always>",
];

/// What tests have seen of a pipeline. The turns of a loop are one node.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Coverage {
    /// Each written condition, by the name of its node; that of a loop by `NAME.strategy`.
    pub conditions: BTreeMap<String, ConditionCoverage>,
    /// Of each node whether it was seen running.
    pub nodes: BTreeMap<String, bool>,
}

/// What tests have seen of a condition.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct ConditionCoverage {
    /// The condition with what it is composed with.
    pub text: String,
    /// What the whole was.
    pub seen: SeenBoth,
    /// What each operand of `&&` and `||` in it was, outer ones before those in them. An operand is seen where a run
    /// asks it: behind one that decides it is not.
    pub operands: Vec<(Arc<str>, SeenBoth)>,
}

/// Whether something was seen true, and whether false.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct SeenBoth {
    /// It was true once.
    pub yes: bool,
    /// It was false once.
    pub no: bool,
}

/// How many of some were seen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Seen {
    /// Those that were.
    pub seen: usize,
    /// All of them.
    pub of: usize,
}

impl SeenBoth {
    fn add(&mut self, is_true: bool) {
        self.yes |= is_true;
        self.no |= !is_true;
    }

    fn merge(&mut self, other: Self) {
        self.yes |= other.yes;
        self.no |= other.no;
    }

    fn count(self) -> Seen {
        Seen {
            seen: usize::from(self.yes) + usize::from(self.no),
            of: 2,
        }
    }

    /// `true`, `false`, neither or both, as what was not seen.
    fn missing(self) -> impl Iterator<Item = &'static str> {
        let words = [(self.yes, "true"), (self.no, "false")];
        words
            .into_iter()
            .filter_map(|(seen, word)| (!seen).then_some(word))
    }
}

impl std::iter::Sum for Seen {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            seen: sum.seen + one.seen,
            of: sum.of + one.of,
        })
    }
}

impl Coverage {
    /// Takes note of a plan in detail.
    pub fn add(&mut self, plan: &Plan) {
        for (place, node) in plan.nodes.iter().enumerate() {
            if node.kind == Kind::Pipeline {
                continue;
            }
            let name = plan.written_name(place);
            let ran = self.nodes.entry(name.clone()).or_default();
            *ran |= node.attempts > 0 && node.verdict != Verdict::Unknown;
            let written = node.condition.as_deref();
            if let Some(text) = written.filter(|text| !DEFAULTS.contains(text)) {
                let name = match node.kind {
                    Kind::Loop => format!("{name}.strategy"),
                    _ => name,
                };
                let of_node = self.conditions.entry(name).or_default();
                text.clone_into(&mut of_node.text);
                of_node.add(node);
            }
        }
    }

    /// Takes note of what other tests have seen of the same pipeline.
    pub fn merge(&mut self, other: &Self) {
        for (name, condition) in &other.conditions {
            let ours = self.conditions.entry(name.clone()).or_default();
            ours.text.clone_from(&condition.text);
            ours.seen.merge(condition.seen);
            for (text, seen) in &condition.operands {
                ours.operand(text).merge(*seen);
            }
        }
        for (name, ran) in &other.nodes {
            *self.nodes.entry(name.clone()).or_default() |= ran;
        }
    }

    /// How many of the conditions' two values were seen.
    pub fn of_conditions(&self) -> Seen {
        let conditions = self.conditions.values();
        conditions.map(|condition| condition.seen.count()).sum()
    }

    /// How many of the operands' two values were seen.
    pub fn of_operands(&self) -> Seen {
        let operands = self.conditions.values().flat_map(|of| &of.operands);
        operands.map(|(_, seen)| seen.count()).sum()
    }

    /// How many of the nodes were seen running.
    pub fn of_nodes(&self) -> Seen {
        Seen {
            seen: self.nodes.values().filter(|ran| **ran).count(),
            of: self.nodes.len(),
        }
    }

    /// How much of all that was seen, in percent, rounded down; all of nothing is 100.
    pub fn percent(&self) -> u32 {
        let all = [self.of_conditions(), self.of_operands(), self.of_nodes()];
        let all: Seen = all.into_iter().sum();
        let percent = (all.seen * 100).checked_div(all.of).unwrap_or(100);
        u32::try_from(percent).unwrap_or(100)
    }

    /// What was not seen, a sentence each.
    pub fn missing(&self) -> Vec<String> {
        let mut missing = Vec::new();
        for (name, condition) in &self.conditions {
            let words = condition.seen.missing();
            missing.extend(words.map(|word| format!("the condition of {name} is never {word}")));
            for (text, seen) in &condition.operands {
                let words = seen.missing();
                missing.extend(
                    words.map(|word| {
                        format!("in the condition of {name}, `{text}` is never {word}")
                    }),
                );
            }
        }
        let nodes = self.nodes.iter().filter(|(_, ran)| !**ran);
        missing.extend(nodes.map(|(name, _)| format!("{name} never runs")));
        missing
    }
}

impl ConditionCoverage {
    fn add(&mut self, node: &PlanNode) {
        let is_known = node.verdict != Verdict::Unknown;
        match &node.seen {
            Some(seen) => {
                if let Some(is_true) = seen.is_true.filter(|_| is_known) {
                    self.seen.add(is_true);
                }
                for operand in &seen.operands {
                    let of_operand = self.operand(&operand.text);
                    if let Some(is_true) = operand.is_true.filter(|_| is_known) {
                        of_operand.add(is_true);
                    }
                }
            }
            // What ran before decided.
            None if node.verdict == Verdict::Skipped => self.seen.add(false),
            None if node.attempts > 0 && is_known => self.seen.add(true),
            None => {}
        }
    }

    fn operand(&mut self, text: &Arc<str>) -> &mut SeenBoth {
        let known = self.operands.iter().position(|(known, _)| known == text);
        let place = known.unwrap_or_else(|| {
            self.operands.push((Arc::clone(text), SeenBoth::default()));
            self.operands.len() - 1
        });
        &mut self.operands[place].1
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use pipewright_analysis::Snapshot;

    use super::*;
    use crate::{Given, plan};

    const PIPELINE: &str = "
pipeline:
  identifier: release
  variables: [{ name: env, type: String, value: <+input> }, { name: hot, type: String, value: <+input> }]
  stages:
    - stage:
        identifier: Deploy
        type: Custom
        when: { pipelineStatus: Success, condition: <+pipeline.variables.env> == 'prod' || <+pipeline.variables.hot> == 'yes' }
        spec:
          execution:
            steps:
              - step: { identifier: Roll, type: ShellScript, strategy: { repeat: { times: 2 } }, spec: {} }
              - step: { identifier: Mop, type: ShellScript, when: { stageStatus: Failure }, spec: {} }
";

    fn coverage(values: &[[&str; 2]]) -> Coverage {
        let mut snapshot = Snapshot::default();
        let id = snapshot.set_text("p.yaml", PIPELINE);
        let prepared = snapshot.prepared(id, 0, &[]).unwrap();
        let mut coverage = Coverage::default();
        for [env, hot] in values {
            let mut given = pipewright_context::Given::default();
            given.insert("pipeline.variables.env", (*env).into());
            given.insert("pipeline.variables.hot", (*hot).into());
            let given = Given {
                in_detail: true,
                ..Given::from(given)
            };
            coverage.add(&plan(&prepared, &given).unwrap());
        }
        coverage
    }

    #[test]
    fn each_operand_counts_that_is_asked_and_turns_of_a_loop_are_one_node() {
        let deploy = "pipeline.stages.Deploy";
        let roll = "pipeline.stages.Deploy.spec.execution.steps.Roll";
        let mop = "pipeline.stages.Deploy.spec.execution.steps.Mop";
        let seen = coverage(&[["prod", "no"]]);
        assert_eq!(seen.nodes.keys().collect::<Vec<_>>(), [deploy, mop, roll]);
        let operands: Vec<(&str, SeenBoth)> = seen.conditions[deploy]
            .operands
            .iter()
            .map(|(text, seen)| (&**text, *seen))
            .collect();
        let yes = SeenBoth {
            yes: true,
            no: false,
        };
        assert_eq!(
            operands,
            [
                ("<+pipeline.variables.env> == 'prod'", yes),
                ("<+pipeline.variables.hot> == 'yes'", SeenBoth::default())
            ]
        );
        // Of 2 conditions and 2 operands 3 of 8, of the nodes 2 of 3.
        assert_eq!(seen.percent(), 45, "{:?}", seen.missing());

        let seen = coverage(&[["prod", "no"], ["dev", "no"], ["dev", "yes"]]);
        assert_eq!(
            seen.missing(),
            [
                format!("the condition of {mop} is never true"),
                format!("{mop} never runs")
            ]
        );
    }

    #[test]
    fn what_was_seen_of_a_pipeline_is_put_together() {
        let mut all = coverage(&[["prod", "no"]]);
        all.merge(&coverage(&[["dev", "no"], ["dev", "yes"]]));
        assert_eq!(
            all,
            coverage(&[["prod", "no"], ["dev", "no"], ["dev", "yes"]])
        );
        let text: Arc<str> = "<+pipeline.variables.hot> == 'yes'".into();
        assert!(
            all.conditions["pipeline.stages.Deploy"]
                .operands
                .iter()
                .any(|(known, _)| *known == text)
        );
    }
}
