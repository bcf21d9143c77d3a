//! Two snapshots held against each other.

use std::collections::{BTreeMap, BTreeSet};

use pipewright_analysis::Snapshot;
use pipewright_lint::{Kept, Options};
use pipewright_model::DocumentKind;
use pipewright_source::{Diagnostic, FileId, SourceFile};

use crate::cases::{Case, cases};
use crate::difference::{Change, Comparison, Difference, PartKind};
use crate::findings::{Findings, findings};
use crate::mapping::Mapping;
use crate::names::{Names, names};
use crate::pairs::{At, Pairs};
use crate::part::{Part, document, file_name, identifier};
use crate::rendered::values;
use crate::verdicts::{Asked, Verdicts, verdicts};
use crate::{documents, order, settings};

/// What is asked of a comparison.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Question {
    /// The rules whose findings count, where the next two say nothing of a file.
    pub options: Options,
    /// The rules of files before.
    pub base_options: BTreeMap<FileId, Options>,
    /// The rules of files after.
    pub head_options: BTreeMap<FileId, Options>,
    /// Under which values plans are held against each other, for each pipeline.
    pub asked: Asked,
    /// Whether the texts of settings are evaluated, too.
    pub rendered: bool,
    /// Whether the plans of both sides are kept that show what differs.
    pub with_plans: bool,
    /// Input sets that are merged into the pipelines they are for, by their names.
    pub input_sets: Vec<String>,
}

/// Holds two snapshots against each other.
///
/// Where `head` is an edited clone of `base`, what no edit changes is neither read nor checked again. Takes time about
/// linear in the sizes of both, and in the pipelines that differ for each combination of values that is tried.
pub fn compare(base: &Snapshot, head: &Snapshot, question: &Question) -> Comparison {
    let pairs = Pairs::new(base, head);
    let (before, after) = found(base, head, question);
    let mut found = Comparison::default();
    let sides = Sides {
        base,
        head,
        question,
        parts: parts_of(base, head, &pairs),
        before,
        after,
        cases: cases(head),
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
    sides.under_input_sets(&pairs, &mut found);
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

type FoundIn = BTreeMap<FileId, Vec<Diagnostic>>;

/// What is found in the files of both sides.
fn found(base: &Snapshot, head: &Snapshot, question: &Question) -> (FoundIn, FoundIn) {
    let mut kept = Kept::default();
    let mut of = |snapshot: &Snapshot, of_files: &BTreeMap<FileId, Options>| -> FoundIn {
        if of_files.is_empty() {
            kept.check(snapshot, &question.options);
        } else {
            kept.check(snapshot, &Options::of_files(of_files));
        }
        let admitted = |id: FileId| {
            let options = of_files.get(&id).unwrap_or(&question.options);
            let found = kept.found(id).iter().cloned();
            found.filter_map(|finding| options.admit(finding)).collect()
        };
        let ids = snapshot.ids().map(|(_, id)| id);
        ids.map(|id| (id, admitted(id))).collect()
    };
    (
        of(base, &question.base_options),
        of(head, &question.head_options),
    )
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
    /// What the tests beside pipelines give, by the file of the pipeline after.
    cases: BTreeMap<FileId, Vec<Case>>,
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
                identifiers = mapping.renamed_identifiers();
                if difference.kind == PartKind::Template {
                    let (one, other) = ((self.base, one), (self.head, other));
                    let mut own = documents::differences(one, other, &identifiers);
                    // What stands below is told of its nodes.
                    own.retain(|of| !head.is_of_nodes(&of.setting));
                    difference.settings.extend(own);
                }
            }
            None if self.are_one_text(one, other) => {}
            None => {
                let renamed = self.renamed_for(other);
                let (one, other) = ((self.base, one), (self.head, other));
                difference.settings = documents::differences(one, other, &renamed);
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

    /// The identifiers that are other ones now in the pipeline that an input set fills.
    fn renamed_for(&self, set: At) -> Vec<(String, String)> {
        let Some(target) = target_of(self.head, set) else {
            return Vec::new();
        };
        let mut pairs = self.parts.values();
        let pair =
            pairs.find(|(_, head)| head.is_pipeline() && identifier(head.kind) == target.pipeline);
        pair.filter(|(base, head)| !std::ptr::eq(base.whole, head.whole))
            .map_or_else(Vec::new, |(base, head)| {
                Mapping::new(*base, *head).renamed_identifiers()
            })
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
            let mut asked = self.question.asked.clone();
            let cases = self.cases.get(&mapping.head.file);
            let cases = cases.filter(|_| !asked.only_given);
            asked.cases.extend(cases.into_iter().flatten().cloned());
            let with_plans = self.question.with_plans;
            difference.verdicts = verdicts((&base, &head), mapping, &asked, with_plans);
            if self.question.rendered {
                difference.values = values((&base, &head), mapping, &asked.given.values);
            }
        }
    }

    /// Pipelines for which an input set comes to something else, as they run with it.
    fn under_input_sets(&self, pairs: &Pairs, found: &mut Comparison) {
        for (one, other) in &pairs.both {
            let (Some(before), Some(after)) =
                (target_of(self.base, *one), target_of(self.head, *other))
            else {
                continue;
            };
            if before.pipeline != after.pipeline || self.are_one_text(*one, *other) {
                continue;
            }
            for (base, head) in self.parts.values() {
                let is_meant = head.is_pipeline() && identifier(head.kind) == after.pipeline;
                let sets = is_meant.then_some((one.0, other.0));
                let verdicts = sets.and_then(|sets| self.verdicts_with((base, head), sets));
                if let Some(verdicts) = verdicts.filter(|verdicts| !verdicts.is_empty()) {
                    let at = (head.file, head.document);
                    let new = described(self.head, at, Change::Changed);
                    let known = found
                        .pipelines
                        .iter()
                        .position(|of| (&of.file, &of.identifier) == (&new.file, &new.identifier));
                    let place = known.unwrap_or_else(|| {
                        found.pipelines.push(new);
                        found.pipelines.len() - 1
                    });
                    let list = &mut found.pipelines[place].verdicts.differences;
                    list.extend(verdicts.differences.into_iter().map(|mut of| {
                        of.input_set = Some(after.identifier.clone());
                        of
                    }));
                }
            }
        }
    }

    /// What would run with an input set of each side. `None` where it is not for the pipeline.
    fn verdicts_with(
        &self,
        (base, head): (&Part<'s>, &Part<'s>),
        (before, after): (FileId, FileId),
    ) -> Option<Verdicts> {
        let was = self
            .base
            .prepared(base.file, base.document, &[before])
            .ok()?;
        let is = self
            .head
            .prepared(head.file, head.document, &[after])
            .ok()?;
        let mapping = Mapping::new(*base, *head);
        Some(verdicts((&was, &is), &mapping, &self.question.asked, false))
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

/// An input set, and the pipeline it is for, by their identifiers.
struct Target {
    identifier: String,
    pipeline: String,
}

/// What an input set is for; `None` of anything else.
fn target_of(snapshot: &Snapshot, (file, document): At) -> Option<Target> {
    let kind = &snapshot.documents(file)?.get(document)?.kind;
    let DocumentKind::InputSet(set) = kind else {
        return None;
    };
    let tree = snapshot.tree(file)?;
    let pipeline = tree.text(tree.find(set.pipeline?, "identifier")?)?;
    Some(Target {
        identifier: identifier(kind).to_owned(),
        pipeline: pipeline.to_owned(),
    })
}

/// A document of which nothing is told yet.
fn described(snapshot: &Snapshot, at: At, change: Change) -> Difference {
    let kind = document(snapshot, at).map(|document| &document.kind);
    Difference {
        file: file_name(snapshot, at.0),
        identifier: kind.map_or("", identifier).to_owned(),
        kind: kind.map_or(PartKind::InputSet, PartKind::of),
        change,
        names: Names::default(),
        settings: Vec::new(),
        order: Vec::new(),
        findings: Findings::default(),
        verdicts: Verdicts::default(),
        values: Vec::new(),
    }
}
