//! The Harness expression engine on top of JEXL: islands, names, modes and functors.
//!
//! A *template text* is text with islands, `<+ … >`. It is [rendered](Engine::render) to a text or
//! [evaluated](Engine::evaluate) to a value, with names from a [`Context`]. The rules are those of the real engine
//! (`spec/engine.md`), with every surprise: `"<+a>" == "x"` compares a name in [`Profile::Classic`], and a text that
//! leads nowhere is the word `null` in [`Mode::Null`].
//!
//! # Does a condition hold?
//!
//! ```
//! use pipewright_engine::{Engine, MapContext, Truth};
//!
//! let engine = Engine::new();
//! let json = serde_json::json!({"env": {"type": "Production"}, "branches": ["main", "next"]});
//! let context = MapContext::from_json(&json).expect("an object");
//!
//! let truth = engine.condition(r#"<+env.type> == "Production" && <+branches>.contains("main")"#, &context)?;
//! assert_eq!(truth, Truth::True);
//! // A condition that is neither true nor false is an error with its kind and place.
//! assert!(engine.condition("<+env.type>", &context).is_err());
//! # Ok::<(), pipewright_engine::Error>(())
//! ```
//!
//! # Rendering
//!
//! A [`Template`] is compiled once and rendered with as many contexts as wanted; a plain `&str` does for a single time.
//!
//! ```
//! use pipewright_engine::{Engine, MapContext, Mode, Template};
//!
//! let engine = Engine::new();
//! let script = Template::new("deploy <+service.name>:<+service.tags> to <+env.name>");
//! let json = serde_json::json!({"service": {"name": "api", "tags": ["1.2", "latest"]}});
//! let context = MapContext::from_json(&json).expect("an object");
//!
//! // What leads nowhere becomes the word `null`, as in Harness, unless another mode is asked for.
//! assert_eq!(engine.render(&script, &context)?.text, r#"deploy api:["1.2","latest"] to null"#);
//! let careful = Engine::new().mode(Mode::Original);
//! assert_eq!(careful.render(&script, &context)?.text, r#"deploy api:["1.2","latest"] to <+env.name>"#);
//! # Ok::<(), pipewright_engine::Error>(())
//! ```
//!
//! # Own names and functors
//!
//! A [`Context`] makes values when they are asked for. A functor is an [`Object`] whose methods are called.
//!
//! ```
//! use pipewright_engine::{Context, Engine, JavaString, Object, OpResult, Value};
//!
//! /// `<+vault.read("path")>`
//! #[derive(Debug)]
//! struct Vault;
//!
//! impl Object for Vault {
//!     fn type_name(&self) -> &str {
//!         "Vault"
//!     }
//!
//!     fn text(&self) -> OpResult<JavaString> {
//!         Ok("vault".into())
//!     }
//!
//!     fn call(&self, method: &str, arguments: &[Value]) -> OpResult<Option<Value>> {
//!         match (method, arguments) {
//!             ("read", [Value::String(path)]) => Ok(Some(Value::from(format!("secret of {path}")))),
//!             // There is no such method, which the engine tells as an error.
//!             _ => Ok(None),
//!         }
//!     }
//!
//!     fn as_any(&self) -> &dyn std::any::Any {
//!         self
//!     }
//! }
//!
//! struct Names;
//!
//! impl Context for Names {
//!     fn get(&self, name: &str) -> OpResult<Option<Value>> {
//!         Ok(match name {
//!             "vault" => Some(Value::object(Vault)),
//!             "build" => Some(Value::unknown("the build has not run")),
//!             _ => None,
//!         })
//!     }
//! }
//!
//! let engine = Engine::new();
//! assert_eq!(engine.render(r#"<+vault.read("db")>"#, &Names)?.text, "secret of db");
//! // What only a run can tell stays in the text and is listed with its reason.
//! let rendered = engine.render("image: <+build.tag>", &Names)?;
//! assert_eq!(rendered.text, "image: <+build.tag>");
//! assert_eq!(rendered.unknown[0].unknown.to_string(), "the build has not run");
//! # Ok::<(), pipewright_engine::Error>(())
//! ```
//!
//! The crate `pipewright` offers the same in a smaller face, with programs that do it with files.
//!
//! # Unknown values
//!
//! Values that only a run can tell are [`Value::Unknown`] with a [`Cause`] and the names that would decide them, and
//! flow through every operation. This crate knows nothing of YAML and pipelines.

#![warn(clippy::disallowed_methods)]

mod aliases;
mod clock;
mod concat;
mod context;
mod core;
mod documents;
mod engine;
mod error;
mod functors;
#[doc(hidden)]
pub mod fuzzing;
mod inputs;
mod json_text;
mod jsonpath;
pub mod limits;
mod objects;
mod parts;
mod predicate;
mod profile;
mod programs;
mod remarks;
mod render;
mod run;
mod template;
mod trace;
mod tracer;
mod unescaped;
mod xml;

// What a context gives and a result holds, so that a host needs no other crate.
pub use pipewright_jexl::value::{Cause, JavaString, Object, Unknown};
pub use pipewright_jexl::{ErrorKind, Failure, OpResult, Value};
pub use pipewright_syntax::Languages;

pub use aliases::{
    Alias, BASE_PREFIXES, GROUP_ALIASES, GroupAlias, PIPELINE_ALIASES, PIPELINE_PREFIXES,
};
pub use clock::{Clock, TimeOfRun};
pub use concat::{each_joins_as_text, joins_as_text};
pub use context::{Context, Layers, MapContext, NoContext};
pub use engine::Engine;
pub use error::Error;
pub use functors::{
    FUNCTORS, Functor, FunctorSet, PLATFORM_ROOTS, Parameter, ParameterKind, PlatformRoot,
};
pub use inputs::InputValidator;
pub use predicate::{Condition, PredicateOf, Truth, When, WhenError, WhenStatus};
pub use profile::{Flags, Mode, Profile, UnknownName};
pub use remarks::{
    Instead, Remark, RemarkCause, instead_of_foreign_function, method_for_foreign, not_joined,
};
pub use render::{Rendered, UnknownIsland};
pub use run::has_hidden_name;
pub use template::{
    Template, find_expressions, find_variables, has_expressions, is_single_expression,
};
pub use trace::{Answer, Event, Step, Trace};
