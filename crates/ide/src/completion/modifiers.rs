//! What can follow a runtime input: `<+input>.allowedValues(…)`.

use pipewright_source::{Edit, TextRange};
use pipewright_syntax::{ModifierKind, parse_runtime_input};
use pipewright_yaml::{NodeId, Tree};

use super::prefix::decoded;
use super::{Completion, CompletionKind};

/// The modifiers of runtime inputs, where the cursor stands behind the dot of one. `None` elsewhere.
pub(super) fn modifiers(tree: &Tree, scalar: NodeId, offset: u32) -> Option<Vec<Completion>> {
    let text = tree.text(scalar)?;
    let end = decoded(tree, scalar, text, offset);
    let before = text.get(..end as usize)?;
    let letters = before.chars().rev().take_while(char::is_ascii_alphabetic);
    let start = before.len() - letters.count();
    let rest = before[..start].strip_suffix('.')?;
    let input = parse_runtime_input(rest)?;
    let is_whole = input.rest.is_none() && input.modifiers.iter().all(|of| of.closed);
    input.marker.filter(|_| is_whole)?;
    let span = tree.cover_of(scalar, TextRange::of(start, before.len()));
    let known = ModifierKind::known().map(|kind| Completion {
        label: kind.name().to_owned(),
        kind: CompletionKind::Method,
        detail: kind.signature().to_owned(),
        edit: Edit {
            span,
            replacement: kind.name().to_owned(),
        },
    });
    Some(known.collect())
}
