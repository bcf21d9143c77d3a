//! Names without a pipeline: what was given, what only a run has, and what nothing is called (`spec/engine.md` §3).

use std::sync::{Arc, LazyLock};

use pipewright_engine::{Alias, Context, FUNCTORS, PIPELINE_ALIASES, PLATFORM_ROOTS};
use pipewright_jexl::value::Unknown;
use pipewright_jexl::{Failure, OpResult, Value};
use pipewright_model::catalogue::{self, RootKind, Shape};

use crate::given::Found;
use crate::lazy_map::LazyMap;
use crate::meant::meant;
use crate::notes::{LONGEST, MAX_NOTES, Notes, Written};
use crate::platform::Platform;
use crate::{AskedText, Given, Note, NoteCause, NullCause, UnknownCause};

/// What an expression sees that stands in no pipeline: given values. A name that a run, the platform or the pipeline
/// would have and that was not given is unknown, also beside what was given; below an object that was given whole, and
/// of what a run surely does not have, it is null.
#[derive(Clone, Debug)]
pub struct ValuesContext(Arc<State>);

#[derive(Debug)]
struct State {
    given: Arc<Given>,
    notes: Arc<Notes>,
}

impl ValuesContext {
    /// Names from these values.
    pub fn new(given: Arc<Given>) -> Self {
        Self(Arc::new(State {
            given,
            notes: Arc::default(),
        }))
    }

    /// The names without value that the last evaluation read, which was of `text`, each once: first those that were
    /// looked up, then paths of the text that lead to no member of an object of the caller's, unless it is very long.
    pub fn notes_on(&self, text: AskedText<'_>) -> Vec<Note> {
        let is_read = text.as_str().len() <= LONGEST;
        let paths: Vec<String> = is_read
            .then(|| text.paths())
            .into_iter()
            .flatten()
            .collect();
        self.notes_with(text, paths.iter().map(String::as_str))
    }

    /// The same where the paths of the text are known.
    pub fn notes_with<'p>(
        &self,
        text: AskedText<'_>,
        paths: impl IntoIterator<Item = &'p str>,
    ) -> Vec<Note> {
        let mut notes = self.0.notes.all();
        if notes.iter().any(Note::is_of_first_name) {
            let given = self.0.given.expressions().into_iter();
            let texts: Vec<_> = [text]
                .into_iter()
                .chain(given.map(AskedText::Template))
                .collect();
            let written = Written::of(&texts);
            notes.retain(|note| !note.is_of_first_name() || written.holds(&note.name));
        }
        for path in paths {
            if notes.len() >= MAX_NOTES {
                break;
            }
            let note = self.missing_member(path);
            let is_new = |note: &Note| notes.iter().all(|known| known.name != note.name);
            notes.extend(note.filter(is_new));
        }
        notes
    }

    /// Why a path is null that leads into an object of the caller's: the object has no such member, or is null. `None`
    /// where it has, and where the path leads elsewhere.
    fn missing_member(&self, path: &str) -> Option<Note> {
        let ends = path.match_indices('.').map(|(at, _)| at);
        let mut ends = ends.chain([path.len()]);
        let lost = ends.find(|end| self.0.find(&path[..*end]).is_none())?;
        let (around, name) = path[..lost].rsplit_once('.')?;
        if is_of_catalogue(&path[..lost]) {
            return None;
        }
        let is_name = !name.contains(['*', '[', '(']);
        let found = self.0.find(around)?;
        if found.is_null() {
            return Some(Note::new(around, NoteCause::Null(NullCause::GivenAsNull)));
        }
        (is_name && found.is_object()).then(|| {
            let why = found.has_no(around, name);
            Note::new(&path[..lost], NoteCause::Null(why))
        })
    }
}

impl Context for ValuesContext {
    fn get(&self, name: &str) -> OpResult<Option<Value>> {
        Ok(self.0.root(name))
    }

    fn begin(&self) {
        self.0.notes.clear();
    }
}

impl State {
    fn root(self: &Arc<Self>, name: &str) -> Option<Value> {
        if name.contains('.') {
            let found = self.find(name)?;
            return Some(match found.value() {
                Some(value) => self.given_value(name, value),
                None => self.object(name, None),
            });
        }
        let root = catalogue::root(name);
        let shape = root.map(|root| root.shape());
        let given = self.find(name);
        if given.is_some_and(|found| found.is_beside_functor(name)) {
            return None;
        }
        if let Some(found) = given {
            return Some(match found.value() {
                Some(value) if shape.is_none() || !matches!(value, Value::Map(_)) => {
                    self.given_value(name, value)
                }
                _ => self.object(name, shape),
            });
        }
        if self.holds_given(name) {
            return Some(self.object(name, shape));
        }
        let platform = PLATFORM_ROOTS.iter().find(|root| root.name == name);
        let of_engine = FUNCTORS.iter().any(|functor| functor.root == name)
            || PIPELINE_ALIASES
                .iter()
                .any(|alias| alias.name == name && !alias.is_name());
        if of_engine {
            return None;
        }
        match root.map(|root| root.kind()) {
            None | Some(RootKind::Functor | RootKind::Methods) if platform.is_some() => {
                platform.map(|root| Platform::value(&self.notes, root))
            }
            Some(RootKind::Functor | RootKind::Methods) => Some(Value::Unknown(self.unknown(name))),
            Some(RootKind::Placeholder) => {
                self.null(name, || NullCause::RuntimeInput);
                None
            }
            Some(_) => Some(self.object(name, shape)),
            None => {
                self.null(name, || {
                    let roots = catalogue::roots().map(|root| root.name());
                    let near = meant(name, roots.chain(self.given.roots()));
                    NullCause::NothingCalled {
                        name: name.to_owned(),
                        meant: near.map(str::to_owned),
                    }
                });
                None
            }
        }
    }

    /// What is given at a name: under this name, or under one that means the same.
    fn find(&self, name: &str) -> Option<Found<'_>> {
        self.given.find(name).or_else(|| {
            let mut names = other_names(name);
            names.find_map(|name| self.given.find(&name))
        })
    }

    /// Whether something is given by another name for what stands somewhere below a name.
    fn holds_given(&self, name: &str) -> bool {
        names_that_stand_for_others().any(|alias| {
            let rest = alias.target.strip_prefix(name);
            rest.is_some_and(|rest| rest.starts_with('.')) && self.given.find(alias.name).is_some()
        })
    }

    fn object(self: &Arc<Self>, path: &str, shape: Option<&'static Shape>) -> Value {
        GivenMembers {
            state: Arc::clone(self),
            path: path.to_owned(),
            shape,
        }
        .into_value()
    }

    /// A value that is given for a name, which may be null.
    fn given_value(&self, name: &str, value: Value) -> Value {
        if value.is_null() {
            return self.null(name, || NullCause::GivenAsNull);
        }
        value
    }

    /// Null, and a note why: what was meant is looked for where the note is kept.
    fn null(&self, name: &str, why: impl FnOnce() -> NullCause) -> Value {
        if self.notes.takes(name) {
            self.notes.add(name, NoteCause::Null(why()));
        }
        Value::Null
    }

    fn unknown(&self, name: &str) -> Unknown {
        self.notes.unknown(name, UnknownCause::NotGiven)
    }
}

/// Whether the catalogue lists a path, so that a run may have it beside what is given.
fn is_of_catalogue(path: &str) -> bool {
    let mut parts = path.split('.');
    let root = parts.next().and_then(catalogue::root);
    let shape = root.and_then(|root| {
        parts.try_fold(root.shape(), |shape, part| {
            let is_named = shape.names().any(|known| known == part);
            is_named.then(|| shape.member(part))?
        })
    });
    shape.is_some()
}

/// The aliases that stand for names.
static NAMES_FOR_OTHERS: LazyLock<Vec<&'static Alias>> = LazyLock::new(|| {
    PIPELINE_ALIASES
        .iter()
        .filter(|alias| alias.is_name())
        .collect()
});

fn names_that_stand_for_others() -> impl Iterator<Item = &'static Alias> {
    NAMES_FOR_OTHERS.iter().copied()
}

/// Other names for the same: `artifact.tag` and `artifacts.primary.tag` (`spec/engine.md` §3.2).
fn other_names(name: &str) -> impl Iterator<Item = String> {
    names_that_stand_for_others().filter_map(move |alias| {
        let ways = [(alias.name, alias.target), (alias.target, alias.name)];
        ways.into_iter().find_map(|(from, to)| {
            let rest = name.strip_prefix(from)?;
            (rest.is_empty() || rest.starts_with('.')).then(|| format!("{to}{rest}"))
        })
    })
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
        if let Some(found) = state.find(&full) {
            return match found.value() {
                Some(value) if below.is_none() || !matches!(value, Value::Map(_)) => {
                    state.given_value(&full, value)
                }
                _ => state.object(&full, below),
            };
        }
        if state.holds_given(&full) {
            return state.object(&full, below);
        }
        let around = state.find(&self.path);
        let whole = around.filter(|around| around.is_closed());
        let null_in_whole = |whole: Found<'_>| state.null(&full, || whole.has_no(&self.path, name));
        let Some(shape) = self.shape else {
            return match whole {
                Some(whole) => null_in_whole(whole),
                // A name of the caller's own, which no run has.
                None => Value::Unknown(state.notes.unknown(&full, UnknownCause::OthersGiven)),
            };
        };
        let is_listed = shape.names().any(|known| known == name);
        if shape.is_closed() && !is_listed {
            return state.null(&full, || NullCause::NoMember {
                around: self.path.clone(),
                name: name.to_owned(),
                meant: meant(name, shape.names()).map(|near| format!("{}.{near}", self.path)),
            });
        }
        match (below, whole) {
            // The names of a map are the caller's: of one that is given whole all are given.
            (Some(_), Some(whole)) if !is_listed => null_in_whole(whole),
            (Some(below), _) if below.names().next().is_some() => state.object(&full, Some(below)),
            (None, Some(whole)) if shape.names().next().is_none() => null_in_whole(whole),
            _ => Value::Unknown(state.unknown(&full)),
        }
    }

    fn whole(&self) -> Result<Value, Unknown> {
        match self.state.find(&self.path) {
            Some(found) => found.whole().ok_or_else(|| {
                let notes = &self.state.notes;
                notes.unknown(&self.path, UnknownCause::WholeOfGiven)
            }),
            // Read as a whole it is a name without value like any other.
            None => Err(self.state.unknown(&self.path)),
        }
    }

    fn plain(&self) -> OpResult<Option<Value>> {
        match self.state.find(&self.path) {
            Some(found) => Ok(found.whole()),
            None => Err(Failure::Unknown(
                self.state.unknown(&self.path).with_members(),
            )),
        }
    }
}
