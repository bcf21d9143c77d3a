//! The Python package `pipewright`, over the crate of that name. `python/pipewright` holds its Python part: the types
//! for checkers, the error and the entry of the command.
//!
//! Whatever may take long lets other Python threads run meanwhile. Offsets are indexes into the Python text: code
//! points.

// Python gives its arguments by value.
#![allow(clippy::needless_pass_by_value)]
// What is documented here is read in Python, where `[0]` is no link.
#![allow(rustdoc::broken_intra_doc_links)]

mod code_points;
mod command;
mod error;
mod evaluation;
mod finding;
mod given;
mod plan;
mod project;
mod tested;
mod texts;
mod unknown;
mod value;

use pyo3::prelude::*;

/// What stands behind the package.
#[pymodule]
mod _native {
    #[pymodule_export]
    use super::command::run_command;
    #[pymodule_export]
    use super::evaluation::{
        Condition, Name, Rendered, Unresolved, condition, evaluate, names, predicate, render,
    };
    #[pymodule_export]
    use super::finding::{Diagnostic, Edit, Fix, check, check_paths};
    #[pymodule_export]
    use super::given::Values;
    #[pymodule_export]
    use super::plan::{Plan, PlanNode};
    #[pymodule_export]
    use super::project::{Named, Pipeline, Project, Reference, Scope};
    #[pymodule_export]
    use super::tested::{Coverage, Difference, Test, TestReport, run_tests};
    #[pymodule_export]
    use super::unknown::Unknown;
}
