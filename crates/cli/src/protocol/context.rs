//! The values that a line, the command line or `--contexts` gives.

use std::cell::OnceCell;
use std::sync::Arc;

use pipewright_context::Given;
use pipewright_jexl::Json;

use crate::answer::Fault;

/// An object of values, or null. Neither is copied, however many lines read it.
#[derive(Clone, Debug, Default)]
pub(crate) struct SharedContext {
    json: Arc<Json>,
    given: OnceCell<Arc<Given>>,
}

impl SharedContext {
    /// These values.
    pub(crate) fn new(json: Json) -> Self {
        Self {
            json: Arc::new(json),
            given: OnceCell::new(),
        }
    }

    /// The values as they were written.
    pub(super) fn json(&self) -> &Json {
        &self.json
    }

    /// The values by name.
    ///
    /// # Errors
    /// For what is neither an object nor null.
    pub(super) fn given(&self) -> Result<&Arc<Given>, Fault> {
        if !matches!(&*self.json, Json::Null | Json::Object(_)) {
            return Err(Fault::bad_request("`context` is no object"));
        }
        let make = || Arc::new(Given::of(Arc::clone(&self.json)));
        Ok(self.given.get_or_init(make))
    }

    /// What `{"$ref": name}` names, if it is that.
    pub(super) fn reference(&self) -> Option<&Json> {
        self.json.get("$ref")
    }
}
