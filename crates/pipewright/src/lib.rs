//! The expressions of Harness pipelines, offline: evaluate a condition, render a text, ask a pipeline for its names,
//! check files.
//!
//! Everything here is what the real engine would do, and what only a run can tell is *unknown* with the names that
//! would decide it, never a guess. Nothing is printed, no file is read unless the feature `fs` asks for it, and no
//! input makes it panic.
//!
//! # Does a condition hold?
//!
//! ```
//! use pipewright::{Decision, Values};
//!
//! let values = Values::from_json(r#"{"env": {"name": "prod"}}"#)?;
//! assert_eq!(pipewright::condition("<+env.name> == 'prod'", &values)?, Decision::True);
//!
//! // What was not given is unknown, and says what would decide it.
//! match pipewright::condition("<+trigger.type> == 'Webhook'", &values)? {
//!     Decision::Unknown(unknown) => assert_eq!(unknown.needs(), ["trigger.type"]),
//!     decided => panic!("nobody gave it: {decided:?}"),
//! }
//! # Ok::<(), pipewright::Error>(())
//! ```
//!
//! # What does a text become?
//!
//! ```
//! use pipewright::Values;
//!
//! let values = Values::new().with("env.name", "prod")?;
//! let out = pipewright::render("echo <+env.name> <+env.nmae>", &values)?;
//! assert_eq!(out.text, "echo prod null");
//! assert_eq!(out.missing[0].expression, "<+env.nmae>");
//! assert_eq!(out.missing[0].range, 17..28);
//! assert_eq!(out.missing[0].suggestions, ["env.name"]);
//! # Ok::<(), pipewright::Error>(())
//! ```
//!
//! # What does a pipeline say?
//!
//! ```
//! use pipewright::{Project, Values};
//!
//! let mut project = Project::new();
//! project.set_text("pipeline.yaml", "
//! pipeline:
//!   identifier: release
//!   variables: [{ name: tag, type: String, value: v1 }]
//!   stages:
//!     - stage:
//!         identifier: Build
//!         type: Custom
//!         spec: { execution: { steps: [{ step: { identifier: Say, type: ShellScript, timeout: 10m } }] } }
//! ");
//! let pipeline = project.pipeline("pipeline.yaml")?;
//! let timeout = pipeline.get("pipeline.stages.Build.spec.execution.steps.Say.timeout")?;
//! assert_eq!(timeout.value.as_str(), Some("10m"));
//!
//! let say = pipeline.at("pipeline.stages.Build.spec.execution.steps.Say")?;
//! let value = say.evaluate("<+step.identifier> + <+pipeline.variables.tag>", &Values::new())?;
//! assert_eq!(value.to_string(), "Sayv1");
//! # Ok::<(), pipewright::Error>(())
//! ```
//!
//! # What would run?
//!
#![cfg_attr(feature = "plan", doc = "```")]
#![cfg_attr(not(feature = "plan"), doc = "```ignore")]
//! use pipewright::{Given, Project, Values};
//!
//! let mut project = Project::new();
//! project.set_text("pipeline.yaml", "
//! pipeline:
//!   identifier: release
//!   stages:
//!     - stage:
//!         identifier: Build
//!         type: Custom
//!         spec: { execution: { steps: [{ step: { identifier: Say, type: ShellScript } }] } }
//!     - stage:
//!         identifier: Deploy
//!         type: Custom
//!         when: { pipelineStatus: Success, condition: <+trigger.type> == 'Webhook' }
//!         spec: {}
//! ");
//! let pipeline = project.pipeline("pipeline.yaml")?;
//! let plan = pipeline.plan(&Given::default())?;
//! assert_eq!((&*plan.nodes[3].fqn, &*plan.nodes[3].verdict), ("pipeline.stages.Deploy", "unknown"));
//! assert_eq!(plan.nodes[3].needs, ["trigger.type"]);
//!
//! let values = Values::new().with("trigger.type", "Webhook")?;
//! let given = Given::from(values).fail("pipeline.stages.Build.spec.execution.steps.Say");
//! assert_eq!(pipeline.plan(&given)?.status, "FAILED");
//! # Ok::<(), pipewright::Error>(())
//! ```
//!
//! Expectations about that, kept in files beside pipelines, are run by `Project::run_tests` and `run_tests`, which need
//! the features `plan` and `check`, the latter `fs` too.
//!
//! The programs in `examples/` do each of this with files.

#![warn(clippy::disallowed_methods)]

#[cfg(feature = "compare")]
mod compared;
#[cfg(feature = "check")]
mod diagnostic;
mod error;
mod evaluation;
mod pipeline;
#[cfg(feature = "plan")]
mod plan;
mod project;
mod scope;
#[cfg(all(feature = "plan", feature = "check"))]
mod tested;
#[cfg(all(feature = "plan", feature = "check", feature = "fs"))]
mod tests_on_disk;
mod value;
mod values;

/// What [`Project::compare`] and [`Project::impact`] give.
#[cfg(feature = "compare")]
pub mod change {
    pub use pipewright_compare::{
        Came, Change, Comparison, Dependent, Difference, Findings, GoneName, Impact, Names,
        OrderDifference, PartKind, PlanPair, Reader, RenamedName, SettingDifference, Standing,
        Subject, Tie, ValueDifference, VerdictDifference, Verdicts,
    };
}

#[cfg(feature = "check")]
pub use diagnostic::{Diagnostic, Edit, Fix, Position, Severity, check_text};
pub use error::Error;
pub use evaluation::{
    Condition, Decision, NamedPath, Rendered, Unresolved, condition, evaluate, names, predicate,
    render,
};
pub use pipeline::{Named, Pipeline, Reference};
#[cfg(feature = "plan")]
pub use plan::{Failure, Generation, Given, Plan, PlanNode, Reading};
pub use project::Project;
pub use scope::Scope;
#[cfg(all(feature = "plan", feature = "check"))]
pub use tested::{Coverage, Difference, Test, TestReport};
#[cfg(all(feature = "plan", feature = "check", feature = "fs"))]
pub use tests_on_disk::run_tests;
pub use value::{Unknown, Value};
pub use values::Values;
