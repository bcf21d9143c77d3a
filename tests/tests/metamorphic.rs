//! Changes of a file that change nothing for its findings: they stay, apart from their places.
//!
//! The test changes the cases of the rules. `METAMORPHIC=folder cargo test -p pipewright-tests --test metamorphic`
//! changes every YAML file below a folder instead.

use std::collections::BTreeSet;
use std::path::PathBuf;

use pipewright_source::{FileId, SourceFile};
use pipewright_tests::{files, lint};
use pipewright_yaml::{NodeId, NodeKind, Resolved, ScalarStyle, Tree};

/// A way to change a file; `None` where it cannot be changed so, or where the change would mean something.
type Change = fn(&str, &Tree) -> Option<String>;

const CHANGES: [(&str, Change); 10] = [
    ("comments between entries", comments),
    ("CRLF", |text, _| {
        Some(text.replace("\r\n", "\n").replace('\n', "\r\n"))
    }),
    ("deeper indentation", indented),
    ("a dash on a line of its own", dashes_alone),
    ("single quotes", |text, tree| {
        quoted(text, tree, |value| {
            format!("'{}'", value.replace('\'', "''"))
        })
    }),
    ("double quotes", |text, tree| {
        quoted(text, tree, double_quotes)
    }),
    ("another order of keys", reordered),
    ("a further stage at the end", further_stage),
    ("a second document", second_document),
    ("other names", renamed),
];

/// What is put behind a name that is renamed.
const RENAMED: &str = "Zqx";

/// A longer quotation in a message may be cut once its names are longer.
const LONG_QUOTE: usize = 46;

/// The parts of a path behind which a name stands.
const BEFORE_NAMES: [&str; 3] = ["stages.", "steps.", "variables."];

#[test]
fn findings_stay() {
    let folder = std::env::var_os("METAMORPHIC").map(PathBuf::from);
    let files = match &folder {
        None => lint::cases().expect("the cases of the rules"),
        Some(folder) => {
            files::texts_below(folder, &["yaml", "yml"]).expect("the folder can be listed")
        }
    };
    let mut changed = vec![0; CHANGES.len()];
    let mut differences = Vec::new();
    for (path, text) in &files {
        let tree = pipewright_yaml::parse(FileId(0), text);
        // In a broken file every line may decide what the next is.
        if !tree.problems().is_empty() {
            continue;
        }
        let before = findings(text);
        for ((name, change), changed) in CHANGES.iter().zip(&mut changed) {
            let Some(other) = change(text, &tree) else {
                continue;
            };
            *changed += 1;
            let after = findings(&other);
            if before != after {
                let lost = before.iter().filter(|one| !after.contains(one));
                let new = after.iter().filter(|one| !before.contains(one));
                differences.push(format!(
                    "{}, {name}:\n  lost {:?}\n  new {:?}",
                    path.display(),
                    lost.collect::<Vec<_>>(),
                    new.collect::<Vec<_>>()
                ));
            }
        }
    }
    println!("{} files, changed {changed:?} times", files.len());
    assert!(
        differences.is_empty(),
        "{}\n{} differ",
        differences.join("\n"),
        differences.len()
    );
    let least = usize::from(folder.is_none()) * 20;
    assert!(changed.iter().all(|count| *count >= least), "{changed:?}");
}

/// What is found, without places: each rule with its message, in no order.
fn findings(text: &str) -> Vec<(&'static str, String)> {
    let file = SourceFile::new("case.yaml", text);
    let mut found: Vec<_> = lint::check(&file)
        .into_iter()
        .map(|finding| (finding.rule, finding.message.replace(RENAMED, "")))
        .collect();
    found.sort();
    found
}

/// Whether a comment silences something: what it silences depends on the lines around it.
fn silences(text: &str) -> bool {
    text.contains("pipewright:")
}

/// The key nodes of all block mappings that begin their line, with the byte their line begins at.
fn keys_at_line_start(text: &str, tree: &Tree) -> Vec<(usize, NodeId)> {
    let mut keys = Vec::new();
    for mapping in nodes(tree) {
        for entry in tree.entries(mapping) {
            let start = tree.raw(entry.key).range.start() as usize;
            let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
            if text[line..start].trim_matches(' ').is_empty() {
                keys.push((line, entry.key));
            }
        }
    }
    keys
}

/// Every mapping and sequence below the roots, aliases not followed.
fn nodes(tree: &Tree) -> Vec<NodeId> {
    let mut found = Vec::new();
    let mut open: Vec<NodeId> = tree.roots().to_vec();
    while let Some(id) = open.pop() {
        match &tree.raw(id).kind {
            NodeKind::Mapping(_) => open.extend(tree.entries(id).iter().map(|entry| entry.value)),
            NodeKind::Sequence(_) => open.extend(tree.items(id)),
            _ => continue,
        }
        found.push(id);
    }
    found
}

/// The text with insertions, each before a byte.
fn insert(text: &str, at: impl IntoIterator<Item = (usize, String)>) -> String {
    let mut places: Vec<(usize, String)> = at.into_iter().collect();
    places.sort();
    let mut out = String::new();
    let mut done = 0;
    for (place, inserted) in places {
        out.push_str(&text[done..place]);
        out.push_str(&inserted);
        done = place;
    }
    out + &text[done..]
}

fn comments(text: &str, tree: &Tree) -> Option<String> {
    let lines: BTreeSet<usize> = keys_at_line_start(text, tree)
        .into_iter()
        .map(|(line, _)| line)
        .collect();
    let comment = |line: usize| {
        let rest = &text[line..];
        let pad = rest.len() - rest.trim_start_matches(' ').len();
        (line, format!("{}# a note: with a colon\n", " ".repeat(pad)))
    };
    let whole = text.trim_start_matches('\u{feff}').len() == text.len();
    (whole && !silences(text)).then(|| insert(text, lines.into_iter().map(comment)))
}

/// Every line two blanks further in. Document marks must stand at the start of their line, and a byte order mark first.
fn indented(text: &str, _: &Tree) -> Option<String> {
    let fixed = |line: &str| line.starts_with(['-', '%', '.', '\u{feff}', '\t']);
    if text.lines().any(fixed) {
        return None;
    }
    let deeper = text.split_inclusive('\n').map(|line| match line.trim() {
        "" => line.to_owned(),
        _ => format!("  {line}"),
    });
    Some(deeper.collect())
}

/// `- a: 1` as `-`, a line break, and `a: 1`.
fn dashes_alone(text: &str, tree: &Tree) -> Option<String> {
    let mut places = Vec::new();
    for sequence in nodes(tree) {
        for item in tree.items(sequence) {
            let start = tree.raw(*item).range.start() as usize;
            let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
            let before = &text[line..start];
            if tree.is_mapping(*item) && before.trim_start_matches(' ') == "- " {
                places.push((start, format!("\n{}", " ".repeat(before.len()))));
            }
        }
    }
    (!places.is_empty() && !silences(text)).then(|| insert(text, places))
}

/// Every plain value on one line in quotes. Values that are no text without quotes stay as they are, and keys.
fn quoted(text: &str, tree: &Tree, quote: fn(&str) -> String) -> Option<String> {
    let mut out = text.to_owned();
    let mut values: Vec<NodeId> = nodes(tree)
        .into_iter()
        .flat_map(|id| {
            let entries = tree.entries(id).iter().map(|entry| entry.value);
            entries
                .chain(tree.items(id).iter().copied())
                .collect::<Vec<_>>()
        })
        .collect();
    values.sort_by_key(|id| std::cmp::Reverse(tree.raw(*id).range.start()));
    for id in values {
        let NodeKind::Scalar(scalar) = &tree.raw(id).kind else {
            continue;
        };
        let range = tree.raw(id).range.to_usize();
        let plain =
            scalar.style == ScalarStyle::Plain && out.get(range.clone()) == Some(&*scalar.value);
        if plain && scalar.resolve() == Resolved::Text {
            out.replace_range(range, &quote(&scalar.value));
        }
    }
    (out != text).then_some(out)
}

fn double_quotes(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

/// In every mapping with three or more entries on lines of their own, the first two exchanged.
fn reordered(text: &str, tree: &Tree) -> Option<String> {
    if silences(text) || text.contains(['&', '#']) {
        return None;
    }
    let starts: Vec<(usize, NodeId)> = keys_at_line_start(text, tree);
    let line_of = |key: NodeId| {
        starts
            .iter()
            .find(|(_, id)| *id == key)
            .map(|(line, _)| *line)
    };
    let mut swaps: Vec<[usize; 3]> = Vec::new();
    for mapping in nodes(tree) {
        if let [first, second, third, ..] = tree.entries(mapping)
            && let (Some(a), Some(b), Some(c)) =
                (line_of(first.key), line_of(second.key), line_of(third.key))
            && a < b
            && b < c
        {
            swaps.push([a, b, c]);
        }
    }
    // One inside the other cannot be exchanged at once: the innermost go first, and what is around them stays.
    swaps.sort_by_key(|[a, _, c]| c - a);
    let mut taken: Vec<[usize; 3]> = Vec::new();
    for swap in swaps {
        if taken
            .iter()
            .all(|other| other[2] <= swap[0] || swap[2] <= other[0])
        {
            taken.push(swap);
        }
    }
    taken.sort_unstable();
    let mut out = String::new();
    let mut done = 0;
    for [a, b, c] in &taken {
        out.extend([&text[done..*a], &text[*b..*c], &text[*a..*b]]);
        done = *c;
    }
    out.push_str(&text[done..]);
    (!taken.is_empty()).then_some(out)
}

/// A stage that nothing reads, behind the last one of a file that ends with its stages.
fn further_stage(text: &str, tree: &Tree) -> Option<String> {
    let [root] = tree.roots() else {
        return None;
    };
    let pipeline = tree.find(*root, "pipeline")?;
    let stages = tree.find(pipeline, "stages")?;
    let last = |mapping: NodeId| tree.entries(mapping).last().map(|entry| entry.value);
    if last(*root) != Some(pipeline) || last(pipeline) != Some(stages) {
        return None;
    }
    let first = *tree.items(stages).first()?;
    // Stages of the newer syntax have no such member, and one that has it makes another kind of file.
    tree.find(first, "stage")?;
    let first = tree.raw(first).range.start() as usize;
    let line = text[..first].rfind('\n').map_or(0, |at| at + 1);
    let pad = text[line..first].strip_suffix("- ")?;
    if !pad.trim_matches(' ').is_empty() || !text.ends_with('\n') {
        return None;
    }
    let stage = [
        "- stage:",
        "    identifier: Zzz_further",
        "    name: Zzz further",
        "    type: Custom",
        "    spec:",
        "      execution:",
        "        steps:",
        "          - step:",
        "              identifier: Zzz_wait",
        "              name: Zzz wait",
        "              type: Wait",
        "              spec:",
        "                duration: 10s",
    ];
    let lines = stage.map(|line| format!("{pad}{line}\n"));
    Some(text.to_owned() + &lines.concat())
}

fn second_document(text: &str, tree: &Tree) -> Option<String> {
    let one = tree.roots().len() == 1 && text.ends_with('\n') && !text.contains("\n...");
    one.then(|| format!("{text}---\nnothing: of interest\n"))
}

/// Every stage, group, step and variable under another name, wherever the name is read. Names that are written anywhere
/// else stay, and all of a file where a reference is misspelt: which name is near it may change, as may what a message
/// cuts off.
fn renamed(text: &str, tree: &Tree) -> Option<String> {
    let is_about_a_name = |rule: &str| rule.starts_with("unknown-") || rule == "jexl-keyword-name";
    let is_fixed = |(rule, message): &(&str, String)| {
        let quoted = message.split('`').skip(1).step_by(2);
        is_about_a_name(rule) || quoted.map(str::len).any(|length| length > LONG_QUOTE)
    };
    if silences(text) || findings(text).iter().any(is_fixed) {
        return None;
    }
    let mut names = BTreeSet::new();
    for mapping in nodes(tree) {
        let key = match tree.find(mapping, "identifier") {
            Some(identifier) => Some(identifier),
            None => tree
                .find(mapping, "value")
                .and_then(|_| tree.find(mapping, "name")),
        };
        let Some(key) = key else { continue };
        if let NodeKind::Scalar(scalar) = &tree.raw(key).kind {
            names.insert(scalar.value.to_string());
        }
    }
    let mut places = Vec::new();
    for name in names {
        places.extend(places_of(&name, text).unwrap_or_default());
    }
    (!places.is_empty()).then(|| {
        let renamed = places.into_iter().map(|at| (at, RENAMED.to_owned()));
        insert(text, renamed)
    })
}

/// The ends of a name everywhere in a text; `None` where one of them may be something else than a declaration or a part
/// of a path.
fn places_of(name: &str, text: &str) -> Option<Vec<usize>> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-' || c == '$';
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let mut places = Vec::new();
    for (start, _) in text.match_indices(name) {
        let (before, after) = (&text[..start], &text[start + name.len()..]);
        // A script may read it from its environment.
        if before.ends_with(['$', '{']) {
            return None;
        }
        if before.ends_with(is_word) {
            continue;
        }
        // A suffix of a loop belongs to the name, and what follows a hyphen may.
        if after.starts_with(['_', '-']) {
            return None;
        }
        if after.starts_with(is_word) {
            continue;
        }
        let line = before.rsplit('\n').next().unwrap_or(before);
        let is_declared = ["identifier: ", "name: "]
            .iter()
            .any(|key| line.ends_with(key));
        let island = before
            .rfind("<+")
            .is_some_and(|open| !before[open..].contains('>'));
        let is_read = BEFORE_NAMES.iter().any(|part| line.ends_with(part));
        if !(is_declared || island && is_read) {
            return None;
        }
        places.push(start + name.len());
    }
    Some(places)
}
