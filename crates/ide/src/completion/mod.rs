//! What can be written at the cursor, also in text that is not finished.

mod comparison;
mod keys;
mod members;
mod modifiers;
mod plain;
mod prefix;
mod roots;

use pipewright_analysis::Snapshot;
use pipewright_model::{Moment, NodeId, Pipeline, Site, SiteKind};
use pipewright_resolve::{Position, languages_of};
use pipewright_source::{Edit, FileId, Span};
use pipewright_syntax::{Language, Languages, has_island};
use pipewright_yaml::Tree;

use self::comparison::Comparison;
use self::prefix::{Begun, Prefix};
use crate::DeclarationKind;
use crate::cursor::{Resolved, resolved, touches};
use crate::island::text_at;
use crate::link::pipeline_of;

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
    /// A function of a root, or a method of a value.
    Method,
    /// A rule, in a comment that silences it.
    Rule,
    /// A template at hand.
    Template,
    /// A version of a template at hand.
    Version,
    /// The type of a stage or step.
    Type,
    /// A value that a name can have.
    Value,
    /// A key of the YAML.
    Key,
}

impl CompletionKind {
    /// The word for people.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Declared(kind) => kind.as_str(),
            Self::RunTime => "run time",
            Self::Output => DeclarationKind::Output.as_str(),
            Self::Method => "method",
            Self::Rule => "rule",
            Self::Template => "template",
            Self::Version => "version",
            Self::Type => "type",
            Self::Value => "value",
            Self::Key => "key",
        }
    }
}

/// What can be written at the cursor: in an expression the names that go on from what stands before it, as far as they
/// can be read from there; in a comment that silences rules their names; behind `templateRef`, `versionLabel` and
/// `type` the templates at hand and the types of the catalogue; in quotes behind a comparison the values that a name
/// has; behind a runtime input what can limit it; where a key begins the keys that stages, groups and steps of that
/// type have. Sorted by label. Empty where nothing is known.
pub fn complete(snapshot: &Snapshot, file: FileId, offset: u32) -> Vec<Completion> {
    let Some(own) = snapshot.analysis(file) else {
        return Vec::new();
    };
    let tree = own.tree();
    let mut scalars = tree.scalars();
    let Some((scalar, _)) = scalars.find(|(id, _)| touches(tree.span(*id), file, offset)) else {
        let mut found = plain::in_comment(snapshot, file, offset);
        found.extend(keys::keys(snapshot, file, offset));
        found.extend(plain::behind_key(snapshot, file, offset));
        return sorted(found);
    };
    let of_mapping = keys::keys(snapshot, file, offset);
    if !of_mapping.is_empty() {
        return sorted(of_mapping);
    }
    if let Some(found) = modifiers::modifiers(tree, scalar, offset) {
        return sorted(found);
    }
    let of_key = plain::of_key(snapshot, tree, scalar, offset);
    if !of_key.is_empty() && !tree.text(scalar).is_some_and(has_island) {
        return sorted(of_key);
    }
    let span = tree.span(scalar);
    let all = resolved(snapshot, file).into_iter();
    let own = all.filter(Resolved::is_own).find_map(|of| {
        let site = of.site_of(span)?;
        Some((of, site))
    });
    let Some((of, site)) = own.or_else(|| filled(snapshot, tree)) else {
        return Vec::new();
    };
    let is_whole = is_evaluated(site.kind);
    let position = Position::new(of.tree, of.pipeline, of.resolution, site.node);
    let languages = languages_of(of.pipeline.version);
    let Some(begun) = Begun::find(tree, scalar, offset, languages, is_whole) else {
        return Vec::new();
    };
    if let Some(compared) = Comparison::find(&begun) {
        return sorted(compared.values(&position, &of, (tree, scalar)));
    }
    let Some(prefix) = Prefix::find(tree, scalar, offset, &begun) else {
        return Vec::new();
    };
    let place = Place {
        position,
        of,
        reader: site.node,
        prefix,
    };
    sorted(if place.prefix.path.is_empty() {
        place.roots()
    } else {
        place.members()
    })
}

/// The pipeline at hand that an input set or trigger gives values, and where it reads those.
fn filled<'s>(snapshot: &'s Snapshot, tree: &Tree) -> Option<(Resolved<'s>, Site)> {
    let mut roots = tree.roots().iter();
    let identifier = roots.find_map(|root| {
        let set = tree
            .find(*root, "inputSet")
            .and_then(|set| tree.find(set, "pipeline"));
        let of_set = set.and_then(|pipeline| tree.find(pipeline, "identifier"));
        let trigger = tree.find(*root, "trigger");
        let of_trigger = trigger.and_then(|of| tree.find(of, "pipelineIdentifier"));
        tree.text(of_set.or(of_trigger)?)
    })?;
    let file = pipeline_of(snapshot, identifier)?;
    let of = resolved(snapshot, file)
        .into_iter()
        .find(Resolved::is_own)?;
    let site = Site::of_node(
        of.pipeline,
        Pipeline::ROOT,
        SiteKind::Setting,
        Moment::Running,
    );
    Some((of, site))
}

/// By label, each once.
fn sorted(mut found: Vec<Completion>) -> Vec<Completion> {
    found.sort_by(|a, b| a.label.cmp(&b.label));
    found.dedup_by(|a, b| a.label == b.label);
    found
}

/// The text of the innermost expression of JEXL around the cursor, up to it. `None` outside of those.
pub(crate) fn expression_before(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<String> {
    let analysis = snapshot.analysis(file)?;
    let tree = analysis.tree();
    let mut scalars = tree.scalars();
    let (scalar, _) = scalars.find(|(id, _)| touches(tree.span(*id), file, offset))?;
    let text = text_at(analysis, file, offset);
    let is_whole = text.is_some_and(|of| is_evaluated(of.text.kind));
    let languages = text.map_or_else(Languages::default, |of| of.text.languages);
    let begun = Begun::find(tree, scalar, offset, languages, is_whole)?;
    (begun.language == Language::Jexl).then(|| begun.text.to_owned())
}

/// Whether the text of such a site is an expression also outside of islands.
const fn is_evaluated(kind: SiteKind) -> bool {
    matches!(kind, SiteKind::Condition | SiteKind::Evaluated)
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
