//! Differences in words: what people read in every format for them.

use pipewright_analysis::Snapshot;
use pipewright_compare::{
    Change, Comparison, Difference, GoneName, OrderDifference, PlanPair, Reader, RenamedName,
    SettingDifference, VerdictDifference,
};
use pipewright_jexl::Json;
use pipewright_simulate::{Chosen, Failure, Fault, Verdict};
use pipewright_source::Span;

use crate::counted::{counted, counted_as};
use crate::report::Range;

/// How many characters of a value are shown on one line.
const MOST_CHARACTERS: usize = 60;

/// Adds a line or more to a text.
#[expect(clippy::needless_pass_by_value, reason = "it is made for that")]
pub(super) fn add(text: &mut String, more: String) {
    text.push_str(&more);
}

/// A node as people call it: `Deploy › Canary` for `pipeline.stages.Deploy.spec.execution.steps.Canary`.
pub(super) fn short(fqn: &str) -> String {
    const LISTS: [&str; 5] = [
        ".spec.execution.steps.",
        ".spec.execution.rollbackSteps.",
        ".spec.environment.provisioner.steps.",
        ".spec.environment.provisioner.rollbackSteps.",
        ".steps.",
    ];
    let Some(below) = fqn.strip_prefix("pipeline.stages.") else {
        return fqn.to_owned();
    };
    let lists = LISTS.iter();
    lists.fold(below.to_owned(), |name, list| name.replace(list, " › "))
}

/// One line on everything.
pub(super) fn headline(comparison: &Comparison) -> String {
    let compared = counted(comparison.compared, "pipeline");
    if comparison.is_empty() {
        return format!("nothing differs in meaning: {compared} compared");
    }
    let changed = comparison.pipelines.len();
    let mut parts = Vec::new();
    let mut add = |count: usize, one: &str, many: &str| {
        if count > 0 {
            parts.push(counted_as(count, one, many));
        }
    };
    let sum = |of: &dyn Fn(&Difference) -> usize| comparison.all().map(of).sum::<usize>();
    add(sum(&|of| of.names.gone.len()), "name gone", "names gone");
    add(sum(&|of| of.names.renamed.len()), "renamed", "renamed");
    add(sum(&|of| of.names.new.len()), "new name", "new names");
    add(
        sum(&|of| outermost(of).count()),
        "other verdict",
        "other verdicts",
    );
    add(sum(&|of| of.order.len()), "moved", "moved");
    add(sum(&|of| of.settings.len()), "setting", "settings");
    add(
        sum(&|of| of.findings.new.len()),
        "new finding",
        "new findings",
    );
    add(
        sum(&|of| of.findings.gone.len()),
        "finding gone",
        "findings gone",
    );
    let rest = if parts.is_empty() {
        String::new()
    } else {
        format!(": {}", parts.join(", "))
    };
    if changed == 0 {
        let others = comparison.templates.len() + comparison.others.len();
        let differ = if others == 1 {
            "file differs"
        } else {
            "files differ"
        };
        return format!("no pipeline differs, {others} other {differ}{rest}");
    }
    let differ = if changed == 1 {
        "pipeline differs"
    } else {
        "pipelines differ"
    };
    format!(
        "{changed} {differ} of {}{rest}",
        comparison.compared.max(changed)
    )
}

/// The verdicts that follow from no other one.
pub(super) fn outermost(difference: &Difference) -> impl Iterator<Item = &VerdictDifference> {
    let all = difference.verdicts.differences.iter();
    all.filter(|of| of.within.is_none())
}

/// How many verdicts follow from one, directly or not.
pub(super) fn inside(difference: &Difference, of: &VerdictDifference) -> usize {
    let all = difference.verdicts.differences.iter();
    let below = format!("{}.", of.fqn);
    all.filter(|other| other.within.is_some() && other.fqn.starts_with(&below))
        .count()
}

pub(super) fn change(of: &Difference) -> &'static str {
    match of.change {
        Change::Changed => "",
        Change::New => ", which is new",
        Change::Gone => ", which is gone",
    }
}

/// `with env = prod, if Build › Unit fails: `, or nothing where it is always so.
pub(super) fn under(of: &VerdictDifference) -> String {
    let set = of.input_set.iter();
    let mut parts: Vec<String> = set
        .map(|set| format!("with the input set `{set}`"))
        .collect();
    parts.extend(conditions(
        &of.given,
        of.failure.as_ref(),
        of.test.as_deref(),
    ));
    if parts.is_empty() {
        String::new()
    } else {
        format!("{}: ", parts.join(", "))
    }
}

/// What plans are made under, as a title.
pub(super) fn under_pair(of: &PlanPair) -> String {
    let parts = conditions(&of.given, of.failure.as_ref(), of.test.as_deref());
    if parts.is_empty() {
        "as it stands".to_owned()
    } else {
        parts.join(", ")
    }
}

/// A test, which says everything by its name, or the values and the failure.
fn conditions(given: &[Chosen], failure: Option<&Failure>, test: Option<&str>) -> Vec<String> {
    if let Some(test) = test {
        return vec![format!("in the test `{test}`")];
    }
    let values: Vec<String> = given.iter().map(chosen).collect();
    let mut parts = Vec::new();
    if !values.is_empty() {
        parts.push(format!("with {}", values.join(" and ")));
    }
    if let Some(failure) = failure {
        let fault = Fault::named(&failure.fault);
        let said = fault.map_or_else(|| "fails".to_owned(), Fault::said);
        parts.push(format!("if {} {said}", short(&failure.fqn)));
    }
    parts
}

fn chosen(chosen: &Chosen) -> String {
    let value = if chosen.is_any_other {
        "anything else".to_owned()
    } else {
        value(&chosen.value)
    };
    format!("{} = {value}", chosen.name)
}

fn value(value: &Json) -> String {
    let text = value.to_string();
    let text = text.trim_matches('"');
    cut(text)
}

/// A text on one line, as far as it is worth it.
pub(super) fn cut(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MOST_CHARACTERS {
        return line;
    }
    let kept: String = line.chars().take(MOST_CHARACTERS - 1).collect();
    kept + "…"
}

/// `Deploy is skipped; it ran before`.
pub(super) fn verdict(of: &VerdictDifference) -> String {
    let name = short(&of.fqn);
    let (before, after) = (of.before.verdict, of.after.verdict);
    if before == after && before == Verdict::Unknown {
        return format!("whether {name} runs rests on other values");
    }
    if before == after {
        let status = |status: Option<pipewright_simulate::Status>| {
            status.map_or("no status", pipewright_simulate::Status::as_str)
        };
        let (was, is) = (status(of.before.status), status(of.after.status));
        return format!("{name} ends {is}; it ended {was} before");
    }
    format!("{name} {}; it {} before", now(after), then(before))
}

const fn now(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Runs => "runs",
        Verdict::Skipped => "is skipped",
        Verdict::Unknown => "runs or not, which is unknown",
        Verdict::Failed => "fails",
        Verdict::Ignored => "fails, which is ignored",
        Verdict::Aborted => "is aborted",
        Verdict::RolledBack => "is rolled back",
        _ => "is not reached",
    }
}

const fn then(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Runs => "ran",
        Verdict::Skipped => "was skipped",
        Verdict::Unknown => "was unknown",
        Verdict::Failed => "failed",
        Verdict::Ignored => "failed, which was ignored,",
        Verdict::Aborted => "was aborted",
        Verdict::RolledBack => "was rolled back",
        _ => "was not reached",
    }
}

/// What Harness says to the pipeline as a whole, with a sign for whether it says so now.
pub(super) fn refused(of: &Difference) -> Option<(char, String)> {
    match of.verdicts.refused.as_ref()? {
        (_, Some(why)) => Some(('!', format!("Harness refuses it: {why}"))),
        (Some(why), None) => Some(('+', format!("Harness refused it before: {why}"))),
        (None, None) => None,
    }
}

/// The node and the path of a setting; the path alone where no node has it.
pub(super) fn setting(of: &SettingDifference) -> String {
    format!("{} {}", of.fqn, of.setting).trim().to_owned()
}

/// `file:line:column` where a span starts; `None` where there is no such file.
pub(super) fn place(snapshot: &Snapshot, span: Span) -> Option<String> {
    let file = snapshot.source(span.file)?;
    let start = Range::new(file, span).start;
    Some(format!("{}:{}:{}", file.name(), start.line, start.column))
}

pub(super) fn gone(of: &GoneName) -> String {
    format!("{} is gone{}", of.fqn, still_read(&of.readers))
}

pub(super) fn renamed(of: &RenamedName) -> String {
    let verb = if of.is_moved {
        "has moved to"
    } else {
        "is called"
    };
    format!("{} {verb} {}{}", of.from, of.to, still_read(&of.readers))
}

fn still_read(readers: &[Reader]) -> String {
    match readers.len() {
        0 => String::new(),
        count => {
            let (one, many) = ("expression still reads it", "expressions still read it");
            format!(", and {}", counted_as(count, one, many))
        }
    }
}

pub(super) fn order(of: &OrderDifference) -> String {
    let (name, other) = (short(&of.fqn), short(&of.other));
    let (before, after) = (of.before.as_str(), of.after.as_str());
    format!("{name} comes {after} {other}; it came {before} it")
}
