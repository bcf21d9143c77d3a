//! Who reads what stands at the cursor.

use std::collections::BTreeSet;

use pipewright_analysis::Snapshot;
use pipewright_resolve::Verdict;
use pipewright_source::{FileId, Span, TextRange};

use crate::cursor::{Read, Resolved, fixed_text, path_name, resolved};
use crate::definition;

/// Every place in all files where a path names what stands at the cursor, in the order of the files and in each from
/// its beginning: the name alone, without quotes. The declaration is none of them, see [`definition()`]. What only a
/// run has (`trigger.type`) is the same wherever its path is.
pub fn references(snapshot: &Snapshot, file: FileId, offset: u32) -> Vec<Span> {
    let declared = definition(snapshot, file, offset);
    let mut found = Found(BTreeSet::new());
    if declared.is_empty()
        && let Some(name) = path_name(snapshot, file, (file, offset))
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

    fn spans(self) -> Vec<Span> {
        let spans = self.0.into_iter();
        spans
            .map(|(file, start, end)| Span::new(file, TextRange::new(start, end)))
            .collect()
    }
}
