//! Why a path leads nowhere: nothing is there to read, whatever the run does.

use std::fmt;

use pipewright_model::SectionKind;

/// Why a path leads nowhere. Shown as the end of a sentence about the name.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Nowhere {
    /// No first name is that.
    NoRoot,
    /// The pipeline has no list of that name there.
    NoList,
    /// It is a part of the pipeline that a chained stage runs.
    InChild,
    /// Nothing in a list is called so.
    NotInList {
        /// The kind of list.
        list: SectionKind,
        /// The name.
        name: String,
        /// What was probably meant.
        meant: Option<String>,
    },
    /// No step group is around the group of this name.
    NoGroupAround(String),
    /// It starts after the reader, which has this name.
    After(String),
    /// It runs only when the reader is rolled back.
    RollbackOf(String),
    /// It stands inside the reader, which has not started.
    Inside(String),
    /// It is a step of the reader, and what is read comes before these.
    BeforeSteps(String),
    /// The run has not come there when it is read.
    NotReached,
    /// Its condition left it out, so that it published nothing.
    Skipped,
}

impl fmt::Display for Nowhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRoot => f.write_str("nothing is called so from here"),
            Self::NoList => f.write_str("the pipeline has no such list there"),
            Self::InChild => f.write_str(
                "the stage runs its pipeline by itself, and shows only the outputs it declares",
            ),
            Self::NotInList { list, name, meant } => {
                let what = if *list == SectionKind::Stages {
                    "no stage"
                } else {
                    "no step or step group"
                };
                write!(f, "{what} of that list is called `{name}`")?;
                match meant {
                    Some(meant) => write!(f, "; did you mean `{meant}`?"),
                    None => Ok(()),
                }
            }
            Self::NoGroupAround(group) => write!(f, "no group is around `{group}`"),
            Self::After(reader) => write!(f, "it starts only after `{reader}`"),
            Self::RollbackOf(reader) => {
                write!(f, "it runs only when `{reader}` is rolled back")
            }
            Self::Inside(reader) => {
                write!(f, "it stands inside `{reader}`, which has not started yet")
            }
            Self::BeforeSteps(reader) => {
                write!(f, "the steps of `{reader}` start only after this is read")
            }
            Self::NotReached => f.write_str("the run has not come there when this is read"),
            Self::Skipped => f.write_str("it was skipped, so it published nothing"),
        }
    }
}
