//! Who reads what stands at the cursor.

use std::collections::BTreeSet;

use pipewright_analysis::Snapshot;
use pipewright_model::Pipeline;
use pipewright_resolve::{Member, Verdict};
use pipewright_source::{FileId, Span, TextRange};

use crate::cursor::{PathName, Read, Resolved, fixed_text, path_name, resolved};
use crate::{Declaration, DeclarationKind, definition};

/// Every place in all files where a path names what stands at the cursor, in the order of the files and in each from
/// its beginning: the name alone, without quotes. The declaration is none of them, see [`definition()`]. What only a
/// run has is the same wherever its path leads to it from (`pipeline.executionId`), or is (`trigger.type`).
pub fn references(snapshot: &Snapshot, file: FileId, offset: u32) -> Vec<Span> {
    let declared = definition(snapshot, file, offset);
    let mut found = Found(BTreeSet::new());
    let name = || path_name(snapshot, file, (file, offset));
    let name = declared.is_empty().then(name).flatten();
    if let Some(name) = &name
        && let Some(wanted) = name.name_in_run()
    {
        found.look(snapshot, |of, read, place| {
            place + 1 == read.reference.segments.len()
                && of.pipeline.file == name.of.pipeline.file
                && of.resolution.target_name(read.reference).as_ref() == Some(&wanted)
        });
    }
    if let Some(name) = &name
        && name.read.reference.verdict == Verdict::RunTime
    {
        let path = &name.read.reference.segments[..=name.segment];
        found.look(snapshot, |_, read, place| {
            let reference = read.reference;
            let same = reference.segments.get(..path.len()).unwrap_or_default();
            place == name.segment
                && reference.verdict == Verdict::RunTime
                && same.iter().map(fixed_text).eq(path.iter().map(fixed_text))
        });
    }
    for declaration in &declared {
        if declaration.kind == DeclarationKind::Barrier {
            found.add_barrier(snapshot, declaration);
            continue;
        }
        let name = snapshot.sources().slice(declaration.name);
        found.look(snapshot, |of, read, place| {
            let reference = read.reference;
            // An instance of a loop has a suffix behind the name.
            let text = fixed_text(&reference.segments[place]);
            text.is_some_and(|text| text.starts_with(name))
                && of
                    .declaration(reference, place)
                    .is_some_and(|declared| declared.name == declaration.name)
        });
    }
    found.spans()
}

impl PathName<'_> {
    /// The full name of what a run has of a node, which the path names and no file declares.
    fn name_in_run(&self) -> Option<String> {
        let reference = self.read.reference;
        let is_last = self.segment + 1 == reference.segments.len();
        let target = reference.verdict.target().filter(|_| is_last)?;
        let is_of_run = matches!(
            target.member,
            Member::Status | Member::RunTime | Member::Output
        );
        is_of_run.then(|| self.of.resolution.target_name(reference))?
    }
}

/// Places of names, each once: files share the templates they use.
struct Found(BTreeSet<(FileId, u32, u32)>);

impl Found {
    /// Adds the parts of paths that are meant, in all files.
    fn look(
        &mut self,
        snapshot: &Snapshot,
        is_meant: impl Fn(&Resolved<'_>, &Read<'_>, usize) -> bool,
    ) {
        let files = snapshot.ids();
        for of in files.flat_map(|(_, id)| resolved(snapshot, id)) {
            for read in of.reads() {
                for (place, segment) in read.reference.segments.iter().enumerate() {
                    if is_meant(&of, &read, place) {
                        let written = read.cover(segment);
                        let (start, end) = (written.range.start(), written.range.end());
                        self.0.insert((written.file, start, end));
                    }
                }
            }
        }
    }

    /// Adds where steps name a barrier.
    fn add_barrier(&mut self, snapshot: &Snapshot, barrier: &Declaration) {
        for of in snapshot.ids().flat_map(|(_, id)| resolved(snapshot, id)) {
            if of.members(Pipeline::ROOT).all(|of| of.name != barrier.name) {
                continue;
            }
            let named = of.barrier_names();
            let named = named.filter(|named| of.tree.text(*named) == Some(&barrier.fqn));
            let places = named.map(|named| of.content(named));
            self.0
                .extend(places.map(|of| (of.file, of.range.start(), of.range.end())));
        }
    }

    fn spans(self) -> Vec<Span> {
        let spans = self.0.into_iter();
        spans
            .map(|(file, start, end)| Span::new(file, TextRange::new(start, end)))
            .collect()
    }
}
