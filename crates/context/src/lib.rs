//! Where names become values: a pipeline at a position as the engine's [`Context`](pipewright_engine::Context)
//! (`spec/engine.md` §3, `spec/model.md` §3–§5).
//!
//! A [`PreparedPipeline`] is a pipeline ready to be asked; a [`PipelineContext`] is what an expression sees from one of
//! its nodes. Settings, variables and literal loop values have their values. What only a run can tell is
//! [`Value::Unknown`](pipewright_jexl::Value::Unknown) with the reason, unless it was [given](Given). What the engine
//! would surely find to be null is null, and [`PipelineContext::notes`] says why.
//!
//! ```
//! use std::sync::Arc;
//!
//! use pipewright_context::{PreparedPipeline, engine};
//! use pipewright_source::FileId;
//!
//! let text = "
//! pipeline:
//!   variables: [{ name: env, type: String, value: prod }]
//!   stages:
//!     - stage:
//!         identifier: Build
//!         spec:
//!           execution:
//!             steps:
//!               - step: { identifier: Say, type: ShellScript, spec: { shell: Bash } }
//! ";
//! let tree = Arc::new(pipewright_yaml::parse(FileId(0), text));
//! let document = &pipewright_model::documents(&tree)[0];
//! let pipeline = document.pipeline().expect("the document is a pipeline");
//! let prepared = PreparedPipeline::new(Arc::clone(&tree), pipeline.clone(), Vec::new());
//!
//! let say = prepared.place("pipeline.stages.Build.spec.execution.steps.Say")?;
//! let context = prepared.at(&say)?;
//! let rendered = engine().render("<+stage.identifier>/<+step.spec.shell> <+pipeline.variables.env>", &context);
//! assert_eq!(rendered.unwrap().text, "Build/Bash prod");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![warn(clippy::disallowed_methods)]

mod availability;
mod contents;
mod entry;
mod given;
mod lazy_map;
mod loop_expressions;
mod meant;
mod notes;
mod nowhere;
mod null_cause;
mod platform;
mod position;
mod predicate;
mod prepared;
mod records;
mod run_engine;
mod runtime_input;
mod state;
mod unknown_cause;
mod unknown_wording;
mod values;
mod values_only;
mod yaml_values;

pub use entry::PipelineContext;
pub use given::Given;
pub use notes::{AskedText, Note, NoteCause};
pub use nowhere::Nowhere;
pub use null_cause::NullCause;
pub use pipewright_model::Moment;
pub use position::{AtError, RunPlace, led_to_by};
pub use predicate::PredicateError;
pub use prepared::{PreparedPipeline, loops_of};
pub use records::{Recorded, Records};
pub use run_engine::{engine, setting_value};
pub use unknown_cause::{NotKnown, UnknownCause};
pub use values_only::ValuesContext;
pub use yaml_values::{NoValues, json_of, object_of, yaml_values};
