//! The characters of a Java pattern, and the state of reading them.

use crate::{Failure, OpResult};

/// How deep groups and classes may nest.
const MAX_NESTING: usize = 100;

const LINE_ENDS: [char; 5] = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];

/// A character of the pattern.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Input {
    /// As written.
    Char(char),
    /// Between `\Q` and `\E`: stands for itself.
    Quoted(char),
}

/// The flags of `(?idmsuxU)`.
#[derive(Clone, Copy, Default, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "seven independent flags of the dialect"
)]
pub(super) struct Flags {
    pub(super) ignore_case: bool,
    pub(super) unix_lines: bool,
    pub(super) multi_line: bool,
    pub(super) dot_all: bool,
    pub(super) unicode_case: bool,
    pub(super) comments: bool,
    pub(super) unicode_class: bool,
}

/// Reads a pattern once from its start to its end. The grammar is spread over the modules beside this one by what they
/// read.
pub(super) struct Reader {
    pub(super) input: Vec<Input>,
    pub(super) at: usize,
    pub(super) flags: Flags,
    /// The named groups so far.
    pub(super) names: Vec<(String, usize)>,
    /// How many groups opened so far, and how many there are in the whole pattern.
    pub(super) groups: usize,
    pub(super) total_groups: usize,
    /// Whether a reference to a group was read where letters beyond ASCII are the same in any case.
    pub(super) unicode_references: bool,
    pub(super) depth: usize,
    /// How many look-behinds are open: inside, every repetition needs an upper bound.
    pub(super) look_behind: usize,
    /// Whether the pattern will be anchored at both ends.
    pub(super) whole: bool,
}

impl Reader {
    pub(super) fn new(pattern: &str, whole: bool) -> Self {
        let input = unquote(pattern);
        Self {
            total_groups: count_groups(&input),
            input,
            at: 0,
            flags: Flags::default(),
            names: Vec::new(),
            groups: 0,
            unicode_references: false,
            depth: 0,
            look_behind: 0,
            whole,
        }
    }

    pub(super) fn peek(&self) -> Option<Input> {
        self.input.get(self.at).copied()
    }

    pub(super) fn peek_second(&self) -> Option<Input> {
        self.input.get(self.at + 1).copied()
    }

    pub(super) fn bump(&mut self) -> Option<Input> {
        let next = self.peek();
        self.at += usize::from(next.is_some());
        next
    }

    pub(super) fn eat(&mut self, c: char) -> bool {
        let found = self.peek() == Some(Input::Char(c));
        self.at += usize::from(found);
        found
    }

    /// The next character, quoted or not.
    pub(super) fn any_char(&mut self) -> Option<char> {
        self.bump().map(|input| match input {
            Input::Char(c) | Input::Quoted(c) => c,
        })
    }

    /// Skips blanks and comments in comments mode.
    pub(super) fn skip_comments(&mut self) {
        if !self.flags.comments {
            return;
        }
        while let Some(Input::Char(c)) = self.peek() {
            if c == '#' {
                while self.any_char().is_some_and(|c| !LINE_ENDS.contains(&c)) {}
            } else if c.is_ascii_whitespace() || c == '\u{B}' {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    pub(super) fn enter(&mut self) -> OpResult<()> {
        self.depth += 1;
        if self.depth > MAX_NESTING {
            return Err(Failure::limit(format!(
                "a regular expression nests more than {MAX_NESTING} deep"
            )));
        }
        Ok(())
    }

    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }
}

/// Takes out `\Q…\E`; a `\Q` that never ends quotes the rest.
fn unquote(pattern: &str) -> Vec<Input> {
    let mut input = Vec::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        if let Some(quoted) = rest.strip_prefix(r"\Q") {
            let (inside, after) = quoted.split_once(r"\E").unwrap_or((quoted, ""));
            input.extend(inside.chars().map(Input::Quoted));
            rest = after;
            continue;
        }
        let escape = if c == '\\' { 2 } else { 1 };
        let end = rest
            .char_indices()
            .nth(escape)
            .map_or(rest.len(), |(at, _)| at);
        input.extend(rest[..end].chars().map(Input::Char));
        rest = &rest[end..];
    }
    input
}

/// How many capturing groups open, for references to groups that come later.
fn count_groups(input: &[Input]) -> usize {
    let mut count = 0;
    let mut class = 0_usize;
    let mut at = 0;
    while at < input.len() {
        match input[at] {
            Input::Char('\\') => at += 1,
            Input::Char('[') => class += 1,
            Input::Char(']') => class = class.saturating_sub(1),
            Input::Char('(') if class == 0 => {
                let named = input.get(at + 1..at + 3)
                    == Some(&[Input::Char('?'), Input::Char('<')])
                    && !matches!(input.get(at + 3), Some(Input::Char('=' | '!')));
                if named || input.get(at + 1) != Some(&Input::Char('?')) {
                    count += 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    count
}
