//! What the server sends.

use std::io::{self, Write};

use gen_lsp_types::{Notification, Request};
use lsp_server::{Message, RequestId, Response, ResponseError};
use serde_json::Value;

/// Sends messages, one after the other.
pub(crate) struct Outbox<'a> {
    stream: &'a mut dyn Write,
    /// How many requests were sent, which numbers them.
    requests: i32,
    /// Why the stream failed, once it has.
    failure: Option<io::Error>,
}

/// A notification as it is sent. Diagnostics are many: they are written as they are, without a tree of values between.
#[derive(serde::Serialize)]
struct Told<'p, P> {
    jsonrpc: &'static str,
    method: &'p str,
    params: &'p P,
}

impl<'a> Outbox<'a> {
    pub(crate) fn new(stream: &'a mut dyn Write) -> Self {
        Self {
            stream,
            requests: 0,
            failure: None,
        }
    }

    /// Answers a request.
    pub(crate) fn respond(&mut self, id: RequestId, answer: Result<Value, ResponseError>) {
        self.send(&Message::Response(Response {
            id,
            response_result: answer,
        }));
    }

    /// Answers what cannot be told which request it was.
    pub(crate) fn respond_to_none(&mut self, error: &ResponseError) {
        let answer = serde_json::json!({ "jsonrpc": "2.0", "id": null, "error": error });
        self.write(&answer.to_string());
    }

    /// Tells the client something.
    pub(crate) fn notify<N: Notification>(&mut self, params: &N::Params) {
        let told = Told {
            jsonrpc: "2.0",
            method: N::METHOD.as_str(),
            params,
        };
        match serde_json::to_string(&told) {
            Ok(message) => self.write(&message),
            Err(error) => self.note(Err(error.into())),
        }
    }

    /// Asks the client for something whose answer nothing waits for.
    pub(crate) fn request<R: Request>(&mut self, params: &R::Params) {
        self.requests = self.requests.wrapping_add(1);
        self.send(&Message::Request(lsp_server::Request {
            id: self.requests.into(),
            method: R::METHOD.as_str().to_owned(),
            params: serde_json::to_value(params).unwrap_or_default(),
        }));
    }

    /// Why nothing more can be sent.
    pub(crate) fn failure(&mut self) -> Option<io::Error> {
        self.failure.take()
    }

    fn write(&mut self, message: &str) {
        let framed = format!("Content-Length: {}\r\n\r\n{message}", message.len());
        let written = self.stream.write_all(framed.as_bytes());
        let written = written.and_then(|()| self.stream.flush());
        self.note(written);
    }

    fn send(&mut self, message: &Message) {
        let written = message.write(&mut self.stream);
        self.note(written);
    }

    fn note(&mut self, written: io::Result<()>) {
        if let Err(error) = written {
            self.failure.get_or_insert(error);
        }
    }
}
