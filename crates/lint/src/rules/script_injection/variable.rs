//! The fix: the text comes as an environment variable, which no shell reads as part of the program.

use pipewright_model::ScriptLanguage;
use pipewright_source::{Applicability, Edit, Fix, TextRange};
use pipewright_yaml::NodeId;

use crate::script::Quoting;
use crate::sites::SiteContext;

/// A name for the variable: the last name in the expression, in capitals.
pub(super) fn name(expression: &str) -> String {
    let path = expression.trim_matches(['<', '+', '>', ' ']);
    let path = path.split('(').next().unwrap_or(path);
    let parts: Vec<&str> = path
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|part| !part.is_empty())
        .collect();
    let last = parts.last().copied().unwrap_or("TEXT");
    let mut name = String::new();
    for c in last.chars() {
        if c.is_ascii_uppercase() && !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
        name.push(c.to_ascii_uppercase());
    }
    name
}

/// What reads the variable in a script of that language, between those quotes.
pub(super) fn read(language: ScriptLanguage, quoting: Quoting, name: &str) -> String {
    match (language, quoting) {
        (ScriptLanguage::PowerShell, Quoting::Double | Quoting::HereDocument) => {
            format!("$($env:{name})")
        }
        (ScriptLanguage::PowerShell, Quoting::Single) => format!("' + $env:{name} + '"),
        (ScriptLanguage::PowerShell, _) => format!("$env:{name}"),
        (ScriptLanguage::Python, _) => format!("os.environ[\"{name}\"]"),
        (_, Quoting::Bare) => format!("\"${name}\""),
        (_, Quoting::Single) => format!("'\"${name}\"'"),
        _ => format!("${{{name}}}"),
    }
}

/// The edits: the variable among those of the step, and what reads it in place of the expression. `None` where the
/// quotes of another language would have to change, and where the step has no place for variables that can be written
/// without moving lines.
pub(super) fn fix(
    context: &SiteContext<'_>,
    expression: TextRange,
    name: &str,
    read: &str,
) -> Option<Fix> {
    let language = context
        .pipeline
        .script_language(context.file.tree(), context.site)?;
    if language == ScriptLanguage::Python {
        return None;
    }
    let title = format!("read it from the environment variable `{name}`");
    let mut fix = context.file.fix(
        title,
        Applicability::Unsafe,
        context.site.yaml,
        &[(expression, read)],
    )?;
    fix.edits.insert(
        0,
        declaration(context, name, expression.slice(context.text))?,
    );
    Some(fix)
}

/// The variable among those of the step.
fn declaration(context: &SiteContext<'_>, name: &str, value: &str) -> Option<Edit> {
    let tree = context.file.tree();
    // In a file that is no YAML nobody knows where a line may be put.
    if value.contains(['\n', '\'']) || !tree.problems().is_empty() {
        return None;
    }
    let step = context.pipeline.node(context.site.node);
    let spec = tree.find(step.yaml, "spec")?;
    let key = match step.type_text() {
        "Run" | "RunTests" | "Test" | "Background" => "envVariables",
        "ShellScript" => "environmentVariables",
        _ => return None,
    };
    let is_list = key == "environmentVariables";
    let value = if value.contains([':', '#', '"']) {
        format!("'{value}'")
    } else {
        value.to_owned()
    };
    let indent = |columns: usize| " ".repeat(columns);
    match tree.find(spec, key) {
        None => {
            let first = tree.entries(spec).first()?.key;
            let column = block_column(context, spec, first)?;
            let inside = if is_list {
                format!(
                    "{pad}- name: {name}\n{pad}  type: String\n{pad}  value: {value}",
                    pad = indent(column + 2)
                )
            } else {
                format!("{}{name}: {value}", indent(column + 2))
            };
            let text = format!("{key}:\n{inside}\n{}", indent(column));
            Some(insertion(context, first, text))
        }
        Some(list) if is_list => {
            let first = *tree.items(list).first()?;
            // The dash stands two columns in front of the item.
            let column = block_column(context, list, first)?.checked_sub(2)?;
            let pad = indent(column);
            let text = format!("name: {name}\n{pad}  type: String\n{pad}  value: {value}\n{pad}- ");
            Some(insertion(context, first, text))
        }
        Some(mapping) => {
            let entries = tree.entries(mapping);
            let is_taken = entries
                .iter()
                .any(|entry| tree.text(entry.key) == Some(name));
            let first = entries.first()?.key;
            let column = block_column(context, mapping, first)?;
            let text = format!("{name}: {value}\n{}", indent(column));
            (!is_taken).then(|| insertion(context, first, text))
        }
    }
}

/// The column of the first part of a collection, from 0, where that is written in block style.
fn block_column(context: &SiteContext<'_>, collection: NodeId, first: NodeId) -> Option<usize> {
    let tree = context.file.tree();
    let text = context.file.file.text();
    let is_block = !tree
        .raw(collection)
        .range
        .slice(text)
        .starts_with(['{', '[']);
    let start = tree.raw(first).range.start();
    let column = context.file.file.line_index().utf8(start).column as usize - 1;
    let line = &text[start as usize - column..start as usize];
    let is_first = line.trim_matches([' ', '-']).is_empty();
    (is_block && is_first).then_some(column)
}

fn insertion(context: &SiteContext<'_>, before: NodeId, replacement: String) -> Edit {
    let at = context.file.tree().raw(before).range.start();
    Edit {
        span: context.file.span(TextRange::empty(at)),
        replacement,
    }
}
