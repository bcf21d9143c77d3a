//! Who reads a name, uses a template or runs a pipeline, and what rests on that in turn.

use std::collections::{BTreeMap, BTreeSet};

use pipewright_analysis::Snapshot;
use pipewright_model::{DocumentKind, NodeId};
use pipewright_resolve::{Name, Named, Receiver, Reference, list};
use pipewright_source::{FileId, SourceFile, Span, closest};
use pipewright_yaml as yaml;

use crate::PartKind;
use crate::pairs::At;
use crate::part::{Part, document, documents, file_name, identifier};

/// How many dependents are told in all.
const MAX_DEPENDENTS: usize = 10_000;

/// How far dependents of dependents are followed.
const MAX_DEPTH: usize = 64;

/// What rests on something.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Impact {
    /// What was asked about: the name may be one of several pipelines, and a file may hold several documents.
    pub subjects: Vec<Subject>,
    /// Whether more rests on them than is told.
    pub is_cut: bool,
}

/// A name or a document that was asked about.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Subject {
    /// What it is; `None` for a name.
    pub kind: Option<PartKind>,
    /// The file of it, or of the pipeline that has the name.
    pub file: String,
    /// The fully qualified name, or the identifier of the document.
    pub name: String,
    /// What rests on it.
    pub dependents: Vec<Dependent>,
}

/// How something rests on something else.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Tie {
    /// An expression reads the name.
    Reads,
    /// A node uses the template.
    Uses,
    /// A stage runs the pipeline.
    Runs,
    /// An input set gives values to the pipeline.
    Fills,
    /// An overlay puts the input set on its pipeline.
    Overlays,
}

impl Tie {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reads => "reads",
            Self::Uses => "uses",
            Self::Runs => "runs",
            Self::Fills => "fills",
            Self::Overlays => "overlays",
        }
    }
}

/// What rests on something.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Dependent {
    /// How.
    pub tie: Tie,
    /// The file of the pipeline, template or input set that does.
    pub file: String,
    /// The fully qualified name of the node there, or the identifier of an input set.
    pub fqn: String,
    /// What it reads, as it is written.
    pub path: Option<String>,
    /// Where it is written.
    pub span: Span,
    /// Whether it could not work without. Where only a run can tell, or something else goes by the same name, it might.
    pub breaks: bool,
    /// What rests on this in turn.
    pub dependents: Vec<Self>,
}

impl Dependent {
    /// One that could not work without, and on which nothing is known to rest.
    const fn new(tie: Tie, file: String, fqn: String, span: Span) -> Self {
        Self {
            tie,
            file,
            fqn,
            path: None,
            span,
            breaks: true,
            dependents: Vec::new(),
        }
    }
}

/// Why there is no answer.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImpactError {
    /// Nothing at hand has the name.
    #[error("nothing at hand is called `{name}`{}", meant(.suggestion.as_deref()))]
    Unknown {
        /// The name.
        name: String,
        /// One that is near.
        suggestion: Option<String>,
    },
}

fn meant(suggestion: Option<&str>) -> String {
    suggestion.map_or(String::new(), |name| format!("; did you mean `{name}`?"))
}

/// Tells what rests on `name`: the name of a file in the snapshot, the identifier of a pipeline, template or input set,
/// or the fully qualified name of something in a pipeline. With `within`, only the pipelines of that file have names.
///
/// # Errors
/// Where nothing has the name.
pub fn impact(
    snapshot: &Snapshot,
    name: &str,
    within: Option<FileId>,
) -> Result<Impact, ImpactError> {
    let mut search = Search {
        snapshot,
        parts: Part::of_snapshot(snapshot),
        listed: BTreeMap::new(),
        seen: BTreeSet::new(),
        left: MAX_DEPENDENTS,
        is_cut: false,
    };
    let things = search.called(name, within);
    if things.is_empty() {
        return Err(search.unknown(name));
    }
    let subjects = things.into_iter().map(|thing| {
        search.seen.clear();
        search.seen.insert(thing.clone());
        let dependents = search.dependents(&thing, 0);
        search.subject(&thing, dependents)
    });
    let subjects = subjects.collect();
    Ok(Impact {
        subjects,
        is_cut: search.is_cut,
    })
}

/// Something that others may rest on.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Thing {
    Document(At),
    Name(At, String),
}

struct Search<'s> {
    snapshot: &'s Snapshot,
    parts: BTreeMap<At, Part<'s>>,
    /// The names of the pipelines in which something reads what was asked about.
    listed: BTreeMap<At, Vec<Name>>,
    /// What was told already, so that nothing is followed twice.
    seen: BTreeSet<Thing>,
    left: usize,
    is_cut: bool,
}

impl<'s> Search<'s> {
    /// What a name may mean.
    fn called(&self, name: &str, within: Option<FileId>) -> Vec<Thing> {
        let all =
            |file: FileId| documents(self.snapshot, file).map(move |(at, of)| ((file, at), of));
        let file = self.snapshot.ids().find(|(place, file)| {
            let shown = self.snapshot.source(*file).map(SourceFile::name);
            *place == name || shown == Some(name)
        });
        if let Some((_, file)) = file {
            return all(file).map(|(at, _)| Thing::Document(at)).collect();
        }
        let files = || {
            let ids = self.snapshot.ids().map(|(_, file)| file);
            ids.filter(move |file| within.is_none_or(|within| within == *file))
        };
        let mut found: Vec<Thing> = files()
            .flat_map(all)
            .filter(|(_, document)| !name.is_empty() && identifier(&document.kind) == name)
            .map(|(at, _)| Thing::Document(at))
            .collect();
        if !found.is_empty() {
            return found;
        }
        for (at, part) in &self.parts {
            if within.is_none_or(|within| within == at.0) && has_name(part, name) {
                found.push(Thing::Name(*at, name.to_owned()));
            }
        }
        found
    }

    fn unknown(&self, name: &str) -> ImpactError {
        let mut known: BTreeSet<String> = BTreeSet::new();
        for (_, file) in self.snapshot.ids() {
            known.insert(self.name_of(file));
            for (_, document) in documents(self.snapshot, file) {
                known.insert(identifier(&document.kind).to_owned());
            }
        }
        for part in self.parts.values() {
            known.extend(names(part).into_iter().map(|name| name.fqn));
        }
        let known = || known.iter().map(String::as_str);
        // Expressions may read a name by its end; here it is the whole one.
        let ends_so = |known: &&str| {
            let before = known.strip_suffix(name);
            before.is_some_and(|before| before.ends_with('.'))
        };
        let meant = known().filter(ends_so).min_by_key(|known| known.len());
        ImpactError::Unknown {
            name: name.to_owned(),
            suggestion: meant.or_else(|| closest(name, known())).map(str::to_owned),
        }
    }

    fn name_of(&self, file: FileId) -> String {
        file_name(self.snapshot, file)
    }

    fn subject(&self, thing: &Thing, dependents: Vec<Dependent>) -> Subject {
        match thing {
            Thing::Name(at, name) => Subject {
                kind: None,
                file: self.name_of(at.0),
                name: name.clone(),
                dependents,
            },
            Thing::Document(at) => {
                let kind = self.kind(*at);
                Subject {
                    kind: kind.map(PartKind::of),
                    file: self.name_of(at.0),
                    name: kind.map_or("", identifier).to_owned(),
                    dependents,
                }
            }
        }
    }

    fn kind(&self, at: At) -> Option<&'s DocumentKind> {
        Some(&document(self.snapshot, at)?.kind)
    }

    /// What rests on something, with what rests on that. What is told already is not told again.
    fn dependents(&mut self, thing: &Thing, depth: usize) -> Vec<Dependent> {
        if depth >= MAX_DEPTH {
            self.is_cut = true;
            return Vec::new();
        }
        let mut direct = match thing {
            Thing::Name(at, name) => self.readers(*at, name),
            Thing::Document(at) => match self.kind(*at) {
                Some(DocumentKind::Template(_)) => self.users(*at),
                Some(DocumentKind::Pipeline(_)) => self.runners(*at),
                Some(DocumentKind::InputSet(set)) => {
                    let name = set.identifier.as_ref().map(|named| &*named.text);
                    self.overlays(name.unwrap_or_default())
                }
                _ => Vec::new(),
            },
        };
        direct
            .sort_by(|(one, _), (other, _)| (&one.file, one.span).cmp(&(&other.file, other.span)));
        let mut found = Vec::new();
        for (mut dependent, next) in direct {
            if self.left == 0 {
                self.is_cut = true;
                break;
            }
            self.left -= 1;
            if let Some(next) = next
                && self.seen.insert(next.clone())
            {
                dependent.dependents = self.dependents(&next, depth + 1);
            }
            found.push(dependent);
        }
        found
    }

    /// Who reads a name of a pipeline, in it or through outputs of stages that run it.
    fn readers(&mut self, at: At, name: &str) -> Vec<(Dependent, Option<Thing>)> {
        let Some(part) = self.parts.get(&at).copied() else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for reference in part.resolution.readers(part.pipeline, name) {
            found.push(self.reader((at, &part), reference));
        }
        let others: Vec<(At, Part<'s>)> = self.parts.iter().map(|(at, of)| (*at, *of)).collect();
        for (other_at, other) in others {
            let children = other.beyond.map_or(&[][..], |beyond| beyond.children());
            for child in children {
                if !part.is(child.tree.file(), &child.pipeline) {
                    continue;
                }
                for reference in child.resolution.readers(&child.pipeline, name) {
                    found.push(self.reader((other_at, &other), reference));
                }
            }
        }
        found
    }

    /// The reference stands at a site of `part`, and its setting may be read in turn.
    fn reader(
        &mut self,
        (at, part): (At, &Part<'s>),
        reference: &Reference,
    ) -> (Dependent, Option<Thing>) {
        let site = &part.pipeline.sites[reference.site];
        let dependent = Dependent {
            path: Some(reference.path()),
            breaks: !reference.verdict.is_wrong(),
            ..Dependent::new(
                Tie::Reads,
                self.name_of(at.0),
                part.fqn(site.node),
                part.span(reference),
            )
        };
        let span = part.tree().span(site.yaml);
        let mut names = self.listed.entry(at).or_insert_with(|| names(part)).iter();
        let setting = names.find(|name| name.node == site.node && name.span == Some(span));
        (
            dependent,
            setting.map(|name| Thing::Name(at, name.fqn.clone())),
        )
    }

    /// Which nodes use a template in their own file.
    fn users(&self, at: At) -> Vec<(Dependent, Option<Thing>)> {
        let file = at.0;
        let root = document(self.snapshot, at).map(|document| document.root);
        let mut found = Vec::new();
        for (_, user) in self.snapshot.ids() {
            let Some(whole) = self.snapshot.written_out(user) else {
                continue;
            };
            let uses = whole.uses().as_slice().iter();
            let own = uses
                .filter(|of| of.outer.is_none() && of.template == file && Some(of.root) == root);
            for of in own {
                let (at, fqn) = self.written_at(user, of.span).unzip();
                found.push((
                    Dependent::new(
                        Tie::Uses,
                        self.name_of(user),
                        fqn.unwrap_or_default(),
                        of.span,
                    ),
                    at.map(Thing::Document),
                ));
            }
        }
        found
    }

    /// The document and the node, as the file is written, whose template is named there.
    fn written_at(&self, file: FileId, span: Span) -> Option<(At, String)> {
        let analysis = self.snapshot.analysis(file)?;
        let documents = analysis.documents().iter().enumerate();
        let holders = documents.filter(|(_, document)| document.pipeline().is_some());
        for ((number, _), (pipeline, resolution)) in holders.zip(analysis.resolved()) {
            for id in pipeline.ids() {
                let template = pipeline.node(id).template.as_ref();
                let named = template.and_then(|template| template.template_ref.as_ref());
                if named.is_some_and(|named| named.span == span) {
                    return Some(((file, number), resolution.names.fqn(id)));
                }
            }
        }
        None
    }

    /// Which stages run a pipeline, and which input sets are for it.
    fn runners(&self, at: At) -> Vec<(Dependent, Option<Thing>)> {
        let mut found = Vec::new();
        for (user, part) in &self.parts {
            if !part
                .pipeline
                .nodes
                .iter()
                .any(pipewright_model::Node::is_chained)
            {
                continue;
            }
            let Ok(prepared) = self.snapshot.prepared(user.0, user.1, &[]) else {
                continue;
            };
            for (stage, child) in prepared.pipeline().children() {
                let is_run = |part: &Part<'_>| part.is(child.0, child.1);
                if self.parts.get(&at).is_some_and(is_run) {
                    found.push((
                        self.runner(*user, part, stage),
                        Some(Thing::Document(*user)),
                    ));
                }
            }
        }
        for (_, file) in self.snapshot.ids() {
            found.extend(self.fillers(file, at));
        }
        found
    }

    fn runner(&self, at: At, part: &Part<'s>, stage: NodeId) -> Dependent {
        let node = part.pipeline.node(stage);
        let tree = part.tree();
        let named = tree
            .find(node.yaml, "spec")
            .and_then(|spec| tree.find(spec, "pipeline"));
        let span = tree.span(named.unwrap_or(node.yaml));
        Dependent::new(Tie::Runs, self.name_of(at.0), part.fqn(stage), span)
    }

    /// The input sets of a file that are for a pipeline.
    fn fillers(&self, file: FileId, at: At) -> Vec<(Dependent, Option<Thing>)> {
        let mut found = Vec::new();
        let Some(whole) = self.snapshot.written_out(file) else {
            return found;
        };
        let sets =
            documents(self.snapshot, file).filter_map(|(number, document)| match &document.kind {
                DocumentKind::InputSet(set) => Some((number, set.identifier.as_ref()?)),
                _ => None,
            });
        let own = self.kind(at).map_or("", identifier);
        let is_given = whole.given().iter().any(|given| {
            given.file == file
                && given.asks.0 == at.0
                && matches!(&given.receiver, Receiver::Pipeline(name) if **name == *own)
        });
        if !is_given {
            return found;
        }
        for (number, set) in sets {
            found.push((
                Dependent::new(
                    Tie::Fills,
                    self.name_of(file),
                    set.text.to_string(),
                    set.span,
                ),
                Some(Thing::Document((file, number))),
            ));
        }
        found
    }

    /// The overlays that put an input set on their pipeline.
    fn overlays(&self, name: &str) -> Vec<(Dependent, Option<Thing>)> {
        let mut found = Vec::new();
        for (_, file) in self.snapshot.ids() {
            let Some(tree) = self.snapshot.tree(file) else {
                continue;
            };
            for (number, document) in documents(self.snapshot, file) {
                let DocumentKind::OverlayInputSet(overlay) = &document.kind else {
                    continue;
                };
                let listed = tree
                    .find(document.root, "overlayInputSet")
                    .and_then(|overlay| tree.find(overlay, "inputSetReferences"));
                let items: &[yaml::NodeId] = listed.map_or(&[], |list| tree.items(list));
                let named = items.iter().find(|item| tree.text(**item) == Some(name));
                if let Some(item) = named {
                    let named = overlay.identifier.as_ref();
                    let fqn = named.map_or("", |named| &named.text).to_owned();
                    found.push((
                        Dependent::new(Tie::Overlays, self.name_of(file), fqn, tree.span(*item)),
                        Some(Thing::Document((file, number))),
                    ));
                }
            }
        }
        found
    }
}

/// Whether a pipeline has a name, or something reads it there.
fn has_name(part: &Part<'_>, name: &str) -> bool {
    let is_read = || {
        part.resolution
            .readers(part.pipeline, name)
            .next()
            .is_some()
    };
    if let Some(named) = Named::find(part.pipeline, &part.resolution.loops, name)
        && (named.below.is_empty() || is_read())
    {
        return true;
    }
    names(part).iter().any(|known| known.fqn == name) || is_read()
}

/// The names of a pipeline.
fn names(part: &Part<'_>) -> Vec<Name> {
    list(part.tree(), part.pipeline, &part.resolution.names, false)
}
