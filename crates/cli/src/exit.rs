//! How a command ends.

use std::io;
use std::process::ExitCode;

/// The exit code of a command.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exit {
    /// 0: answered, nothing to complain about.
    Success,
    /// 1: answered, and the answer is no: there are findings, the condition is false, an expectation does not hold.
    Negative,
    /// 2: the command itself failed: bad usage, a file that cannot be read, an expression that cannot be evaluated.
    Failure,
    /// 3: only a run of the pipeline can tell.
    Unknown,
}

impl Exit {
    /// The number the process ends with.
    pub const fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Negative => 1,
            Self::Failure => 2,
            Self::Unknown => 3,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// Why a command could not give its answer. Printed after `error: ` on the error stream.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The answer could not be written.
    #[error("cannot write the output: {0}")]
    Output(#[from] io::Error),
    /// Anything else, in one sentence for the person at the keyboard.
    #[error("{0}")]
    Message(String),
}
