//! What is answered to questions about documents.

use gen_lsp_types::{
    CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionList,
    CompletionParams, CompletionResponse, Definition, DefinitionParams, DefinitionResponse,
    DocumentHighlight, DocumentHighlightParams, DocumentLink, DocumentLinkParams,
    DocumentRangeFormattingParams, DocumentSymbolParams, DocumentSymbolResponse,
    ExecuteCommandParams, FoldingRange, FoldingRangeParams, Hover, HoverParams, InlayHint,
    InlayHintParams, Location, MessageType, PrepareRenameParams, PrepareRenameResult,
    ReferenceParams, RenameParams, SelectionRange, SelectionRangeParams, SemanticTokens,
    SemanticTokensDeltaParams, SemanticTokensDeltaResponse, SemanticTokensParams,
    SemanticTokensRangeParams, ShowMessageNotification, ShowMessageParams, SignatureHelp,
    SignatureHelpParams, TextEdit, WorkspaceEdit, WorkspaceSymbolParams, WorkspaceSymbolResponse,
};
use lsp_server::{ErrorCode, ResponseError};
use pipewright_ide::{definition, format_expressions, references};
use pipewright_source::Span;
use serde_json::Value;

use crate::convert::Seen;
use crate::edits::text_edits;
use crate::server::{Server, error};
use crate::values::{EVALUATE, Question};
use crate::{actions, completion, hover, renaming, shape, signature, symbols, tokens, values};

impl Server<'_> {
    pub(crate) fn completion(&mut self, params: &CompletionParams) -> Option<CompletionResponse> {
        self.read();
        let (seen, id, offset) = self.at(&params.text_document_position_params)?;
        Some(CompletionResponse::CompletionList(CompletionList {
            is_incomplete: false,
            items: completion::completion(seen, id, offset),
            ..CompletionList::default()
        }))
    }

    pub(crate) fn hover(&mut self, params: &HoverParams) -> Option<Hover> {
        self.read();
        let (seen, id, offset) = self.at(&params.text_document_position_params)?;
        hover::hover(seen, id, offset)
    }

    pub(crate) fn definition(&mut self, params: &DefinitionParams) -> Option<DefinitionResponse> {
        self.read();
        let (seen, id, offset) = self.at(&params.text_document_position_params)?;
        let declared = definition(&seen.project.snapshot, id, offset);
        let locations = locations(seen, declared.iter().map(|of| of.name));
        Some(DefinitionResponse::Definition(Definition::LocationList(
            locations,
        )))
    }

    pub(crate) fn references(&mut self, params: &ReferenceParams) -> Option<Vec<Location>> {
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

    pub(crate) fn document_symbols(
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

    pub(crate) fn workspace_symbols(
        &mut self,
        params: &WorkspaceSymbolParams,
    ) -> WorkspaceSymbolResponse {
        self.read();
        let seen = self.projects.iter().map(|project| self.seen_of(project));
        let found = symbols::search(seen, &params.query);
        WorkspaceSymbolResponse::SymbolInformationList(found)
    }

    pub(crate) fn code_actions(
        &mut self,
        params: &CodeActionParams,
    ) -> Option<Vec<CodeActionResponse>> {
        self.settle();
        let (seen, id) = self.file(&params.text_document.uri)?;
        let found = actions::actions(seen, id, params.range, &params.context, self.client);
        Some(found.into_iter().map(CodeActionResponse::from).collect())
    }

    pub(crate) fn signature_help(&mut self, params: &SignatureHelpParams) -> Option<SignatureHelp> {
        self.read();
        let (seen, id, offset) = self.at(&params.text_document_position_params)?;
        signature::help(seen, id, offset, self.client.takes_offsets)
    }

    pub(crate) fn highlights(
        &mut self,
        params: &DocumentHighlightParams,
    ) -> Option<Vec<DocumentHighlight>> {
        self.read();
        let (seen, id, offset) = self.at(&params.text_document_position_params)?;
        Some(shape::highlights(seen, id, offset))
    }

    pub(crate) fn prepare_rename(
        &mut self,
        params: &PrepareRenameParams,
    ) -> Result<Option<PrepareRenameResult>, ResponseError> {
        self.read();
        match self.at(&params.text_document_position_params) {
            Some((seen, id, offset)) => renaming::prepare(seen, id, offset),
            None => Ok(None),
        }
    }

    pub(crate) fn rename(
        &mut self,
        params: &RenameParams,
    ) -> Result<Option<WorkspaceEdit>, ResponseError> {
        self.read();
        let takes_versions = self.client.takes_versions;
        let Some((seen, id, offset)) = self.at(&params.text_document_position_params) else {
            return Ok(None);
        };
        let renamed = renaming::edits(seen, (id, offset), &params.new_name, takes_versions);
        let (edit, unseen) = renamed?;
        if unseen > 0 {
            let message = format!("templates that are not at hand may read the old name: {unseen}");
            self.show(MessageType::Warning, message);
        }
        Ok(Some(edit))
    }

    pub(crate) fn format(
        &mut self,
        params: &DocumentRangeFormattingParams,
    ) -> Option<Vec<TextEdit>> {
        let (seen, id) = self.file(&params.text_document.uri)?;
        let file = seen.source(id)?;
        let within = seen.encoding.text_range(file, params.range);
        let edits = format_expressions(&seen.project.snapshot, id, within);
        Some(text_edits(seen, file, &edits))
    }

    pub(crate) fn folds(&mut self, params: &FoldingRangeParams) -> Option<Vec<FoldingRange>> {
        let (seen, id) = self.file(&params.text_document.uri)?;
        Some(shape::folds(seen, id))
    }

    pub(crate) fn selections(
        &mut self,
        params: &SelectionRangeParams,
    ) -> Option<Vec<SelectionRange>> {
        let (seen, id) = self.file(&params.text_document.uri)?;
        Some(shape::selections(seen, id, &params.positions))
    }

    pub(crate) fn links(&mut self, params: &DocumentLinkParams) -> Option<Vec<DocumentLink>> {
        self.read();
        let (seen, id) = self.file(&params.text_document.uri)?;
        Some(shape::links(seen, id))
    }

    pub(crate) fn tokens(&mut self, params: &SemanticTokensParams) -> Option<SemanticTokens> {
        let uri = &params.text_document.uri;
        let (seen, id) = self.file(uri)?;
        let found = tokens::tokens(seen, id, None);
        Some(self.told_tokens.all(&uri.0, found))
    }

    pub(crate) fn token_changes(
        &mut self,
        params: &SemanticTokensDeltaParams,
    ) -> Option<SemanticTokensDeltaResponse> {
        let uri = &params.text_document.uri;
        let (seen, id) = self.file(uri)?;
        let found = tokens::tokens(seen, id, None);
        let answer = &params.previous_result_id;
        Some(self.told_tokens.since(&uri.0, answer, found))
    }

    pub(crate) fn tokens_in_range(
        &mut self,
        params: &SemanticTokensRangeParams,
    ) -> Option<SemanticTokens> {
        let (seen, id) = self.file(&params.text_document.uri)?;
        Some(SemanticTokens {
            result_id: None,
            data: tokens::tokens(seen, id, Some(params.range)),
        })
    }

    pub(crate) fn inlay_hints(&mut self, params: &InlayHintParams) -> Option<Vec<InlayHint>> {
        let (seen, id) = self.file(&params.text_document.uri)?;
        Some(values::inlay_hints(seen, id, params.range))
    }

    pub(crate) fn lenses(&mut self, params: &CodeLensParams) -> Option<Vec<CodeLens>> {
        let uri = &params.text_document.uri;
        let (seen, id) = self.file(uri)?;
        Some(values::lenses(seen, id, uri))
    }

    /// Does a command that the server has.
    pub(crate) fn execute(
        &mut self,
        params: &ExecuteCommandParams,
    ) -> Result<Option<Value>, ResponseError> {
        if params.command != EVALUATE {
            let message = format!("`{}` is no command of this server", params.command);
            return Err(error(ErrorCode::InvalidParams, message));
        }
        let asked = Question::read(params.arguments.clone())?;
        let Some((seen, id)) = self.file(&asked.uri) else {
            return Ok(None);
        };
        let offset = seen.source(id);
        let offset = offset.map_or(0, |file| seen.encoding.offset(file, asked.position));
        let is_told = asked.given.is_none();
        let answer = values::answer(seen, id, offset, &asked.given.unwrap_or_default());
        if let Some(told) = answer.as_ref().and_then(|of| of["told"].as_str())
            && is_told
        {
            self.show(MessageType::Info, told.to_owned());
        }
        Ok(answer)
    }

    /// Shows the user a message.
    fn show(&mut self, kind: MessageType, message: String) {
        self.outbox
            .notify::<ShowMessageNotification>(&ShowMessageParams { kind, message });
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
