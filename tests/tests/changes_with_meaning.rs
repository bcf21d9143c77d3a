//! Changes with a meaning, made at places that are spread over all pipelines and templates of the test data: each is
//! told where it was made, and no other setting, name or order is.
//!
//! `FILES=FOLDER` takes the files below another folder, `PLACES` says at how many places each kind of change is made;
//! with `--nocapture` each kind tells how many there are.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::env;
use std::path::{Path, PathBuf};

use pipewright_analysis::{FileKind, Snapshot};
use pipewright_compare::{Comparison, Question, compare};
use pipewright_source::{FileId, TextRange};
use pipewright_tests::changes::told;
use pipewright_tests::files::texts_below;
use pipewright_yaml::{NodeId, Tree, parse};

/// At how many places each kind of change is made.
const PLACES: usize = 1;

/// A kind of change: its name, the last keys of the texts it is made in, and what it makes of one.
type Kind = (
    &'static str,
    &'static [&'static str],
    fn(&str) -> Option<String>,
);

const KINDS: [Kind; 15] = [
    ("an operator", &["condition"], |text| {
        exchanged(text, "==", "!=")
    }),
    ("the other operator", &["condition"], |text| {
        exchanged(text, "!=", "==")
    }),
    ("and for or", &["condition"], |text| {
        exchanged(text, "&&", "||")
    }),
    ("a constant", &["condition"], |text| {
        exchanged(text, "prod", "stage")
    }),
    ("a status", &["stageStatus", "pipelineStatus"], |text| {
        Some(other(text, "Failure", "Success"))
    }),
    (
        "a default",
        &["value", "timeout", "image", "url", "connectorRef"],
        |text| exchanged(text, ".default(", ".default(another_"),
    ),
    ("a timeout", &["timeout"], |_| Some("7m13s".to_owned())),
    ("a duration", &["duration"], |_| Some("7m13s".to_owned())),
    ("a script", &["script", "command"], |text| {
        Some(format!("{text}\nthe last line"))
    }),
    ("a description", &["description"], |text| {
        Some(format!("{text} and more"))
    }),
    ("an address", &["url"], |text| Some(format!("{text}/more"))),
    ("a connector", &["connectorRef"], |_| {
        Some("another_one".to_owned())
    }),
    ("an image", &["image"], |_| Some("another:1".to_owned())),
    ("a template", &["versionLabel"], |_| {
        Some("another one".to_owned())
    }),
    ("a number of turns", &["times", "parallelism"], |text| {
        Some(other(text, "7", "8"))
    }),
];

fn exchanged(text: &str, from: &str, to: &str) -> Option<String> {
    text.contains(from).then(|| text.replacen(from, to, 1))
}

fn other(text: &str, one: &str, another: &str) -> String {
    if text == one { another } else { one }.to_owned()
}

/// The texts below a node with the keys that they stand behind.
fn values(tree: &Tree, at: NodeId, found: &mut Vec<(String, NodeId)>) {
    for entry in tree.entries(at) {
        if tree.text(entry.value).is_some() {
            let key = tree.text(entry.key).unwrap_or_default();
            found.push((key.to_owned(), entry.value));
        }
        values(tree, entry.value, found);
    }
    for item in tree.items(at) {
        values(tree, *item, found);
    }
}

struct Place {
    path: PathBuf,
    text: String,
    range: TextRange,
    with: String,
}

/// Every place at which a kind of change can be made.
fn places(files: &[(PathBuf, String)], (_, keys, change): Kind) -> Vec<Place> {
    let mut found = Vec::new();
    for (path, text) in files {
        let tree = parse(FileId(0), text);
        let ([root], None) = (tree.roots(), tree.aliases().next()) else {
            continue;
        };
        let mut all = Vec::new();
        values(&tree, *root, &mut all);
        for (_, at) in all.iter().filter(|(key, _)| keys.contains(&key.as_str())) {
            let changed = tree
                .text(*at)
                .filter(|text| !text.is_empty())
                .and_then(change);
            let Some(with) = changed else { continue };
            found.push(Place {
                path: path.clone(),
                text: text.clone(),
                range: tree.get(*at).range,
                with: serde_json::Value::from(with).to_string(),
            });
        }
    }
    found
}

/// The comparison of a file with the same one after a change.
fn compared(place: &Place) -> Comparison {
    let name = place.path.to_string_lossy().into_owned();
    let (start, end) = (place.range.start() as usize, place.range.end() as usize);
    let with = &place.with;
    // The break behind a block belongs to its text.
    let behind = if place.text[..end].ends_with('\n') {
        "\n"
    } else {
        ""
    };
    let head = format!(
        "{}{with}{behind}{}",
        &place.text[..start],
        &place.text[end..]
    );
    let mut before = Snapshot::default();
    before.set_text(name.clone(), place.text.as_str());
    let mut after = before.clone();
    after.set_text(name, head);
    compare(&before, &after, &Question::default())
}

/// Whether a change is told at its place, and no other one is, nor a finding that only seems to be another one.
fn is_told(place: &Place, found: &Comparison) -> bool {
    let all: Vec<_> = found.all().collect();
    let [of] = all.as_slice() else { return false };
    let [setting] = of.settings.as_slice() else {
        return false;
    };
    let text = place.range.start()..=place.range.end() + u32::try_from(place.with.len()).unwrap();
    // What is found elsewhere may follow from the change, but is not new and gone at once.
    let elsewhere = of.findings.new.iter();
    let mut elsewhere = elsewhere.filter(|new| !text.contains(&new.span.range.start()));
    let gone = &of.findings.gone;
    let is_at_its_place = setting.span.range.start() == place.range.start();
    is_at_its_place
        && of.names.is_empty()
        && of.order.is_empty()
        && elsewhere.all(|new| gone.iter().all(|gone| gone.rule != new.rule))
}

#[test]
fn a_change_is_told_where_it_was_made_and_nothing_else_is() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let folder = env::var_os("FILES").map_or(data, PathBuf::from);
    let most = env::var("PLACES")
        .ok()
        .and_then(|places| places.parse().ok());
    let mut files = texts_below(&folder, &["yaml", "yml"]).unwrap();
    files.retain(|(_, text)| {
        let mut snapshot = Snapshot::default();
        let file = snapshot.set_text("file", text.as_str());
        snapshot.kind(file) == Some(FileKind::Harness)
            && parse(FileId(0), text).problems().is_empty()
    });
    let (mut count, mut wrong) = (0, Vec::new());
    for kind in KINDS {
        let places = places(&files, kind);
        let step = places.len().div_ceil(most.unwrap_or(PLACES)).max(1);
        let drawn: Vec<&Place> = places.iter().step_by(step).collect();
        println!("{}: {} of {} places", kind.0, drawn.len(), places.len());
        for place in drawn {
            count += 1;
            let found = compared(place);
            if !is_told(place, &found) {
                let (file, at) = (place.path.display(), place.range.start());
                let told = told(&found).join("\n  ");
                wrong.push(format!("{}: {file}, byte {at}\n  {told}", kind.0));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {count}\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(count >= 10 || most.is_some(), "{count}");
}
