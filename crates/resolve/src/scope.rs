//! What the first name of a path stands for at a position (`spec/model.md` §3.2–3.3).

use pipewright_model::catalogue::{self, RootKind, is_outcome};
use pipewright_model::{
    Moment, NodeId, NodeKind, PathSegment, Pipeline, SectionKind, Site, SiteKind, YamlVersion,
    may_hold_expression,
};

use crate::fields::is_field;
use crate::index::Index;
use crate::lists::Found;
use crate::looping::Looping;
use crate::run_tree::{Called, Next, RunPart, StartWord, nearest, part_around, reads_inside};
use crate::{NotInside, Segment, SegmentKind, UnknownReason};

/// What a first name stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Start {
    /// A place; the path goes on with its next part.
    At(RunPart),
    /// The innermost node itself: the first name is a field of it.
    Field(NodeId),
    /// The variables of the innermost node.
    OwnVariables(NodeId),
    /// The inputs that the file declares (v1).
    Inputs,
    /// An enclosing node that loops, by its identifier; whether a suffix followed it.
    Looped(NodeId, bool),
    /// An enclosing node that loops, by its identifier and the suffix of no iteration.
    NoIteration(NodeId),
    /// No part of this pipeline, but a root of the catalogue.
    Root,
    /// Nothing that is known.
    NoRoot,
    /// Something that is not around the reader.
    NotInside(NotInside),
    /// Undecidable.
    Unknown(UnknownReason),
}

/// The outcome that only a Custom stage with an environment publishes.
const ENVIRONMENT: &str = "environment";

/// Whether the text of a site is evaluated somewhere inside or after its node rather than by the node itself, so that
/// relative names are those of another position: values of variables, delegate selectors, the codebase of a pipeline,
/// and so on.
pub fn is_read_elsewhere(pipeline: &Pipeline, site: &Site) -> bool {
    let reader = pipeline.node(site.node).kind;
    match site.kind {
        SiteKind::Variable | SiteKind::EntityInput => return true,
        // The pipeline itself reads it when it has run.
        SiteKind::ChildOutput => return false,
        _ => {}
    }
    let selects_delegates = matches!(
        site.path.first(),
        Some(PathSegment::Key(key)) if **key == *"delegateSelectors"
    );
    let is_codebase = reader == NodeKind::Pipeline && site.moment == Moment::Configuring;
    reader != NodeKind::Step
        && (site.kind == SiteKind::TemplateInput
            || site.moment == Moment::Ended
            || selects_delegates
            || is_codebase)
}

/// The position a site is read from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope<'a> {
    pub(crate) index: &'a Index<'a>,
    pub(crate) site: &'a Site,
}

impl<'a> Scope<'a> {
    pub(crate) fn pipeline(&self) -> &'a Pipeline {
        self.index.pipeline
    }

    pub(crate) fn reader(&self) -> NodeId {
        self.site.node
    }

    fn enclosing(&self, kind: NodeKind) -> Option<NodeId> {
        self.pipeline().enclosing(self.reader(), kind)
    }

    /// When the site is read by its node: what is no setting of a type of step is read by a step as a whole, before
    /// what is in it.
    fn moment(&self) -> Moment {
        let reads_inside = reads_inside(self.pipeline(), self.reader(), self.site.moment);
        let is_in_spec = match self.site.path.first() {
            Some(PathSegment::Key(key)) => **key == *"spec",
            _ => true,
        };
        if reads_inside && !is_in_spec {
            Moment::Starting
        } else {
            self.site.moment
        }
    }

    /// Whether the text goes into a template through its overlay, which may have inputs of its own.
    pub(crate) fn is_of_overlay(&self) -> bool {
        let mut path = self.site.path.iter();
        path.any(|segment| matches!(segment, PathSegment::Key(key) if **key == *"overlay"))
    }

    fn part_around(&self, word: &str) -> Option<RunPart> {
        part_around(self.pipeline(), self.reader(), word, self.moment())
    }

    /// Whether the text is evaluated elsewhere; see [`is_read_elsewhere`].
    pub(crate) fn is_read_elsewhere(&self) -> bool {
        is_read_elsewhere(self.pipeline(), self.site)
    }

    /// What the first part of a path stands for; `rest` is what follows it.
    pub(crate) fn start(&self, first: &Segment, rest: &[Segment]) -> Start {
        let word = match &first.kind {
            SegmentKind::Name(name) | SegmentKind::Quoted(name) => &**name,
            SegmentKind::Postfixed(name) => return self.enclosing_postfixed(name),
            _ => return Start::Unknown(UnknownReason::Dynamic),
        };
        let Some(start) = StartWord::of(word, self.pipeline().version) else {
            return self.other(word, rest);
        };
        if start.can_be_hidden() && self.enclosing_named(word).is_some() {
            return Start::Unknown(UnknownReason::Ambiguous);
        }
        match start {
            StartWord::Pipeline => self.root(RunPart::Node(Pipeline::ROOT)),
            StartWord::Stages => self.root(RunPart::List(Pipeline::ROOT, SectionKind::Stages)),
            StartWord::Nearest(kind) => self.group(kind),
            StartWord::Spec => self.spec(rest),
            StartWord::Execution => self.execution(),
            StartWord::Steps => self.steps(rest),
            StartWord::RollbackSteps => self.rollback_steps(),
            StartWord::Variables => self.own_variables(),
            StartWord::Inputs => Start::Inputs,
        }
    }

    /// A place that only a whole pipeline has.
    fn root(&self, place: RunPart) -> Start {
        if self.pipeline().node(Pipeline::ROOT).kind == NodeKind::Pipeline {
            Start::At(place)
        } else {
            Start::Unknown(UnknownReason::Template)
        }
    }

    /// `stage`, `stepGroup` and `step`: the nearest such node around the reader or itself.
    fn group(&self, kind: NodeKind) -> Start {
        if let Some(node) = nearest(self.pipeline(), self.reader(), kind, self.moment()) {
            // A group's or stage's text that is read inside it may be read inside a deeper group.
            let deeper = kind == NodeKind::StepGroup && self.is_read_elsewhere();
            return if deeper {
                Start::Unknown(UnknownReason::Lazy)
            } else {
                Start::At(RunPart::Node(node))
            };
        }
        let is_open = match kind {
            NodeKind::StepGroup => self.is_planned_as_group(),
            NodeKind::Step => reads_inside(self.pipeline(), self.reader(), self.moment()),
            _ => false,
        };
        if is_open {
            return Start::Unknown(UnknownReason::Open);
        }
        self.missing(NotInside::Node(kind))
    }

    /// Whether the reader is a step that the engine plans as a group of generated steps (`spec/model.md` §8.15): inside
    /// it `stepGroup` is the step itself.
    fn is_planned_as_group(&self) -> bool {
        let reader = self.pipeline().node(self.reader());
        reader.kind == NodeKind::Step
            && (reader.template.is_some()
                || reader
                    .type_name
                    .as_ref()
                    .is_none_or(|name| runs_as_group(&name.text)))
    }

    /// What a relative name that finds nothing means.
    fn missing(&self, what: NotInside) -> Start {
        let root = self.pipeline().node(Pipeline::ROOT).kind;
        let around_is_known = match what {
            NotInside::Node(NodeKind::StepGroup) => {
                matches!(root, NodeKind::Pipeline | NodeKind::Stage)
            }
            NotInside::Node(NodeKind::Step) => true,
            _ => root == NodeKind::Pipeline,
        };
        let may_be_stage_group =
            what == NotInside::Node(NodeKind::StepGroup) && self.is_in_stage_group();
        if !around_is_known || may_be_stage_group {
            Start::Unknown(UnknownReason::Template)
        } else if self.is_read_elsewhere() {
            Start::Unknown(UnknownReason::Lazy)
        } else {
            Start::NotInside(what)
        }
    }

    /// Whether a group of stages is around the reader (v1), which `group` may mean.
    fn is_in_stage_group(&self) -> bool {
        let stage = self.enclosing(NodeKind::Stage);
        stage.is_some_and(|stage| self.pipeline().is_in_stage_group(stage))
    }

    /// `spec`: of a stage where `execution` follows, else of the step itself.
    fn spec(&self, rest: &[Segment]) -> Start {
        let into_execution = rest.first().and_then(Segment::name) == Some("execution");
        match (
            self.enclosing(NodeKind::Step),
            self.enclosing(NodeKind::Stage),
        ) {
            (Some(step), _) if !into_execution => Start::Field(step),
            (_, Some(stage)) => Start::At(RunPart::Spec(stage)),
            _ => self.missing(NotInside::Node(NodeKind::Stage)),
        }
    }

    /// `execution`. Outside of it but in its stage it is taken for what it would be, so that the reader can be told
    /// that it comes too early.
    fn execution(&self) -> Start {
        let around = self.part_around("execution");
        let its_stage = || self.enclosing(NodeKind::Stage).map(RunPart::Execution);
        around
            .or_else(its_stage)
            .map_or_else(|| self.missing(NotInside::Execution), Start::At)
    }

    /// `steps`: the nearest list of that name around the reader, or inside it.
    fn steps(&self, rest: &[Segment]) -> Start {
        let reader = self.reader();
        if self.is_read_elsewhere() {
            return Start::Unknown(UnknownReason::Lazy);
        }
        let own = self.index.has_list(reader, SectionKind::Steps);
        let own_list = RunPart::List(reader, SectionKind::Steps);
        let around = self.part_around(SectionKind::Steps.as_str());
        let Some(around) = around else {
            return if own {
                Start::At(own_list)
            } else {
                self.missing(NotInside::Section(SectionKind::Steps))
            };
        };
        let named = rest.first().and_then(Segment::name);
        let is_own = own
            && named.is_some_and(|name| {
                let tree = self.index.run_tree();
                let found =
                    |list| matches!(tree.step(list, name), Next::Listed(Found::Node { .. }));
                found(own_list) && !found(around)
            });
        Start::At(if is_own { own_list } else { around })
    }

    /// `rollbackSteps`: only while one of them runs.
    fn rollback_steps(&self) -> Start {
        let word = SectionKind::RollbackSteps.as_str();
        let around = self.part_around(word).or_else(|| self.rollback_of_stage());
        let missing = || self.missing(NotInside::Section(SectionKind::RollbackSteps));
        around.map_or_else(missing, Start::At)
    }

    /// In v1 `rollbackSteps` is a word of v0, which is followed to what it stands for.
    fn rollback_of_stage(&self) -> Option<RunPart> {
        let stage = self.enclosing(NodeKind::Stage).filter(|_| self.is_v1())?;
        Some(RunPart::List(stage, SectionKind::RollbackSteps))
    }

    pub(crate) fn is_v1(&self) -> bool {
        self.pipeline().version == YamlVersion::V1
    }

    /// `variables`: those of the pipeline, stage or group that reads. Steps have none, but some types know variables of
    /// their own.
    fn own_variables(&self) -> Start {
        let reader = self.reader();
        if self.pipeline().node(reader).kind == NodeKind::Step {
            Start::Unknown(UnknownReason::Open)
        } else if self.is_read_elsewhere() {
            Start::Unknown(UnknownReason::Lazy)
        } else {
            Start::OwnVariables(reader)
        }
    }

    /// An alias; else a field of the reader; else the identifier of an enclosing node, nearest first; else a root.
    fn other(&self, word: &str, rest: &[Segment]) -> Start {
        let root = catalogue::root(word).map(|root| root.kind());
        if root == Some(RootKind::Alias) {
            return Start::Root;
        }
        let elsewhere = self.is_read_elsewhere();
        let is_whole = rest.iter().all(|segment| segment.name().is_none());
        if root.is_none() && is_whole && is_field(word) && !elsewhere {
            return Start::Field(self.reader());
        }
        if let Some((node, suffixed)) = self.enclosing_named(word) {
            return match self.index.looping(node) {
                _ if is_outcome(word) => Start::Unknown(UnknownReason::Ambiguous),
                Looping::No => Start::At(RunPart::Node(node)),
                _ => Start::Looped(node, suffixed),
            };
        }
        if self.is_v1() {
            // Words of its own stand for what is not public, so that no first name is surely unknown.
            return if self.may_be_called(word) {
                Start::Unknown(UnknownReason::Unnamed)
            } else {
                Start::Root
            };
        }
        if root == Some(RootKind::Placeholder) {
            return Start::NoRoot;
        }
        if self.is_root(word) && (word != ENVIRONMENT || self.may_have_environment()) {
            return Start::Root;
        }
        if elsewhere {
            return if !is_field(word) && self.index.is_nowhere(word) {
                Start::NoRoot
            } else {
                Start::Unknown(UnknownReason::Lazy)
            };
        }
        if let Some(node) = self.enclosing_without_iteration(word) {
            return Start::NoIteration(node);
        }
        let may_be_found = is_field(word)
            || self.is_key_around(word)
            || self.is_inside(word)
            || self.is_template_content()
            || self.has_unknown_type();
        if may_be_found {
            return Start::Unknown(UnknownReason::Open);
        }
        Start::NoRoot
    }

    /// Whether `environment` may be published around the reader: by a Custom stage with an environment. Everywhere else
    /// it is taken for `env` (`spec/model.md` §3.3).
    fn may_have_environment(&self) -> bool {
        let Some(stage) = self.enclosing(NodeKind::Stage) else {
            return self.is_template_content();
        };
        let stage = self.pipeline().node(stage);
        let is_known =
            stage.template.is_none() && catalogue::stage_type(stage.type_text()).is_some();
        let publishes = stage.type_text() == "Custom" && stage.environments.is_some();
        !is_known || publishes || stage.is_dynamic()
    }

    /// Whether a name is a root of the catalogue, an outcome, or a name that only the reader's type of step knows.
    fn is_root(&self, word: &str) -> bool {
        catalogue::root(word).is_some()
            || is_outcome(word)
            || catalogue::is_published(word)
            || self.is_local_root(word)
    }

    /// Whether a name is known where steps of the reader's type evaluate an expression themselves.
    pub(crate) fn is_local_root(&self, word: &str) -> bool {
        let reader = self.pipeline().node(self.reader());
        catalogue::local_roots(reader.type_text()).contains(&word)
    }

    /// Whether the reader is a step of a type that is not known, which may know names of its own.
    fn has_unknown_type(&self) -> bool {
        let reader = self.pipeline().node(self.reader());
        reader.kind == NodeKind::Step && catalogue::step_type(reader.type_text()).is_none()
    }

    /// Whether a key around the site is called so. Service, infrastructure and provisioner are nodes of the run, with
    /// nodes for some of their keys (`spec/model.md` §3.1).
    fn is_key_around(&self, word: &str) -> bool {
        let pipeline = self.pipeline();
        let is_key =
            |segment: &PathSegment| matches!(segment, PathSegment::Key(key) if **key == *word);
        let mut lists = pipeline
            .self_and_ancestors(self.reader())
            .filter_map(|inner| {
                let node = pipeline.node(inner);
                let sections = &pipeline.node(node.parent?).sections;
                sections
                    .iter()
                    .find(|section| Some(section.kind) == node.section)
            });
        self.site.path.iter().any(is_key) || lists.any(|list| list.path.contains(&word))
    }

    /// Whether a node inside the reader has that identifier. What stands beside the reader is not found by its
    /// identifier alone (`spec/engine.md` §3.5).
    fn is_inside(&self, word: &str) -> bool {
        let (pipeline, reader) = (self.pipeline(), self.reader());
        self.index.is_identifier(word)
            && pipeline.ids().any(|node| {
                node != reader
                    && pipeline.is_around(reader, node)
                    && self.index.identifier(node) == Some(word)
            })
    }

    /// Whether nodes around the reader are not known, so that any name may be the identifier of one.
    pub(crate) fn is_template_content(&self) -> bool {
        self.pipeline().node(Pipeline::ROOT).kind != NodeKind::Pipeline
    }

    /// Whether a node surely loops, or stands in something that does, where the loop is not around the reader.
    pub(crate) fn is_in_another_loop(&self, node: NodeId) -> bool {
        let pipeline = self.pipeline();
        let mut around_node = pipeline.self_and_ancestors(node);
        around_node.any(|node| {
            self.index.looping(node) == Looping::Surely && !pipeline.is_around(node, self.reader())
        })
    }

    /// The nearest node around the reader, or itself, that the word calls; and whether it does with a loop's suffix.
    fn enclosing_named(&self, word: &str) -> Option<(NodeId, bool)> {
        let tree = self.index.run_tree();
        let mut outward = self.pipeline().self_and_ancestors(self.reader());
        outward.find_map(|node| match tree.called(node, word)? {
            Called::Bare => Some((node, false)),
            Called::Suffixed(_) => Some((node, true)),
        })
    }

    /// Whether a node around the reader without an identifier may be called so: the engine makes one of its name or
    /// kind, with a suffix where another node has it (`spec/v1.md` §5).
    fn may_be_called(&self, word: &str) -> bool {
        let letters = |text: &str| {
            let letters = text.chars().filter(char::is_ascii_alphanumeric);
            letters.map(|c| c.to_ascii_lowercase()).collect::<String>()
        };
        let word = letters(word);
        let mut outward = self.pipeline().self_and_ancestors(self.reader());
        outward.any(|id| {
            let node = self.pipeline().node(id);
            let made_of = match &node.name {
                Some(name) => &*name.text,
                None => node.type_text(),
            };
            let is_open = made_of.is_empty() || may_hold_expression(made_of);
            let is_unnamed = id != Pipeline::ROOT && node.identifier.is_none();
            is_unnamed && (is_open || word.starts_with(&letters(made_of)))
        })
    }

    /// The nearest looping node around the reader whose identifier is followed by something that would be a suffix.
    fn enclosing_without_iteration(&self, word: &str) -> Option<NodeId> {
        let pipeline = self.pipeline();
        pipeline.self_and_ancestors(self.reader()).find(|node| {
            let behind = self
                .index
                .identifier(*node)
                .and_then(|identifier| word.strip_prefix(identifier));
            self.index.looping(*node) != Looping::No
                && behind.is_some_and(|suffix| suffix.starts_with('_'))
        })
    }

    /// `name<+strategy.identifierPostFix>` as first part.
    fn enclosing_postfixed(&self, name: &str) -> Start {
        match self.enclosing_named(name) {
            Some((node, false)) => Start::Looped(node, true),
            _ => Start::Unknown(UnknownReason::Dynamic),
        }
    }
}

/// Whether steps of that type run containers of their own, which the engine plans as a group of generated steps
/// (`spec/model.md` §8.15).
pub fn runs_as_group(type_name: &str) -> bool {
    type_name == "Container"
        || ["Ssca", "Slsa", "Provenance"]
            .iter()
            .any(|family| type_name.starts_with(family))
}
