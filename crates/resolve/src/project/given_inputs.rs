//! What input sets, uses of templates and chained stages give, held against what asks for it (`spec/model.md` §1.4,
//! §1.5, §2.4).
//!
//! Places match as they do where the values are put in (see `merge`): keys by their names, elements of lists by what
//! identifies them. What only restates the pipeline, such as identifiers and types, gives nothing; a name that the
//! pipeline does not have restates nothing.

use std::collections::HashMap;
use std::ops::ControlFlow;

use pipewright_model::{Document, DocumentKind, NodeId as Reader, Pipeline};
use pipewright_source::{FileId, Span};
use pipewright_syntax::is_runtime_input;
use pipewright_yaml::{NodeId, NodeKind, Resolved, Tree};

use super::child_inputs::{inputs_of, references};
use super::children::ChildName;
use super::merge::{IDENTIFYING_KEYS, Name, flatten};
use super::{DocumentAt, LookUps, Project, Wanted, owner};

/// What one input set, use of a template or chained stage gives.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GivenInputs {
    /// What it is for.
    pub receiver: Receiver,
    /// The file that gives.
    pub file: FileId,
    /// The mapping in that file's tree with what is given.
    pub given: NodeId,
    /// The file of what asks, and there the mapping whose places what is given matches.
    pub asks: (FileId, NodeId),
    /// The values, in the order of the file.
    pub values: Vec<GivenInput>,
}

/// What asks for inputs.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Receiver {
    /// The pipeline of this identifier.
    Pipeline(Box<str>),
    /// The template of this identifier.
    Template(Box<str>),
}

/// A value that is given, and what becomes of it.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct GivenInput {
    /// The value in the tree of the file that gives it; where nothing has its key the key, where nothing has the
    /// element of a list the name of the element.
    pub at: NodeId,
    /// What becomes of it.
    pub fit: InputFit,
    /// Where the receiver has what it is for, or would have it.
    pub beside: Option<Span>,
}

/// What becomes of a value that is given.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum InputFit {
    /// It fills a runtime input, which is written like this.
    Filled(Box<str>),
    /// The receiver has another fixed value there.
    Fixed(Box<str>),
    /// The receiver has no such key.
    NoKey(Box<str>),
    /// The receiver's list has no such element.
    NoElement {
        /// What it is in: `stage`, `step`, … where a key wraps it, else the key of the list, such as `variables`.
        kind: Box<str>,
        /// Its name.
        name: Box<str>,
        /// The names of those that the list has of that kind.
        known: Vec<Box<str>>,
    },
}

/// Keys that come with a service, environment or repository that is asked for, whether the pipeline has them or not.
const COMING_ALONG: [&str; 11] = [
    "build",
    "cluster",
    "deployToAll",
    "filters",
    "gitBranch",
    "gitOpsClusters",
    "infrastructureDefinition",
    "infrastructureDefinitions",
    "metadata",
    "provisioner",
    "servicesOverrides",
];

impl Project {
    /// What the document gives to pipelines and templates that are at hand. What is looked up is noted in `asked`.
    ///
    /// Takes time about linear in what is given and in the lists that it names.
    pub fn given_inputs(&self, at: DocumentAt, asked: &mut LookUps) -> Vec<GivenInputs> {
        let (tree, document) = (self.tree(at), self.document(at));
        if tree.recovered() {
            return Vec::new();
        }
        match &document.kind {
            DocumentKind::InputSet(_) => self.of_input_set(at, asked).into_iter().collect(),
            _ => document.pipeline().map_or_else(Vec::new, |pipeline| {
                let mut given = Vec::new();
                for (number, node) in pipeline.nodes.iter().enumerate() {
                    let reader = Reader(u32::try_from(number).unwrap_or(u32::MAX));
                    if node.template.is_some() {
                        given.extend(self.of_use(at, (tree, document), pipeline, reader, asked));
                    } else if node.is_chained() {
                        given.extend(self.of_chained(
                            at,
                            (tree, document),
                            pipeline,
                            reader,
                            asked,
                        ));
                    }
                }
                given
            }),
        }
    }

    fn of_input_set(&self, at: DocumentAt, asked: &mut LookUps) -> Option<GivenInputs> {
        let (tree, document) = (self.tree(at), self.document(at));
        let DocumentKind::InputSet(set) = &document.kind else {
            return None;
        };
        let identity = self.identity(at);
        let named = ChildName {
            identifier: identity.identifier?,
            owner: identity.owner,
        };
        let pipeline = self.child(at.0, named, asked)?;
        self.to_pipeline(pipeline, named.identifier, (tree, set.pipeline?))
    }

    fn of_chained(
        &self,
        at: DocumentAt,
        (tree, document): (&Tree, &Document),
        pipeline: &Pipeline,
        stage: Reader,
        asked: &mut LookUps,
    ) -> Option<GivenInputs> {
        let stage = pipeline.node(stage);
        let spec = tree.find(stage.yaml, "spec")?;
        let given = inputs_of(tree, spec).filter(|_| references(tree, spec).is_none())?;
        let named = ChildName::by(tree, stage, owner(tree, document))?;
        let child = self.child(at.0, named, asked)?;
        self.to_pipeline(child, named.identifier, (tree, given))
    }

    fn to_pipeline(
        &self,
        pipeline: DocumentAt,
        identifier: &str,
        (tree, given): (&Tree, NodeId),
    ) -> Option<GivenInputs> {
        let of_pipeline = self.tree(pipeline);
        if of_pipeline.recovered() {
            return None;
        }
        let asks = of_pipeline.find(self.document(pipeline).root, "pipeline")?;
        let receiver = Receiver::Pipeline(identifier.into());
        Some(compared(receiver, (of_pipeline, asks), (tree, given)))
    }

    fn of_use(
        &self,
        at: DocumentAt,
        (tree, document): (&Tree, &Document),
        pipeline: &Pipeline,
        user: Reader,
        asked: &mut LookUps,
    ) -> Option<GivenInputs> {
        let node = pipeline.node(user);
        let template = node.template.as_ref()?;
        let given = template.inputs.filter(|given| tree.is_mapping(*given))?;
        let mapping = tree.find(node.yaml, "template")?;
        let branch = tree.find(mapping, "gitBranch");
        let wanted = Wanted {
            kind: node.kind,
            reference: template.template_ref.as_ref(),
            version: template.version_label.as_ref(),
            branch: branch.map(|branch| tree.text(branch).unwrap_or_default()),
        };
        let found = self
            .template(at.0, owner(tree, document), wanted, asked)
            .ok()?;
        let content = self.template_at(found)?.content.as_ref()?;
        let of_template = self.tree(found);
        if of_template.recovered() {
            return None;
        }
        let asks = content.nodes.first()?.yaml;
        let identifier = &template.template_ref.as_ref()?.text;
        let receiver = Receiver::Template(identifier.clone());
        Some(compared(receiver, (of_template, asks), (tree, given)))
    }
}

fn compared(
    receiver: Receiver,
    (asking, asks): (&Tree, NodeId),
    (giving, given): (&Tree, NodeId),
) -> GivenInputs {
    let mut comparison = Comparison {
        asking,
        giving,
        values: Vec::new(),
    };
    comparison.compare("", asks, given);
    GivenInputs {
        receiver,
        file: giving.file(),
        given,
        asks: (asking.file(), asks),
        values: comparison.values,
    }
}

/// One comparison on its way.
struct Comparison<'t> {
    asking: &'t Tree,
    giving: &'t Tree,
    values: Vec<GivenInput>,
}

impl Comparison<'_> {
    /// Compares what stands under one key. Recurses as deep as the trees are.
    fn compare(&mut self, key: &str, asks: NodeId, given: NodeId) {
        match (&self.asking.get(asks).kind, &self.giving.get(given).kind) {
            (NodeKind::Scalar(asked), _) => self.scalar(key, asks, &asked.value.clone(), given),
            (NodeKind::Mapping(_), NodeKind::Mapping(_)) => self.mapping(asks, given),
            (NodeKind::Sequence(_), NodeKind::Sequence(_)) => self.sequence(key, asks, given),
            _ => {}
        }
    }

    fn scalar(&mut self, key: &str, asks: NodeId, asked: &str, given: NodeId) {
        if !self.gives_something(given) {
            return;
        }
        let fit = if is_runtime_input(asked) {
            InputFit::Filled(asked.into())
        } else {
            let text = self.giving.text(given);
            let restates = restates(key) || text == Some(asked);
            if restates || text.is_none_or(is_runtime_input) {
                return;
            }
            InputFit::Fixed(asked.into())
        };
        self.tell(given, fit, Some(self.asking.span(asks)));
    }

    fn mapping(&mut self, asks: NodeId, given: NodeId) {
        // A template stands for the keys that are not there.
        let is_template = self.asking.find(asks, "template").is_some();
        for entry in self.giving.entries(given) {
            let key = self.giving.text(entry.key).unwrap_or_default();
            if let Some(asks) = self.asking.find(asks, key) {
                self.compare(key, asks, entry.value);
                continue;
            }
            let is_open = is_template || key.ends_with("Inputs") || COMING_ALONG.contains(&key);
            if is_open || restates(key) {
                continue;
            }
            if NAMED_LISTS.contains(&key) && self.giving.is_sequence(entry.value) {
                let mut elements = Vec::new();
                flatten(self.giving, entry.value, &mut elements);
                for (name, element) in elements {
                    self.no_element(key, (&name, element), &[], self.asking.span(asks));
                }
            } else if self.gives_something(entry.value) {
                self.tell(entry.key, InputFit::NoKey(key.into()), None);
            }
        }
    }

    fn sequence(&mut self, key: &str, asks: NodeId, given: NodeId) {
        let (mut asked, mut elements) = (Vec::new(), Vec::new());
        flatten(self.asking, asks, &mut asked);
        flatten(self.giving, given, &mut elements);
        // What is filled in later, or has no name, may be anything.
        let is_open = |(name, _): &(Name, NodeId)| name.name.contains(['<', '$', '{']);
        let has_unnamed = asked.is_empty() && !self.asking.items(asks).is_empty();
        if has_unnamed || asked.iter().any(is_open) {
            return;
        }
        let by_name: HashMap<&Name, NodeId> =
            asked.iter().rev().map(|(name, id)| (name, *id)).collect();
        for (name, element) in &elements {
            if let Some(asks) = by_name.get(name) {
                self.compare(key, *asks, *element);
            } else {
                self.no_element(key, (name, *element), &asked, self.asking.span(asks));
            }
        }
    }

    /// Tells of an element that the list does not have.
    fn no_element(
        &mut self,
        list: &str,
        (name, element): (&Name, NodeId),
        asked: &[(Name, NodeId)],
        beside: Span,
    ) {
        let of_kind = asked.iter().filter(|(of, _)| of.wrapper == name.wrapper);
        let fit = InputFit::NoElement {
            kind: name.wrapper.clone().unwrap_or_else(|| list.into()),
            name: name.name.clone(),
            known: of_kind.map(|(of, _)| of.name.clone()).collect(),
        };
        let at = self.name_of(element).unwrap_or(element);
        self.tell(at, fit, Some(beside));
    }

    /// The scalar that names an element of a list.
    fn name_of(&self, element: NodeId) -> Option<NodeId> {
        let tree = self.giving;
        let of = |mapping| {
            IDENTIFYING_KEYS
                .iter()
                .find_map(|key| tree.find(mapping, key))
        };
        of(element).or_else(|| of(tree.entries(element).first()?.value))
    }

    /// Whether there is a value in it, beside what only says where it belongs.
    fn gives_something(&self, given: NodeId) -> bool {
        let mut left = LOOKED_AT;
        self.find_value(given, &mut left).is_break()
    }

    fn find_value(&self, given: NodeId, left: &mut usize) -> ControlFlow<()> {
        let Some(fewer) = left.checked_sub(1) else {
            return ControlFlow::Break(());
        };
        *left = fewer;
        match &self.giving.get(given).kind {
            NodeKind::Scalar(scalar) => {
                let is_null = self.giving.resolve(given) == Some(Resolved::Null);
                if is_null || scalar.value.is_empty() {
                    return ControlFlow::Continue(());
                }
                ControlFlow::Break(())
            }
            NodeKind::Mapping(entries) => {
                let mut values = entries.iter().filter(|entry| {
                    let key = self.giving.text(entry.key).unwrap_or_default();
                    !restates(key)
                });
                values.try_for_each(|entry| self.find_value(entry.value, left))
            }
            NodeKind::Sequence(items) => {
                let mut items = items.iter();
                items.try_for_each(|item| self.find_value(*item, left))
            }
            NodeKind::Alias(_) | NodeKind::BrokenAlias => ControlFlow::Continue(()),
        }
    }

    fn tell(&mut self, at: NodeId, fit: InputFit, beside: Option<Span>) {
        self.values.push(GivenInput { at, fit, beside });
    }
}

/// Whether a key says only where a value belongs.
fn restates(key: &str) -> bool {
    IDENTIFYING_KEYS.contains(&key) || key == "type"
}

/// The lists of what has a name in every pipeline that has it.
const NAMED_LISTS: [&str; 3] = ["variables", "stages", "steps"];

/// How many nodes are looked at for a value in something that is given.
const LOOKED_AT: usize = 1_000;
