//! Where in a file a mistake is made again.

use pipewright_lint::Mistake;
use pipewright_source::Diagnostic;

use super::run_report::Report;

/// How many lines are told; the rest are counted.
const MOST_LINES: usize = 20;

/// The 1-based lines where the mistake stands again, without that of the first.
pub(super) fn also_lines(report: &Report<'_>, mistake: &Mistake<'_>) -> Vec<u32> {
    let own = line(report, mistake.first);
    let again = mistake.again.iter().filter_map(|again| line(report, again));
    let mut lines: Vec<u32> = again.filter(|line| Some(*line) != own).collect();
    lines.dedup();
    lines
}

/// The 1-based lines where a mistake stands.
pub(super) fn lines(report: &Report<'_>, mistake: &Mistake<'_>) -> Vec<u32> {
    let own = line(report, mistake.first);
    own.into_iter().chain(also_lines(report, mistake)).collect()
}

fn line(report: &Report<'_>, at: &Diagnostic) -> Option<u32> {
    let file = report.sources.get(at.span.file)?;
    Some(file.line_index().line(at.span.range.start()))
}

/// The words before the numbers of lines: `on line`, `on lines`.
pub(super) const fn on_lines(lines: &[u32]) -> &'static str {
    if lines.len() == 1 {
        "on line"
    } else {
        "on lines"
    }
}

/// The numbers of lines as people list them: `3, 9 and 12`.
pub(super) fn listed(lines: &[u32]) -> String {
    let (told, counted) = lines.split_at(lines.len().min(MOST_LINES));
    let mut parts: Vec<String> = told.iter().map(u32::to_string).collect();
    if !counted.is_empty() {
        parts.push(format!("{} more", counted.len()));
    }
    match parts.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// ` (also on lines 3, 9 and 12)`, or nothing where there are none.
pub(super) fn also_on(lines: &[u32]) -> String {
    match lines {
        [] => String::new(),
        lines => format!(" (also {} {})", on_lines(lines), listed(lines)),
    }
}
