//! `${…}`, the delimiters of Harness's first generation, which nothing replaces today (`spec/documentation.md` S1).

use pipewright_source::TextRange;

/// The first names of the first generation that are not names of a shell or of other languages.
const ROOTS: &[&str] = &[
    "app", "artifact", "env", "infra", "pipeline", "service", "workflow",
];

/// Those whose paths lead somewhere between today's delimiters.
const ROOTS_OF_TODAY: &[&str] = &["artifact", "env", "infra", "pipeline", "service"];

/// The expressions of the first generation in a text, with their delimiters: a dotted path that begins with one of its
/// names.
///
/// ```
/// let text = "${pipeline.name}-${HOME}-${workflow.variables.x}";
/// let found: Vec<&str> = pipewright_syntax::first_generation(text).map(|range| range.slice(text)).collect();
/// assert_eq!(found, ["${pipeline.name}", "${workflow.variables.x}"]);
/// ```
pub fn first_generation(text: &str) -> impl Iterator<Item = TextRange> {
    let starts = text.match_indices("${").map(|(at, _)| at);
    starts.filter_map(|start| {
        let inner = &text[start + 2..];
        let inner = &inner[..inner.find(|c: char| !is_path(c))?];
        let (root, rest) = inner.split_once('.')?;
        let end = start + 2 + inner.len();
        let is_one = ROOTS.contains(&root) && !rest.is_empty() && text[end..].starts_with('}');
        is_one.then(|| TextRange::of(start, end + 1))
    })
}

/// What to write in place of `${…}`, or of `${{…}}`, which is given with its delimiters.
///
/// ```
/// assert_eq!(pipewright_syntax::instead_of_first_generation("${env.name}"), "write `<+env.name>`");
/// ```
pub fn instead_of_first_generation(expression: &str) -> String {
    let of_cel = expression
        .strip_prefix("${{")
        .and_then(|rest| rest.strip_suffix("}}"));
    let path = of_cel
        .or_else(|| expression.strip_prefix("${")?.strip_suffix('}'))
        .map(str::trim)
        .filter(|path| path.chars().all(is_path));
    let root = path
        .and_then(|path| path.split_once('.'))
        .map(|(root, _)| root);
    match (path, root) {
        (Some(path), Some(root)) if ROOTS_OF_TODAY.contains(&root) => format!("write `<+{path}>`"),
        _ => "write the name of a value between `<+` and `>`".to_owned(),
    }
}

fn is_path(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-')
}
