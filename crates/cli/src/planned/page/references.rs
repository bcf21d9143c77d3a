//! What the nodes of a plan read, and what that comes to under the given values.

use std::collections::HashMap;
use std::sync::Arc;

use pipewright_analysis::{Prepared, WrittenOut};
use pipewright_context::{Moment, Records};
use pipewright_jexl::Value;
use pipewright_simulate::{Given, History, Kind, Plan};

/// How many names of a node are told.
const MOST_OF_NODE: usize = 24;
/// How many are evaluated for a whole plan.
const MOST: usize = 4_000;
/// How many characters of a value are shown.
const MOST_CHARACTERS: usize = 120;

/// What each node of a plan reads, by its place in the plan.
#[derive(Default)]
pub(crate) struct References(HashMap<usize, Vec<Shown>>);

/// A name that a node reads.
pub(crate) struct Shown {
    /// As it is written.
    pub(crate) path: String,
    /// What it comes to, as the end of a sentence.
    pub(crate) came_to: String,
}

impl References {
    pub(super) fn of(&self, place: usize) -> &[Shown] {
        self.0.get(&place).map_or(&[], Vec::as_slice)
    }
}

/// What the nodes of the first pipeline of a file read.
pub(crate) fn references(
    (plan, history): (&Plan, &History),
    whole: &WrittenOut,
    prepared: &Prepared,
    given: &Given,
) -> References {
    let mut by_node: HashMap<String, Vec<(String, &'static str)>> = HashMap::new();
    if let Some((_, resolution)) = whole.analysis().resolved().next() {
        for reference in &resolution.references {
            let of_node = by_node
                .entry(resolution.names.fqn(reference.reader))
                .or_default();
            let path = reference.path();
            if of_node.len() < MOST_OF_NODE && !of_node.iter().any(|(known, _)| *known == path) {
                of_node.push((path, reference.verdict.as_str()));
            }
        }
    }
    let mut left = MOST;
    let mut all = References::default();
    for (place, node) in plan.nodes.iter().enumerate() {
        // What loops stands around its turns, which read.
        let is_read = node.kind != Kind::Loop;
        let name = plan.written_name(place);
        let Some(paths) = by_node.get(&name).filter(|_| is_read) else {
            continue;
        };
        let records = paths.iter().any(|(path, _)| path.contains("tatus"));
        let records = records.then(|| history.at(place)).flatten();
        let shown = paths.iter().map(|(path, outcome)| {
            let value = left
                .checked_sub(1)
                .filter(|_| !path.contains('*'))
                .and_then(|rest| {
                    left = rest;
                    value(prepared, &node.fqn, path, given, records.clone())
                });
            Shown {
                path: path.clone(),
                came_to: value.unwrap_or_else(|| (*outcome).to_owned()),
            }
        });
        all.0.insert(place, shown.collect());
    }
    all
}

/// What a name comes to at a node; `None` where it cannot be asked.
fn value(
    prepared: &Prepared,
    fqn: &str,
    path: &str,
    given: &Given,
    records: Option<Arc<dyn Records>>,
) -> Option<String> {
    let pipeline = prepared.pipeline();
    let mut place = pipeline.place(fqn).ok()?;
    place.given = given.values.clone();
    place.records = records;
    let context = pipeline.at_moment(&place, Moment::Running).ok()?;
    let expression = format!("<+{path}>");
    Some(
        match pipeline.engine().evaluate(expression.as_str(), &context) {
            Ok(Value::Unknown(unknown)) => format!("is not known: {unknown}"),
            Ok(value) => format!("is {}", short(&of_value(&value))),
            Err(error) => format!("fails: {}", short(&error.message)),
        },
    )
}

fn of_value(value: &Value) -> String {
    let json = value.to_json();
    json.map_or_else(|_| value.described(), |json| json.to_string())
}

fn short(text: &str) -> String {
    match text.char_indices().nth(MOST_CHARACTERS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
