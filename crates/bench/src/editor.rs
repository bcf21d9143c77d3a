//! How long the language server takes for what an editor asks all day: it is started as editors start it, and spoken to
//! over its streams.

mod client;

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};
use std::{fs, io};

use serde_json::json;

use self::client::{Editor, uri};

/// How often a key is struck.
const KEYS: usize = 200;

/// How often a server is started.
const STARTS: usize = 20;

/// Prints a line for each measurement of the server that the program at this path is. Times are as the editor sees
/// them; behind them stands, where the system tells it, the time of the processor alone, which a busy machine does not
/// change.
pub(crate) fn report(program: &str) -> io::Result<()> {
    let scratch = std::env::temp_dir().join(format!("pipewright-bench-{}", std::process::id()));
    fs::create_dir_all(&scratch)?;
    let told = [
        start(program, &scratch),
        keystrokes(program, &scratch, 2_000),
        keystrokes(program, &scratch, 50_000),
        project(program, &scratch, 1_000),
        anchors(program, &scratch, 10_000),
    ];
    fs::remove_dir_all(&scratch)?;
    told.into_iter().collect()
}

fn start(program: &str, folder: &Path) -> io::Result<()> {
    let mut times = Vec::new();
    for _ in 0..STARTS {
        let begun = Instant::now();
        let editor = Editor::start(program, folder)?;
        times.push((begun.elapsed(), editor.processor_time()));
        editor.end()?;
    }
    tell("start to `initialized`", times);
    Ok(())
}

/// Strikes keys in an expression in the middle of a pipeline of so many lines.
fn keystrokes(program: &str, folder: &Path, lines: usize) -> io::Result<()> {
    let text = pipeline(lines);
    let mut editor = Editor::start(program, folder)?;
    let uri = uri(&folder.join("pipeline.yaml"));
    let (opened, took) = waited(|| {
        editor.open(&uri, &text)?;
        editor.diagnostics(&uri, 1)
    });
    let found = opened?;
    println!("{lines} lines: opened in {took:.1?}, {found} findings");
    let line = text.lines().count() / 2;
    let line = (line..)
        .zip(text.lines().skip(line))
        .find(|(_, line)| line.contains("<+pipeline.variables.tag>"));
    let (line, column) = line.map_or((0, 0), |(at, line)| {
        (at, line.find("tag>").unwrap_or(0) + 1)
    });
    let mut times = Vec::new();
    for key in 0..KEYS {
        // A letter comes and goes, so that findings come and go, too.
        let (end, letter) = if key % 2 == 0 { (0, "x") } else { (1, "") };
        let at = |column: usize| json!({ "line": line, "character": column });
        let range = json!({ "start": at(column), "end": at(column + end) });
        let before = editor.processor_time();
        let (told, took) = waited(|| {
            let version = editor.change(&uri, &json!([{ "range": range, "text": letter }]))?;
            editor.diagnostics(&uri, version)
        });
        told?;
        times.push((took, since(before, editor.processor_time())));
    }
    tell(&format!("{lines} lines: a key to its diagnostics"), times);
    let document = json!({ "uri": uri });
    let position = json!({ "line": line, "character": column });
    let at = json!({ "textDocument": document, "position": position });
    for (name, params) in [
        ("textDocument/completion", &at),
        ("textDocument/hover", &at),
        ("textDocument/definition", &at),
        ("textDocument/semanticTokens/full", &at),
        ("textDocument/documentSymbol", &at),
        ("textDocument/codeLens", &at),
    ] {
        let mut times = Vec::new();
        for _ in 0..STARTS {
            let before = editor.processor_time();
            let (answer, took) = waited(|| editor.ask(name, params));
            answer?;
            times.push((took, since(before, editor.processor_time())));
        }
        tell(&format!("{lines} lines: {name}"), times);
    }
    if let Some(kilobytes) = editor.memory() {
        println!("{lines} lines: {} MB resident", kilobytes / 1_000);
    }
    editor.end()
}

/// Opens a file of a project with so many, each of a hundred lines.
fn project(program: &str, folder: &Path, files: usize) -> io::Result<()> {
    let root = folder.join("project");
    fs::create_dir_all(&root)?;
    let text = pipeline(100);
    for file in 0..files {
        let text = text.replace("identifier: release", &format!("identifier: release{file}"));
        fs::write(root.join(format!("pipeline{file}.yaml")), text)?;
    }
    for (name, pause) in [("at once", 0), ("after half a second", 500)] {
        let mut editor = Editor::start(program, &root)?;
        std::thread::sleep(Duration::from_millis(pause));
        let uri = uri(&root.join("pipeline7.yaml"));
        let text = text.replace("identifier: release", "identifier: release7");
        let (found, took) = waited(|| {
            editor.open(&uri, &text)?;
            editor.diagnostics(&uri, 1)
        });
        found?;
        println!("{files} files, one opened {name}: first diagnostics after {took:.1?}");
        let params = json!({ "previousResultIds": [] });
        let (all, took) = waited(|| editor.ask("workspace/diagnostic", &params));
        let all = all?;
        let count = all["items"].as_array().map_or(0, Vec::len);
        println!("{files} files: diagnostics of {count} after {took:.1?}");
        let mut times = Vec::new();
        for key in 0..STARTS {
            let before = editor.processor_time();
            let text = format!("{text}# {key}\n");
            let (told, took) = waited(|| {
                let version = editor.change(&uri, &json!([{ "text": text }]))?;
                editor.diagnostics(&uri, version)
            });
            told?;
            times.push((took, since(before, editor.processor_time())));
        }
        tell(&format!("{files} files: a key to its diagnostics"), times);
        if let Some(kilobytes) = editor.memory() {
            println!("{files} files: {} MB resident", kilobytes / 1_000);
        }
        editor.end()?;
    }
    Ok(())
}

/// Completes beside so many anchors.
fn anchors(program: &str, folder: &Path, anchors: usize) -> io::Result<()> {
    let mut text = pipeline(100) + "  tags:\n";
    for anchor in 0..anchors {
        let _ = writeln!(text, "    a{anchor}: &a{anchor} <+pipeline.name>");
    }
    let line = text.lines().count();
    text += "    last: <+pipeline.variables.\n";
    let mut editor = Editor::start(program, folder)?;
    let uri = uri(&folder.join("anchors.yaml"));
    editor.open(&uri, &text)?;
    editor.diagnostics(&uri, 1)?;
    let position = json!({ "line": line, "character": "    last: <+pipeline.variables.".len() });
    let params = json!({ "textDocument": { "uri": uri }, "position": position });
    let mut times = Vec::new();
    for _ in 0..STARTS {
        let before = editor.processor_time();
        let (answer, took) = waited(|| editor.ask("textDocument/completion", &params));
        assert_eq!(answer?["items"][0]["label"], "tag");
        times.push((took, since(before, editor.processor_time())));
    }
    tell(&format!("{anchors} anchors: completion"), times);
    editor.end()
}

/// A pipeline of about so many lines: stages of steps with scripts, conditions and outputs that later ones read.
fn pipeline(lines: usize) -> String {
    let mut text = "pipeline:\n  identifier: release\n  variables:\n    - name: tag\n      type: String\n      value: v1\n  stages:\n"
        .to_owned();
    for stage in 0.. {
        let _ = write!(
            text,
            "    - stage:\n        identifier: Stage{stage}\n        type: Custom\n        when:\n          \
             pipelineStatus: Success\n          condition: <+pipeline.variables.tag> == \"v{stage}\"\n        \
             spec:\n          execution:\n            steps:\n"
        );
        for step in 0..8 {
            let before = step.max(1) - 1;
            let read = if step == 0 {
                "<+pipeline.variables.tag>".to_owned()
            } else {
                format!("<+execution.steps.Step{before}.output.outputVariables.digest>")
            };
            let _ = write!(
                text,
                "              - step:\n                  identifier: Step{step}\n                  type: ShellScript\n                  \
                 timeout: 10m\n                  spec:\n                    shell: Bash\n                    source:\n                      \
                 type: Inline\n                      spec:\n                        script: |\n                          \
                 echo <+pipeline.variables.tag> <+stage.identifier>\n                          echo {read}\n                    \
                 outputVariables:\n                      - name: digest\n                        type: String\n                        \
                 value: digest\n"
            );
            if text.lines().count() >= lines {
                return text;
            }
        }
    }
    text
}

/// Prints median, 99th percentile and most of some times, and median and 99th percentile of those of the processor.
fn tell(name: &str, times: Vec<(Duration, Option<Duration>)>) {
    let of = |mut times: Vec<Duration>| {
        times.sort_unstable();
        let at = |part: usize| {
            times
                .get((times.len() * part / 100).min(times.len() - 1))
                .copied()
        };
        (at(50).unwrap_or_default(), at(99).unwrap_or_default())
    };
    let processor: Vec<Duration> = times.iter().filter_map(|(_, of)| *of).collect();
    let (median, last) = of(times.into_iter().map(|(of, _)| of).collect());
    let processor = (!processor.is_empty()).then(|| {
        let (median, last) = of(processor);
        format!(" (processor {median:.1?}, {last:.1?})")
    });
    println!(
        "{name}: median {median:.1?}, p99 {last:.1?}{}",
        processor.unwrap_or_default()
    );
}

/// Does something, and tells how long it took on the clock: the server works in another process.
fn waited<T>(action: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    (action(), begun.elapsed())
}

fn since(before: Option<Duration>, now: Option<Duration>) -> Option<Duration> {
    now?.checked_sub(before?)
}
