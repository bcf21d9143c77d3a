//! What a file declares, as others name it.

use pipewright_source::Span;

/// What a name names, and where it is declared.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Declaration {
    /// What it is.
    pub kind: DeclarationKind,
    /// The fully qualified name.
    pub fqn: String,
    /// The name as it is declared: an identifier, a variable's name, a key.
    pub name: Span,
    /// All of it: the mapping of a node, the element of a variable, the value of a setting.
    pub whole: Span,
    /// The `type` of a stage, step, variable or output, where one is written.
    pub type_name: Option<String>,
}

/// The kinds of what is declared.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum DeclarationKind {
    /// A pipeline, or what a template holds.
    Pipeline,
    /// A stage.
    Stage,
    /// A step group.
    StepGroup,
    /// A step.
    Step,
    /// A list of nodes, `spec` or `execution`.
    Section,
    /// A declared variable.
    Variable,
    /// An axis of a matrix.
    Axis,
    /// An output that a step declares.
    Output,
    /// A barrier that a pipeline declares; its full name is its identifier, as no path leads to it.
    Barrier,
    /// Another field of the YAML.
    Setting,
}

impl DeclarationKind {
    /// The word for people.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pipeline => "pipeline",
            Self::Stage => "stage",
            Self::StepGroup => "step group",
            Self::Step => "step",
            Self::Section => "section",
            Self::Variable => "variable",
            Self::Axis => "axis",
            Self::Output => "output",
            Self::Barrier => "barrier",
            Self::Setting => "setting",
        }
    }

    /// Whether its name is free, so that it can be another one.
    pub const fn is_renamed(self) -> bool {
        match self {
            Self::Stage
            | Self::StepGroup
            | Self::Step
            | Self::Variable
            | Self::Axis
            | Self::Output
            | Self::Barrier => true,
            Self::Pipeline | Self::Section | Self::Setting => false,
        }
    }
}
