//! The words that a path may start with to name a part of the run around its reader (`spec/model.md` §3.2).

use pipewright_model::{NodeKind, SectionKind, YamlVersion};

/// A first name that stands for a part of the run.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum StartWord {
    /// `pipeline`
    Pipeline,
    /// `stages`
    Stages,
    /// `stage`, `stepGroup` or `step`: the nearest such node around the reader or itself.
    Nearest(NodeKind),
    /// `spec`
    Spec,
    /// `execution`
    Execution,
    /// `steps`
    Steps,
    /// `rollbackSteps`
    RollbackSteps,
    /// `variables`
    Variables,
    /// `inputs`, in v1.
    Inputs,
}

impl StartWord {
    /// Every word of v0, which v1 has, too.
    pub const ALL: [Self; 10] = [
        Self::Pipeline,
        Self::Stages,
        Self::Nearest(NodeKind::Stage),
        Self::Nearest(NodeKind::StepGroup),
        Self::Nearest(NodeKind::Step),
        Self::Spec,
        Self::Execution,
        Self::Steps,
        Self::RollbackSteps,
        Self::Variables,
    ];

    /// What `word` is where expressions of that format stand; `None` for every other name.
    pub fn of(word: &str, version: YamlVersion) -> Option<Self> {
        if version == YamlVersion::V1 {
            match word {
                "group" => return Some(Self::Nearest(NodeKind::StepGroup)),
                "inputs" => return Some(Self::Inputs),
                _ => {}
            }
        }
        Self::ALL.into_iter().find(|known| known.as_str() == word)
    }

    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pipeline => "pipeline",
            Self::Stages => SectionKind::Stages.as_str(),
            Self::Nearest(kind) => root_name(kind),
            Self::Spec => "spec",
            Self::Execution => "execution",
            Self::Steps => SectionKind::Steps.as_str(),
            Self::RollbackSteps => SectionKind::RollbackSteps.as_str(),
            Self::Variables => "variables",
            Self::Inputs => "inputs",
        }
    }

    /// Whether a node around the reader that has the word as its identifier is found in place of the part.
    pub const fn can_be_hidden(self) -> bool {
        !matches!(self, Self::Nearest(_))
    }
}

/// The word of a format that stands for a node of that kind: the whole, or the nearest around a reader.
pub(crate) const fn word_for(kind: NodeKind, version: YamlVersion) -> &'static str {
    match (kind, version) {
        (NodeKind::StepGroup, YamlVersion::V1) => "group",
        _ => root_name(kind),
    }
}

/// The word of v0 that stands for a node of that kind: the whole, or the nearest around a reader.
pub(crate) const fn root_name(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Pipeline => "pipeline",
        NodeKind::Stage => "stage",
        NodeKind::StepGroup => "stepGroup",
        NodeKind::Step => "step",
    }
}
