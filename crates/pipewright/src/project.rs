//! Files by name.

use std::sync::Arc;

use pipewright_analysis::Snapshot;
use pipewright_source::SourceFile;

use crate::{Error, Pipeline};

/// The files of a repository, in memory. Owned, cheap to clone and to send to other threads; what is asked again is not
/// done again.
#[derive(Clone, Debug, Default)]
pub struct Project {
    pub(crate) snapshot: Snapshot,
}

impl Project {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }

    /// The YAML and JSON files below a directory, as the command line finds them: hidden directories included, ignore
    /// files honoured. Their names are their paths below `directory`, with `/`.
    ///
    /// # Errors
    /// `not-found` where there is no such directory. A file that cannot be read is left out.
    #[cfg(feature = "fs")]
    pub fn open(directory: impl AsRef<std::path::Path>) -> Result<Self, Error> {
        let directory = directory.as_ref();
        let mut nothing = std::io::empty();
        let mut workspace = pipewright_workspace::Workspace::new(directory, &mut nothing, "-");
        let mut project = Self::new();
        for input in workspace.collect(&[std::path::PathBuf::from(".")]) {
            match input.text {
                Ok(text) => {
                    let name = input.name.strip_prefix("./").unwrap_or(&input.name);
                    project.snapshot.set_text(name, text);
                }
                Err(error) if input.origin == pipewright_workspace::Origin::Named => {
                    let message = format!("cannot read `{}`: {error}", directory.display());
                    return Err(Error::new("not-found", message));
                }
                Err(_) => {}
            }
        }
        Ok(project)
    }

    /// Puts a text in, or in the place of the one of that name. Names are paths with `/`: which files belong together
    /// follows from them.
    pub fn set_text(&mut self, name: &str, text: &str) {
        self.snapshot.set_text(name, text);
    }

    /// Takes a text out. Whether there was one.
    pub fn remove(&mut self, name: &str) -> bool {
        self.snapshot.remove(name)
    }

    /// The names of the texts, sorted.
    pub fn names(&self) -> Vec<String> {
        self.snapshot
            .ids()
            .map(|(name, _)| name.to_owned())
            .collect()
    }

    /// The text of a name.
    pub fn text(&self, name: &str) -> Option<Arc<str>> {
        let source = self.snapshot.source(self.snapshot.id(name)?);
        source.map(SourceFile::shared_text)
    }

    /// The pipeline of a text, or what its template holds of one; of several the first pipeline.
    ///
    /// # Errors
    /// `not-found` where there is no such text, or it holds no pipeline.
    pub fn pipeline(&self, name: &str) -> Result<Pipeline, Error> {
        let id = self.snapshot.id(name);
        let id = id.ok_or_else(|| Error::not_found(format!("there is no text `{name}`"), &[]))?;
        Pipeline::new(self.snapshot.clone(), id)
    }
}
