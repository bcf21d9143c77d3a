//! Step types (`spec/model.md` §1.3 and §4).

use std::sync::LazyLock;

use super::names::RUN_TIME_FIELDS;
use super::roots::{outcomes, root};
use super::shape::{Membership, Shape, Shapes};
use super::table::{Block, Table};
use super::{Key, keys};
use crate::PathSegment;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::new(include_str!("steps.txt")));
static SETTINGS: LazyLock<Shapes> = LazyLock::new(|| Shapes::new(&TABLE));
static OFFERED: LazyLock<Shapes> = LazyLock::new(|| Shapes::new(&TABLE));

/// A type of step, such as `ShellScript`.
#[derive(Clone, Copy, Debug)]
pub struct StepType(&'static Block);

/// One key below `spec`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct SpecKey {
    /// The path below `spec`: `.` separates keys, `[]` is a list's element, `*` any key.
    pub path: &'static str,
    /// The JSON types it may have, separated by `|`; `any` where the schema does not tell.
    pub types: &'static str,
    /// Whether the schema demands it.
    pub required: bool,
}

/// One output.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Output {
    /// The path below the step, or below the stage where `at_stage`: `.` separates keys, `[]` is a list's element,
    /// `*` any key, `${stepId}` the identifier of the step.
    pub path: &'static str,
    /// The type as the evidence names it; `unknown` where nothing tells.
    pub type_name: &'static str,
    /// Whether it is published at the stage rather than at the step.
    pub at_stage: bool,
    /// What gives the names that `*` stands for.
    pub names: OutputNames,
    /// Whether the evidence is only a recollection: a hint for completion, never a ground to call another name wrong.
    pub recalled: bool,
}

/// What gives the names a `*` in an output's path stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum OutputNames {
    /// Nothing that is known.
    Unknown,
    /// The names of `spec.outputVariables`.
    Declared,
    /// What the plugin writes when it runs.
    Plugin,
}

/// How much is known about a step type's outputs.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum OutputsStatus {
    /// The list is complete.
    Known,
    /// Only the declared output variables are known.
    SchemaOnly,
    /// It publishes nothing.
    None,
    /// Nothing is known: no output may be called wrong.
    Unknown,
}

impl OutputsStatus {
    /// Whether an output that is not listed surely does not exist.
    pub const fn is_complete(self) -> bool {
        matches!(self, Self::Known | Self::None)
    }
}

/// The step type of that name.
pub fn step_type(name: &str) -> Option<StepType> {
    TABLE.get(name).map(StepType)
}

/// Every step type in the order of names.
pub fn step_types() -> impl Iterator<Item = StepType> {
    TABLE.blocks().map(StepType)
}

/// The name of a step type that `name` was probably meant to be.
pub fn close_step_type(name: &str) -> Option<&'static str> {
    pipewright_source::closest(name, TABLE.names())
}

impl StepType {
    /// Its name: the value of `type`.
    pub fn name(&self) -> &'static str {
        self.0.name
    }

    /// The modules whose stages it may stand in, in lower case: `approval cd cf ci custom iacm idp security` and
    /// others.
    pub fn modules(&self) -> impl Iterator<Item = &'static str> {
        self.0.line("in").split_ascii_whitespace()
    }

    /// The keys beside `spec` and `spec` itself.
    pub fn keys(&self) -> impl Iterator<Item = Key> {
        keys(self.0.line("keys"))
    }

    /// The keys below `spec`, nested ones too, in the order of paths.
    pub fn spec_keys(&self) -> impl Iterator<Item = SpecKey> + Clone + use<> {
        self.0.entries("spec", &TABLE).map(|line| {
            let mut words = line.split_ascii_whitespace();
            SpecKey {
                path: words.next().unwrap_or_default(),
                types: words.next().unwrap_or("any"),
                required: words.next().is_some(),
            }
        })
    }

    /// What stands below `spec`.
    pub fn settings(&self) -> &'static Shape {
        SETTINGS.get(self.0, || {
            Shape::of(self.spec_keys().map(|key| (key.path, key.types == "any")))
        })
    }

    /// Whether `spec.outputVariables` declares outputs.
    pub fn declares_output_variables(&self) -> bool {
        self.0.field("declares").is_some()
    }

    /// How much is known about its outputs.
    pub fn outputs_status(&self) -> OutputsStatus {
        match self.0.line("outputs").split(' ').next() {
            Some("known") => OutputsStatus::Known,
            Some("schema-only") => OutputsStatus::SchemaOnly,
            Some("none") => OutputsStatus::None,
            _ => OutputsStatus::Unknown,
        }
    }

    /// The outputs that are known.
    pub fn outputs(&self) -> impl Iterator<Item = Output> + Clone + use<> {
        self.0.entries("outputs", &TABLE).map(|line| {
            let mut words = line.split_ascii_whitespace();
            let path = words.next().unwrap_or_default();
            let type_name = words.next().unwrap_or("unknown");
            let mut output = Output {
                path,
                type_name,
                at_stage: false,
                names: OutputNames::Unknown,
                recalled: false,
            };
            for word in words {
                match word {
                    "stage" => output.at_stage = true,
                    "declared" => output.names = OutputNames::Declared,
                    "plugin" => output.names = OutputNames::Plugin,
                    _ => output.recalled = true,
                }
            }
            output
        })
    }

    /// What a run offers below a step: its outputs, the fields every node has, and the outcomes of the stage, which are
    /// visible through its steps (`spec/model.md` §3.4). Settings are in [`Self::settings`]. Complete only where
    /// [`OutputsStatus::is_complete`] says so.
    pub fn offered(&self) -> &'static Shape {
        OFFERED.get(self.0, || {
            let outputs = self.outputs().map(|output| (output.path, false));
            // Beside what is only remembered there may be more.
            let remembered = self.outputs().filter(|output| output.recalled);
            let around =
                remembered.filter_map(|output| Some((output.path.rsplit_once('.')?.0, true)));
            let fields = RUN_TIME_FIELDS.iter().map(|field| (field.path, false));
            let of_every_step = root("step").into_iter().flat_map(|step| step.members());
            let own = of_every_step
                .map(|member| (member.path, false))
                .filter(|(path, _)| !path.starts_with("output.") && !path.starts_with("spec."));
            let keys = self.keys().map(|key| (key.name, true));
            let outcomes = outcomes().map(|name| (name, true));
            let known = outputs.chain(around).chain(fields).chain(own);
            Shape::of(known.chain(keys).chain(outcomes))
        })
    }

    /// Whether a path below the step, such as `output.outputVariables.x`, names something a run offers there: see
    /// [`Self::offered`].
    ///
    /// A name that a `*` stands for is [`Membership::Known`] whatever it is; where [`OutputNames::Declared`] tells so,
    /// it can be compared with `spec.outputVariables`. Where the outputs are not known, the answer is never
    /// [`Membership::Absent`].
    pub fn offers(&self, path: &[PathSegment]) -> Membership {
        match self.offered().has(path) {
            Membership::Absent if !self.outputs_status().is_complete() => Membership::Open,
            answer => answer,
        }
    }
}
