//! Where names become values: a pipeline at a position as the engine's [`Context`](pipewright_engine::Context)
//! (`spec/engine.md` §3, `spec/model.md` §3–§5).
//!
//! A [`Scene`] is a pipeline ready to be asked; a [`PipelineContext`] is what an expression sees from one of its nodes.
//! Settings, variables and literal loop values have their values. What only a run can tell is
//! [`Value::Unknown`](pipewright_jexl::Value::Unknown) with the reason, unless it was [given](Given). What the engine would
//! surely find to be null is null, and [`PipelineContext::notes`] says why.
//!
//! ```
//! use pipewright_context::{Place, Scene, engine};
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
//! let tree = pipewright_yaml::parse(FileId(0), text);
//! let document = &pipewright_model::documents(&tree)[0];
//! let pipeline = document.pipeline().expect("the document is a pipeline");
//! let scene = Scene::new(tree.into(), pipeline.clone());
//!
//! let say = scene.place("pipeline.stages.Build.spec.execution.steps.Say")?;
//! let context = scene.at(&say)?;
//! let rendered = engine().render("<+stage.identifier>/<+step.spec.shell> <+pipeline.variables.env>", &context);
//! assert_eq!(rendered.unwrap().text, "Build/Bash prod");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod at;
mod children;
mod exported;
mod given;
mod inputs;
mod levels;
mod lists;
mod loops;
mod member;
mod members;
mod named_setting;
mod notes;
mod outcomes;
mod overrides;
mod predicate;
mod presence;
mod progress;
mod reader;
mod roots;
mod scene;
mod settings;
mod variables;
mod view;

pub use at::{AtError, Place};
pub use given::Given;
pub use notes::{Note, NoteKind};
pub use predicate::PredicateError;
pub use reader::{Moment, PipelineContext, engine};
pub use scene::Scene;
