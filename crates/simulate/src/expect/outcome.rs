//! What became of files of tests.

use std::collections::BTreeMap;
use std::ops::Range;

use pipewright_source::{LineColumn, SourceFile, Span};

use super::{Coverage, Difference, Mistake};

/// What became of a file of tests.
#[derive(Debug)]
#[non_exhaustive]
pub struct FileOutcome {
    /// The file, under its name.
    pub source: SourceFile,
    /// What became of its tests, in their order.
    pub tests: Vec<TestOutcome>,
    /// What is wrong with it as a whole.
    pub mistakes: Vec<Mistake>,
    /// What its tests have seen of each pipeline, by the path of its file.
    pub coverage: BTreeMap<String, Coverage>,
}

/// What became of a test.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TestOutcome {
    /// Its name; empty where it has none.
    pub name: String,
    /// Where it stands: its name, or what is wrong with it.
    pub span: Span,
    /// Whether it holds.
    pub answer: TestAnswer,
    /// What would hold in the place of what differs, as lines of `expect`.
    pub would_hold: Vec<String>,
    /// Where its expectations stand, in bytes; `None` where it has none.
    pub expectations: Option<Range<usize>>,
}

/// Whether a test holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TestAnswer {
    /// Everything came as expected.
    Holds,
    /// Something did not.
    Differs(Vec<Difference>),
    /// It could not be run, and why.
    Error(Mistake),
}

impl TestOutcome {
    /// Whether it holds.
    pub fn is_ok(&self) -> bool {
        self.answer == TestAnswer::Holds
    }

    /// Why it could not be run.
    pub fn error(&self) -> Option<&Mistake> {
        match &self.answer {
            TestAnswer::Error(mistake) => Some(mistake),
            _ => None,
        }
    }

    /// What differs.
    pub fn differences(&self) -> &[Difference] {
        match &self.answer {
            TestAnswer::Differs(differences) => differences,
            _ => &[],
        }
    }
}

impl FileOutcome {
    /// The name of the file.
    pub fn name(&self) -> &str {
        self.source.name()
    }

    /// Whether something in it could not be run.
    pub fn has_error(&self) -> bool {
        let mut tests = self.tests.iter();
        !self.mistakes.is_empty() || tests.any(|test| test.error().is_some())
    }

    /// Where a span of the file starts: line and column from 1, columns in Unicode scalar values.
    pub fn start(&self, span: Span) -> LineColumn {
        let index = self.source.line_index();
        index.scalar(self.source.text(), span.range.start())
    }
}

/// What the tests of several files have seen of each pipeline together, by the path of its file.
pub fn coverage_of<'o>(
    files: impl IntoIterator<Item = &'o FileOutcome>,
) -> BTreeMap<String, Coverage> {
    let mut all: BTreeMap<String, Coverage> = BTreeMap::new();
    for (pipeline, coverage) in files.into_iter().flat_map(|file| &file.coverage) {
        all.entry(pipeline.clone()).or_default().merge(coverage);
    }
    all
}
