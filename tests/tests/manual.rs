//! The pages people read: every page of the manual is in its table of contents, and every link in the repository leads
//! to a file and a heading that are there.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use pipewright_tests::files::texts_below;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Folders with pages; a test's data may show pages that are wrong.
const FOLDERS: [&str; 6] = [
    ".",
    "docs",
    "editors",
    "crates/lint/docs",
    "tests/data/schemas",
    "fuzz",
];

fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.join("..").canonicalize().unwrap()
}

/// The pages of the repository with their texts.
fn pages() -> BTreeMap<PathBuf, String> {
    let mut pages = BTreeMap::new();
    for folder in FOLDERS {
        let folder = root().join(folder);
        if folder == root() {
            let entries = fs::read_dir(&folder).unwrap();
            let paths = entries.map(|entry| entry.unwrap().path());
            let of_markdown = |path: &PathBuf| path.extension().is_some_and(|end| end == "md");
            for path in paths.filter(of_markdown) {
                let text = fs::read_to_string(&path).unwrap();
                pages.insert(path, text);
            }
        } else {
            pages.extend(texts_below(&folder, &["md"]).unwrap());
        }
    }
    // What npm brings is not ours.
    pages.retain(|path, _| {
        !path
            .components()
            .any(|part| part.as_os_str() == "node_modules")
    });
    pages
}

/// The targets of the links and pictures of a page, and the anchors of its headings.
fn links_and_anchors(text: &str) -> (Vec<String>, BTreeSet<String>) {
    let (mut links, mut anchors) = (Vec::new(), BTreeSet::new());
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                links.push(dest_url.into_string());
            }
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                anchors.insert(anchor(&heading.take().unwrap()));
            }
            _ => {}
        }
    }
    (links, anchors)
}

/// The name that a heading can be reached by: small letters, and `-` for blanks.
fn anchor(heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    let kept = heading
        .trim()
        .to_lowercase()
        .chars()
        .filter(kept)
        .collect::<String>();
    kept.replace(' ', "-")
}

#[test]
fn every_link_leads_somewhere() {
    let pages = pages();
    assert!(pages.len() > 150, "{}", pages.len());
    let known: BTreeMap<&Path, _> = pages
        .iter()
        .map(|(path, text)| (path.as_path(), links_and_anchors(text)))
        .collect();
    let (mut checked, mut wrong) = (0, Vec::new());
    for (page, (links, own)) in &known {
        for link in links {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            checked += 1;
            let (file, fragment) = link.split_once('#').unwrap_or((link, ""));
            let target = match file {
                "" => page.to_path_buf(),
                file => page.parent().unwrap().join(file),
            };
            let there = target.canonicalize().ok();
            let anchors = match file {
                "" => Some(own),
                _ => there
                    .as_deref()
                    .and_then(|there| known.get(there))
                    .map(|(_, anchors)| anchors),
            };
            let is_there = there.is_some()
                && (fragment.is_empty() || anchors.is_some_and(|of| of.contains(fragment)));
            if !is_there {
                wrong.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert!(checked > 200, "{checked} links");
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_page_of_the_manual_is_in_its_contents_once() {
    let docs = root().join("docs");
    let summary = fs::read_to_string(docs.join("SUMMARY.md")).unwrap();
    let mut named = links_and_anchors(&summary).0;
    named.push("SUMMARY.md".to_owned());
    named.sort();
    let there = texts_below(&docs, &["md"]).unwrap();
    let there = there
        .iter()
        .map(|(path, _)| path.strip_prefix(&docs).unwrap());
    let mut there: Vec<String> = there
        .map(|path| path.to_string_lossy().replace('\\', "/"))
        .collect();
    there.sort();
    assert_eq!(named, there);
}
