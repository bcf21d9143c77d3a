//! What is known of what stands at the cursor.

use pipewright_analysis::Snapshot;
use pipewright_context::Given;
use pipewright_engine::Profile;
use pipewright_model::catalogue;
use pipewright_resolve::{ReferenceSource, SegmentKind, Verdict};
use pipewright_source::{FileId, Span, TextRange};
use pipewright_syntax::is_runtime_input;

use crate::cursor::{PathName, path_name, resolved, touches};
use crate::documented::{call_at, modifier_at, rule_at};
use crate::island::text_at;
use crate::known::known;
use crate::{Declaration, Known, definition, evaluate};

/// What is known of a piece of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Hover {
    /// The piece: a name, or an island.
    pub span: Span,
    /// What it is: the declarations of a name, in each file that finds another one.
    pub declarations: Vec<Declaration>,
    /// The type of what is declared, where it has one.
    pub type_name: Option<String>,
    /// What it comes to in every run, where the files tell; of what only a run knows the reason.
    pub value: Option<Known>,
    /// What is documented of it, in words: where it can be used, how it behaves, how it is called, what a rule finds.
    pub remarks: Vec<String>,
}

/// What is known of the name or the island on which the cursor stands: of a text around islands what it becomes, of a
/// rule in a comment what it finds. `None` where there is nothing to say.
pub fn hover(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<Hover> {
    let called = call_at(snapshot, file, offset);
    if let Some(name) = path_name(snapshot, file, (file, offset)) {
        let mut of_name = of_name(snapshot, &name, (file, offset));
        of_name
            .remarks
            .extend(called.into_iter().flat_map(|of| of.remarks));
        let is_known = !of_name.declarations.is_empty()
            || of_name.value.is_some()
            || !of_name.remarks.is_empty();
        return is_known.then_some(of_name);
    }
    if called.is_some() {
        return called;
    }
    let declarations = definition(snapshot, file, offset);
    if let Some(declared) = declarations.first() {
        let all = resolved(snapshot, file).into_iter();
        let barriers = all.flat_map(|of| {
            let named = of.barrier_names().map(|named| of.content(named));
            named.collect::<Vec<Span>>()
        });
        let mut named = barriers.filter(|named| touches(*named, file, offset));
        return Some(Hover {
            span: named.next().unwrap_or(declared.name),
            type_name: declared.type_name.clone(),
            declarations,
            value: None,
            remarks: Vec::new(),
        });
    }
    modifier_at(snapshot, file, offset)
        .or_else(|| of_island(snapshot, file, offset))
        .or_else(|| of_text(snapshot, file, offset))
        .or_else(|| rule_at(snapshot, file, offset))
}

/// The text around the cursor that holds islands, with what it becomes.
fn of_text(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<Hover> {
    let own = snapshot.analysis(file)?;
    let is_input = is_runtime_input(text_at(own, file, offset)?.decoded);
    let of = evaluate(snapshot, file, offset, &Given::default())?;
    // What only a run can tell of a whole text is told better of each island.
    let is_known = is_input || !matches!(of.value, Known::Unknown(_));
    let is_there = !of.span.range.is_empty();
    (is_known && is_there).then(|| Hover::new(of.span, Some(of.value), Vec::new()))
}

impl Hover {
    pub(crate) fn new(span: Span, value: Option<Known>, remarks: Vec<String>) -> Self {
        Self {
            span,
            declarations: Vec::new(),
            type_name: None,
            value,
            remarks,
        }
    }
}

fn of_name(snapshot: &Snapshot, name: &PathName<'_>, (file, offset): (FileId, u32)) -> Hover {
    let (read, reference) = (&name.read, name.read.reference);
    let segment = &reference.segments[name.segment];
    let declarations = definition(snapshot, file, offset);
    let path = TextRange::new(reference.range.start(), segment.range.end());
    let path = path.slice(read.text());
    let expression = match reference.source {
        ReferenceSource::Bare => path.to_owned(),
        _ => format!("<+{path}>"),
    };
    // What another pipeline evaluates has no value here, and a method has none without what it is given.
    let is_value = name.of.is_own() && !matches!(segment.kind, SegmentKind::Call(_));
    let value =
        is_value.then(|| value_of(snapshot, file, read.tree.span(read.scalar), &expression));
    let value = value.flatten();
    let first = reference.segments.first().and_then(|first| first.name());
    let root = first.and_then(catalogue::root);
    let is_of_run = reference.verdict == Verdict::RunTime;
    let root = root.filter(|_| is_of_run && declarations.is_empty());
    let remarks = root.into_iter().flat_map(|root| {
        let used = std::iter::once(root.available());
        used.chain(root.note()).map(str::to_owned)
    });
    Hover {
        span: read.cover(segment),
        type_name: declarations.first().and_then(|of| of.type_name.clone()),
        value,
        remarks: remarks.collect(),
        declarations,
    }
}

/// The innermost island around the cursor with what it comes to.
fn of_island(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<Hover> {
    let own = snapshot.analysis(file)?;
    let tree = own.tree();
    let mut texts = own.texts().iter();
    let text = texts.find(|text| touches(tree.span(text.scalar), file, offset))?;
    let decoded = tree.text(text.scalar)?;
    let mut islands = text.islands().filter_map(|(_, island, _)| {
        let span = tree.cover_of(text.scalar, island.range);
        touches(span, file, offset).then_some((island, span))
    });
    // An island stands before those inside it.
    let first = islands.next()?;
    let (island, span) = islands.last().unwrap_or(first);
    let expression = island.range.slice(decoded);
    let value = value_of(snapshot, file, tree.span(text.scalar), expression)?;
    Some(Hover {
        span,
        declarations: Vec::new(),
        type_name: None,
        value: Some(value),
        remarks: Vec::new(),
    })
}

/// What an expression comes to that stands in a scalar of the file.
fn value_of(snapshot: &Snapshot, file: FileId, scalar: Span, expression: &str) -> Option<Known> {
    let own = snapshot.analysis(file)?;
    let documents = own.documents().iter().zip(0..);
    documents.into_iter().find_map(|(document, place)| {
        let pipeline = document.pipeline()?;
        let mut sites = pipeline.sites.iter();
        let site = sites.find(|site| own.tree().span(site.yaml) == scalar)?;
        let value = own.values(place)?;
        let value = value.value_of(expression, site, Profile::default())?;
        known(value)
    })
}
