//! What is checked: the paths of the command line, those of a list, and files at hand.

use std::path::PathBuf;

use clap::Args;
use pipewright_workspace::{Configurations, Listed, PassedOver, Workspace};

use crate::Streams;
use crate::at_hand::reads_input;
use crate::batch::Batch;
use crate::configured::Configured;
use crate::exit::Failure;
use crate::printable::printable;

/// Which files are checked.
#[derive(Args, Debug)]
pub(super) struct Inputs {
    /// Files and directories; - is standard input [default: . without --files-from]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Check the files that FILE lists too, one a line or with zero bytes between them, - for standard input: what is
    /// not there any more and what is no YAML is passed over
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,

    /// Files and directories that are not reported on: templates, child pipelines and pipelines in which the checked
    /// files are used; may be repeated
    #[arg(long = "with", value_name = "PATH")]
    with: Vec<PathBuf>,

    #[command(flatten)]
    configured: Configured,

    /// The name of what comes from standard input
    #[arg(long, value_name = "NAME", default_value = "<stdin>")]
    pub(super) stdin_filename: String,
}

/// The files of a run, and what is to be said of those that are not among them.
pub(super) struct Loaded {
    pub(super) configurations: Configurations,
    pub(super) batch: Batch,
    pub(super) passed_over: Vec<PassedOver>,
    pub(super) listed: Listed,
}

impl Inputs {
    /// Whether standard input is among them.
    pub(super) fn reads_input(&self) -> bool {
        let list = self.files_from.as_slice();
        [self.paths.as_slice(), list, &self.with]
            .into_iter()
            .any(reads_input)
    }

    /// Whether standard input is one of the files that are checked.
    pub(super) fn checks_input(&self) -> bool {
        reads_input(&self.paths)
    }

    /// The paths that were named, or the directory one stands in where nothing was.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        if self.paths.is_empty() && self.files_from.is_none() {
            return vec![PathBuf::from(".")];
        }
        self.paths.clone()
    }

    /// Reads all of them.
    ///
    /// # Errors
    /// When the list cannot be read, nothing is at a path of `--with`, or standard input is asked for twice.
    pub(super) fn read(&self, streams: &mut Streams<'_>) -> Result<Loaded, Failure> {
        let list = self.files_from.as_slice();
        let readers = [self.paths.as_slice(), list, &self.with];
        if readers.iter().filter(|paths| reads_input(paths)).count() > 1 {
            return Err(Failure::Message(
                "only one of the files can come from standard input".to_owned(),
            ));
        }
        let directory = streams.surroundings.directory.clone();
        let mut workspace = Workspace::new(directory, &mut streams.input, &self.stdin_filename);
        let mut paths = self.paths();
        if self.paths.is_empty() && self.files_from.is_none() {
            paths.extend(self.configured.further_paths(&mut workspace)?);
        }
        let mut inputs = workspace.collect(&paths);
        let is_one_repository = workspace.is_one_repository();
        let mut told = Listed::default();
        for list in list {
            let paths = workspace.read_list(list).map_err(|error| {
                let name = list.to_string_lossy();
                Failure::Message(format!("cannot read `{}`: {error}", printable(&name)))
            })?;
            let (listed, passed_over) = workspace.collect_listed(&paths, &inputs);
            inputs.extend(listed);
            told = passed_over;
        }
        let names = inputs.iter().map(|input| &*input.name);
        let configurations = self.configured.read(names, &mut workspace)?;
        let mut batch = Batch::new(inputs, |name| workspace.place(name));
        if is_one_repository {
            batch.join();
        }
        let passed_over = workspace.passed_over().to_vec();
        let with = [self.with.clone(), configurations.with()].concat();
        batch.read_at_hand(&with, &self.stdin_filename, streams)?;
        Ok(Loaded {
            configurations,
            batch,
            passed_over,
            listed: told,
        })
    }
}
