//! Why the value of a name is not known before a run.

use pipewright_engine::{PlatformRoot, Unknown};
use pipewright_resolve::UnknownReason;

/// A name whose value is not known before a run, and why. Shown as a sentence without a full stop.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct NotKnown {
    /// The name: fully qualified where it is part of the pipeline.
    pub name: String,
    /// Why its value is not known.
    pub cause: UnknownCause,
}

/// Why the value of a name is not known. Shown as the end of a sentence about the name. Nodes are told by their fully
/// qualified names.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum UnknownCause {
    /// It belongs to the platform.
    Platform(&'static PlatformRoot),
    /// Only a run has it, and it was not given.
    NotGiven,
    /// Only other members of the same name are given.
    OthersGiven,
    /// It is a runtime input without default.
    RuntimeInput,
    /// It is a runtime input with a default, and a run may be given another value.
    RuntimeInputWithDefault,
    /// It is an input that a run hides.
    Masked,
    /// It is a runtime input that is asked for during the run.
    AskedDuringRun,
    /// The value that was given for it is refused by its runtime input, with these words of Harness.
    GivenIsRefused(String),
    /// A run refuses the value it would have, with these words of Harness.
    ValueIsRefused(String),
    /// It rests on too many other settings.
    TooManySettings,
    /// Its text cannot be evaluated: what the engine says.
    CannotBeEvaluated(String),
    /// The value of a variable is a list or an object.
    IsNoScalar,
    /// The variables are not all in the file.
    VariablesElsewhere,
    /// It is a variable of the service.
    OfService,
    /// The step that reads it fills it in.
    FilledByStep,
    /// The run fills it in.
    FilledInRun,
    /// Steps publish it.
    Published,
    /// Nothing in the file is called so, and a step may publish it.
    PerhapsPublished,
    /// It stands where a run has no settings of the stage but what its steps publish.
    StageSettings,
    /// It is an output of the run.
    Output,
    /// It is a fact of the run.
    FactOfRun,
    /// The run sets it.
    SetInRun,
    /// It runs at the same time as this reader.
    RunsInParallel(String),
    /// Only a run can tell whether it comes before this reader.
    OrderIsOpen(String),
    /// It may not have run when it is read.
    MayNotHaveRun,
    /// It stands in another iteration, which may not have come so far.
    OtherIteration,
    /// It stands in a template that is not at hand.
    InTemplate,
    /// What stands around the content of a template is not known.
    AroundTemplateContent,
    /// What stands around a template is not known.
    AroundTemplate,
    /// It stands in a dynamic stage.
    InDynamicStage,
    /// What is written in place of a list is none yet.
    NoListYet,
    /// The list may hold more than is known.
    ListIsOpen(UnknownReason),
    /// Lines of the file could not be read.
    LinesUnreadable,
    /// The file has an alias without anchor.
    BrokenAlias,
    /// The engine adds such a step where something runs in containers.
    ContainerStep,
    /// No step at hand exports this alias.
    NotExported(String),
    /// These steps export it.
    ExportedBy(Vec<String>),
    /// The outputs of a chained stage are not all in the file.
    OutputsElsewhere,
    /// The condition of a chained stage decides whether its output is there.
    StageMayBeSkipped,
    /// The output of a chained stage is this text in its pipeline, which is not at hand.
    ChildIsMissing {
        /// The output as it is written.
        text: String,
        /// The pipeline that the stage runs, if it is named.
        pipeline: Option<String>,
        /// Whether an input set may be what is missing.
        or_input_set: bool,
    },
    /// The output of a chained stage is not known in its pipeline.
    UnknownInChild {
        /// The output as it is written.
        text: String,
        /// The pipeline that the stage runs, if it is named.
        pipeline: Option<String>,
        /// What is unknown there.
        unknown: Unknown,
    },
    /// The output of a chained stage finds nothing in its pipeline, and stays a text or is null.
    NothingInChild {
        /// The output as it is written.
        text: String,
        /// The pipeline that the stage runs, if it is named.
        pipeline: Option<String>,
        /// Why the last name in it is null.
        because: Option<String>,
    },
    /// The output of a chained stage cannot be evaluated in its pipeline.
    FailsInChild {
        /// The output as it is written.
        text: String,
        /// The pipeline that the stage runs, if it is named.
        pipeline: Option<String>,
        /// What the engine says.
        error: String,
    },
    /// A chained stage gives it a value that is not known there.
    UnknownInParent {
        /// The stage.
        stage: String,
        /// The value as it is written.
        text: String,
        /// What is unknown there.
        unknown: Unknown,
    },
    /// It differs from iteration to iteration of this node's loop, and none was chosen.
    NoIterationChosen(String),
    /// Only a run can count the iterations of this node.
    CountIsOpen(String),
    /// Only a run can count the iterations of all loops.
    CountOfAllIsOpen,
    /// Only a run counts through all its loops.
    CountedInRun,
    /// Only a run knows the state of its loops.
    StateOfLoops,
    /// The template may be used inside a loop.
    PerhapsInLoop,
    /// The matrix of this node is an expression.
    MatrixIsExpression(String),
    /// An axis of a node is an expression.
    AxisIsExpression {
        /// The axis.
        axis: String,
        /// The node.
        node: String,
    },
    /// The values of this node's loop are a text, which no run takes for a list.
    ValuesAreText {
        /// The node.
        node: String,
        /// The text.
        text: String,
    },
    /// Only a run knows the items of this node.
    ItemsAreOpen(String),
    /// The file does not tell how this node loops.
    LoopIsOpen(String),
    /// A root as a whole.
    WholeOfRun,
    /// A pipeline, stage, group or step as a whole, or a part of it.
    WholeOfNode,
    /// The outputs of a chained stage as a whole.
    WholeOfOutputs,
    /// A name of which only some members are given, as a whole.
    WholeOfGiven,
    /// All values of the loops around the reader.
    WholeOfLoops,
}

impl UnknownCause {
    /// The value of `name`, unknown for this cause.
    pub(crate) fn of(self, name: &str) -> Unknown {
        let has_members = self.may_have_members();
        let cause = NotKnown {
            name: name.to_owned(),
            cause: self,
        };
        let unknown = Unknown::of_name(name, cause);
        if has_members {
            unknown.with_members()
        } else {
            unknown
        }
    }

    /// Whether the value may have members, which then are given by names of their own.
    const fn may_have_members(&self) -> bool {
        matches!(
            self,
            Self::Platform(_)
                | Self::NotGiven
                | Self::OthersGiven
                | Self::FilledByStep
                | Self::FilledInRun
                | Self::Published
                | Self::PerhapsPublished
                | Self::StageSettings
                | Self::Output
                | Self::FactOfRun
                | Self::RunsInParallel(_)
                | Self::OrderIsOpen(_)
                | Self::MayNotHaveRun
                | Self::OtherIteration
                | Self::InTemplate
                | Self::AroundTemplateContent
                | Self::AroundTemplate
                | Self::InDynamicStage
                | Self::NoListYet
                | Self::ListIsOpen(_)
                | Self::LinesUnreadable
                | Self::ContainerStep
        )
    }
}
