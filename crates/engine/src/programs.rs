//! Compiled programs, kept for the next time.

use pipewright_jexl::{Value, Variables};

use crate::error::Error;

#[derive(Debug, Default)]
pub(crate) struct Programs;

impl Programs {
    pub(crate) fn run(
        &self,
        _source: &str,
        _script: bool,
        _variables: &dyn Variables,
    ) -> Result<Value, Error> {
        Err(Error::new(
            pipewright_jexl::ErrorKind::Syntax,
            "programs are not compiled yet",
        ))
    }
}
