//! `input-set-mismatch` (`spec/model.md` §1.4 and §1.5, `spec/engine.md` §7.3)

use pipewright_resolve::{GivenInput, GivenInputs, InputFit, Receiver};
use pipewright_source::{Applicability, Diagnostic, Span, TextRange, closest};
use pipewright_syntax::{is_runtime_input, parse_runtime_input};
use pipewright_yaml as yaml;

use crate::finding::Findings;
use crate::project::FilesContext;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::validators::refused_by;
use crate::{Rule, wording};

pub(crate) const RULE: Rule = declare!(
    "input-set-mismatch",
    Inputs,
    Error,
    Check::Files(check),
    Unsafe
);

fn check(context: &FilesContext<'_>, findings: &mut Findings) {
    for file in context.files() {
        for given in context.given(file.analysis.file()) {
            for value in &given.values {
                findings.extend(judge(file, given, value));
            }
        }
    }
}

fn judge(file: RuleContext<'_>, given: &GivenInputs, value: &GivenInput) -> Option<Diagnostic> {
    let receiver = match &given.receiver {
        Receiver::Pipeline(identifier) => format!("pipeline `{identifier}`"),
        Receiver::Template(identifier) => format!("template `{identifier}`"),
        _ => return None,
    };
    let place = file.first_line(written(file, value.at));
    let finding = match &value.fit {
        InputFit::NoElement { kind, name, known } => {
            // What is given inside a stage, group or step may fit another one no better.
            let is_variable = &**kind == "variables";
            let kind = noun(kind);
            let finding = RULE
                .finding(place, format!("{receiver} has no {kind} `{name}`"))
                .with_label("nothing takes what is given here");
            with_name(file, finding, (value.at, is_variable), name, known)
        }
        InputFit::NoKey(key) => RULE
            .finding(place, format!("{receiver} does not ask for `{key}`"))
            .with_label("it has no such key here, so that nothing takes the value")
            .with_help("leave it out, or write `<+input>` there"),
        InputFit::Fixed(fixed) => RULE
            .finding(place, format!("{receiver} does not ask for this value"))
            .with_label(format!(
                "it has {} here, which stays",
                wording::quoted(fixed)
            ))
            .with_help("leave it out, or write `<+input>` there"),
        InputFit::Filled(asked) => {
            let (refused, validator) = refused(file, value.at, asked)?;
            RULE.finding(
                file.first_line(written(file, refused)),
                format!("{receiver} does not accept this value"),
            )
            .with_label(format!("refused by {}", wording::quoted(&validator)))
            .with_help("give one of the accepted values, or accept this one, too")
        }
        _ => return None,
    };
    let asking = |beside: Span| match &value.fit {
        InputFit::Filled(_) => Some((beside, "this asks for it")),
        InputFit::Fixed(_) => Some((beside, "this stays")),
        _ => None,
    };
    Some(match value.beside.and_then(asking) {
        Some((beside, message)) => finding.with_related(beside, message),
        None => finding,
    })
}

/// Where a value stands.
fn written(file: RuleContext<'_>, value: yaml::NodeId) -> Span {
    match file.tree().text(value) {
        Some(text) => file.written(value, TextRange::of(0, text.len())),
        None => file.tree().span(value),
    }
}

/// Adds the name that was probably meant.
fn with_name(
    file: RuleContext<'_>,
    finding: Diagnostic,
    (at, is_variable): (yaml::NodeId, bool),
    name: &str,
    known: &[Box<str>],
) -> Diagnostic {
    const MOST_LISTED: usize = 8;
    let names = || known.iter().map(|name| &**name);
    let Some(meant) = closest(name, names()) else {
        return match known {
            [] => finding.with_help("leave it out"),
            _ => finding.with_help(format!("it has {}", wording::list(names(), MOST_LISTED))),
        };
    };
    let mut finding = finding.with_help(format!("did you mean `{meant}`?"));
    if is_variable && file.tree().text(at) == Some(name) {
        let fix = file.rewrite(at, meant, Applicability::Unsafe);
        finding.fixes.extend(fix);
    }
    finding
}

/// What an element of a list is called: by the key around it, or that of its list.
fn noun(kind: &str) -> &str {
    match kind {
        "stageGroup" => "stage group",
        "stepGroup" => "step group",
        "variables" => "variable",
        "stages" => "stage",
        "steps" => "step",
        other => other.strip_suffix('s').unwrap_or(other),
    }
}

/// The first value that a runtime input refuses, and the validator that does.
fn refused(
    file: RuleContext<'_>,
    given: yaml::NodeId,
    asked: &str,
) -> Option<(yaml::NodeId, String)> {
    let tree = file.tree();
    let input = parse_runtime_input(asked)?;
    let values: Vec<yaml::NodeId> = if tree.is_sequence(given) {
        tree.items(given).to_vec()
    } else {
        vec![given]
    };
    values.into_iter().find_map(|value| {
        let text = tree.text(value)?.trim();
        if text.is_empty() || is_runtime_input(text) || text.contains("<+") {
            return None;
        }
        let validator = refused_by(asked, &input, text)?;
        Some((value, validator.to_owned()))
    })
}
