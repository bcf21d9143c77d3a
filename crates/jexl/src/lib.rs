//! The JEXL language: values, operators, methods and the interpreter.
//!
//! Implements Apache Commons JEXL 3.0 under library defaults (`spec/jexl.md`). Knows nothing of pipelines or of `<+…>`.

mod compile;
mod error;
#[doc(hidden)]
pub mod fuzzing;
mod interpreter;
pub mod limits;
pub mod methods;
pub mod operators;
pub mod regex;
pub mod value;
mod variables;

pub use compile::Program;
pub use error::{Error, ErrorKind, Failure, OpResult};
pub use interpreter::Lambda;
pub use value::Value;
pub use variables::{Scope, Variables};
