//! Hostile inputs on the built command, each in a process of its own with limits of time and memory.
//!
//! A line of `tests/data/attack/*.jsonl` is a case: `run` for a shell in an empty directory, the `exit` code (or
//! several), what stands in the output and error stream (`out`), and what must not (`not`). A case that is `pending` is
//! known to fail; `ATTACK=pending cargo test -p pipewright-cli --test attack -- --nocapture` tells which of those hold
//! by now, `ATTACK=a02` runs the cases whose id begins so, pending or not. `ATTACK_BINARY` names another build of the
//! command.
#![cfg(unix)]

use std::fs::{self, File};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde_json::Value as Json;

/// The address space of a process, in KiB: 1.5 GB.
const MEMORY: u32 = 1_500_000;

/// How long a case may take: `ATTACK_SECONDS`, else what tells slow from endless in a build without optimization on a
/// busy machine. A release build has five seconds for each.
fn limit() -> Duration {
    let asked = std::env::var("ATTACK_SECONDS").ok();
    Duration::from_secs(
        asked
            .and_then(|seconds| seconds.parse().ok())
            .unwrap_or(120),
    )
}

/// Makes texts too long to be written: `rep TEXT COUNT`.
const PROLOGUE: &str =
    r#"rep() { awk -v t="$1" -v n="$2" 'BEGIN { for (i = 0; i < n; i++) printf "%s", t }'; }"#;

fn binary() -> PathBuf {
    let other = std::env::var_os("ATTACK_BINARY");
    other.map_or_else(|| env!("CARGO_BIN_EXE_pipewright").into(), PathBuf::from)
}

/// Every case, file by file. A packaged crate comes without them.
fn cases() -> Vec<Json> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/attack");
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    let read = |path| fs::read_to_string(path).expect("cases are UTF-8");
    let lines = paths.into_iter().map(read).collect::<String>();
    let case = |line| serde_json::from_str(line).expect("a line is a case");
    lines.lines().map(case).collect()
}

#[test]
fn attacks_are_survived() {
    let wanted = std::env::var("ATTACK").unwrap_or_default();
    let chosen: Vec<Json> = cases()
        .into_iter()
        .filter(|case| match wanted.as_str() {
            "" => !is_pending(case),
            "pending" => is_pending(case),
            start => id(case).starts_with(start),
        })
        .collect();
    let next = Mutex::new(chosen.iter());
    let failures = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(case) = take(&next) {
                    let (took, failure) = survive(case);
                    let word = if failure.is_some() { "fails" } else { "holds" };
                    println!("{word} {} {:.1} s", id(case), took.as_secs_f64());
                    failures.lock().expect("no panic").extend(failure);
                }
            });
        }
    });
    let failures = failures.into_inner().expect("no panic");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn take<'c>(next: &Mutex<std::slice::Iter<'c, Json>>) -> Option<&'c Json> {
    next.lock().expect("no panic").next()
}

fn id(case: &Json) -> &str {
    case["id"].as_str().expect("a case has an id")
}

fn is_pending(case: &Json) -> bool {
    case["pending"] == true
}

/// Runs a case: how long it took, and what is wrong.
fn survive(case: &Json) -> (Duration, Option<String>) {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let folder = directory.path().join("work");
    fs::create_dir(&folder).expect("a new directory");
    std::os::unix::fs::symlink(binary(), directory.path().join("pipewright")).expect("a new link");
    let said = directory.path().join("said");
    let output = File::create(&said).expect("a new file");
    let run = case["run"].as_str().expect("a case has a command");
    let path = std::env::var("PATH").unwrap_or_default();
    let started = Instant::now();
    let mut child = Command::new("bash")
        .args(["-c", &format!("ulimit -v {MEMORY}; {PROLOGUE}; {run}")])
        .current_dir(&folder)
        .env("PATH", format!("{}:{path}", directory.path().display()))
        .env("LC_ALL", "C.UTF-8")
        .env_remove("RUST_BACKTRACE")
        .stdin(Stdio::null())
        .stdout(output.try_clone().expect("a second handle"))
        .stderr(output)
        .process_group(0)
        .spawn()
        .expect("bash can be run");
    let code = loop {
        if let Some(status) = child.try_wait().expect("a child can be asked") {
            break status.code();
        }
        if started.elapsed() > limit() {
            // The group, so that nothing behind a pipe is left.
            let group = format!("-{}", child.id());
            let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
            let _ = child.wait();
            return (
                started.elapsed(),
                Some(format!("{}: takes too long", id(case))),
            );
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let said = fs::read(said).expect("what was said can be read");
    let failure = wrong(case, code, &String::from_utf8_lossy(&said));
    (started.elapsed(), failure)
}

fn wrong(case: &Json, code: Option<i32>, said: &str) -> Option<String> {
    let short: String = said.chars().take(600).collect();
    let told = |what: String| Some(format!("{}: {what}\n{short}", id(case)));
    let codes = match &case["exit"] {
        Json::Array(codes) => codes.clone(),
        code => vec![code.clone()],
    };
    if !codes
        .iter()
        .any(|wanted| wanted.as_i64() == code.map(i64::from))
    {
        return told(format!("the exit code is {code:?}"));
    }
    let texts = |name: &str| {
        let list = case[name].as_array().map_or(&[][..], Vec::as_slice);
        list.iter().filter_map(Json::as_str)
    };
    if let Some(missing) = texts("out").find(|text| !said.contains(text)) {
        return told(format!("{missing:?} is not said"));
    }
    let never = texts("not").find(|text| said.contains(text));
    never.and_then(|text| told(format!("{text:?} is said")))
}
