//! The table of contents of the book.

use std::fmt::Write as _;

use super::commands;

/// The pages behind the commands and rules, in the order of the book: title and file.
const WRITTEN: [(&str, &str); 8] = [
    ("Configuration", "configuration.md"),
    ("Exit codes", "exit-codes.md"),
    ("Formats", "formats.md"),
    ("Limits", "limits.md"),
    ("In CI", "ci/README.md"),
    ("In other tools", "tools.md"),
    ("Performance", "performance.md"),
    ("Specifications", "spec/README.md"),
];

/// The specifications, below the last page.
const SPECIFICATIONS: [&str; 8] = [
    "engine",
    "jexl",
    "model",
    "plan",
    "yaml",
    "v1",
    "changes",
    "documentation",
];

/// The contents, with these rules.
pub(super) fn page(rules: &[&str]) -> String {
    let mut page =
        String::from("# Summary\n\n[Pipewright](README.md)\n\n- [Commands](commands/README.md)\n");
    let mut add = |depth: usize, title: &str, file: &str| {
        let indent = "  ".repeat(depth);
        // Writing to a text does not fail.
        let _ = writeln!(page, "{indent}- [{title}]({file})");
    };
    for name in commands::names() {
        add(1, &name, &format!("commands/{name}.md"));
    }
    add(0, "Rules", "rules/README.md");
    for name in rules {
        add(1, name, &format!("rules/{name}.md"));
    }
    for (title, file) in WRITTEN {
        add(0, title, file);
    }
    for name in SPECIFICATIONS {
        add(1, name, &format!("spec/{name}.md"));
    }
    page
}
