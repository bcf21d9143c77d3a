//! What a comparison tells, in words for tests.

use pipewright_compare::Comparison;

/// All that is told, a line each.
pub fn told(comparison: &Comparison) -> Vec<String> {
    let mut lines = Vec::new();
    for of in comparison.all() {
        let mut add = |line: String| lines.push(format!("{}: {line}", of.identifier));
        if of.change.as_str() != "changed" {
            add(of.change.as_str().to_owned());
        }
        for name in &of.names.gone {
            add(format!("gone {}, {} readers", name.fqn, name.readers.len()));
        }
        for name in &of.names.new {
            add(format!("new {name}"));
        }
        for name in &of.names.renamed {
            let moved = if name.is_moved { "moved" } else { "renamed" };
            add(format!(
                "{moved} {} to {}, {} readers",
                name.from,
                name.to,
                name.readers.len()
            ));
        }
        for moved in &of.order {
            let (before, after) = (moved.before.as_str(), moved.after.as_str());
            add(format!(
                "{} {after} {}, {before} it before",
                moved.fqn, moved.other
            ));
        }
        for setting in &of.settings {
            add(format!("setting {} {}", setting.fqn, setting.setting));
        }
        for differs in &of.verdicts.differences {
            let given = differs.given.iter().map(|chosen| {
                format!(
                    "{}={}",
                    chosen.name,
                    if chosen.is_any_other {
                        "*".to_owned()
                    } else {
                        chosen.value.to_string()
                    }
                )
            });
            let failure = differs
                .failure
                .iter()
                .map(|failure| format!("{} fails", failure.fqn));
            let given: Vec<String> = given.chain(failure).collect();
            let (before, after) = (
                differs.before.verdict.as_str(),
                differs.after.verdict.as_str(),
            );
            add(format!(
                "{} {before} to {after} [{}]",
                differs.fqn,
                given.join(", ")
            ));
        }
        for finding in &of.findings.new {
            add(format!("finds {}", finding.rule));
        }
        for finding in &of.findings.gone {
            add(format!("no longer finds {}", finding.rule));
        }
    }
    lines
}
