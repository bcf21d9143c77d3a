//! Two snapshots held against each other.

use std::collections::{BTreeMap, BTreeSet};

use pipewright_analysis::Snapshot;
use pipewright_lint::{Kept, Options};
use pipewright_model::DocumentKind;
use pipewright_source::{Diagnostic, FileId, SourceFile};

use crate::findings::{Findings, findings};
use crate::mapping::Mapping;
use crate::matching::name;
use crate::names::{Names, names};
use crate::order::OrderDifference;
use crate::pairs::{At, Pairs};
use crate::part::{Part, document, file_name, identifier};
use crate::settings::SettingDifference;
use crate::verdicts::{Asked, Verdicts, verdicts};
use crate::{documents, order, settings};

/// What is asked of a comparison.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Question {
    /// The rules whose findings count.
    pub options: Options,
    /// Under which values plans are held against each other, for each pipeline.
    pub asked: Asked,
    /// The same for pipelines of some files, by the name of the file after.
    pub asked_of: BTreeMap<String, Asked>,
    /// Input sets that are merged into the pipelines they are for, by their names.
    pub input_sets: Vec<String>,
}

/// What differs.
#[derive(Clone, PartialEq, Debug, Default)]
#[non_exhaustive]
pub struct Comparison {
    /// The pipelines that differ in meaning, by file.
    pub pipelines: Vec<Difference>,
    /// The templates that do, by themselves.
    pub templates: Vec<Difference>,
    /// What else does: input sets, pipelines of the newer format.
    pub others: Vec<Difference>,
    /// How many pipelines were held against each other.
    pub compared: usize,
}

impl Comparison {
    /// Whether nothing differs in meaning.
    pub fn is_empty(&self) -> bool {
        self.all().next().is_none()
    }

    /// Everything that differs: pipelines, then templates, then others.
    pub fn all(&self) -> impl Iterator<Item = &Difference> {
        self.pipelines
            .iter()
            .chain(&self.templates)
            .chain(&self.others)
    }
}

/// What differs in one document.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Difference {
    /// The name of its file after; before where it is gone.
    pub file: String,
    /// Its identifier, likewise.
    pub identifier: String,
    /// What it is.
    pub kind: PartKind,
    /// Whether both sides have it.
    pub change: Change,
    /// The names that differ.
    pub names: Names,
    /// The settings that do, with those of templates that are written out.
    pub settings: Vec<SettingDifference>,
    /// The nodes that run before, after or beside others than they did.
    pub order: Vec<OrderDifference>,
    /// The findings that differ, in its file.
    pub findings: Findings,
    /// What would run, where that differs.
    pub verdicts: Verdicts,
}

impl Difference {
    fn has_any(&self) -> bool {
        self.change != Change::Changed
            || !self.names.is_empty()
            || !self.settings.is_empty()
            || !self.order.is_empty()
            || !self.findings.is_empty()
            || !self.verdicts.is_empty()
    }
}

/// What a document is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum PartKind {
    /// A pipeline.
    Pipeline,
    /// A template.
    Template,
    /// An input set, or an overlay of several.
    InputSet,
    /// A pipeline or input set of the newer format.
    Version1,
}

impl PartKind {
    pub(crate) const fn of(kind: &DocumentKind) -> Self {
        match kind {
            DocumentKind::Pipeline(_) => Self::Pipeline,
            DocumentKind::Template(_) => Self::Template,
            DocumentKind::InputSet(_) | DocumentKind::OverlayInputSet(_) => Self::InputSet,
            DocumentKind::Version1 => Self::Version1,
        }
    }

    /// The words for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pipeline => "pipeline",
            Self::Template => "template",
            Self::InputSet => "input set",
            Self::Version1 => "newer pipeline",
        }
    }
}

/// Whether both sides have a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Change {
    /// Both do.
    Changed,
    /// Only the one after.
    New,
    /// Only the one before.
    Gone,
}

impl Change {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::New => "new",
            Self::Gone => "gone",
        }
    }
}

/// Holds two snapshots against each other.
///
/// Where `head` is an edited clone of `base`, what no edit changes is neither read nor checked again. Takes time about
/// linear in the sizes of both, and in the pipelines that differ for each combination of values that is tried.
pub fn compare(base: &Snapshot, head: &Snapshot, question: &Question) -> Comparison {
    let pairs = Pairs::new(base, head);
    let (before, after) = found(base, head, &question.options);
    let mut found = Comparison::default();
    let sides = Sides {
        base,
        head,
        question,
        parts: parts_of(base, head, &pairs),
        before,
        after,
    };
    let mut told: BTreeSet<FileId> = BTreeSet::new();
    for (one, other) in &pairs.both {
        let mut difference = sides.pair(*one, *other);
        found.compared += usize::from(difference.kind == PartKind::Pipeline);
        if !told.insert(other.0) {
            // The findings of a file are told once, at its first document.
            difference.findings = Findings::default();
        }
        if difference.has_any() {
            found.add(difference);
        }
    }
    for (at, change) in pairs
        .gone
        .iter()
        .map(|at| (*at, Change::Gone))
        .chain(pairs.new.iter().map(|at| (*at, Change::New)))
    {
        found.add(sides.alone(at, change));
    }
    for list in [
        &mut found.pipelines,
        &mut found.templates,
        &mut found.others,
    ] {
        list.sort_by(|one, other| {
            (&one.file, &one.identifier).cmp(&(&other.file, &other.identifier))
        });
    }
    found
}

impl Comparison {
    fn add(&mut self, difference: Difference) {
        let list = match difference.kind {
            PartKind::Pipeline => &mut self.pipelines,
            PartKind::Template => &mut self.templates,
            PartKind::InputSet | PartKind::Version1 => &mut self.others,
        };
        list.push(difference);
    }
}

type FoundIn = BTreeMap<FileId, Vec<Diagnostic>>;

/// What is found in the files of both sides.
fn found(base: &Snapshot, head: &Snapshot, options: &Options) -> (FoundIn, FoundIn) {
    let mut kept = Kept::default();
    let mut of = |snapshot: &Snapshot| -> FoundIn {
        kept.check(snapshot, options);
        let ids = snapshot.ids().map(|(_, id)| id);
        ids.map(|id| (id, kept.found(id).to_vec())).collect()
    };
    (of(base), of(head))
}

/// The parts that both sides have, with nodes in them.
fn parts_of<'s>(
    base: &'s Snapshot,
    head: &'s Snapshot,
    pairs: &Pairs,
) -> BTreeMap<At, (Part<'s>, Part<'s>)> {
    let (before, after) = (Part::of_snapshot(base), Part::of_snapshot(head));
    let both = pairs.both.iter();
    let both =
        both.filter_map(|(one, other)| Some((*one, (*before.get(one)?, *after.get(other)?))));
    both.collect()
}

struct Sides<'s> {
    base: &'s Snapshot,
    head: &'s Snapshot,
    question: &'s Question,
    /// By the place before.
    parts: BTreeMap<At, (Part<'s>, Part<'s>)>,
    before: FoundIn,
    after: FoundIn,
}

impl<'s> Sides<'s> {
    fn pair(&self, one: At, other: At) -> Difference {
        let mut difference = described(self.head, other, Change::Changed);
        let mut identifiers = Vec::new();
        match self.parts.get(&one) {
            // Nothing that the file rests on is another one.
            Some((base, head)) if std::ptr::eq(base.whole, head.whole) => {}
            Some((base, head)) => {
                let mapping = Mapping::new(*base, *head);
                self.nodes(&mapping, &mut difference);
                identifiers = renamed_identifiers(&mapping);
            }
            None if self.are_one_text(one, other) => {}
            None => {
                difference.settings = documents::differences((self.base, one), (self.head, other));
            }
        }
        let none: &[Diagnostic] = &[];
        let was = self.before.get(&one.0).map_or(none, Vec::as_slice);
        let is = self.after.get(&other.0).map_or(none, Vec::as_slice);
        if !(was.is_empty() && is.is_empty()) {
            difference.findings = findings((self.base, was), (self.head, is), &identifiers);
        }
        difference
    }

    fn nodes(&self, mapping: &Mapping<'s>, difference: &mut Difference) {
        let others: Vec<(Part<'s>, Part<'s>)> = self.parts.values().copied().collect();
        let file = |part: &Part<'_>| file_name(self.head, part.file);
        difference.names = names(mapping, &others, &file);
        difference.settings = settings::differences(mapping);
        difference.order = order::differences(mapping);
        let is_plain = difference.names.is_empty()
            && difference.settings.is_empty()
            && difference.order.is_empty();
        if is_plain && self.question.input_sets.is_empty() {
            return;
        }
        if !mapping.head.is_pipeline() {
            return;
        }
        let prepared = |snapshot: &Snapshot, part: &Part<'_>| {
            let sets = self.question.input_sets.iter();
            let sets: Vec<FileId> = sets.filter_map(|set| snapshot.id(set)).collect();
            let with = snapshot.prepared(part.file, part.document, &sets);
            with.or_else(|_| snapshot.prepared(part.file, part.document, &[]))
                .ok()
        };
        let (base, head) = (
            prepared(self.base, &mapping.base),
            prepared(self.head, &mapping.head),
        );
        if let (Some(base), Some(head)) = (base, head) {
            let own = self.question.asked_of.get(&difference.file);
            let asked = own.unwrap_or(&self.question.asked);
            difference.verdicts = verdicts((&base, &head), mapping, asked);
        }
    }

    fn are_one_text(&self, one: At, other: At) -> bool {
        let source = |snapshot: &'s Snapshot, at: At| snapshot.source(at.0);
        let (before, after) = (source(self.base, one), source(self.head, other));
        one.1 == other.1 && before.map(SourceFile::text) == after.map(SourceFile::text)
    }

    /// A document that only one side has.
    fn alone(&self, at: At, change: Change) -> Difference {
        let (snapshot, found) = match change {
            Change::Gone => (self.base, &self.before),
            Change::New | Change::Changed => (self.head, &self.after),
        };
        let mut difference = described(snapshot, at, change);
        let mut list = found.get(&at.0).cloned().unwrap_or_default();
        if let Some(document) = document(snapshot, at) {
            let inside = document.span.range;
            list.retain(|finding| inside.contains_range(finding.span.range));
        }
        match change {
            Change::Gone => difference.findings.gone = list,
            Change::New | Change::Changed => difference.findings.new = list,
        }
        difference
    }
}

/// A document of which nothing is told yet.
fn described(snapshot: &Snapshot, at: At, change: Change) -> Difference {
    let kind = document(snapshot, at).map(|document| &document.kind);
    Difference {
        file: file_name(snapshot, at.0),
        identifier: kind.map_or("", identifier).to_owned(),
        kind: kind.map_or(PartKind::Version1, PartKind::of),
        change,
        names: Names::default(),
        settings: Vec::new(),
        order: Vec::new(),
        findings: Findings::default(),
        verdicts: Verdicts::default(),
    }
}

/// The identifiers of nodes, variables and outputs that are other ones now.
fn renamed_identifiers(mapping: &Mapping<'_>) -> Vec<(String, String)> {
    let nodes = mapping.renamed_nodes.iter().filter_map(|(base, head)| {
        Some((
            name(mapping.base.pipeline, *base)?.to_owned(),
            name(mapping.head.pipeline, *head)?.to_owned(),
        ))
    });
    let members = mapping.renamed_members.iter().filter_map(|renamed| {
        Some((
            renamed.from.parts.last()?.to_string(),
            renamed.to.parts.last()?.to_string(),
        ))
    });
    let mut found: Vec<(String, String)> = nodes.chain(members).collect();
    found.retain(|(from, to)| from != to);
    found
}
