//! What can be written at the cursor, also in text that is not finished.

mod members;
mod prefix;
mod roots;

use pipewright_analysis::Snapshot;
use pipewright_model::{Moment, NodeId, Site, SiteKind};
use pipewright_resolve::Position;
use pipewright_source::{Edit, FileId, Span};

use self::prefix::Prefix;
use crate::DeclarationKind;
use crate::cursor::{Resolved, resolved, touches};

/// Something that can be written at the cursor.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Completion {
    /// What people choose by.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// The whole path from here, or what the name stands for.
    pub detail: String,
    /// What choosing it writes.
    pub edit: Edit,
}

/// The kinds of what can be written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum CompletionKind {
    /// The first name of a path that a run, the platform or a functor gives.
    Root,
    /// Something that the files declare.
    Declared(DeclarationKind),
    /// A field that the run fills in.
    RunTime,
    /// An output that the step's type is known to have.
    Output,
}

impl CompletionKind {
    /// The word for people.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Declared(kind) => kind.as_str(),
            Self::RunTime => "run time",
            Self::Output => DeclarationKind::Output.as_str(),
        }
    }
}

/// What can be written at the cursor: in an expression the names that go on from what stands before it, as far as they
/// can be read from there. Sorted by label. Empty where nothing is known, and outside of expressions.
pub fn complete(snapshot: &Snapshot, file: FileId, offset: u32) -> Vec<Completion> {
    let Some(own) = snapshot.analysis(file) else {
        return Vec::new();
    };
    let tree = own.tree();
    let mut scalars = tree.scalars();
    let Some((scalar, _)) = scalars.find(|(id, _)| touches(tree.span(*id), file, offset)) else {
        return Vec::new();
    };
    let span = tree.span(scalar);
    let all = resolved(snapshot, file).into_iter();
    let Some((of, site)) = all.filter(Resolved::is_own).find_map(|of| {
        let site = of.site_of(span)?;
        Some((of, site))
    }) else {
        return Vec::new();
    };
    let is_whole = matches!(site.kind, SiteKind::Condition | SiteKind::Evaluated);
    let Some(prefix) = Prefix::find(tree, scalar, offset, is_whole) else {
        return Vec::new();
    };
    let place = Place {
        position: Position::new(of.tree, of.pipeline, of.resolution, site.node),
        of,
        reader: site.node,
        prefix,
    };
    let mut found = if place.prefix.path.is_empty() {
        place.roots()
    } else {
        place.members()
    };
    found.sort_by(|a, b| a.label.cmp(&b.label));
    found.dedup_by(|a, b| a.label == b.label);
    found
}

/// Where a name is to be written.
struct Place<'a> {
    of: Resolved<'a>,
    position: Position<'a>,
    reader: NodeId,
    prefix: Prefix,
}

impl Place<'_> {
    /// What choosing a name writes.
    fn completion(&self, label: &str, kind: CompletionKind, detail: String) -> Completion {
        Completion {
            label: label.to_owned(),
            kind,
            detail,
            edit: Edit {
                span: self.prefix.written,
                replacement: label.to_owned(),
            },
        }
    }

    /// The path with one more name.
    fn path_to(&self, name: &str) -> String {
        let mut path = self.prefix.path.join(".");
        if !path.is_empty() {
            path.push('.');
        }
        path + name
    }
}

impl Resolved<'_> {
    /// The site of a scalar; where it holds no expression yet, a setting of the innermost node around it.
    fn site_of(&self, scalar: Span) -> Option<Site> {
        let mut sites = self.pipeline.sites.iter();
        let of_scalar = sites.find(|site| self.tree.span(site.yaml) == scalar);
        if let Some(site) = of_scalar {
            return Some(site.clone());
        }
        let is_around = |id: &NodeId| {
            let around = self.tree.span(self.pipeline.node(*id).yaml);
            around.file == scalar.file && around.range.contains_range(scalar.range)
        };
        let node = self.pipeline.ids().rfind(is_around)?;
        Some(Site::of_node(
            self.pipeline,
            node,
            SiteKind::Setting,
            Moment::Running,
        ))
    }
}
