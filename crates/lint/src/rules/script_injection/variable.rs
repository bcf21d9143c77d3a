//! The fix: the text comes as an environment variable, which no shell reads as part of the program.

use pipewright_model::ScriptLanguage;
use pipewright_source::{Applicability, Edit, Fix, TextRange};
use pipewright_yaml::New;

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
        (_, Quoting::Bare | Quoting::QuotedHereDocument) => format!("\"${name}\""),
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
    if value.contains('\n') || !tree.problems().is_empty() {
        return None;
    }
    let step = context.pipeline.node(context.site.node);
    let spec = tree.find(step.yaml, "spec")?;
    let key = match step.type_text() {
        "Run" | "RunTests" | "Test" | "Background" => "envVariables",
        "ShellScript" => "environmentVariables",
        _ => return None,
    };
    let (editor, value) = (context.file.editor(), New::Text(value));
    let item = || {
        New::Mapping(vec![
            ("name", New::Text(name)),
            ("type", New::Text("String")),
            ("value", value.clone()),
        ])
    };
    match (tree.find(spec, key), key) {
        (None, "environmentVariables") => editor.insert_entry(spec, key, &New::List(vec![item()])),
        (None, _) => editor.insert_entry(spec, key, &New::Mapping(vec![(name, value)])),
        (Some(list), "environmentVariables") => editor.insert_item(list, &item()),
        (Some(mapping), _) => {
            let is_taken = tree.find(mapping, name).is_some();
            editor
                .insert_entry(mapping, name, &value)
                .filter(|_| !is_taken)
        }
    }
}
