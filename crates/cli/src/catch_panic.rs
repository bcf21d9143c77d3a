//! A mistake of ours in one piece of work must not take the others with it.
//!
//! Nothing in Pipewright panics on purpose. Should it happen all the same, the piece of work it happened in is told as
//! failed, with the place the panic came from on the error stream, and the exit code says so; the other pieces are
//! finished.

use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a panic said.
#[derive(Clone, Debug)]
pub(crate) struct InternalError {
    message: String,
}

impl fmt::Display for InternalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "this is a defect of pipewright, please report it: {}",
            self.message
        )
    }
}

/// Does a piece of work, and catches its panic. Whoever calls throws away what the work was changing.
pub(crate) fn catch_panic<T>(work: impl FnOnce() -> T) -> Result<T, InternalError> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| InternalError {
        message: said(&*panic),
    })
}

fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "it did not say why".to_owned())
}
