//! Whether what was blanked in a file may have named something that other places refer to.

use std::ops::Range;

use crate::lines::line_at;

/// Keys that name something or hold what has names, and such that decide how often something runs or what it is.
const NAMING: &[&str] = &[
    "artifacts",
    "axis",
    "configFiles",
    "dependsOn",
    "deploymentType",
    "end",
    "envVariables",
    "environment",
    "environmentGroup",
    "environmentRef",
    "environmentVariables",
    "environments",
    "execution",
    "finally",
    "identifier",
    "infrastructure",
    "infrastructureDefinitions",
    "inputs",
    "insert",
    "items",
    "manifests",
    "matrix",
    "name",
    "nodes",
    "output",
    "outputVariables",
    "outputs",
    "parallel",
    "parallelism",
    "partitionSize",
    "pipeline",
    "repeat",
    "rollbackSteps",
    "service",
    "serviceRef",
    "services",
    "spec",
    "stage",
    "stages",
    "start",
    "step",
    "stepGroup",
    "steps",
    "strategy",
    "template",
    "templateInputs",
    "templateRef",
    "type",
    "unit",
    "useFromStage",
    "values",
    "variables",
    "versionLabel",
];

/// How many lines above are searched for an axis of a matrix, whose key is a name.
const ABOVE: usize = 20;

/// Whether a line, or the end of one, may have named something or held what has names. Not so a comment, a line of a
/// text, and a setting with its value behind it.
pub(crate) fn may_name(text: &str, blanked: &Range<usize>) -> bool {
    let first = line_at(text, blanked.start);
    if blanked.end > first.end {
        return text[first.start..blanked.end]
            .split(['\n', '\r'])
            .any(|line| of_line(line, ""));
    }
    let above = &text[..first.start];
    of_line(&text[first], above)
}

fn of_line(line: &str, above: &str) -> bool {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return false;
    }
    // The items of headers and the like, which are no names.
    if let Some(item) = line.strip_prefix('-') {
        let item = item.trim_start();
        let item = item.strip_prefix('{').map_or(item, str::trim_start);
        return !item.starts_with("key:");
    }
    if line.starts_with([
        '"', '\'', '{', '}', '[', ']', '?', '&', '*', '!', '|', '>', '%', '@',
    ]) {
        return true;
    }
    let Some((key, value)) = line.split_once(": ") else {
        return line.ends_with(':');
    };
    let is_key = key
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    if !is_key {
        return false;
    }
    let value = value.trim();
    let holds_more =
        value.is_empty() || value.starts_with(['{', '[', '|', '>', '&', '*', '!', '#']);
    holds_more || NAMING.contains(&key) || is_axis(above)
}

/// Whether a matrix may begin above.
fn is_axis(above: &str) -> bool {
    let mut lines = above.lines().rev().take(ABOVE);
    lines.any(|line| line.trim_start().starts_with("matrix:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_lost(line: &str) -> bool {
        may_name(line, &(0..line.len()))
    }

    #[test]
    fn settings_and_lines_of_texts_name_nothing() {
        for line in [
            "\ttimeout: 10m",
            "  # identifier: x",
            "\techo \"$A\"",
            "  - { key: a, value: <+json.select(\"$.a\", \"{}\")> }",
            "- key: Authorization",
            "url: \"https://example.com",
            "if [ -z \"$X\" ]; then",
            "\tcurl -H \"Accept: json\" x",
        ] {
            assert!(!is_lost(line), "{line}");
        }
    }

    #[test]
    fn names_and_what_holds_them_are_lost() {
        for line in [
            "\tidentifier: x",
            "  - step:",
            "spec:",
            "- { name: a, value: b }",
            "variables: [{ name: a }]",
            "script: |",
            "\"name\": x",
            "type: Http",
            "- eu",
        ] {
            assert!(is_lost(line), "{line}");
        }
        let axis = "matrix:\n  region: <+a> b: c\n";
        assert!(may_name(axis, &(8..axis.len() - 1)));
    }
}
