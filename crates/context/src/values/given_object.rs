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
        self.given_beside(name, found, Others::Unknown)
    }

    /// The same with what its members are that are not given.
    pub(crate) fn given_beside(
        self: &Arc<Self>,
        name: &str,
        found: Found<'_>,
        others: Others,
    ) -> Value {
        match found.value() {
            Some(Value::Null) => self.null(name, NullCause::GivenAsNull),
            Some(value) => value,
            None => {
                let object = GivenObject {
                    state: Arc::clone(self),
                    name: name.to_owned(),
                    others,
                };
                object.into_value()
            }
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

/// What the members of a name are that are not given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Others {
    /// Only a run has them.
    Unknown,
    /// They are missing, and whoever was asked before has said why.
    Missing,
}

/// A name of which only some members are given.
#[derive(Debug)]
struct GivenObject {
    state: Arc<PositionState>,
    name: String,
    others: Others,
}

impl LazyMap for GivenObject {
    fn member(&self, name: &str) -> Value {
        let full = format!("{}.{name}", self.name);
        let around = self.state.given.find(&self.name);
        match around.map(|around| (around, around.member(name))) {
            Some((_, Some(found))) => self.state.given_beside(&full, found, self.others),
            Some((around, None)) if around.is_closed() => {
                self.state.null(&full, around.has_no(&self.name, name))
            }
            _ if self.others == Others::Missing => Value::Null,
            _ => self.state.unknown(&full, UnknownCause::OthersGiven),
        }
    }

    fn whole(&self) -> Result<Value, Unknown> {
        let whole = self.state.given.find(&self.name).and_then(Found::whole);
        whole.ok_or_else(|| UnknownCause::WholeOfGiven.of(&self.name))
    }
}
