//! Every place where a name is written.

use std::collections::BTreeSet;

use pipewright_analysis::Snapshot;
use pipewright_model::may_hold_expression;
use pipewright_resolve::{POSTFIX, SegmentKind};
use pipewright_source::{Span, TextRange};

use super::subject::Subject;
use super::{RenameError, declared_names, in_tests, plain_names, restated, triggers};
use crate::cursor::{Read, fixed_text, resolved};

/// Every place where a name is written, in all files.
pub(super) struct Written {
    pub(super) subject: Subject,
    /// The names, without quotes and without what a loop puts behind them.
    spans: BTreeSet<Span>,
    /// Those of them that stand in a path without quotes.
    unquoted: BTreeSet<Span>,
}

/// A name in a path that leads to a declaration.
struct InPath {
    /// Where it stands. `None` where it is not written out.
    at: Option<Span>,
    /// The part of the path.
    part: Span,
    is_quoted: bool,
    declared: Span,
}

impl Written {
    /// Finds the places, and with them the other declarations that a shared template reads by the same name.
    pub(super) fn of(snapshot: &Snapshot, mut subject: Subject) -> Result<Self, RenameError> {
        let in_paths = in_paths(snapshot, &subject);
        loop {
            let known = subject.declared.len();
            let meant = in_paths
                .iter()
                .filter(|of| subject.declared.contains(&of.declared));
            let places: BTreeSet<Span> = meant.filter_map(|of| of.at).collect();
            let shared = in_paths
                .iter()
                .filter(|of| of.at.is_some_and(|at| places.contains(&at)));
            let shared: Vec<Span> = shared.map(|of| of.declared).collect();
            subject.declared.extend(shared);
            if subject.declared.len() == known {
                break;
            }
        }
        let mut written = Self {
            spans: BTreeSet::new(),
            unquoted: BTreeSet::new(),
            subject,
        };
        for of in in_paths {
            if !written.subject.declared.contains(&of.declared) {
                continue;
            }
            let at = of.at.ok_or(RenameError::NotWritten(of.part))?;
            written.spans.insert(at);
            if !of.is_quoted {
                written.unquoted.insert(at);
            }
        }
        let subject = &written.subject;
        declared_names::check(snapshot, subject)?;
        let mut others: BTreeSet<Span> = subject.declared.clone();
        restated::extend(snapshot, &mut others);
        others.extend(plain_names::find(snapshot, subject)?);
        others.extend(triggers::find(snapshot, subject)?);
        others.extend(in_tests::find(snapshot, subject)?);
        for at in others {
            written
                .spans
                .insert(whole_name(snapshot, &subject.name, at)?);
        }
        Ok(written)
    }

    /// The places, by file and start.
    pub(super) fn spans(&self) -> impl Iterator<Item = &Span> {
        self.spans.iter()
    }

    /// Refuses a new name that something else has, or that a path without quotes cannot hold.
    pub(super) fn check_new_name(&self, snapshot: &Snapshot, to: &str) -> Result<(), RenameError> {
        let needs_quotes = to.contains(['.', '-']);
        if let Some(first) = self.unquoted.first().filter(|_| needs_quotes) {
            return Err(RenameError::NeedsQuotes(*first));
        }
        match declared_names::taken(snapshot, &self.subject, to) {
            Some(taken) => Err(RenameError::Taken(taken)),
            None => Ok(()),
        }
    }
}

/// The place of a name that stands alone in a scalar, without what a loop puts behind it.
fn whole_name(snapshot: &Snapshot, name: &str, at: Span) -> Result<Span, RenameError> {
    let text = snapshot.sources().slice(at);
    let is_whole = text == name || text.strip_suffix(POSTFIX) == Some(name);
    if !is_whole {
        return Err(RenameError::NotWritten(at));
    }
    Ok(Span::new(at.file, beginning(at.range, name)))
}

fn beginning(range: TextRange, name: &str) -> TextRange {
    let length = u32::try_from(name.len()).unwrap_or(0);
    TextRange::new(range.start(), range.start() + length)
}

/// The names in paths that begin like the subject's, with what they lead to.
fn in_paths(snapshot: &Snapshot, subject: &Subject) -> Vec<InPath> {
    let mut found = Vec::new();
    for of in snapshot.ids().flat_map(|(_, id)| resolved(snapshot, id)) {
        for read in of.reads() {
            for (place, segment) in read.reference.segments.iter().enumerate() {
                let Some(text) = fixed_text(segment) else {
                    continue;
                };
                let behind = text.strip_prefix(&*subject.name);
                // An instance of a loop has a suffix behind the name.
                let may_be = |behind: &str| behind.is_empty() || subject.is_node();
                if !behind.is_some_and(may_be) {
                    continue;
                }
                let declared = of.declaration(read.reference, place);
                if let Some(declared) = declared.filter(|of| of.kind == subject.kind) {
                    let is_quoted = matches!(segment.kind, SegmentKind::Quoted(_));
                    found.push(InPath {
                        at: name_in(snapshot, &read, place, &subject.name),
                        part: read.cover(segment),
                        is_quoted,
                        declared: declared.name,
                    });
                }
            }
        }
    }
    found
}

/// Where the name stands at the beginning of a part of a path. `None` where that is not its text in the file.
fn name_in(snapshot: &Snapshot, read: &Read<'_>, place: usize, name: &str) -> Option<Span> {
    let segment = &read.reference.segments[place];
    let whole = segment.range.slice(read.text());
    let is_put_together = match segment.kind {
        SegmentKind::Quoted(_) => may_hold_expression(whole),
        _ => !whole.starts_with(name),
    };
    if is_put_together {
        return None;
    }
    let range = beginning(read.name_range(segment), name);
    let written = read.tree.ranges_of(read.scalar, range);
    let [only] = written.as_slice() else {
        return None;
    };
    (snapshot.sources().slice(*only) == name).then_some(*only)
}
