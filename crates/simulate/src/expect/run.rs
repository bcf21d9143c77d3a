//! Runs the tests of a file.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use pipewright_analysis::Prepared;
use pipewright_context::{Given as Values, NoValues, object_of};
use pipewright_jexl::Json;
use pipewright_jexl::json::Object;
use pipewright_source::{FileId, SourceFile, Span, TextRange, closest};

use super::case::{BrokenTest, Mistake, Named, Test, TestFile};
use super::compare::Evaluation;
use super::outcome::{FileOutcome, TestAnswer, TestOutcome};
use super::would_hold::would_hold;
use super::{Difference, beside, differences, read};
use crate::given::under_trigger;
use crate::{About, Given, PlanError, plan};

/// The files around tests, by paths with `/` that start where the name of the file of tests starts. Each answers with a
/// sentence where it cannot.
pub trait Surroundings {
    /// The text of a file with values.
    ///
    /// # Errors
    /// Where there is none.
    fn text(&mut self, path: &str) -> Result<Arc<str>, String>;

    /// The first pipeline of a file, with input sets merged and templates written out.
    ///
    /// # Errors
    /// Where there is none.
    fn pipeline(&mut self, path: &str, input_sets: &[String]) -> Result<Arc<Prepared>, String>;

    /// The rules that find something in the file of a pipeline, which was asked for before.
    ///
    /// # Errors
    /// Where nobody knows.
    fn findings(&mut self, path: &str, input_sets: &[String]) -> Result<BTreeSet<String>, String>;

    /// The names of all rules.
    fn rules(&self) -> Vec<&'static str>;
}

/// Runs the tests of a file whose names `is_chosen`. A test that cannot be read is always told.
pub fn run(
    source: SourceFile,
    is_chosen: &dyn Fn(&str) -> bool,
    around: &mut dyn Surroundings,
) -> FileOutcome {
    let tree = pipewright_yaml::parse(FileId(0), source.text());
    let file = read(&tree);
    let mut runner = Runner {
        file: &file,
        name: source.name(),
        around,
        coverage: BTreeMap::new(),
    };
    let mut tests = Vec::new();
    for test in &file.tests {
        match test {
            Ok(test) if is_chosen(&test.name.text) => tests.push(runner.outcome(test)),
            Ok(_) => {}
            Err(broken) => tests.push(broken_outcome(broken)),
        }
    }
    let coverage = runner.coverage;
    FileOutcome {
        source,
        tests,
        coverage,
        mistakes: file.mistakes,
    }
}

fn broken_outcome(broken: &BrokenTest) -> TestOutcome {
    TestOutcome {
        name: broken.name.clone(),
        span: broken.mistake.span,
        answer: TestAnswer::Error(broken.mistake.clone()),
        would_hold: Vec::new(),
        expectations: None,
    }
}

struct Runner<'a> {
    file: &'a TestFile,
    /// The name of the file.
    name: &'a str,
    around: &'a mut dyn Surroundings,
    coverage: BTreeMap<String, super::Coverage>,
}

impl Runner<'_> {
    fn outcome(&mut self, test: &Test) -> TestOutcome {
        let (answer, would_hold) = match self.answer(test) {
            Ok((found, would_hold)) if found.is_empty() => (TestAnswer::Holds, would_hold),
            Ok((found, would_hold)) => (TestAnswer::Differs(found), would_hold),
            Err(mistake) => (TestAnswer::Error(mistake), Vec::new()),
        };
        TestOutcome {
            name: test.name.text.clone(),
            span: test.name.span,
            answer,
            would_hold,
            expectations: test.expect_span.map(|span| span.range.to_usize()),
        }
    }

    /// What differs, and what would hold.
    fn answer(&mut self, test: &Test) -> Result<(Vec<Difference>, Vec<String>), Mistake> {
        let at_name = |why: String| Mistake::new(why, test.name.span);
        let pipeline = test.pipeline.as_ref().or(self.file.pipeline.as_ref());
        let pipeline = pipeline
            .ok_or_else(|| at_name("neither the test nor its file names a pipeline".to_owned()))?;
        let path = beside(self.name, &pipeline.text);
        let sets = test.input_set.iter();
        let sets: Vec<String> = sets.map(|set| beside(self.name, &set.text)).collect();
        let prepared = self.around.pipeline(&path, &sets);
        let prepared = prepared.map_err(|why| {
            // Where the pipeline is one without the input set, that is wrong.
            let set = test.input_set.as_ref();
            let set = set.filter(|_| self.around.pipeline(&path, &[]).is_ok());
            Mistake::new(why, set.unwrap_or(pipeline).span)
        })?;
        let given = given_of(test, self.values(test)?);
        let plan = plan(&prepared, &given);
        if let Err(PlanError::Usage { sentence, about } | PlanError::NotFound { sentence, about }) =
            &plan
        {
            let span = about.and_then(|about| place_of(test, about));
            let span = span.unwrap_or(test.name.span);
            return Err(Mistake::new(sentence.clone(), span));
        }
        if let Ok(plan) = &plan {
            let coverage = self.coverage.entry(path.clone()).or_default();
            coverage.add(plan);
        }
        let mut found = differences(test, plan.as_ref(), &prepared, &given.values);
        let mut findings = None;
        if let Some(expected) = &test.expect.findings {
            self.known_rules(expected)?;
            let got = self.around.findings(&path, &sets).map_err(at_name)?;
            found.extend(findings_difference(test, expected, &got));
            findings = Some(got);
        }
        if found.is_empty() {
            return Ok((found, Vec::new()));
        }
        let evaluation = Evaluation {
            prepared: &prepared,
            values: &given.values,
        };
        let would_hold = would_hold(test, plan.as_ref(), evaluation, findings.as_ref());
        Ok((found, would_hold))
    }

    /// Refuses a rule that there is not: an expectation of it would hold never.
    fn known_rules(&self, expected: &[Named]) -> Result<(), Mistake> {
        let rules = self.around.rules();
        let unknown = expected.iter().find(|rule| !rules.contains(&&*rule.text));
        let Some(rule) = unknown else {
            return Ok(());
        };
        let meant = closest(&rule.text, rules.iter().copied());
        let meant = meant.map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
        let why = format!("there is no rule `{}`{meant}", rule.text);
        Err(Mistake::new(why, rule.span))
    }

    fn values(&mut self, test: &Test) -> Result<Values, Mistake> {
        values(self.name, test, &mut |path| self.around.text(path))
    }
}

/// What a test gives, without what it expects.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TestCase {
    /// The name of the test.
    pub name: String,
    /// The pipeline, by its path beside the file of tests.
    pub pipeline: String,
    /// The input set, likewise.
    pub input_set: Option<String>,
    /// What is given.
    pub given: Given,
}

/// What the tests of a file give; `text` reads the files around it, by their paths beside it. A test that cannot be
/// read is left out.
pub fn test_cases(
    name: &str,
    text: &str,
    read_text: &mut dyn FnMut(&str) -> Result<Arc<str>, String>,
) -> Vec<TestCase> {
    let file = read(&pipewright_yaml::parse(FileId(0), text));
    let tests = file.tests.iter().filter_map(|test| test.as_ref().ok());
    let cases = tests.filter_map(|test| {
        let pipeline = test.pipeline.as_ref().or(file.pipeline.as_ref())?;
        let mut given = given_of(test, values(name, test, read_text).ok()?);
        given.in_detail = false;
        Some(TestCase {
            name: test.name.text.clone(),
            pipeline: pipeline.text.clone(),
            input_set: test.input_set.as_ref().map(|set| set.text.clone()),
            given,
        })
    });
    cases.collect()
}

/// Reads a file around tests.
type ReadText<'a> = dyn FnMut(&str) -> Result<Arc<str>, String> + 'a;

/// The values that a test gives: its own win over outputs, those over the payload of the trigger and the context.
fn values(name: &str, test: &Test, read_text: &mut ReadText<'_>) -> Result<Values, Mistake> {
    let mut values = match &test.context {
        Some(context) => object(name, context, read_text)?,
        None => Object::new(),
    };
    if let Some(trigger) = &test.trigger {
        let payload = object(name, trigger, read_text)?;
        under_trigger(&mut values, Json::Object(payload));
    }
    for (fqn, value) in test.outputs.iter().chain(&test.given) {
        // Behind all others, because the later of two holds.
        values.shift_remove(fqn.as_str());
        values.insert(fqn.as_str().into(), value.clone());
    }
    Ok(Values::of(Arc::new(Json::Object(values))))
}

fn object(name: &str, named: &Named, read_text: &mut ReadText<'_>) -> Result<Object, Mistake> {
    let path = beside(name, &named.text);
    let wrong = |why: String| Mistake::new(why, named.span);
    let text = read_text(&path).map_err(wrong)?;
    object_of(&text).map_err(|NoValues { why, range }| {
        wrong(match range {
            Some(range) => format!("`{path}` {why}, at {}", place(&text, range)),
            None => format!("`{path}` {why}"),
        })
    })
}

/// `line:column` where a range of a text starts.
fn place(text: &str, range: TextRange) -> String {
    let source = SourceFile::new("", text);
    let at = source.line_index().scalar(text, range.start());
    format!("{}:{}", at.line, at.column)
}

fn given_of(test: &Test, values: Values) -> Given {
    let mut given = Given::from(values);
    let written = |named: &Named| named.text.clone();
    let failures = test.failures.iter();
    given.failures = failures.map(|(failure, _)| failure.clone()).collect();
    let interventions = test.interventions.iter();
    let intervention = |(node, action): &(Named, Named)| (written(node), written(action));
    given.interventions = interventions.map(intervention).collect();
    given.skip_stages = test.skip_stages.iter().map(written).collect();
    given.only_stages = test.only_stages.iter().map(written).collect();
    given.engine = test.engine;
    given.reading = test.reading;
    // Coverage is told of what conditions saw.
    given.in_detail = true;
    given
}

/// Where something stands that a test gives.
fn place_of(test: &Test, about: About) -> Option<Span> {
    let named = |all: &[Named], place: usize| all.get(place).map(|named| named.span);
    match about {
        About::Failure(place) => test.failures.get(place).map(|(_, span)| *span),
        About::Intervention(place) => test.interventions.get(place).map(|(node, _)| node.span),
        About::Answer(place) => test.interventions.get(place).map(|(_, action)| action.span),
        About::SkippedStage(place) => named(&test.skip_stages, place),
        About::SelectedStage(place) => named(&test.only_stages, place),
    }
}

/// What differs between the rules whose findings are expected and those that find something.
fn findings_difference(
    test: &Test,
    expected: &[Named],
    got: &BTreeSet<String>,
) -> Option<Difference> {
    let expected: BTreeSet<&str> = expected.iter().map(|rule| &*rule.text).collect();
    let got: BTreeSet<&str> = got.iter().map(String::as_str).collect();
    let listed = |rules: &BTreeSet<&str>| match rules.len() {
        0 => "no findings".to_owned(),
        _ => rules.iter().copied().collect::<Vec<_>>().join(", "),
    };
    let of = Named {
        text: "findings".to_owned(),
        span: test.expect_span.unwrap_or(test.name.span),
    };
    (got != expected).then(|| Difference::new(&of, listed(&expected), listed(&got)))
}
