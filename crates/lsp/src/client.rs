//! What the client can do, as it says in its first message.

use gen_lsp_types::{ClientCapabilities, InitializeParams};
use serde_json::Value;

use crate::actions::COPY;
use crate::encoding::Encoding;

/// What the client can do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a word of the protocol"
)]
pub(crate) struct Client {
    pub(crate) encoding: Encoding,
    /// It asks for diagnostics itself, so that none are sent to it unasked.
    pub(crate) pulls: bool,
    /// It asks again for diagnostics when told that others are found.
    pub(crate) refreshes: bool,
    /// It watches files when asked to.
    pub(crate) watches: bool,
    /// It takes edits with the versions of the documents they are for.
    pub(crate) takes_versions: bool,
    /// It shows what is in a document as a tree.
    pub(crate) nests_symbols: bool,
    /// It asks what would have another name before it asks for the name.
    pub(crate) prepares_rename: bool,
    /// It marks parts of labels by where they begin and end.
    pub(crate) takes_offsets: bool,
    /// It has the command that puts a text into the clipboard.
    pub(crate) copies: bool,
}

impl Client {
    pub(crate) fn new(params: &InitializeParams) -> Self {
        let of = &params.capabilities;
        Self {
            encoding: Encoding::among(offered(of)),
            pulls: document(of).is_some_and(|of| of.diagnostic.is_some()),
            refreshes: refreshes(of).unwrap_or(false),
            watches: watches(of).unwrap_or(false),
            takes_versions: takes_versions(of).unwrap_or(false),
            nests_symbols: nests_symbols(of).unwrap_or(false),
            prepares_rename: prepares_rename(of).unwrap_or(false),
            takes_offsets: takes_offsets(of).unwrap_or(false),
            copies: has_command(of, COPY),
        }
    }
}

fn offered(of: &ClientCapabilities) -> &[gen_lsp_types::PositionEncodingKind] {
    let general = of.general.as_ref();
    let offered = general.and_then(|general| general.position_encodings.as_deref());
    offered.unwrap_or_default()
}

fn document(of: &ClientCapabilities) -> Option<&gen_lsp_types::TextDocumentClientCapabilities> {
    of.text_document.as_ref()
}

fn refreshes(of: &ClientCapabilities) -> Option<bool> {
    of.workspace.as_ref()?.diagnostics.as_ref()?.refresh_support
}

fn watches(of: &ClientCapabilities) -> Option<bool> {
    let watched = of.workspace.as_ref()?.did_change_watched_files.as_ref()?;
    watched.dynamic_registration
}

fn takes_versions(of: &ClientCapabilities) -> Option<bool> {
    of.workspace
        .as_ref()?
        .workspace_edit
        .as_ref()?
        .document_changes
}

fn nests_symbols(of: &ClientCapabilities) -> Option<bool> {
    let symbols = document(of)?.document_symbol.as_ref()?;
    symbols.hierarchical_document_symbol_support
}

fn prepares_rename(of: &ClientCapabilities) -> Option<bool> {
    document(of)?.rename.as_ref()?.prepare_support
}

fn takes_offsets(of: &ClientCapabilities) -> Option<bool> {
    let help = document(of)?.signature_help.as_ref()?;
    let of_parameter = help
        .signature_information
        .as_ref()?
        .parameter_information
        .as_ref()?;
    of_parameter.label_offset_support
}

/// Whether a client has a command. The protocol has no word for it; clients of several servers say it so.
fn has_command(of: &ClientCapabilities, name: &str) -> bool {
    let experimental = of.experimental.as_ref();
    let commands = experimental.and_then(|of| of.pointer("/commands/commands"));
    let mut commands = commands.and_then(Value::as_array).into_iter().flatten();
    commands.any(|command| command == name)
}
