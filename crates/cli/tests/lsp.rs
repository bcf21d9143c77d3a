//! `pipewright lsp` as a process: how it begins and ends.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::io::{Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Longer than the server takes to see that its editor is gone.
const PATIENCE: Duration = Duration::from_secs(20);

fn start() -> Child {
    Command::new(env!("CARGO_BIN_EXE_pipewright"))
        .args(["lsp", "--stdio"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn send(server: &mut Child, text: &str) {
    let message = format!("Content-Length: {}\r\n\r\n{text}", text.len());
    let stream = server.stdin.as_mut().unwrap();
    stream.write_all(message.as_bytes()).unwrap();
    stream.flush().unwrap();
}

fn initialize(server: &mut Child, parent: u32) {
    let params = format!(r#"{{"processId":{parent},"rootUri":null,"capabilities":{{}}}}"#);
    send(
        server,
        &format!(r#"{{"jsonrpc":"2.0","id":1,"method":"initialize","params":{params}}}"#),
    );
}

/// The exit code, which comes though the input stays open.
fn code(server: &mut Child) -> Option<i32> {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        if let Some(status) = server.try_wait().unwrap() {
            return status.code();
        }
        thread::sleep(Duration::from_millis(20));
    }
    server.kill().unwrap();
    None
}

#[test]
fn shutdown_and_exit_end_it() {
    let mut server = start();
    initialize(&mut server, std::process::id());
    send(
        &mut server,
        r#"{"jsonrpc":"2.0","id":2,"method":"shutdown"}"#,
    );
    send(&mut server, r#"{"jsonrpc":"2.0","method":"exit"}"#);
    assert_eq!(code(&mut server), Some(0));
    let mut answered = String::new();
    let output = server.stdout.as_mut().unwrap();
    output.read_to_string(&mut answered).unwrap();
    assert!(answered.contains(r#""id":2,"result":null"#), "{answered}");
    let mut server = start();
    send(&mut server, r#"{"jsonrpc":"2.0","method":"exit"}"#);
    assert_eq!(code(&mut server), Some(1));
}

#[cfg(unix)]
#[test]
fn it_ends_when_its_editor_does() {
    let mut editor = start();
    let mut server = start();
    initialize(&mut server, editor.id());
    editor.kill().unwrap();
    editor.wait().unwrap();
    assert_eq!(code(&mut server), Some(1));
}
