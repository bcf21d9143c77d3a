//! Files of tests are run again as they are written.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// An output that another thread reads while it is written.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Shared {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    /// Waits until the text has some words in it.
    fn wait_for(&self, words: &str) {
        for _ in 0..600 {
            if self.text().contains(words) {
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
        panic!("{words:?} never came:\n{}", self.text());
    }
}

#[test]
fn a_watch_runs_again_what_a_file_touches_until_it_is_interrupted() {
    let directory = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(directory.path().join(name), text).unwrap();
    let pipeline = |stage: &str| {
        format!(
            "pipeline: {{ identifier: p, stages: [{{ stage: {{ identifier: {stage}, type: Custom, spec: {{}} }} }}] }}\n"
        )
    };
    let test = |file: &str, name: &str| {
        format!(
            "pipeline: {file}\ntests: [{{ name: {name}, expect: {{ runs: [pipeline.stages.S] }} }}]\n"
        )
    };
    write("a.yaml", &pipeline("S"));
    write("b.yaml", &pipeline("S"));
    write("a.test.yaml", &test("a.yaml", "first"));
    write("b.test.yaml", &test("b.yaml", "second"));

    let output = Shared::default();
    let surroundings = pipewright_cli::Surroundings {
        directory: directory.path().to_owned(),
        ..Default::default()
    };
    let interrupted = Arc::clone(&surroundings.interrupted);
    let mut written = output.clone();
    let watch = thread::spawn(move || {
        let mut streams = pipewright_cli::Streams {
            input: &mut std::io::empty(),
            output: &mut written,
            errors: &mut std::io::sink(),
            surroundings,
        };
        pipewright_cli::run(["pipewright", "test", "--watch"], &mut streams).code()
    });

    output.wait_for("2 passed, 0 failed");
    write("b.yaml", &pipeline("Other"));
    output.wait_for("FAILED second");
    output.wait_for("0 passed, 1 failed");
    assert_eq!(
        output.text().matches("ok first").count(),
        1,
        "{}",
        output.text()
    );
    write("c.test.yaml", &test("a.yaml", "third"));
    output.wait_for("ok third");
    interrupted.store(true, Ordering::Relaxed);
    // A file of tests that was not run again counts as before.
    assert_eq!(watch.join().unwrap(), 1);
    assert_eq!(
        output.text().matches("ok first").count(),
        1,
        "{}",
        output.text()
    );
}
