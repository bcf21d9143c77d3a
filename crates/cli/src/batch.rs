//! The files of one run of `check`: analysed, checked and counted.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use pipewright_analysis::{ByUses, FileKind, Snapshot, Statistics};
use pipewright_lint::{self as lint, Found, Options};
use pipewright_source::{Diagnostic, FileId, SourceFile};
use pipewright_workspace::{Input, Origin, ReadError};
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::Streams;
use crate::at_hand;
use crate::catch_panic::{InternalError, catch_panic};
use crate::exit::Failure;
use crate::missing_templates::Undecided;
use crate::nothing_to_check::NothingToCheck;
use crate::progress::Progress;
use crate::report::{LeftOut, Summary};
use crate::statistics::Clock;

/// Below this many bytes in all, starting threads takes longer than the work.
const LITTLE_TEXT: usize = 64 << 10;

/// The files of one run.
pub(crate) struct Batch {
    inputs: Vec<Input>,
    /// The id of each input in the snapshot.
    ids: Vec<FileId>,
    /// The ids of further files: they are not reported on, but others may use them, and they others.
    at_hand: Vec<FileId>,
    /// The levels of rules in each file, where they differ from those of the run.
    options: BTreeMap<FileId, Options>,
    /// Where each file of `ids` is, as the snapshot knows it.
    places: Vec<String>,
    /// A text for each input; an empty one for an input that cannot be read.
    pub(crate) snapshot: Snapshot,
}

/// What came of one input.
enum Checked {
    /// It was checked by itself, or with what it uses.
    File {
        kind: FileKind,
        statistics: Statistics,
        found: Found,
    },
    /// It could not be read, which is a finding unless it was named.
    Unreadable(Option<Diagnostic>),
    /// Checking it failed, which is our fault.
    Failed(InternalError),
}

/// What came of all inputs.
pub(crate) struct CheckResult {
    /// The findings by file, start and rule.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The files that were checked or have a finding, in their order.
    pub(crate) checked: Vec<FileId>,
    /// How many findings there are.
    pub(crate) summary: Summary,
    /// Figures for `--stats`.
    pub(crate) statistics: Statistics,
    /// The files that were named and hold nothing to check, with the reason.
    pub(crate) passed_over: BTreeMap<NothingToCheck, Vec<Arc<str>>>,
    /// What templates that are not at hand leave undecided.
    pub(crate) undecided: Undecided,
    /// The files that could not be checked because of a mistake of ours; `None` for all files together.
    pub(crate) internal_errors: Vec<(Option<Arc<str>>, InternalError)>,
}

impl CheckResult {
    /// Leaves out findings of a baseline, as if they had not been found. Asks about each in order.
    pub(crate) fn leave_out(&mut self, mut is_known: impl FnMut(&Diagnostic) -> bool) {
        let found = self.diagnostics.len();
        self.diagnostics.retain(|finding| !is_known(finding));
        let left_out = LeftOut {
            known: found - self.diagnostics.len(),
            ..self.summary.left_out
        };
        self.summary = Summary::new(self.summary.files, &self.diagnostics, left_out);
    }
}

/// How one input is checked.
type CheckOne = fn(&Batch, usize, &Options) -> Checked;

impl Batch {
    /// Puts every input into the snapshot, where `place` says that its name stands. Files that were named belong
    /// together.
    pub(crate) fn new(all: Vec<Input>, place: impl Fn(&str) -> String) -> Self {
        let mut snapshot = Snapshot::default();
        let mut by_id: BTreeMap<FileId, (Input, String)> = BTreeMap::new();
        for input in all {
            let text = input.text.as_ref().map_or_else(|_| "".into(), Clone::clone);
            let file = SourceFile::new(input.name.clone(), text);
            let place = place(&input.name);
            let id = snapshot.set(place.as_str(), file);
            if input.origin == Origin::Named {
                snapshot.join(id);
            }
            by_id.insert(id, (input, place));
        }
        let (ids, of_ids): (_, Vec<_>) = by_id.into_iter().unzip();
        let (inputs, places) = of_ids.into_iter().unzip();
        Self {
            inputs,
            ids,
            places,
            at_hand: Vec::new(),
            options: BTreeMap::new(),
            snapshot,
        }
    }

    /// Says that all inputs are of one repository, whatever its directories are called.
    pub(crate) fn join(&mut self) {
        for id in &self.ids {
            self.snapshot.join(*id);
        }
    }

    /// Reads the files at and below `paths` but the inputs, as [`at_hand::read`] has it. They belong to all others.
    ///
    /// # Errors
    /// When there is nothing at one of the paths, or what is neither a file nor a directory.
    pub(crate) fn read_at_hand(
        &mut self,
        paths: &[PathBuf],
        input_name: &str,
        streams: &mut Streams<'_>,
    ) -> Result<(), Failure> {
        self.at_hand = at_hand::read(paths, input_name, &mut self.snapshot, streams)?;
        for id in &self.at_hand {
            self.snapshot.join(*id);
        }
        Ok(())
    }

    /// Each input with where it is.
    pub(crate) fn places(&self) -> impl Iterator<Item = (FileId, &str)> {
        let places = self.places.iter().map(String::as_str);
        self.ids.iter().copied().zip(places)
    }

    /// Gives files levels of rules of their own. What is checked with must run every rule that is on in one of them.
    pub(crate) fn set_options(&mut self, options: BTreeMap<FileId, Options>) {
        self.options = options;
    }

    /// The findings as the file has them reported.
    fn admitted(&self, id: FileId, found: impl IntoIterator<Item = Diagnostic>) -> Vec<Diagnostic> {
        let options = self.options.get(&id);
        let admit = |found| match options {
            Some(options) => options.admit(found),
            None => Some(found),
        };
        found.into_iter().filter_map(admit).collect()
    }

    /// The inputs that could be read.
    pub(crate) fn read_files(&self) -> impl Iterator<Item = FileId> {
        let inputs = self.ids.iter().zip(&self.inputs);
        inputs.filter_map(|(id, input)| input.text.is_ok().then_some(*id))
    }

    /// Whether the text of a file may be exchanged: it is one of the inputs, and was read.
    pub(crate) fn may_change(&self, id: FileId) -> bool {
        let at = self.ids.binary_search(&id);
        at.is_ok_and(|at| self.inputs[at].text.is_ok())
    }

    /// Exchanges the texts of inputs. Gives the files as they were.
    pub(crate) fn replace_texts(
        &mut self,
        texts: BTreeMap<FileId, String>,
    ) -> BTreeMap<FileId, SourceFile> {
        let mut before = BTreeMap::new();
        for (id, text) in texts {
            let Ok(at) = self.ids.binary_search(&id) else {
                continue;
            };
            let text: Arc<str> = text.into();
            let file = SourceFile::new(self.inputs[at].name.clone(), Arc::clone(&text));
            before.extend(self.snapshot.source(id).map(|file| (id, file.clone())));
            self.snapshot.set(self.places[at].as_str(), file);
            self.inputs[at].text = Ok(text);
        }
        before
    }

    /// How many files there are, read or not.
    pub(crate) fn len(&self) -> usize {
        self.inputs.len()
    }

    /// Analyses and checks every file, on all processors where there is much to do. The findings come in the order of
    /// the files, and in a file by start and rule. A mistake of ours met in one file does not stop the others.
    pub(crate) fn check(
        &self,
        options: &Options,
        progress: &Progress,
        clock: &mut Clock,
    ) -> CheckResult {
        self.check_with(check_one, options, progress, clock)
    }

    fn check_with(
        &self,
        check_one: CheckOne,
        options: &Options,
        progress: &Progress,
        clock: &mut Clock,
    ) -> CheckResult {
        // Where one of these fails, checking that file fails again and says so.
        self.for_each(|at| catch_panic(|| self.snapshot.kind(self.ids[at])));
        clock.lap("parse files");
        self.for_each(|at| catch_panic(|| self.snapshot.analysis(self.ids[at])));
        clock.lap("follow references");
        let mut results = self.for_each(|at| {
            let checked =
                catch_panic(|| check_one(self, at, options)).unwrap_or_else(Checked::Failed);
            progress.step();
            checked
        });
        // Where that fails, what was found in each file alone stands.
        let together = catch_panic(|| self.check_together(&mut results, options));
        let mut outcome = self.gather(results);
        match together {
            Ok(undecided) => outcome.undecided = undecided,
            Err(error) => outcome.internal_errors.push((None, error)),
        }
        clock.lap("check");
        outcome
    }

    /// Does something for each input, in the order of the inputs.
    fn for_each<T: Send>(&self, work: impl Fn(usize) -> T + Send + Sync) -> Vec<T> {
        let length = |input: &Input| input.text.as_ref().map_or(0, |text| text.len());
        let bytes: usize = self.inputs.iter().map(length).sum();
        in_parallel(0..self.inputs.len(), bytes, work)
    }

    /// Looks at the files with the templates that are among them written out and the pipelines that chained stages run,
    /// and replaces what that changes. Gives what stays undecided.
    fn check_together(&self, results: &mut [Checked], options: &Options) -> Undecided {
        let view = |id: FileId| lint::view(&self.snapshot, id, options);
        let views = self.for_each(|at| view(self.ids[at]));
        for (result, view) in results.iter_mut().zip(&views) {
            if let (Checked::File { statistics, .. }, Some(view)) = (result, view) {
                statistics.templates = view.templates.clone();
            }
        }
        // How a template is used is seen in every file.
        let at_hand = in_parallel(0..self.at_hand.len(), usize::MAX, |at| {
            view(self.at_hand[at])
        });
        let views = views.iter().chain(&at_hand).flatten();
        for report in lint::recheck(&self.snapshot, views, options) {
            let at = self.ids.binary_search(&report.file);
            let result = at.ok().and_then(|at| results.get_mut(at));
            if let Some(Checked::File {
                statistics, found, ..
            }) = result
            {
                if let Some(references) = report.references {
                    statistics.references = references;
                }
                *found = report.found;
            }
        }
        self.decide_by_uses(results);
        let mut undecided = Undecided::default();
        for whole in self
            .ids
            .iter()
            .filter_map(|id| self.snapshot.written_out(*id))
        {
            undecided.add(whole);
        }
        undecided
    }

    /// Counts what templates leave undecided as decided where all their uses at hand decide it.
    fn decide_by_uses(&self, results: &mut [Checked]) {
        let mut by_uses = ByUses::default();
        let files = self.ids.iter().chain(&self.at_hand);
        for whole in files.filter_map(|id| self.snapshot.written_out(*id)) {
            by_uses.add(whole);
        }
        let decided = by_uses.decided();
        for (result, id) in results.iter_mut().zip(&self.ids) {
            if let Checked::File { statistics, .. } = result
                && let Some(whole) = self.snapshot.written_out(*id)
            {
                decided.count(whole, &mut statistics.references);
            }
        }
    }

    fn gather(&self, results: Vec<Checked>) -> CheckResult {
        let (mut checked, mut statistics) = (Vec::new(), Statistics::default());
        let mut diagnostics = Vec::new();
        let mut passed_over: BTreeMap<NothingToCheck, Vec<Arc<str>>> = BTreeMap::new();
        let mut internal_errors = Vec::new();
        let mut left_out = LeftOut::default();
        for ((input, id), result) in self.inputs.iter().zip(&self.ids).zip(results) {
            match result {
                Checked::File {
                    kind,
                    statistics: figures,
                    found,
                } => {
                    left_out.silenced += self.admitted(*id, found.silenced).len();
                    let found = self.admitted(*id, found.diagnostics);
                    let is_named = input.origin == Origin::Named;
                    let mut pass_over = |reason| {
                        passed_over
                            .entry(reason)
                            .or_default()
                            .push(input.name.clone());
                    };
                    match kind {
                        FileKind::Broken | FileKind::Other if !is_named => {
                            left_out.files += 1;
                            continue;
                        }
                        FileKind::Other => pass_over(NothingToCheck::Foreign),
                        FileKind::Templated if is_named && found.is_empty() => {
                            pass_over(NothingToCheck::Templated);
                        }
                        FileKind::Templated if found.is_empty() => left_out.files += 1,
                        FileKind::Templated
                        | FileKind::Harness
                        | FileKind::Version1
                        | FileKind::Broken => checked.push(*id),
                    }
                    statistics += &figures;
                    diagnostics.extend(found);
                }
                Checked::Unreadable(found) => {
                    let found = self.admitted(*id, found);
                    checked.extend(found.first().map(|_| *id));
                    diagnostics.extend(found);
                }
                Checked::Failed(error) => {
                    checked.push(*id);
                    internal_errors.push((Some(input.name.clone()), error));
                }
            }
        }
        CheckResult {
            summary: Summary::new(checked.len(), &diagnostics, left_out),
            checked,
            diagnostics,
            statistics,
            passed_over,
            undecided: Undecided::default(),
            internal_errors,
        }
    }

    /// The inputs that were named and cannot be read, with the reason.
    pub(crate) fn unreadable_names(&self) -> impl Iterator<Item = (&str, &ReadError)> {
        self.inputs
            .iter()
            .filter(|input| input.origin == Origin::Named)
            .filter_map(|input| Some((&*input.name, input.text.as_ref().err()?)))
    }
}

/// Does something for each of the places, of texts of so many bytes in all, in their order.
fn in_parallel<T: Send>(
    places: Range<usize>,
    bytes: usize,
    work: impl Fn(usize) -> T + Send + Sync,
) -> Vec<T> {
    if bytes < LITTLE_TEXT || places.len() < 2 {
        places.map(work).collect()
    } else {
        places.into_par_iter().map(work).collect()
    }
}

/// Checks one file by itself. A file that cannot be read is a finding where it was met while walking; where it was
/// named, the command says so itself.
fn check_one(batch: &Batch, at: usize, options: &Options) -> Checked {
    let (input, id) = (&batch.inputs[at], batch.ids[at]);
    match &input.text {
        Ok(_) => {
            let snapshot = &batch.snapshot;
            let analysis = snapshot.analysis(id);
            let analysis = analysis.expect("every input has a text in the snapshot");
            Checked::File {
                kind: analysis.kind(),
                statistics: analysis.statistics(),
                found: lint::check_file(snapshot, id, options),
            }
        }
        Err(_) if input.origin == Origin::Named => Checked::Unreadable(None),
        Err(error) => Checked::Unreadable(lint::unreadable(id, &error.to_string(), options)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRONG: &str = "pipeline:\n  identifier: not valid\n  name: n\n";

    fn input(name: &str) -> Input {
        Input {
            name: name.into(),
            text: Ok(WRONG.into()),
            origin: Origin::Named,
        }
    }

    /// Fails on one file, as a mistake of ours would.
    fn check_but_one(batch: &Batch, at: usize, options: &Options) -> Checked {
        assert_ne!(&*batch.inputs[at].name, "b.yaml", "our mistake");
        check_one(batch, at, options)
    }

    #[test]
    fn an_internal_error_in_one_file_does_not_stop_the_others() {
        let inputs = ["a.yaml", "b.yaml", "c.yaml"].map(input).into();
        let batch = Batch::new(inputs, str::to_owned);
        let options = Options::new::<&str>(&[], &[], false).expect("no rule is named");
        let progress = Progress::new(batch.len(), false);
        let outcome = batch.check_with(check_but_one, &options, &progress, &mut Clock::start());
        let files: Vec<u32> = outcome
            .diagnostics
            .iter()
            .map(|found| found.span.file.0)
            .collect();
        assert_eq!(files, [0, 2]);
        assert_eq!(outcome.summary.files, 3);
        let [(Some(name), error)] = outcome.internal_errors.as_slice() else {
            panic!("{:?}", outcome.internal_errors);
        };
        assert_eq!(&**name, "b.yaml");
        assert!(error.to_string().contains("our mistake"), "{error}");
    }
}
