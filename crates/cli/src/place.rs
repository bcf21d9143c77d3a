//! Places in a pipeline as `--at` names them.

use pipewright_context::{AtError, PreparedPipeline, RunPlace};
use pipewright_source::{FileId, LineColumn, SourceFile};

use crate::exit::Failure;
use crate::printable::printable;

/// What `--at` takes, for its help.
pub(crate) const PLACE: &str = "FQN|IDENTIFIER|LINE:COLUMN";

/// The place that `at` names in a pipeline of the file that was asked for: by a fully qualified name, an identifier
/// that only one node has, or a line and column from 1.
///
/// # Errors
/// When there is none, with the names that were probably meant.
pub(crate) fn find(
    pipeline: &PreparedPipeline,
    (id, source): (FileId, &SourceFile),
    at: &str,
) -> Result<RunPlace, Failure> {
    let Some(position) = line_column(at) else {
        let meant = line_column_in(at);
        return pipeline.place(at).map_err(|error| match meant {
            Some(meant) => Failure::Message(format!(
                "nothing is called `{}`; a place in the file is written LINE:COLUMN, as in `{meant}`",
                printable(at)
            )),
            None => explain(&error),
        });
    };
    if position.line == 0 || position.column == 0 {
        return Err(Failure::Message(format!(
            "{at} is no place: lines and columns are counted from 1"
        )));
    }
    let text = source.text();
    let offset = source.line_index().offset_of_scalar(text, position);
    let place = offset.and_then(|offset| pipeline.place_at(id, text, offset));
    place.ok_or_else(|| {
        let name = printable(source.name());
        let lines = text.lines().count();
        let end = if position.line as usize > lines {
            format!(", which has {lines} lines")
        } else {
            String::new()
        };
        Failure::Message(format!("no pipeline is around {at} of `{name}`{end}"))
    })
}

/// A line and column, if that is what a text is.
pub(crate) fn line_column(text: &str) -> Option<LineColumn> {
    let (line, column) = text.split_once(':')?;
    let number = |text: &str| {
        let all_digits = text.bytes().all(|byte| byte.is_ascii_digit());
        all_digits.then(|| text.parse().ok())?
    };
    Some(LineColumn {
        line: number(line)?,
        column: number(column)?,
    })
}

/// The line and column that a text was meant for: a line alone, or what stands behind the name of a file.
fn line_column_in(text: &str) -> Option<String> {
    let text = text.trim_end_matches(':');
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(format!("{text}:1"));
    }
    let (before, _) = text.rsplit_once(':')?;
    let (_, line) = before.rsplit_once(':')?;
    let place = &text[before.len() - line.len()..];
    line_column(place).map(|_| place.to_owned())
}

/// What is said of a place that there is not.
pub(crate) fn explain(error: &AtError) -> Failure {
    let starts = std::iter::once("did you mean").chain(std::iter::repeat("or"));
    let lines = error.nearest().iter().zip(starts);
    let offers: Vec<String> = lines
        .map(|(name, start)| format!("\n  {start} `{}`", printable(name)))
        .collect();
    let hint = match error {
        AtError::NoPlace { nearest, .. } if nearest.is_empty() => {
            "; `pipewright fqn FILE` lists the names"
        }
        _ => "",
    };
    Failure::Message(format!("{error}{hint}{}", offers.concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_and_column_are_two_numbers() {
        assert_eq!(
            line_column("12:3").map(|at| (at.line, at.column)),
            Some((12, 3))
        );
        for text in [
            "12",
            "12:",
            ":3",
            "a:3",
            "1:2:3",
            "+1:2",
            "pipeline.stages.A",
        ] {
            assert_eq!(line_column(text), None, "{text}");
        }
    }
}
