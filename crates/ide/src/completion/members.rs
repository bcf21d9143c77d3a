//! The names that go on from a path.

use pipewright_engine::FUNCTORS;
use pipewright_jexl::methods::{Receiver, table};
use pipewright_model::catalogue::root;
use pipewright_model::{Axis, YamlVersion};
use pipewright_resolve::{Availability, Member, Name, NameKind, Target, Verdict, list};

use super::{Completion, CompletionKind, Place};
use crate::DeclarationKind;
use crate::declared::{axes, kind_of};

impl Place<'_> {
    /// What is below the path before the cursor, as far as it can be read from here.
    pub(super) fn members(&self) -> Vec<Completion> {
        let path = self.prefix.path.join(".");
        let is_of_inputs = matches!(&*path, "inputs" | "pipeline.inputs");
        if is_of_inputs && self.of.pipeline.version == YamlVersion::V1 {
            return self.inputs().collect();
        }
        match self.position.verdict(&path) {
            Verdict::RunTime => {
                let mut found = self.of_root();
                found.extend(self.functors());
                found
            }
            verdict => match verdict.target() {
                Some(target) if matches!(target.member, Member::Variable(_)) => {
                    self.methods(target)
                }
                Some(target) => self.below(target),
                None => Vec::new(),
            },
        }
    }

    /// The functions of a root such as `json`.
    fn functors(&self) -> impl Iterator<Item = Completion> {
        let only = match self.prefix.path.as_slice() {
            [only] => Some(only.as_str()),
            _ => None,
        };
        let functors = FUNCTORS.iter();
        let functors = functors.filter(move |functor| Some(functor.root) == only);
        functors.map(|functor| {
            self.completion(functor.name, CompletionKind::Method, functor.signature())
        })
    }

    /// The methods of a variable's value: of a text, or of a number where that is declared. One of each name.
    fn methods(&self, target: Target) -> Vec<Completion> {
        let Member::Variable(index) = target.member else {
            return Vec::new();
        };
        let declared = &self.of.pipeline.node(target.node).variables;
        let variable = declared.get(index as usize);
        let of_type = variable.and_then(|variable| variable.type_name.as_ref());
        let receivers: &[Receiver] = match of_type.map(|of| &*of.text) {
            None | Some("String") => &[Receiver::Text, Receiver::Any],
            Some("Number") => &[Receiver::Number, Receiver::Double, Receiver::Any],
            // A secret is known to nobody before it is used.
            Some(_) => &[],
        };
        let rows = table().filter(|row| receivers.contains(&row.receiver));
        let rows =
            rows.map(|row| self.completion(row.name, CompletionKind::Method, row.signature()));
        rows.collect()
    }

    /// The members of a root that only a run knows.
    fn of_root(&self) -> Vec<Completion> {
        let Some((first, below)) = self.prefix.path.split_first() else {
            return Vec::new();
        };
        if first == "matrix" && below.is_empty() {
            return self.axes().collect();
        }
        let Some(root) = root(first) else {
            return Vec::new();
        };
        let mut before = below.join(".");
        if !before.is_empty() {
            before.push('.');
        }
        let members = root.members().filter_map(|member| {
            let rest = member.path.strip_prefix(&*before)?;
            let name = rest.split('.').next().unwrap_or(rest);
            let is_name = !name.is_empty() && !name.contains(['*', '[', '(']);
            let path = self.path_to(name);
            let detail = match member.remark.filter(|_| rest == name) {
                Some(remark) => format!("{path} ({remark})"),
                None => path,
            };
            is_name.then(|| self.completion(name, CompletionKind::RunTime, detail))
        });
        members.collect()
    }

    /// The axes of the loops around the reader.
    fn axes(&self) -> impl Iterator<Item = Completion> {
        let pipeline = self.of.pipeline;
        let around = pipeline.self_and_ancestors(self.reader);
        around.flat_map(move |node| {
            let of_node: &[Axis] = axes(pipeline.node(node));
            of_node.iter().map(|axis| {
                let kind = CompletionKind::Declared(DeclarationKind::Axis);
                let name = &axis.name.text;
                self.completion(name, kind, self.path_to(name))
            })
        })
    }

    /// The inputs of v1 that the nodes around the reader declare.
    fn inputs(&self) -> impl Iterator<Item = Completion> {
        let pipeline = self.of.pipeline;
        let around = pipeline.self_and_ancestors(self.reader);
        let declared = around.flat_map(|node| &pipeline.node(node).variables);
        declared
            .filter(|variable| variable.is_input)
            .map(|variable| {
                let kind = CompletionKind::Declared(DeclarationKind::Variable);
                let name = &variable.name.text;
                self.completion(name, kind, self.path_to(name))
            })
    }

    /// What the pipeline has below what the path leads to.
    fn below(&self, target: Target) -> Vec<Completion> {
        let of = &self.of;
        let mut fqn = of.resolution.names.fqn(target.node);
        if let Member::Section(keys) = target.member {
            for key in keys {
                fqn.push('.');
                fqn.push_str(key);
            }
        }
        let behind = self.prefix.path.get(target.at..).unwrap_or_default();
        for key in behind {
            fqn.push('.');
            fqn.push_str(key);
        }
        fqn.push('.');
        let names = list(of.tree, of.pipeline, &of.resolution.names, true);
        let below = names.iter().filter_map(|name| {
            let rest = name.fqn.strip_prefix(&*fqn)?;
            let next = rest.split(['.', '[']).next().unwrap_or(rest);
            Some((name, next, next.len() == rest.len()))
        });
        let mut found: Vec<Completion> = Vec::new();
        for (name, next, is_last) in below {
            if next.is_empty() || found.last().is_some_and(|last| last.label == next) {
                continue;
            }
            found.extend(self.member(name, next, is_last));
        }
        found
    }

    /// A name below the path, if it can be read from here: of a loop its first instance.
    fn member(&self, name: &Name, next: &str, is_last: bool) -> Option<Completion> {
        let path = self.path_to(next);
        let label = match self.position.verdict(&path) {
            Verdict::NoInstance(_) => format!("{next}_0"),
            verdict if verdict.is_wrong() => return None,
            _ => next.to_owned(),
        };
        let kind = if is_last {
            self.what(name)
        } else {
            CompletionKind::Declared(DeclarationKind::Section)
        };
        let detail = match name.available {
            Availability::Always => path,
            available => format!("{path} ({})", available.as_str()),
        };
        Some(self.completion(&label, kind, detail))
    }

    fn what(&self, name: &Name) -> CompletionKind {
        let declared = CompletionKind::Declared;
        match name.kind {
            NameKind::Variable => declared(DeclarationKind::Variable),
            NameKind::Output if name.span.is_some() => declared(DeclarationKind::Output),
            NameKind::Output => CompletionKind::Output,
            NameKind::RunTime => CompletionKind::RunTime,
            _ if name.parts.is_empty() => declared(kind_of(self.of.pipeline.node(name.node))),
            _ => declared(DeclarationKind::Setting),
        }
    }
}
