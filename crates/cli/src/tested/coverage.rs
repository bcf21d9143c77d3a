//! What tests have seen of pipelines, for people.

use pipewright_simulate::expect::{FileOutcome, Seen, coverage_of};

use crate::Streams;
use crate::exit::Failure;
use crate::printable::printable;

/// Tells of each pipeline how much the tests have seen, and what they have not.
pub(crate) fn tell_coverage<'o>(
    files: impl IntoIterator<Item = &'o FileOutcome>,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    for (pipeline, coverage) in coverage_of(files) {
        let parts = [
            ("conditions", coverage.of_conditions()),
            ("operands", coverage.of_operands()),
            ("nodes", coverage.of_nodes()),
        ];
        let parts = parts.into_iter().filter(|(_, seen)| seen.of > 0);
        let parts: Vec<String> = parts.map(|(what, seen)| part(what, seen)).collect();
        let (name, percent) = (printable(&pipeline), coverage.percent());
        let parts = parts.join(", ");
        writeln!(streams.output, "{name}: {percent} % seen ({parts})")?;
        for missing in coverage.missing() {
            writeln!(streams.output, "  {}", printable(&missing))?;
        }
    }
    Ok(())
}

fn part(what: &str, Seen { seen, of, .. }: Seen) -> String {
    format!("{what} {seen} of {of}")
}

/// Whether the tests have seen at least so many percent of every pipeline; says what is missing where they have not.
pub(crate) fn is_covered<'o>(
    files: impl IntoIterator<Item = &'o FileOutcome>,
    wanted: u32,
    streams: &mut Streams<'_>,
) -> Result<bool, Failure> {
    let mut is_covered = true;
    for (pipeline, coverage) in coverage_of(files) {
        let percent = coverage.percent();
        if percent >= wanted {
            continue;
        }
        is_covered = false;
        let pipeline = printable(&pipeline);
        writeln!(
            streams.errors,
            "error: the tests cover {percent} % of `{pipeline}`, not {wanted} %"
        )?;
        for missing in coverage.missing() {
            writeln!(streams.errors, "  {}", printable(&missing))?;
        }
    }
    Ok(is_covered)
}
