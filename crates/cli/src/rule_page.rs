//! The page of a rule as people read it: with how bad its findings are, what its example is answered, and how to
//! silence it.

use pipewright_analysis::Snapshot;
use pipewright_lint::{Options, Rule, check_all};
use pipewright_source::{Applicability, Diagnostic};

/// What the file of an example is called in its answer.
const EXAMPLE: &str = "pipeline.yaml";

/// The page as Markdown.
pub(crate) fn page(rule: &Rule) -> String {
    let mut sections = rule.page.trim_end().split("\n## ");
    let mut page = sections.next().unwrap_or_default().trim_end().to_owned();
    page.push_str("\n\n");
    page.push_str(&facts(rule));
    for section in sections {
        page.push_str("\n\n## ");
        page.push_str(section.trim_end());
        if section.starts_with("Example\n") {
            page.push_str(&answers(rule, section));
        }
    }
    page.push_str("\n\n");
    page.push_str(&silence(rule));
    page
}

/// Severity, family and fix.
fn facts(rule: &Rule) -> String {
    let fix = match rule.fix {
        Some(Applicability::Safe) => "safe",
        Some(Applicability::Unsafe | Applicability::DisplayOnly) => "unsafe",
        None => "none",
    };
    let when = if rule.default_on() {
        ""
    } else {
        ", found with `--pedantic` or `--select` only"
    };
    let (severity, family) = (rule.severity.as_str(), rule.family);
    format!(
        "Severity: {severity}{when}. Family: {} (`--select {}`). Fix: {fix}.",
        family.as_str(),
        family.name()
    )
}

/// What `check` says of the examples in a section.
fn answers(rule: &Rule, section: &str) -> String {
    let examples = section.split("```yaml\n").skip(1);
    let examples = examples.filter_map(|rest| rest.split("```").next());
    let answers: String = examples.map(|example| answer(rule, example)).collect();
    if answers.is_empty() {
        return answers;
    }
    format!("\n\n`pipewright check` says:\n\n```text\n{answers}```")
}

fn answer(rule: &Rule, example: &str) -> String {
    let mut snapshot = Snapshot::default();
    let id = snapshot.set_text(EXAMPLE, example);
    let options = Options::new(&[rule.name], &[], false).unwrap_or_default();
    let found = check_all(&snapshot, &options);
    let Some(file) = snapshot.source(id) else {
        return String::new();
    };
    let line = |finding: &Diagnostic| {
        let at = file
            .line_index()
            .scalar(file.text(), finding.span.range.start());
        let help = finding
            .help
            .as_deref()
            .map(|help| format!("  help: {help}\n"));
        format!(
            "{EXAMPLE}:{}:{}: {}[{}] {}\n{}",
            at.line,
            at.column,
            finding.severity.as_str(),
            finding.rule,
            finding.message,
            help.unwrap_or_default()
        )
    };
    found.iter().map(line).collect()
}

/// How to silence it.
fn silence(rule: &Rule) -> String {
    let name = rule.name;
    if name == "unreadable-file" {
        return format!("## Silence\n\nLeave it out of a run by `--ignore {name}`.");
    }
    format!(
        "## Silence

Write `# pipewright: ignore[{name}]` at the end of the line or alone on the line above, or leave the rule out of a run by
`--ignore {name}`."
    )
}
