//! What differs between two snapshots, document by document.

use pipewright_model::DocumentKind;

use crate::findings::Findings;
use crate::names::Names;
use crate::order::OrderDifference;
use crate::rendered::ValueDifference;
use crate::settings::SettingDifference;
use crate::verdicts::Verdicts;

/// What differs.
#[derive(Clone, PartialEq, Debug, Default)]
#[non_exhaustive]
pub struct Comparison {
    /// The pipelines that differ in meaning, by file.
    pub pipelines: Vec<Difference>,
    /// The templates that do, by themselves.
    pub templates: Vec<Difference>,
    /// What else does: input sets.
    pub others: Vec<Difference>,
    /// How many pipelines were held against each other.
    pub compared: usize,
}

impl Comparison {
    /// Whether nothing differs in meaning.
    pub fn is_empty(&self) -> bool {
        self.all().next().is_none()
    }

    /// Everything that differs: pipelines, then templates, then others.
    pub fn all(&self) -> impl Iterator<Item = &Difference> {
        self.pipelines
            .iter()
            .chain(&self.templates)
            .chain(&self.others)
    }
}

/// What differs in one document.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Difference {
    /// The name of its file after; before where it is gone.
    pub file: String,
    /// Its identifier, likewise.
    pub identifier: String,
    /// What it is.
    pub kind: PartKind,
    /// Whether both sides have it.
    pub change: Change,
    /// The names that differ.
    pub names: Names,
    /// The settings that do, with those of templates that are written out.
    pub settings: Vec<SettingDifference>,
    /// The nodes that run before, after or beside others than they did.
    pub order: Vec<OrderDifference>,
    /// The findings that differ, in its file.
    pub findings: Findings,
    /// What would run, where that differs.
    pub verdicts: Verdicts,
    /// What the texts of settings come to under what is given, where that was asked for and differs.
    pub values: Vec<ValueDifference>,
}

impl Difference {
    /// Whether anything differs.
    pub(crate) fn has_any(&self) -> bool {
        self.change != Change::Changed
            || !self.names.is_empty()
            || !self.settings.is_empty()
            || !self.order.is_empty()
            || !self.findings.is_empty()
            || !self.verdicts.is_empty()
            || !self.values.is_empty()
    }
}

/// What a document is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum PartKind {
    /// A pipeline.
    Pipeline,
    /// A template.
    Template,
    /// An input set, or an overlay of several.
    InputSet,
}

impl PartKind {
    pub(crate) const fn of(kind: &DocumentKind) -> Self {
        match kind {
            DocumentKind::Pipeline(_) => Self::Pipeline,
            DocumentKind::Template(_) => Self::Template,
            DocumentKind::InputSet(_) | DocumentKind::OverlayInputSet(_) => Self::InputSet,
        }
    }

    /// The words for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pipeline => "pipeline",
            Self::Template => "template",
            Self::InputSet => "input set",
        }
    }
}

/// Whether both sides have a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Change {
    /// Both do.
    Changed,
    /// Only the one after.
    New,
    /// Only the one before.
    Gone,
}

impl Change {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::New => "new",
            Self::Gone => "gone",
        }
    }
}

impl Comparison {
    pub(crate) fn add(&mut self, difference: Difference) {
        let list = match difference.kind {
            PartKind::Pipeline => &mut self.pipelines,
            PartKind::Template => &mut self.templates,
            PartKind::InputSet => &mut self.others,
        };
        list.push(difference);
    }
}
