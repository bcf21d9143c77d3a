//! What the expressions of loops come to, where the files tell (`spec/engine.md` §3.7).

use std::collections::HashMap;
use std::sync::Arc;

use pipewright_engine::Mode;
use pipewright_jexl::{Json, Value, question_within};
use pipewright_model::{Pipeline, may_hold_expression};
use pipewright_resolve::{LoopItem, LoopValue, LoopValues, Loops};
use pipewright_yaml::{self as yaml, Tree};

use crate::contents::Contents;
use crate::given::Given;
use crate::loop_expressions::{LoopExpression, has_loop_expressions, loop_expressions};
use crate::runtime_input::{Defaults, Filled};
use crate::state::PositionState;

/// The most expressions of loops that are evaluated in one pipeline. What others come to counts as known only to a run.
pub(crate) const MAX_EVALUATED: usize = 64;

/// How much all of them may cost together, in units of [`pipewright_jexl::limits::MAX_WORK`]: one takes some hundreds.
pub(crate) const MAX_LOOP_WORK: u64 = 1024 * 1024;

/// What the expressions of the loops of a pipeline come to.
#[derive(Debug, Default)]
pub(crate) struct Computed {
    values: LoopValues,
    /// The values of those that are lists, in full.
    pub(crate) items: HashMap<yaml::NodeId, Vec<Json>>,
}

/// The loops of a pipeline, which was read from `tree`, with the expressions in them evaluated that come to the same in
/// every run: a runtime input is open, whatever its default.
pub fn loops_of(tree: &Arc<Tree>, pipeline: &Arc<Pipeline>) -> Loops {
    if !has_loop_expressions(tree, pipeline) {
        return Loops::new(tree, pipeline);
    }
    let contents = Contents::new(Arc::clone(tree), Arc::clone(pipeline), HashMap::new());
    let contents = Contents {
        defaults: Defaults::Open,
        ..contents
    };
    let computed = Computed::new(&Arc::new(contents), &Given::default());
    Loops::with_values(tree, pipeline, computed.values)
}

impl Contents {
    /// The same pipeline with the iterations of its loops counted out as `given` values have them, and the inputs'
    /// defaults where they count.
    pub(crate) fn with_loops(self: Arc<Self>, given: &Given) -> Arc<Self> {
        if !self.has_loop_expressions {
            return self;
        }
        let computed = Computed::new(&self, given);
        let loops = Loops::with_values(&self.tree, &self.pipeline, computed.values);
        Arc::new(Self {
            loops,
            loop_items: Arc::new(computed.items),
            ..(*self).clone()
        })
    }
}

impl Computed {
    /// Evaluates the loops of a pipeline, all within one bound.
    fn new(contents: &Arc<Contents>, given: &Given) -> Self {
        let mut computed = Self::default();
        let given = Arc::new(given.clone());
        let mut work = MAX_LOOP_WORK;
        question_within(&mut work, || {
            for found in loop_expressions(&contents.tree, &contents.pipeline).take(MAX_EVALUATED) {
                let state = PositionState::starting(contents, found.node, &given);
                computed.add(found, &state);
            }
        });
        computed
    }

    fn add(&mut self, found: LoopExpression, state: &Arc<PositionState>) {
        let text = state.contents.tree.text(found.yaml).unwrap_or_default();
        let Filled::Text(text) = state.filled(text) else {
            return;
        };
        let Ok(value) = state.value_of(text, Mode::Null) else {
            return;
        };
        let value = if found.is_count {
            count(&value)
                .map(LoopValue::Count)
                .or_else(|| no_count(&value))
        } else {
            self.items(found.yaml, &value)
        };
        if let Some(value) = value {
            self.values.insert(found.yaml, value);
        }
    }

    /// The values of a list; a text that may be read as JSON is not known to be none.
    fn items(&mut self, at: yaml::NodeId, value: &Value) -> Option<LoopValue> {
        if let Value::String(text) = value {
            let text = text.to_str();
            let is_text = !text.trim_start().starts_with(['[', '{']) && !may_hold_expression(&text);
            return is_text.then(|| LoopValue::Text((*text).into()));
        }
        let Ok(Json::Array(items)) = value.to_json() else {
            return None;
        };
        if items.iter().any(holds_expression) {
            return None;
        }
        let known = items.iter().map(item).collect::<Option<_>>()?;
        self.items.insert(at, items);
        Some(LoopValue::Items(known))
    }
}

/// What a loop takes for a number of iterations.
fn count(value: &Value) -> Option<u32> {
    let text = value.text().ok()?;
    let text = text.to_str();
    let text = text.trim();
    text.strip_suffix(".0").unwrap_or(text).parse().ok()
}

/// A text that is no number of iterations.
fn no_count(value: &Value) -> Option<LoopValue> {
    let Value::String(text) = value else {
        return None;
    };
    let text = text.to_str();
    (!may_hold_expression(&text)).then(|| LoopValue::Text((*text).into()))
}

/// A value that a loop takes: a text or an object.
fn item(value: &Json) -> Option<LoopItem> {
    match value {
        Json::String(text) => Some(LoopItem::Text(text.as_str().into())),
        Json::Object(members) => {
            let members = members.iter();
            let members = members.map(|(name, value)| {
                let text = value.as_str().map(Into::into);
                (name.as_str().into(), text)
            });
            Some(LoopItem::Object(members.collect()))
        }
        _ => None,
    }
}

/// Whether something in a value is still to be evaluated. As deep as values nest.
pub(crate) fn holds_expression(value: &Json) -> bool {
    match value {
        Json::String(text) => may_hold_expression(text),
        Json::Array(items) => items.iter().any(holds_expression),
        Json::Object(members) => members.values().any(holds_expression),
        Json::Null | Json::Bool(_) | Json::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_variables_are_doubles() {
        assert_eq!(count(&Value::Double(3.0)), Some(3));
        assert_eq!(count(&Value::from(" 2 ")), Some(2));
        assert_eq!(count(&Value::Double(2.5)), None);
        assert_eq!(count(&Value::Integer(-1)), None);
        assert_eq!(count(&Value::Null), None);
    }
}
