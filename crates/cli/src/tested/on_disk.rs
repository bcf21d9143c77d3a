//! The files around tests, as they are on disk.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pipewright_analysis::Prepared;
use pipewright_lint::{Options, check_all};
use pipewright_simulate::expect::Surroundings;

use crate::Streams;
use crate::files::Files;
use crate::position::prepare_file;
use crate::values::read_text;

/// A pipeline's path, and those of its input sets.
type Named = (String, Vec<String>);

/// The files around tests, each pipeline read once.
pub(crate) struct OnDisk<'a, 's> {
    /// Where to look for what pipelines use.
    with: &'a [PathBuf],
    streams: &'a mut Streams<'s>,
    loaded: HashMap<Named, (Files, Arc<Prepared>)>,
    /// What was asked for since [`OnDisk::asked`] was called last, whether it was there or not.
    asked: BTreeSet<String>,
}

impl<'a, 's> OnDisk<'a, 's> {
    pub(crate) fn new(with: &'a [PathBuf], streams: &'a mut Streams<'s>) -> Self {
        Self {
            with,
            streams,
            loaded: HashMap::new(),
            asked: BTreeSet::new(),
        }
    }

    /// The paths that were asked for since this was called last.
    pub(crate) fn asked(&mut self) -> BTreeSet<String> {
        std::mem::take(&mut self.asked)
    }

    fn load(
        &mut self,
        path: &str,
        input_sets: &[String],
    ) -> Result<&(Files, Arc<Prepared>), String> {
        let named = (path.to_owned(), input_sets.to_vec());
        self.asked.insert(path.to_owned());
        self.asked.extend(input_sets.iter().cloned());
        if !self.loaded.contains_key(&named) {
            let sets: Vec<PathBuf> = input_sets.iter().map(PathBuf::from).collect();
            let loaded = prepare_file(Path::new(path), &sets, self.with, "<stdin>", self.streams);
            let loaded = loaded.map_err(|error| error.to_string())?;
            is_whole(path, &loaded.0)?;
            self.loaded.insert(named.clone(), loaded);
        }
        Ok(&self.loaded[&named])
    }
}

/// Refuses a pipeline that was read only in part: a test of it would say nothing about the whole.
fn is_whole(path: &str, files: &Files) -> Result<(), String> {
    let tree = files.snapshot.tree(files.first());
    if tree.is_some_and(|tree| tree.recovered()) {
        return Err(format!(
            "`{path}` is broken YAML; `pipewright check` shows where"
        ));
    }
    Ok(())
}

impl Surroundings for OnDisk<'_, '_> {
    fn text(&mut self, path: &str) -> Result<Arc<str>, String> {
        self.asked.insert(path.to_owned());
        let text = read_text(Path::new(path), self.streams);
        text.map(Arc::from).map_err(|error| error.to_string())
    }

    fn pipeline(&mut self, path: &str, input_sets: &[String]) -> Result<Arc<Prepared>, String> {
        let (_, prepared) = self.load(path, input_sets)?;
        Ok(Arc::clone(prepared))
    }

    fn findings(&mut self, path: &str, input_sets: &[String]) -> Result<BTreeSet<String>, String> {
        let (files, _) = self.load(path, input_sets)?;
        let all = check_all(&files.snapshot, &Options::default());
        let of_pipeline = all.iter().filter(|found| found.span.file == files.first());
        Ok(of_pipeline.map(|found| found.rule.to_owned()).collect())
    }

    fn rules(&self) -> Vec<&'static str> {
        pipewright_lint::rules()
            .iter()
            .map(|rule| rule.name)
            .collect()
    }
}
