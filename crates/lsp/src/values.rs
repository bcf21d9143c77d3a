//! Values beside expressions, and above conditions what they come to, with the command that gives them values.

use gen_lsp_types::{CodeLens, Command, InlayHint, Position, Range, TextDocumentIdentifier, Uri};
use lsp_server::{ErrorCode, ResponseError};
use pipewright_context::Given;
use pipewright_ide::{Known, conditions, evaluate, hints};
use pipewright_jexl::Json;
use pipewright_source::FileId;
use serde_json::{Value, json};

use crate::convert::Seen;
use crate::server::error;

/// The command that evaluates the text at a position with values.
pub(crate) const EVALUATE: &str = "pipewright.evaluate";

/// The values behind expressions in a range of a document.
pub(crate) fn inlay_hints(seen: Seen<'_>, id: FileId, range: Range) -> Vec<InlayHint> {
    let Some(file) = seen.source(id) else {
        return Vec::new();
    };
    let within = seen.encoding.text_range(file, range);
    let found = hints(&seen.project.snapshot, id, within).into_iter();
    let found = found.map(|of| {
        let at = seen.encoding.position(file, of.offset);
        let label = of.text.into();
        InlayHint::new(at, label, None, None, None, Some(true), None, None)
    });
    found.collect()
}

/// What each condition of a document comes to, with the command that evaluates it with values.
pub(crate) fn lenses(seen: Seen<'_>, id: FileId, uri: &Uri) -> Vec<CodeLens> {
    let found = conditions(&seen.project.snapshot, id).into_iter();
    let found = found.filter_map(|of| {
        let range = seen.drawn(of.span)?;
        let at = json!({ "textDocument": { "uri": uri }, "position": range.start });
        Some(CodeLens {
            range,
            command: Some(Command {
                title: of.told(),
                tooltip: None,
                command: EVALUATE.to_owned(),
                arguments: Some(vec![at]),
            }),
            data: None,
        })
    });
    found.collect()
}

/// What the command is asked: the text at a position, and values by the full names of what has them.
pub(crate) struct Question {
    pub(crate) uri: Uri,
    pub(crate) position: Position,
    /// `None` where the client has no values to give; then the user is told the answer.
    pub(crate) given: Option<Given>,
}

impl Question {
    /// Reads the argument of the command: `{ textDocument: { uri }, position, values? }`.
    ///
    /// # Errors
    /// Where it is something else.
    pub(crate) fn read(arguments: Option<Vec<Value>>) -> Result<Self, ResponseError> {
        let wrong = |reason: String| error(ErrorCode::InvalidParams, reason);
        let mut argument = arguments.and_then(|all| all.into_iter().next());
        let argument = argument.as_mut().and_then(Value::as_object_mut);
        let argument = argument.ok_or_else(|| wrong("an object is missing".to_owned()))?;
        let mut take = |name| argument.remove(name).unwrap_or_default();
        let document: TextDocumentIdentifier =
            serde_json::from_value(take("textDocument")).map_err(|why| wrong(why.to_string()))?;
        let position =
            serde_json::from_value(take("position")).map_err(|why| wrong(why.to_string()))?;
        let given = match take("values") {
            Value::Null => None,
            values @ Value::Object(_) => {
                let values =
                    Json::read(&values.to_string()).map_err(|why| wrong(why.to_string()))?;
                Some(Given::of(values.into()))
            }
            _ => return Err(wrong("`values` is no object".to_owned())),
        };
        Ok(Self {
            uri: document.uri,
            position,
            given,
        })
    }
}

/// What the text at a byte comes to: `{ value }`, `{ unknown, needs }` or `{ error }`, each with a line for people as
/// `told`. `None` where no expression is.
pub(crate) fn answer(seen: Seen<'_>, id: FileId, offset: u32, given: &Given) -> Option<Value> {
    let of = evaluate(&seen.project.snapshot, id, offset, given)?;
    let told = of.told();
    Some(match of.value {
        Known::Value(value) => json!({ "value": value, "told": told }),
        Known::Unknown(reason) => json!({ "unknown": reason, "needs": of.needs, "told": told }),
        Known::Error(message) => json!({ "error": message, "told": told }),
        _ => return None,
    })
}
