//! What holds the house together, by machine: which crate may name which, no dependency that nothing uses, no name of a
//! specification that leads nowhere, no line that is too long.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Begins the block of ARCHITECTURE.md with the arrows between crates.
const ARROWS: &str = "```arrows\n";

/// The crates that may name everything: they are nobody's dependency.
const TOOLS: [&str; 2] = ["pipewright-tests", "pipewright-bench"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .unwrap()
}

/// One package of the workspace.
struct Package {
    name: String,
    folder: PathBuf,
    /// Names of dependencies with whether they are normal ones.
    dependencies: Vec<(String, bool)>,
}

fn packages() -> Vec<Package> {
    let metadata = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        metadata.status.success(),
        "{}",
        String::from_utf8_lossy(&metadata.stderr)
    );
    let metadata: serde_json::Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let package = |package: &serde_json::Value| Package {
        name: text(&package["name"]),
        folder: Path::new(&text(&package["manifest_path"]))
            .parent()
            .unwrap()
            .to_owned(),
        dependencies: package["dependencies"]
            .as_array()
            .unwrap()
            .iter()
            .map(|dependency| (text(&dependency["name"]), dependency["kind"].is_null()))
            .collect(),
    };
    metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(package)
        .collect()
}

/// `pipewright-yaml` as the arrows call it: `yaml`.
fn short(package: &str) -> &str {
    package.strip_prefix("pipewright-").unwrap_or(package)
}

/// The arrows of ARCHITECTURE.md: `a -> b, c` lets `a` depend on `b` and `c`.
fn arrows() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let (_, block) = text
        .split_once(ARROWS)
        .expect("ARCHITECTURE.md has the arrows");
    let (block, _) = block.split_once("```").unwrap();
    let arrow = |line: &str| {
        let (from, to) = line.split_once("->").unwrap();
        let to = to.split(',').map(|name| name.trim().to_owned());
        (
            from.trim().to_owned(),
            to.filter(|name| !name.is_empty()).collect(),
        )
    };
    block.lines().map(arrow).collect()
}

/// Everything that the arrows lead to from a crate.
fn reached(from: &str, arrows: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut next = vec![from];
    while let Some(at) = next.pop() {
        for to in arrows.get(at).into_iter().flatten() {
            if reached.insert(to.clone()) {
                next.push(to);
            }
        }
    }
    reached
}

/// The dependencies between crates that no arrow allows.
fn forbidden(packages: &[Package], arrows: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let ours: BTreeSet<&str> = packages
        .iter()
        .map(|package| package.name.as_str())
        .collect();
    let mut wrong = Vec::new();
    for package in packages
        .iter()
        .filter(|package| !TOOLS.contains(&package.name.as_str()))
    {
        let from = short(&package.name);
        if !arrows.contains_key(from) {
            wrong.push(format!("{from} has no line among the arrows"));
        }
        let allowed = reached(from, arrows);
        let normal = package
            .dependencies
            .iter()
            .filter(|(_, is_normal)| *is_normal);
        for (to, _) in normal.filter(|(to, _)| ours.contains(to.as_str())) {
            if !allowed.contains(short(to)) {
                wrong.push(format!("{from} must not depend on {}", short(to)));
            }
        }
    }
    wrong
}

#[test]
fn crates_depend_along_the_arrows() {
    assert_eq!(forbidden(&packages(), &arrows()), Vec::<String>::new());
}

#[test]
fn a_dependency_against_the_arrows_is_noticed() {
    let mut packages = packages();
    let yaml = packages
        .iter_mut()
        .find(|package| package.name == "pipewright-yaml")
        .unwrap();
    yaml.dependencies.push(("pipewright-lint".to_owned(), true));
    assert_eq!(
        forbidden(&packages, &arrows()),
        ["yaml must not depend on lint"]
    );
}

/// The files below a folder with one of these endings.
fn files(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            // What is built, fetched or given is not ours.
            let others = ["target", "node_modules", "corpus", "data"];
            if !name.starts_with('.') && !others.contains(&name.as_str()) {
                files(&path, endings, found);
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
}

#[test]
fn every_dependency_is_used() {
    let mut unused = Vec::new();
    for package in packages() {
        let mut sources = Vec::new();
        files(&package.folder, &[".rs"], &mut sources);
        let text: String = sources
            .iter()
            .map(|path| fs::read_to_string(path).unwrap())
            .collect();
        for (name, _) in &package.dependencies {
            let written = name.replace('-', "_");
            let is_name = |at: usize| {
                let is_part = |c: char| c.is_alphanumeric() || c == '_';
                let behind = &text[at + written.len()..];
                !text[..at].ends_with(is_part) && !behind.starts_with(is_part)
            };
            if !text.match_indices(&written).any(|(at, _)| is_name(at)) {
                unused.push(format!("{} names {name} and does not use it", package.name));
            }
        }
    }
    assert_eq!(unused, Vec::<String>::new());
}

/// The sections of a specification: `3`, `3.1`, and for a numbered item of a section `8.15`.
fn sections(text: &str) -> BTreeSet<String> {
    let mut sections = BTreeSet::new();
    let mut section = String::new();
    for line in text.lines() {
        let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit() || c == '.');
        let first = |text: &str| {
            text.split(' ')
                .next()
                .unwrap_or_default()
                .trim_end_matches('.')
                .to_owned()
        };
        if let Some(heading) = line.strip_prefix("##") {
            section = first(heading.trim_start_matches('#').trim());
            sections.insert(section.clone());
        } else if let Some(bold) = line.strip_prefix("**")
            && !first(bold).is_empty()
            && is_number(&first(bold))
        {
            sections.insert(first(bold));
        } else if line.contains(". ") && is_number(&first(line)) && !first(line).is_empty() {
            sections.insert(format!("{section}.{}", first(line)));
        }
    }
    sections
}

#[test]
fn every_named_section_of_a_specification_exists() {
    let mut sources = Vec::new();
    files(&root(), &[".rs", ".md", ".pest"], &mut sources);
    let mut known: BTreeMap<String, Option<BTreeSet<String>>> = BTreeMap::new();
    let mut wrong = Vec::new();
    let mut checked = 0;
    for path in sources {
        let text = fs::read_to_string(&path).unwrap();
        for (at, _) in text.match_indices(concat!("spec", "/")) {
            let rest = &text[at + "spec/".len()..];
            let length = rest
                .find(|c: char| !c.is_alphanumeric() && c != '-')
                .unwrap_or(rest.len());
            let (name, behind) = rest.split_at(length);
            let Some(behind) = behind.strip_prefix(".md") else {
                continue;
            };
            let read = || {
                let text = fs::read_to_string(root().join(format!("docs/spec/{name}.md"))).ok()?;
                Some(sections(&text))
            };
            let of_file = known.entry(name.to_owned()).or_insert_with(read);
            let behind: String = behind.chars().take(60).collect();
            let mut named: Vec<&str> = behind
                .trim_start_matches('`')
                .split(',')
                .map_while(|part| {
                    let part = part
                        .trim_start()
                        .trim_start_matches("//!")
                        .trim_start_matches("///")
                        .trim_start();
                    part.strip_prefix('§')
                })
                .collect();
            checked += 1;
            for section in &mut named {
                let end = section
                    .find(|c: char| !c.is_ascii_digit() && c != '.')
                    .unwrap_or(section.len());
                *section = section[..end].trim_end_matches('.');
            }
            let exists = of_file
                .as_ref()
                .is_some_and(|of| named.iter().all(|section| of.contains(*section)));
            if !exists {
                wrong.push(format!("{}: spec/{name}.md {named:?}", path.display()));
            }
        }
    }
    assert!(
        checked > 100,
        "only {checked} names of specifications were found"
    );
    assert_eq!(wrong, Vec::<String>::new());
}

/// The most characters of a line.
const WIDEST: usize = 120;

/// The lines of a text that are too long and could be broken: in Markdown all but tables and what stands between
/// fences, in Rust comments (`cargo fmt` looks after the rest), in other files all.
fn too_long(path: &Path, text: &str) -> Vec<usize> {
    let ending = path.extension().and_then(|ending| ending.to_str());
    let mut fenced = false;
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let bare = line.trim_start();
        let bare = match ending {
            Some("rs") => bare.trim_start_matches(['/', '!']).trim_start(),
            _ => bare,
        };
        fenced ^= bare.starts_with("```");
        let may_be = match ending {
            Some("md") => fenced || bare.starts_with('|'),
            Some("rs") => fenced || !line.trim_start().starts_with("//"),
            _ => false,
        };
        if !may_be && line.chars().count() > WIDEST {
            found.push(number + 1);
        }
    }
    found
}

#[test]
fn lines_fit_120_columns() {
    /// The specifications are kept as they were given; the others are made from pages that are looked at themselves.
    const OTHERS: [&str; 4] = ["docs/spec", "docs/rules", "docs/commands", "CHANGELOG.md"];
    let mut paths = Vec::new();
    files(
        &root(),
        &[".rs", ".md", ".pest", ".toml", "Jenkinsfile"],
        &mut paths,
    );
    files(&root().join(".ci"), &["run", "newcomer"], &mut paths);
    let mut wrong = Vec::new();
    for path in paths {
        let name = path.strip_prefix(root()).unwrap().to_path_buf();
        if !OTHERS.iter().any(|other| name.starts_with(other)) {
            let text = fs::read_to_string(&path).unwrap();
            let lines = too_long(&path, &text).into_iter();
            wrong.extend(lines.map(|line| format!("{}:{line}", name.display())));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_line_that_is_too_long_is_noticed() {
    let long = "word ".repeat(30);
    let cases = [
        (
            "a.md",
            format!("{long}\n| {long} |\n```\n{long}\n```\n{long}\n"),
            vec![1, 6],
        ),
        (
            "a.rs",
            format!("/// {long}\nlet a = \"{long}\";\n"),
            vec![1],
        ),
        ("a.pest", format!("rule = {long}\n"), vec![1]),
    ];
    for (name, text, lines) in cases {
        assert_eq!(too_long(Path::new(name), &text), lines, "{name}");
    }
}
