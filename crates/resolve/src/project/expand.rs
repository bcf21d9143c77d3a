//! Files with the templates they use written out.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pipewright_model::{self as model, Document, NodeKind, TemplateUse};
use pipewright_source::{FileId, Span};
use pipewright_yaml::limits::MAX_DEPTH;
use pipewright_yaml::{self as yaml, Entry, NodeId, Tree};

use super::merge::merged;
use super::{Opaque, Owner, Project, Wanted, owner};

/// How many templates may stand inside each other. The platform itself allows fewer.
const MAX_NESTING: usize = 16;

/// How many uses of one file are written out.
const MAX_USES: usize = 2_000;

/// How many nodes templates may add to one file, aliases followed.
const MAX_ADDED_NODES: usize = 200_000;

/// A file in which the content of the templates at hand stands where they are used.
#[derive(Clone, Debug)]
pub struct Expansion {
    /// The file's tree with parts of other files in it. Ids of the file's own tree keep their meaning.
    pub tree: Tree,
    /// What is read from the tree: the file's documents, in the same order. Nodes that use a template at hand have its content
    /// and no `template`.
    pub documents: Vec<Document>,
    /// The uses that were written out.
    pub uses: Uses,
    /// The uses that were not, in the order of their places.
    pub opaque: Vec<OpaqueUse>,
}

/// A use of a template that stays as it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
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
    /// The use whose template holds a node, by its place. `None` for the file's own nodes, also those that it gives a template as
    /// inputs.
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

impl Project<'_> {
    /// A file of the project with its templates written out. `None` where it uses none that is at hand.
    ///
    /// Takes time about linear in the size of what is written out, for each level of templates inside templates.
    pub fn expand(&self, file: usize) -> Option<Expansion> {
        let expansion = self.look_up(file)?;
        let is_larger = !expansion.uses.as_slice().is_empty();
        is_larger.then_some(expansion)
    }

    /// The same with the reason of each use that stays opaque, whether one is written out or not. `None` where the file uses no
    /// templates.
    pub fn look_up(&self, file: usize) -> Option<Expansion> {
        let own = self.files[file];
        let look_up = || self.expand_tree(file, own.tree.clone(), own.documents.to_vec());
        uses_templates(own.documents).then(look_up)
    }

    /// The same for a tree that was made from `file`, such as a pipeline with its input sets, whether it uses templates or not.
    /// `documents` are those read from the tree.
    pub fn expand_tree(&self, file: usize, tree: Tree, documents: Vec<Document>) -> Expansion {
        let mut expansion = Expansion {
            tree,
            documents,
            uses: Uses::default(),
            opaque: Vec::new(),
        };
        if !uses_templates(&expansion.documents) {
            return expansion;
        }
        let mut writer = Writer {
            project: self,
            file,
            tree: expansion.tree,
            uses: Uses::default(),
            written_at: HashMap::new(),
            opaque: HashMap::new(),
            added: 0,
        };
        while writer.round(&expansion.documents) {
            expansion.documents = model::documents(&writer.tree);
        }
        expansion.tree = writer.tree;
        expansion.uses = writer.uses;
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
struct Writer<'p, 'a> {
    project: &'p Project<'a>,
    file: usize,
    tree: Tree,
    uses: Uses,
    /// The last use that was written out at a node's mapping.
    written_at: HashMap<NodeId, usize>,
    /// The uses that stay as they are, by the mapping of their node.
    opaque: HashMap<NodeId, OpaqueUse>,
    added: usize,
}

/// A node that uses a template, and what its surroundings say.
struct Place<'d> {
    /// The mapping of the node.
    body: NodeId,
    kind: NodeKind,
    identifier: Option<Box<str>>,
    template: &'d TemplateUse,
    /// The owner of the document.
    owner: Owner<'d>,
    /// How often the mapping stands in the documents: more than once where aliases repeat it.
    times: usize,
    /// Collections around the mapping.
    depth: u32,
}

impl Writer<'_, '_> {
    /// Writes out what the documents, which were read from the tree as it is, use. Whether there was anything to do.
    fn round(&mut self, documents: &[Document]) -> bool {
        let before = self.tree.clone();
        let mut changed = false;
        for place in self.places(&before, documents) {
            match self.write_out(&before, &place) {
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
    fn places<'d>(&self, tree: &'d Tree, documents: &'d [Document]) -> Vec<Place<'d>> {
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
                    owner: owner(tree, document),
                    times: 1,
                    depth: depths.at(body),
                });
            }
        }
        places
    }

    /// Puts the content of the template into the node that uses it.
    fn write_out(&mut self, before: &Tree, place: &Place<'_>) -> Result<(), Opaque> {
        let project = self.project;
        let around = self
            .written_at
            .get(&place.body)
            .copied()
            .or_else(|| self.uses.of(place.body));
        let template = before.find(place.body, "template").ok_or(Opaque::Dynamic)?;
        let wanted = Wanted {
            kind: place.kind,
            reference: place.template.template_ref.as_ref(),
            version: place.template.version_label.as_ref(),
            names_branch: before.find(template, "gitBranch").is_some(),
        };
        let (file, owner) = match around {
            Some(at) => self.position(at),
            None => (self.file, place.owner),
        };
        let found = project.template(file, owner, wanted)?;
        let source = project.files[found.file].tree;
        let content = found.template.content.as_ref().ok_or(Opaque::NotAtHand)?;
        let content = content.nodes.first().ok_or(Opaque::NotAtHand)?.yaml;
        let inputs = place.template.inputs;

        self.check_nesting(around, (source.file(), found.root))?;
        let extent = source.extent(content);
        let of_inputs = inputs.map_or(0, |inputs| before.extent(inputs).height);
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
            root: found.root,
            outer: around,
            copied,
            file: found.file,
        });
        Ok(())
    }

    /// Where a template's own uses are looked up from: its file, and who owns it.
    fn position(&self, at: usize) -> (usize, Owner<'_>) {
        let Use { file, root, .. } = self.uses.0[at];
        let tree = self.project.files[file].tree;
        let entity = tree.find(root, "template");
        let owner = entity.map_or_else(Owner::default, |entity| Owner::of(tree, entity));
        (file, owner)
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

    /// The entries of the node with those of the template's content in place of `template`. What the node itself says holds, but
    /// variables of both are there.
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
