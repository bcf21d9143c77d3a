//! Why a name is null: the engine would surely find nothing.

use std::fmt;

use crate::Nowhere;

/// Why a name is null. Shown as the end of a sentence about the name.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum NullCause {
    /// The path leads nowhere.
    Nowhere(Nowhere),
    /// Nothing that a run, the platform or the caller has is called so.
    NothingCalled {
        /// The name.
        name: String,
        /// What was probably meant.
        meant: Option<String>,
    },
    /// It marks a runtime input, which is filled in before a run.
    RuntimeInput,
    /// Something whose members are all known has none of this name.
    NoMember {
        /// What is around it.
        around: String,
        /// The member.
        name: String,
        /// What was probably meant, as a whole name.
        meant: Option<String>,
    },
    /// The value given for the name around it has no such member.
    NotInGiven {
        /// What a value is given for.
        around: String,
        /// The member.
        name: String,
        /// What was probably meant, as a whole name.
        meant: Option<String>,
    },
    /// From there it goes by this name.
    CalledOtherwise(String),
    /// It loops, and only its instances are there, such as this one.
    OnlyInstances {
        /// The node.
        node: String,
        /// The first of its instances.
        first: String,
    },
    /// A loop has no such iteration.
    NoIteration {
        /// The node.
        node: String,
        /// The iterations it has, in words; `None` where they are not known.
        has: Option<String>,
    },
    /// The setting is not written.
    NotSet,
    /// The setting is written without a value.
    SetToNothing,
    /// The variable has no value.
    VariableWithoutValue,
    /// The caller gives null.
    GivenAsNull,
    /// A run would have it, and the caller takes what is not given for null.
    NotGiven,
    /// No variable of the name is declared.
    NotDeclared {
        /// The name.
        name: String,
        /// A declared name that a path cannot spell, and that begins with it.
        continued: Option<String>,
        /// What was probably meant.
        meant: Option<String>,
    },
    /// The chained stage has no output while it runs.
    StageIsRunning,
    /// The step has no output while it runs.
    StepIsRunning,
    /// This stage is read before it starts, and so before what it publishes.
    StageHasNotStarted(String),
    /// This node has not ended.
    NotEnded(String),
    /// The output of a chained stage has no value.
    OutputWithoutValue,
    /// A chained stage declares no such output.
    OutputNotDeclared {
        /// The name.
        name: String,
        /// What was probably meant.
        meant: Option<String>,
    },
    /// Steps of the type have no such member.
    NotOfStepType {
        /// The type.
        step_type: String,
        /// The member.
        name: String,
    },
    /// Pipelines have no such member.
    NotOfPipeline(String),
    /// The execution of a stage has no such member.
    NotOfExecution,
    /// Loops have no such field.
    NotOfLoop(String),
    /// This node does not loop.
    DoesNotLoop(String),
    /// Nothing around the reader loops.
    NothingLoops,
    /// No loop around the reader is called so.
    NoLoopCalled(String),
    /// Only steps count through all loops.
    OnlyStepsCount,
    /// No loop around the reader has the axis.
    NoAxis(String),
    /// No loop around the reader has the value.
    NoLoopValue(String),
    /// What is asked for is no exported variable.
    NoExportName,
    /// There is no such scope of exported variables.
    NoExportScope,
    /// Exported variables are read with a method.
    ReadByMethod,
}

impl NullCause {
    /// What was probably meant, as it may be written in place of the name or of its last part.
    pub fn meant(&self) -> Option<&str> {
        match self {
            Self::Nowhere(Nowhere::NotInList { meant, .. })
            | Self::NothingCalled { meant, .. }
            | Self::NoMember { meant, .. }
            | Self::NotInGiven { meant, .. }
            | Self::NotDeclared { meant, .. }
            | Self::OutputNotDeclared { meant, .. } => meant.as_deref(),
            _ => None,
        }
    }
}

impl From<Nowhere> for NullCause {
    fn from(why: Nowhere) -> Self {
        Self::Nowhere(why)
    }
}

impl fmt::Display for NullCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nowhere(why) => return why.fmt(f),
            Self::NothingCalled { name, .. } => write!(f, "nothing is called `{name}`"),
            Self::RuntimeInput => f.write_str(
                "it marks a runtime input, which is filled in before a run; nothing gives it a value here",
            ),
            Self::NoMember { around, name, .. } => write!(f, "`{around}` has no `{name}`"),
            Self::NotInGiven { around, name, .. } => {
                write!(f, "the value given for `{around}` has no `{name}`")
            }
            Self::CalledOtherwise(right) => write!(f, "from there it is called `{right}`"),
            Self::OnlyInstances { node, first } => write!(
                f,
                "`{node}` loops: a run only knows its instances, such as `{first}`"
            ),
            Self::NoIteration { node, has } => {
                write!(
                    f,
                    "`{node}` has {}",
                    has.as_deref().unwrap_or("other turns")
                )
            }
            Self::NotSet => f.write_str("it is not set"),
            Self::SetToNothing => f.write_str("it is set to nothing"),
            Self::GivenAsNull => f.write_str("the value that is given for it is null"),
            Self::NotGiven => f.write_str("only a run has it, and no value is given for it"),
            Self::VariableWithoutValue => f.write_str("the variable has no value"),
            Self::NotDeclared {
                name,
                continued: Some(known),
                ..
            } => {
                return write!(
                    f,
                    "no variable `{name}` is declared there; `{known}` is read with `.get(\"{known}\")`"
                );
            }
            Self::NotDeclared { name, .. } => {
                write!(f, "no variable `{name}` is declared there")
            }
            Self::StageIsRunning => {
                f.write_str("a chained stage has no output while it runs itself")
            }
            Self::StepIsRunning => f.write_str("a step has no output while it runs itself"),
            Self::StageHasNotStarted(stage) => write!(
                f,
                "`{stage}` starts only after this is read, and its service, environment and artifacts come after its start"
            ),
            Self::NotEnded(node) => write!(f, "`{node}` has not ended when this is read"),
            Self::OutputWithoutValue => f.write_str("the output has no value"),
            Self::OutputNotDeclared { name, .. } => {
                write!(f, "the stage declares no output `{name}`")
            }
            Self::NotOfStepType { step_type, name } => {
                write!(f, "a step of type `{step_type}` has no `{name}`")
            }
            Self::NotOfPipeline(name) => write!(f, "a pipeline has no `{name}`"),
            Self::NotOfExecution => f.write_str("an execution has no such member"),
            Self::NotOfLoop(field) => write!(f, "a loop has no `{field}`"),
            Self::DoesNotLoop(node) => write!(f, "`{node}` does not loop"),
            Self::NothingLoops => f.write_str("nothing around the reader loops"),
            Self::NoLoopCalled(identifier) => {
                write!(f, "no loop around the reader is called `{identifier}`")
            }
            Self::OnlyStepsCount => f.write_str("only steps count through all loops"),
            Self::NoAxis(axis) => write!(f, "no loop here has the axis `{axis}`"),
            Self::NoLoopValue(name) => write!(f, "no loop here has the value `{name}`"),
            Self::NoExportName => {
                f.write_str("what is asked for is `scope.alias` or `scope.alias.variable`")
            }
            Self::NoExportScope => {
                f.write_str("the scopes are `pipeline`, `stage` and `stepGroup`")
            }
            Self::ReadByMethod => f.write_str("exported variables are read with `getValue`"),
        }?;
        match self.meant() {
            Some(meant) => write!(f, "; did you mean `{meant}`?"),
            None => Ok(()),
        }
    }
}
