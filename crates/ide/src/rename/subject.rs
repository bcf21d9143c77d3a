//! What is to have another name.

use std::collections::BTreeSet;

use pipewright_analysis::Snapshot;
use pipewright_model::identifier::{problem, variable_name_problem};
use pipewright_resolve::POSTFIX;
use pipewright_source::{FileId, Span};
use pipewright_yaml::{Resolved as Yaml, parse};

use super::RenameError;
use crate::cursor::{fixed_text, path_name, resolved};
use crate::{DeclarationKind, definition};

/// What is to have another name.
pub(super) struct Subject {
    pub(super) kind: DeclarationKind,
    /// The name it has, without what a loop puts behind it.
    pub(super) name: String,
    /// The names of its declarations: several where a template reads it in several pipelines.
    pub(super) declared: BTreeSet<Span>,
}

impl Subject {
    /// What is named at the cursor.
    pub(super) fn at(snapshot: &Snapshot, file: FileId, offset: u32) -> Result<Self, RenameError> {
        let declarations = definition(snapshot, file, offset);
        let first = declarations.first().ok_or(RenameError::NoName)?;
        if !first.kind.is_renamed() || first.name == first.whole {
            return Err(RenameError::Fixed(first.kind));
        }
        let written = snapshot.sources().slice(first.name);
        let name = written.strip_suffix(POSTFIX).unwrap_or(written).to_owned();
        let is_written = match path_name(snapshot, file, (file, offset)) {
            None => true,
            Some(of) => {
                let text = fixed_text(&of.read.reference.segments[of.segment]);
                text.is_some_and(|text| text.starts_with(&*name))
            }
        };
        if name.is_empty() || !is_written {
            return Err(RenameError::NoName);
        }
        let subject = Self {
            kind: first.kind,
            name,
            declared: declarations.iter().map(|of| of.name).collect(),
        };
        subject.check_declared_here(snapshot)?;
        Ok(subject)
    }

    /// Whether it is a stage, group or step, whose name has a suffix in each turn of a loop.
    pub(super) const fn is_node(&self) -> bool {
        matches!(
            self.kind,
            DeclarationKind::Stage | DeclarationKind::StepGroup | DeclarationKind::Step
        )
    }

    /// Refuses what Harness or YAML would not take for a name.
    pub(super) fn accepts(&self, to: &str) -> Result<(), RenameError> {
        let problem = match self.kind {
            DeclarationKind::Variable | DeclarationKind::Output => variable_name_problem(to),
            _ => problem(to),
        };
        if let Some(problem) = problem {
            return Err(RenameError::Name(problem));
        }
        let tree = parse(FileId(0), to);
        let root = tree.roots().first();
        let is_text = root.is_some_and(|root| tree.resolve(*root) == Some(Yaml::Text));
        if is_text {
            Ok(())
        } else {
            Err(RenameError::NoText)
        }
    }

    /// Refuses a variable that stands in the inputs of a template which is not at hand.
    fn check_declared_here(&self, snapshot: &Snapshot) -> Result<(), RenameError> {
        let files = self.declared.iter().map(|span| span.file);
        for of in files.flat_map(|file| resolved(snapshot, file)) {
            let given = of.pipeline.nodes.iter().flat_map(|node| &node.variables);
            let mut given = given.filter(|variable| variable.is_given);
            if given.any(|variable| self.declared.contains(&of.content(variable.name.yaml))) {
                return Err(RenameError::OfTemplate);
            }
        }
        Ok(())
    }
}
