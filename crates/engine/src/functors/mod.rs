//! Functors: the roots of an expression that are not data but functions, such as `json` and `regex` (`spec/engine.md`
//! §5).
//!
//! One table holds every function: evaluation, checking, completion and the reference page read the same row.

mod arguments;
pub(crate) mod date;
mod functor;
mod json;
mod platform;
mod regex;
mod root;
mod shell;
mod table;

pub(crate) use functor::Host;
pub use functor::{Functor, FunctorSet, Parameter, ParameterKind};
pub use platform::{PLATFORM_ROOTS, PlatformRoot};
pub(crate) use root::root;
pub use table::FUNCTORS;
