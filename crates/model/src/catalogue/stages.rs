//! Stage types (`spec/model.md` §1.2).

use std::sync::LazyLock;

use super::shape::{Shape, Shapes};
use super::table::{Block, Table};
use super::{Key, keys};

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::new(include_str!("stages.txt")));
static PUBLISHED: LazyLock<Shapes> = LazyLock::new(|| Shapes::new(&TABLE));

/// A type of stage, such as `Deployment`.
#[derive(Clone, Copy, Debug)]
pub struct StageType(&'static Block);

/// The stage type of that name.
pub fn stage_type(name: &str) -> Option<StageType> {
    TABLE.get(name).map(StageType)
}

/// Every stage type in the order of names.
pub fn stage_types() -> impl Iterator<Item = StageType> {
    TABLE.blocks().map(StageType)
}

/// The name of a stage type that `name` was probably meant to be.
pub fn close_stage_type(name: &str) -> Option<&'static str> {
    pipewright_source::closest(name, TABLE.names())
}

impl StageType {
    /// Its name: the value of `type`.
    pub fn name(&self) -> &'static str {
        self.0.name
    }

    /// The keys beside `spec`.
    pub fn keys(&self) -> impl Iterator<Item = Key> {
        keys(self.0.line("keys"))
    }

    /// The keys directly below `spec`.
    pub fn spec_keys(&self) -> impl Iterator<Item = Key> {
        keys(self.0.line("spec"))
    }

    /// The paths of what is published at the stage; below some of them more may stand. `${stepId}` is the identifier of
    /// any of its steps.
    pub fn outputs(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.0.line("outputs").split_ascii_whitespace()
    }

    /// What [`Self::outputs`] say, to be asked part by part.
    pub fn published(&self) -> &'static Shape {
        PUBLISHED.get(self.0, || {
            Shape::of(self.outputs().map(|path| (path, false)))
        })
    }
}
