//! Given values at names of the pipeline.

use std::sync::Arc;

use pipewright_jexl::Value;
use pipewright_jexl::value::Unknown;

use super::path::Path;
use crate::given::Found;
use crate::lazy_map::LazyMap;
use crate::state::PositionState;
use crate::{NullCause, UnknownCause};

impl PositionState {
    /// What was given at `name`: a value, or something that has given members.
    pub(crate) fn given_value(self: &Arc<Self>, name: &str, found: Found<'_>) -> Value {
        match found.value() {
            Some(Value::Null) => self.null(name, NullCause::GivenAsNull),
            Some(value) => value,
            None => GivenObject::new(self, name).into_value(),
        }
    }

    /// What is given at a name of the pipeline; of an instance also what is given for every instance.
    pub(crate) fn given_at(self: &Arc<Self>, path: &Path) -> Option<Value> {
        let mut names = [&path.read, &path.plain].into_iter();
        names.find_map(|name| Some(self.given_value(name, self.given.find(name)?)))
    }

    /// Whether a whole value is given at a name, so that what it does not have is null.
    pub(crate) fn is_given_whole(&self, path: &Path) -> bool {
        let found = [&path.read, &path.plain].map(|name| self.given.find(name));
        found.into_iter().flatten().any(Found::is_closed)
    }
}

/// A name of which only some members are given.
#[derive(Debug)]
pub(crate) struct GivenObject {
    state: Arc<PositionState>,
    name: String,
}

impl GivenObject {
    pub(crate) fn new(state: &Arc<PositionState>, name: &str) -> Self {
        Self {
            state: Arc::clone(state),
            name: name.to_owned(),
        }
    }
}

impl LazyMap for GivenObject {
    fn member(&self, name: &str) -> Value {
        let full = format!("{}.{name}", self.name);
        let around = self.state.given.find(&self.name);
        match around.map(|around| (around, around.member(name))) {
            Some((_, Some(found))) => self.state.given_value(&full, found),
            Some((around, None)) if around.is_closed() => {
                self.state.null(&full, around.has_no(&self.name, name))
            }
            _ => self.state.unknown(&full, UnknownCause::OthersGiven),
        }
    }

    fn whole(&self) -> Result<Value, Unknown> {
        let whole = self.state.given.find(&self.name).and_then(Found::whole);
        whole.ok_or_else(|| UnknownCause::WholeOfGiven.of(&self.name))
    }
}
