//! The reader of plain lines against the parser, over changed files.
//!
//! `MADE=1000000 cargo test -p pipewright-yaml --test plain` makes that many; `FILES=folder` takes the files of a
//! folder instead of those that are at hand here.

use std::fs;
use std::path::{Path, PathBuf};

use pipewright_yaml::fuzzing::{
    check_edited, check_outlines, check_plain, check_plain_repaired, mutated, typed,
};

/// How many changed files are read.
const MADE: u64 = 3_000;

#[test]
fn changed_files_read_as_the_parser_reads_them() {
    let made = std::env::var("MADE").ok();
    let made: u64 = made.map_or(MADE, |made| made.parse().expect("a number"));
    let folder = std::env::var_os("FILES").map_or_else(cases, PathBuf::from);
    let mut texts = Vec::new();
    collect(&folder, &mut texts);
    assert!(!texts.is_empty(), "no files in {}", folder.display());
    let as_written = texts.iter().filter(|text| check_plain(text)).count();
    let mut read = 0_u64;
    for seed in 0..made {
        let text = &texts[usize::try_from(seed).expect("fits") % texts.len()];
        let text = mutated(text, seed);
        read += u64::from(check_plain(&text));
        // What is broken is read again for each place that may be to blame.
        if seed % 8 == 0 {
            check_plain_repaired(&text);
            check_outlines(&text);
        }
    }
    println!(
        "{as_written} of {} files, {read} of {made} changed ones",
        texts.len()
    );
    // Otherwise nothing was compared.
    assert!(as_written * 2 > texts.len() && read * 10 > made);
}

#[test]
fn an_edited_text_has_the_tree_that_reading_it_has() {
    let made = std::env::var("MADE").ok();
    let made: u64 = made.map_or(MADE, |made| made.parse().expect("a number"));
    let folder = std::env::var_os("FILES").map_or_else(cases, PathBuf::from);
    let mut texts = Vec::new();
    collect(&folder, &mut texts);
    let (mut quick, mut back) = (0_u64, 0_u64);
    for seed in 0..made {
        let old = &texts[usize::try_from(seed).expect("fits") % texts.len()];
        let new = typed(old, seed);
        quick += u64::from(check_edited(old, &new));
        back += u64::from(check_edited(&new, old));
    }
    println!("{quick} of {made} edits, {back} taken back");
    // Otherwise nothing was compared.
    assert!(quick * 10 > made && back * 10 > made);
}

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/lint")
}

fn collect(folder: &Path, texts: &mut Vec<String>) {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, texts);
        } else if matches!(path.extension(), Some(end) if end == "yaml" || end == "yml") {
            texts.extend(fs::read_to_string(path));
        }
    }
}

#[test]
fn what_is_not_plain_is_left_to_the_parser() {
    let texts = [
        "",
        "a",
        "# only a comment\n",
        "- &x a\n- *x\n",
        "a: !!str b\n",
        "? a\n: b\n",
        "a: b\n c: d\n",
        "a: b\n c:\n",
        "a: b\n c # d\n",
        "a: b\n - c\n",
        "a: b\n\tc\n",
        "a: b\n c\n # d\n e\n",
        "a: \"b\nc\"\n",
        "a: \"b\n\tc\"\n",
        "a: \"b\n c\" d\n",
        "a: \"b\n c\": d\n",
        "- \"b\n c\n",
        "a: | b # c\n  d\n",
        "a: |# b\n  c\n",
        "a: |2\n   b\n",
        "a: b\n...\n",
        "%YAML 1.2\n---\na: b\n",
        "a:\tb\n",
        "a: b\r\n",
        "a: [b,\n  c]\n",
        "{a: b}: c\n",
        "---\n---\na: b\n",
        "\u{feff}a: b\n",
        "a: b: c\n",
        "a: \"\\x41\"\n",
        "a: @b\n",
        "- a: 1\n b: 2\n",
    ];
    for text in texts {
        assert!(!check_plain(text), "{text:?}");
    }
}

#[test]
fn plain_lines_are_read() {
    let texts = [
        "a: b\n",
        "a:\n  b: c\n  d:\n  - e\n  -  f: g\n     h:\ni: # j\n",
        "- a\n-   - b # c\n    - d\n",
        "---\na: b\n---\nc: d",
        "a: |\n  b\n   c\n\n  d\ne: >-\n  f\n\n  g\n",
        "\"a b\": 'c''d'\n'e': \"f\\n\"\n",
        "a: {}\nb: []\nc: [d, \"e\"]\nd: { e: f, g: [h] } # i\n",
        "a:\n  b\nc: <+d.e>\n",
        "a: b\n  c  \n\n   | d<+e:f>'\n\n",
        "a:\n  b\n  , c\nd: e # f\n",
        "- a\n  b\n- c: d\n    \"e\"\n  f: g\n",
        "a: \"b \\\n  \\ c\n\n  d\\n\\\n   e\" # f\ng: 'h\n  i''j\n  '\n",
        "- \"a\n  b\"\n- c:\n    \"d\n    e\"\n",
        "a: |- # b\n  c # d\ne: >  ## f\n  g\n",
    ];
    for text in texts {
        assert!(check_plain(text), "{text:?}");
    }
}
