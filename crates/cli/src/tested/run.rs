//! Runs the tests of a file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pipewright_analysis::Prepared;
use pipewright_context::Given as Values;
use pipewright_jexl::Json;
use pipewright_jexl::json::Object;
use pipewright_simulate::expect::{
    Difference, Named, Test, TestFile, differences, expectations_of, read,
};
use pipewright_simulate::{Given, PlanError, plan};
use pipewright_source::{FileId, SourceFile};

use super::outcome::{FileOutcome, Outcome, Verdict};
use crate::exit::Failure;
use crate::files::Files;
use crate::planned::under_trigger;
use crate::position::prepare_file;
use crate::report::Range;
use crate::values::read_object;
use crate::{Streams, given};

/// Runs the tests of a file whose names `is_chosen`; with further files from `with`.
pub(crate) fn run_file(
    (name, text): (&str, Arc<str>),
    is_chosen: &dyn Fn(&str) -> bool,
    with: &[PathBuf],
    streams: &mut Streams<'_>,
) -> FileOutcome {
    let mut outcome = FileOutcome {
        file: name.to_owned(),
        tests: Vec::new(),
        error: None,
        coverage: BTreeMap::new(),
    };
    let source = SourceFile::new(name, Arc::clone(&text));
    let tree = pipewright_yaml::parse(FileId(0), &text);
    let file = match read(&tree) {
        Ok(file) => file,
        Err(mistake) => {
            let at = Range::new(&source, mistake.span).start;
            outcome.error = Some(format!("{}:{}: {}", at.line, at.column, mistake.message));
            return outcome;
        }
    };
    let runner = Runner {
        file: &file,
        directory: Path::new(name).parent().unwrap_or(Path::new("")),
        with,
    };
    for test in file.tests.iter().filter(|test| is_chosen(&test.name.text)) {
        let verdict = runner.run(test, &mut outcome, streams);
        let (verdict, would_hold) = verdict.unwrap_or_else(|why| (Verdict::Error(why), Vec::new()));
        outcome.tests.push(Outcome {
            name: test.name.text.clone(),
            verdict,
            would_hold,
            expectations: test.expect_span.map(|span| span.range.to_usize()),
        });
    }
    outcome
}

struct Runner<'a> {
    file: &'a TestFile,
    directory: &'a Path,
    with: &'a [PathBuf],
}

impl Runner<'_> {
    /// What becomes of a test, and what would hold.
    fn run(
        &self,
        test: &Test,
        outcome: &mut FileOutcome,
        streams: &mut Streams<'_>,
    ) -> Result<(Verdict, Vec<String>), String> {
        let named = test.pipeline.as_ref().or(self.file.pipeline.as_ref());
        let named = named.ok_or("neither the test nor its file names a pipeline")?;
        let (files, prepared) = self
            .load(test, named, streams)
            .map_err(|error| error.to_string())?;
        let values = self
            .values(test, streams)
            .map_err(|error| error.to_string())?;
        let given = given_of(test, values);
        let plan = plan(&prepared, &given);
        if let Err(error @ (PlanError::Usage(_) | PlanError::NotFound(_))) = &plan {
            return Err(error.to_string());
        }
        if let Ok(plan) = &plan {
            let coverage = outcome.coverage.entry(named.text.clone()).or_default();
            coverage.add(plan);
        }
        let mut found = differences(test, plan.as_ref(), &prepared, &given.values);
        found.extend(findings(test, &files));
        let would_hold = expectations_of(plan.as_ref());
        let verdict = if found.is_empty() {
            Verdict::Holds
        } else {
            Verdict::Differs(found)
        };
        Ok((verdict, would_hold))
    }

    fn load(
        &self,
        test: &Test,
        pipeline: &Named,
        streams: &mut Streams<'_>,
    ) -> Result<(Files, Arc<Prepared>), Failure> {
        let beside = |named: &Named| self.directory.join(&named.text);
        let sets: Vec<PathBuf> = test.input_set.iter().map(beside).collect();
        prepare_file(&beside(pipeline), &sets, self.with, "<stdin>", streams)
    }

    fn values(&self, test: &Test, streams: &mut Streams<'_>) -> Result<Values, Failure> {
        let mut values = Object::new();
        if let Some(context) = &test.context {
            let object = read_object(&self.directory.join(&context.text), streams)?;
            given::merge(&mut values, object);
        }
        if let Some(trigger) = &test.trigger {
            let payload = read_object(&self.directory.join(&trigger.text), streams)?;
            under_trigger(&mut values, Json::Object(payload));
        }
        for (name, value) in test.outputs.iter().chain(&test.given) {
            values.shift_remove(name.as_str());
            values.insert(name.as_str().into(), value.clone());
        }
        Ok(Values::of(Arc::new(Json::Object(values))))
    }
}

fn given_of(test: &Test, values: Values) -> Given {
    let mut given = Given::from(values);
    given.failures.clone_from(&test.failures);
    given.interventions.clone_from(&test.interventions);
    given.skip_stages.clone_from(&test.skip_stages);
    given.engine = test.engine;
    given.reading = test.reading;
    given
}

/// What differs between the rules whose findings are expected and those that `check` gives.
fn findings(test: &Test, files: &Files) -> Option<Difference> {
    let expected = test.expect.findings.as_ref()?;
    let options = pipewright_lint::Options::default();
    let all = pipewright_lint::check_all(&files.snapshot, &options);
    let of_pipeline = all.iter().filter(|found| found.span.file == files.first());
    let got: BTreeSet<&str> = of_pipeline.map(|found| found.rule).collect();
    let expected: BTreeSet<&str> = expected.iter().map(String::as_str).collect();
    let listed = |rules: &BTreeSet<&str>| match rules.len() {
        0 => "no findings".to_owned(),
        _ => rules.iter().copied().collect::<Vec<_>>().join(", "),
    };
    let mut of = test.name.clone();
    "findings".clone_into(&mut of.text);
    (got != expected).then(|| Difference::new(&of, listed(&expected), listed(&got)))
}
