//! What may mean a name and cannot be followed.

use pipewright_analysis::Snapshot;
use pipewright_model::Site;
use pipewright_resolve::{Reference, SegmentKind, SiteText, Verdict};
use pipewright_source::{Span, TextRange};
use pipewright_syntax::{TokenKind, tokens};

use super::RenameError;
use super::declared_names::{Owner, owners};
use super::subject::Subject;
use super::written_names::Written;
use crate::DeclarationKind;
use crate::cursor::{Resolved, fixed_text, resolved};
use crate::declared::{MATRIX, OUTPUT_VARIABLES};

impl Written {
    /// Refuses where something may mean the name and is not among the places that are written anew.
    pub(super) fn check_open(&self, snapshot: &Snapshot) -> Result<(), RenameError> {
        let known: std::collections::BTreeSet<Span> = self.spans().copied().collect();
        for (_, id) in snapshot.ids() {
            let mut takes_part = false;
            for of in resolved(snapshot, id) {
                let owners = owners(&of, &self.subject);
                if owners.is_empty() {
                    continue;
                }
                takes_part = true;
                of.check_references(&self.subject, &owners, &known)?;
                of.check_broken_expressions(&self.subject.name)?;
            }
            if takes_part && let Some(tree) = snapshot.tree(id) {
                let lost = tree.blanked().iter().map(|range| Span::new(id, *range));
                let mut lost = lost
                    .filter(|span| has_word(snapshot.sources().slice(*span), &self.subject.name));
                if let Some(lost) = lost.next() {
                    return Err(RenameError::Broken(lost));
                }
            }
        }
        Ok(())
    }

    /// The uses of templates that are not at hand, in pipelines that have the name.
    pub(super) fn unseen(&self, snapshot: &Snapshot) -> Vec<Span> {
        let mut found = std::collections::BTreeSet::new();
        for (_, id) in snapshot.ids() {
            let Some(whole) = snapshot.written_out(id) else {
                continue;
            };
            let mut all = resolved(snapshot, id).into_iter();
            if all.any(|of| of.is_own() && !owners(&of, &self.subject).is_empty()) {
                found.extend(whole.opaque().iter().map(|of| of.span));
            }
        }
        found.into_iter().collect()
    }
}

impl Resolved<'_> {
    fn check_references(
        &self,
        subject: &Subject,
        owners: &[Owner],
        known: &std::collections::BTreeSet<Span>,
    ) -> Result<(), RenameError> {
        for read in self.reads() {
            let Verdict::Unknown(reason) = read.reference.verdict else {
                continue;
            };
            let may_mean = (0..read.reference.segments.len()).find(|place| {
                let is_known = known.contains(&read.beginning(*place, &subject.name));
                !is_known && self.may_mean(read.reference, *place, subject, owners)
            });
            if let Some(place) = may_mean {
                let at = read.cover(&read.reference.segments[place]);
                return Err(RenameError::Open(at, reason));
            }
        }
        Ok(())
    }

    /// Whether a part of a path that is not followed may be the subject's name.
    fn may_mean(
        &self,
        reference: &Reference,
        place: usize,
        subject: &Subject,
        owners: &[Owner],
    ) -> bool {
        // No path leads to a barrier.
        if subject.kind == DeclarationKind::Barrier {
            return false;
        }
        let segment = &reference.segments[place];
        let is_named = match fixed_text(segment) {
            Some(text) if subject.is_node() => text
                .strip_prefix(&*subject.name)
                .is_some_and(|behind| behind.is_empty() || behind.starts_with('_')),
            Some(text) => text == subject.name,
            None => segment.kind == SegmentKind::Dynamic,
        };
        if !is_named {
            return false;
        }
        let Some(before) = place.checked_sub(1) else {
            // The identifier of a node around the reader begins a path, and so may what is not known.
            return owners.iter().any(|owner| match owner {
                Owner::List(node) => self.pipeline.is_around(*node, reference.reader),
                Owner::Members(_) => false,
            });
        };
        let list = fixed_text(&reference.segments[before]);
        if list.is_some_and(|list| !subject.stands_in(list)) {
            return false;
        }
        // What stands before it may tell that something else is meant.
        match self
            .verdict(reference, &reference.segments[..place])
            .target()
        {
            None => true,
            Some(target) => owners.iter().any(|owner| match owner {
                Owner::List(node) => self.pipeline.node(*node).parent == Some(target.node),
                Owner::Members(node) => *node == target.node,
            }),
        }
    }

    /// Refuses an expression that cannot be read and has the name in a path.
    fn check_broken_expressions(&self, name: &str) -> Result<(), RenameError> {
        if !self.is_own() {
            return Ok(());
        }
        for (site, text) in self.pipeline.sites.iter().zip(&self.resolution.texts) {
            let decoded = self.tree.text(site.yaml).unwrap_or("");
            let mut broken = broken(text, decoded).into_iter();
            if let Some(range) = broken.find(|range| is_in_path(range.slice(decoded), name)) {
                return Err(RenameError::Broken(self.place(site, range)));
            }
        }
        Ok(())
    }

    fn place(&self, site: &Site, range: TextRange) -> Span {
        self.tree.cover_of(site.yaml, range)
    }
}

impl Subject {
    /// Whether that part of a path stands before names of the subject's kind.
    fn stands_in(&self, list: &str) -> bool {
        match self.kind {
            DeclarationKind::Stage => list == "stages",
            DeclarationKind::StepGroup | DeclarationKind::Step => {
                matches!(list, "steps" | "rollbackSteps")
            }
            DeclarationKind::Variable => list == "variables",
            DeclarationKind::Axis => list == MATRIX,
            _ => matches!(list, OUTPUT_VARIABLES | "output"),
        }
    }
}

/// The parts of a text that are expressions and cannot be read.
fn broken(text: &SiteText, decoded: &str) -> Vec<TextRange> {
    let islands = text.template.islands.iter().zip(&text.islands);
    let islands = islands.filter(|(_, parsed)| parsed.is_err());
    let whole = text.whole.as_ref().filter(|parsed| parsed.is_err());
    islands
        .map(|(island, _)| island.range)
        .chain(text.template.unclosed)
        .chain(whole.map(|_| TextRange::of(0, decoded.len())))
        .collect()
}

/// Whether a name stands beside a dot.
fn is_in_path(text: &str, name: &str) -> bool {
    let all = tokens(text);
    let is_dot = |at: Option<usize>| {
        let token = at.and_then(|at| all.get(at));
        token.is_some_and(|token| token.kind == TokenKind::Dot)
    };
    let mut names = all.iter().enumerate();
    names.any(|(at, token)| {
        let behind = token.range.slice(text).strip_prefix(name);
        token.kind == TokenKind::Name
            && behind.is_some_and(|behind| behind.is_empty() || behind.starts_with('_'))
            && (is_dot(at.checked_sub(1)) || is_dot(Some(at + 1)))
    })
}

/// Whether a text has a name in it, alone or with a loop's suffix.
fn has_word(text: &str, name: &str) -> bool {
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let behind = text[at + name.len()..].chars().next();
        !before.is_some_and(is_word) && !behind.is_some_and(|letter| letter.is_ascii_alphanumeric())
    })
}
