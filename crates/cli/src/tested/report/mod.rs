//! Tells what became of tests: to people, and to other programs. One file per format.

mod human;
mod json;
mod junit;
mod tap;

use pipewright_simulate::expect::{Difference, FileOutcome, Mistake, TestAnswer, TestOutcome};

use crate::Streams;
use crate::colour::Palette;
use crate::exit::Failure;
use crate::printable::printable;

/// How to tell it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub(crate) enum Format {
    /// One line a test, and below it what differs
    Human,
    /// One JSON object
    Json,
    /// JUnit's XML
    Junit,
    /// The Test Anything Protocol
    Tap,
}

/// Tells what became of all files.
pub(crate) fn write(
    files: &[FileOutcome],
    format: Format,
    palette: Palette,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    match format {
        Format::Human => human::write(files, palette, streams),
        Format::Json => json::write(files, streams),
        Format::Junit => junit::write(files, streams),
        Format::Tap => tap::write(files, streams),
    }
}

/// `FQN: expected skipped, got runs: reason`.
fn sentence(difference: &Difference) -> String {
    let Difference {
        fqn,
        expected,
        got,
        reason,
        ..
    } = difference;
    let because = if reason.is_empty() {
        String::new()
    } else {
        format!(": {reason}")
    };
    printable(&format!("{fqn}: expected {expected}, got {got}{because}")).into_owned()
}

/// `file:line:column: what is wrong`.
fn located(file: &FileOutcome, mistake: &Mistake) -> String {
    let at = file.start(mistake.span);
    let (name, message) = (file.name(), &mistake.message);
    printable(&format!("{name}:{}:{}: {message}", at.line, at.column)).into_owned()
}

/// What is wrong with a test, a sentence each.
fn sentences(file: &FileOutcome, test: &TestOutcome) -> Vec<String> {
    match &test.answer {
        TestAnswer::Holds => Vec::new(),
        TestAnswer::Differs(differences) => differences.iter().map(sentence).collect(),
        TestAnswer::Error(mistake) => vec![located(file, mistake)],
    }
}

/// How many tests hold, and how many do not; a file that is wrong as a whole counts as one that does not.
fn counts(files: &[FileOutcome]) -> (usize, usize) {
    let tests = || files.iter().flat_map(|file| &file.tests);
    let passed = tests().filter(|test| test.is_ok()).count();
    let mistakes: usize = files.iter().map(|file| file.mistakes.len()).sum();
    (passed, tests().count() - passed + mistakes)
}
