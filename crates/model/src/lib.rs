//! Harness pipelines, templates and input sets as a spanned tree of stages, groups and steps, with every site that
//! may hold an expression.
//!
//! What a run or a form fills in later (`<+input>`, an expression) is kept as it is written, never guessed.
//! This crate knows neither the syntax of expressions nor how they are evaluated.
//!
//! ```
//! use pipewright_model::{NodeKind, documents};
//! use pipewright_source::FileId;
//!
//! let file = "\
//! pipeline:
//!   identifier: release
//!   stages:
//!     - stage:
//!         identifier: build
//!         type: Custom
//!         spec: {execution: {steps: [{step: {identifier: greet, type: Http, spec: {url: <+stage.name>}}}]}}
//! ";
//! let tree = pipewright_yaml::parse(FileId(0), file);
//! let documents = documents(&tree);
//! let pipeline = documents[0].pipeline().expect("a pipeline");
//!
//! // Nodes name their parents, and every scalar that may hold an expression names the node that reads it.
//! let step = pipeline.ids().find(|&id| pipeline.node(id).kind == NodeKind::Step).expect("a step");
//! let stage = pipeline.enclosing(step, NodeKind::Stage).expect("a stage around it");
//! assert_eq!(pipeline.node(stage).type_text(), "Custom");
//! let url = pipeline.sites.iter().find(|site| tree.text(site.yaml) == Some("<+stage.name>"));
//! assert_eq!(url.map(|site| site.node), Some(step));
//! ```

#![warn(clippy::disallowed_methods)]

pub mod catalogue;
mod document;
mod failure;
pub mod identifier;
mod listed;
mod pipeline;
mod read;
mod script_language;
mod site;
mod strategy;
mod targets;
pub mod v1;

pub use document::{
    Document, DocumentKind, InputSet, LooseScalar, Template, YamlVersion, may_hold_expression,
};
pub use failure::{
    ActionKind, Count, FailureAction, FailureError, FailureStrategies, FailureStrategy,
    FailureType, ManualIntervention, Retry,
};
pub use listed::Listed;
pub use pipeline::{
    Barrier, Item, Located, Node, NodeId, NodeKind, Pipeline, Section, SectionKind, Status,
    TemplateUse, Variable, When,
};
pub use read::documents;
pub use script_language::ScriptLanguage;
pub use site::{Moment, PathSegment, Site, SiteKind};
pub use strategy::{Axis, Strategy, StrategyKind, Times};
pub use targets::{
    EnvironmentUse, Environments, InfrastructureUse, Inputs, ServiceUse, Services, TargetForm,
};
