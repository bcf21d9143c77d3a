//! What differs between what a test expects and what comes.

use pipewright_analysis::Prepared;
use pipewright_context::{Given as Values, Moment, PipelineContext, RunPlace};
use pipewright_jexl::value::Unknown;
use pipewright_jexl::{Json, Value};
use pipewright_model::Pipeline;
use pipewright_source::Span;

use super::case::{ExpectedValue, Named, Test};
use crate::{Plan, PlanError, PlanNode, Verdict};

/// Something that differs.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Difference {
    /// What it is about: a fully qualified name or an expression; `pipeline` for the whole.
    pub fqn: String,
    /// What was expected.
    pub expected: String,
    /// What came.
    pub got: String,
    /// Why.
    pub reason: String,
    /// The expectation.
    pub span: Span,
}

impl Difference {
    /// A difference, of which there is nothing more to say.
    pub fn new(of: &Named, expected: impl Into<String>, got: impl Into<String>) -> Self {
        Self {
            fqn: of.text.clone(),
            expected: expected.into(),
            got: got.into(),
            reason: String::new(),
            span: of.span,
        }
    }

    fn because(self, reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            ..self
        }
    }
}

/// What differs between a test and its plan, findings aside.
pub fn differences(
    test: &Test,
    plan: Result<&Plan, &PlanError>,
    prepared: &Prepared,
    values: &Values,
) -> Vec<Difference> {
    let mut found = Vec::new();
    let whole = Named {
        text: "pipeline".to_owned(),
        span: test.name.span,
    };
    match (plan, &test.expect.error) {
        (Err(PlanError::Refused(refusal)), Some(expected)) => {
            let expected = expected.text.as_deref().unwrap_or_default();
            if !refusal.error.contains(expected) {
                let expected = format!("an error with `{expected}`");
                found.push(Difference::new(&whole, expected, refusal.error.clone()));
            }
            return found;
        }
        (Err(error), _) => {
            let difference = Difference::new(&whole, "a plan", "an error");
            found.push(difference.because(error.to_string()));
            return found;
        }
        (Ok(plan), Some(_)) => {
            let status = plan.status.map_or("unknown", |status| status.as_str());
            found.push(Difference::new(&whole, "an error", status));
            return found;
        }
        (Ok(plan), None) => {
            for (verdict, name) in &test.expect.verdicts {
                found.extend(verdict_difference(plan, *verdict, name));
            }
            for (name, status) in &test.expect.statuses {
                found.extend(status_difference(plan, name, status));
            }
        }
    }
    let evaluation = Evaluation { prepared, values };
    for (expression, expected) in &test.expect.values {
        found.extend(evaluation.value_difference(test.at.as_ref(), expression, expected));
    }
    for (name, text) in &test.expect.rendered {
        found.extend(evaluation.rendered_difference(name, text));
    }
    found
}

fn node<'p>(plan: &'p Plan, name: &Named, expected: &str) -> Result<&'p PlanNode, Difference> {
    let node = plan.node(&name.text);
    node.ok_or_else(|| {
        let nodes = plan.nodes.iter().map(|node| node.fqn.as_str());
        let meant = pipewright_source::closest(&name.text, nodes);
        let reason = match meant {
            Some(meant) => format!("the plan lists no such node; did you mean `{meant}`?"),
            None => "the plan lists no such node".to_owned(),
        };
        Difference::new(name, expected, "nothing").because(reason)
    })
}

fn verdict_difference(plan: &Plan, expected: Verdict, name: &Named) -> Option<Difference> {
    let node = match node(plan, name, expected.as_str()) {
        Ok(node) => node,
        Err(difference) => return Some(difference),
    };
    let is_within = expected == Verdict::Skipped
        && node.verdict == Verdict::NotReached
        && node.within.is_some();
    if node.verdict == expected || is_within {
        return None;
    }
    let reason = match (node.verdict, node.needs.as_slice()) {
        (Verdict::Unknown, needs @ [_, ..]) => {
            format!("{}; give {}", node.reason, needs.join(", "))
        }
        _ => node.reason.clone(),
    };
    let got = node.verdict.as_str();
    Some(Difference::new(name, expected.as_str(), got).because(reason))
}

fn status_difference(plan: &Plan, name: &Named, expected: &str) -> Option<Difference> {
    let node = match node(plan, name, expected) {
        Ok(node) => node,
        Err(difference) => return Some(difference),
    };
    let got = node.status.map_or("null", |status| status.as_str());
    (got != expected).then(|| Difference::new(name, expected, got).because(node.reason.clone()))
}

/// Evaluates expressions over a pipeline with the values of a test.
#[derive(Clone, Copy)]
pub(super) struct Evaluation<'a> {
    pub(super) prepared: &'a Prepared,
    pub(super) values: &'a Values,
}

/// What came of an expression.
pub(super) enum Came {
    Value(Value),
    Unknown(Unknown),
    /// It fails, with these words.
    Error(String),
    /// There is no such place, and why.
    Nowhere(String),
}

impl Evaluation<'_> {
    fn context(&self, at: Option<&Named>) -> Result<PipelineContext, String> {
        let pipeline = self.prepared.pipeline();
        let mut place = match at {
            Some(at) => pipeline
                .place(&at.text)
                .map_err(|error| error.to_string())?,
            None => RunPlace::node(Pipeline::ROOT),
        };
        place.given = self.values.clone();
        let moment = place.moment.unwrap_or(Moment::Running);
        let context = pipeline.at_moment(&place, moment);
        context.map_err(|error| error.to_string())
    }

    /// What an expression comes to.
    pub(super) fn value(&self, at: Option<&Named>, expression: &str) -> Came {
        let context = match self.context(at) {
            Ok(context) => context,
            Err(why) => return Came::Nowhere(why),
        };
        let engine = self.prepared.pipeline().engine();
        match engine.evaluate(expression, &context) {
            Err(error) => Came::Error(error.message),
            Ok(Value::Unknown(unknown)) => Came::Unknown(unknown),
            Ok(value) => Came::Value(value),
        }
    }

    /// What a setting becomes.
    pub(super) fn rendered(&self, fqn: &str) -> Came {
        match self.prepared.pipeline().place(fqn) {
            Err(error) => Came::Nowhere(error.to_string()),
            Ok(_) => self.value(None, &format!("<+{fqn}>")),
        }
    }

    fn value_difference(
        &self,
        at: Option<&Named>,
        of: &Named,
        expected: &ExpectedValue,
    ) -> Option<Difference> {
        let wanted = match expected {
            ExpectedValue::Value(value) => shown(value),
            ExpectedValue::Error(text) => format!("an error with `{text}`"),
        };
        let differs = |got: String| Difference::new(of, wanted.clone(), got);
        match (self.value(at, &of.text), expected) {
            (Came::Error(message), ExpectedValue::Error(text)) if message.contains(text) => None,
            (Came::Value(value), ExpectedValue::Value(expected)) if is_equal(&value, expected) => {
                None
            }
            (came, _) => Some(came.differs(differs)),
        }
    }

    fn rendered_difference(&self, of: &Named, expected: &str) -> Option<Difference> {
        let differs = |got: String| Difference::new(of, shown(&expected.into()), got);
        match self.rendered(&of.text) {
            Came::Value(value) if text_of(&value).as_deref() == Some(expected) => None,
            came => Some(came.differs(differs)),
        }
    }
}

impl Came {
    fn differs(self, differs: impl Fn(String) -> Difference) -> Difference {
        match self {
            Self::Value(value) => differs(of_value(&value)),
            Self::Unknown(unknown) => unknown_difference(&unknown, differs),
            Self::Error(message) => differs("an error".to_owned()).because(message),
            Self::Nowhere(why) => differs("nothing".to_owned()).because(why),
        }
    }
}

/// The text of a value as it stands in a rendered text.
pub(super) fn text_of(value: &Value) -> Option<String> {
    let text = value.text().ok()?;
    Some(text.to_str().into_owned())
}

fn unknown_difference(unknown: &Unknown, differs: impl Fn(String) -> Difference) -> Difference {
    let needs: Vec<&str> = unknown.needs().collect();
    let reason = match needs.as_slice() {
        [] => unknown.to_string(),
        needs => format!("{unknown}; give {}", needs.join(", ")),
    };
    differs("unknown".to_owned()).because(reason)
}

/// Whether a value is what is written: numbers by their value, everything else by type and value.
fn is_equal(value: &Value, expected: &Json) -> bool {
    let Ok(json) = value.to_json() else {
        return false;
    };
    match (&json, expected) {
        (Json::Number(_), Json::Number(_)) => {
            let number = |json: &Json| shown(json).parse::<f64>().ok();
            number(&json) == number(expected)
        }
        (json, expected) => json == expected,
    }
}

fn of_value(value: &Value) -> String {
    value
        .to_json()
        .map_or_else(|_| value.described(), |json| shown(&json))
}

fn shown(json: &Json) -> String {
    json.to_string()
}
