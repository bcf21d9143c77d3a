//! An editor that speaks to a server over its streams.

use std::fs;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

/// The URI of a file.
pub(super) fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// An editor without a screen.
pub(super) struct Editor {
    server: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    requests: u64,
    version: u64,
}

impl Editor {
    /// Starts a server that has a folder open.
    pub(super) fn start(program: &str, folder: &Path) -> io::Result<Self> {
        let mut command = Command::new(program);
        let command = command
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut server = command.spawn()?;
        let streams = server.stdin.take().zip(server.stdout.take());
        let (input, output) = streams.ok_or_else(|| io::Error::other("streams are missing"))?;
        let mut editor = Self {
            server,
            input,
            output: BufReader::new(output),
            requests: 0,
            version: 1,
        };
        let folder = json!({ "uri": uri(folder), "name": "bench" });
        let params = json!({ "processId": null, "capabilities": {}, "workspaceFolders": [folder] });
        editor.ask("initialize", &params)?;
        editor.tell("initialized", &json!({}))?;
        Ok(editor)
    }

    fn send(&mut self, message: &Value) -> io::Result<()> {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len())?;
        self.input.flush()
    }

    fn receive(&mut self) -> io::Result<Value> {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if self.output.read_line(&mut line)? == 0 {
                return Err(io::Error::other("the server is gone"));
            }
            match line.trim_end().strip_prefix("Content-Length: ") {
                Some(of) => length = of.parse().map_err(io::Error::other)?,
                None if line == "\r\n" => break,
                None => {}
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body)?;
        serde_json::from_slice(&body).map_err(io::Error::other)
    }

    pub(super) fn tell(&mut self, method: &str, params: &Value) -> io::Result<()> {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }))
    }

    pub(super) fn ask(&mut self, method: &str, params: &Value) -> io::Result<Value> {
        self.requests += 1;
        let id = self.requests;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }))?;
        loop {
            let mut message = self.receive()?;
            if message["id"] == id {
                return Ok(message["result"].take());
            }
        }
    }

    pub(super) fn open(&mut self, uri: &str, text: &str) -> io::Result<()> {
        self.version = 1;
        let document = json!({ "uri": uri, "languageId": "yaml", "version": 1, "text": text });
        self.tell("textDocument/didOpen", &json!({ "textDocument": document }))
    }

    pub(super) fn change(&mut self, uri: &str, changes: &Value) -> io::Result<u64> {
        self.version += 1;
        let document = json!({ "uri": uri, "version": self.version });
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.tell("textDocument/didChange", &params)?;
        Ok(self.version)
    }

    /// Waits for the diagnostics of a version of a document. Gives how many there are.
    pub(super) fn diagnostics(&mut self, uri: &str, version: u64) -> io::Result<usize> {
        loop {
            let message = self.receive()?;
            let params = &message["params"];
            if params["uri"] == uri && params["version"] == version {
                return Ok(params["diagnostics"].as_array().map_or(0, Vec::len));
            }
        }
    }

    /// What the server took of the processor so far, where the system tells.
    pub(super) fn processor_time(&self) -> Option<Duration> {
        let threads = fs::read_dir(format!("/proc/{}/task", self.server.id())).ok()?;
        let times = threads.filter_map(|thread| {
            let path: PathBuf = thread.ok()?.path().join("schedstat");
            let text = fs::read_to_string(path).ok()?;
            text.split(' ').next()?.parse::<u64>().ok()
        });
        Some(Duration::from_nanos(times.sum()))
    }

    /// The kilobytes of the server that are in memory, where the system tells.
    pub(super) fn memory(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.server.id())).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.trim().trim_end_matches(" kB").parse().ok()
    }

    pub(super) fn end(mut self) -> io::Result<()> {
        self.ask("shutdown", &Value::Null)?;
        self.tell("exit", &Value::Null)?;
        self.server.wait().map(drop)
    }
}
