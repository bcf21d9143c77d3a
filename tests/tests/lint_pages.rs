//! The examples on the rules' pages, executed: what stands under "Example" is found by exactly that rule, what stands
//! under "Instead" by none. Of other rules those for errors count.
#![allow(clippy::unwrap_used, reason = "a test")]

use pipewright_lint::{self as lint, Rule};
use pipewright_tests::lint::rules_found_in;

/// The sections every page has, in this order; `Example` only where a rule looks at texts.
const SECTIONS: [&str; 5] = [
    "What it finds",
    "Why it matters",
    "Example",
    "Instead",
    "Fix",
];

/// The rules that `lint::check` cannot show: their findings are made where files are read, or want a configuration.
const WITHOUT_EXAMPLE: [&str; 2] = ["unlisted-name", "unreadable-file"];

/// The text under a heading of the page.
fn section<'a>(page: &'a str, heading: &str) -> Option<&'a str> {
    let start = page.find(&format!("\n## {heading}\n"))?;
    let body = &page[start + heading.len() + 5..];
    Some(body.split("\n## ").next().unwrap_or(body))
}

/// The blocks of YAML in a text.
fn blocks(text: &str) -> Vec<&str> {
    text.split("```yaml\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect()
}

#[test]
fn every_page_has_its_sections_in_order() {
    for Rule { name, page, .. } in lint::rules() {
        assert!(page.starts_with(&format!("# {name}\n")), "{name}: heading");
        let headings: Vec<&str> = page
            .lines()
            .filter_map(|line| line.strip_prefix("## "))
            .collect();
        let wanted: Vec<&str> = SECTIONS
            .into_iter()
            .filter(|heading| *heading != "Example" || !WITHOUT_EXAMPLE.contains(name))
            .collect();
        assert_eq!(headings, wanted, "{name}");
        for heading in headings {
            assert!(
                !section(page, heading).unwrap().trim().is_empty(),
                "{name}: {heading}"
            );
        }
    }
}

#[test]
fn every_summary_is_one_sentence() {
    for rule in lint::rules() {
        let summary = rule.summary();
        assert!(
            summary.ends_with('.') && !summary.contains('\n'),
            "{}: {summary}",
            rule.name
        );
    }
}

#[test]
fn examples_are_found_by_their_rule_alone() {
    for Rule { name, page, .. } in lint::rules() {
        if WITHOUT_EXAMPLE.contains(name) {
            continue;
        }
        let examples = blocks(section(page, "Example").unwrap());
        assert!(!examples.is_empty(), "{name} has no example");
        for example in examples {
            assert_eq!(rules_found_in(example, name), [*name], "{name}:\n{example}");
        }
    }
}

#[test]
fn what_to_write_instead_is_silent() {
    for Rule { name, page, .. } in lint::rules() {
        for instead in blocks(section(page, "Instead").unwrap()) {
            assert_eq!(
                rules_found_in(instead, name),
                Vec::<&str>::new(),
                "{name}:\n{instead}"
            );
        }
    }
}

#[test]
fn rules_have_different_names_in_kebab_case() {
    let mut names: Vec<&str> = lint::rules().iter().map(|rule| rule.name).collect();
    for name in &names {
        assert!(
            name.chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
            "{name}"
        );
        assert_eq!(lint::rule(name).map(|rule| rule.name), Some(*name));
    }
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}
