//! The Test Anything Protocol.

use pipewright_simulate::expect::FileOutcome;

use super::{counts, located, sentences};
use crate::Streams;
use crate::exit::Failure;
use crate::printable::printable;

pub(super) fn write(files: &[FileOutcome], streams: &mut Streams<'_>) -> Result<(), Failure> {
    let (passed, failed) = counts(files);
    writeln!(streams.output, "TAP version 13\n1..{}", passed + failed)?;
    let mut number = 0;
    for file in files {
        for mistake in &file.mistakes {
            number += 1;
            let name = printable(file.name());
            let said = located(file, mistake);
            writeln!(streams.output, "not ok {number} - {name}\n  # {said}")?;
        }
        for test in &file.tests {
            number += 1;
            let word = if test.is_ok() { "ok" } else { "not ok" };
            // A sign of TAP's own would be read as one.
            let title = printable(&test.name).replace('#', "\\#");
            writeln!(streams.output, "{word} {number} - {title}")?;
            for sentence in sentences(file, test) {
                writeln!(streams.output, "  # {sentence}")?;
            }
        }
    }
    Ok(())
}
