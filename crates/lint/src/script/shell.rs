//! Shells of the Bourne family.

use pipewright_source::TextRange;

use super::lexer::Lexer;
use super::{Quoting, Script};

/// What ends a word in front of a comment.
const BEFORE_COMMENT: [char; 6] = [' ', '\t', '\n', ';', '(', '&'];

/// Words behind which a command begins anew.
const BEFORE_COMMAND: [&str; 9] = [
    "if", "then", "else", "elif", "do", "while", "until", "!", "{",
];

/// The deepest nesting of `$(…)` that is followed.
const DEEPEST: usize = 64;

pub(super) fn read(text: &str, expressions: &[TextRange]) -> Script {
    let mut shell = Shell {
        lexer: Lexer::new(text, expressions),
        documents: Vec::new(),
    };
    while !shell.lexer.rest().is_empty() {
        shell.commands(None, 0);
        // A bracket that closes nothing.
        if !shell.lexer.rest().is_empty() {
            shell.lexer.skip(1);
        }
    }
    shell.lexer.finish()
}

struct Shell<'a> {
    lexer: Lexer<'a>,
    /// The here-documents that begin behind the line.
    documents: Vec<HereDocument<'a>>,
}

/// A here-document: the line that ends it, and how its text is taken.
struct HereDocument<'a> {
    end: &'a str,
    has_tabs: bool,
    quoting: Quoting,
    command: Option<usize>,
}

impl<'a> Shell<'a> {
    /// Reads commands up to `closing`, which is not passed over, or to the end.
    fn commands(&mut self, closing: Option<char>, depth: usize) {
        while let Some(c) = self.lexer.peek() {
            if self.lexer.expression(Quoting::Bare) {
                continue;
            }
            if Some(c) == closing || c == ')' && closing.is_none() && depth == 0 {
                return;
            }
            self.character(c, depth);
        }
    }

    fn character(&mut self, c: char, depth: usize) {
        let rest = self.lexer.rest();
        match c {
            '\'' => {
                self.lexer.begin();
                self.lexer.skip(1);
                self.lexer
                    .until(Quoting::Single, None, |rest| starts(rest, "'"));
            }
            '"' => self.double_quoted(depth),
            '`' => self.substitution("`", '`', depth),
            '$' if rest.starts_with("$(") => self.substitution("$(", ')', depth),
            '\\' => {
                self.lexer.word(c);
                if let Some(escaped) = self.lexer.peek() {
                    self.lexer.skip(escaped.len_utf8());
                }
            }
            '#' if self
                .lexer
                .before()
                .is_none_or(|before| BEFORE_COMMENT.contains(&before)) =>
            {
                self.lexer.until(Quoting::Comment, None, |rest| {
                    rest.starts_with('\n').then_some(0)
                });
            }
            '\n' => {
                self.lexer.skip(1);
                self.here_documents();
                self.lexer.end_command();
            }
            '&' if rest.starts_with("&&") => self.end(2),
            '&' if rest.starts_with("&>") => self.redirect(2),
            ';' | '&' => self.end(1),
            '|' if rest.starts_with("||") => self.end(2),
            '|' => {
                self.lexer.begin().is_redirected = true;
                self.end(1);
            }
            '<' if rest.starts_with("<<<") => self.lexer.skip(3),
            '<' if rest.starts_with("<<") => self.here_document(),
            '>' => self.greater_than(rest),
            '(' => {
                self.group(depth);
            }
            c if c.is_whitespace() => self.blank(c),
            c => self.lexer.word(c),
        }
    }

    /// `( … )`: what is done with its output is done with that of every command in it.
    fn group(&mut self, depth: usize) {
        self.lexer.skip(1);
        self.lexer.end_command();
        if depth >= DEEPEST {
            return;
        }
        let first = self.lexer.commands();
        self.commands(Some(')'), depth + 1);
        self.lexer.skip(usize::from(self.lexer.peek() == Some(')')));
        let behind = self.lexer.rest().trim_start_matches(' ');
        let is_taken =
            behind.starts_with('>') || behind.starts_with('|') && !behind.starts_with("||");
        if is_taken {
            self.lexer.redirect_from(first);
        }
    }

    fn end(&mut self, bytes: usize) {
        self.lexer.skip(bytes);
        self.lexer.end_command();
    }

    /// A blank; behind `if` and its like the command begins with the next word.
    fn blank(&mut self, c: char) {
        let word = self.lexer.first_word();
        if word.is_some_and(|word| BEFORE_COMMAND.contains(&word) || word.contains('=')) {
            self.lexer.end_command();
        }
        self.lexer.blank(c);
    }

    /// `>`: but for what goes to another number than that of what is printed (`2>`, `>&2`), which is still shown.
    fn greater_than(&mut self, rest: &str) {
        let to_log = rest.starts_with(">&") || self.lexer.before() == Some('2');
        let to_terminal = rest.trim_start_matches(['>', ' ']).starts_with("/dev/tty");
        if to_log || to_terminal {
            self.lexer.skip(1);
            return;
        }
        self.redirect(1);
    }

    fn redirect(&mut self, bytes: usize) {
        self.lexer.begin().is_redirected = true;
        self.lexer.skip(bytes);
    }

    fn double_quoted(&mut self, depth: usize) {
        self.lexer.begin();
        self.lexer.skip(1);
        while let Some(c) = self.lexer.peek() {
            if self.lexer.expression(Quoting::Double) {
                continue;
            }
            match c {
                '"' => {
                    self.lexer.skip(1);
                    return;
                }
                '\\' => {
                    self.lexer.skip(1);
                    self.lexer.skip(self.lexer.peek().map_or(0, char::len_utf8));
                }
                '$' if self.lexer.rest().starts_with("$(") => self.substitution("$(", ')', depth),
                c => self.lexer.skip(c.len_utf8()),
            }
        }
    }

    /// A command whose output is taken by the one around it.
    fn substitution(&mut self, opening: &str, closing: char, depth: usize) {
        self.lexer.begin();
        let outer = self.lexer.suspend();
        self.lexer.skip(opening.len());
        let first = self.lexer.commands();
        if depth < DEEPEST {
            self.commands(Some(closing), depth + 1);
        }
        self.lexer
            .skip(usize::from(self.lexer.peek() == Some(closing)));
        self.lexer.redirect_from(first);
        self.lexer.resume(outer);
    }

    /// `<<WORD`, `<<-WORD`, `<<'WORD'`.
    fn here_document(&mut self) {
        let command = {
            self.lexer.begin();
            self.lexer.current()
        };
        self.lexer.skip(2);
        let has_tabs = self.lexer.rest().starts_with('-');
        self.lexer.skip(usize::from(has_tabs));
        let blanks = self.lexer.rest().len() - self.lexer.rest().trim_start_matches(' ').len();
        self.lexer.skip(blanks);
        let rest: &'a str = self.lexer.rest();
        let quote = rest
            .chars()
            .next()
            .filter(|c| matches!(c, '\'' | '"' | '\\'));
        let behind = &rest[usize::from(quote.is_some())..];
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
        let length = behind.find(|c| !is_word(c)).unwrap_or(behind.len());
        if length == 0 {
            return;
        }
        let closing = usize::from(matches!(quote, Some('\'' | '"')));
        self.lexer
            .skip((usize::from(quote.is_some()) + length + closing).min(rest.len()));
        self.documents.push(HereDocument {
            end: &behind[..length],
            has_tabs,
            quoting: match quote {
                Some(_) => Quoting::QuotedHereDocument,
                None => Quoting::HereDocument,
            },
            command,
        });
    }

    /// The here-documents whose beginnings stood on the line above.
    fn here_documents(&mut self) {
        for document in std::mem::take(&mut self.documents) {
            self.lexer.resume(document.command);
            loop {
                let rest = self.lexer.rest();
                let line = rest.split('\n').next().unwrap_or(rest);
                let text = if document.has_tabs {
                    line.trim_start_matches('\t')
                } else {
                    line
                };
                let is_end = text.trim_end_matches('\r') == document.end;
                if rest.is_empty() || is_end {
                    self.lexer.skip(line.len());
                    break;
                }
                self.lexer
                    .until(document.quoting, None, |rest| starts(rest, "\n"));
            }
        }
    }
}

fn starts(rest: &str, end: &str) -> Option<usize> {
    rest.starts_with(end).then_some(end.len())
}
