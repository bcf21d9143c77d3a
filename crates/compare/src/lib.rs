//! What a change of Harness pipelines changes: two snapshots side by side, as plain data.
//!
//! [`compare()`] holds every pipeline before against the same one after: its names and who reads them, its settings,
//! the order of its nodes, its findings, and what would run under the same values. A pipeline that did not change
//! itself is told where a template, a chained pipeline or an input set changes it. What only looks another way (style,
//! order of keys, comments, line ends, the names of files) is no difference. [`impact()`] tells who reads a name, uses
//! a template or runs a pipeline, and what rests on that.
//!
//! ```
//! use pipewright_analysis::Snapshot;
//! use pipewright_compare::{Question, compare};
//!
//! let pipeline = |condition: &str| {
//!     format!("
//! pipeline:
//!   identifier: release
//!   variables: [{{ name: env, type: String, value: <+input> }}]
//!   stages:
//!     - stage:
//!         identifier: Deploy
//!         type: Custom
//!         when: {{ pipelineStatus: Success, condition: {condition} }}
//!         spec: {{ execution: {{ steps: [] }} }}
//! ")
//! };
//! let mut base = Snapshot::default();
//! base.set_text("pipeline.yaml", pipeline("<+pipeline.variables.env> != 'dev'"));
//! let mut head = base.clone();
//! head.set_text("pipeline.yaml", pipeline("<+pipeline.variables.env> == 'prod'"));
//!
//! let comparison = compare(&base, &head, &Question::default());
//! let deploy = &comparison.pipelines[0].verdicts.differences[0];
//! assert_eq!(deploy.fqn, "pipeline.stages.Deploy");
//! assert_eq!((deploy.before.verdict.as_str(), deploy.after.verdict.as_str()), ("runs", "skipped"));
//! ```

#![warn(clippy::disallowed_methods)]

mod cases;
mod combinations;
mod comparison;
mod difference;
mod documents;
mod element;
mod findings;
mod impact;
mod mapping;
mod matching;
mod names;
mod node_settings;
mod order;
mod pairs;
mod part;
mod rendered;
mod settings;
mod texts;
mod verdicts;
mod words;

pub use cases::Case;
pub use comparison::{Question, compare};
pub use difference::{Change, Comparison, Difference, PartKind};
pub use findings::Findings;
pub use impact::{Dependent, Impact, ImpactError, Subject, Tie, impact};
pub use names::{GoneName, Names, Reader, RenamedName};
pub use order::{OrderDifference, Standing};
pub use rendered::ValueDifference;
pub use settings::SettingDifference;
pub use verdicts::{Asked, Came, PlanPair, VerdictDifference, Verdicts, given_values};
