//! The JEXL language: values, operators, methods and the interpreter.
//!
//! Implements Apache Commons JEXL 3.0 under library defaults (`spec/jexl.md`). Knows nothing of pipelines or of `<+…>`.
//!
//! ```
//! use pipewright_jexl::{Program, Scope, Value};
//!
//! # fn main() -> Result<(), pipewright_jexl::Error> {
//! let program = Program::expression("name.toUpperCase() + '-' + (count + 1)")?;
//! let scope: Scope = [("name", Value::from("app")), ("count", Value::from(2))].into_iter().collect();
//! let value = program.run(&scope)?;
//! assert_eq!(value.text().map(|text| text.to_string()), Ok("APP-3".to_owned()));
//! # Ok(())
//! # }
//! ```

#![warn(clippy::disallowed_methods)]

mod budget;
mod compile;
mod error;
#[doc(hidden)]
pub mod fuzzing;
mod interpreter;
pub mod json;
pub mod limits;
pub mod methods;
mod number_text;
mod operators;
mod program;
pub mod regex;
pub mod value;
mod variables;

pub use budget::{charge_growth, charge_reading, question, question_within, shared_work_left};
pub use error::{Error, ErrorKind, Failure, OpResult};
pub use json::Json;
pub use program::Program;
pub use value::Value;
pub use variables::{Scope, Variables};
