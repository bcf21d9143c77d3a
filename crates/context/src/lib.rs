//! Where names become values: a pipeline at a position as the engine's [`Context`](pipewright_engine::Context)
//! (`spec/engine.md` §3, `spec/model.md` §3–§5).
//!
//! A [`PreparedPipeline`] is a pipeline ready to be asked; a [`PipelineContext`] is what an expression sees from one of its nodes.
//! Settings, variables and literal loop values have their values. What only a run can tell is
//! [`Value::Unknown`](pipewright_jexl::Value::Unknown) with the reason, unless it was [given](Given). What the engine would
//! surely find to be null is null, and [`PipelineContext::notes`] says why.
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
mod children;
mod exported;
mod given;
mod inputs;
mod lazy_map;
mod loops;
mod named_setting;
mod node_fields;
mod node_lists;
mod node_object;
mod notes;
mod nowhere;
mod null_cause;
mod outcomes;
mod overrides;
mod platform;
mod predicate;
mod prepared;
mod roots;
mod run_place;
mod run_status;
mod settings;
mod state;
mod strategy_node;
mod unknown_cause;
mod values_only;
mod variables;
mod yaml_values;

pub use given::Given;
pub use notes::{Note, NoteCause};
pub use nowhere::Nowhere;
pub use null_cause::NullCause;
pub use pipewright_model::Moment;
pub use predicate::PredicateError;
pub use prepared::PreparedPipeline;
pub use run_place::{AtError, RunPlace};
pub use state::{PipelineContext, engine, setting_value};
pub use unknown_cause::{NotKnown, UnknownCause};
pub use values_only::ValuesContext;
pub use yaml_values::{NoValues, yaml_values};
