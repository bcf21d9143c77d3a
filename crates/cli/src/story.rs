//! What `--trace` tells of an evaluation: each name with its value, or every step.

use std::collections::HashSet;

use pipewright_engine::{Event, Step, Trace};

use crate::Streams;
use crate::exit::Failure;
use crate::printable::{printable, printable_lines};

/// How much of an evaluation is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub(crate) enum Detail {
    /// Each name with its value, and which operators made the answer false.
    Names,
    /// Every step, also the candidates that were tried for a name.
    Full,
}

/// Tells it on the error stream, so that the answer stays alone on the output. Names that do not stand in `text`,
/// because the command wrote them around it, are left out of the short form.
pub(crate) fn tell(
    trace: &Trace,
    detail: Detail,
    text: &str,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    if detail == Detail::Full {
        let steps = trace.to_string();
        writeln!(streams.errors, "{}", printable_lines(steps.trim_end()))?;
        return Ok(());
    }
    let mut told = HashSet::new();
    let mut waiting: Vec<(usize, &Step)> = trace.steps.iter().rev().map(|step| (0, step)).collect();
    while let Some((depth, step)) = waiting.pop() {
        let mut inside = depth;
        if let Event::Island { expression, .. } = &step.event {
            let is_ours = depth == 0 && !text.contains(expression.as_str());
            let line = format!("{:1$}{2}", "", depth * 2, step.event);
            // After a second try every name comes again.
            if !is_ours && told.insert(line.clone()) {
                writeln!(streams.errors, "{}", printable(&line))?;
            }
            inside += 1;
        }
        waiting.extend(step.inside.iter().rev().map(|inner| (inside, inner)));
    }
    Ok(())
}

/// The trace for a program.
pub(crate) fn for_program(trace: Trace, detail: Detail) -> Trace {
    match detail {
        Detail::Full => trace,
        Detail::Names => Trace {
            steps: without_candidates(trace.steps),
            ..trace
        },
    }
}

/// Steps lie no deeper in each other than expressions lead to each other, which has a limit.
fn without_candidates(steps: Vec<Step>) -> Vec<Step> {
    let is_kept = |step: &Step| !matches!(step.event, Event::Candidate { .. });
    let steps = steps.into_iter().filter(is_kept);
    steps
        .map(|step| Step {
            inside: without_candidates(step.inside),
            ..step
        })
        .collect()
}
