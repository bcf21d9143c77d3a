//! Diagnostics for a client that asks for them.

use gen_lsp_types::{
    DocumentDiagnosticParams, DocumentDiagnosticReport, FullDocumentDiagnosticReport,
    RelatedFullDocumentDiagnosticReport, WorkspaceDiagnosticParams, WorkspaceDiagnosticReport,
    WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
};

use crate::diagnostics::{diagnostics, of_file};
use crate::server::Server;

impl Server<'_> {
    pub(crate) fn diagnostics(
        &mut self,
        params: &DocumentDiagnosticParams,
    ) -> DocumentDiagnosticReport {
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

    pub(crate) fn all_diagnostics(
        &mut self,
        _: &WorkspaceDiagnosticParams,
    ) -> WorkspaceDiagnosticReport {
        self.settle();
        let mut items = Vec::new();
        for project in self.projects.iter() {
            let seen = self.seen_of(project);
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
