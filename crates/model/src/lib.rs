//! Harness pipelines, templates and input sets as a spanned tree of stages, groups and steps, with every site that
//! may hold an expression.
//!
//! This crate knows neither the syntax of expressions nor how they are evaluated.

pub mod catalogue;
mod document;
pub mod identifier;
mod pipeline;
mod read;

pub use document::{Document, DocumentKind, InputSet, LooseScalar, Template};
pub use pipeline::{
    Axis, Item, Located, Node, NodeId, NodeKind, PathSegment, Phase, Pipeline, Section,
    SectionKind, Site, SiteKind, Status, Strategy, StrategyKind, TemplateUse, Variable, When,
};
pub use read::documents;
