//! The values that a condition saw, as its reason tells them.

use pipewright_engine::{Answer, Event, Step, Trace};

/// How many values a reason tells.
const MAX_SHOWN: usize = 4;

/// How many characters of a value it tells.
const MAX_CHARACTERS: usize = 60;

/// `pipeline.variables.env is "dev"` for each name that was read, each once. Of those that begin with one of the
/// `early` names, which are null before the stage starts, that is said.
pub(super) fn values_seen(trace: &Trace, early: &[String]) -> Vec<String> {
    let mut seen = Vec::new();
    collect(&trace.steps, early, &mut seen);
    seen
}

/// As deep as a trace nests, which is bounded.
fn collect(steps: &[Step], early: &[String], seen: &mut Vec<String>) {
    for step in steps {
        if let Event::Island { expression, answer } = &step.event
            && !expression.contains("<+")
            && expression != "Always"
        {
            let said = match answer {
                Answer::Value { r#type, value } if r#type == "String" => {
                    format!("{} is \"{}\"", expression.trim(), short(value))
                }
                Answer::Value { value, .. } => format!("{} is {}", expression.trim(), short(value)),
                Answer::Null { .. } if is_early(expression.trim(), early) => {
                    format!("{} is null before the stage starts", expression.trim())
                }
                Answer::Null { .. } => format!("{} is null", expression.trim()),
                _ => continue,
            };
            if seen.len() < MAX_SHOWN && !seen.contains(&said) {
                seen.push(said);
            }
            continue;
        }
        collect(&step.inside, early, seen);
    }
}

fn is_early(name: &str, early: &[String]) -> bool {
    early.iter().any(|early| {
        let rest = name.strip_prefix(early.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

fn short(value: &str) -> String {
    match value.char_indices().nth(MAX_CHARACTERS) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}
