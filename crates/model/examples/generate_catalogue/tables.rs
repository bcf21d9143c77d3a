//! From the JSON facts to the compact tables the catalogue embeds.
//!
//! A table is a list of blocks sorted by name. The name stands at the beginning of a line; everything indented belongs
//! to it. One space opens a field, two spaces an entry of the field above. `= NAME` instead of entries means: the same
//! entries as in the block of that name.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

const HEAD: &str = "# Made by the example generate_catalogue from data/; change the facts there.\n";

/// Every table with its file name.
pub(crate) fn all(root: &Path) -> Result<[(&'static str, String); 3], Box<dyn Error>> {
    let read = |name: &str| -> Result<Value, Box<dyn Error>> {
        let text = std::fs::read_to_string(root.join("data").join(name))?;
        Ok(serde_json::from_str(&text)?)
    };
    let types = read("step-types.json")?;
    let published = read("published-keys.json")?;
    let roots = read("roots.json")?;
    Ok([
        ("steps.txt", steps(&types, &published)),
        ("stages.txt", stages(&types)),
        ("roots.txt", self::roots(&roots)),
    ])
}

fn steps(types: &Value, published: &Value) -> String {
    let mut table = HEAD.to_owned();
    let mut seen = Seen::default();
    for (name, step) in sorted(&types["stepTypes"]) {
        let _ = writeln!(table, "{name}");
        let _ = writeln!(table, " in {}", words(&step["allowedInStages"]).join(" "));
        let _ = writeln!(
            table,
            " keys {}",
            keys(&step["nodeProps"], &step["nodeRequired"])
        );
        if step["declaresOutputVariables"] == true {
            table.push_str(" declares\n");
        }
        let settings = settings(
            &step["specPropPaths"],
            &words(&step["specRequired"]),
            &words(&published[name]),
        );
        seen.write(&mut table, "spec", name, &settings);
        let status = format!("outputs {}", text(&step["outputsStatus"]));
        let outputs = list(&step["outputs"])
            .iter()
            .fold(String::new(), |mut lines, output| {
                let _ = writeln!(lines, "  {}", self::output(output));
                lines
            });
        seen.write(&mut table, &status, name, &outputs);
    }
    table
}

/// `path type [stage] [declared|plugin] [recalled]`
fn output(output: &Value) -> String {
    let mut line = format!(
        "{} {}",
        text(&output["path"]),
        text(&output["type"]).replace(' ', "_")
    );
    if output["publishedAt"] == "STAGE" {
        line.push_str(" stage");
    }
    match output["names"].as_str() {
        Some(names) if names.starts_with("spec.") => line.push_str(" declared"),
        Some(_) => line.push_str(" plugin"),
        None => {}
    }
    if output["confidence"] == "recalled-docs" {
        line.push_str(" recalled");
    }
    line
}

/// The entries already written, so that equal ones are written once.
#[derive(Default)]
struct Seen {
    by_entries: BTreeMap<String, String>,
}

impl Seen {
    fn write(&mut self, table: &mut String, field: &str, name: &str, entries: &str) {
        if entries.is_empty() {
            let _ = writeln!(table, " {field}");
            return;
        }
        let kind = field.split(' ').next().unwrap_or_default();
        let key = format!("{kind}\n{entries}");
        if let Some(first) = self.by_entries.get(&key) {
            let _ = writeln!(table, " {field} = {first}");
            return;
        }
        self.by_entries.insert(key, name.to_owned());
        let _ = write!(table, " {field}\n{entries}");
    }
}

/// The keys below `spec`, each with its types. A setting that the schema describes by the members of the server's own
/// wrapper for "a value or an expression" may hold anything; those members are not for people and are left out.
fn settings(paths: &Value, required: &[&str], published: &[&str]) -> String {
    let wrapped: BTreeSet<&str> = sorted(paths)
        .filter_map(|(path, _)| path.strip_suffix(".expressionValue"))
        .collect();
    let is_wrapper_member = |path: &str| {
        wrapped.iter().any(|outer| {
            path.strip_prefix(outer)
                .and_then(|rest| rest.strip_prefix('.'))
                .is_some_and(|rest| rest != "*")
        })
    };
    let of_schema = sorted(paths)
        .filter(|(path, _)| !is_wrapper_member(path))
        .map(|(path, types)| {
            let types = words(types).join("|");
            let is_open = wrapped.contains(path) || types.is_empty();
            (path, if is_open { "any".to_owned() } else { types })
        });
    let beyond_schema = published.iter().map(|&path| (path, "any".to_owned()));
    let settings: BTreeMap<&str, String> = of_schema.chain(beyond_schema).collect();
    let mut lines = String::new();
    for (path, types) in settings {
        let mark = if required.contains(&path) {
            " required"
        } else {
            ""
        };
        let _ = writeln!(lines, "  {path} {types}{mark}");
    }
    lines
}

fn stages(types: &Value) -> String {
    let mut table = HEAD.to_owned();
    for (name, stage) in sorted(&types["stageTypes"]) {
        let _ = writeln!(table, "{name}");
        let _ = writeln!(
            table,
            " keys {}",
            keys(&stage["nodeProps"], &stage["nodeRequired"])
        );
        let _ = writeln!(
            table,
            " spec {}",
            keys(&stage["specProps"], &stage["specRequired"])
        );
        let _ = writeln!(table, " outputs {}", words(&stage["outputs"]).join(" "));
    }
    table
}

fn roots(facts: &Value) -> String {
    let mut table = HEAD.to_owned();
    for (name, root) in sorted(&facts["roots"]) {
        let _ = writeln!(table, "{name}");
        let _ = writeln!(table, " kind {}", root_kind(text(&root["kind"])));
        let _ = writeln!(table, " available {}", text(&root["available"]));
        if let Some(note) = root["note"].as_str() {
            let _ = writeln!(table, " note {note}");
        }
        if let Some(target) = facts["staticAliases"][name].as_str()
            && target != "<bool>"
        {
            let _ = writeln!(table, " alias {target}");
        }
        let _ = writeln!(
            table,
            " members{}",
            if root["open"] == true { " open" } else { "" }
        );
        let mut members = BTreeSet::new();
        for member in words(&root["members"]) {
            expand(member, &mut members);
        }
        for field in words(&root["memberFields"]) {
            let prefix = if name == "artifacts" { "primary." } else { "" };
            members.insert(format!("{prefix}{field}"));
        }
        for member in members {
            let _ = writeln!(table, "  {member}");
        }
    }
    table
}

fn root_kind(told: &str) -> &'static str {
    const KINDS: [(&str, &str); 14] = [
        ("functor (method", "methods"),
        ("functor", "functor"),
        ("node+functor", "node"),
        ("node (", "node"),
        ("ancestor node", "node"),
        ("group alias", "node"),
        ("static alias", "alias"),
        ("outcome", "outcome"),
        ("sweeping output", "outcome"),
        ("context of", "outcome"),
        ("docs only", "outcome"),
        ("placeholder", "placeholder"),
        ("internal", "internal"),
        ("INTERNAL", "internal"),
    ];
    KINDS
        .iter()
        .find(|(beginning, _)| told.starts_with(beginning))
        .map_or("outcome", |&(_, kind)| kind)
}

/// One member as told, as lines `path [new|docs|deprecated|v1]`: `a.{b,c}(new)` gives two, `get("x")` gives `get()`,
/// `<id>.y` gives `*.y`.
fn expand(told: &str, members: &mut BTreeSet<String>) {
    let mut path = String::new();
    let mut depth = 0;
    for character in told.chars() {
        match character {
            '<' => {
                depth += 1;
                path.push('*');
            }
            '>' => depth -= 1,
            '"' | '?' => {}
            _ if depth == 0 => path.push(character),
            _ => {}
        }
    }
    let path = path
        .split(" when ")
        .next()
        .unwrap_or_default()
        .replace("[X]", ".*");
    let (path, mark) = split_remark(&path);
    for path in braces(path) {
        members.insert(format!("{path}{mark}"));
    }
}

/// Parts a remark in parentheses from a path; parentheses that are none belong to a method.
fn split_remark(path: &str) -> (String, &'static str) {
    const MARKS: [(&str, &str); 5] = [
        ("new", " new"),
        ("docs", " docs"),
        ("deprecated", " deprecated"),
        ("v1", " v1"),
        ("custom deployment", ""),
    ];
    let Some((before, inside)) = path.split_once('(') else {
        return (path.trim().to_owned(), "");
    };
    if let Some((_, mark)) = MARKS.iter().find(|(word, _)| inside.starts_with(word)) {
        return (before.trim().to_owned(), mark);
    }
    if before.ends_with(' ') {
        return (before.trim().to_owned(), "");
    }
    (format!("{before}()"), "")
}

/// Writes out the alternatives of the first outermost `{a,b}` and of those inside and after it.
fn braces(path: String) -> Vec<String> {
    let Some(open) = path.find('{') else {
        return vec![path];
    };
    let mut depth = 0;
    let mut starts = vec![open + 1];
    let mut close = path.len();
    for (at, byte) in path.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            b',' if depth == 1 => starts.push(at + 1),
            _ => {}
        }
        if depth == 0 {
            close = at;
            break;
        }
    }
    let ends = starts.iter().skip(1).map(|start| start - 1).chain([close]);
    starts
        .iter()
        .zip(ends)
        .flat_map(|(&start, end)| {
            let after = path.get(close + 1..).unwrap_or_default();
            braces(format!("{}{}{after}", &path[..open], &path[start..end]))
        })
        .collect()
}

/// Keys in order, required ones with `!`.
fn keys(all: &Value, required: &Value) -> String {
    let required = words(required);
    let mut keys: Vec<String> = words(all)
        .into_iter()
        .map(|key| format!("{key}{}", if required.contains(&key) { "!" } else { "" }))
        .collect();
    keys.sort();
    keys.join(" ")
}

fn sorted(object: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let entries: BTreeMap<&str, &Value> = object
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, value)| (key.as_str(), value))
        .collect();
    entries.into_iter()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn words(value: &Value) -> Vec<&str> {
    list(value).iter().map(text).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
