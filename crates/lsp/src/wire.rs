//! Messages on a stream: a header with the length, then JSON.
//!
//! `lsp-server` can read them, too, but gives up at the first that is broken, and takes any length that a header names.

use std::io::{self, BufRead, Read as _};

use lsp_server::Message;

/// The longest message that is read, in bytes: 64 MiB, four times the largest file.
const MAX_MESSAGE_BYTES: u64 = 64 << 20;

/// The longest line of a header, in bytes.
const MAX_HEADER_BYTES: u64 = 4 << 10;

/// What came in.
#[derive(Debug)]
pub(crate) enum Received {
    /// A message.
    Message(Message),
    /// Something that is none; why.
    Broken(String),
}

/// The next message. `None` at the end of the stream.
///
/// # Errors
/// When the stream fails.
pub(crate) fn read(stream: &mut dyn BufRead) -> io::Result<Option<Received>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        let mut limited = (&mut *stream).take(MAX_HEADER_BYTES);
        if limited.read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = line.trim_ascii();
        if line.is_empty() {
            break;
        }
        if let Some(told) = content_length(line) {
            length = Some(told);
        }
    }
    let Some(length) = length else {
        return Ok(Some(Received::Broken(
            "a header without Content-Length".to_owned(),
        )));
    };
    let mut body = Vec::new();
    if length > MAX_MESSAGE_BYTES {
        io::copy(&mut stream.take(length), &mut io::sink())?;
        let reason = format!("a message of {length} bytes; at most {MAX_MESSAGE_BYTES} are read");
        return Ok(Some(Received::Broken(reason)));
    }
    stream.take(length).read_to_end(&mut body)?;
    if (body.len() as u64) < length {
        return Ok(None);
    }
    let received = match serde_json::from_slice(&body) {
        Ok(message) => Received::Message(message),
        Err(error) => Received::Broken(error.to_string()),
    };
    Ok(Some(received))
}

/// The length that a line of a header names.
fn content_length(line: &[u8]) -> Option<u64> {
    let line = str::from_utf8(line).ok()?;
    let (name, value) = line.split_once(':')?;
    let is_length = name.trim().eq_ignore_ascii_case("Content-Length");
    value.trim().parse().ok().filter(|_| is_length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut stream: &[u8]) -> Vec<String> {
        let mut found = Vec::new();
        while let Some(received) = read(&mut stream).unwrap() {
            found.push(match received {
                Received::Message(Message::Notification(of)) => of.method,
                Received::Message(other) => format!("{other:?}"),
                Received::Broken(_) => "broken".to_owned(),
            });
        }
        found
    }

    #[test]
    fn what_is_broken_does_not_hide_what_follows() {
        let message = "Content-Length: 14\r\n\r\n{\"method\":\"a\"}";
        let other = "content-length:14\nContent-Type: x\n\n{\"method\":\"b\"}";
        assert_eq!(all(format!("{message}{other}").as_bytes()), ["a", "b"]);
        let broken = "Content-Length: 3\r\n\r\n{a}";
        assert_eq!(
            all(format!("{broken}{message}").as_bytes()),
            ["broken", "a"]
        );
        let headless = "nonsense\r\n\r\n";
        assert_eq!(
            all(format!("{headless}{message}").as_bytes()),
            ["broken", "a"]
        );
        assert_eq!(all(b"Content-Length: 99\r\n\r\n{}"), [""; 0]);
        let endless = "Content-Length: 99999999999999\r\n\r\n{}";
        assert_eq!(all(endless.as_bytes()), ["broken"]);
    }
}
