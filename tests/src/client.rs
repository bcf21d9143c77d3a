//! An editor for tests: it speaks to `pipewright lsp` over pipes.

#![allow(
    clippy::needless_pass_by_value,
    reason = "JSON is made where it is sent"
)]

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::io::{self, BufRead as _, BufReader, PipeReader, PipeWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use pipewright_cli::{Streams, Surroundings, run};
use serde_json::{Value, json};

/// How long a message is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// An editor with a server of its own.
#[derive(Debug)]
pub struct Client {
    to_server: Option<PipeWriter>,
    from_server: Receiver<Value>,
    server: Option<JoinHandle<(u8, String)>>,
    requests: i64,
    /// What came while something else was waited for.
    kept: RefCell<VecDeque<Value>>,
    /// The versions of open documents.
    versions: BTreeMap<String, i64>,
}

impl Client {
    /// A server that was not told anything yet.
    ///
    /// # Panics
    /// Where the system gives no pipes.
    pub fn new(arguments: &[&str]) -> Self {
        let (server_input, to_server) = io::pipe().expect("the system has pipes");
        let (from_server, mut server_output) = io::pipe().expect("the system has pipes");
        let arguments: Vec<String> = ["pipewright", "lsp"]
            .iter()
            .chain(arguments)
            .map(ToString::to_string)
            .collect();
        let server = thread::spawn(move || {
            let mut errors = Vec::new();
            let mut streams = Streams {
                input: &mut BufReader::new(server_input),
                output: &mut server_output,
                errors: &mut errors,
                surroundings: Surroundings::default(),
            };
            let code = run(arguments, &mut streams).code();
            (code, String::from_utf8_lossy(&errors).into_owned())
        });
        let (sender, messages) = mpsc::channel();
        thread::spawn(move || {
            let mut stream = BufReader::new(from_server);
            while let Some(message) = receive(&mut stream) {
                drop(sender.send(message));
            }
        });
        Self {
            to_server: Some(to_server),
            from_server: messages,
            server: Some(server),
            requests: 0,
            kept: RefCell::default(),
            versions: BTreeMap::new(),
        }
    }

    /// A server that was told what the client can do and has read these folders: until then it tells what is found in
    /// each document by itself.
    ///
    /// # Panics
    /// Where the server does not answer.
    pub fn started(folders: &[&Path], capabilities: Value) -> Self {
        let mut client = Self::new(&[]);
        client.initialize(folders, capabilities);
        client
            .ask("workspace/symbol", json!({ "query": "" }))
            .expect("the folders can be read");
        client
    }

    /// Says what the client can do. Gives what the server can.
    ///
    /// # Panics
    /// Where the server does not answer.
    pub fn initialize(&mut self, folders: &[&Path], capabilities: Value) -> Value {
        let folders: Vec<Value> = folders
            .iter()
            .map(|folder| json!({ "uri": uri(folder), "name": folder.display().to_string() }))
            .collect();
        let params = json!({
            "processId": std::process::id(),
            "rootUri": null,
            "capabilities": capabilities,
            "workspaceFolders": folders,
        });
        let answer = self
            .ask("initialize", params)
            .expect("the first message is answered");
        self.tell("initialized", json!({}));
        answer
    }

    /// Sends bytes as they are.
    ///
    /// # Panics
    /// Where the server does not listen.
    pub fn send_raw(&mut self, bytes: &[u8]) {
        let stream = self.to_server.as_mut().expect("the stream is open");
        stream.write_all(bytes).expect("the server listens");
    }

    /// Sends a message.
    pub fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.send_raw(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    /// Sends a notification.
    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request, and gives its number.
    pub fn request(&mut self, method: &str, params: Value) -> i64 {
        self.requests += 1;
        let id = self.requests;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// The answer to a request: its result, or the code of its error.
    ///
    /// # Errors
    /// With the code of the error that is the answer.
    pub fn ask(&mut self, method: &str, params: Value) -> Result<Value, i64> {
        let id = self.request(method, params);
        self.answer(id)
    }

    /// The answer to the request of a number.
    ///
    /// # Errors
    /// With the code of the error that is the answer.
    pub fn answer(&mut self, id: i64) -> Result<Value, i64> {
        let answer = self.next(|of| of.get("method").is_none() && of["id"] == id);
        match answer["error"]["code"].as_i64() {
            Some(code) => Err(code),
            None => Ok(answer["result"].clone()),
        }
    }

    /// The next message that is meant; those before it are kept.
    ///
    /// # Panics
    /// Where the server ends without it, or does not send it for a minute.
    pub fn next(&mut self, is_meant: impl Fn(&Value) -> bool) -> Value {
        let known = self.kept.borrow().iter().position(&is_meant);
        if let Some(message) = known.and_then(|at| self.kept.borrow_mut().remove(at)) {
            return message;
        }
        loop {
            let message = self.from_server.recv_timeout(PATIENCE);
            let message = message.expect("the server sends what is waited for");
            if is_meant(&message) {
                return message;
            }
            self.kept.borrow_mut().push_back(message);
        }
    }

    /// Opens a document. Gives its URI.
    pub fn open(&mut self, path: &Path, text: &str) -> String {
        let uri = uri(path);
        self.open_uri(&uri, text);
        uri
    }

    /// Opens a document by its URI.
    pub fn open_uri(&mut self, uri: &str, text: &str) {
        self.versions.insert(uri.to_owned(), 1);
        let document = json!({ "uri": uri, "languageId": "yaml", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Changes a document by these changes of the protocol.
    pub fn change(&mut self, uri: &str, changes: &Value) -> i64 {
        let version = self.versions.entry(uri.to_owned()).or_default();
        *version += 1;
        let version = *version;
        let document = json!({ "uri": uri, "version": version });
        self.tell(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": changes }),
        );
        version
    }

    /// Gives a document another text.
    pub fn replace(&mut self, uri: &str, text: &str) -> i64 {
        self.change(uri, &json!([{ "text": text }]))
    }

    /// Closes a document.
    pub fn close(&mut self, uri: &str) {
        self.tell(
            "textDocument/didClose",
            json!({ "textDocument": { "uri": uri } }),
        );
    }

    /// The next diagnostics that are told of a document.
    pub fn published(&mut self, uri: &str) -> Value {
        let message = self.next(|of| {
            of["method"] == "textDocument/publishDiagnostics" && of["params"]["uri"] == uri
        });
        message["params"].clone()
    }

    /// The diagnostics of a document as they are when asked for.
    ///
    /// # Panics
    /// Where the server has no answer.
    pub fn diagnostics(&mut self, uri: &str) -> Vec<Value> {
        let report = self.ask(
            "textDocument/diagnostic",
            json!({ "textDocument": { "uri": uri } }),
        );
        let report = report.expect("the server tells diagnostics");
        assert_eq!(report["kind"], "full");
        report["items"].as_array().expect("a list").clone()
    }

    /// Ends the server as the protocol has it. Gives its exit code and what it said.
    ///
    /// # Panics
    /// Where the server does not end.
    pub fn end(mut self) -> (u8, String) {
        assert_eq!(self.ask("shutdown", Value::Null), Ok(Value::Null));
        self.tell("exit", Value::Null);
        self.leave()
    }

    /// Closes the streams. Gives the exit code of the server and what it said.
    ///
    /// # Panics
    /// Where the server has panicked.
    pub fn leave(mut self) -> (u8, String) {
        drop(self.to_server.take());
        let server = self.server.take().expect("it runs once");
        server.join().expect("the server does not panic")
    }
}

/// The next message of a server; `None` at the end.
fn receive(stream: &mut BufReader<PipeReader>) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).expect("the server writes text") == 0 {
            return None;
        }
        if line == "\r\n" {
            break;
        }
        let value = line.strip_prefix("Content-Length: ");
        length = value.and_then(|value| value.trim().parse().ok()).or(length);
    }
    let mut body = vec![0; length.expect("a header names the length")];
    stream.read_exact(&mut body).expect("the message is whole");
    Some(serde_json::from_slice(&body).expect("a message is JSON"))
}

/// The URI of a path.
pub fn uri(path: &Path) -> String {
    let path = path.to_string_lossy().replace(' ', "%20");
    format!("file://{path}")
}

/// The position of the cursor `‸` in a text, columns in UTF-16 units.
///
/// # Panics
/// Where there is none.
pub fn position(marked: &str) -> Value {
    let before = marked.split('‸').next().expect("a part");
    assert!(before.len() < marked.len(), "a text without a cursor");
    let line = before.matches('\n').count();
    let column = before
        .rsplit('\n')
        .next()
        .unwrap_or("")
        .encode_utf16()
        .count();
    json!({ "line": line, "character": column })
}

/// A folder with these files, which is removed in the end.
///
/// # Panics
/// Where it cannot be made.
pub fn folder(files: &[(&str, &str)]) -> (tempfile::TempDir, PathBuf) {
    let directory = tempfile::tempdir().expect("a folder can be made");
    let root = directory.path().canonicalize().expect("it is there");
    for (name, text) in files {
        let path = root.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        std::fs::write(path, text).expect("it can be written");
    }
    (directory, root)
}
