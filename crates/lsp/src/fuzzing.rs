//! What must hold for every stream of messages.

use std::collections::BTreeMap;

use lsp_server::Message;

use crate::wire::{self, Received};
use crate::{Ended, Settings, serve};

/// Sends each line as a message, and asserts that every request has one answer. A line that begins with `!` is sent as
/// it is, without a length. URIs of files lead nowhere, so that nothing on disk is read.
///
/// # Panics
/// Where a request has no answer or several, or what the server sends is no message.
pub fn check_messages(data: &[u8]) {
    let text = String::from_utf8_lossy(data).replace("file:", "none:");
    let mut stream = Vec::new();
    for line in text.lines() {
        match line.strip_prefix('!') {
            Some(raw) => stream.extend(raw.bytes()),
            None => stream.extend(format!("Content-Length: {}\r\n\r\n{line}", line.len()).bytes()),
        }
    }
    let mut sent = Vec::new();
    let ended = serve(
        &*stream,
        &mut sent,
        &mut std::io::sink(),
        &Settings::default(),
    );
    let ended = ended.expect("a vector takes everything");
    assert_ne!(ended, Ended::Deserted);
    let mut asked: BTreeMap<String, i64> = BTreeMap::new();
    for message in messages(&stream) {
        match message {
            Message::Request(request) => *asked.entry(request.id.to_string()).or_default() += 1,
            Message::Notification(of) if of.method == "exit" => break,
            _ => {}
        }
    }
    for message in messages(&sent) {
        if let Message::Response(of) = message {
            *asked.entry(of.id.to_string()).or_default() -= 1;
        }
    }
    let unanswered = asked.iter().find(|(_, count)| **count != 0);
    assert_eq!(unanswered, None);
}

fn messages(mut stream: &[u8]) -> Vec<Message> {
    let mut found = Vec::new();
    while let Some(received) = wire::read(&mut stream).expect("bytes can be read") {
        if let Received::Message(message) = received {
            found.push(message);
        }
    }
    found
}
