//! The settings of a step of v1 whose `run` is a text: the text is its script (`spec/v1.md` §7).

use pipewright_jexl::Value;
use pipewright_jexl::value::{JavaString, Unknown};

use super::settings::Setting;
use crate::NullCause;
use crate::lazy_map::LazyMap;

/// The one setting that a `run` without further keys writes.
const SCRIPT: &str = "script";

/// The settings of a step whose only one is a script.
#[derive(Debug)]
pub(super) struct ShortScript(pub(super) Setting);

impl ShortScript {
    fn script(&self) -> Value {
        let setting = self.0.clone();
        let path = setting.path.member(SCRIPT);
        Setting { path, ..setting }.value()
    }
}

impl LazyMap for ShortScript {
    fn member(&self, name: &str) -> Value {
        if name == SCRIPT {
            return self.script();
        }
        let path = self.0.path.member(name);
        let state = &self.0.state;
        let given = state.given_at(&path);
        given.unwrap_or_else(|| state.null(&path.read, NullCause::NotSet))
    }

    fn whole(&self) -> Result<Value, Unknown> {
        Ok(Value::map([(JavaString::from(SCRIPT), self.script())]))
    }
}
