//! What names are called at a position, and what they lead to there (`spec/model.md` §3.2, §3.3, §5).

use pipewright_model::identifier::problem;
use pipewright_model::{Node, NodeId, NodeKind, Phase, Pipeline, Site, SiteKind, StrategyKind};
use pipewright_source::TextRange;
use pipewright_yaml::Tree;

use crate::index::Index;
use crate::names::{candidates, root_name};
use crate::reference::path_of;
use crate::resolution::decide;
use crate::scope::Scope;
use crate::{LoopStep, Member, Name, Names, Order, Outcome, Segment, SegmentKind, UnknownReason};

/// A node as the reader of names: what they are called in its settings, and what they lead to.
#[derive(Debug)]
pub struct Position<'a> {
    index: Index<'a>,
    names: &'a Names,
    order: &'a Order,
    site: Site,
}

impl<'a> Position<'a> {
    /// The position of a setting of `reader`, which is a node of `pipeline`; `names` and `order` are those of the same pipeline.
    pub fn new(
        tree: &Tree,
        pipeline: &'a Pipeline,
        names: &'a Names,
        order: &'a Order,
        reader: NodeId,
    ) -> Self {
        let site = Site {
            node: reader,
            yaml: pipeline.node(reader).yaml,
            path: Vec::new(),
            kind: SiteKind::Setting,
            phase: Phase::Node,
        };
        Self {
            index: Index::new(tree, pipeline),
            names,
            order,
            site,
        }
    }

    /// The shortest usual path that leads to a name from here: below `step`, `stepGroup`, `steps`, `execution` or `stage`, or the
    /// whole name. Parts that are no identifiers are quoted. A looping node that is not around the reader is named by its first
    /// instance (`A_0`).
    ///
    /// # Errors
    /// What becomes of the shortest path, if none leads to the name.
    pub fn shortest(&self, name: &Name) -> Result<String, Outcome> {
        let pipeline = self.index.pipeline;
        let mut nodes = candidates(pipeline, self.names, self.site.node, name.node);
        nodes.extend(self.through_groups(name.node));
        nodes.sort_by_key(|path| path.matches('.').count());
        let mut refused = None;
        for node in nodes {
            let parts = node.split('.').chain(name.parts.iter().map(|part| &**part));
            let segments: Vec<Segment> = parts.flat_map(segments_of).collect();
            match self.lead_to(name, segments) {
                Ok(path) => return Ok(path),
                Err(outcome) => {
                    refused.get_or_insert(outcome);
                }
            }
        }
        Err(refused.unwrap_or(Outcome::Unknown(UnknownReason::Dynamic)))
    }

    /// The path that climbs from group to group, for nodes of outer groups that loop.
    fn through_groups(&self, target: NodeId) -> Option<String> {
        let pipeline = self.index.pipeline;
        let is_group = |node: &NodeId| pipeline.node(*node).kind == NodeKind::StepGroup;
        let around = pipeline.self_and_ancestors(self.site.node).filter(is_group);
        let full = self.names.fqn(target);
        let mut path = root_name(NodeKind::StepGroup).to_owned();
        for group in around.take(MAX_CLIMB) {
            let rest = full.strip_prefix(&self.names.fqn(group));
            if let Some(rest) = rest.filter(|rest| rest.is_empty() || rest.starts_with('.')) {
                return Some(path + rest);
            }
            path.push_str(".getParentStepGroup");
        }
        None
    }

    /// The path as text, if it leads to the name; looping nodes on it are given the suffix of their first instance.
    fn lead_to(&self, name: &Name, mut segments: Vec<Segment>) -> Result<String, Outcome> {
        let (outcome, loops) = self.follow(&segments);
        let bare: Vec<LoopStep> = loops
            .into_iter()
            .filter(|step| step.certain && !step.suffixed)
            .collect();
        let outcome = if bare.is_empty() {
            outcome
        } else {
            for step in bare {
                let suffix = first_instance(self.index.pipeline.node(step.node))
                    .ok_or(Outcome::Unknown(UnknownReason::Dynamic))?;
                if let SegmentKind::Name(part) = &mut segments[step.segment].kind {
                    *part = format!("{part}{suffix}").into();
                }
            }
            self.follow(&segments).0
        };
        if is(&outcome, name, &segments) {
            return Ok(written(&segments));
        }
        // What is there but is not the name itself hides it.
        Err(match outcome {
            Outcome::Resolved(_) => Outcome::Unknown(UnknownReason::Ambiguous),
            refused => refused,
        })
    }

    fn follow(&self, segments: &[Segment]) -> (Outcome, Vec<LoopStep>) {
        let scope = Scope {
            index: &self.index,
            site: &self.site,
        };
        decide(scope, self.names, self.order, segments)
    }
}

/// Whether a path that came to `outcome` leads to the name and to nothing else.
fn is(outcome: &Outcome, name: &Name, segments: &[Segment]) -> bool {
    let Outcome::Resolved(target) = outcome else {
        return false;
    };
    if target.node != name.node {
        return false;
    }
    // A path through sections (`spec.execution`) ends at the node that has them.
    let below = segments.get(target.at..).unwrap_or_default();
    let parts = name.parts.iter().flat_map(|part| segments_of(part));
    target.member == Member::Node || path_of(below) == path_of(&parts.collect::<Vec<_>>())
}

/// How many groups around a reader are tried.
const MAX_CLIMB: usize = 8;

/// A part of a name as parts of a path: a name, then the indexes behind it.
fn segments_of(part: &str) -> Vec<Segment> {
    let segment = |kind| Segment {
        range: TextRange::default(),
        kind,
    };
    if let Some((name, rest)) = part.split_once('[')
        && let Some(index) = rest.strip_suffix(']').and_then(|index| index.parse().ok())
    {
        return vec![
            segment(SegmentKind::Name(name.into())),
            segment(SegmentKind::Index(index)),
        ];
    }
    let is_plain = problem(part).is_none() || matches!(part, "step" | "stepGroup");
    vec![segment(if is_plain {
        SegmentKind::Name(part.into())
    } else {
        SegmentKind::Quoted(part.into())
    })]
}

/// What follows the identifier of a loop's first instance; `None` where only a run tells.
fn first_instance(node: &Node) -> Option<String> {
    match &node.strategy.as_ref()?.kind {
        StrategyKind::Matrix {
            axes,
            node_name: None,
            open: false,
            ..
        } => Some("_0".repeat(axes.len())),
        StrategyKind::Repeat {
            node_name: None, ..
        }
        | StrategyKind::Parallelism(_) => Some("_0".to_owned()),
        _ => None,
    }
}

/// A path as it is written in an expression.
fn written(segments: &[Segment]) -> String {
    let parts = segments.iter().map(|segment| match &segment.kind {
        SegmentKind::Index(index) => format!("[{index}]"),
        SegmentKind::Quoted(name) => {
            let escaped = name.replace('\\', "\\\\").replace('"', "\\\"");
            format!(".get(\"{escaped}\")")
        }
        _ => format!(".{}", segment.name().unwrap_or_default()),
    });
    let path: String = parts.collect();
    path.trim_start_matches('.').to_owned()
}
