//! Paths that lead from a place to a name.

use pipewright_model::identifier::{IdentifierProblem, problem};
use pipewright_model::{NodeId, NodeKind, Pipeline, StrategyKind};
use pipewright_source::TextRange;
use pipewright_syntax::{Token, TokenKind, tokens};

use crate::names::candidates;
use crate::reference::path_of;
use crate::resolver::Resolver;
use crate::run_tree::word_for;
use crate::{LoopStep, Member, Name, Segment, SegmentKind, UnknownReason, Verdict};

impl Resolver<'_> {
    /// The shortest usual path to `parts` below `target`; see [`crate::Position::shortest`].
    pub(crate) fn shortest(&self, target: NodeId, parts: &[Box<str>]) -> Result<String, Verdict> {
        let pipeline = self.scope.pipeline();
        let mut nodes = candidates(pipeline, self.names, self.scope.reader(), target);
        nodes.extend(self.through_groups(target));
        nodes.sort_by_key(|path| path.matches('.').count());
        let unwritable = parts.iter().any(|part| part.contains(['<', '>']));
        if unwritable {
            // Inside an expression, both are read before quotes: as an expression of its own, or as the end of the
            // whole.
            return Err(Verdict::Unknown(UnknownReason::Dynamic));
        }
        let mut refused = None;
        for node in nodes {
            let named = node.split('.').chain(parts.iter().map(|part| &**part));
            let segments: Vec<Segment> = named.flat_map(segments_of).collect();
            match self.lead_to(target, parts, segments) {
                Ok(path) => return Ok(path),
                Err(verdict) => {
                    refused.get_or_insert(verdict);
                }
            }
        }
        Err(refused.unwrap_or(Verdict::Unknown(UnknownReason::Dynamic)))
    }

    /// The path that climbs from group to group, for nodes of outer groups that loop.
    fn through_groups(&self, target: NodeId) -> Option<String> {
        let pipeline = self.scope.pipeline();
        let is_group = |node: &NodeId| pipeline.node(*node).kind == NodeKind::StepGroup;
        let around = pipeline
            .self_and_ancestors(self.scope.reader())
            .filter(is_group);
        let full = self.names.fqn(target);
        let mut path = word_for(NodeKind::StepGroup, pipeline.version).to_owned();
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
    pub(crate) fn lead_to(
        &self,
        target: NodeId,
        parts: &[Box<str>],
        mut segments: Vec<Segment>,
    ) -> Result<String, Verdict> {
        let (verdict, loops) = self.decide(&segments);
        let bare: Vec<LoopStep> = loops
            .into_iter()
            .filter(|step| step.certain && !step.suffixed)
            .collect();
        let verdict = if bare.is_empty() {
            verdict
        } else {
            for step in bare {
                let suffix = self
                    .first_instance(step.node)
                    .ok_or(Verdict::Unknown(UnknownReason::Dynamic))?;
                if let SegmentKind::Name(part) = &mut segments[step.segment].kind {
                    *part = format!("{part}{suffix}").into();
                }
            }
            self.decide(&segments).0
        };
        if is(&verdict, target, parts, &segments) {
            return Ok(written(&segments));
        }
        // What is there but is not the name itself hides it.
        Err(match verdict {
            Verdict::Resolved(_) => Verdict::Unknown(UnknownReason::Ambiguous),
            refused => refused,
        })
    }

    /// What follows the identifier of a loop's first instance; `None` where only a run tells.
    fn first_instance(&self, node: NodeId) -> Option<Box<str>> {
        let index = self.scope.index;
        if let Some(iterations) = index.loops.iterations(node) {
            return iterations.all().first()?.suffix.clone();
        }
        match &index.pipeline.node(node).strategy.as_ref()?.kind {
            StrategyKind::Matrix {
                axes,
                node_name: None,
                open: false,
                ..
            } => Some("_0".repeat(axes.len()).into()),
            StrategyKind::Repeat { .. } | StrategyKind::Parallelism(_) => Some("_0".into()),
            _ => None,
        }
    }
}

/// Whether a path that came to `verdict` leads to `parts` below `node` and to nothing else.
fn is(verdict: &Verdict, node: NodeId, parts: &[Box<str>], segments: &[Segment]) -> bool {
    let Verdict::Resolved(target) = verdict else {
        return false;
    };
    if target.node != node {
        return false;
    }
    if let Member::Section(path) = target.member {
        return parts.iter().map(|part| &**part).eq(path.iter().copied());
    }
    let below = segments.get(target.at..).unwrap_or_default();
    let parts = parts.iter().flat_map(|part| segments_of(part));
    path_of(below) == path_of(&parts.collect::<Vec<_>>())
}

impl Name {
    /// The path by which the node that has it reads a name: `step.spec.url`. Parts that are no identifiers are quoted.
    /// `None` for the node itself, and where no expression can write it.
    pub fn path_from_node(&self, pipeline: &Pipeline) -> Option<String> {
        let unwritable = self.parts.iter().any(|part| part.contains(['<', '>']));
        if self.parts.is_empty() || unwritable {
            return None;
        }
        let segments: Vec<Segment> = self
            .parts
            .iter()
            .flat_map(|part| segments_of(part))
            .collect();
        let word = word_for(pipeline.node(self.node).kind, pipeline.version);
        let below = written(&segments);
        // A quoted part begins with what calls for it.
        let dot = matches!(segments[0].kind, SegmentKind::Name(_));
        Some(format!("{word}{}{below}", if dot { "." } else { "" }))
    }
}

/// How many groups around a reader are tried.
const MAX_CLIMB: usize = 8;

/// A name as parts of a path.
pub(crate) fn segments_of_path(name: &str) -> Vec<Segment> {
    name.split('.').flat_map(segments_of).collect()
}

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
    vec![segment(if can_follow_a_dot(part) {
        SegmentKind::Name(part.into())
    } else {
        SegmentKind::Quoted(part.into())
    })]
}

/// Whether `.name` reads a part of that name. Words that only Harness reserves do; `.class` asks for the Java class.
fn can_follow_a_dot(name: &str) -> bool {
    let is_identifier = match problem(name) {
        None => true,
        Some(IdentifierProblem::Reserved) => name != "class",
        Some(_) => false,
    };
    let is_keyword = |token: &Token| token.kind == TokenKind::Keyword;
    is_identifier && !tokens(name).iter().any(is_keyword)
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
