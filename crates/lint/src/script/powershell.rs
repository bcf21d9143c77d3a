//! Windows PowerShell and its successor.

use pipewright_source::TextRange;

use super::lexer::Lexer;
use super::{Quoting, Script};

pub(super) fn read(text: &str, expressions: &[TextRange]) -> Script {
    let mut lexer = Lexer::new(text, expressions);
    while let Some(c) = lexer.peek() {
        if !lexer.expression(Quoting::Bare) {
            character(&mut lexer, c);
        }
    }
    lexer.finish()
}

/// The strings and comments that stretch to an end: how each begins, the quotes they are, what escapes in them, and how
/// they end.
const STRETCHES: [(&str, Quoting, Option<char>, &str); 6] = [
    ("@'", Quoting::QuotedHereDocument, None, "\n'@"),
    ("@\"", Quoting::HereDocument, None, "\n\"@"),
    ("<#", Quoting::Comment, None, "#>"),
    ("#", Quoting::Comment, None, "\n"),
    ("'", Quoting::Single, None, "'"),
    ("\"", Quoting::Double, Some('`'), "\""),
];

fn character(lexer: &mut Lexer<'_>, c: char) {
    let rest = lexer.rest();
    let stretch = STRETCHES
        .iter()
        .find(|(begins, ..)| rest.starts_with(begins));
    if let Some((begins, quoting, escape, end)) = stretch {
        if *quoting != Quoting::Comment {
            lexer.begin();
        }
        lexer.skip(begins.len());
        // The end of a line ends a command, too.
        let is_line = *end == "\n";
        lexer.until(*quoting, *escape, |rest| {
            rest.starts_with(end)
                .then_some(if is_line { 0 } else { end.len() })
        });
        return;
    }
    match c {
        '\n' | ';' | '{' | '}' => {
            lexer.skip(1);
            lexer.end_command();
        }
        '|' => {
            lexer.begin().is_redirected = true;
            lexer.skip(1);
            lexer.end_command();
        }
        '>' => {
            lexer.begin().is_redirected = true;
            lexer.skip(1);
        }
        c if c.is_whitespace() => lexer.blank(c),
        c => lexer.word(c),
    }
}
