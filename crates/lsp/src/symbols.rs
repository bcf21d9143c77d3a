//! What files declare.

use gen_lsp_types::{BaseSymbolInformation, DocumentSymbol, SymbolInformation, SymbolKind};
use pipewright_ide::{Declaration, DeclarationKind, Symbol, symbols};
use pipewright_source::FileId;

use crate::convert::Seen;

/// The most symbols that a search of the whole workspace gives.
const MOST_FOUND: usize = 1_000;

/// What a file declares, as a tree.
pub(crate) fn outline(seen: Seen<'_>, id: FileId) -> Vec<DocumentSymbol> {
    let found = symbols(&seen.project.snapshot, id);
    nested(seen, id, &found)
}

fn nested(seen: Seen<'_>, id: FileId, found: &[Symbol]) -> Vec<DocumentSymbol> {
    // A name that an alias or a template has elsewhere has no place in this file.
    let own = found.iter().filter(|of| of.declaration.name.file == id);
    let own = own.filter_map(|of| symbol(seen, id, of));
    own.collect()
}

#[allow(deprecated, reason = "the field has to be written")]
fn symbol(seen: Seen<'_>, id: FileId, of: &Symbol) -> Option<DocumentSymbol> {
    let (name, whole) = (of.declaration.name, of.declaration.whole);
    // The protocol wants the name inside of the whole.
    let holds = whole.file == name.file && whole.range.contains_range(name.range);
    Some(DocumentSymbol {
        name: short_name(seen, &of.declaration),
        detail: of.declaration.type_name.clone(),
        kind: kind(of.declaration.kind),
        tags: None,
        deprecated: None,
        range: seen.range(if holds { whole } else { name })?,
        selection_range: seen.range(name)?,
        children: Some(nested(seen, id, &of.children)),
    })
}

/// What a file declares, as a list.
pub(crate) fn list(seen: Seen<'_>, id: FileId, query: &str) -> Vec<SymbolInformation> {
    let mut found = Vec::new();
    let roots = symbols(&seen.project.snapshot, id);
    // Children come after what they are in.
    let mut waiting: Vec<(&Symbol, Option<String>)> =
        roots.iter().rev().map(|root| (root, None)).collect();
    while let Some((of, around)) = waiting.pop() {
        let name = short_name(seen, &of.declaration);
        let children = of.children.iter().rev();
        waiting.extend(children.map(|child| (child, Some(name.clone()))));
        let is_own = of.declaration.name.file == id;
        if is_own && matches(&name, query) && found.len() < MOST_FOUND {
            found.extend(information(seen, &of.declaration, name, around));
        }
    }
    found
}

#[allow(deprecated, reason = "the field has to be written")]
fn information(
    seen: Seen<'_>,
    of: &Declaration,
    name: String,
    container_name: Option<String>,
) -> Option<SymbolInformation> {
    Some(SymbolInformation {
        deprecated: None,
        location: seen.location(of.name)?,
        base_symbol_information: BaseSymbolInformation {
            name,
            kind: kind(of.kind),
            tags: None,
            container_name,
        },
    })
}

/// What is asked for in the whole workspace, at most [`MOST_FOUND`].
pub(crate) fn search<'a>(
    all: impl Iterator<Item = Seen<'a>>,
    query: &str,
) -> Vec<SymbolInformation> {
    let mut found = Vec::new();
    for seen in all {
        for (_, id) in seen.project.reported() {
            found.extend(list(seen, id, query));
            if found.len() >= MOST_FOUND {
                found.truncate(MOST_FOUND);
                return found;
            }
        }
    }
    found
}

/// Whether the letters of a query stand in a name, in their order, in either case.
fn matches(name: &str, query: &str) -> bool {
    let mut letters = name.chars().flat_map(char::to_lowercase);
    let mut asked = query.chars().flat_map(char::to_lowercase);
    asked.all(|c| letters.any(|letter| letter == c))
}

/// The name as it is written; where it is empty, what it is.
fn short_name(seen: Seen<'_>, of: &Declaration) -> String {
    let name = seen.project.snapshot.sources().slice(of.name).trim();
    let name = name.trim_matches(['"', '\'']);
    if name.is_empty() {
        of.kind.as_str()
    } else {
        name
    }
    .to_owned()
}

const fn kind(of: DeclarationKind) -> SymbolKind {
    match of {
        DeclarationKind::Pipeline => SymbolKind::Module,
        DeclarationKind::Stage => SymbolKind::Class,
        DeclarationKind::StepGroup | DeclarationKind::Section => SymbolKind::Namespace,
        DeclarationKind::Step => SymbolKind::Function,
        DeclarationKind::Variable => SymbolKind::Variable,
        DeclarationKind::Axis => SymbolKind::Enum,
        DeclarationKind::Output => SymbolKind::Field,
        DeclarationKind::Barrier => SymbolKind::Event,
        DeclarationKind::Setting => SymbolKind::Property,
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn letters_in_order_match() {
        assert!(matches("BuildImage", "bimg"));
        assert!(matches("BuildImage", ""));
        assert!(!matches("BuildImage", "gmi"));
    }
}
