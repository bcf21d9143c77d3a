//! Workflows of GitHub Actions inside scripts, whose `${{ … }}` are no expressions of Harness.

/// The first names that only GitHub has.
const ROOTS: [&str; 5] = ["github", "runner", "needs", "jobs", "vars"];

/// Keys that a workflow has, at the beginning of a line.
const KEYS: [&str; 2] = ["runs-on:", "jobs:"];

/// Whether a text holds a workflow of GitHub Actions or a part of one.
pub(crate) fn has_workflow(text: &str) -> bool {
    let mut lines = text
        .lines()
        .map(|line| line.trim_start_matches([' ', '\t', '-']));
    lines.any(|line| KEYS.iter().any(|key| line.starts_with(key)) || uses_action(line))
        || text.match_indices("${{").any(|(at, open)| {
            let inner = text[at + open.len()..].trim_start();
            let end = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            let (root, rest) = inner.split_at(end.unwrap_or(inner.len()));
            ROOTS.contains(&root) && rest.starts_with(['.', '['])
        })
}

/// Whether a line is `uses: owner/name@version`, a step that runs an action.
fn uses_action(line: &str) -> bool {
    let action = line.strip_prefix("uses:").map(str::trim);
    action.is_some_and(|action| action.contains('/') && action.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workflow_is_known_by_its_keys_and_names() {
        for text in [
            "cat > ci.yml <<EOF\njobs:\n  a: ${{ x }}\nEOF",
            "    runs-on: ubuntu",
            "  - uses: actions/checkout@v4",
            "echo ${{ github.ref }}",
            "echo ${{needs['a'].outputs.b }}",
        ] {
            assert!(has_workflow(text), "{text}");
        }
        for text in [
            "echo ${{ inputs.github.ref }}",
            "echo jobs: ${{ githubs.ref }}",
            "uses: account.template@1.0",
            "${{ github }}",
        ] {
            assert!(!has_workflow(text), "{text}");
        }
    }
}
