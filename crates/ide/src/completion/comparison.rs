//! The few values that a name has which the text before the cursor compares.

use pipewright_engine::InputValidator;
use pipewright_resolve::{Member, Position, Verdict, few_values};
use pipewright_source::{Edit, TextRange};
use pipewright_syntax::{
    ModifierKind, Token, TokenKind, parse_runtime_input, parse_template, tokens_of,
};
use pipewright_yaml::{NodeId, Tree};

use super::prefix::{Begun, path_at_end};
use super::{Completion, CompletionKind};
use crate::cursor::Resolved;

/// A comparison whose right side is written at the cursor.
pub(super) struct Comparison {
    /// The path on its left side.
    path: String,
    /// Where the text in quotes begins in the decoded text, behind the quote, and where the cursor stands.
    written: TextRange,
}

impl Comparison {
    /// The comparison at whose right side the cursor stands in quotes: `<+stage.status> == "SUC`.
    pub(super) fn find(begun: &Begun<'_>) -> Option<Self> {
        let (expression, end) = (begun.text, begun.end);
        let all = tokens_of(expression, begun.language);
        let (string, before) = all.split_last()?;
        if string.kind != TokenKind::Unterminated {
            return None;
        }
        let text = string.range.slice(expression);
        let inside = text.strip_prefix(['"', '\''])?;
        let before = without_blanks(before);
        let (sign, before) = before.split_last()?;
        let left = operand(sign, expression)?;
        let path = match left {
            // `<+a>==`: the end of the island and the sign are one token.
            Left::Island(end) => island_at_end(&expression[..end])?,
            Left::Open => {
                let before = without_blanks(before);
                let end = before.last()?.range.end() as usize;
                let text = &expression[..end];
                if text.ends_with('>') {
                    island_at_end(text)?
                } else {
                    let (mut path, length) = path_at_end(text, begun.language)?;
                    path.push(text[text.len() - length..].to_owned());
                    path.join(".")
                }
            }
        };
        let length = u32::try_from(inside.len()).ok()?;
        Some(Self {
            path,
            written: TextRange::new(end.checked_sub(length)?, end),
        })
    }

    /// The values of what is compared, read at a position.
    pub(super) fn values(
        &self,
        position: &Position<'_>,
        of: &Resolved<'_>,
        (tree, scalar): (&Tree, NodeId),
    ) -> Vec<Completion> {
        let verdict = position.verdict(&self.path);
        let few = few_values(&self.path, &verdict);
        let few = few.map(|few| few.values.iter().map(|value| (*value).to_owned()).collect());
        let values: Option<Vec<String>> = few.or_else(|| of.allowed_values(&verdict));
        let span = tree.cover_of(scalar, self.written);
        let values = values.into_iter().flatten().map(|value| Completion {
            label: value.clone(),
            kind: CompletionKind::Value,
            detail: self.path.clone(),
            edit: Edit {
                span,
                replacement: value,
            },
        });
        values.collect()
    }
}

impl Resolved<'_> {
    /// The values that a variable may be given, where it is a runtime input that lists them.
    fn allowed_values(&self, verdict: &Verdict) -> Option<Vec<String>> {
        let target = verdict.target()?;
        let Member::Variable(place) = target.member else {
            return None;
        };
        let variables = &self.pipeline.node(target.node).variables;
        let text = self.tree.text(variables.get(place as usize)?.value?)?;
        let modifiers = parse_runtime_input(text)?.modifiers;
        let mut lists = modifiers
            .iter()
            .filter(|modifier| modifier.kind == ModifierKind::AllowedValues);
        let list = lists.next()?.arguments?.slice(text);
        let values = InputValidator::AllowedValues(list).allowed()?.into_iter();
        // What a text in quotes cannot hold as it is, is not offered.
        let values = values.filter(|value| !value.contains(['"', '\'', '\\']));
        Some(values.collect())
    }
}

/// What stands before the sign of a comparison.
enum Left {
    /// An island that ends at this byte.
    Island(usize),
    /// Something else, or an island with blanks behind it.
    Open,
}

/// Reads `==`, `!=` and their words, also behind the end of an island.
fn operand(sign: &Token, expression: &str) -> Option<Left> {
    match sign.range.slice(expression) {
        "==" | "!=" | "eq" | "ne" => Some(Left::Open),
        ">==" | ">!=" => Some(Left::Island(sign.range.start() as usize + 1)),
        _ => None,
    }
}

fn without_blanks(mut tokens: &[Token]) -> &[Token] {
    while let Some((last, before)) = tokens.split_last() {
        if last.kind != TokenKind::Blank {
            break;
        }
        tokens = before;
    }
    tokens
}

/// What stands in the island that ends a text.
fn island_at_end(text: &str) -> Option<String> {
    let template = parse_template(text);
    let (_, range) = template.roots().last()?;
    let inner = template
        .islands
        .iter()
        .find(|island| island.range == range)?
        .inner;
    let is_last = range.end() as usize == text.len();
    is_last.then(|| inner.slice(text).trim().to_owned())
}
