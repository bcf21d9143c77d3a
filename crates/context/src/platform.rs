//! Roots that belong to the platform: what is read of them is known to a run only (`spec/engine.md` §5.1 and §5.2).

use std::any::Any;
use std::sync::Arc;

use pipewright_engine::PlatformRoot;
use pipewright_jexl::value::{JavaString, Object, Unknown};
use pipewright_jexl::{Failure, OpResult, Value};
use pipewright_model::catalogue;

use crate::lazy_map::name_of;
use crate::meant::meant;
use crate::notes::Notes;
use crate::{NoteCause, NullCause, UnknownCause};

/// A root as a reader sees it.
#[derive(Debug)]
pub(crate) struct Platform {
    notes: Arc<Notes>,
    root: &'static PlatformRoot,
}

impl Platform {
    pub(crate) fn value(notes: &Arc<Notes>, root: &'static PlatformRoot) -> Value {
        Value::object(Self {
            notes: Arc::clone(notes),
            root,
        })
    }

    fn unknown(&self, name: &str) -> Unknown {
        self.notes.unknown(name, UnknownCause::Platform(self.root))
    }

    fn whole(&self) -> Unknown {
        self.unknown(self.root.name)
    }

    /// Whether the root surely has no such member, which is noted.
    fn has_no(&self, member: &str) -> bool {
        let root = self.root.name;
        let Some(shape) = catalogue::root(root).map(|root| root.shape()) else {
            return false;
        };
        if !shape.is_closed() || shape.names().any(|known| known == member) {
            return false;
        }
        let meant = meant(member, shape.names()).map(|near| format!("{root}.{near}"));
        // Each kind of trigger has facts of its own, and the list may lack some.
        if root == "trigger" && meant.is_none() {
            return false;
        }
        let name = format!("{root}.{member}");
        if self.notes.takes(&name) {
            let why = NullCause::NoMember {
                around: root.to_owned(),
                name: member.to_owned(),
                meant,
            };
            self.notes.add(&name, NoteCause::Null(why));
        }
        true
    }
}

impl Object for Platform {
    fn type_name(&self) -> &'static str {
        "Map"
    }

    fn text(&self) -> OpResult<JavaString> {
        Err(Failure::Unknown(self.whole()))
    }

    fn property(&self, key: &Value) -> OpResult<Option<Value>> {
        let member = name_of(key).filter(|name| !name.is_empty() && !name.contains('.'));
        let unknown = match member {
            Some(member) if self.has_no(&member) => return Ok(Some(Value::Null)),
            Some(member) => self.unknown(&format!("{}.{member}", self.root.name)),
            None => self.whole(),
        };
        Ok(Some(Value::Unknown(unknown)))
    }

    /// `get` reads a member. What a method gives is not known either, nor by which name it would be given.
    fn call(&self, method: &str, arguments: &[Value]) -> OpResult<Option<Value>> {
        if let ("get", [key]) = (method, arguments) {
            return self.property(key);
        }
        let of_root = Value::Unknown(self.whole());
        let hangs_on = Unknown::among([&of_root].into_iter().chain(arguments));
        Ok(hangs_on.map(Value::Unknown))
    }

    fn plain(&self) -> OpResult<Option<Value>> {
        Err(Failure::Unknown(self.whole()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
