//! For people: one line a test, and below it what differs.

use owo_colors::OwoColorize as _;
use pipewright_simulate::expect::{FileOutcome, TestOutcome};
use pipewright_source::Severity;

use super::{counts, located, sentences};
use crate::Streams;
use crate::colour::Palette;
use crate::exit::Failure;
use crate::printable::printable;

pub(super) fn write(
    files: &[FileOutcome],
    palette: Palette,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    // A file of which no test was chosen has nothing to tell.
    let has_something = |file: &&FileOutcome| !file.tests.is_empty() || !file.mistakes.is_empty();
    for file in files.iter().filter(has_something) {
        if files.len() > 1 {
            let name = printable(file.name());
            writeln!(streams.output, "{}", name.style(palette.strong()))?;
        }
        for mistake in &file.mistakes {
            writeln!(
                streams.output,
                "{} {}",
                failed(palette),
                located(file, mistake)
            )?;
        }
        for test in &file.tests {
            write_test(file, test, palette, streams)?;
        }
    }
    let (passed, failed) = counts(files);
    writeln!(streams.output, "{passed} passed, {failed} failed")?;
    Ok(())
}

fn write_test(
    file: &FileOutcome,
    test: &TestOutcome,
    palette: Palette,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let title = printable(&test.name);
    if test.is_ok() {
        writeln!(streams.output, "{} {title}", "ok".style(palette.code()))?;
        return Ok(());
    }
    let sentences = sentences(file, test);
    let failed = failed(palette);
    if title.is_empty() {
        writeln!(streams.output, "{failed} {}", sentences.join("; "))?;
        return Ok(());
    }
    writeln!(streams.output, "{failed} {title}")?;
    for sentence in sentences {
        writeln!(streams.output, "  {sentence}")?;
    }
    Ok(())
}

fn failed(palette: Palette) -> String {
    let style = palette.severity(Severity::Error);
    "FAILED".style(style).to_string()
}
