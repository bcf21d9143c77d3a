//! Gets past what is not YAML by masking it with blanks, so that every offset stays valid.

use std::ops::Range;

use granit_parser::ErrorKind;
use pipewright_source::TextRange;

use crate::colon::{UnquotedColon, unquoted_colon};
use crate::events::Failure;
use crate::flow_cut::{FlowCut, flow_cut, hide_signs};
use crate::limits::MAX_RECOVERIES;
use crate::lines::{line_after, line_at, value_start, written_line_before};
use crate::message;
use crate::outline::Outlines;
use crate::short_text::short_text;
use crate::{Problem, ProblemKind};

/// A text made parsable as far as possible.
#[derive(Debug)]
pub(crate) struct Recovered {
    /// As long as the file, with what is not YAML masked.
    pub(crate) masked: String,
    /// What was wrong, once for neighbouring lines that are misplaced.
    pub(crate) problems: Vec<Problem>,
    /// The lines, or ends of lines, missing from `masked`.
    pub(crate) blanked: Vec<Range<usize>>,
    /// How the last blanked line was misplaced.
    last: Option<Misplaced>,
    /// What stands for the beginning of `masked` where only what is behind it changes.
    outlines: Outlines,
    /// Whether the parser still does not reach the end of `masked`.
    pub(crate) gave_up: bool,
}

/// Masks at most [`MAX_RECOVERIES`] places, each time the one that lets the parser read furthest.
pub(crate) fn recover(text: &str, outlines: Outlines, first: Failure) -> Recovered {
    let mut recovered = Recovered::of(text);
    recovered.outlines = outlines;
    recovered.mended(text, first)
}

/// What is wrong where the parser stopped, unless it is a mistake that has a mask of its own.
pub(crate) fn unexplained(text: &str, outlines: &Outlines, failure: &Failure) -> Option<Problem> {
    let at = failure.at as usize;
    let is_explained = flow_cut(text, failure).is_some()
        || unquoted_colon(text, at).is_some()
        || short_text(text, text, at, outlines.end()).is_some();
    let problem = (!is_explained).then(|| message::of_failure(text, failure))?;
    (problem.kind == ProblemKind::Syntax).then_some(problem)
}

/// The same behind lines that are blanked whatever the parser says of them.
pub(crate) fn recover_without(text: &str, lines: Vec<Range<usize>>) -> Recovered {
    let mut masked = String::with_capacity(text.len());
    let mut end = 0;
    for line in &lines {
        masked.push_str(&text[end..line.start]);
        masked.extend(blanks(&text[line.clone()]));
        end = line.end;
    }
    masked.push_str(&text[end..]);
    let mut recovered = Recovered::new(masked, lines);
    match recovered.outlines.first_failure(&recovered.masked) {
        Some(first) => recovered.mended(text, first),
        None => recovered,
    }
}

/// How far one more mask lets the parser read.
enum Mended {
    Through,
    UpTo(Failure),
    Not,
}

impl From<Option<Failure>> for Mended {
    fn from(next: Option<Failure>) -> Self {
        next.map_or(Self::Through, Self::UpTo)
    }
}

impl Recovered {
    fn new(masked: String, blanked: Vec<Range<usize>>) -> Self {
        Self {
            masked,
            problems: Vec::new(),
            blanked,
            last: None,
            outlines: Outlines::default(),
            gave_up: false,
        }
    }

    /// A text in which nothing is masked.
    pub(crate) fn of(text: &str) -> Self {
        Self::new(text.to_owned(), Vec::new())
    }

    /// Masks the signs that cut expressions of `text` in two, where the parser then reads all of it.
    pub(crate) fn hide(&mut self, text: &str, cuts: &[FlowCut]) {
        let mut masked = self.masked.clone();
        for cut in cuts {
            hide_signs(&mut masked, *cut);
            self.problems.push(message::of_flow_cut(text, *cut));
        }
        let first = cuts.iter().map(|cut| cut.at as usize).min();
        if self.probe(&masked, first.unwrap_or(0)).is_none() {
            self.masked = masked;
        }
    }

    fn mended(mut self, text: &str, first: Failure) -> Self {
        let mut failure = Some(first);
        for _ in 0..MAX_RECOVERIES {
            let Some(current) = failure.take() else {
                return self;
            };
            match self.mend(text, &current) {
                Mended::Through => return self,
                Mended::UpTo(next) => failure = Some(next),
                Mended::Not => {
                    failure = Some(current);
                    break;
                }
            }
        }
        if let Some(failure) = failure {
            self.gave_up = true;
            self.problems.push(message::of_last_failure(text, &failure));
        }
        self
    }

    fn mend(&mut self, text: &str, failure: &Failure) -> Mended {
        if let Some(cut) = flow_cut(&self.masked, failure) {
            self.report(message::of_flow_cut(text, cut));
            let mut masked = self.masked.clone();
            hide_signs(&mut masked, cut);
            return self.goes_on(masked, cut.at as usize);
        }
        if let Some(colon) = unquoted_colon(&self.masked, failure.at as usize) {
            self.report(message::of_unquoted_colon(text, colon));
            let masked = hide_colon(&self.masked, colon);
            return self.goes_on(masked, colon.at as usize);
        }
        if let Some(next) = self.mend_short_text(text, failure) {
            return next;
        }
        let problem = message::of_failure(text, failure);
        if problem.kind == ProblemKind::Limit {
            return Mended::Not;
        }
        let Some(best) = self.best_blanking(failure) else {
            return Mended::Not;
        };
        let misplaced = misplaced(text, failure);
        if misplaced.is_none() || !self.continues(text, failure, misplaced) {
            self.report(problem);
        }
        self.last = misplaced;
        self.masked = best.masked;
        self.blanked.push(best.line);
        best.next.into()
    }

    /// Blanks all lines that were meant as the text of a block scalar, where that leads on.
    fn mend_short_text(&mut self, text: &str, failure: &Failure) -> Option<Mended> {
        let short = short_text(text, &self.masked, failure.at as usize, self.outlines.end())?;
        let masked = blank(&self.masked, &short.lines);
        let next = self.probe(&masked, short.lines.start);
        if next.as_ref().is_some_and(|next| next.at <= failure.at) {
            return None;
        }
        self.report(Problem {
            range: short.range(text),
            kind: ProblemKind::ShortText {
                lines: TextRange::of(short.lines.start, short.lines.end),
                indent: short.indent,
            },
            message: short.message(text),
        });
        self.last = None;
        self.masked = masked;
        self.blanked.push(short.lines);
        Some(next.into())
    }

    /// Blanks the line that lets the parser read furthest.
    fn best_blanking(&mut self, failure: &Failure) -> Option<Blanking> {
        let lines = candidates(&self.masked, failure);
        let first = lines.iter().map(|line| line.start).min()?;
        self.outlines.advance(&self.masked, first);
        let mut best: Option<Blanking> = None;
        for line in lines {
            let masked = blank(&self.masked, &line);
            let next = self.outlines.probe(&masked);
            let reached = next.as_ref().map_or(u32::MAX, |next| next.at);
            let best_reached =
                |best: &Blanking| best.next.as_ref().map_or(u32::MAX, |next| next.at);
            if best
                .as_ref()
                .is_none_or(|best| best_reached(best) < reached)
            {
                best = Some(Blanking { line, masked, next });
            }
            if reached == u32::MAX {
                break;
            }
        }
        best
    }

    /// Takes a mask that changes nothing in front of the byte `from`.
    fn goes_on(&mut self, masked: String, from: usize) -> Mended {
        let next = self.probe(&masked, from);
        self.masked = masked;
        next.into()
    }

    /// Where the parser stops in a text that is as it was in front of the byte `from`.
    fn probe(&mut self, masked: &str, from: usize) -> Option<Failure> {
        self.outlines.advance(&self.masked, from);
        self.outlines.probe(masked)
    }

    fn report(&mut self, problem: Problem) {
        let again = self
            .problems
            .last()
            .is_some_and(|last| last.kind == problem.kind);
        if matches!(
            problem.kind,
            ProblemKind::Syntax | ProblemKind::ShortText { .. } | ProblemKind::FlowCut(_)
        ) || !again
        {
            self.problems.push(problem);
        }
    }

    /// Whether the line before, which is blank by now, was misplaced in the same way: one wrong indentation spoils its
    /// neighbours.
    fn continues(&self, text: &str, failure: &Failure, misplaced: Option<Misplaced>) -> bool {
        let line = line_at(text, failure.at as usize);
        self.last == misplaced
            && written_line_before(text, line.start).as_ref() == self.blanked.last()
    }
}

/// What is wrong with where a line stands, not with what it says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Misplaced {
    Tab,
    Indentation,
}

fn misplaced(text: &str, failure: &Failure) -> Option<Misplaced> {
    match &failure.kind {
        kind if message::is_tab(kind) => Some(Misplaced::Tab),
        ErrorKind::MappingValueNotAllowed => {
            let at = failure.at as usize;
            let before = text.get(line_at(text, at).start..at)?;
            (!before.contains(": ")).then_some(Misplaced::Indentation)
        }
        ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::BlockSequenceEntryNotAllowed
        | ErrorKind::MappingKeyNotAllowed
        | ErrorKind::InvalidIndentation
        | ErrorKind::ExpectedDocumentStart => Some(Misplaced::Indentation),
        _ => None,
    }
}

/// One line blanked.
struct Blanking {
    line: Range<usize>,
    masked: String,
    next: Option<Failure>,
}

/// What may be to blame, the likeliest first: the value in which the parser stopped and its line, the values that begin
/// with the quote or the outermost bracket that is open, the line of the last scalar, the line after that, the last
/// line with text before, and the line of the bracket.
fn candidates(text: &str, failure: &Failure) -> Vec<Range<usize>> {
    let at = failure.at as usize;
    let error = line_at(text, at);
    let scalar = failure
        .last_scalar
        .map(|scalar| line_at(text, scalar.start() as usize));
    let bracket = failure.open_flow.map(|open| open as usize);
    let quote = failure.opening_quote(text);
    let places = [
        value_at(text, at),
        Some(error.clone()),
        quote.and_then(|open| value_at(text, open)),
        bracket.and_then(|open| value_at(text, open)),
        scalar.clone(),
        scalar.and_then(|line| line_after(text, &line)),
        written_line_before(text, error.start),
        bracket.map(|open| line_at(text, open)),
    ];
    let mut found: Vec<Range<usize>> = Vec::new();
    for place in places.into_iter().flatten() {
        let is_blank = text[place.clone()].trim().is_empty();
        if !is_blank && !found.contains(&place) {
            found.push(place);
        }
    }
    found
}

/// From the beginning of the value that holds `at` to the end of its line, if a key or a dash stands before it.
fn value_at(text: &str, at: usize) -> Option<Range<usize>> {
    let line = line_at(text, at);
    let start = value_start(text, line.start, at.min(line.end));
    let has_key = !text.get(line.start..start)?.trim().is_empty();
    has_key.then_some(start..line.end)
}

/// Blanks in place of every byte of the lines but their breaks.
fn blank(text: &str, lines: &Range<usize>) -> String {
    let mut masked = String::with_capacity(text.len());
    masked.push_str(&text[..lines.start]);
    masked.extend(blanks(&text[lines.clone()]));
    masked.push_str(&text[lines.end..]);
    masked
}

/// As many blanks as a text has bytes, its line breaks left.
fn blanks(text: &str) -> impl Iterator<Item = char> {
    text.bytes().map(|byte| match byte {
        b'\n' | b'\r' => char::from(byte),
        _ => ' ',
    })
}

/// Puts a letter for the colon, so that the scalar stays in one piece.
fn hide_colon(text: &str, colon: UnquotedColon) -> String {
    let at = colon.at as usize;
    format!("{}_{}", &text[..at], &text[at + 1..])
}
