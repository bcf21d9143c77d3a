//! Compiled programs, kept for the next time.

use std::sync::{PoisonError, RwLock};

use foldhash::HashMap;
use pipewright_jexl::Program;

use crate::error::Error;

/// How many programs of each kind an engine keeps.
const KEPT: usize = 4096;

/// How long a program may be that is kept, in bytes. Longer ones are whole texts, which hardly come twice.
const MAX_KEPT_BYTES: usize = 8 * 1024;

/// The programs an engine has compiled. Those that cannot be compiled are kept too: most names are tried with prefixes
/// that make no sense in front of them.
#[derive(Debug, Default)]
pub(crate) struct Programs {
    expressions: Kept,
    scripts: Kept,
}

type Kept = RwLock<HashMap<Box<str>, Result<Program, Error>>>;

impl Programs {
    /// The program of `source`, an expression or a script.
    pub(crate) fn compile(&self, source: &str, script: bool) -> Result<Program, Error> {
        let (kept, compile): (_, fn(&str) -> _) = if script {
            (&self.scripts, Program::script)
        } else {
            (&self.expressions, Program::expression)
        };
        if let Some(found) = kept
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(source)
        {
            return found.clone();
        }
        let program = compile(source).map_err(Error::from);
        if source.len() <= MAX_KEPT_BYTES {
            let mut kept = kept.write().unwrap_or_else(PoisonError::into_inner);
            if kept.len() >= KEPT {
                kept.clear();
            }
            kept.insert(source.into(), program.clone());
        }
        program
    }
}
