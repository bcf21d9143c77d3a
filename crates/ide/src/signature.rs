//! What the function takes in whose parentheses the cursor stands.

use pipewright_analysis::Snapshot;
use pipewright_engine::FUNCTORS;
use pipewright_jexl::methods::{Receiver, table};
use pipewright_source::FileId;
use pipewright_syntax::{Token, TokenKind, tokens};

use crate::completion::expression_before;

/// What may be called.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct SignatureHelp {
    /// The ways to call it, the most specific first.
    pub signatures: Vec<Signature>,
    /// The place of the parameter at the cursor, from 0.
    pub active_parameter: usize,
}

/// One way to call something.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Signature {
    /// How it is written, with the types of what it takes and gives.
    pub label: String,
    /// What it takes, as it stands in the label.
    pub parameters: Vec<String>,
    /// What it does, in a sentence.
    pub doc: String,
}

/// What the call at the cursor takes: a functor, or the methods of that name of every kind of value, as the value is
/// known to a run alone. Read off the tokens before the cursor, so that the text need not be finished. `None` outside
/// of parentheses, and where nothing is called so.
pub fn signature_help(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<SignatureHelp> {
    let before = expression_before(snapshot, file, offset)?;
    let all = tokens(&before);
    let (open, active_parameter) = open_call(&all, &before)?;
    let behind_blanks = |end: usize| {
        let mut tokens = all[..end].iter().enumerate().rev();
        tokens.find(|(_, token)| token.kind != TokenKind::Blank)
    };
    let (at, name) = behind_blanks(open)?;
    if !matches!(name.kind, TokenKind::Name | TokenKind::Keyword) {
        return None;
    }
    let text = |token: &Token| token.range.slice(&before).to_owned();
    let name = text(name);
    let receiver = behind_blanks(at).filter(|(_, token)| token.kind == TokenKind::Dot);
    let root = receiver.and_then(|(dot, _)| {
        let (at, root) = behind_blanks(dot)?;
        let is_first = behind_blanks(at).is_none_or(|(_, token)| token.kind != TokenKind::Dot);
        is_first.then(|| text(root))
    });
    let signatures = signatures_of(&name, receiver.is_some(), root.as_deref());
    (!signatures.is_empty()).then_some(SignatureHelp {
        signatures,
        active_parameter,
    })
}

/// The ways to call a name: the functor of that root, or else the methods of every kind of value, where it is called on
/// one.
pub(crate) fn signatures_of(name: &str, has_receiver: bool, root: Option<&str>) -> Vec<Signature> {
    let functors = FUNCTORS.iter();
    let functors = functors.filter(|of| of.name == name && root == Some(of.root));
    let mut signatures: Vec<Signature> = functors
        .map(|of| Signature {
            label: of.signature(),
            parameters: of
                .parameters
                .iter()
                .map(|parameter| format!("{}: {}", parameter.name, parameter.kind.name()))
                .collect(),
            doc: of.doc.to_owned(),
        })
        .collect();
    if signatures.is_empty() && has_receiver {
        let rows = table().filter(|row| row.receiver != Receiver::Function && row.name == name);
        signatures.extend(rows.map(|row| {
            Signature {
                label: row.signature(),
                parameters: row
                    .parameters
                    .iter()
                    .map(|of| of.name().to_owned())
                    .collect(),
                doc: row.doc.to_owned(),
            }
        }));
        let mut seen = std::collections::BTreeSet::new();
        signatures.retain(|of| seen.insert(of.label.clone()));
    }
    signatures
}

/// The parenthesis that is open at the end, by its place, and how many commas follow it.
fn open_call(all: &[Token], text: &str) -> Option<(usize, usize)> {
    let (mut closed, mut commas) = (0usize, 0);
    for (at, token) in all.iter().enumerate().rev() {
        match (token.kind, token.range.slice(text)) {
            (TokenKind::Close, _) => closed += 1,
            (TokenKind::Open, opened) => {
                if closed == 0 {
                    return (opened == "(").then_some((at, commas));
                }
                closed -= 1;
            }
            (TokenKind::Punctuation, ",") if closed == 0 => commas += 1,
            _ => {}
        }
    }
    None
}
