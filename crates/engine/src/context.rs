//! Where the names of an expression get their values.

use pipewright_jexl::value::{Map, Table};
use pipewright_jexl::{OpResult, Value};

/// Values by name, made when they are asked for.
///
/// A name is what stands before the first dot or bracket of an expression, with a prefix of the engine where it has one
/// (`ancestor` of `ancestor.stage`). Dotted names are asked for as well, where the part before the dot is unknown.
/// What only a run can tell is [`Value::Unknown`] with the reason.
pub trait Context {
    /// The value of `name`: `None` if nobody knows it, `Some(Null)` if it is known to be null.
    ///
    /// # Errors
    /// A failure of kind `evaluation` ends the whole evaluation; the kinds of JEXL leave this one expression
    /// unresolved.
    fn get(&self, name: &str) -> OpResult<Option<Value>>;

    /// An engine begins to evaluate or render with this context: what it counts and notes for one evaluation starts
    /// anew.
    fn begin(&self) {}
}

/// Knows no names.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct NoContext;

impl Context for NoContext {
    fn get(&self, _name: &str) -> OpResult<Option<Value>> {
        Ok(None)
    }
}

/// The members of a map as names.
///
/// Lists and maps are shared and not copied: a program that assigns into one (`<+a.b = 1>`) changes it for whoever
/// reads it later.
#[derive(Clone, Debug)]
pub struct MapContext {
    names: Map,
}

impl Default for MapContext {
    fn default() -> Self {
        Self::new(Map::new(Table::default()))
    }
}

impl MapContext {
    /// The entries of `names` as names.
    pub fn new(names: Map) -> Self {
        Self { names }
    }

    /// The members of a JSON object, of ours or of `serde_json`, as names; `None` if `json` is no object.
    ///
    /// ```
    /// use pipewright_engine::{Context, MapContext};
    ///
    /// let json = serde_json::json!({"pipeline": {"name": "Deploy"}});
    /// let context = MapContext::from_json(&json).expect("an object");
    /// assert!(context.get("pipeline").unwrap().is_some());
    /// assert!(context.get("stage").unwrap().is_none());
    /// ```
    pub fn from_json<J>(json: &J) -> Option<Self>
    where
        for<'j> Value: From<&'j J>,
    {
        match Value::from(json) {
            Value::Map(names) => Some(Self { names }),
            _ => None,
        }
    }

    /// The entries.
    pub fn names(&self) -> &Map {
        &self.names
    }
}

impl Context for MapContext {
    fn get(&self, name: &str) -> OpResult<Option<Value>> {
        Ok(self.names.get_str(name))
    }
}

/// Several contexts as one: the first that knows a name gives its value.
#[derive(Default)]
pub struct Layers<'c> {
    layers: Vec<&'c dyn Context>,
}

impl<'c> Layers<'c> {
    /// The layers, the one asked first in front.
    pub fn new(layers: impl IntoIterator<Item = &'c dyn Context>) -> Self {
        Self {
            layers: layers.into_iter().collect(),
        }
    }
}

impl std::fmt::Debug for Layers<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Layers({})", self.layers.len())
    }
}

impl Context for Layers<'_> {
    fn begin(&self) {
        for layer in &self.layers {
            layer.begin();
        }
    }

    fn get(&self, name: &str) -> OpResult<Option<Value>> {
        for layer in &self.layers {
            if let Some(value) = layer.get(name)? {
                return Ok(Some(value));
            }
        }
        Ok(None)
    }
}
