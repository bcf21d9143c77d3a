//! What an engine holds: how it was set up, and what it remembers of texts it has read.

use std::sync::Arc;

use indexmap::IndexMap;
use pipewright_syntax::Languages;

use crate::aliases::BASE_PREFIXES;
use crate::functors::Host;
use crate::profile::{Mode, Profile, Settings};
use crate::programs::Programs;

/// What every call of an engine works with.
#[derive(Clone, Debug)]
pub(crate) struct Core {
    pub(crate) settings: Settings,
    pub(crate) languages: Languages,
    /// What is put in front of a name, in the order it is tried.
    pub(crate) prefixes: Vec<Box<str>>,
    /// Replacements that apply whatever the context knows.
    pub(crate) aliases: IndexMap<Box<str>, Box<str>>,
    /// Whether the aliases of a pipeline run apply to names the context does not know.
    pub(crate) pipeline_aliases: bool,
    pub(crate) host: Arc<Host>,
    pub(crate) programs: Arc<Programs>,
}

impl Default for Core {
    fn default() -> Self {
        Self {
            settings: Settings {
                flags: Profile::default().flags(),
                mode: Mode::default(),
            },
            languages: Languages::default(),
            prefixes: BASE_PREFIXES
                .iter()
                .map(|prefix| (*prefix).into())
                .collect(),
            aliases: IndexMap::new(),
            pipeline_aliases: true,
            host: Arc::default(),
            programs: Arc::default(),
        }
    }
}
