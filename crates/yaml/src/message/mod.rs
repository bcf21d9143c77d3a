//! The parser's errors in people's words: the fact, and what to write instead.

use granit_parser::ErrorKind;
use pipewright_source::TextRange;

use crate::colon::UnquotedColon;
use crate::events::Failure;
use crate::flow_cut::FlowCut;
use crate::limits::MAX_DEPTH;
use crate::lines::line_number;
use crate::{Problem, ProblemKind};

mod layout;
mod place;

pub(crate) use place::is_tab;
use place::{boundary, opened_above, quote_at, tab, word};

/// The problem of a colon inside an unquoted expression.
pub(crate) fn of_unquoted_colon(text: &str, colon: UnquotedColon) -> Problem {
    let scalar = colon.scalar.slice(text);
    Problem {
        range: TextRange::new(colon.at, colon.at + 1),
        kind: ProblemKind::UnquotedColon(colon.scalar),
        message: format!(
            "the colon and the blank behind it cut the expression in two, because the value is not in quotes; \
             write {}",
            quoted(scalar)
        ),
    }
}

/// The problem of a comma or bracket inside an unquoted expression.
pub(crate) fn of_flow_cut(text: &str, cut: FlowCut) -> Problem {
    let range = TextRange::new(cut.at, cut.at + 1);
    let sign = match range.slice(text) {
        "," => "a comma".to_owned(),
        bracket => format!("`{bracket}`"),
    };
    Problem {
        range,
        kind: ProblemKind::FlowCut(cut.scalar),
        message: format!(
            "{sign} ends an unquoted value inside `{{ }}` and `[ ]`, and so cuts the expression in two; write {}",
            quoted(cut.scalar.slice(text))
        ),
    }
}

/// The text in the quotes that need no escapes, or in single quotes.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// The problem of the parser's failure.
pub(crate) fn of_failure(text: &str, failure: &Failure) -> Problem {
    let at = boundary(text, failure.at as usize);
    let (kind, message) = match limit(&failure.kind) {
        Some(message) => (ProblemKind::Limit, message),
        None => (ProblemKind::Syntax, sentence(text, at, failure)),
    };
    let range = match &failure.kind {
        kind if is_tab(kind) => tab(text, at),
        ErrorKind::InvalidQuotedScalarIndent => {
            failure.opening_quote(text).map(|at| word(text, at))
        }
        _ => None,
    };
    Problem {
        range: range.unwrap_or_else(|| word(text, at)),
        kind,
        message,
    }
}

/// The problem of a failure that nothing mends.
pub(crate) fn of_last_failure(text: &str, failure: &Failure) -> Problem {
    let mut problem = of_failure(text, failure);
    if problem.kind == ProblemKind::Syntax {
        problem.message.push_str("; nothing from here on was read");
    }
    problem
}

fn limit(kind: &ErrorKind) -> Option<String> {
    match kind {
        ErrorKind::RecursionLimitExceeded => Some(format!(
            "nested more than {MAX_DEPTH} levels deep; nothing from here on was read"
        )),
        ErrorKind::TooManyComments => {
            Some("too many comment lines in a row; nothing from here on was read".to_owned())
        }
        ErrorKind::AnchorCountOverflow
        | ErrorKind::DirectiveByteLimitExceeded { .. }
        | ErrorKind::TooManyReservedDirectiveParams { .. } => {
            Some("larger than this program reads; nothing from here on was read".to_owned())
        }
        _ => None,
    }
}

fn sentence(text: &str, at: usize, failure: &Failure) -> String {
    let opened = failure.open_flow.map(|open| bracket(text, open as usize));
    match &failure.kind {
        kind if is_tab(kind) => {
            "a tab stands in the indentation; YAML allows only spaces there, so replace it by spaces".to_owned()
        }
        ErrorKind::UnclosedQuotedScalar => format!(
            "the quote {} opened here is never closed; add the closing quote",
            quote_at(text, at)
        ),
        ErrorKind::DocumentIndicatorInQuotedScalar => format!(
            "the quote {} opened here is still open where the document ends; add the closing quote",
            quote_at(text, at)
        ),
        ErrorKind::InvalidTrailingSingleQuotedScalar => format!(
            "more text follows the closing quote `'`{}; write a quote inside the text twice (`''`), or put all of the text in quotes",
            opened_above(text, at, failure)
        ),
        ErrorKind::InvalidTrailingDoubleQuotedScalar => format!(
            "more text follows the closing quote `\"`{}; write a quote inside the text as `\\\"`, or put all of the text in quotes",
            opened_above(text, at, failure)
        ),
        ErrorKind::InvalidQuotedScalarIndent => format!(
            "the quote {} opened here is not closed, and line {} is not indented deep enough to continue it; add the closing quote",
            quote_at(text, failure.opening_quote(text).unwrap_or(at)),
            line_number(text, at)
        ),
        ErrorKind::UnknownQuotedScalarEscape => {
            "a backslash in double quotes begins an escape sequence, and this one does not exist; \
             write the backslash twice, or use single quotes"
                .to_owned()
        }
        ErrorKind::InvalidQuotedScalarHexEscape | ErrorKind::InvalidUnicodeEscape => {
            "the escape sequence wants hexadecimal digits that name a character (`\\x41`, `\\u0041`, `\\U00000041`)"
                .to_owned()
        }
        ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate => {
            "half of a surrogate pair; write both halves (`\\uD83D\\uDE00`) or the character itself".to_owned()
        }
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement if opened.is_none() => layout::colon(text, at),
        ErrorKind::InvalidMappingValueWhitespace => {
            "after `:` YAML wants a space; a tab or another character does not end a key".to_owned()
        }
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => layout::no_key(text, at),
        ErrorKind::ExpectedBlockMappingKey => layout::key_expected(text, at),
        ErrorKind::InvalidIndentation
        | ErrorKind::InvalidFlowScalarIndent
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::UnexpectedEofBlockSequence
        | ErrorKind::UnexpectedEofBlockMapping
        | ErrorKind::MappingKeyNotAllowed
        | ErrorKind::ExpectedDocumentStart => {
            layout::misfit(text, at)
        }
        ErrorKind::BlockSequenceEntryNotAllowed => {
            "a list item `- ` cannot begin here; put it on a line of its own below the key, \
             or put the text in quotes"
                .to_owned()
        }
        ErrorKind::BlockEntryInFlowCollection => {
            "a list item `- ` cannot stand inside brackets; separate the items by commas".to_owned()
        }
        ErrorKind::InvalidBlockEntryWhitespace => "after the dash of a list item YAML wants a space".to_owned(),
        ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::MappingValueNotAllowed
        | ErrorKind::InvalidColonPlacement
        | ErrorKind::FlowMappingValueAdjacentCollection => match opened {
            Some(opened) => format!(
                "a comma or the closing bracket is missing; {opened}; put the value in quotes if no list or mapping is meant"
            ),
            None => "a comma or a closing bracket is missing".to_owned(),
        },
        ErrorKind::MisplacedFlowCollectionEnd => {
            "this bracket closes nothing; remove it, or put the value in quotes".to_owned()
        }
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            format!("`{close}` cannot close the bracket `{open}`")
        }
        ErrorKind::UnexpectedCharacter { character } => character_sentence(*character),
        ErrorKind::PlainScalarStartsWithDashFlowIndicator => {
            "a dash and a bracket cannot begin a value; put it in quotes".to_owned()
        }
        ErrorKind::ExpectedNodeContent => {
            "no value can begin with this; put it in quotes".to_owned()
        }
        ErrorKind::UnexpectedEndOfPlainScalar => "the value ends before it begins; put it in quotes".to_owned(),
        ErrorKind::CommentInterceptedScalar => {
            "a comment cannot stand between the lines of an unquoted text; move it, or put the text in quotes".to_owned()
        }
        ErrorKind::CommentNotSeparated => {
            "a `#` right behind a quote or bracket is neither text nor comment; put a space before it".to_owned()
        }
        ErrorKind::MissingAnchorOrAliasName => {
            let sign = text[at..].chars().next().unwrap_or('*');
            format!("`{sign}` at the beginning of a value wants a name behind it; put the value in quotes if it is text")
        }
        ErrorKind::ZeroBlockScalarIndent
        | ErrorKind::InvalidBlockScalarHeader => {
            "on the line of `|` or `>` only `+`, `-`, a digit or a comment may follow; the text begins on the next line"
                .to_owned()
        }
        ErrorKind::InvalidBlockScalarIndent => {
            "this line of a multi-line text is indented less than its first line; indent it alike".to_owned()
        }
        ErrorKind::BomInsideDocument => {
            "an invisible byte order mark (U+FEFF) stands inside the file; remove it".to_owned()
        }
        ErrorKind::ExpectedTagBang
        | ErrorKind::UndeclaredTagHandle
        | ErrorKind::InvalidGlobalTagCharacter
        | ErrorKind::InvalidTagTerminator
        | ErrorKind::MissingTagUri
        | ErrorKind::UnclosedVerbatimTag
        | ErrorKind::InvalidTagEscape
        | ErrorKind::InvalidTagUtf8LeadingByte
        | ErrorKind::InvalidTagUtf8TrailingByte
        | ErrorKind::InvalidTagUtf8 => {
            "`!` at the beginning of a value begins a tag, and this is none; put the value in quotes".to_owned()
        }
        ErrorKind::DuplicateVersionDirective
        | ErrorKind::UnsupportedYamlMajorVersion
        | ErrorKind::DuplicateTagDirective
        | ErrorKind::MissingDocumentEndBeforeDirective
        | ErrorKind::ExpectedTagDirectiveBang
        | ErrorKind::InvalidDirectiveTerminator
        | ErrorKind::MissingYamlVersionSeparator
        | ErrorKind::MissingDirectiveName
        | ErrorKind::InvalidDirectiveName
        | ErrorKind::YamlVersionTooLong
        | ErrorKind::MissingYamlVersion
        | ErrorKind::InvalidTagDirectiveTerminator => {
            "`%` at the beginning of a line begins a directive, and this is none; indent it or put it in quotes"
                .to_owned()
        }
        ErrorKind::InvalidDocumentEnd => {
            "nothing but a comment may follow `...` or `---` on this line".to_owned()
        }
        _ => "this is not YAML".to_owned(),
    }
}

fn bracket(text: &str, at: usize) -> String {
    let line = line_number(text, at);
    let bracket = text
        .get(at..)
        .and_then(|rest| rest.chars().next())
        .unwrap_or('[');
    format!("`{bracket}` was opened on line {line}")
}

fn character_sentence(character: char) -> String {
    match character {
        '@' | '`' | '%' => {
            format!("an unquoted value cannot begin with {character:?}; put it in quotes")
        }
        '\t' => "a tab cannot begin a value; use spaces".to_owned(),
        c if c.is_control() || !c.is_ascii() => format!(
            "the invisible or reserved character U+{:04X} is not allowed in YAML; remove it",
            u32::from(c)
        ),
        c => format!("{c:?} cannot stand here; put the value in quotes"),
    }
}
