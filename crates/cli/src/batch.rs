//! The files of one run of `check`: analysed, checked and counted.

use std::collections::HashSet;
use std::sync::Arc;

use pipewright_lint::{
    self as lint, Analysis, FileKind, Options, Project, Statistics, Templates, View,
};
use pipewright_source::{Diagnostic, FileId, SourceFile, Sources};
use pipewright_workspace::{Input, Origin, ReadError};
use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelIterator as _, IntoParallelRefIterator as _,
    ParallelIterator as _,
};

use crate::guard::{Defect, guard};
use crate::progress::Progress;
use crate::report::Summary;

/// Below this many bytes in all, starting threads takes longer than the work.
const LITTLE_TEXT: usize = 64 << 10;

/// What is said of a named file that is not for Harness.
const FOREIGN: &str =
    "holds no Harness pipeline, template or input set, so there is nothing to check";

/// What is said of a named file that another program must fill in first.
const TEMPLATED: &str =
    "is a Terraform, Jinja or Go template: render it first, then check the result";

/// The files of one run.
pub(crate) struct Batch {
    inputs: Vec<Input>,
    /// One file for each input, in the same order; one without text for an input that cannot be read.
    pub(crate) sources: Sources,
}

/// What came of one input.
enum Checked {
    /// It was analysed. Of the analysis only this is kept where no other file can add to it: the trees of a large repository need
    /// not be in memory together.
    File {
        kind: FileKind,
        statistics: Statistics,
        found: Vec<Diagnostic>,
        /// The identifiers of its pipelines, which chained stages may run.
        pipelines: Vec<Box<str>>,
        /// The analysis of a file that says more together with others.
        analysis: Option<Box<Analysis>>,
    },
    /// It could not be read, which is a finding unless it was named.
    Unreadable(Option<Diagnostic>),
    /// Checking it failed, which is our fault.
    Failed(Defect),
}

/// What came of all inputs.
pub(crate) struct Outcome {
    /// The findings by file, start and rule.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// How many there are.
    pub(crate) summary: Summary,
    /// Figures for `--stats`.
    pub(crate) statistics: Statistics,
    /// The files that were named and hold nothing to check, with the reason.
    pub(crate) passed_over: Vec<(Arc<str>, &'static str)>,
    /// The files that could not be checked because of a defect of ours; `None` for all files together.
    pub(crate) defects: Vec<(Option<Arc<str>>, Defect)>,
}

/// How one input is checked.
type CheckOne = fn(&Input, FileId, &SourceFile, &Options) -> Checked;

impl Checked {
    /// The analysis, if it was kept.
    fn take(&mut self) -> Option<Analysis> {
        match self {
            Self::File { analysis, .. } => analysis.take().map(|analysis| *analysis),
            Self::Unreadable(_) | Self::Failed(_) => None,
        }
    }
}

impl Batch {
    /// Gives every input its place among the sources.
    pub(crate) fn new(inputs: Vec<Input>) -> Self {
        let mut sources = Sources::new();
        for input in &inputs {
            let text = input.text.as_ref().map_or_else(|_| "".into(), Clone::clone);
            sources.add(SourceFile::new(input.name.clone(), text));
        }
        Self { inputs, sources }
    }

    /// How many files there are, read or not.
    pub(crate) fn len(&self) -> usize {
        self.inputs.len()
    }

    /// Analyses and checks every file, on all processors where there is much to do. The findings come in the order of the
    /// files, and in a file by start and rule. A defect met in one file does not stop the others.
    pub(crate) fn check(&self, options: &Options, progress: &Progress) -> Outcome {
        self.check_with(check_one, options, progress)
    }

    fn check_with(&self, check_one: CheckOne, options: &Options, progress: &Progress) -> Outcome {
        let files: Vec<(FileId, &SourceFile)> = self.sources.iter().collect();
        let check = |(input, (id, file)): (&Input, &(FileId, &SourceFile))| {
            let checked =
                guard(|| check_one(input, *id, file, options)).unwrap_or_else(Checked::Failed);
            progress.step();
            checked
        };
        let bytes: usize = files.iter().map(|(_, file)| file.text().len()).sum();
        let mut results: Vec<Checked> = if bytes < LITTLE_TEXT || files.len() < 2 {
            self.inputs.iter().zip(&files).map(check).collect()
        } else {
            self.inputs.par_iter().zip(&files).map(check).collect()
        };
        // Where that fails, what was found in each file alone stands.
        let defect = guard(|| self.check_together(&mut results, options)).err();
        let mut outcome = self.gather(results);
        outcome.defects.extend(defect.map(|defect| (None, defect)));
        outcome
    }

    /// Writes out the templates that are among the files, looks into the pipelines that chained stages run, and replaces what that
    /// changes.
    fn check_together(&self, results: &mut [Checked], options: &Options) {
        let mut analyses: Vec<Analysis> = results.iter_mut().filter_map(Checked::take).collect();
        self.add_children(results, &mut analyses);
        if analyses.is_empty() {
            return;
        }
        let project = Project::new(&self.sources, &analyses, options);
        let views = (0..analyses.len()).into_par_iter();
        let views: Vec<View> = views.map(|at| project.view(at)).collect();
        let templates: Vec<(FileId, Templates)> = views
            .iter()
            .map(|view| (view.file, view.templates.clone()))
            .collect();
        for report in project.recheck(views) {
            if let Some(Checked::File {
                statistics, found, ..
            }) = results.get_mut(report.file.0 as usize)
            {
                *statistics = report.statistics;
                *found = report.diagnostics;
            }
        }
        for (file, templates) in templates {
            if let Some(Checked::File { statistics, .. }) = results.get_mut(file.0 as usize) {
                statistics.templates = templates;
            }
        }
    }

    /// Adds the analyses of the files whose pipelines are run by chained stages of the others. They are made once more: most pipelines
    /// are nobody's child.
    fn add_children(&self, results: &[Checked], analyses: &mut Vec<Analysis>) {
        let wanted: HashSet<&str> = analyses.iter().flat_map(Analysis::chained).collect();
        let known: HashSet<FileId> = analyses.iter().map(Analysis::file).collect();
        let is_wanted = |result: &Checked| match result {
            Checked::File { pipelines, .. } => pipelines.iter().any(|id| wanted.contains(&**id)),
            Checked::Unreadable(_) | Checked::Failed(_) => false,
        };
        let files = self.sources.iter().zip(results);
        let children: Vec<Analysis> = files
            .filter(|((id, _), result)| is_wanted(result) && !known.contains(id))
            .map(|((id, file), _)| lint::analyse(id, file))
            .collect();
        if !children.is_empty() {
            analyses.extend(children);
            analyses.sort_by_key(Analysis::file);
        }
    }

    fn gather(&self, results: Vec<Checked>) -> Outcome {
        let (mut files, mut statistics) = (0, Statistics::default());
        let (mut diagnostics, mut passed_over) = (Vec::new(), Vec::new());
        let mut defects = Vec::new();
        for (input, result) in self.inputs.iter().zip(results) {
            match result {
                Checked::File {
                    kind,
                    statistics: figures,
                    found,
                    ..
                } => {
                    let is_named = input.origin == Origin::Named;
                    match kind {
                        FileKind::Broken | FileKind::Other if !is_named => continue,
                        FileKind::Other => passed_over.push((input.name.clone(), FOREIGN)),
                        FileKind::Templated if is_named && found.is_empty() => {
                            passed_over.push((input.name.clone(), TEMPLATED));
                        }
                        FileKind::Templated => files += usize::from(!found.is_empty()),
                        FileKind::Harness | FileKind::Version1 | FileKind::Broken => files += 1,
                    }
                    statistics += &figures;
                    diagnostics.extend(found);
                }
                Checked::Unreadable(found) => {
                    files += usize::from(found.is_some());
                    diagnostics.extend(found);
                }
                Checked::Failed(defect) => {
                    files += 1;
                    defects.push((Some(input.name.clone()), defect));
                }
            }
        }
        Outcome {
            summary: Summary::new(files, &diagnostics),
            diagnostics,
            statistics,
            passed_over,
            defects,
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

/// Takes one file the whole way. A file that cannot be read is a finding where it was met while walking;
/// where it was named, the command says so itself.
fn check_one(input: &Input, id: FileId, file: &SourceFile, options: &Options) -> Checked {
    match &input.text {
        Ok(_) => {
            let analysis = lint::analyse(id, file);
            Checked::File {
                kind: analysis.kind(),
                statistics: analysis.statistics().clone(),
                found: lint::check(&analysis, file, options),
                pipelines: analysis.pipelines().map(Box::from).collect(),
                analysis: analysis.takes_part().then(|| Box::new(analysis)),
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

    /// Fails on one file, as a defect would.
    fn check_but_one(input: &Input, id: FileId, file: &SourceFile, options: &Options) -> Checked {
        assert_ne!(&*input.name, "b.yaml", "a defect");
        check_one(input, id, file, options)
    }

    #[test]
    fn a_defect_in_one_file_does_not_stop_the_others() {
        let batch = Batch::new(["a.yaml", "b.yaml", "c.yaml"].map(input).into());
        let options = Options::new::<&str>(&[], &[], false).expect("no rule is named");
        let progress = Progress::new(batch.len(), false);
        let outcome = batch.check_with(check_but_one, &options, &progress);
        let files: Vec<u32> = outcome
            .diagnostics
            .iter()
            .map(|found| found.span.file.0)
            .collect();
        assert_eq!(files, [0, 2]);
        assert_eq!(outcome.summary.files, 3);
        let [(Some(name), defect)] = outcome.defects.as_slice() else {
            panic!("{:?}", outcome.defects);
        };
        assert_eq!(&**name, "b.yaml");
        assert!(defect.to_string().contains("a defect"), "{defect}");
    }
}
