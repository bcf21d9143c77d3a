//! Lines that end the text of a block scalar because they are not indented enough, and were meant as a part of it: a
//! here-document whose lines stand at column 0, a line that stands further left than the key, or a comment of the
//! script with more of the script behind it.

use std::ops::Range;

use pipewright_source::TextRange;

use crate::lines::{line_after, line_at, line_number};

/// Lines that were meant as text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct ShortText {
    /// From the first of them to the last, without its line break.
    pub(crate) lines: Range<usize>,
    /// How many spaces they need in front of them.
    pub(crate) indent: usize,
    /// The line of the key, with `|` or `>`.
    header: Range<usize>,
    /// The word that ends the here-document they are in.
    word: Option<String>,
}

/// How many lines a here-document may go on behind the line where the parser stops.
const MAX_LINES: usize = 10_000;

/// How much deeper than its key a text is written that has no line yet.
const STEP: usize = 2;

/// A block scalar while its lines are looked at.
struct Block<'t> {
    header: Range<usize>,
    key_indent: usize,
    indent: Option<usize>,
    /// The here-document that is open in it.
    word: Option<&'t str>,
}

/// The lines that were meant as text around the byte `at`, where the parser of `text` stopped. The file has in
/// `original` what is blank in the text by now. At `known` a line begins, in front of `at`, and no block scalar goes on
/// there.
pub(crate) fn short_text(original: &str, text: &str, at: usize, known: usize) -> Option<ShortText> {
    let stop = line_at(text, at);
    // A here-document may have ended its block scalar long before.
    let holds_document = text[..stop.end].contains("<<");
    let first = if holds_document {
        0
    } else {
        known.min(stop.start)
    };
    let mut block: Option<Block<'_>> = None;
    // A here-document that was open when its block scalar ended, and where that was.
    let mut open: Option<(Block<'_>, Range<usize>)> = None;
    // A block scalar that ended at a comment, and the comments behind its last line.
    let mut commented: Option<(Block<'_>, Range<usize>)> = None;
    let mut line = line_at(text, first);
    loop {
        let written = &text[line.clone()];
        let ended = match &mut block {
            Some(block) => !block.takes(written, &original[line.clone()]),
            None => false,
        };
        if ended && let Some(ended) = block.take() {
            let document = ended.word.filter(|_| ended.indent.is_some());
            if line == stop
                && document
                    .and_then(|word| end_of_document(text, &line, word))
                    .is_none()
            {
                return ended.with_neighbours(text, &line);
            }
            if document.is_some() {
                open = Some((ended, line.clone()));
            } else if is_comment(written) {
                commented = Some((ended, line.clone()));
            }
        } else if let Some((block, comments)) = &mut commented {
            let is_inside = block
                .indent
                .is_some_and(|indent| indentation(written) >= indent);
            if line == stop && is_inside {
                return commented.map(|(block, comments)| block.ended_by(text, comments));
            }
            if is_comment(written) {
                comments.end = line.end;
            } else if !written.trim().is_empty() {
                commented = None;
            }
        }
        if line == stop {
            break;
        }
        if open
            .as_ref()
            .is_some_and(|(block, _)| block.word == Some(written.trim()))
        {
            open = None;
        }
        if block.is_none() {
            block = Block::begins(written, &line);
        }
        line = line_after(text, &line)?;
    }
    let (block, first) = open?;
    let last = end_of_document(text, &stop, block.word?)?;
    Some(ShortText {
        lines: first.start..last.end,
        indent: block.indent?,
        header: block.header,
        word: block.word.map(str::to_owned),
    })
}

impl<'t> Block<'t> {
    /// The block scalar whose `|` or `>` ends the line.
    fn begins(written: &'t str, line: &Range<usize>) -> Option<Self> {
        let head = written
            .trim_end()
            .trim_end_matches(['+', '-', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
        let before = head.strip_suffix(['|', '>'])?;
        let is_value =
            before.ends_with(": ") || before.trim_start() == "- " || before.ends_with(" - ");
        is_value.then(|| Self {
            header: line.clone(),
            key_indent: indentation(written),
            indent: None,
            word: None,
        })
    }

    /// Whether the line is a part of the text; notes the here-documents that begin and end on it, or in the file on a
    /// line that is blank by now.
    fn takes(&mut self, written: &'t str, original: &str) -> bool {
        if written.trim().is_empty() {
            self.word = self.word.filter(|word| original.trim() != *word);
            return true;
        }
        let indent = indentation(written);
        if indent <= self.key_indent || indent < *self.indent.get_or_insert(indent) {
            return false;
        }
        match self.word {
            Some(word) if written.trim() == word => self.word = None,
            Some(_) => {}
            None => self.word = here_document(written),
        }
        true
    }

    /// The line that ended the text, and those behind it like it: further left than the key, and without a key or dash
    /// of their own.
    fn with_neighbours(self, text: &str, line: &Range<usize>) -> Option<ShortText> {
        let is_short = |line: &Range<usize>| {
            let written = &text[line.clone()];
            indentation(written) < self.key_indent
                && !is_entry(written)
                && !written.trim().is_empty()
        };
        if !is_short(line) {
            return None;
        }
        let mut last = line.clone();
        while let Some(next) = line_after(text, &last).filter(is_short) {
            last = next;
        }
        Some(self.ended_by(text, line.start..last.end))
    }

    /// The lines that ended the text.
    fn ended_by(self, text: &str, lines: Range<usize>) -> ShortText {
        let indent = self.indent.unwrap_or_else(|| {
            let written = text[lines.clone()].split(['\n', '\r']);
            let written = written.filter(|line| !line.trim().is_empty());
            let own = written.map(indentation).min().unwrap_or(0);
            (self.key_indent + STEP).saturating_sub(own)
        });
        ShortText {
            lines,
            indent,
            header: self.header,
            word: None,
        }
    }
}

impl ShortText {
    /// The bytes of the first word, where it is said.
    pub(crate) fn range(&self, text: &str) -> TextRange {
        let first = &text[line_at(text, self.lines.start)];
        let start = self.lines.start + indentation(first);
        let length = first.trim_start_matches(' ').find(char::is_whitespace);
        let length = length.unwrap_or(first.len() - indentation(first));
        TextRange::of(start, start + length.max(1).min(text.len() - start))
    }

    /// The fact, and what to write.
    pub(crate) fn message(&self, text: &str) -> String {
        let header = text[self.header.clone()].trim_start();
        let key = header
            .trim_start_matches("- ")
            .split_once(": ")
            .map(|(key, _)| key);
        let whose = key.map_or_else(|| "a text".to_owned(), |key| format!("the text of `{key}`"));
        let number = line_number(text, self.header.start);
        let document = self
            .word
            .as_ref()
            .map(|word| format!(" in its here-document `{word}`"));
        format!(
            "{whose}, which begins below line {number}, ends here{}, because this line is indented less; \
             indent it and those behind it like the text: YAML takes the indentation off again",
            document.unwrap_or_default()
        )
    }
}

/// The line that ends a here-document, from `line` on.
fn end_of_document(text: &str, line: &Range<usize>, word: &str) -> Option<Range<usize>> {
    let mut line = line.clone();
    for _ in 0..MAX_LINES {
        if text[line.clone()].trim() == word {
            return Some(line);
        }
        line = line_after(text, &line)?;
    }
    None
}

/// The word that ends the here-document which a line of a script opens: `<<EOF`, `<<-'EOF'`, `<< "EOF"`.
fn here_document(written: &str) -> Option<&str> {
    let (before, rest) = written.split_once("<<")?;
    if before.ends_with('<') || rest.starts_with('<') {
        return None;
    }
    let rest = rest.strip_prefix(['-', '~']).unwrap_or(rest).trim_start();
    let rest = rest.strip_prefix(['\'', '"', '\\']).unwrap_or(rest);
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let word = &rest[..rest.find(|c| !is_word(c)).unwrap_or(rest.len())];
    word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        .then_some(word)
}

/// Whether a line is a key with its value, an item of a list, or the beginning of a document.
fn is_entry(written: &str) -> bool {
    let written = written.trim();
    written.contains(": ")
        || written.ends_with(':')
        || written.starts_with("- ")
        || written.starts_with("---")
}

/// Whether a line is a comment to YAML.
fn is_comment(written: &str) -> bool {
    written.trim_start().starts_with('#')
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}
