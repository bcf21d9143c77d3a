//! `strategy.node.NAME`: the loops around the reader one by one (`spec/engine.md` §3.7).

use std::any::Any;
use std::sync::Arc;

use pipewright_jexl::value::{JavaString, Object};
use pipewright_jexl::{Failure, Outcome, Value};
use pipewright_model::NodeId;

use crate::loops::LOOP_FIELDS;
use crate::reader::Reader;
use crate::view::{call_get, name_of};

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

    fn member(&self, member: &str) -> Value {
        match self.named {
            Some(node) => self.field(node, member),
            None => self.level(member),
        }
    }

    fn level(&self, identifier: &str) -> Value {
        let contents = &self.reader.contents;
        let mut nodes = self.nodes.iter().copied();
        let named = nodes.find(|node| contents.identifier(*node) == Some(identifier));
        if named.is_some() {
            return Value::object(Self {
                reader: Arc::clone(&self.reader),
                nodes: Vec::new(),
                named,
            });
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

impl Object for Levels {
    fn type_name(&self) -> &'static str {
        "Map"
    }

    fn text(&self) -> Outcome<JavaString> {
        Err(Failure::Unknown(
            "only a run knows all values of its loops".into(),
        ))
    }

    fn property(&self, key: &Value) -> Outcome<Option<Value>> {
        Ok(name_of(key).map(|name| self.member(&name)))
    }

    fn call(&self, method: &str, arguments: &[Value]) -> Outcome<Option<Value>> {
        call_get(self, method, arguments)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
