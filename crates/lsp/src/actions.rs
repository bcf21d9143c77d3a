//! What mends a finding, or silences it.

use std::collections::{BTreeMap, HashMap};

use gen_lsp_types::{
    CodeAction, CodeActionKind, DocumentChange, OptionalVersionedTextDocumentIdentifier, Range,
    TextDocumentEdit, TextDocumentIdentifier, TextEdit, WorkspaceEdit,
};
use pipewright_lint::{Wanted, apply, choose, edited, ignores};
use pipewright_source::{Applicability, Diagnostic, FileId, SourceFile, TextRange};

use crate::convert::Seen;
use crate::diagnostics::diagnostic;

/// What can be done in a range of a file, of the kinds that are asked for. It follows from what is found in the texts
/// as they are now, so an outdated diagnostic of the editor has no action.
pub(crate) fn actions(
    seen: Seen<'_>,
    id: FileId,
    range: Range,
    wanted: Option<&[CodeActionKind]>,
    takes_versions: bool,
) -> Vec<CodeAction> {
    let Some(file) = seen.source(id) else {
        return Vec::new();
    };
    let range = seen.encoding.text_range(file, range);
    let found = seen.project.found(id);
    let is_wanted =
        |kind: &CodeActionKind| wanted.is_none_or(|wanted| wanted.iter().any(|of| holds(of, kind)));
    let mut actions = Vec::new();
    if is_wanted(&CodeActionKind::QuickFix) {
        for finding in found.iter().filter(|of| touch(of.span.range, range)) {
            actions.extend(of_finding(seen, finding, takes_versions));
        }
    }
    if is_wanted(&CodeActionKind::SourceFixAll) {
        actions.extend(fix_all(seen, id, &found, takes_versions));
    }
    actions
}

/// Whether a kind is another one or a part of it.
fn holds(outer: &CodeActionKind, kind: &CodeActionKind) -> bool {
    let rest = kind.as_str().strip_prefix(outer.as_str());
    rest.is_some_and(|rest| outer.as_str().is_empty() || rest.is_empty() || rest.starts_with('.'))
}

fn touch(one: TextRange, other: TextRange) -> bool {
    one.start() <= other.end() && other.start() <= one.end()
}

/// The fixes of a finding, and the comment that silences it.
fn of_finding(seen: Seen<'_>, finding: &Diagnostic, takes_versions: bool) -> Vec<CodeAction> {
    let told = diagnostic(seen, finding);
    let action = |title: String, is_preferred: bool, texts: &BTreeMap<FileId, String>| CodeAction {
        title,
        kind: Some(CodeActionKind::QuickFix),
        diagnostics: told.clone().map(|told| vec![told]),
        is_preferred: is_preferred.then_some(true),
        edit: Some(workspace_edit(seen, texts, takes_versions)),
        ..CodeAction::default()
    };
    let fixes = finding.fixes.iter();
    let fixes = fixes.filter(|fix| fix.applicability != Applicability::DisplayOnly);
    let mut actions: Vec<CodeAction> = fixes
        .map(|fix| {
            let chosen = pipewright_lint::Chosen { finding, fix };
            let texts = apply(seen.project.snapshot.sources(), &[chosen]);
            action(
                fix.title.clone(),
                fix.applicability == Applicability::Safe,
                &texts,
            )
        })
        .collect();
    let silent = ignores(&seen.project.snapshot, std::slice::from_ref(finding));
    let texts = silent.into_iter().filter_map(|(id, edits)| {
        let file = seen.source(id)?;
        Some((id, edited(file, &edits)))
    });
    let texts: BTreeMap<FileId, String> = texts.collect();
    let changes =
        |(id, text): (&FileId, &String)| seen.source(*id).is_some_and(|file| file.text() != text);
    if texts.iter().any(changes) {
        let title = format!("ignore `{}` here", finding.rule);
        actions.push(action(title, false, &texts));
    }
    actions
}

/// All safe fixes of a file at once. `None` where there are none.
fn fix_all(
    seen: Seen<'_>,
    id: FileId,
    found: &[Diagnostic],
    takes_versions: bool,
) -> Option<CodeAction> {
    let wanted = Wanted::new(false);
    let chosen = choose(found, &wanted, |changed| changed == id);
    if chosen.is_empty() {
        return None;
    }
    let texts = apply(seen.project.snapshot.sources(), &chosen);
    Some(CodeAction {
        title: "fix all that can safely be fixed".to_owned(),
        kind: Some(CodeActionKind::SourceFixAll),
        edit: Some(workspace_edit(seen, &texts, takes_versions)),
        ..CodeAction::default()
    })
}

/// The edits that give files these texts. Where the client takes versions, each is for the text that it was made of:
/// one that changed meanwhile is left alone.
pub(crate) fn workspace_edit(
    seen: Seen<'_>,
    texts: &BTreeMap<FileId, String>,
    takes_versions: bool,
) -> WorkspaceEdit {
    let edits = texts.iter().filter_map(|(id, text)| {
        let edit = replacement(seen, seen.source(*id)?, text)?;
        Some((*id, seen.uri(*id)?, edit))
    });
    if !takes_versions {
        let changes: HashMap<_, _> = edits.map(|(_, uri, edit)| (uri, vec![edit])).collect();
        return WorkspaceEdit {
            changes: Some(changes),
            ..WorkspaceEdit::default()
        };
    }
    let changes = edits.map(|(id, uri, edit)| {
        DocumentChange::TextDocumentEdit(TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                version: seen.version(id),
                text_document_identifier: TextDocumentIdentifier { uri },
            },
            edits: vec![edit.into()],
        })
    });
    WorkspaceEdit {
        document_changes: Some(changes.collect()),
        ..WorkspaceEdit::default()
    }
}

/// The one edit from a file to another text: from the first byte that differs to the last. `None` where none does.
fn replacement(seen: Seen<'_>, file: &SourceFile, text: &str) -> Option<TextEdit> {
    let (old, new) = (file.text(), text);
    if old == new {
        return None;
    }
    let pairs = old.char_indices().zip(new.chars());
    let differs = pairs.into_iter().find(|((_, a), b)| a != b);
    let start = differs.map_or(old.len().min(new.len()), |((at, _), _)| at);
    let pairs = old[start..].chars().rev().zip(new[start..].chars().rev());
    let same = pairs.take_while(|(a, b)| a == b);
    let end: usize = same.map(|(c, _)| c.len_utf8()).sum();
    // A position cannot stand between the two characters of a line break.
    let start = if old[..start].ends_with('\r') {
        start - 1
    } else {
        start
    };
    let splits = old[..old.len() - end].ends_with('\r') && old[old.len() - end..].starts_with('\n');
    let end = if splits { end - 1 } else { end };
    Some(TextEdit {
        range: seen
            .encoding
            .range(file, TextRange::of(start, old.len() - end)),
        new_text: new[start..new.len() - end].to_owned(),
    })
}
