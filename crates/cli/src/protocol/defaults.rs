//! What the command line says for all lines.

use pipewright_engine::{Mode, Profile};

use super::context::SharedContext;
use crate::missing::Missing;
use crate::position::{Reader, Scene};
use crate::story::Detail;

/// What holds for lines that do not say otherwise.
#[derive(Debug)]
pub(crate) struct Defaults {
    /// The values of names, or null.
    pub(crate) context: SharedContext,
    pub(crate) mode: Mode,
    /// Instead of `flags`; without one there are none.
    pub(crate) profile: Option<Profile>,
    /// What a name is that only a run has, where there is no pipeline.
    pub(crate) missing: Missing,
    /// The pipeline that names are read in.
    pub(crate) scene: Option<Scene>,
    /// Where in it.
    pub(crate) reader: Reader,
    /// How much is told of how an answer came about.
    pub(crate) trace: Option<Detail>,
}

impl Default for Defaults {
    fn default() -> Self {
        Self {
            context: SharedContext::default(),
            mode: Mode::Null,
            profile: None,
            missing: Missing::Null,
            scene: None,
            reader: Reader::default(),
            trace: None,
        }
    }
}
