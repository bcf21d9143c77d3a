//! Where that what a path leads to is declared.

use pipewright_model::{
    Axis, Node, NodeId, NodeKind, Pipeline, StrategyKind, Variable, YamlVersion,
};
use pipewright_resolve::{Member, Reference, Segment, Target, Verdict, published_outputs};
use pipewright_source::Span;
use pipewright_yaml as yaml;

use crate::cursor::{Resolved, content};
use crate::{Declaration, DeclarationKind};

/// The key whose elements are outputs, and the part of a path before their names.
pub(crate) const OUTPUT_VARIABLES: &str = "outputVariables";

/// The part of a path before the name of an axis.
pub(crate) const MATRIX: &str = "matrix";

impl Resolved<'_> {
    /// What a part of a path names: what the path up to it leads to. `None` where that is not written in any file.
    pub(crate) fn declaration(&self, reference: &Reference, segment: usize) -> Option<Declaration> {
        let segments = reference.segments.get(..=segment)?;
        let verdict = self.verdict(reference, segments);
        match verdict {
            // The node is there; which of its instances is meant is another matter.
            Verdict::NoInstance(missing) => {
                (missing.segment == segment).then(|| self.node(missing.node))
            }
            Verdict::WrongPath(wrong) => {
                (wrong.named_by == segment).then(|| self.node(wrong.target))
            }
            Verdict::RunTime => self.axis(reference.reader, segments),
            verdict => self.target(verdict.target()?, segments),
        }
    }

    fn target(&self, target: Target, segments: &[Segment]) -> Option<Declaration> {
        let node = self.pipeline.node(target.node);
        let below = segments.get(target.at..).unwrap_or_default();
        match target.member {
            Member::Node => Some(self.node(target.node)),
            Member::Section(keys) => {
                self.keys(target.node, DeclarationKind::Section, keys.iter().copied())
            }
            Member::Variable(index) => {
                // `variables` itself is a setting, and what follows the name is part of its value.
                let variable = node.variables.get(usize::try_from(index).ok()?)?;
                Some(self.variable(target.node, variable))
            }
            Member::Setting | Member::StageSpec => {
                let keys: Option<Vec<&str>> = below.iter().map(Segment::name).collect();
                self.keys(target.node, DeclarationKind::Setting, keys?.into_iter())
            }
            Member::Output => self.output(target.node, below),
            Member::Status | Member::RunTime => self.axis(target.node, segments),
        }
    }

    /// A node, by its identifier.
    pub(crate) fn node(&self, id: NodeId) -> Declaration {
        let node = self.pipeline.node(id);
        let whole = self.tree.span(node.yaml);
        let named = node.identifier.as_ref().or(node.name.as_ref());
        Declaration {
            kind: kind_of(node),
            fqn: self.resolution.names.fqn(id),
            name: named.map_or(whole, |named| self.content(named.yaml)),
            whole,
            type_name: node.type_name.as_ref().map(|of| of.text.to_string()),
        }
    }

    /// Where the text of a scalar stands, without quotes.
    pub(crate) fn content(&self, scalar: yaml::NodeId) -> Span {
        content(self.tree, scalar)
    }

    /// A field of a node's YAML: the keys that lead there.
    fn keys<'k>(
        &self,
        id: NodeId,
        kind: DeclarationKind,
        keys: impl Iterator<Item = &'k str>,
    ) -> Option<Declaration> {
        let keys: Vec<&str> = keys.collect();
        let mut found: Option<yaml::Entry> = None;
        for key in &keys {
            let mapping = found.map_or(self.pipeline.node(id).yaml, |entry| entry.value);
            found = Some(self.tree.entry(mapping, key)?);
        }
        let entry = found?;
        Some(Declaration {
            kind,
            fqn: self.fqn(id, &keys),
            name: self.content(entry.key),
            whole: self.tree.span(entry.value),
            type_name: None,
        })
    }

    /// An output that a step or a chained stage declares.
    fn output(&self, id: NodeId, below: &[Segment]) -> Option<Declaration> {
        let [.., list, wanted] = below else {
            return None;
        };
        if list.name() != self.output_path(id).last().copied() {
            return None;
        }
        let mut outputs = self.output_names(id);
        let (named, element) =
            outputs.find(|(named, _)| self.tree.text(*named) == wanted.name())?;
        Some(self.output_of(id, named, element))
    }

    fn output_of(&self, id: NodeId, named: yaml::NodeId, element: yaml::NodeId) -> Declaration {
        let name = self.tree.text(named).unwrap_or("");
        Declaration {
            kind: DeclarationKind::Output,
            fqn: self.fqn(id, &[self.output_path(id), &[name]].concat()),
            name: self.content(named),
            whole: self.tree.span(element),
            type_name: self.text_below(element, "type"),
        }
    }

    fn variable(&self, id: NodeId, variable: &Variable) -> Declaration {
        Declaration {
            kind: DeclarationKind::Variable,
            fqn: self.fqn(
                id,
                &[
                    if variable.is_input {
                        "inputs"
                    } else {
                        "variables"
                    },
                    &variable.name.text,
                ],
            ),
            name: self.content(variable.name.yaml),
            whole: variable.span,
            type_name: variable.type_name.as_ref().map(|of| of.text.to_string()),
        }
    }

    /// The parts of a path between a node and the outputs that it declares.
    fn output_path(&self, id: NodeId) -> &'static [&'static str] {
        if self.pipeline.node(id).is_chained() {
            &["output"]
        } else {
            &["output", OUTPUT_VARIABLES]
        }
    }

    fn text_below(&self, mapping: yaml::NodeId, key: &str) -> Option<String> {
        let text = self.tree.text(self.tree.find(mapping, key)?)?;
        Some(text.to_owned())
    }

    /// The names of the outputs that a step or a chained stage declares, with their elements.
    pub(crate) fn output_names(
        &self,
        id: NodeId,
    ) -> impl Iterator<Item = (yaml::NodeId, yaml::NodeId)> {
        let node = self.pipeline.node(id);
        let key = if node.is_chained() {
            "outputs"
        } else {
            OUTPUT_VARIABLES
        };
        let spec = self.tree.find(node.yaml, "spec");
        let list = spec.and_then(|spec| self.tree.find(spec, key));
        let elements = list.map_or(&[][..], |list| self.tree.items(list)).iter();
        let of_v0 = elements.filter_map(move |element| {
            let named = self.tree.find(*element, "name");
            Some((
                named.or_else(|| self.tree.find(*element, "value"))?,
                *element,
            ))
        });
        let of_v1 = match self.pipeline.version {
            YamlVersion::V0 => Vec::new(),
            YamlVersion::V1 => published_outputs(self.tree, node),
        };
        of_v0.chain(of_v1)
    }

    /// An axis of the loop of a node, or of one around it.
    fn axis(&self, id: NodeId, segments: &[Segment]) -> Option<Declaration> {
        let [.., matrix, name] = segments else {
            return None;
        };
        if matrix.name() != Some(MATRIX) {
            return None;
        }
        let mut looping = self.pipeline.self_and_ancestors(id);
        looping.find_map(|node| {
            let mut of_node = axes(self.pipeline.node(node)).iter();
            let meant = of_node.find(|axis| Some(&*axis.name.text) == name.name())?;
            Some(self.axis_of(node, meant))
        })
    }

    /// An axis.
    pub(crate) fn axis_of(&self, node: NodeId, axis: &Axis) -> Declaration {
        Declaration {
            kind: DeclarationKind::Axis,
            fqn: self.fqn(node, &[MATRIX, &axis.name.text]),
            name: self.content(axis.name.yaml),
            whole: self.tree.span(axis.values),
            type_name: None,
        }
    }

    fn fqn(&self, node: NodeId, below: &[&str]) -> String {
        let mut name = self.resolution.names.fqn(node);
        for part in below {
            name.push('.');
            name.push_str(part);
        }
        name
    }

    /// The barriers that the pipeline declares.
    fn barriers(&self) -> impl Iterator<Item = Declaration> {
        self.pipeline.barriers.iter().filter_map(|barrier| {
            let identifier = barrier.identifier.as_ref()?;
            Some(Declaration {
                kind: DeclarationKind::Barrier,
                fqn: identifier.text.to_string(),
                name: self.content(identifier.yaml),
                whole: barrier.span,
                type_name: None,
            })
        })
    }

    /// The scalars in which steps name the barrier at which they wait.
    pub(crate) fn barrier_names(&self) -> impl Iterator<Item = yaml::NodeId> {
        let nodes = self.pipeline.nodes.iter();
        nodes.filter_map(|node| self.pipeline.barrier_named_by(self.tree, node))
    }

    /// The barrier that a step names in a scalar for whose span this holds.
    pub(crate) fn barrier_named_at(&self, is_meant: impl Fn(Span) -> bool) -> Option<Declaration> {
        let mut named = self.barrier_names();
        let named = named.find(|named| is_meant(self.content(*named)))?;
        let name = self.tree.text(named)?;
        self.barriers().find(|barrier| barrier.fqn == name)
    }

    /// The variables, axes and outputs that a node declares, and of a pipeline its barriers.
    pub(crate) fn members(&self, id: NodeId) -> impl Iterator<Item = Declaration> {
        let node = self.pipeline.node(id);
        let variables = node.variables.iter();
        let variables = variables.map(move |variable| self.variable(id, variable));
        let axes = axes(node).iter().map(move |axis| self.axis_of(id, axis));
        let outputs = self.output_names(id);
        let outputs = outputs.map(move |(named, element)| self.output_of(id, named, element));
        let barriers = (id == Pipeline::ROOT).then(|| self.barriers());
        let barriers = barriers.into_iter().flatten();
        variables.chain(axes).chain(outputs).chain(barriers)
    }

    /// What is declared by a name for whose span this holds.
    pub(crate) fn declared_at(&self, is_meant: impl Fn(Span) -> bool) -> Option<Declaration> {
        self.pipeline.ids().find_map(|id| {
            let node = self.pipeline.node(id).identifier.as_ref();
            if node.is_some_and(|named| is_meant(self.content(named.yaml))) {
                return Some(self.node(id));
            }
            self.members(id).find(|member| is_meant(member.name))
        })
    }
}

/// The axes of a node's loop.
pub(crate) fn axes(node: &Node) -> &[Axis] {
    match node.strategy.as_ref().map(|strategy| &strategy.kind) {
        Some(StrategyKind::Matrix { axes, .. }) => axes,
        _ => &[],
    }
}

pub(crate) fn kind_of(node: &Node) -> DeclarationKind {
    match node.kind {
        NodeKind::Pipeline => DeclarationKind::Pipeline,
        NodeKind::Stage => DeclarationKind::Stage,
        NodeKind::StepGroup => DeclarationKind::StepGroup,
        NodeKind::Step => DeclarationKind::Step,
    }
}
