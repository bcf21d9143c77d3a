//! What the client can do, as it says in its first message.

use gen_lsp_types::{ClientCapabilities, InitializeParams};

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
