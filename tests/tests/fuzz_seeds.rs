//! The seeds and findings of every fuzz target, replayed, and a sample of what the targets make.
//!
//! `MADE=10000 cargo test -p pipewright-tests --test fuzz_seeds` makes that many inputs for each target, with
//! `TARGET=jsonl` for that target alone.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

use pipewright_lint::fuzzing as lint;
use pipewright_syntax::fuzzing::{self as syntax, Bytes, scattered};
use pipewright_tests::files;
use pipewright_tests::lint::cases;

/// A target and its property.
type Target = (&'static str, fn(&[u8]));

/// Every target whose inputs may be made from bytes, and its property.
const FROM_BYTES: [Target; 9] = [
    ("cel", syntax::check_cel),
    ("engine", pipewright_engine::fuzzing::check_template),
    ("evaluate", pipewright_jexl::fuzzing::check_program),
    ("expression", syntax::check_expression),
    ("jsonl", pipewright_cli::fuzzing::check_lines),
    ("lsp", pipewright_lsp::fuzzing::check_messages),
    ("predicate", syntax::check_predicate),
    ("print_reparse", syntax::check_printing),
    ("template", syntax::check_island_text),
];

/// Every target whose inputs are files.
const FILES: [Target; 6] = [
    ("pipeline", |data| {
        lint::check_file(&String::from_utf8_lossy(data));
    }),
    ("project", |data| {
        lint::check_project(&String::from_utf8_lossy(data));
    }),
    ("recovery", pipewright_yaml::fuzzing::check_recovery),
    ("snapshot_edits", |data| {
        lint::check_edits(&String::from_utf8_lossy(data));
    }),
    ("yaml_map", |data| {
        pipewright_yaml::fuzzing::check_maps(&String::from_utf8_lossy(data));
    }),
    ("yaml_plain", |data| {
        pipewright_yaml::fuzzing::check_plain(&String::from_utf8_lossy(data));
    }),
];

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz")
}

/// How many inputs are made for a target, `usually` unless the environment says otherwise.
fn count(usually: u64) -> u64 {
    let asked = std::env::var("MADE").ok();
    asked
        .and_then(|count| count.parse().ok())
        .unwrap_or(usually)
}

/// Those of the targets that inputs are made for: all, unless the environment names one.
///
/// # Panics
/// If it names one that there is not.
fn asked(targets: &[Target]) -> impl Iterator<Item = Target> {
    let only = std::env::var("TARGET").ok();
    if let Some(only) = &only {
        let mut all = FROM_BYTES.iter().chain(&FILES);
        assert!(all.any(|(name, _)| name == only), "no target is {only}");
    }
    let is_asked = move |name: &str| only.as_ref().is_none_or(|only| only == name);
    targets
        .iter()
        .copied()
        .filter(move |(name, _)| is_asked(name))
}

/// The names in a folder, in order, up to their first dot.
fn names(folder: PathBuf) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder is part of the repository");
    let mut names: Vec<String> = entries
        .map(|entry| {
            let name = entry.expect("a file can be listed").file_name();
            let name = name.to_string_lossy();
            name.split('.').next().unwrap_or_default().to_owned()
        })
        .collect();
    names.sort();
    names
}

#[test]
fn every_target_is_here_and_has_seeds() {
    let mut targets: Vec<&str> = FROM_BYTES
        .iter()
        .chain(&FILES)
        .map(|(name, _)| *name)
        .collect();
    targets.sort_unstable();
    assert_eq!(names(fuzz().join("fuzz_targets")), targets);
    assert_eq!(names(fuzz().join("seeds")), targets);
}

#[test]
fn seeds_and_findings_hold_the_properties() {
    for (target, check) in FROM_BYTES.iter().chain(&FILES) {
        let folder = fuzz().join("seeds").join(target);
        let mut count = 0;
        for entry in fs::read_dir(folder).expect("every target has seeds") {
            let path = entry.expect("a seed can be listed").path();
            hold(
                *check,
                &fs::read(&path).expect("a seed can be read"),
                || path.display().to_string(),
            );
            count += 1;
        }
        assert!(count > 0, "{target} has no seeds");
    }
}

#[test]
fn what_is_made_from_bytes_holds_the_properties() {
    for (target, check) in asked(&FROM_BYTES) {
        for seed in 0..count(200) {
            let mut data = scattered(seed);
            data[0] |= 0x80;
            hold(check, &data, || format!("{target}, input {seed}"));
        }
    }
}

#[test]
fn changed_files_hold_the_properties() {
    let (alone, together) = (cases().expect("the cases of the rules"), projects());
    for (target, check) in asked(&FILES) {
        let files = if matches!(target, "project" | "snapshot_edits") {
            &together
        } else {
            &alone
        };
        for seed in 0..count(200) {
            let (path, text) = &files[usize::try_from(seed).unwrap_or(0) % files.len()];
            let data = scattered(seed);
            let changed = lint::mutate(text, &mut Bytes::new(&data));
            hold(check, changed.as_bytes(), || {
                format!("{target}, {} changed by {seed}\n{changed}", path.display())
            });
        }
    }
}

/// The projects of the test data, each as one text.
fn projects() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/project");
    let mut projects = Vec::new();
    for name in names(folder.clone()) {
        let mut text = String::new();
        let below = files::below(&folder.join(&name), &["yaml"]);
        for file in below.expect("a folder of a project") {
            let content = fs::read_to_string(&file).expect("a file of a project");
            let name = file.strip_prefix(&folder).expect("a file below").display();
            text.extend(["#### ", &name.to_string(), "\n", &content]);
        }
        projects.push((folder.join(name), text));
    }
    projects
}

/// How many panics there were, also such that the command turns into an answer.
static PANICS: AtomicUsize = AtomicUsize::new(0);

/// Checks one input, and says which it was where the property does not hold.
fn hold(check: fn(&[u8]), data: &[u8], which: impl Fn() -> String) {
    static COUNTING: Once = Once::new();
    COUNTING.call_once(|| {
        let shown = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            PANICS.fetch_add(1, Ordering::SeqCst);
            shown(panic);
        }));
    });
    let held = catch_unwind(AssertUnwindSafe(|| check(data)));
    assert!(
        held.is_ok() && PANICS.load(Ordering::SeqCst) == 0,
        "{}",
        which()
    );
}
