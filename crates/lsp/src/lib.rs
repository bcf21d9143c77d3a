//! The language server: what editors ask, answered over the Language Server Protocol.
//!
//! One loop takes a message after the other and answers it from snapshots that are kept while files are edited; what
//! can wait, such as checking the files that use an edited template, is done when no message waits. A second thread
//! only reads, so that a question can be taken back while others are answered. No message ends the server but `exit`:
//! what cannot be understood is answered with an error.
//!
//! ```
//! use pipewright_lsp::{Ended, Settings, serve};
//!
//! let message = |text: &str| format!("Content-Length: {}\r\n\r\n{text}", text.len());
//! let asked = [
//!     r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#,
//!     r#"{"jsonrpc":"2.0","id":2,"method":"shutdown"}"#,
//!     r#"{"jsonrpc":"2.0","method":"exit"}"#,
//! ];
//! let asked: String = asked.map(message).concat();
//! let mut answered = Vec::new();
//! let settings = Settings::default();
//! let ended = serve(asked.as_bytes(), &mut answered, &mut std::io::sink(), &settings)?;
//! assert_eq!(ended, Ended::ShutDown);
//! assert!(String::from_utf8_lossy(&answered).contains("positionEncoding"));
//! # Ok::<(), std::io::Error>(())
//! ```

mod actions;
mod answers;
mod capabilities;
mod client;
mod completion;
mod convert;
mod diagnostics;
mod documents;
mod edits;
mod encoding;
#[doc(hidden)]
pub mod fuzzing;
mod hover;
mod log;
mod notifications;
mod outbox;
mod parent;
mod project;
mod projects;
mod renaming;
mod reports;
mod requests;
mod server;
mod shape;
mod signature;
mod symbols;
mod tokens;
mod uri;
mod values;
mod wire;

pub use server::{Ended, Settings, serve};
