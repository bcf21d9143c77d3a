//! Names read through a chained stage. Its pipeline runs by itself, and of what is in it only the outputs that the
//! stage declares are read from outside (`spec/model.md` §4).

use pipewright_model::{NodeId, NodeKind};
use pipewright_resolve::{List, Segment, Undefined};
use pipewright_source::{Applicability, Diagnostic, TextRange};

use super::ReferenceContext;
use crate::Rule;
use crate::wording;

/// A path that goes through a chained stage into its pipeline.
pub(super) struct ThroughChain<'c> {
    context: &'c ReferenceContext<'c>,
    stage: NodeId,
    /// The path up to the stage, as it is written.
    up_to_stage: &'c str,
    /// The part that does not exist.
    missing: TextRange,
    /// The path in the pipeline of the stage, where it is told.
    inside: Option<String>,
    /// What an output for it would be called.
    name: &'c str,
}

impl<'c> ThroughChain<'c> {
    /// The path of a reference, if that is one.
    pub(super) fn of(context: &'c ReferenceContext<'c>, undefined: &Undefined) -> Option<Self> {
        let segments = &context.reference.segments;
        let (stage_at, stage) = chained_stage(context, undefined)?;
        let name = segments.iter().rev().find_map(Segment::name)?;
        let behind = segments.get(undefined.segment..)?;
        Some(Self {
            context,
            stage,
            up_to_stage: context.up_to(stage_at).slice(context.whole_text()),
            missing: context.name_in(undefined.segment),
            inside: match undefined.list {
                List::Members(_) => path_inside(behind),
                _ => None,
            },
            name,
        })
    }

    /// What is said of it: which output is read in its place, or has to be declared.
    pub(super) fn finding(&self, rule: &Rule) -> Diagnostic {
        let context = self.context;
        let stage = context.name(self.stage);
        let declared = self.declared_output();
        let name = declared.unwrap_or(self.name);
        let right = format!("{}.output.{name}", self.up_to_stage);
        let what = match declared {
            Some(_) => format!("read its output {}", wording::quoted(name)),
            None => format!("declare an output {}", wording::quoted(name)),
        };
        let message =
            format!("{stage} shows nothing of the pipeline it runs but its outputs: {what}");
        let finding = rule
            .finding(context.written(self.missing), message)
            .with_label(context.when_not_found());
        if declared.is_some() {
            let range = context.reference.range;
            let mut finding = finding.with_help(format!("write `{right}`"));
            finding
                .fixes
                .extend(context.replace(range, &right, Applicability::Unsafe));
            return finding;
        }
        let declaration = match &self.inside {
            Some(path) => format!("`{{ name: {name}, value: <+{path}> }}`"),
            None => format!("`{name}`"),
        };
        finding.with_help(format!(
            "declare {declaration} under `spec.outputs` of {stage}, and read `{right}`"
        ))
    }

    /// The declared output whose value is what the path reads.
    fn declared_output(&self) -> Option<&'c str> {
        let path = self.inside.as_deref()?;
        let tree = self.context.tree()?;
        let spec = tree.find(self.context.pipeline.node(self.stage).yaml, "spec")?;
        let outputs = tree.items(tree.find(spec, "outputs")?).iter();
        let mut values = outputs.filter_map(|output| {
            let text = |key| tree.text(tree.find(*output, key)?);
            Some((text("name")?, text("value")?))
        });
        let is_it = |value: &str| {
            let inner = value
                .strip_prefix("<+")
                .and_then(|rest| rest.strip_suffix('>'));
            inner.map(str::trim) == Some(path)
        };
        values.find_map(|(name, value)| is_it(value).then_some(name))
    }
}

/// The chained stage that a path goes through, and its place in the path.
fn chained_stage(context: &ReferenceContext<'_>, undefined: &Undefined) -> Option<(usize, NodeId)> {
    let (pipeline, segments) = (context.pipeline, &context.reference.segments);
    if context.is_in_child() {
        return None;
    }
    let called = |at: usize| segments.get(at).and_then(Segment::name);
    if let List::Nodes(owner, _) = undefined.list {
        let identifier = wording::identifier(pipeline, owner);
        let at = (0..undefined.segment).find(|at| called(*at) == Some(identifier))?;
        return pipeline.node(owner).is_chained().then_some((at, owner));
    }
    let names_pipeline = matches!(called(undefined.segment), Some("pipeline" | "stages"));
    if !matches!(undefined.list, List::Members(_)) || !names_pipeline {
        return None;
    }
    let at = undefined.segment.checked_sub(1)?;
    let mut nodes = pipeline.ids();
    let stage = nodes.find(|node| {
        let is_called = called(at) == Some(wording::identifier(pipeline, *node));
        is_called && pipeline.node(*node).kind == NodeKind::Stage
    })?;
    pipeline.node(stage).is_chained().then_some((at, stage))
}

/// A path in the pipeline of a stage; `None` where a part of it is not known.
fn path_inside(segments: &[Segment]) -> Option<String> {
    let names: Vec<&str> = segments.iter().map(Segment::name).collect::<Option<_>>()?;
    let path = names.join(".");
    Some(match names.first() {
        Some(&"pipeline") => path,
        _ => format!("pipeline.{path}"),
    })
}
