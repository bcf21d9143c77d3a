//! What is left of a file where writing it is cut short: the whole old or the whole new text, and nothing between.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use pipewright_workspace::replace;

/// Names the file that the writer writes.
const FILE: &str = "PIPEWRIGHT_CUT_SHORT";

/// Long enough that a write takes a while.
const LINES: usize = 100_000;

fn texts() -> [String; 2] {
    ["old\n", "new\n"].map(|line| line.repeat(LINES))
}

/// Writes the file again and again; says that it begins by a file beside it.
#[test]
#[ignore = "the other tests start it and cut it short"]
fn writer() {
    let path = std::env::var_os(FILE).unwrap();
    let path = Path::new(&path);
    fs::write(path.with_extension("begun"), "").unwrap();
    for text in texts().iter().rev().cycle() {
        replace(path, text.as_bytes()).unwrap();
    }
}

/// This program as the writer of a file, started by a line of the shell that ends in `"$0" "$@"`.
fn writer_of(path: &Path, line: &str) -> Command {
    let mut command = Command::new("sh");
    command
        .args(["-c", line])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "writer", "--ignored"])
        .env(FILE, path)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

#[test]
fn a_killed_writer_leaves_a_whole_file() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("a.yaml");
    let begun = path.with_extension("begun");
    let [old, new] = texts();
    let (mut new_ones, mut halves) = (0, 0);
    for number in 0..50 {
        fs::write(&path, &old).unwrap();
        let mut writer = writer_of(&path, r#"exec "$0" "$@""#).spawn().unwrap();
        while !begun.exists() {
            assert!(
                writer.try_wait().unwrap().is_none(),
                "the writer runs until it is killed"
            );
            sleep(Duration::from_millis(1));
        }
        sleep(Duration::from_micros(number * 700));
        writer.kill().unwrap();
        writer.wait().unwrap();
        fs::remove_file(&begun).unwrap();
        let left = fs::read_to_string(&path).unwrap();
        assert!(left == old || left == new, "{number}: {} bytes", left.len());
        new_ones += usize::from(left == new);
        halves += fs::read_dir(directory.path()).unwrap().count() - 1;
        replace(&path, old.as_bytes()).unwrap();
        let left = fs::read_dir(directory.path()).unwrap().count();
        assert_eq!(left, 1, "{number}: what was left beside the file goes");
    }
    assert!(new_ones > 0, "the writer comes to write something");
    assert!(halves > 0, "the writer is killed while it writes");
}

#[test]
fn a_full_disk_leaves_the_old_file() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("a.yaml");
    fs::write(&path, "old\n").unwrap();
    // No file may grow beyond 16 blocks, as on a disk that is full.
    let limited = r#"ulimit -f 16; trap '' XFSZ; exec "$0" "$@""#;
    let status = writer_of(&path, limited).status().unwrap();
    assert!(!status.success(), "writing fails");
    assert_eq!(fs::read_to_string(&path).unwrap(), "old\n");
    let left = fs::read_dir(directory.path()).unwrap().count();
    assert_eq!(left, 2, "the file and what says that the writer began");
}
