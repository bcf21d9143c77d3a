//! What editors ask of Harness files: plain data over a [`Snapshot`], without a protocol.
//!
//! Every question takes a file and the byte of it at which the cursor stands, between two characters or at the end. A
//! place where there is nothing to say has an empty answer, never an error.
//!
//! ```
//! use pipewright_analysis::Snapshot;
//!
//! let text = "
//! pipeline:
//!   identifier: release
//!   variables: [{ name: tag, type: String, value: v1 }]
//!   stages:
//!     - stage: { identifier: Build, type: Custom, spec: {}, description: <+pipeline.variables.tag> }
//! ";
//! let mut snapshot = Snapshot::default();
//! let file = snapshot.set_text("pipeline.yaml", text);
//! let cursor = text.find("tag>").and_then(|at| u32::try_from(at).ok()).expect("it is there");
//! let declared = pipewright_ide::definition(&snapshot, file, cursor);
//! assert_eq!(snapshot.sources().slice(declared[0].name), "tag");
//! assert_eq!(pipewright_ide::references(&snapshot, file, cursor).len(), 1);
//! ```
//!
//! [`Snapshot`]: pipewright_analysis::Snapshot

mod action;
mod completion;
mod cursor;
mod declaration;
mod declared;
mod definition;
mod documented;
mod evaluate;
mod folding;
mod format;
mod highlight;
mod hint;
mod hover;
mod island;
mod known;
mod link;
mod references;
mod rename;
mod selection;
mod signature;
mod symbols;
mod token;

pub use action::{Action, ActionKind, actions, fix_all};
pub use completion::{Completion, CompletionKind, complete};
pub use declaration::{Declaration, DeclarationKind};
pub use definition::definition;
pub use evaluate::{Evaluated, conditions, evaluate};
pub use folding::folds;
pub use format::{format_expression, format_expressions};
pub use highlight::{Highlight, highlight};
pub use hint::{Hint, hints};
pub use hover::{Hover, hover};
pub use known::Known;
pub use link::{Link, links};
pub use references::references;
pub use rename::{Rename, RenameError, rename, renamed};
pub use selection::selection;
pub use signature::{Signature, SignatureHelp, signature_help};
pub use symbols::{Symbol, symbols};
pub use token::{SemanticKind, SemanticToken, semantic_tokens};
