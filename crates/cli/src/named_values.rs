//! The values of names, as far as the files tell them.

use std::cell::Cell;

use pipewright_analysis::Prepared;
use pipewright_context::{PipelineContext, RunPlace};
use pipewright_engine::Engine;
use pipewright_jexl::{Json, Value, question_within};
use pipewright_model::NodeId;
use pipewright_resolve::Name;

/// How much reading the values of one pipeline may cost, in units of `pipewright_jexl::limits::MAX_WORK`. Those behind
/// are not told.
const MAX_NAMES_WORK: u64 = 64 * 1024 * 1024;

/// How much of it one value may take.
const MAX_NAME_WORK: u64 = 1024 * 1024;

/// Reads values off a pipeline, each from the node that has it or all from one place.
pub(crate) struct NamedValues<'p> {
    prepared: &'p Prepared,
    engine: Engine,
    /// The node that was asked last, and what it sees. Names come node by node.
    last: Option<(NodeId, PipelineContext)>,
    /// What is left of the work.
    work: Cell<u64>,
}

impl<'p> NamedValues<'p> {
    pub(crate) fn new(prepared: &'p Prepared) -> Self {
        Self {
            prepared,
            engine: prepared.pipeline().engine(),
            last: None,
            work: Cell::new(MAX_NAMES_WORK),
        }
    }

    /// The value of a name where its node reads it. `None` for what only a run can tell, what differs from turn to turn
    /// of a loop, and for objects, whose members have names of their own.
    pub(crate) fn own(&mut self, name: &Name) -> Option<Json> {
        let path = name.path_from_node(self.prepared.pipeline().pipeline())?;
        if self
            .last
            .as_ref()
            .is_none_or(|(node, _)| *node != name.node)
        {
            let context = self.prepared.pipeline().at(&RunPlace::node(name.node));
            self.last = Some((name.node, context.ok()?));
        }
        let (_, context) = self.last.as_ref()?;
        self.value(&path, context)
    }

    /// The value of a path at a place.
    pub(crate) fn at(&self, context: &PipelineContext, path: &str) -> Option<Json> {
        self.value(path, context)
    }

    fn value(&self, path: &str, context: &PipelineContext) -> Option<Json> {
        let left = self.work.get();
        let granted = left.min(MAX_NAME_WORK);
        let mut rest = granted;
        let text = format!("<+{path}>");
        let value = question_within(&mut rest, || self.engine.evaluate(text.as_str(), context));
        self.work.set(left - (granted - rest));
        let value = value.ok().filter(|_| rest > 0)?;
        let is_object = |value: &Value| matches!(value, Value::Map(_) | Value::Object(_));
        if is_object(&value) || matches!(value, Value::Null | Value::Unknown(_)) {
            return None;
        }
        value.to_json().ok()
    }
}

/// The most of a value that a table shows, in characters.
const MOST_SHOWN: usize = 60;

/// A value as a column of a table.
pub(crate) fn in_table(value: Option<&Json>) -> String {
    let text = match value {
        None => return String::new(),
        Some(Json::String(text)) => text.clone(),
        Some(value) => value.to_string(),
    };
    match text.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
