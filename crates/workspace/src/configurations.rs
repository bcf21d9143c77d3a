//! Which `pipewright.toml` holds for which file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use pipewright_lint::{
    CONFIGURATION_FILE, Configuration, ConfigurationError, Options, UnknownRule,
};

use crate::{ReadError, Workspace};

/// Which configuration holds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Configured {
    /// For each file the nearest one above it.
    #[default]
    Nearest,
    /// This one for all files.
    Given(PathBuf),
    /// None.
    Not,
}

/// The configurations that were read, by the places of their files.
#[derive(Debug, Default)]
pub struct Configurations {
    read: BTreeMap<PathBuf, Configuration>,
    /// The configuration of each file that has one, by the place of the file.
    of_files: BTreeMap<String, OfFile>,
}

#[derive(Debug)]
struct OfFile {
    /// Where the file of the configuration is.
    configuration: PathBuf,
    /// The path from its directory to the file.
    below: String,
}

/// A configuration that cannot be taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConfigurationProblem {
    /// Where its file is.
    pub path: PathBuf,
    /// Why.
    pub reason: ProblemReason,
}

/// Why a configuration cannot be taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ProblemReason {
    /// Its file cannot be read.
    Unreadable(ReadError),
    /// It says what cannot be understood.
    Wrong {
        /// What the file says.
        text: String,
        /// What is wrong in it.
        error: ConfigurationError,
    },
}

impl Configurations {
    /// Reads the configurations for the files of these names. Those that cannot be taken come second; the files that
    /// have one of these go without.
    pub fn read<'n>(
        configured: &Configured,
        names: impl Iterator<Item = &'n str>,
        workspace: &mut Workspace<'_>,
    ) -> (Self, Vec<ConfigurationProblem>) {
        let mut found = Self::default();
        let given = match configured {
            Configured::Not => return (found, Vec::new()),
            Configured::Given(path) => Some(place_of(path, workspace)),
            Configured::Nearest => None,
        };
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
                let below = below(&nearest, &place);
                found.insert(place, nearest, below);
            }
        }
        let problems = found.take(|path| read(path, workspace));
        (found, problems)
    }

    /// Says which configuration a file has.
    pub(crate) fn insert(&mut self, place: String, configuration: PathBuf, below: String) {
        let of_file = OfFile {
            configuration,
            below,
        };
        self.of_files.insert(place, of_file);
    }

    /// Reads each configuration that a file has. Gives those that cannot be taken.
    pub(crate) fn take(
        &mut self,
        mut read: impl FnMut(&Path) -> Result<Configuration, ConfigurationProblem>,
    ) -> Vec<ConfigurationProblem> {
        let mut problems = BTreeMap::new();
        for OfFile { configuration, .. } in self.of_files.values() {
            if self.read.contains_key(configuration) || problems.contains_key(configuration) {
                continue;
            }
            match read(configuration) {
                Ok(taken) => drop(self.read.insert(configuration.clone(), taken)),
                Err(problem) => drop(problems.insert(configuration.clone(), problem)),
            }
        }
        problems.into_values().collect()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.read.is_empty()
    }

    /// The configuration of the file at a place, and the path of the file from it on.
    fn of(&self, place: &str) -> Option<(&Configuration, &str)> {
        let of_file = self.of_files.get(place)?;
        let configuration = self.read.get(&of_file.configuration)?;
        Some((configuration, &of_file.below))
    }

    /// The rules in the file at a place, under what the command line chooses (see [`Configuration::options`]); where
    /// the file has no configuration, that alone decides.
    ///
    /// # Errors
    /// When a name chooses nothing.
    pub fn options<S: AsRef<str>>(
        &self,
        place: &str,
        select: &[S],
        ignore: &[S],
        pedantic: bool,
    ) -> Result<Options, UnknownRule> {
        match self.of(place) {
            Some((configuration, below)) => configuration.options(below, select, ignore, pedantic),
            None => Options::new(select, ignore, pedantic),
        }
    }

    /// The files and directories at hand that they name.
    pub fn with(&self) -> Vec<PathBuf> {
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

impl Configured {
    /// What is to be checked besides the directory in which the workspace starts, by the configuration that holds
    /// there.
    ///
    /// # Errors
    /// When it cannot be taken.
    pub fn further_paths(
        &self,
        workspace: &mut Workspace<'_>,
    ) -> Result<Vec<PathBuf>, ConfigurationProblem> {
        let file = match self {
            Self::Not => None,
            Self::Given(given) => Some(place_of(given, workspace)),
            Self::Nearest => workspace.nearest(CONFIGURATION_FILE, CONFIGURATION_FILE),
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
}

fn place_of(path: &Path, workspace: &Workspace<'_>) -> PathBuf {
    PathBuf::from(workspace.place(&path.to_string_lossy()))
}

/// The path from the directory of a configuration to a file.
fn below(configuration: &Path, place: &str) -> String {
    let directory = configuration.parent().unwrap_or(Path::new(""));
    let directory = directory.to_string_lossy();
    let below = place.strip_prefix(&*directory).unwrap_or(place);
    below.trim_start_matches('/').to_owned()
}

fn read(path: &Path, workspace: &mut Workspace<'_>) -> Result<Configuration, ConfigurationProblem> {
    let text = workspace.read_text(path);
    let text = text.map_err(|error| ConfigurationProblem {
        path: path.to_path_buf(),
        reason: ProblemReason::Unreadable(error),
    })?;
    understood(path, &text)
}

/// What the text of the configuration at a path says.
pub(crate) fn understood(path: &Path, text: &str) -> Result<Configuration, ConfigurationProblem> {
    Configuration::read(text).map_err(|error| ConfigurationProblem {
        path: path.to_path_buf(),
        reason: ProblemReason::Wrong {
            text: text.to_owned(),
            error,
        },
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn one_that_is_wrong_leaves_the_others_alone() {
        let directory = tempfile::tempdir().unwrap();
        fs::create_dir_all(directory.path().join("a")).unwrap();
        fs::create_dir_all(directory.path().join(".git")).unwrap();
        fs::write(directory.path().join("pipewright.toml"), "paths = [\"x\"]").unwrap();
        fs::write(directory.path().join("a/pipewright.toml"), "rulse = 1").unwrap();
        let mut nothing = std::io::empty();
        let mut workspace = Workspace::new(directory.path(), &mut nothing, "-");
        let names = ["b.yaml", "a/b.yaml", "c/d.yaml"];
        let (found, problems) =
            Configurations::read(&Configured::Nearest, names.into_iter(), &mut workspace);
        let [first, second, third] = names.map(|name| workspace.place(name));
        assert_eq!(found.of(&first).map(|of| of.1), Some("b.yaml"));
        assert!(found.of(&second).is_none());
        assert_eq!(found.of(&third).map(|of| of.1), Some("c/d.yaml"));
        let [problem] = &problems[..] else {
            panic!("{problems:?}");
        };
        assert!(problem.path.ends_with("a/pipewright.toml"));
        assert!(
            matches!(&problem.reason, ProblemReason::Wrong { error, .. } if error.range.start() == 0)
        );
        let further = Configured::Nearest.further_paths(&mut workspace).unwrap();
        assert_eq!(further, [PathBuf::from("x")]);
        assert!(
            Configurations::read(&Configured::Not, names.into_iter(), &mut workspace)
                .0
                .is_empty()
        );
    }
}
