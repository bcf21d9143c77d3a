//! `check --stats`: what was seen and decided, and where the time went.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use pipewright_analysis::Statistics;
use pipewright_resolve::UnknownReason;
use pipewright_yaml::ScalarStyle;

use crate::report::Summary;

/// The reason of references to what no file holds.
const OPEN: &str = UnknownReason::Open.as_str();

/// Measures the phases of a run.
#[derive(Debug)]
pub(crate) struct Clock {
    lap: Instant,
    laps: Vec<(&'static str, Duration)>,
}

impl Clock {
    /// Starts the first phase.
    pub(crate) fn start() -> Self {
        Self {
            lap: Instant::now(),
            laps: Vec::new(),
        }
    }

    /// Ends a phase and starts the next.
    pub(crate) fn lap(&mut self, phase: &'static str) {
        let now = Instant::now();
        self.laps.push((phase, now - self.lap));
        self.lap = now;
    }
}

/// The figures as lines of text.
pub(crate) fn render(statistics: &Statistics, summary: &Summary, clock: &Clock) -> String {
    let mut table = Table::default();
    table.row("files", statistics.files);
    table.row("scalars", statistics.scalars);
    let fallbacks = &statistics.offset_fallbacks;
    table.row(
        "scalars without exact positions",
        fallbacks.values().sum::<u64>(),
    );
    for (style, count) in fallbacks {
        table.row(format!("  {}", style_name(*style)), count);
    }
    table.row("expressions", statistics.islands);

    let references = &statistics.references;
    let unknown: u64 = references.unknown.values().sum();
    let decided = references.resolved + references.wrong;
    table.row("references into the pipeline", decided + unknown);
    table.row("  resolved", references.resolved);
    table.row("  wrong", references.wrong);
    table.row("  unknown", unknown);
    for (reason, count) in &references.unknown {
        table.row(format!("    {reason}"), count);
    }
    if decided + unknown > 0 {
        table.row("  decided", percentage(decided, decided + unknown));
        // Their node is known, and no file says what it holds: outputs of plugins, variables of an open list.
        let open = references.unknown.get(OPEN).copied().unwrap_or(0);
        if open > 0 {
            let share = percentage(decided + open, decided + unknown);
            table.row("  decided, or open to the run alone", share);
        }
    }
    table.row("references only a run can tell", references.run_time);

    let templates = &statistics.templates;
    let opaque: u64 = templates.opaque.values().sum();
    table.row("uses of templates", templates.written_out + opaque);
    table.row("  written out", templates.written_out);
    table.row("  opaque", opaque);
    for (reason, count) in &templates.opaque {
        table.row(format!("    {reason}"), count);
    }

    table.row("findings", summary.findings());
    for of_rule in &summary.by_rule {
        let label = format!("  {}[{}]", of_rule.severity.as_str(), of_rule.rule);
        table.row(label, of_rule.count);
    }

    for (phase, time) in &clock.laps {
        table.row(format!("time to {phase}"), milliseconds(*time));
    }
    table.render()
}

fn style_name(style: ScalarStyle) -> &'static str {
    match style {
        ScalarStyle::Plain => "plain",
        ScalarStyle::SingleQuoted => "single-quoted",
        ScalarStyle::DoubleQuoted => "double-quoted",
        ScalarStyle::Literal => "literal",
        ScalarStyle::Folded => "folded",
    }
}

/// With one decimal, rounded down, so that only all is 100 %.
fn percentage(part: u64, whole: u64) -> String {
    let tenths = part.saturating_mul(1000) / whole.max(1);
    format!("{}.{} %", tenths / 10, tenths % 10)
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

/// Names on the left, values on the right.
#[derive(Default)]
struct Table {
    rows: Vec<(String, String)>,
}

impl Table {
    fn row(&mut self, name: impl Into<String>, value: impl std::fmt::Display) {
        self.rows.push((name.into(), format!("{value}")));
    }

    fn render(&self) -> String {
        let widest = |lengths: &mut dyn Iterator<Item = usize>| lengths.max().unwrap_or(0);
        let left = widest(&mut self.rows.iter().map(|(name, _)| name.len()));
        let right = widest(&mut self.rows.iter().map(|(_, value)| value.len()));
        self.rows
            .iter()
            .fold(String::new(), |mut text, (name, value)| {
                // Writing into a string cannot fail.
                let _ = writeln!(text, "{name:left$}  {value:>right$}");
                text
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_all_is_a_hundred_percent() {
        assert_eq!(percentage(3, 3), "100.0 %");
        assert_eq!(percentage(99_999, 100_000), "99.9 %");
        assert_eq!(percentage(2, 3), "66.6 %");
        assert_eq!(percentage(0, 3), "0.0 %");
    }

    #[test]
    fn unknown_references_are_counted_by_reason() {
        let mut statistics = Statistics::default();
        statistics.references.resolved = 3;
        statistics.references.wrong = 1;
        statistics.references.unknown.insert("template", 4);
        statistics.references.unknown.insert("dynamic", 1);
        statistics.references.unknown.insert("open", 1);
        statistics.templates.written_out = 5;
        statistics.templates.opaque.insert("ambiguous", 7);
        statistics.offset_fallbacks.insert(ScalarStyle::Folded, 1);
        let text = render(&statistics, &Summary::default(), &Clock::start());
        let words: Vec<Vec<&str>> = text
            .lines()
            .map(|line| line.split_whitespace().collect())
            .collect();
        for row in [
            ["pipeline", "10"],
            ["unknown", "6"],
            ["dynamic", "1"],
            ["template", "4"],
            ["folded", "1"],
            ["templates", "12"],
            ["ambiguous", "7"],
        ] {
            assert!(
                words.iter().any(|line| line.ends_with(&row)),
                "{row:?} is not in\n{text}"
            );
        }
        assert!(text.contains("40.0 %") && text.contains("50.0 %"), "{text}");
    }
}
