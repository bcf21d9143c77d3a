//! Files with the templates they use written out.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use pipewright_model::{self as model, Document, NodeKind, TemplateUse, YamlVersion};
use pipewright_source::{FileId, Span};
use pipewright_yaml::limits::MAX_DEPTH;
use pipewright_yaml::{self as yaml, Entry, NodeId, Tree};

use super::merge::merged;
use super::{LookUps, Opaque, Project, Wanted, owner};

/// How many templates may stand inside each other. The platform itself allows fewer.
const MAX_NESTING: usize = 16;

/// How many uses of one file are written out.
const MAX_USES: usize = 2_000;

/// How many nodes templates may add to one file, aliases followed.
const MAX_ADDED_NODES: usize = 200_000;

/// A file in which the content of the templates at hand stands where they are used.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Expansion {
    /// The file's tree with parts of other files in it. Ids of the file's own tree keep their meaning.
    pub tree: Arc<Tree>,
    /// What is read from the tree: the file's documents, in the same order. Nodes that use a template at hand have its
    /// content and no `template`.
    pub documents: Arc<[Document]>,
    /// The uses that were written out.
    pub uses: Uses,
    /// The uses that were not, in the order of their places.
    pub opaque: Vec<OpaqueUse>,
    /// The templates that were looked for.
    pub asked: LookUps,
}

/// A use of a template that stays as it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct OpaqueUse {
    /// The whole `template` mapping, in the file where it is written.
    pub span: Span,
    /// The mapping of the node that uses it, in the expansion's tree.
    pub body: NodeId,
    /// Why its content is not known.
    pub reason: Opaque,
}

/// A use of a template that was written out.
#[derive(Clone, Debug)]
pub struct Use {
    /// The `templateRef`, in the file where it is written.
    pub span: Span,
    /// The kind of node that uses it.
    pub kind: NodeKind,
    /// The identifier of that node.
    pub identifier: Option<Box<str>>,
    /// The file of the template.
    pub template: FileId,
    /// The template's document in the tree of its own file.
    pub root: NodeId,
    /// The place of that document in its file.
    document: usize,
    /// The place in [`Uses`] of the use in whose content this one stands.
    pub outer: Option<usize>,
    /// The nodes of the expansion's tree that are of this content and of no use inside it.
    copied: Range<NodeId>,
    /// The place in the project of the template's file.
    file: usize,
}

/// The uses of an expansion; one around another stands before it.
#[derive(Clone, Debug, Default)]
pub struct Uses(Vec<Use>);

impl Uses {
    /// The use whose template holds a node, by its place. `None` for the file's own nodes, also those that it gives a
    /// template as inputs.
    pub fn of(&self, node: NodeId) -> Option<usize> {
        // The nodes of each use were added after those of the use before.
        let begun = self.0.partition_point(|one| one.copied.start <= node);
        let at = begun.checked_sub(1)?;
        self.0[at].copied.contains(&node).then_some(at)
    }

    /// A use and those around it, from the inside to the outside.
    pub fn around(&self, at: Option<usize>) -> impl Iterator<Item = &Use> {
        let outer = |at: &usize| self.0[*at].outer;
        std::iter::successors(at, outer).map(|at| &self.0[at])
    }

    /// All uses, each at its place.
    pub fn as_slice(&self) -> &[Use] {
        &self.0
    }
}

impl Project {
    /// A file of the project with its templates written out, and the reason of each use that stays opaque. `None` where
    /// the file uses no templates. Made at the first call.
    ///
    /// Takes time about linear in the size of what is written out, for each level of templates inside templates.
    pub fn expansion(&self, file: usize) -> Option<&Arc<Expansion>> {
        let expand = || {
            let own = &self.files[file];
            let expand = || self.expand_tree(file, &own.tree, &own.documents);
            uses_templates(&own.documents).then(|| Arc::new(expand()))
        };
        self.expansions[file].get_or_init(expand).as_ref()
    }

    /// The same for a tree that was made from `file`, such as a pipeline with its input sets, whether it uses templates
    /// or not. `documents` are those read from the tree.
    pub fn expand_tree(
        &self,
        file: usize,
        tree: &Arc<Tree>,
        documents: &Arc<[Document]>,
    ) -> Expansion {
        let mut expansion = Expansion {
            tree: Arc::clone(tree),
            documents: Arc::clone(documents),
            uses: Uses::default(),
            opaque: Vec::new(),
            asked: LookUps::default(),
        };
        if !uses_templates(documents) {
            return expansion;
        }
        let mut writer = Writer {
            project: self,
            file,
            tree: Tree::clone(tree),
            uses: Uses::default(),
            written_at: HashMap::new(),
            opaque: HashMap::new(),
            added: 0,
            asked: LookUps::default(),
        };
        while writer.round(&expansion.documents) {
            expansion.documents = model::documents(&writer.tree).into();
        }
        expansion.uses = writer.uses;
        if !expansion.uses.as_slice().is_empty() {
            expansion.tree = Arc::new(writer.tree);
        }
        expansion.asked = writer.asked;
        expansion.opaque = writer.opaque.into_values().collect();
        expansion
            .opaque
            .sort_unstable_by_key(|of| (of.span, of.body));
        expansion
    }
}

fn uses_templates(documents: &[Document]) -> bool {
    let mut nodes = documents
        .iter()
        .filter_map(Document::pipeline)
        .flat_map(|pipeline| &pipeline.nodes);
    nodes.any(|node| node.template.is_some())
}

/// Writes templates out, one level of nesting in each round.
struct Writer<'p> {
    project: &'p Project,
    file: usize,
    tree: Tree,
    uses: Uses,
    /// The last use that was written out at a node's mapping.
    written_at: HashMap<NodeId, usize>,
    /// The uses that stay as they are, by the mapping of their node.
    opaque: HashMap<NodeId, OpaqueUse>,
    added: usize,
    asked: LookUps,
}

/// A node that uses a template, and what its surroundings say.
struct Place<'d> {
    /// The mapping of the node.
    body: NodeId,
    kind: NodeKind,
    identifier: Option<Box<str>>,
    template: &'d TemplateUse,
    /// The document it stands in.
    document: &'d Document,
    /// How often the mapping stands in the documents: more than once where aliases repeat it.
    times: usize,
    /// Collections around the mapping.
    depth: u32,
}

impl Writer<'_> {
    /// Writes out what the documents, which were read from the tree as it is, use. Whether there was anything to do.
    fn round(&mut self, documents: &[Document]) -> bool {
        let mut changed = false;
        for place in self.places(documents) {
            match self.write_out(&place) {
                Ok(()) => changed = true,
                Err(reason) => {
                    let of = OpaqueUse {
                        span: place.template.span,
                        body: place.body,
                        reason,
                    };
                    self.opaque.insert(place.body, of);
                }
            }
        }
        changed
    }

    /// The nodes whose template is to be looked at, each mapping once.
    fn places<'d>(&self, documents: &'d [Document]) -> Vec<Place<'d>> {
        let tree = &self.tree;
        let depths = Depths::of(tree);
        let mut known: HashMap<NodeId, usize> = HashMap::new();
        let mut places: Vec<Place<'d>> = Vec::new();
        for document in documents {
            for node in document.pipeline().iter().flat_map(|p| &p.nodes) {
                let body = tree.target(node.yaml);
                let Some(template) = &node.template else {
                    continue;
                };
                if self.opaque.contains_key(&body) {
                    continue;
                }
                if let Some(at) = known.get(&body) {
                    places[*at].times += 1;
                    continue;
                }
                known.insert(body, places.len());
                places.push(Place {
                    body,
                    kind: node.kind,
                    identifier: node.identifier.as_ref().map(|located| located.text.clone()),
                    template,
                    document,
                    times: 1,
                    depth: depths.at(body),
                });
            }
        }
        places
    }

    /// Puts the content of the template into the node that uses it.
    fn write_out(&mut self, place: &Place<'_>) -> Result<(), Opaque> {
        let project = self.project;
        let around = self
            .written_at
            .get(&place.body)
            .copied()
            .or_else(|| self.uses.of(place.body));
        let tree = &self.tree;
        if place.document.version == YamlVersion::V1 {
            // A file of v1 does not say as which template it is stored.
            return Err(Opaque::NotAtHand);
        }
        let template = tree.find(place.body, "template").ok_or(Opaque::Dynamic)?;
        let branch = tree.find(template, "gitBranch");
        let branch = branch.map(|branch| tree.text(branch).unwrap_or_default().to_owned());
        let wanted = Wanted {
            kind: place.kind,
            reference: place.template.template_ref.as_ref(),
            version: place.template.version_label.as_ref(),
            branch: branch.as_deref(),
        };
        // A template's own uses are looked up from where the template stands.
        let (file, owner) = match around.map(|at| &self.uses.0[at]) {
            Some(outer) => (outer.file, project.owner((outer.file, outer.document))),
            None => (self.file, owner(tree, place.document)),
        };
        let found = project.template(file, owner, wanted, &mut self.asked)?;
        let (source, root) = (project.tree(found), project.document(found).root);
        let content = project.template_at(found).and_then(|template| {
            let root = template.content.as_ref()?.nodes.first()?;
            Some(root.yaml)
        });
        let content = content.ok_or(Opaque::NotAtHand)?;
        let inputs = place.template.inputs;

        self.check_nesting(around, (source.file(), root))?;
        let extent = source.extent(content);
        let of_inputs = inputs.map_or(0, |inputs| self.tree.extent(inputs).height);
        if place.depth + extent.height + of_inputs > MAX_DEPTH {
            return Err(Opaque::TooDeep);
        }
        let added = extent.nodes.saturating_mul(place.times);
        if self.uses.0.len() >= MAX_USES || self.added.saturating_add(added) > MAX_ADDED_NODES {
            return Err(Opaque::TooLarge);
        }
        self.added += added;

        let start = self.tree.end();
        let mut copy = self.tree.graft(source, content);
        if let Some(inputs) = inputs {
            copy = merged(&mut self.tree, copy, inputs);
        }
        let entries = self.joined(place.body, copy);
        let copied = start..self.tree.end();
        self.tree
            .replace(place.body, yaml::NodeKind::Mapping(entries));
        self.written_at.insert(place.body, self.uses.0.len());
        self.uses.0.push(Use {
            span: wanted
                .reference
                .map_or(place.template.span, |name| name.span),
            kind: place.kind,
            identifier: place.identifier.clone(),
            template: source.file(),
            root,
            document: found.1,
            outer: around,
            copied,
            file: found.0,
        });
        Ok(())
    }

    fn check_nesting(
        &self,
        around: Option<usize>,
        template: (FileId, NodeId),
    ) -> Result<(), Opaque> {
        let mut nesting = 0;
        for outer in self.uses.around(around) {
            if (outer.template, outer.root) == template {
                return Err(Opaque::Cycle);
            }
            nesting += 1;
        }
        if nesting >= MAX_NESTING {
            return Err(Opaque::TooDeep);
        }
        Ok(())
    }

    /// The entries of the node with those of the template's content in place of `template`. What the node itself says
    /// holds, but variables of both are there.
    fn joined(&mut self, body: NodeId, content: NodeId) -> Vec<Entry> {
        let tree = &mut self.tree;
        let is_template = |tree: &Tree, entry: &Entry| tree.text(entry.key) == Some("template");
        let mut entries = tree.entries(body).to_vec();
        entries.retain(|entry| !is_template(tree, entry));
        let own: HashSet<Box<str>> = entries
            .iter()
            .filter_map(|entry| tree.text(entry.key).map(Into::into))
            .collect();
        for entry in tree.entries(content).to_vec() {
            let key = tree.text(entry.key).unwrap_or_default();
            if !own.contains(key) {
                entries.push(entry);
            } else if key == "variables" {
                add_items(tree, &mut entries, entry);
            }
        }
        entries
    }
}

/// Adds the items of a list to the entry of the same key.
fn add_items(tree: &mut Tree, entries: &mut [Entry], more: Entry) {
    let same = entries
        .iter_mut()
        .find(|entry| tree.text(entry.key) == tree.text(more.key));
    let Some(entry) = same else {
        return;
    };
    let items = [tree.items(entry.value), tree.items(more.value)].concat();
    entry.value = tree.derive(entry.value, yaml::NodeKind::Sequence(items));
}

/// How many collections stand around each collection of a tree; of one that aliases repeat, the most.
struct Depths(HashMap<NodeId, u32>);

impl Depths {
    fn of(tree: &Tree) -> Self {
        let mut depths = Self(HashMap::new());
        for root in tree.roots() {
            depths.visit(tree, *root, 0);
        }
        depths
    }

    fn visit(&mut self, tree: &Tree, id: NodeId, depth: u32) {
        let id = tree.target(id);
        if tree.scalar(id).is_some() || self.0.get(&id).is_some_and(|known| *known >= depth) {
            return;
        }
        self.0.insert(id, depth);
        for entry in tree.entries(id) {
            self.visit(tree, entry.value, depth + 1);
        }
        for item in tree.items(id) {
            self.visit(tree, *item, depth + 1);
        }
    }

    fn at(&self, id: NodeId) -> u32 {
        self.0.get(&id).copied().unwrap_or(0)
    }
}
