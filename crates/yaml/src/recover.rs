//! Gets past what is not YAML by masking it with blanks, so that every offset stays valid.

use std::ops::{ControlFlow, Range};

use crate::colon::{UnquotedColon, unquoted_colon};
use crate::events::{self, Failure};
use crate::limits::MAX_RECOVERIES;
use crate::lines::{line_after, line_at, written_line_before};
use crate::message;
use crate::{Problem, ProblemKind};

/// A text made parsable as far as possible.
pub(crate) struct Recovered {
    /// As long as the file, with what is not YAML masked.
    pub(crate) masked: String,
    /// One problem for each failure.
    pub(crate) problems: Vec<Problem>,
    /// Whether anything is missing from `masked`.
    pub(crate) blanked: bool,
}

/// Masks at most [`MAX_RECOVERIES`] places, each time the one that lets the parser read furthest.
pub(crate) fn recover(text: &str, first: Failure) -> Recovered {
    let mut found = Recovered {
        masked: text.to_owned(),
        problems: Vec::new(),
        blanked: false,
    };
    let mut failure = first;
    loop {
        if let Some(colon) = unquoted_colon(&found.masked, failure.at as usize) {
            found.problems.push(message::of_unquoted_colon(text, colon));
            if found.problems.len() > MAX_RECOVERIES {
                found.blanked = true;
                return found;
            }
            found.masked = hide_colon(&found.masked, colon);
            match probe(&found.masked) {
                Some(next) => failure = next,
                None => return found,
            }
            continue;
        }
        let problem = message::of_failure(text, &failure);
        let is_limit = problem.kind == ProblemKind::Limit;
        found.problems.push(problem);
        found.blanked = true;
        if is_limit || found.problems.len() > MAX_RECOVERIES {
            return found;
        }
        match best_blanking(&found.masked, &failure) {
            None => return found,
            Some((masked, next)) => {
                found.masked = masked;
                match next {
                    Some(next) => failure = next,
                    None => return found,
                }
            }
        }
    }
}

/// The text with the line blanked that lets the parser read furthest, and where it stops then.
fn best_blanking(text: &str, failure: &Failure) -> Option<(String, Option<Failure>)> {
    let mut best: Option<(String, Option<Failure>)> = None;
    for line in candidates(text, failure) {
        let masked = blank(text, line);
        let Some(next) = probe(&masked) else {
            return Some((masked, None));
        };
        let reached = |best: &(String, Option<Failure>)| best.1.as_ref().map(|failure| failure.at);
        if best
            .as_ref()
            .and_then(reached)
            .is_none_or(|at| at < next.at)
        {
            best = Some((masked, Some(next)));
        }
    }
    best
}

/// The lines that may be to blame, the likeliest first: where the parser stopped, where the last scalar stands, the
/// line after that, the last line with text before, and where the outermost open bracket stands.
fn candidates(text: &str, failure: &Failure) -> Vec<Range<usize>> {
    let error = line_at(text, failure.at as usize);
    let scalar = failure.last_scalar.map(|at| line_at(text, at as usize));
    let bracket = failure.open_flow.map(|at| line_at(text, at as usize));
    let after = scalar.as_ref().and_then(|line| line_after(text, line));
    let before = written_line_before(text, error.start);
    let mut lines: Vec<Range<usize>> = Vec::new();
    for line in [Some(error), scalar, after, before, bracket]
        .into_iter()
        .flatten()
    {
        let is_blank = text[line.clone()].trim().is_empty();
        if !is_blank && !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

fn probe(text: &str) -> Option<Failure> {
    events::run(text, |_, _| ControlFlow::Continue(()))
}

fn blank(text: &str, line: Range<usize>) -> String {
    let mut masked = String::with_capacity(text.len());
    masked.push_str(&text[..line.start]);
    masked.extend(std::iter::repeat_n(' ', line.len()));
    masked.push_str(&text[line.end..]);
    masked
}

/// Puts a letter for the colon, so that the scalar stays in one piece.
fn hide_colon(text: &str, colon: UnquotedColon) -> String {
    let at = colon.at as usize;
    format!("{}_{}", &text[..at], &text[at + 1..])
}
