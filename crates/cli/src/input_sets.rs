//! The input sets of a question, on the pipeline they are for.

use pipewright_model::DocumentKind;
use pipewright_resolve::{DocumentAt, Merged, NoInputSet, Project, merge_input_sets};

use crate::exit::Failure;
use crate::files::Files;
use crate::report::printable;

/// A pipeline with the values of the input sets in the files `chosen`, overlays opened. `project` is of `files`.
///
/// # Errors
/// When a file holds no input set for that pipeline, or an overlay names one that is not at hand.
pub(crate) fn merge(
    files: &Files,
    project: &Project<'_>,
    pipeline: DocumentAt,
    chosen: &[usize],
) -> Result<Merged, Failure> {
    let document = &files.documents(pipeline.0)[pipeline.1];
    let is_pipeline = matches!(document.kind, DocumentKind::Pipeline(_));
    if !is_pipeline && !chosen.is_empty() {
        let name = printable(files.source(pipeline.0).name());
        return Err(Failure::Message(format!(
            "`{name}` holds a template, and input sets are for pipelines"
        )));
    }
    let sets = project.input_sets(pipeline, chosen);
    let sets = sets.map_err(|(number, reason)| {
        let name = files.source(chosen[number]).name();
        let sentence = format!("`{name}` {reason}");
        Failure::Message(format!("{}{}", printable(&sentence), hint(&reason)))
    })?;
    Ok(merge_input_sets(files.tree(pipeline.0), document, &sets))
}

/// What to do about it.
const fn hint(reason: &NoInputSet) -> &'static str {
    match reason {
        NoInputSet::Missing(_) => {
            "; name its file with --input-set too, or where to look for it with --with"
        }
        NoInputSet::Ambiguous(_) => "; name the one that is meant with --input-set too",
        _ => "",
    }
}
