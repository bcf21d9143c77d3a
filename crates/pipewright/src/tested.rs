//! Files of tests, run and told as plain data.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use pipewright_analysis::{Prepared, Snapshot};
use pipewright_lint::{Options, check_all, rules};
use pipewright_simulate::expect::{self, FileOutcome, Surroundings, coverage_of, is_of_tests};
use pipewright_source::{FileId, SourceFile, Span};

use crate::{Position, Project};

/// What became of tests.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct TestReport {
    /// Each test, by the names of the files, then in their order. What is wrong with a file as a whole is one more.
    pub tests: Vec<Test>,
    /// What the tests have seen of each pipeline, by the name of its file.
    pub coverage: BTreeMap<String, Coverage>,
}

/// What became of a test.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Test {
    /// The file.
    pub file: String,
    /// Its name; empty for a file that is wrong as a whole, and for a test without name.
    pub name: String,
    /// Whether everything came as expected.
    pub ok: bool,
    /// What differs.
    pub differences: Vec<Difference>,
    /// Why it could not be run.
    pub error: Option<String>,
    /// Where it stands in the file.
    pub start: Position,
}

/// Something that did not come as a test expects it.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Difference {
    /// What it is about: a fully qualified name or an expression; `pipeline` for the whole, `findings` for these.
    pub fqn: String,
    /// What was expected.
    pub expected: String,
    /// What came.
    pub got: String,
    /// Why; empty where there is nothing to say.
    pub reason: String,
    /// Where the expectation stands in the file.
    pub start: Position,
}

/// What tests have seen of a pipeline.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Coverage {
    /// How much, from 0 to 100.
    pub percent: u32,
    /// What was not seen, a sentence each.
    pub missing: Vec<String>,
}

impl TestReport {
    /// Whether every test holds. Of no tests that is not said.
    pub fn ok(&self) -> bool {
        !self.tests.is_empty() && self.tests.iter().all(|test| test.ok)
    }

    /// How many tests hold.
    pub fn passed(&self) -> usize {
        self.tests.iter().filter(|test| test.ok).count()
    }

    /// How many do not.
    pub fn failed(&self) -> usize {
        self.tests.len() - self.passed()
    }

    pub(crate) fn of(files: &[FileOutcome]) -> Self {
        let coverage = coverage_of(files).into_iter().map(|(name, coverage)| {
            let coverage = Coverage {
                percent: coverage.percent(),
                missing: coverage.missing(),
            };
            (name, coverage)
        });
        Self {
            tests: files.iter().flat_map(tests_of).collect(),
            coverage: coverage.collect(),
        }
    }
}

fn tests_of(file: &FileOutcome) -> impl Iterator<Item = Test> {
    let position = |span: Span| {
        let at = file.start(span);
        Position {
            line: at.line,
            column: at.column,
        }
    };
    let wrong = file.mistakes.iter().map(move |mistake| Test {
        file: file.name().to_owned(),
        name: String::new(),
        ok: false,
        differences: Vec::new(),
        error: Some(mistake.message.clone()),
        start: position(mistake.span),
    });
    let tests = file.tests.iter().map(move |test| Test {
        file: file.name().to_owned(),
        name: test.name.clone(),
        ok: test.is_ok(),
        differences: test
            .differences()
            .iter()
            .map(|differs| Difference {
                fqn: differs.fqn.clone(),
                expected: differs.expected.clone(),
                got: differs.got.clone(),
                reason: differs.reason.clone(),
                start: position(differs.span),
            })
            .collect(),
        error: test.error().map(|mistake| mistake.message.clone()),
        start: position(test.span),
    });
    wrong.chain(tests)
}

impl Project {
    /// Runs the tests of every text whose name ends in `.test.yaml` (or `.test.yml`), those whose names are `chosen`:
    /// expectations about what a pipeline does under given values and failures, as `pipewright test` reads them. The
    /// files that they name are texts of the project, beside theirs.
    ///
    /// ```
    /// use pipewright::Project;
    ///
    /// let mut project = Project::new();
    /// project.set_text("ci/pipeline.yaml", "
    /// pipeline:
    ///   identifier: release
    ///   variables: [{ name: env, type: String, value: <+input> }]
    ///   stages:
    ///     - stage:
    ///         identifier: Approve
    ///         type: Custom
    ///         when: { pipelineStatus: Success, condition: <+pipeline.variables.env> == 'prod' }
    ///         spec: {}
    /// ");
    /// project.set_text("ci/pipeline.test.yaml", "
    /// pipeline: pipeline.yaml
    /// tests:
    ///   - name: production waits for approval
    ///     given: { pipeline.variables.env: prod }
    ///     expect: { runs: [pipeline.stages.Approve] }
    ///   - name: elsewhere nobody is asked
    ///     expect: { skipped: [pipeline.stages.Approve] }
    /// ");
    /// let report = project.run_tests(|_| true);
    /// assert_eq!((report.passed(), report.failed()), (1, 1));
    ///
    /// // What is not given is unknown, and the difference says what to give.
    /// let differs = &report.tests[1].differences[0];
    /// assert_eq!((&*differs.expected, &*differs.got), ("skipped", "unknown"));
    /// assert!(differs.reason.ends_with("give pipeline.variables.env"));
    /// ```
    pub fn run_tests(&self, chosen: impl Fn(&str) -> bool) -> TestReport {
        let mut around = InProject(&self.snapshot);
        let files = self.snapshot.ids().filter(|(name, _)| is_of_tests(name));
        let sources = files.filter_map(|(_, id)| self.snapshot.source(id));
        let outcomes: Vec<FileOutcome> = sources
            .map(|source| expect::run(source.clone(), &chosen, &mut around))
            .collect();
        TestReport::of(&outcomes)
    }
}

/// The files around tests, as texts of a project.
struct InProject<'p>(&'p Snapshot);

impl InProject<'_> {
    fn id(&self, path: &str) -> Result<FileId, String> {
        let id = self.0.id(path);
        id.ok_or_else(|| format!("there is no text `{path}`"))
    }
}

impl Surroundings for InProject<'_> {
    fn text(&mut self, path: &str) -> Result<Arc<str>, String> {
        let source = self.0.source(self.id(path)?);
        let text = source.map(SourceFile::shared_text);
        text.ok_or_else(|| format!("there is no text `{path}`"))
    }

    fn pipeline(&mut self, path: &str, input_sets: &[String]) -> Result<Arc<Prepared>, String> {
        let id = self.id(path)?;
        let sets: Result<Vec<FileId>, String> = input_sets.iter().map(|set| self.id(set)).collect();
        prepare(self.0, id, &sets?)
    }

    fn findings(&mut self, path: &str, _: &[String]) -> Result<BTreeSet<String>, String> {
        Ok(findings(self.0, self.id(path)?))
    }

    fn rules(&self) -> Vec<&'static str> {
        rule_names()
    }
}

/// The first pipeline of a file, with input sets merged and templates written out.
pub(crate) fn prepare(
    snapshot: &Snapshot,
    id: FileId,
    sets: &[FileId],
) -> Result<Arc<Prepared>, String> {
    let name = snapshot.source(id).map_or("", SourceFile::name);
    if snapshot.tree(id).is_some_and(|tree| tree.recovered()) {
        return Err(format!("`{name}` is broken YAML"));
    }
    let document = snapshot.pipelines(id).first().copied();
    let document = document.ok_or_else(|| format!("`{name}` holds no pipeline"))?;
    let prepared = snapshot.prepared(id, document, sets);
    prepared.map_err(|error| {
        let file = match &error {
            pipewright_analysis::PrepareError::InputSet { file, .. } => *file,
            _ => id,
        };
        let name = snapshot.source(file).map_or("", SourceFile::name);
        format!("`{name}` {error}")
    })
}

/// The names of all rules.
pub(crate) fn rule_names() -> Vec<&'static str> {
    rules().iter().map(|rule| rule.name).collect()
}

/// The rules that find something in a file.
pub(crate) fn findings(snapshot: &Snapshot, id: FileId) -> BTreeSet<String> {
    let all = check_all(snapshot, &Options::default());
    let of_file = all.iter().filter(|found| found.span.file == id);
    of_file.map(|found| found.rule.to_owned()).collect()
}
