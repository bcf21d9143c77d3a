//! JUnit's XML: a suite for each file; what could not be run is an error, what does not hold a failure.

use pipewright_simulate::expect::{FileOutcome, TestOutcome};

use super::{located, sentences};
use crate::Streams;
use crate::exit::Failure;
use crate::xml::Xml;

pub(super) fn write(files: &[FileOutcome], streams: &mut Streams<'_>) -> Result<(), Failure> {
    writeln!(
        streams.output,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>"
    )?;
    for file in files {
        let wrong = file.mistakes.len();
        let broken = file
            .tests
            .iter()
            .filter(|test| test.error().is_some())
            .count();
        let failing = file.tests.iter().filter(|test| !test.is_ok()).count();
        writeln!(
            streams.output,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\">",
            Xml(file.name()),
            file.tests.len() + wrong,
            failing - broken,
            broken + wrong,
        )?;
        for mistake in &file.mistakes {
            let said = located(file, mistake);
            let (name, said) = (Xml(file.name()), Xml(&said));
            writeln!(
                streams.output,
                "    <testcase name=\"{name}\" classname=\"{name}\"><error message=\"{said}\"/></testcase>"
            )?;
        }
        for test in &file.tests {
            write_test(file, test, streams)?;
        }
        writeln!(streams.output, "  </testsuite>")?;
    }
    writeln!(streams.output, "</testsuites>")?;
    Ok(())
}

fn write_test(
    file: &FileOutcome,
    test: &TestOutcome,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    // A case without a name would be none to those that read this.
    let title = match test.name.as_str() {
        "" => file.name(),
        name => name,
    };
    let start = format!(
        "    <testcase name=\"{}\" classname=\"{}\"",
        Xml(title),
        Xml(file.name())
    );
    let said = sentences(file, test).join("\n");
    let said = Xml(&said);
    match test.error() {
        _ if test.is_ok() => writeln!(streams.output, "{start}/>")?,
        Some(_) => writeln!(
            streams.output,
            "{start}><error message=\"{said}\"/></testcase>"
        )?,
        None => writeln!(
            streams.output,
            "{start}><failure message=\"{said}\"/></testcase>"
        )?,
    }
    Ok(())
}
