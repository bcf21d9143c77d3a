//! Files of tests on disk, with the files around them.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pipewright_analysis::{Prepared, Snapshot};
use pipewright_simulate::expect::{self, FileOutcome, Surroundings, is_of_tests};
use pipewright_source::{FileId, SourceFile};
use pipewright_workspace::{Origin, Workspace};

use crate::tested::{findings, prepare, rule_names};
use crate::{Error, TestReport};

/// Runs the files of tests at and below some paths as `pipewright test` does, and gives what became of them. The
/// pipelines, input sets and values that they name are read from beside them.
///
/// ```
/// let directory = tempfile::tempdir()?;
/// let write = |name: &str, text: &str| std::fs::write(directory.path().join(name), text);
/// write("pipeline.yaml", "pipeline: { identifier: p, stages: [{ stage: { identifier: S, type: Custom, spec: {} } }] }")?;
/// write("pipeline.test.yaml", "pipeline: pipeline.yaml\ntests: [{ name: it runs, expect: { runs: [pipeline.stages.S] } }]")?;
///
/// let report = pipewright::run_tests(&[directory.path()])?;
/// assert!(report.ok());
/// assert_eq!(report.tests[0].name, "it runs");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// `not-found` where a path that is named is no file of tests or cannot be read, and where there is none below the
/// paths. What is wrong with a file is in the report.
pub fn run_tests<P: AsRef<Path>>(paths: &[P]) -> Result<TestReport, Error> {
    let paths: Vec<PathBuf> = paths.iter().map(|path| path.as_ref().to_owned()).collect();
    let mut nothing = std::io::empty();
    let mut files = Vec::new();
    for input in Workspace::new("", &mut nothing, "-").collect(&paths) {
        let name = &input.name;
        let is_named = input.origin == Origin::Named;
        match input.text {
            Ok(text) if is_of_tests(name) => files.push(SourceFile::new(name.clone(), text)),
            Ok(_) if is_named => {
                let why = format!("`{name}` is no file of tests: their names end in `.test.yaml`");
                return Err(Error::new("not-found", why));
            }
            Err(error) if is_named || is_of_tests(name) => {
                return Err(Error::new(
                    "not-found",
                    format!("cannot read `{name}`: {error}"),
                ));
            }
            _ => {}
        }
    }
    if files.is_empty() {
        let why = "no file of tests was found: their names end in `.test.yaml`";
        return Err(Error::new("not-found", why));
    }
    let mut around = OnDisk::default();
    let outcomes = files.into_iter();
    let outcomes = outcomes.map(|source| expect::run(source, &|_| true, &mut around));
    let outcomes: Vec<FileOutcome> = outcomes.collect();
    Ok(TestReport::of(&outcomes))
}

/// A pipeline's path, and those of its input sets.
type Named = (String, Vec<String>);

/// The files around tests, each pipeline read once with its input sets.
#[derive(Default)]
struct OnDisk(HashMap<Named, (Snapshot, FileId, Arc<Prepared>)>);

fn read(path: &str) -> Result<String, String> {
    let mut nothing = std::io::empty();
    let text = Workspace::new("", &mut nothing, "-").read_text(Path::new(path));
    text.map_err(|error| format!("cannot read `{path}`: {error}"))
}

fn load(path: &str, input_sets: &[String]) -> Result<(Snapshot, FileId, Arc<Prepared>), String> {
    let mut snapshot = Snapshot::of_one_repository();
    let id = snapshot.set_text(path, read(path)?);
    let mut sets = Vec::new();
    for set in input_sets {
        sets.push(snapshot.set_text(set.as_str(), read(set)?));
    }
    let prepared = prepare(&snapshot, id, &sets)?;
    Ok((snapshot, id, prepared))
}

impl OnDisk {
    fn loaded(
        &mut self,
        path: &str,
        input_sets: &[String],
    ) -> Result<&(Snapshot, FileId, Arc<Prepared>), String> {
        let named = (path.to_owned(), input_sets.to_vec());
        if !self.0.contains_key(&named) {
            let loaded = load(path, input_sets)?;
            self.0.insert(named.clone(), loaded);
        }
        Ok(&self.0[&named])
    }
}

impl Surroundings for OnDisk {
    fn text(&mut self, path: &str) -> Result<Arc<str>, String> {
        read(path).map(Arc::from)
    }

    fn pipeline(&mut self, path: &str, input_sets: &[String]) -> Result<Arc<Prepared>, String> {
        let (_, _, prepared) = self.loaded(path, input_sets)?;
        Ok(Arc::clone(prepared))
    }

    fn findings(&mut self, path: &str, input_sets: &[String]) -> Result<BTreeSet<String>, String> {
        let (snapshot, id, _) = self.loaded(path, input_sets)?;
        Ok(findings(snapshot, *id))
    }

    fn rules(&self) -> Vec<&'static str> {
        rule_names()
    }
}
