//! A file that `check --fix` writes is the whole old or the whole new one, however the process ends.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// How many files are fixed at once.
const FILES: usize = 12;

/// How often the process is killed.
const KILLS: u64 = 50;

/// A pipeline with something to fix, and so much text that writing it takes more than one piece.
fn wrong() -> String {
    let filler = "  # a comment that stays where it is, whatever is mended above it\n".repeat(400);
    format!("pipeline:\n  identifier: p q\n  name: p\n{filler}")
}

fn paths(directory: &Path) -> Vec<PathBuf> {
    let name = |number| directory.join(format!("{number}.yaml"));
    (0..FILES).map(name).collect()
}

fn write_all(directory: &Path, text: &str) {
    for path in paths(directory) {
        fs::write(path, text).unwrap();
    }
}

fn command(directory: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pipewright"));
    command
        .args(["check", "--unsafe-fixes", "--quiet"])
        .current_dir(directory)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

#[test]
fn a_killed_process_leaves_whole_files() {
    let directory = tempfile::tempdir().unwrap();
    let old = wrong();
    write_all(directory.path(), &old);
    let started = std::time::Instant::now();
    command(directory.path()).status().unwrap();
    let whole = started.elapsed();
    let new = old.replace("p q", "p_q");
    for path in paths(directory.path()) {
        assert!(fs::read_to_string(path).unwrap() == new);
    }
    let mut mixed = 0;
    for kill in 0..KILLS {
        write_all(directory.path(), &old);
        let mut process = command(directory.path()).spawn().unwrap();
        // Writing is what comes last, so that most of the moments are late ones.
        let share = 50 + kill * 60 / KILLS;
        let wait = whole * u32::try_from(share).unwrap() / 100;
        std::thread::sleep(wait.max(Duration::from_millis(1)));
        // It may have ended by itself.
        let _ = process.kill();
        process.wait().unwrap();
        let texts: Vec<String> = paths(directory.path())
            .into_iter()
            .map(|path| fs::read_to_string(path).unwrap())
            .collect();
        assert!(texts.iter().all(|text| *text == old || *text == new));
        mixed += usize::from(texts.contains(&old) && texts.contains(&new));
    }
    println!("{mixed} of {KILLS} kills came while files were written");
    write_all(directory.path(), &old);
    command(directory.path()).status().unwrap();
    let left = fs::read_dir(directory.path()).unwrap().count();
    assert_eq!(left, FILES, "what killed processes left behind goes");
}

/// A limit on the size of files does what a full disk does.
#[test]
fn a_full_disk_leaves_the_old_file() {
    let directory = tempfile::tempdir().unwrap();
    let old = wrong();
    write_all(directory.path(), &old);
    let output = Command::new("sh")
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f 16; exec \"$0\" check --unsafe-fixes --quiet",
        ])
        .arg(env!("CARGO_BIN_EXE_pipewright"))
        .current_dir(directory.path())
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{errors}");
    assert!(
        errors.contains("cannot write `0.yaml`: the disk is full"),
        "{errors}"
    );
    for path in paths(directory.path()) {
        assert!(fs::read_to_string(path).unwrap() == old);
    }
    let left = fs::read_dir(directory.path()).unwrap().count();
    assert_eq!(left, FILES);
}
