//! The paths of an expression that cannot be read because a reserved word stands behind a dot: `variables.size`.
//!
//! The engine fails on the word, and a rule says so. What the path names in front of it is judged all the same, so that
//! mending the word brings no other mistake to light, and what the path leads to counts as read.

use pipewright_model::SiteKind;
use pipewright_source::TextRange;
use pipewright_syntax::{SyntaxError, SyntaxErrorKind};

use crate::paths::{Path, paths};
use crate::{ReferenceSource, SegmentKind, SiteText};

/// How many such words of one expression are read over.
const MOST_WORDS: usize = 8;

/// The paths of an expression of `text` that fails with `error`, if it is for such words alone.
pub(crate) fn behind_reserved_words(
    error: &SyntaxError,
    source: ReferenceSource,
    text: &str,
) -> Vec<Path> {
    let kind = match source {
        ReferenceSource::Island(_) => SiteKind::Setting,
        ReferenceSource::Bare => SiteKind::Condition,
    };
    let mut masked = text.to_owned();
    let mut words: Vec<TextRange> = Vec::new();
    let mut next = word_behind_dot(error);
    while let Some(word) = next.filter(|_| words.len() < MOST_WORDS) {
        // Another name of the same length, so that every offset stays.
        masked.replace_range(word.start() as usize..=word.start() as usize, "_");
        words.push(word);
        let read = SiteText::parse(&masked, kind);
        let parsed = match source {
            ReferenceSource::Island(id) => read.islands.get(id.0 as usize),
            ReferenceSource::Bare => read.whole.as_ref(),
        };
        next = match parsed {
            Some(Ok(Some(expr))) => {
                let mut found = paths(expr, &masked, &read.template);
                for path in &mut found {
                    name_again(path, &words, text);
                }
                return found;
            }
            Some(Err(error)) => word_behind_dot(error),
            Some(Ok(None)) | None => None,
        };
    }
    Vec::new()
}

/// Where the reserved word behind a dot stands that an error is about. All such words are of letters.
fn word_behind_dot(error: &SyntaxError) -> Option<TextRange> {
    let is_behind_dot = matches!(
        error.kind,
        SyntaxErrorKind::ReservedWord {
            after_dot: true,
            ..
        }
    );
    (is_behind_dot && !error.range.is_empty()).then_some(error.range)
}

/// Gives the parts of a path that stand for `words` of `text` their names back.
fn name_again(path: &mut Path, words: &[TextRange], text: &str) {
    for segment in &mut path.segments {
        if words.contains(&segment.range) {
            segment.kind = SegmentKind::Quoted(segment.range.slice(text).into());
        }
    }
}
