//! What the client asks.

use gen_lsp_types::{
    CodeActionParams, CodeActionRequest, CodeActionResponse, CompletionList, CompletionParams,
    CompletionRequest, CompletionResponse, Definition, DefinitionParams, DefinitionRequest,
    DefinitionResponse, DocumentDiagnosticParams, DocumentDiagnosticReport,
    DocumentDiagnosticRequest, DocumentSymbolParams, DocumentSymbolRequest, DocumentSymbolResponse,
    FullDocumentDiagnosticReport, Hover, HoverParams, HoverRequest, InitializeParams,
    InitializeRequest, InitializeResult, Location, LspRequestMethod as Method, ReferenceParams,
    ReferencesRequest, RelatedFullDocumentDiagnosticReport, Request, ServerInfo,
    TextDocumentPositionParams, Uri, WorkspaceDiagnosticParams, WorkspaceDiagnosticReport,
    WorkspaceDiagnosticRequest, WorkspaceDocumentDiagnosticReport, WorkspaceFolders,
    WorkspaceFullDocumentDiagnosticReport, WorkspaceSymbolParams, WorkspaceSymbolRequest,
    WorkspaceSymbolResponse,
};
use lsp_server::{ErrorCode, ResponseError};
use pipewright_ide::{definition, references};
use pipewright_source::{FileId, Span};
use serde_json::Value;

use crate::capabilities::capabilities;
use crate::client::Client;
use crate::convert::Seen;
use crate::diagnostics::{diagnostics, of_file};
use crate::server::{Phase, Server, error};
use crate::{actions, completion, hover, symbols, uri};

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
            Method::TextDocumentDefinition => {
                self.asked::<DefinitionRequest, _>(params, Self::definition)
            }
            Method::TextDocumentReferences => {
                self.asked::<ReferencesRequest, _>(params, Self::references)
            }
            Method::TextDocumentDocumentSymbol => {
                self.asked::<DocumentSymbolRequest, _>(params, Self::document_symbols)
            }
            Method::WorkspaceSymbol => {
                self.asked::<WorkspaceSymbolRequest, _>(params, Self::workspace_symbols)
            }
            Method::TextDocumentCodeAction => {
                self.asked::<CodeActionRequest, _>(params, Self::code_actions)
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
        let params = serde_json::from_value(params);
        let params = params.map_err(|wrong| error(ErrorCode::InvalidParams, wrong.to_string()))?;
        let answer: R::Result = answer(self, &params).into();
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
    fn at(&self, of: &TextDocumentPositionParams) -> Option<(Seen<'_>, FileId, u32)> {
        let (seen, id) = self.file(&of.text_document.uri)?;
        let offset = seen.encoding.offset(seen.source(id)?, of.position);
        Some((seen, id, offset))
    }

    /// What is seen of a document.
    fn file(&self, uri: &Uri) -> Option<(Seen<'_>, FileId)> {
        let (project, id) = self.projects.file(&self.documents, &uri.0)?;
        let seen = Seen {
            project,
            documents: &self.documents,
            encoding: self.client.encoding,
        };
        Some((seen, id))
    }

    fn completion(&mut self, params: &CompletionParams) -> Option<CompletionResponse> {
        self.read();
        let (seen, id, offset) = self.at(&params.text_document_position_params)?;
        Some(CompletionResponse::CompletionList(CompletionList {
            is_incomplete: false,
            items: completion::completion(seen, id, offset),
            ..CompletionList::default()
        }))
    }

    fn hover(&mut self, params: &HoverParams) -> Option<Hover> {
        self.read();
        let (seen, id, offset) = self.at(&params.text_document_position_params)?;
        hover::hover(seen, id, offset)
    }

    fn definition(&mut self, params: &DefinitionParams) -> Option<DefinitionResponse> {
        self.read();
        let (seen, id, offset) = self.at(&params.text_document_position_params)?;
        let declared = definition(&seen.project.snapshot, id, offset);
        let locations = locations(seen, declared.iter().map(|of| of.name));
        Some(DefinitionResponse::Definition(Definition::LocationList(
            locations,
        )))
    }

    fn references(&mut self, params: &ReferenceParams) -> Option<Vec<Location>> {
        self.read();
        let (seen, id, offset) = self.at(&params.text_document_position_params)?;
        let snapshot = &seen.project.snapshot;
        let declared = if params.context.include_declaration {
            definition(snapshot, id, offset)
        } else {
            Vec::new()
        };
        let declared = declared.iter().map(|of| of.name);
        let spans = declared.chain(references(snapshot, id, offset));
        Some(locations(seen, spans))
    }

    fn document_symbols(
        &mut self,
        params: &DocumentSymbolParams,
    ) -> Option<DocumentSymbolResponse> {
        let (seen, id) = self.file(&params.text_document.uri)?;
        Some(if self.client.nests_symbols {
            DocumentSymbolResponse::DocumentSymbolList(symbols::outline(seen, id))
        } else {
            DocumentSymbolResponse::SymbolInformationList(symbols::list(seen, id, ""))
        })
    }

    fn workspace_symbols(&mut self, params: &WorkspaceSymbolParams) -> WorkspaceSymbolResponse {
        self.read();
        let seen = self.projects.iter().map(|project| Seen {
            project,
            documents: &self.documents,
            encoding: self.client.encoding,
        });
        let found = symbols::search(seen, &params.query);
        WorkspaceSymbolResponse::SymbolInformationList(found)
    }

    fn code_actions(&mut self, params: &CodeActionParams) -> Option<Vec<CodeActionResponse>> {
        self.settle();
        let (seen, id) = self.file(&params.text_document.uri)?;
        let wanted = params.context.only.as_deref();
        let takes_versions = self.client.takes_versions;
        let found = actions::actions(seen, id, params.range, wanted, takes_versions);
        Some(found.into_iter().map(CodeActionResponse::from).collect())
    }

    fn diagnostics(&mut self, params: &DocumentDiagnosticParams) -> DocumentDiagnosticReport {
        let uri = &params.text_document.uri;
        let is_new = self
            .file(uri)
            .is_some_and(|(seen, _)| seen.project.is_new());
        let items = if is_new && self.client.refreshes {
            // It asks again when the files around this one are read.
            let file = self.file(uri);
            let items = file.map(|(seen, id)| diagnostics(seen, &seen.project.found_alone(id)));
            items.unwrap_or_default()
        } else {
            self.settle();
            let items = self.file(uri).map(|(seen, id)| of_file(seen, id));
            items.unwrap_or_default()
        };
        DocumentDiagnosticReport::RelatedFullDocumentDiagnosticReport(
            RelatedFullDocumentDiagnosticReport {
                related_documents: None,
                full_document_diagnostic_report: FullDocumentDiagnosticReport {
                    result_id: None,
                    items,
                },
            },
        )
    }

    fn all_diagnostics(&mut self, _: &WorkspaceDiagnosticParams) -> WorkspaceDiagnosticReport {
        self.settle();
        let mut items = Vec::new();
        for project in self.projects.iter() {
            let seen = Seen {
                project,
                documents: &self.documents,
                encoding: self.client.encoding,
            };
            for (_, id) in project.reported() {
                let Some(uri) = seen.uri(id) else {
                    continue;
                };
                let report = WorkspaceFullDocumentDiagnosticReport {
                    uri,
                    version: seen.version(id),
                    full_document_diagnostic_report: FullDocumentDiagnosticReport {
                        result_id: None,
                        items: of_file(seen, id),
                    },
                };
                items.push(
                    WorkspaceDocumentDiagnosticReport::WorkspaceFullDocumentDiagnosticReport(
                        report,
                    ),
                );
            }
        }
        WorkspaceDiagnosticReport { items }
    }
}

/// The places of these spans, each once.
fn locations(seen: Seen<'_>, spans: impl Iterator<Item = Span>) -> Vec<Location> {
    let mut found = Vec::new();
    for location in spans.filter_map(|span| seen.location(span)) {
        if !found.contains(&location) {
            found.push(location);
        }
    }
    found
}
