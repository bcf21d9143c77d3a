//! What the client tells.

use gen_lsp_types::{
    DidChangeTextDocumentNotification, DidChangeTextDocumentParams,
    DidChangeWatchedFilesNotification, DidChangeWatchedFilesParams,
    DidChangeWorkspaceFoldersNotification, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentNotification, DidCloseTextDocumentParams, DidOpenTextDocumentNotification,
    DidOpenTextDocumentParams, DidSaveTextDocumentNotification, DidSaveTextDocumentParams,
    LspNotificationMethod as Method, Notification, Registration, RegistrationParams,
    RegistrationRequest, WorkspaceFolder,
};
use pipewright_lint::CONFIGURATION_FILE;
use serde_json::Value;

use crate::capabilities::watched;
use crate::projects::place_of;
use crate::server::Server;
use crate::uri;

/// What became of a notification; an error says why nothing did.
type Heard = Result<(), String>;

impl Server<'_> {
    /// Hears a notification. One that is not known is passed over.
    pub(crate) fn notification(&mut self, method: &str, params: Value) -> Heard {
        match Method::from(method) {
            Method::Initialized => self.watch(),
            Method::TextDocumentDidOpen => {
                self.open(read::<DidOpenTextDocumentNotification>(params)?);
            }
            Method::TextDocumentDidChange => {
                self.change(read::<DidChangeTextDocumentNotification>(params)?)?;
            }
            Method::TextDocumentDidClose => {
                self.close(&read::<DidCloseTextDocumentNotification>(params)?);
            }
            Method::TextDocumentDidSave => {
                self.save(&read::<DidSaveTextDocumentNotification>(params)?);
            }
            Method::WorkspaceDidChangeWatchedFiles => {
                self.files_changed(&read::<DidChangeWatchedFilesNotification>(params)?);
            }
            Method::WorkspaceDidChangeWorkspaceFolders => {
                self.folders_changed(&read::<DidChangeWorkspaceFoldersNotification>(params)?);
            }
            Method::Custom(other) if !other.starts_with("$/") => {
                return Err("it is not known".to_owned());
            }
            _ => {}
        }
        Ok(())
    }

    /// Asks the client to tell when files change.
    fn watch(&mut self) {
        if self.client.watches {
            let method = DidChangeWatchedFilesNotification::METHOD
                .as_str()
                .to_owned();
            let registration = Registration {
                id: method.clone(),
                method,
                register_options: serde_json::to_value(watched()).ok(),
            };
            self.outbox
                .request::<RegistrationRequest>(&RegistrationParams {
                    registrations: vec![registration],
                });
        }
    }

    fn open(&mut self, params: DidOpenTextDocumentParams) {
        let uri = params.text_document.uri.0.clone();
        self.documents.open(params.text_document, place_of(&uri));
        self.put(uri);
    }

    fn change(&mut self, params: DidChangeTextDocumentParams) -> Heard {
        let of = params.text_document;
        let uri = of.text_document_identifier.uri.0;
        let encoding = self.client.encoding;
        if !self
            .documents
            .change(&uri, of.version, params.content_changes, encoding)
        {
            return Err("the document is not open".to_owned());
        }
        self.put(uri);
        Ok(())
    }

    /// Puts the text of an open document into its project.
    fn put(&mut self, uri: String) {
        if is_configuration(&uri) {
            return;
        }
        if let Some(document) = self.documents.get(&uri) {
            let project = self.projects.of_mut(&document.place);
            project.set_open(&document.place, &document.text);
            self.changed.insert(uri);
        }
    }

    fn close(&mut self, params: &DidCloseTextDocumentParams) {
        let uri = &params.text_document.uri.0;
        let Some(document) = self.documents.close(uri) else {
            return;
        };
        if self.documents.at(&document.place).is_none() {
            self.projects
                .of_mut(&document.place)
                .set_closed(&document.place);
        }
        self.take_back(uri);
    }

    /// A client that does not watch files tells at least of those that it writes.
    fn save(&mut self, params: &DidSaveTextDocumentParams) {
        let uri = &params.text_document.uri.0;
        if is_configuration(uri) {
            self.read_all_again();
        } else if !self.client.watches {
            self.projects.of_mut(&place_of(uri)).is_to_be_read_again();
        }
    }

    fn files_changed(&mut self, params: &DidChangeWatchedFilesParams) {
        for change in &params.changes {
            if is_configuration(&change.uri.0) {
                self.read_all_again();
            } else {
                self.projects
                    .of_mut(&place_of(&change.uri.0))
                    .is_to_be_read_again();
            }
        }
    }

    /// A configuration may speak of files of other folders.
    fn read_all_again(&mut self) {
        for project in self.projects.iter_mut() {
            project.is_to_be_read_again();
        }
    }

    fn folders_changed(&mut self, params: &DidChangeWorkspaceFoldersParams) {
        let paths = |folders: &[WorkspaceFolder]| -> Vec<_> {
            let paths = folders.iter().filter_map(|folder| uri::path(&folder.uri.0));
            paths.collect()
        };
        let (opened, closed) = (paths(&params.event.added), paths(&params.event.removed));
        self.projects.change(opened, &closed, &self.documents);
        let open = self.documents.iter().map(|(uri, _)| uri.to_owned());
        self.changed.extend(open);
    }
}

fn is_configuration(uri: &str) -> bool {
    uri.rsplit('/').next() == Some(CONFIGURATION_FILE)
}

fn read<N: Notification>(params: Value) -> Result<N::Params, String> {
    serde_json::from_value(params).map_err(|error| error.to_string())
}
