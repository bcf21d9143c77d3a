//! Names without a pipeline: what was given, what only a run has, and what nothing is called (`spec/engine.md` §3).

use std::sync::{Arc, Mutex, PoisonError};

use pipewright_engine::{Context, FUNCTORS, PIPELINE_ALIASES, PLATFORM_ROOTS};
use pipewright_jexl::{OpResult, Value};
use pipewright_model::catalogue::{self, RootKind, Shape};
use pipewright_source::closest;

use crate::Given;
use crate::given::Found;
use crate::lazy_map::LazyMap;

/// What an expression sees that stands in no pipeline: given values. A name that a run, the platform or the pipeline would have and
/// that was not given is unknown, also beside what was given; below an object that was given whole, and of what a run surely does not
/// have, it is null.
#[derive(Clone, Debug)]
pub struct ValuesContext(Arc<State>);

#[derive(Debug)]
struct State {
    given: Arc<Given>,
    missed: Mutex<Vec<MissedName>>,
}

/// A name that was read and has no value.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct MissedName {
    /// The name as it was looked up.
    pub name: String,
    /// Whether only a run can tell; else it is null.
    pub is_unknown: bool,
    /// The fact, as a sentence without a full stop.
    pub reason: Arc<str>,
    /// What was probably meant.
    pub suggestions: Vec<String>,
}

impl MissedName {
    /// A name without value and why, where nothing is known that was meant.
    pub fn new(name: String, is_unknown: bool, reason: &Arc<str>) -> Self {
        Self {
            name,
            is_unknown,
            reason: Arc::clone(reason),
            suggestions: Vec::new(),
        }
    }
}

/// How many names are noted.
const MAX_NOTED: usize = 1_000;

impl ValuesContext {
    /// Names from these values.
    pub fn new(given: Arc<Given>) -> Self {
        Self(Arc::new(State {
            given,
            missed: Mutex::default(),
        }))
    }

    /// Why a path is null that leads into an object of the caller's: the object has no such member. `None` where it has, and where the
    /// path leads elsewhere.
    pub fn missing_member(&self, path: &str) -> Option<MissedName> {
        let ends = path.match_indices('.').map(|(at, _)| at);
        let mut ends = ends.chain([path.len()]);
        let lost = ends.find(|end| self.0.given.find(&path[..*end]).is_none())?;
        let (around, name) = path[..lost].rsplit_once('.')?;
        if !self.0.given.find(around)?.is_closed() {
            return None;
        }
        let reason: Arc<str> = no_member(around, name).into();
        Some(MissedName::new(path[..lost].to_owned(), false, &reason))
    }

    /// The names without value that were read since the last call, each once, in order.
    pub fn take_missed(&self) -> Vec<MissedName> {
        let mut missed = self.0.missed.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *missed)
    }
}

impl Context for ValuesContext {
    fn get(&self, name: &str) -> OpResult<Option<Value>> {
        Ok(self.0.root(name))
    }
}

impl State {
    fn root(self: &Arc<Self>, name: &str) -> Option<Value> {
        if name.contains('.') {
            let found = self.given.find(name)?;
            return Some(found.value().unwrap_or_else(|| self.object(name, None)));
        }
        let root = catalogue::root(name);
        let shape = root.map(|root| root.shape());
        if let Some(found) = self.given.find(name) {
            return Some(match found.value() {
                Some(value) if shape.is_none() || !matches!(value, Value::Map(_)) => value,
                _ => self.object(name, shape),
            });
        }
        let of_engine = FUNCTORS.iter().any(|functor| functor.root == name)
            || root.is_none() && PLATFORM_ROOTS.iter().any(|root| root.name == name)
            || PIPELINE_ALIASES
                .iter()
                .any(|alias| alias.name == name && !alias.is_name());
        if of_engine {
            return None;
        }
        match root.map(|root| root.kind()) {
            Some(RootKind::Functor | RootKind::Methods)
                if PLATFORM_ROOTS.iter().any(|root| root.name == name) =>
            {
                None
            }
            Some(RootKind::Functor | RootKind::Methods) => Some(self.unknown(name)),
            Some(RootKind::Placeholder) => None,
            Some(_) => Some(self.object(name, shape)),
            None => {
                let roots = catalogue::roots().map(|root| root.name());
                let near = closest(name, roots.chain(self.given.roots()));
                let reason = format!("nothing is called `{name}`");
                self.null(name, reason, near.map(str::to_owned));
                None
            }
        }
    }

    fn object(self: &Arc<Self>, path: &str, shape: Option<&'static Shape>) -> Value {
        GivenMembers {
            state: Arc::clone(self),
            path: path.to_owned(),
            shape,
        }
        .into_value()
    }

    fn null(&self, name: &str, reason: String, near: Option<String>) -> Value {
        let reason = match &near {
            Some(near) => format!("{reason}; did you mean `{near}`?"),
            None => reason,
        };
        self.note(name, false, reason.into(), near);
        Value::Null
    }

    fn unknown(&self, name: &str) -> Value {
        let reason: Arc<str> =
            format!("`{name}` is not known: only a run has it, and no value is given for it")
                .into();
        self.note(name, true, Arc::clone(&reason), None);
        Value::unknown(reason)
    }

    fn note(&self, name: &str, is_unknown: bool, reason: Arc<str>, near: Option<String>) {
        let mut missed = self.missed.lock().unwrap_or_else(PoisonError::into_inner);
        if missed.len() < MAX_NOTED && missed.iter().all(|known| known.name != name) {
            missed.push(MissedName {
                name: name.to_owned(),
                is_unknown,
                reason,
                suggestions: near.into_iter().collect(),
            });
        }
    }
}

/// A name with members: given ones, and those that a run has.
#[derive(Debug)]
struct GivenMembers {
    state: Arc<State>,
    path: String,
    /// What the catalogue knows of the members; `None` for names of the caller's own.
    shape: Option<&'static Shape>,
}

impl LazyMap for GivenMembers {
    fn member(&self, name: &str) -> Value {
        let state = &self.state;
        let full = format!("{}.{name}", self.path);
        let below = self.shape.and_then(|shape| shape.member(name));
        if let Some(found) = state.given.find(&full) {
            return match found.value() {
                Some(value) if below.is_none() || !matches!(value, Value::Map(_)) => value,
                _ => state.object(&full, below),
            };
        }
        let around = state.given.find(&self.path);
        let is_whole = around.is_some_and(Found::is_closed);
        let Some(shape) = self.shape else {
            return if is_whole {
                state.null(&full, no_member(&self.path, name), None)
            } else {
                state.unknown(&full)
            };
        };
        let is_listed = shape.names().any(|known| known == name);
        if shape.is_closed() && !is_listed {
            let near = closest(name, shape.names()).map(|near| format!("{}.{near}", self.path));
            return state.null(&full, format!("`{}` has no `{name}`", self.path), near);
        }
        match below {
            // The names of a map are the caller's: of one that is given whole all are given.
            Some(_) if !is_listed && is_whole => {
                state.null(&full, no_member(&self.path, name), None)
            }
            Some(below) if below.names().next().is_some() => state.object(&full, Some(below)),
            None if is_whole && shape.names().next().is_none() => {
                state.null(&full, no_member(&self.path, name), None)
            }
            _ => state.unknown(&full),
        }
    }

    fn whole(&self) -> Result<Value, String> {
        let found = self.state.given.find(&self.path);
        found.and_then(Found::value).ok_or_else(|| {
            // Read as a whole it is a name without value like any other.
            match self.state.unknown(&self.path) {
                Value::Unknown(unknown) => unknown.to_string(),
                _ => String::new(),
            }
        })
    }
}

/// Why a name is null below an object that was given whole.
fn no_member(around: &str, name: &str) -> String {
    format!("the value given for `{around}` has no `{name}`")
}
