//! Writes what came in the place of what was expected.

use pipewright_simulate::expect::{FileOutcome, TestAnswer};

/// The text of a file of tests in which the tests that differ expect what came; `None` where nothing changes.
pub(crate) fn updated(text: &str, outcome: &FileOutcome) -> Option<String> {
    let mut new = text.to_owned();
    let mut is_changed = false;
    for test in outcome.tests.iter().rev() {
        let (TestAnswer::Differs(_), Some(range)) = (&test.answer, &test.expectations) else {
            continue;
        };
        let Some((start, indentation)) = behind_key(text, range.start) else {
            continue;
        };
        let mut lines = String::new();
        for line in &test.would_hold {
            lines.extend(["\n", &indentation, line]);
        }
        // What follows on lines of its own stays there.
        let end = range.start + text[range.clone()].trim_end().len();
        new.replace_range(start..end, &lines);
        is_changed = true;
    }
    is_changed.then_some(new)
}

/// Where the value of the key before an offset starts, and the indentation of a block in its place.
fn behind_key(text: &str, value: usize) -> Option<(usize, String)> {
    let colon = text.get(..value)?.rfind("expect:")?;
    let line = text[..colon].rfind('\n').map_or(0, |at| at + 1);
    let column = text[line..colon].chars().count();
    let start = colon + "expect:".len();
    Some((start, " ".repeat(column + 2)))
}
