//! What differs between what a test expects and what comes.

use pipewright_analysis::Prepared;
use pipewright_context::{Given as Values, Moment, PipelineContext, RunPlace};
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
        found.extend(evaluation.value(test.at.as_ref(), expression, expected));
    }
    for (name, text) in &test.expect.rendered {
        found.extend(evaluation.rendered(name, text));
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

struct Evaluation<'a> {
    prepared: &'a Prepared,
    values: &'a Values,
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

    fn value(
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
        let context = match self.context(at) {
            Ok(context) => context,
            Err(why) => return Some(differs("nothing".to_owned()).because(why)),
        };
        let engine = self.prepared.pipeline().engine();
        match (engine.evaluate(of.text.as_str(), &context), expected) {
            (Err(error), ExpectedValue::Error(text)) if error.message.contains(text) => None,
            (Err(error), _) => Some(differs("an error".to_owned()).because(error.message)),
            (Ok(Value::Unknown(unknown)), _) => Some(unknown_difference(&unknown, differs)),
            (Ok(value), ExpectedValue::Value(expected)) if is_equal(&value, expected) => None,
            (Ok(value), _) => Some(differs(of_value(&value))),
        }
    }

    fn rendered(&self, of: &Named, expected: &str) -> Option<Difference> {
        let differs = |got: String| Difference::new(of, shown(&expected.into()), got);
        let place = self.prepared.pipeline().place(&of.text);
        let context = match place
            .map_err(|error| error.to_string())
            .and_then(|_| self.context(None))
        {
            Ok(context) => context,
            Err(why) => return Some(differs("nothing".to_owned()).because(why)),
        };
        let engine = self.prepared.pipeline().engine();
        match engine.evaluate(format!("<+{}>", of.text).as_str(), &context) {
            Err(error) => Some(differs("an error".to_owned()).because(error.message)),
            Ok(Value::Unknown(unknown)) => Some(unknown_difference(&unknown, differs)),
            Ok(value) => {
                let text = value.text().map(|text| text.to_str().into_owned());
                let is_same = text.as_deref() == Ok(expected);
                (!is_same).then(|| differs(of_value(&value)))
            }
        }
    }
}

fn unknown_difference(
    unknown: &pipewright_jexl::value::Unknown,
    differs: impl Fn(String) -> Difference,
) -> Difference {
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
