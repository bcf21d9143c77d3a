//! What can be written at a place.

use gen_lsp_types::{CompletionItem, CompletionItemKind, TextEdit};
use pipewright_ide::{Completion, CompletionKind, DeclarationKind, complete};
use pipewright_source::FileId;

use crate::convert::Seen;

/// What can be written at a byte of a file.
pub(crate) fn completion(seen: Seen<'_>, id: FileId, offset: u32) -> Vec<CompletionItem> {
    let found = complete(&seen.project.snapshot, id, offset);
    found.iter().filter_map(|of| item(seen, of)).collect()
}

fn item(seen: Seen<'_>, of: &Completion) -> Option<CompletionItem> {
    let edit = TextEdit {
        range: seen.range(of.edit.span)?,
        new_text: of.edit.replacement.clone(),
    };
    let written = of.edit.span;
    Some(CompletionItem {
        label: of.label.clone(),
        kind: Some(kind(of.kind)),
        detail: (!of.detail.is_empty()).then(|| of.detail.clone()),
        // What stands there may be the end of a longer word to the editor.
        filter_text: (!written.range.is_empty()).then(|| of.edit.replacement.clone()),
        text_edit: Some(edit.into()),
        ..CompletionItem::default()
    })
}

const fn kind(of: CompletionKind) -> CompletionItemKind {
    match of {
        CompletionKind::Root => CompletionItemKind::Module,
        CompletionKind::Declared(of) => match of {
            DeclarationKind::Pipeline | DeclarationKind::Section => CompletionItemKind::Module,
            DeclarationKind::Stage | DeclarationKind::StepGroup => CompletionItemKind::Struct,
            DeclarationKind::Step => CompletionItemKind::Function,
            DeclarationKind::Variable | DeclarationKind::Axis => CompletionItemKind::Variable,
            DeclarationKind::Output => CompletionItemKind::Value,
            DeclarationKind::Barrier => CompletionItemKind::Event,
            DeclarationKind::Setting => CompletionItemKind::Property,
        },
        CompletionKind::Output => CompletionItemKind::Value,
        _ => CompletionItemKind::Field,
    }
}
