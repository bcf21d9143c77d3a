//! What makes a node come to something, as the arguments that say so.

use pipewright_jexl::Json;
use pipewright_simulate::{Goal, Outcome, Until};

use super::outcomes::tried;
use crate::Streams;
use crate::exit::Failure;
use crate::printable::printable;

/// Writes what gives a node its verdict, or that nothing does and why.
pub(crate) fn write_until(
    goal: &Goal,
    until: &Until,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let (fqn, verdict) = (printable(&goal.fqn), goal.verdict.as_str());
    match until {
        Until::So(outcome) => {
            let arguments = arguments(outcome);
            if arguments.is_empty() {
                writeln!(
                    streams.output,
                    "{fqn}: {verdict} with nothing further given"
                )?;
            } else {
                writeln!(streams.output, "{fqn}: {verdict} with")?;
            }
            for argument in arguments {
                writeln!(streams.output, "  {}", printable(&argument))?;
            }
            if let Some(node) = outcome.plan.node(&goal.fqn) {
                writeln!(streams.output, "because {}", printable(&node.reason))?;
            }
        }
        Until::Nothing {
            reasons,
            tried: names,
            notes,
            ..
        } => {
            writeln!(
                streams.output,
                "{fqn}: nothing that was tried leads to {verdict}"
            )?;
            for reason in reasons {
                writeln!(streams.output, "  {}", printable(reason))?;
            }
            for name in names {
                writeln!(streams.output, "  tried: {}", printable(&tried(name)))?;
            }
            for note in notes {
                writeln!(streams.errors, "note: {}", printable(note))?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// The arguments that give an outcome's values and failure.
fn arguments(outcome: &Outcome) -> Vec<String> {
    let values = outcome.values.iter().map(|chosen| match &chosen.value {
        Json::String(text) => {
            let any = if chosen.is_any_other {
                "  # or anything else that no condition compares it with"
            } else {
                ""
            };
            format!("--set {}{any}", quoted(&format!("{}={text}", chosen.name)))
        }
        value => {
            let object = format!("{{\"{}\": {value}}}", chosen.name);
            format!("--context {}", quoted(&object))
        }
    });
    let mut arguments: Vec<String> = values.collect();
    arguments.extend(outcome.failure.as_ref().map(|failure| {
        let failing = format!("{}={}", failure.fqn, failure.fault);
        format!("--fail {}", quoted(&failing))
    }));
    arguments
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._=/:-+,@%".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}
