//! A file of tests as it is written.

use pipewright_jexl::Json;
use pipewright_source::Span;

use crate::{Failure, Generation, Reading, Verdict};

/// A file of tests.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct TestFile {
    /// The pipeline of tests that name none: a path beside the file.
    pub pipeline: Option<Named>,
    /// The tests, in the order of the file; in the place of one that cannot be read what is wrong with it.
    pub tests: Vec<Result<Test, BrokenTest>>,
    /// What is wrong with the file besides.
    pub mistakes: Vec<Mistake>,
}

/// What is wrong with a file of tests, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Mistake {
    /// A sentence.
    pub message: String,
    /// What it is about.
    pub span: Span,
}

impl Mistake {
    pub(super) fn new(message: impl Into<String>, span: Span) -> Self {
        Self {
            message: message.into(),
            span,
        }
    }
}

/// A test that cannot be read.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct BrokenTest {
    /// Its name; empty where it has none.
    pub name: String,
    /// What is wrong.
    pub mistake: Mistake,
}

/// A text, and where it is written.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Named {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// One test.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Test {
    /// Its name.
    pub name: Named,
    /// The pipeline, where it is another than that of the file: a path beside the file.
    pub pipeline: Option<Named>,
    /// Values by name.
    pub given: Vec<(String, Json)>,
    /// Outputs of steps by name.
    pub outputs: Vec<(String, Json)>,
    /// A file with values.
    pub context: Option<Named>,
    /// An input set.
    pub input_set: Option<Named>,
    /// A file with the payload of the trigger.
    pub trigger: Option<Named>,
    /// What fails, and where that stands.
    pub failures: Vec<(Failure, Span)>,
    /// What somebody answers to interventions: the node, and the action.
    pub interventions: Vec<(Named, Named)>,
    /// The stages that are left out.
    pub skip_stages: Vec<Named>,
    /// The only stages that run; none means all.
    pub only_stages: Vec<Named>,
    /// Whose engine.
    pub engine: Generation,
    /// Which reading.
    pub reading: Reading,
    /// Where `values` are evaluated; the pipeline, where nothing is said.
    pub at: Option<Named>,
    /// What is expected.
    pub expect: Expect,
    /// Where the expectations stand, behind their key, if there are any, and nothing else refers to them.
    pub expect_span: Option<Span>,
}

/// What is expected of a plan.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Expect {
    /// Verdicts of nodes.
    pub verdicts: Vec<(Verdict, Named)>,
    /// The engine's statuses of nodes.
    pub statuses: Vec<(Named, String)>,
    /// That Harness refuses the pipeline.
    pub error: Option<ExpectedError>,
    /// Values of expressions.
    pub values: Vec<(Named, ExpectedValue)>,
    /// What settings become, by fully qualified name.
    pub rendered: Vec<(Named, String)>,
    /// The rules whose findings `check` gives.
    pub findings: Option<Vec<Named>>,
}

/// That Harness refuses a pipeline.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ExpectedError {
    /// A part of what is said; `None` for any.
    pub text: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// What an expression gives.
#[derive(Clone, Debug)]
pub enum ExpectedValue {
    /// This value, of this type.
    Value(Json),
    /// An error with this text in it.
    Error(String),
}
