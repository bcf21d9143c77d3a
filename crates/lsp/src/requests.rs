//! What the client asks.

use gen_lsp_types::{
    CodeActionRequest, CodeLensRequest, CompletionRequest, DefinitionRequest,
    DocumentDiagnosticRequest, DocumentHighlightRequest, DocumentLinkRequest,
    DocumentRangeFormattingRequest, DocumentSymbolRequest, ExecuteCommandRequest,
    FoldingRangeRequest, HoverRequest, InitializeParams, InitializeRequest, InitializeResult,
    InlayHintRequest, LspRequestMethod as Method, PrepareRenameRequest, ReferencesRequest,
    RenameRequest, Request, SelectionRangeRequest, SemanticTokensDeltaRequest,
    SemanticTokensRangeRequest, SemanticTokensRequest, ServerInfo, SignatureHelpRequest,
    TextDocumentPositionParams, Uri, WorkspaceDiagnosticRequest, WorkspaceFolders,
    WorkspaceSymbolRequest,
};
use lsp_server::{ErrorCode, ResponseError};
use pipewright_source::FileId;
use serde_json::Value;

use crate::capabilities::capabilities;
use crate::client::Client;
use crate::convert::Seen;
use crate::server::{Phase, Server, error};
use crate::uri;

/// The answer to a request.
type Answer = Result<Value, ResponseError>;

impl Server<'_> {
    /// Answers a request.
    ///
    /// # Errors
    /// When it is not known, not understood, or not its time.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Answer {
        let method = Method::from(method);
        match (self.phase, method) {
            (Phase::New, Method::Initialize) => {
                self.asked::<InitializeRequest, _>(params, Self::initialize)
            }
            (Phase::New, _) => Err(error(
                ErrorCode::ServerNotInitialized,
                "`initialize` comes first",
            )),
            (Phase::ShutDown, _) => {
                Err(error(ErrorCode::InvalidRequest, "the server is shut down"))
            }
            (Phase::Running, method) => self.question(method, params),
        }
    }

    fn question(&mut self, method: Method<'_>, params: Value) -> Answer {
        match method {
            Method::Initialize => Err(error(ErrorCode::InvalidRequest, "`initialize` comes once")),
            Method::Shutdown => {
                self.phase = Phase::ShutDown;
                Ok(Value::Null)
            }
            Method::TextDocumentCompletion => {
                self.asked::<CompletionRequest, _>(params, Self::completion)
            }
            Method::TextDocumentHover => self.asked::<HoverRequest, _>(params, Self::hover),
            Method::TextDocumentSignatureHelp => {
                self.asked::<SignatureHelpRequest, _>(params, Self::signature_help)
            }
            Method::TextDocumentDefinition => {
                self.asked::<DefinitionRequest, _>(params, Self::definition)
            }
            Method::TextDocumentReferences => {
                self.asked::<ReferencesRequest, _>(params, Self::references)
            }
            Method::TextDocumentDocumentHighlight => {
                self.asked::<DocumentHighlightRequest, _>(params, Self::highlights)
            }
            Method::TextDocumentDocumentSymbol => {
                self.asked::<DocumentSymbolRequest, _>(params, Self::document_symbols)
            }
            Method::WorkspaceSymbol => {
                self.asked::<WorkspaceSymbolRequest, _>(params, Self::workspace_symbols)
            }
            Method::TextDocumentPrepareRename => {
                self.tried::<PrepareRenameRequest, _>(params, Self::prepare_rename)
            }
            Method::TextDocumentRename => self.tried::<RenameRequest, _>(params, Self::rename),
            Method::TextDocumentCodeAction => {
                self.asked::<CodeActionRequest, _>(params, Self::code_actions)
            }
            Method::TextDocumentRangeFormatting => {
                self.asked::<DocumentRangeFormattingRequest, _>(params, Self::format)
            }
            Method::TextDocumentFoldingRange => {
                self.asked::<FoldingRangeRequest, _>(params, Self::folds)
            }
            Method::TextDocumentSelectionRange => {
                self.asked::<SelectionRangeRequest, _>(params, Self::selections)
            }
            Method::TextDocumentDocumentLink => {
                self.asked::<DocumentLinkRequest, _>(params, Self::links)
            }
            Method::TextDocumentSemanticTokensFull => {
                self.asked::<SemanticTokensRequest, _>(params, Self::tokens)
            }
            Method::TextDocumentSemanticTokensFullDelta => {
                self.asked::<SemanticTokensDeltaRequest, _>(params, Self::token_changes)
            }
            Method::TextDocumentSemanticTokensRange => {
                self.asked::<SemanticTokensRangeRequest, _>(params, Self::tokens_in_range)
            }
            Method::TextDocumentInlayHint => {
                self.asked::<InlayHintRequest, _>(params, Self::inlay_hints)
            }
            Method::TextDocumentCodeLens => self.asked::<CodeLensRequest, _>(params, Self::lenses),
            Method::WorkspaceExecuteCommand => {
                self.tried::<ExecuteCommandRequest, _>(params, Self::execute)
            }
            Method::TextDocumentDiagnostic => {
                self.asked::<DocumentDiagnosticRequest, _>(params, Self::diagnostics)
            }
            Method::WorkspaceDiagnostic => {
                self.asked::<WorkspaceDiagnosticRequest, _>(params, Self::all_diagnostics)
            }
            other => {
                let message = format!("`{other}` is not known");
                Err(error(ErrorCode::MethodNotFound, message))
            }
        }
    }

    /// Reads the params of a request, and has it answered.
    fn asked<R: Request, A: Into<R::Result>>(
        &mut self,
        params: Value,
        answer: impl FnOnce(&mut Self, &R::Params) -> A,
    ) -> Answer {
        self.tried::<R, A>(params, |server, params| Ok(answer(server, params)))
    }

    /// The same for what may be refused.
    fn tried<R: Request, A: Into<R::Result>>(
        &mut self,
        params: Value,
        answer: impl FnOnce(&mut Self, &R::Params) -> Result<A, ResponseError>,
    ) -> Answer {
        let params = serde_json::from_value(params);
        let params = params.map_err(|wrong| error(ErrorCode::InvalidParams, wrong.to_string()))?;
        let answer: R::Result = answer(self, &params)?.into();
        let answer = serde_json::to_value(answer);
        answer.map_err(|wrong| error(ErrorCode::InternalError, wrong.to_string()))
    }

    #[allow(deprecated, reason = "older clients name one folder in older fields")]
    fn initialize(&mut self, params: &InitializeParams) -> InitializeResult {
        self.phase = Phase::Running;
        self.client = Client::new(params);
        self.parent = params.process_id;
        let folders = &params.workspace_folders_initialize_params.workspace_folders;
        let mut opened: Vec<_> = match folders {
            Some(WorkspaceFolders::WorkspaceFolderList(folders)) => folders
                .iter()
                .filter_map(|folder| uri::path(&folder.uri.0))
                .collect(),
            Some(WorkspaceFolders::Null) | None => Vec::new(),
        };
        if opened.is_empty() {
            let root = params.root_uri.as_ref();
            opened.extend(root.and_then(|root| uri::path(&root.0)));
        }
        self.projects.change(opened, &[], &self.documents);
        InitializeResult {
            capabilities: capabilities(self.client),
            server_info: Some(ServerInfo {
                name: "pipewright".to_owned(),
                version: self.version.map(str::to_owned),
            }),
        }
    }

    /// What is seen of a document, with the byte of a position.
    pub(crate) fn at(&self, of: &TextDocumentPositionParams) -> Option<(Seen<'_>, FileId, u32)> {
        let (seen, id) = self.file(&of.text_document.uri)?;
        let offset = seen.encoding.offset(seen.source(id)?, of.position);
        Some((seen, id, offset))
    }

    /// What is seen of a document.
    pub(crate) fn file(&self, uri: &Uri) -> Option<(Seen<'_>, FileId)> {
        let (project, id) = self.projects.file(&self.documents, &uri.0)?;
        Some((self.seen_of(project), id))
    }
}
