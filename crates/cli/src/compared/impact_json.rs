//! What rests on something, as one JSON object.

use pipewright_analysis::Snapshot;
use pipewright_compare::{Dependent, Impact, PartKind};
use serde::Serialize;

use crate::Streams;
use crate::exit::Failure;
use crate::printable::json_lines;
use crate::report::Range;

/// The version of the shape.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    subjects: Vec<One<'a>>,
    complete: bool,
}

#[derive(Serialize)]
struct One<'a> {
    kind: &'static str,
    file: &'a str,
    name: &'a str,
    dependents: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    tie: &'static str,
    file: &'a str,
    fqn: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    span: Option<Range>,
    breaks: bool,
    dependents: Vec<Self>,
}

/// Writes what rests on something.
pub(crate) fn write_impact_json(
    impact: &Impact,
    snapshot: &Snapshot,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let subjects = impact.subjects.iter().map(|subject| One {
        kind: subject.kind.map_or("name", PartKind::as_str),
        file: &subject.file,
        name: &subject.name,
        dependents: entries(&subject.dependents, snapshot),
    });
    let document = Document {
        version: VERSION,
        subjects: subjects.collect(),
        complete: !impact.is_cut,
    };
    writeln!(streams.output, "{}", json_lines(&document)?)?;
    Ok(())
}

/// As deep as dependents are followed.
fn entries<'a>(dependents: &'a [Dependent], snapshot: &Snapshot) -> Vec<Entry<'a>> {
    let entry = |dependent: &'a Dependent| Entry {
        tie: dependent.tie.as_str(),
        file: &dependent.file,
        fqn: &dependent.fqn,
        path: dependent.path.as_deref(),
        span: snapshot
            .source(dependent.span.file)
            .map(|file| Range::new(file, dependent.span)),
        breaks: dependent.breaks,
        dependents: entries(&dependent.dependents, snapshot),
    };
    dependents.iter().map(entry).collect()
}
