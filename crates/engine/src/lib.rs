//! The Harness expression engine on top of JEXL: islands, names, modes and functors.
//!
//! A *template text* is text with islands, `<+ … >`. It is [rendered](Engine::render) to a text or
//! [evaluated](Engine::evaluate) to a value, with names from a [`Context`]. The rules are those of the real engine
//! (`spec/engine.md`), with every surprise: `"<+a>" == "x"` compares a name in [`Profile::Classic`], and a text that
//! leads nowhere is the word `null` in [`Mode::Null`].
//!
//! ```
//! use pipewright_engine::{Engine, MapContext};
//!
//! let engine = Engine::new();
//! let json = serde_json::json!({"pipeline": {"variables": {"env": "prod", "list": [1, 2]}}});
//! let context = MapContext::from_json(&json).expect("an object");
//!
//! assert_eq!(engine.render("<+pipeline.variables.env>: <+pipeline.variables.list>", &context)?.text, "prod: [1,2]");
//! assert_eq!(engine.render("<+pipeline.variables.nope>", &context)?.text, "null");
//! # Ok::<(), pipewright_engine::Error>(())
//! ```
//!
//! Values that only a run can tell are [`Value::Unknown`](pipewright_jexl::Value::Unknown) with a reason and flow
//! through every operation. This crate knows nothing of YAML and pipelines.

mod aliases;
mod clock;
mod concat;
mod context;
mod engine;
mod error;
mod functors;
#[doc(hidden)]
pub mod fuzzing;
mod hidden;
mod inputs;
mod json_text;
mod jsonpath;
pub mod limits;
mod objects;
mod predicate;
mod profile;
mod program;
mod programs;
mod render;
mod run;
mod template;
mod trace;
mod xml;

pub use aliases::{
    Alias, BASE_PREFIXES, GROUP_ALIASES, GroupAlias, PIPELINE_ALIASES, PIPELINE_PREFIXES,
};
pub use clock::Clock;
pub use concat::joins_as_text;
pub use context::{Context, Layers, MapContext, NoContext};
pub use engine::{Engine, Rendered, UnknownIsland};
pub use error::Error;
pub use functors::{
    FUNCTORS, Functor, FunctorSet, PLATFORM_ROOTS, Parameter, ParameterKind, PlatformRoot,
};
pub use inputs::InputValidator;
pub use predicate::{PredicateOf, Truth, When, WhenError, WhenStatus};
pub use profile::{Flags, Mode, Profile, UnknownName};
pub use template::{
    Template, find_expressions, find_variables, has_expressions, is_single_expression,
};
pub use trace::{Answer, Event, Step, Trace};
