//! A page a rule, as `explain` prints it, and the index of the rules by family.

use std::fmt::Write as _;

use pipewright_cli::{Exit, Streams, Surroundings};
use pipewright_lint::{Family, Rule, rules};
use pipewright_source::Applicability;

use super::Pages;

/// Adds the pages, and returns the names of the rules, families in order.
pub(super) fn add(pages: &mut Pages) -> Result<Vec<&'static str>, Box<dyn std::error::Error>> {
    let mut names = Vec::new();
    let mut index = String::from(INTRODUCTION);
    for family in Family::ALL {
        let heading = family.as_str();
        write!(
            index,
            "\n## {}{}\n\n`--select {}`\n\n| rule | severity | fix | finds |\n|---|---|---|---|\n",
            heading[..1].to_uppercase(),
            &heading[1..],
            family.name()
        )?;
        for rule in rules().iter().filter(|rule| rule.family == family) {
            index.push_str(&row(rule));
            pages.insert(format!("docs/rules/{}.md", rule.name), explained(rule)?);
            names.push(rule.name);
        }
    }
    pages.insert("docs/rules/README.md".to_owned(), index);
    Ok(names)
}

/// The lines between which the table of rules stands in the README.
const TABLE: (&str, &str) = (
    "<!-- rules: made by generate_docs -->\n",
    "<!-- end of rules -->\n",
);

/// The README with the table of rules as it is now: a row a family.
pub(super) fn in_readme(readme: &str) -> Result<String, String> {
    let missing = || {
        format!(
            "README.md has no lines `{}` and `{}`",
            TABLE.0.trim(),
            TABLE.1.trim()
        )
    };
    let (before, rest) = readme.split_once(TABLE.0).ok_or_else(missing)?;
    let (_, after) = rest.split_once(TABLE.1).ok_or_else(missing)?;
    let mut table = String::from("| family | rules |\n|---|---|\n");
    for family in Family::ALL {
        let of_family = rules().iter().filter(|rule| rule.family == family);
        let links: Vec<String> = of_family
            .map(|rule| format!("[`{0}`](docs/rules/{0}.md)", rule.name))
            .collect();
        let row = format!("| {} | {} |\n", family.as_str(), links.join(" · "));
        table.push_str(&row);
    }
    Ok([before, TABLE.0, &table, TABLE.1, after].concat())
}

const INTRODUCTION: &str = "# Rules

What `pipewright check` finds. Errors and warnings are found by default, the `info` rules with `--pedantic`. `--select`
and `--ignore` take rules, families and `ALL`. A *safe* fix keeps what the pipeline means; an *unsafe* one is what was
probably meant.
";

fn row(rule: &Rule) -> String {
    let fix = match rule.fix {
        Some(Applicability::Safe) => "safe",
        Some(Applicability::Unsafe | Applicability::DisplayOnly) => "unsafe",
        None => "",
    };
    let summary = rule.summary().replace('\n', " ").replace('|', "\\|");
    format!(
        "| [`{0}`]({0}.md) | {1} | {fix} | {summary} |\n",
        rule.name,
        rule.severity.as_str()
    )
}

/// The page as the command prints it.
fn explained(rule: &Rule) -> Result<String, String> {
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let mut streams = Streams {
        input: &mut std::io::empty(),
        output: &mut output,
        errors: &mut errors,
        surroundings: Surroundings::default(),
    };
    let arguments = ["pipewright", "explain", rule.name, "--format", "markdown"];
    let exit = pipewright_cli::run(arguments, &mut streams);
    if exit != Exit::Success {
        return Err(String::from_utf8_lossy(&errors).into_owned());
    }
    Ok(String::from_utf8_lossy(&output).into_owned())
}
