//! What can be done at a place: mend what is found, silence it, write an expression otherwise.

use gen_lsp_types::{
    CodeAction, CodeActionContext, CodeActionKind, CodeActionTriggerKind, Command, Range,
};
use pipewright_ide::{Action, ActionKind, actions as offered, fix_all};
use pipewright_source::{Applicability, FileId, Fix, Span};
use serde_json::Value;

use crate::client::Client;
use crate::convert::Seen;
use crate::diagnostics::diagnostic;
use crate::edits::workspace_edit;

/// The kind of action that mends all that can be mended of ours.
pub(crate) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.pipewright");

/// The command of a client that puts its argument, a text, into the clipboard.
pub(crate) const COPY: &str = "pipewright.copy";

/// What can be done in a range of a file, of the kinds that are asked for. It follows from what is found in the texts
/// as they are now, so an outdated diagnostic of the editor has no action.
pub(crate) fn actions(
    seen: Seen<'_>,
    id: FileId,
    range: Range,
    context: &CodeActionContext,
    client: Client,
) -> Vec<CodeAction> {
    let Some(file) = seen.source(id) else {
        return Vec::new();
    };
    let at = Span::new(id, seen.encoding.text_range(file, range));
    let wanted = context.only.as_deref();
    let is_wanted =
        |kind: &CodeActionKind| wanted.is_none_or(|wanted| wanted.iter().any(|of| holds(of, kind)));
    let findings = seen.project.found(id);
    let mut found = Vec::new();
    let of_place = [
        CodeActionKind::QuickFix,
        CodeActionKind::RefactorRewrite,
        CodeActionKind::Empty,
    ];
    if of_place.iter().any(is_wanted) {
        let snapshot = &seen.project.snapshot;
        for action in offered(snapshot, &findings, at) {
            let mends = action.finding.and_then(|place| findings.get(place));
            let mends = mends.and_then(|finding| diagnostic(seen, finding));
            let action = CodeAction {
                diagnostics: mends.map(|of| vec![of]),
                ..code_action(seen, action, client)
            };
            let is_of_kind = action.kind.as_ref().is_some_and(is_wanted);
            let is_there = action.edit.is_some() || client.copies;
            if is_of_kind && is_there {
                found.push(action);
            }
        }
    }
    // A light bulb beside the cursor does not show it, and it takes two checks.
    let is_asked_for =
        wanted.is_some() || context.trigger_kind != Some(CodeActionTriggerKind::Automatic);
    let is_safe = |fix: &Fix| fix.applicability == Applicability::Safe;
    let mut fixes = findings.iter().flat_map(|finding| &finding.fixes);
    if is_wanted(&FIX_ALL) && is_asked_for && fixes.any(is_safe) {
        let edits = fix_all(&seen.project.snapshot, id, seen.project.options_of(id));
        if !edits.is_empty() {
            found.push(CodeAction {
                title: "Fix all that can safely be fixed".to_owned(),
                kind: Some(FIX_ALL),
                edit: Some(workspace_edit(seen, &edits, client.takes_versions)),
                ..CodeAction::default()
            });
        }
    }
    found
}

fn code_action(seen: Seen<'_>, action: Action, client: Client) -> CodeAction {
    let kind = match action.kind {
        ActionKind::Fix { .. } | ActionKind::Ignore { .. } => CodeActionKind::QuickFix,
        ActionKind::Copy(_) => CodeActionKind::Empty,
        _ => CodeActionKind::RefactorRewrite,
    };
    let is_safe = matches!(
        action.kind,
        ActionKind::Fix {
            applicability: Applicability::Safe,
            ..
        }
    );
    let command = match action.kind {
        ActionKind::Copy(text) => Some(Command {
            title: action.title.clone(),
            tooltip: None,
            command: COPY.to_owned(),
            arguments: Some(vec![Value::String(text)]),
        }),
        _ => None,
    };
    let changes = !action.edits.is_empty();
    CodeAction {
        title: action.title,
        kind: Some(kind),
        is_preferred: is_safe.then_some(true),
        edit: changes.then(|| workspace_edit(seen, &action.edits, client.takes_versions)),
        command,
        ..CodeAction::default()
    }
}

/// Whether a kind is another one or a part of it.
fn holds(outer: &CodeActionKind, kind: &CodeActionKind) -> bool {
    let rest = kind.as_str().strip_prefix(outer.as_str());
    rest.is_some_and(|rest| outer.as_str().is_empty() || rest.is_empty() || rest.starts_with('.'))
}
