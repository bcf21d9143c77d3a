//! Runs tests again as files change.
//!
//! The times of files are looked at several times a second, rather than asking the system to tell of changes: the files
//! of tests are few, and this works alike on every system, in containers and on shares of a network, which tell nobody.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use pipewright_simulate::expect::{FileOutcome, is_of_tests};
use pipewright_workspace::{Stamp, Workspace};

use super::find::find;
use crate::exit::Failure;
use crate::printable::printable;
use crate::{Exit, Streams};

/// How long nothing is looked at.
const PAUSE: Duration = Duration::from_millis(200);

/// A file of tests, with the paths that its tests asked for.
pub(crate) type Tested = (FileOutcome, BTreeSet<String>);

/// A file of tests: its name and text.
pub(crate) type Source = (String, Arc<str>);

/// What is watched: files of tests below `paths`, what their tests name, and everything below `with`.
pub(crate) struct Watch<'a> {
    pub(crate) paths: &'a [PathBuf],
    pub(crate) with: &'a [PathBuf],
}

/// Tells what became of files that were run, given all others too.
type Tell<'a> =
    dyn Fn(&[FileOutcome], &[&FileOutcome], &mut Streams<'_>) -> Result<Exit, Failure> + 'a;

type Stamps = BTreeMap<String, Stamp>;

impl Watch<'_> {
    /// Runs all tests, and each file of tests again when it or a file that it names is written, until the run is
    /// interrupted. `run` runs some files and `tell` tells what became of them; the answer is that of the last time.
    pub(crate) fn run(
        &self,
        run: &dyn Fn(Vec<Source>, &mut Streams<'_>) -> Vec<Tested>,
        tell: &Tell<'_>,
        streams: &mut Streams<'_>,
    ) -> Result<Exit, Failure> {
        let interrupted = Arc::clone(&streams.surroundings.interrupted);
        catch(&interrupted)?;
        let mut known: BTreeMap<String, Tested> = BTreeMap::new();
        let mut before = self.stamps(&known, streams);
        let mut files = find(self.paths, streams)?;
        let mut exit = Exit::Success;
        loop {
            if !files.is_empty() {
                let new = run(files, streams);
                for (outcome, _) in &new {
                    known.remove(outcome.name());
                }
                let (outcomes, asked): (Vec<FileOutcome>, Vec<BTreeSet<String>>) =
                    new.into_iter().unzip();
                let others: Vec<&FileOutcome> =
                    known.values().map(|(outcome, _)| outcome).collect();
                exit = tell(&outcomes, &others, streams)?;
                let again = outcomes.into_iter().zip(asked);
                known.extend(again.map(|tested| (tested.0.name().to_owned(), tested)));
                // What its tests name is known only now.
                before.extend(stamps_of_named(&known, streams));
                let count = before.len();
                writeln!(
                    streams.errors,
                    "note: {count} files are watched; Ctrl-C ends"
                )?;
            }
            streams.flush_output()?;
            let Some(changed) = self.changed(&mut before, &known, &interrupted, streams) else {
                return Ok(exit);
            };
            files = self.touched(&changed, &mut known, streams)?;
        }
    }

    /// Waits until files are written, come or go, and then until nothing is written any more. Gives their places;
    /// `None` where the run is interrupted.
    fn changed(
        &self,
        before: &mut Stamps,
        known: &BTreeMap<String, Tested>,
        interrupted: &AtomicBool,
        streams: &mut Streams<'_>,
    ) -> Option<BTreeSet<String>> {
        let mut changed = BTreeSet::new();
        loop {
            thread::sleep(PAUSE);
            if interrupted.load(Ordering::Relaxed) {
                return None;
            }
            let now = self.stamps(known, streams);
            let differs = |place: &&String| now.get(*place) != before.get(*place);
            let places: BTreeSet<&String> = now.keys().chain(before.keys()).collect();
            let new: Vec<String> = places.into_iter().filter(differs).cloned().collect();
            *before = now;
            if new.is_empty() && !changed.is_empty() {
                return Some(changed);
            }
            changed.extend(new);
        }
    }

    /// The files of tests to run again, of all that there are now. Those that are gone are forgotten.
    fn touched(
        &self,
        changed: &BTreeSet<String>,
        known: &mut BTreeMap<String, Tested>,
        streams: &mut Streams<'_>,
    ) -> Result<Vec<Source>, Failure> {
        let files = match find(self.paths, streams) {
            Ok(files) => files,
            // It may come back.
            Err(Failure::Message(why)) => {
                writeln!(streams.errors, "error: {}", printable(&why))?;
                return Ok(Vec::new());
            }
            Err(failure) => return Err(failure),
        };
        known.retain(|name, _| files.iter().any(|(found, _)| found == name));
        let directory = streams.surroundings.directory.clone();
        let mut nothing = std::io::empty();
        let mut workspace = Workspace::new(directory, &mut nothing, "-");
        let with = workspace.stamps(self.with);
        let is_with = changed.iter().any(|place| {
            let is_other = !is_of_tests(place);
            with.contains_key(place) || (is_other && self.is_below_with(place, &workspace))
        });
        let is_touched = |(name, text): &Source| {
            let Some((outcome, asked)) = known.get(name) else {
                return true;
            };
            let mut asked = asked.iter().map(|path| workspace.place(path));
            is_with
                || outcome.source.text() != &**text
                || asked.any(|place| changed.contains(&place))
        };
        Ok(files.into_iter().filter(is_touched).collect())
    }

    /// Whether a place is below one of the paths at hand, where something was that is gone.
    fn is_below_with(&self, place: &str, workspace: &Workspace<'_>) -> bool {
        self.with.iter().any(|path| {
            let root = workspace.place(&path.to_string_lossy());
            place
                .strip_prefix(&root)
                .is_some_and(|below| below.is_empty() || below.starts_with('/'))
        })
    }

    fn stamps(&self, known: &BTreeMap<String, Tested>, streams: &Streams<'_>) -> Stamps {
        let directory = streams.surroundings.directory.clone();
        let mut nothing = std::io::empty();
        let mut workspace = Workspace::new(directory, &mut nothing, "-");
        let mut stamps = workspace.stamps(self.paths);
        stamps.retain(|place, _| is_of_tests(place));
        stamps.extend(workspace.stamps(self.with));
        stamps.extend(stamps_of_named(known, streams));
        stamps
    }
}

/// The files that tests name.
fn stamps_of_named(known: &BTreeMap<String, Tested>, streams: &Streams<'_>) -> Stamps {
    let directory = streams.surroundings.directory.clone();
    let mut nothing = std::io::empty();
    let named = known.values().flat_map(|(_, asked)| asked);
    let named: Vec<PathBuf> = named.map(PathBuf::from).collect();
    Workspace::new(directory, &mut nothing, "-").stamps(&named)
}

/// Lets Ctrl-C set the flag from now on, instead of ending the process in the middle of a line.
fn catch(interrupted: &Arc<AtomicBool>) -> Result<(), Failure> {
    let flag = Arc::clone(interrupted);
    let caught = signal_hook::flag::register(signal_hook::consts::SIGINT, flag);
    caught.map_err(|error| Failure::Message(format!("cannot watch for Ctrl-C: {error}")))?;
    Ok(())
}
