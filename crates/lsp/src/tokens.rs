//! Colours of expressions.

use std::collections::BTreeMap;

use gen_lsp_types::{
    Range, SemanticToken, SemanticTokens, SemanticTokensDelta, SemanticTokensDeltaResponse,
    SemanticTokensEdit, SemanticTokensLegend,
};
use pipewright_ide::{SemanticKind, semantic_tokens};
use pipewright_source::{FileId, SourceFile, TextRange};

use crate::convert::Seen;
use crate::encoding::Encoding;

/// What each piece of an expression is to an editor; the place in the list is its number.
const KINDS: [(SemanticKind, &str); 10] = [
    (SemanticKind::Delimiter, "macro"),
    (SemanticKind::Root, "namespace"),
    (SemanticKind::Member, "property"),
    (SemanticKind::Method, "method"),
    (SemanticKind::Name, "variable"),
    (SemanticKind::Keyword, "keyword"),
    (SemanticKind::Number, "number"),
    (SemanticKind::String, "string"),
    (SemanticKind::Operator, "operator"),
    (SemanticKind::Comment, "comment"),
];

/// The words for the numbers.
pub(crate) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: KINDS.map(|(_, word)| word.to_owned()).to_vec(),
        token_modifiers: Vec::new(),
    }
}

/// The pieces of all expressions of a document, or of those lines that a range touches.
pub(crate) fn tokens(seen: Seen<'_>, id: FileId, within: Option<Range>) -> Vec<SemanticToken> {
    let Some(file) = seen.source(id) else {
        return Vec::new();
    };
    let within = within.map(|range| seen.encoding.text_range(file, range));
    let is_within = |range: TextRange| {
        within.is_none_or(|within| range.start() <= within.end() && within.start() <= range.end())
    };
    let mut found = Vec::new();
    let (mut line, mut character) = (0, 0);
    for token in semantic_tokens(&seen.project.snapshot, id) {
        let range = token.span.range;
        let mut kinds = KINDS.iter().zip(0..);
        let kind = kinds.find(|((kind, _), _)| *kind == token.kind);
        let Some((_, token_type)) = kind.filter(|_| is_within(range)) else {
            continue;
        };
        let start = seen.encoding.position(file, range.start());
        let is_same_line = start.line == line;
        found.push(SemanticToken {
            delta_line: start.line - line,
            delta_start: start.character - if is_same_line { character } else { 0 },
            length: length(seen.encoding, file, range),
            token_type,
            token_modifiers_bitset: 0,
        });
        (line, character) = (start.line, start.character);
    }
    found
}

/// How long a piece is that stands within a line.
fn length(encoding: Encoding, file: &SourceFile, range: TextRange) -> u32 {
    let text = range.slice(file.text());
    let length = match encoding {
        Encoding::Utf8 => text.len(),
        Encoding::Utf16 => text.encode_utf16().count(),
        Encoding::Utf32 => text.chars().count(),
    };
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// The tokens that the client has, by document.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// How many answers there were, which numbers them.
    answers: u64,
    by_uri: BTreeMap<String, (String, Vec<SemanticToken>)>,
}

impl Told {
    /// All tokens of a document, noted as what the client has.
    pub(crate) fn all(&mut self, uri: &str, data: Vec<SemanticToken>) -> SemanticTokens {
        self.answers += 1;
        let id = self.answers.to_string();
        self.by_uri
            .insert(uri.to_owned(), (id.clone(), data.clone()));
        SemanticTokens {
            result_id: Some(id),
            data,
        }
    }

    /// What became of the tokens of an earlier answer; all where that is not the latest.
    pub(crate) fn since(
        &mut self,
        uri: &str,
        answer: &str,
        data: Vec<SemanticToken>,
    ) -> SemanticTokensDeltaResponse {
        let before = self.by_uri.get(uri).filter(|(id, _)| id == answer);
        let Some((_, before)) = before else {
            return self.all(uri, data).into();
        };
        let edits = changes(before, &data);
        let result_id = self.all(uri, data).result_id;
        SemanticTokensDelta { result_id, edits }.into()
    }

    pub(crate) fn forget(&mut self, uri: &str) {
        self.by_uri.remove(uri);
    }
}

/// The one edit from one list to another, counted in numbers, of which a token has five; none where nothing differs.
fn changes(before: &[SemanticToken], after: &[SemanticToken]) -> Vec<SemanticTokensEdit> {
    let same = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let (before, after) = (&before[same..], &after[same..]);
    let pairs = before.iter().rev().zip(after.iter().rev());
    let tail = pairs.take_while(|(a, b)| a == b).count();
    let (before, after) = (&before[..before.len() - tail], &after[..after.len() - tail]);
    if before.is_empty() && after.is_empty() {
        return Vec::new();
    }
    let numbers = |tokens: usize| u32::try_from(tokens * 5).unwrap_or(u32::MAX);
    vec![SemanticTokensEdit {
        start: numbers(same),
        delete_count: numbers(before.len()),
        data: Some(after.iter().flat_map(|of| <[u32; 5]>::from(*of)).collect()),
    }]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(starts: &[u32]) -> Vec<SemanticToken> {
        let starts = starts.iter();
        starts
            .map(|start| SemanticToken::from([0, *start, 1, 0, 0]))
            .collect()
    }

    #[test]
    fn what_changed_is_told_alone() {
        let mut told = Told::default();
        let first = told.all("a", tokens(&[1, 2, 3]));
        let first = first.result_id.unwrap();
        let SemanticTokensDeltaResponse::SemanticTokensDelta(delta) =
            told.since("a", &first, tokens(&[1, 7, 8, 3]))
        else {
            panic!("all");
        };
        let edit = &delta.edits[0];
        assert_eq!(
            (edit.start, edit.delete_count, delta.edits.len()),
            (5, 5, 1)
        );
        let data = edit.data.as_ref().unwrap();
        assert_eq!(data[..], [0, 7, 1, 0, 0, 0, 8, 1, 0, 0]);
        let SemanticTokensDeltaResponse::SemanticTokens(all) =
            told.since("a", &first, tokens(&[4]))
        else {
            panic!("that answer is not the latest");
        };
        let latest = all.result_id.unwrap();
        let SemanticTokensDeltaResponse::SemanticTokensDelta(delta) =
            told.since("a", &latest, tokens(&[4]))
        else {
            panic!("all");
        };
        assert_eq!(delta.edits, []);
    }
}
