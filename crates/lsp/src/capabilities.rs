//! What the server announces: what it does, and nothing else.

use gen_lsp_types::{
    ChangeNotifications, CodeActionKind, CodeActionOptions, CodeLensOptions, CompletionOptions,
    DiagnosticOptions, DidChangeWatchedFilesRegistrationOptions, DocumentLinkOptions,
    ExecuteCommandOptions, FileSystemWatcher, RenameOptions, SemanticTokensFullDelta,
    SemanticTokensOptions, ServerCapabilities, SignatureHelpOptions, TextDocumentSyncKind,
    TextDocumentSyncOptions, WorkspaceFoldersServerCapabilities, WorkspaceOptions,
};
use pipewright_lint::CONFIGURATION_FILE;

use crate::actions::FIX_ALL;
use crate::client::Client;
use crate::tokens;
use crate::values::EVALUATE;

/// What the server does for a client.
pub(crate) fn capabilities(client: Client) -> ServerCapabilities {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::Incremental),
        save: Some(true.into()),
        ..TextDocumentSyncOptions::default()
    };
    let completion = CompletionOptions {
        trigger_characters: Some([".", "+", "<"].map(str::to_owned).to_vec()),
        ..CompletionOptions::default()
    };
    let actions = CodeActionOptions {
        code_action_kinds: Some(vec![
            CodeActionKind::QuickFix,
            CodeActionKind::RefactorRewrite,
            FIX_ALL,
        ]),
        ..CodeActionOptions::default()
    };
    let commands = ExecuteCommandOptions {
        commands: vec![EVALUATE.to_owned()],
        ..ExecuteCommandOptions::default()
    };
    let rename = RenameOptions {
        prepare_provider: Some(true),
        ..RenameOptions::default()
    };
    let signatures = SignatureHelpOptions {
        trigger_characters: Some(["(", ","].map(str::to_owned).to_vec()),
        ..SignatureHelpOptions::default()
    };
    let tokens = SemanticTokensOptions {
        legend: tokens::legend(),
        range: Some(true.into()),
        full: Some(SemanticTokensFullDelta { delta: Some(true) }.into()),
        ..SemanticTokensOptions::default()
    };
    let diagnostics = DiagnosticOptions {
        identifier: Some("pipewright".to_owned()),
        inter_file_dependencies: true,
        workspace_diagnostics: true,
        ..DiagnosticOptions::default()
    };
    let folders = WorkspaceFoldersServerCapabilities {
        supported: Some(true),
        change_notifications: Some(ChangeNotifications::Bool(true)),
    };
    ServerCapabilities {
        position_encoding: Some(client.encoding.kind()),
        text_document_sync: Some(sync.into()),
        completion_provider: Some(completion),
        hover_provider: Some(true.into()),
        signature_help_provider: Some(signatures),
        definition_provider: Some(true.into()),
        references_provider: Some(true.into()),
        document_highlight_provider: Some(true.into()),
        document_symbol_provider: Some(true.into()),
        workspace_symbol_provider: Some(true.into()),
        code_action_provider: Some(actions.into()),
        code_lens_provider: Some(CodeLensOptions::default()),
        document_link_provider: Some(DocumentLinkOptions::default()),
        document_range_formatting_provider: Some(true.into()),
        rename_provider: Some(if client.prepares_rename {
            rename.into()
        } else {
            true.into()
        }),
        folding_range_provider: Some(true.into()),
        selection_range_provider: Some(true.into()),
        execute_command_provider: Some(commands),
        semantic_tokens_provider: Some(tokens.into()),
        inlay_hint_provider: Some(true.into()),
        diagnostic_provider: Some(diagnostics.into()),
        workspace: Some(WorkspaceOptions {
            workspace_folders: Some(folders),
            ..WorkspaceOptions::default()
        }),
        ..ServerCapabilities::default()
    }
}

/// The files whose changes matter: those that are read, and those that say which and how.
pub(crate) fn watched() -> DidChangeWatchedFilesRegistrationOptions {
    let patterns = ["yaml", "yml", "json"].map(|ending| format!("**/*.{ending}"));
    let files = [CONFIGURATION_FILE, ".gitignore", ".ignore"].map(|name| format!("**/{name}"));
    let watcher = |pattern: String| FileSystemWatcher {
        glob_pattern: pattern.into(),
        kind: None,
    };
    DidChangeWatchedFilesRegistrationOptions {
        watchers: patterns.into_iter().chain(files).map(watcher).collect(),
    }
}
