//! `strategy.node.NAME`: the loops around the reader one by one (`spec/engine.md` §3.7).

use std::sync::Arc;

use pipewright_jexl::Value;
use pipewright_model::NodeId;

use crate::loops::{LOOP_FIELDS, LOOPS_ARE_OPEN};
use crate::members::Members;
use crate::reader::Reader;

/// What `strategy.node` is.
const NAME: &str = "strategy.node";

/// The loops around a reader by the identifiers of their nodes, or one of them.
#[derive(Debug)]
pub(crate) struct Levels {
    reader: Arc<Reader>,
    /// The looping nodes, the innermost first.
    nodes: Vec<NodeId>,
    /// The one that was named.
    named: Option<NodeId>,
}

impl Levels {
    pub(crate) fn new(reader: &Arc<Reader>, nodes: Vec<NodeId>) -> Self {
        Self {
            reader: Arc::clone(reader),
            nodes,
            named: None,
        }
    }

    fn level(&self, identifier: &str) -> Value {
        let contents = &self.reader.contents;
        let mut nodes = self.nodes.iter().copied();
        let named = nodes.find(|node| contents.identifier(*node) == Some(identifier));
        if named.is_some() {
            return Self {
                reader: Arc::clone(&self.reader),
                nodes: Vec::new(),
                named,
            }
            .into_value();
        }
        let name = format!("{NAME}.{identifier}");
        if let Some(found) = self.reader.given.find(&name) {
            return self.reader.given_value(&name, found);
        }
        if contents.is_whole() {
            self.reader.null(
                &name,
                format!("no loop around the reader is called `{identifier}`"),
            )
        } else {
            self.reader
                .unknown(&name, "the template may be used inside a loop")
        }
    }

    fn field(&self, node: NodeId, field: &str) -> Value {
        let reader = &self.reader;
        let identifier = reader.contents.identifier(node).unwrap_or_default();
        let name = format!("{NAME}.{identifier}.{field}");
        if let Some(found) = reader.given.find(&name) {
            return reader.given_value(&name, found);
        }
        if LOOP_FIELDS.contains(&field) {
            return reader.loop_field(node, &reader.contents.names.fqn(node), field);
        }
        if field == "currentStatus" {
            return reader.unknown(&name, "only a run knows the state of its loops");
        }
        reader.null(&name, format!("a loop has no `{field}`"))
    }
}

impl Members for Levels {
    fn member(&self, name: &str) -> Value {
        match self.named {
            Some(node) => self.field(node, name),
            None => self.level(name),
        }
    }

    fn whole(&self) -> Result<Value, String> {
        Err(LOOPS_ARE_OPEN.to_owned())
    }
}
