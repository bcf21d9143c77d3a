//! The configurations of the checked files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use pipewright_lint::{CONFIGURATION_FILE, Configuration};
use pipewright_source::SourceFile;
use pipewright_workspace::Workspace;

use crate::exit::Failure;
use crate::printable::printable;

/// Which configuration holds.
#[derive(Args, Debug)]
pub(super) struct Configured {
    /// Take the configuration from this file; without it each file has the nearest pipewright.toml above it
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Take no configuration
    #[arg(long, conflicts_with = "config")]
    no_config: bool,
}

/// The configurations that were read, by the places of their files.
#[derive(Debug, Default)]
pub(super) struct Configurations {
    read: BTreeMap<PathBuf, Configuration>,
    /// The configuration of each file that has one, by the place of the file.
    of_files: BTreeMap<String, PathBuf>,
}

impl Configured {
    /// What is to be checked besides the directory one stands in, by the configuration that holds there.
    ///
    /// # Errors
    /// When it cannot be read, or says what cannot be understood.
    pub(super) fn further_paths(
        &self,
        workspace: &mut Workspace<'_>,
    ) -> Result<Vec<PathBuf>, Failure> {
        let file = match &self.config {
            _ if self.no_config => None,
            Some(given) => Some(PathBuf::from(workspace.place(&given.to_string_lossy()))),
            None => workspace.nearest(CONFIGURATION_FILE, CONFIGURATION_FILE),
        };
        let Some(file) = file else {
            return Ok(Vec::new());
        };
        let configuration = read(&file, workspace)?;
        let here = PathBuf::from(workspace.place("."));
        let directory = file.parent().filter(|directory| *directory != here);
        let directory = directory.unwrap_or(Path::new(""));
        let paths = configuration.paths().iter();
        Ok(paths.map(|path| directory.join(path)).collect())
    }

    /// Reads the configurations for the files of these names.
    ///
    /// # Errors
    /// When one cannot be read, or says what cannot be understood.
    pub(super) fn read<'n>(
        &self,
        names: impl Iterator<Item = &'n str>,
        workspace: &mut Workspace<'_>,
    ) -> Result<Configurations, Failure> {
        let mut found = Configurations::default();
        if self.no_config {
            return Ok(found);
        }
        let given = self.config.as_ref();
        let given = given.map(|path| PathBuf::from(workspace.place(&path.to_string_lossy())));
        let mut known: BTreeMap<PathBuf, Option<PathBuf>> = BTreeMap::new();
        for name in names {
            let place = workspace.place(name);
            let nearest = match (&given, Path::new(&place).parent()) {
                (Some(given), _) => Some(given.clone()),
                (None, None) => None,
                (None, Some(directory)) => known
                    .entry(directory.to_path_buf())
                    .or_insert_with(|| workspace.nearest(name, CONFIGURATION_FILE))
                    .clone(),
            };
            if let Some(nearest) = nearest {
                found.of_files.insert(place, nearest);
            }
        }
        for path in found.of_files.values() {
            if !found.read.contains_key(path) {
                found.read.insert(path.clone(), read(path, workspace)?);
            }
        }
        Ok(found)
    }
}

fn read(path: &Path, workspace: &mut Workspace<'_>) -> Result<Configuration, Failure> {
    let here = workspace.place(".");
    let name = path.strip_prefix(here).unwrap_or(path).to_string_lossy();
    // The directory itself is no file, and is named as it was given.
    let name = if name.is_empty() { "." } else { &*name };
    let name = printable(name);
    let text = workspace
        .read_text(path)
        .map_err(|error| Failure::Message(format!("cannot read `{name}`: {error}")))?;
    Configuration::read(&text).map_err(|error| {
        let file = SourceFile::new("", text.as_str());
        let at = file.line_index().scalar(&text, error.range.start());
        Failure::Message(format!("{name}:{}:{}: {error}", at.line, at.column))
    })
}

impl Configurations {
    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.read.is_empty()
    }

    /// The configuration of the file at a place, and the path of the file from it on.
    pub(super) fn of<'p>(&self, place: &'p str) -> Option<(&Configuration, &'p str)> {
        let path = self.of_files.get(place)?;
        let directory = path.parent()?.to_string_lossy();
        let below = place.strip_prefix(&*directory).unwrap_or(place);
        Some((self.read.get(path)?, below.trim_start_matches('/')))
    }

    /// The files and directories at hand that they name.
    pub(super) fn with(&self) -> Vec<PathBuf> {
        let paths = self.read.iter().flat_map(|(path, configuration)| {
            let directory = path.parent().unwrap_or(Path::new(""));
            configuration
                .with()
                .iter()
                .map(move |with| directory.join(with))
        });
        paths.collect()
    }
}
