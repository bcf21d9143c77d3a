//! The steps of a pipeline by their names in the newer YAML, and which of them a path means (`spec/v1.md` §8).

use std::fmt;

use pipewright_model::{NodeId, NodeKind, Pipeline, SectionKind};

/// Where a text stands.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Place {
    /// The identifier of the stage around it.
    pub stage: Option<String>,
    /// The identifiers of the step groups around it, the outermost first.
    pub groups: Vec<String>,
    /// The path of the step around it in the newer YAML; `None` where there is none, or it is not known.
    pub step: Option<String>,
    /// The type of that step.
    pub step_type: Option<String>,
    /// Whether paths that begin with `step`, `steps` or `stepGroup` are written in full, as in pipelines.
    pub full_paths: bool,
}

/// What was chosen where a path does not say it, or what could not be decided.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ConversionNote {
    /// The path leaves groups out, or names a step by a loop's turn: the step that was taken, by its path.
    Taken(String),
    /// No step has that name: the type that was assumed for its settings and outputs.
    Assumed {
        /// The identifiers of the path.
        step: String,
        /// The type.
        step_type: String,
    },
    /// The path crosses lines or escapes in a way that it cannot be rewritten in.
    NotWritten,
    /// A value without quotes in brackets or braces cannot hold `${{`.
    DelimitersKept,
}

impl fmt::Display for ConversionNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Taken(path) => write!(
                f,
                "taken for `{path}`, which the path does not lead to exactly"
            ),
            Self::Assumed { step, step_type } => {
                write!(
                    f,
                    "there is no step `{step}`: written as for a step of type {step_type}"
                )
            }
            Self::NotWritten => f.write_str("left as it is: it is not written in one piece"),
            Self::DelimitersKept => f.write_str(
                "`<+` is kept: a value without quotes in brackets or braces cannot hold `${{`",
            ),
        }
    }
}

/// A step, and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Step {
    stage: String,
    /// The groups around it, the outermost first.
    groups: Vec<Level>,
    own: Level,
    pub(super) type_name: Option<String>,
}

/// A group or step, and the list it stands in.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Level {
    is_rollback: bool,
    id: String,
}

impl Step {
    /// Its path in the newer YAML.
    pub(super) fn path(&self) -> Vec<String> {
        let mut path = vec![
            "pipeline".to_owned(),
            "stages".to_owned(),
            self.stage.clone(),
        ];
        for level in self.groups.iter().chain([&self.own]) {
            let list = if level.is_rollback {
                "rollback"
            } else {
                "steps"
            };
            path.extend([list.to_owned(), level.id.clone()]);
        }
        path
    }

    fn group_ids(&self) -> impl Iterator<Item = &str> {
        self.groups.iter().map(|group| group.id.as_str())
    }
}

/// The steps of a pipeline.
#[derive(Clone, Debug, Default)]
pub(super) struct Steps(Vec<Step>);

/// A step that was found, and whether the path leads there exactly.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'s> {
    pub(super) step: &'s Step,
    pub(super) is_exact: bool,
}

impl Steps {
    pub(super) fn of(pipeline: &Pipeline) -> Self {
        let steps = pipeline.ids().filter_map(|node| step_of(pipeline, node));
        Self(steps.collect())
    }

    pub(super) fn of_paths<'s>(steps: impl IntoIterator<Item = (&'s str, &'s str)>) -> Self {
        let step = |(path, step_type): (&str, &str)| {
            let mut names = path.strip_prefix("pipeline.stages.")?.split('.');
            let stage = names.next()?.to_owned();
            let mut groups = Vec::new();
            while let (Some(list), Some(id)) = (names.next(), names.next()) {
                groups.push(Level {
                    is_rollback: list == "rollback",
                    id: id.to_owned(),
                });
            }
            let own = groups.pop()?;
            Some(Step {
                stage,
                groups,
                own,
                type_name: Some(step_type.to_owned()),
            })
        };
        Self(steps.into_iter().filter_map(step).collect())
    }

    /// The step of a chain of identifiers, the last of which is its own, from the groups `around` it on: first where
    /// all identifiers are equal, then where they are so but for the suffix of a turn.
    pub(super) fn find(
        &self,
        stage: Option<&str>,
        around: &[String],
        ids: &[&str],
    ) -> Option<Found<'_>> {
        [equal as Same, equal_but_for_suffix]
            .into_iter()
            .find_map(|same| self.find_by(same, stage, around, ids))
    }

    fn find_by(
        &self,
        same: Same,
        stage: Option<&str>,
        around: &[String],
        ids: &[&str],
    ) -> Option<Found<'_>> {
        let (id, groups) = ids.split_last()?;
        let named: Vec<&Step> = self
            .0
            .iter()
            .filter(|step| same(&step.own.id, id))
            .collect();
        let in_stage = |step: &&&Step| stage.is_some_and(|stage| same(&step.stage, stage));
        let chain: Vec<&str> = around
            .iter()
            .map(String::as_str)
            .chain(groups.iter().copied())
            .collect();
        let mut fitting: Vec<(Fit, &Step)> = named
            .iter()
            .filter(in_stage)
            .filter_map(|step| Some((Fit::of(same, &chain, step)?, *step)))
            .collect();
        fitting.sort_by(|(a, one), (b, other)| {
            a.cmp(b)
                .then_with(|| one.group_ids().cmp(other.group_ids()))
        });
        if let Some((fit, step)) = fitting.first() {
            let is_exact = fit.gaps == 0 && fit.loose == 0 && step.own.id == *id;
            return Some(Found { step, is_exact });
        }
        match named[..] {
            [step] => Some(Found {
                step,
                is_exact: false,
            }),
            _ => None,
        }
    }
}

/// Whether a written identifier is that of a node.
type Same = fn(&str, &str) -> bool;

fn equal(node: &str, written: &str) -> bool {
    node == written
}

fn equal_but_for_suffix(node: &str, written: &str) -> bool {
    let is_suffix = |long: &str, short: &str| {
        long.strip_prefix(short)
            .is_some_and(|rest| rest.starts_with(['_', '-', '.']))
    };
    node == written || is_suffix(node, written) || is_suffix(written, node)
}

/// How well a chain of groups fits a step, the better the less.
#[derive(PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Fit {
    /// The groups that the chain leaves out.
    gaps: usize,
    /// Where the groups stand that it names, counted from the step: gaps near the stage come first.
    from_step: Vec<usize>,
    /// How many names differ by a suffix.
    loose: usize,
}

impl Fit {
    fn of(same: Same, chain: &[&str], step: &Step) -> Option<Self> {
        let mut from_step = Vec::with_capacity(chain.len());
        let mut loose = 0;
        let mut groups = step.groups.iter().enumerate().rev();
        for written in chain.iter().rev() {
            let (at, group) = groups
                .by_ref()
                .find(|(_, group)| same(&group.id, written))?;
            from_step.push(step.groups.len() - at);
            loose += usize::from(group.id != *written);
        }
        Some(Self {
            gaps: step.groups.len() - chain.len(),
            from_step,
            loose,
        })
    }
}

/// The step that a node is, if it is one that has a path.
fn step_of(pipeline: &Pipeline, node: NodeId) -> Option<Step> {
    if pipeline.node(node).kind != NodeKind::Step {
        return None;
    }
    let stage = pipeline.enclosing(node, NodeKind::Stage)?;
    let mut levels: Vec<Level> = Vec::new();
    for at in pipeline
        .self_and_ancestors(node)
        .take_while(|at| *at != stage)
    {
        levels.push(Level {
            is_rollback: pipeline
                .node(at)
                .section
                .is_some_and(SectionKind::is_rollback),
            id: identifier(pipeline, at)?.to_owned(),
        });
    }
    levels.reverse();
    let own = levels.pop()?;
    let step_type = pipeline.node(node).type_text();
    Some(Step {
        stage: identifier(pipeline, stage)?.to_owned(),
        groups: levels,
        own,
        type_name: (!step_type.is_empty()).then(|| step_type.to_owned()),
    })
}

fn identifier(pipeline: &Pipeline, node: NodeId) -> Option<&str> {
    let identifier = pipeline.node(node).identifier.as_ref()?;
    (!identifier.text.is_empty()).then_some(&*identifier.text)
}

impl Place {
    /// The place of what stands in a node of a pipeline.
    pub fn of(pipeline: &Pipeline, node: NodeId) -> Self {
        let around = |kind| pipeline.enclosing(node, kind);
        let groups = pipeline.self_and_ancestors(node);
        let groups = groups.filter(|outer| pipeline.node(*outer).kind == NodeKind::StepGroup);
        let mut groups: Vec<String> = groups
            .filter_map(|group| identifier(pipeline, group).map(str::to_owned))
            .collect();
        groups.reverse();
        let step = around(NodeKind::Step).and_then(|step| step_of(pipeline, step));
        let stage = around(NodeKind::Stage).and_then(|stage| identifier(pipeline, stage));
        Self {
            stage: stage.map(str::to_owned),
            groups,
            step: step.as_ref().map(|step| step.path().join(".")),
            step_type: step.and_then(|step| step.type_name),
            full_paths: pipeline.node(Pipeline::ROOT).kind == NodeKind::Pipeline,
        }
    }
}
