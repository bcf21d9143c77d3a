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
        let answer = answer.to_string();
        let header = format!("Content-Length: {}\r\n\r\n{answer}", answer.len());
        let written = self.stream.write_all(header.as_bytes());
        self.note(written);
    }

    /// Tells the client something.
    pub(crate) fn notify<N: Notification>(&mut self, params: &N::Params) {
        self.send(&Message::Notification(lsp_server::Notification {
            method: N::METHOD.as_str().to_owned(),
            params: serde_json::to_value(params).unwrap_or_default(),
        }));
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
