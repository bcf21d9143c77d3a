//! Python.

use pipewright_source::TextRange;

use super::lexer::Lexer;
use super::{Quoting, Script};

/// The strings, the longer first.
const STRINGS: [&str; 4] = ["\"\"\"", "'''", "\"", "'"];

pub(super) fn read(text: &str, expressions: &[TextRange]) -> Script {
    let mut lexer = Lexer::new(text, expressions);
    while let Some(c) = lexer.peek() {
        if !lexer.expression(Quoting::Bare) {
            character(&mut lexer, c);
        }
    }
    lexer.finish()
}

fn character(lexer: &mut Lexer<'_>, c: char) {
    let rest = lexer.rest();
    if let Some(quote) = STRINGS.iter().find(|quote| rest.starts_with(**quote)) {
        // What stands between the quotes is program text, and so may end the string: of either quote.
        lexer.begin();
        lexer.skip(quote.len());
        lexer.until(Quoting::Double, Some('\\'), |rest| {
            rest.starts_with(quote).then_some(quote.len())
        });
        return;
    }
    match c {
        '#' => lexer.until(Quoting::Comment, None, |rest| {
            rest.starts_with('\n').then_some(0)
        }),
        '\n' | ';' => {
            lexer.skip(1);
            lexer.end_command();
        }
        '(' => lexer.blank(c),
        c if c.is_whitespace() => lexer.blank(c),
        c => lexer.word(c),
    }
}
