//! What the lexers share: a way through the text that passes over expressions, and the script that comes of it.

use pipewright_source::TextRange;

use super::{Command, Place, Quoting, Script};

/// A way through a script, with what was found on it.
#[derive(Debug)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    /// The expressions that are still to come.
    expressions: &'a [TextRange],
    script: Script,
    /// The command that is being read, if one has begun.
    command: Option<usize>,
    /// Whether its first word is still being read.
    in_first_word: bool,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str, expressions: &'a [TextRange]) -> Self {
        Self {
            text,
            at: 0,
            expressions,
            script: Script::default(),
            command: None,
            in_first_word: false,
        }
    }

    /// What is left of the text.
    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// The character in front of what is left.
    pub(super) fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    /// The next character, if an expression does not begin there.
    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Goes on over a piece of the text, and over no expression in it.
    pub(super) fn skip(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// Passes over the expression that begins here, if one does, and notes the quotes around it.
    pub(super) fn expression(&mut self, quoting: Quoting) -> bool {
        // Some may have been passed over with what was around them.
        while let Some((first, rest)) = self.expressions.split_first() {
            let start = first.start() as usize;
            if start > self.at {
                return false;
            }
            self.expressions = rest;
            let is_here = start == self.at;
            if quoting != Quoting::Comment {
                self.begin();
            }
            let command = self.command.filter(|_| quoting != Quoting::Comment);
            self.script.places.push(Place { quoting, command });
            if is_here {
                self.at = first.end() as usize;
                return true;
            }
        }
        false
    }

    /// Goes on until `ends` says how long the end is that the rest begins with, and over that end. With `escape`, the
    /// character behind it ends nothing.
    pub(super) fn until(
        &mut self,
        quoting: Quoting,
        escape: Option<char>,
        ends: impl Fn(&str) -> Option<usize>,
    ) {
        while !self.rest().is_empty() {
            if self.expression(quoting) {
                continue;
            }
            if let Some(length) = ends(self.rest()) {
                self.at += length;
                return;
            }
            let mut characters = self.rest().chars();
            let first = characters.next();
            self.at += first.map_or(0, char::len_utf8);
            if first == escape && first.is_some() {
                self.at += characters.next().map_or(0, char::len_utf8);
            }
        }
    }

    /// Begins a command, if none has begun.
    pub(super) fn begin(&mut self) -> &mut Command {
        if self.command.is_none() {
            self.script.commands.push(Command::default());
            self.in_first_word = true;
        }
        let last = self.script.commands.len() - 1;
        let at = *self.command.get_or_insert(last);
        &mut self.script.commands[at]
    }

    /// Takes a character of a word.
    pub(super) fn word(&mut self, c: char) {
        let takes = self.command.is_none() || self.in_first_word;
        let command = self.begin();
        if takes {
            command.word.push(c);
        }
        self.at += c.len_utf8();
    }

    /// A blank between words.
    pub(super) fn blank(&mut self, c: char) {
        if self.command.is_some() {
            self.in_first_word = false;
        }
        self.at += c.len_utf8();
    }

    /// The place of the command that is being read.
    pub(super) fn current(&self) -> Option<usize> {
        self.command
    }

    /// The first word of the command that is being read, while it is read.
    pub(super) fn first_word(&self) -> Option<&str> {
        let command = self.command.filter(|_| self.in_first_word)?;
        Some(&self.script.commands[command].word)
    }

    /// Ends a command.
    pub(super) fn end_command(&mut self) {
        self.command = None;
        self.in_first_word = false;
    }

    /// Leaves the command that is being read for one inside it; to be given back to [`Self::resume`].
    pub(super) fn suspend(&mut self) -> Option<usize> {
        let outer = self.command;
        self.end_command();
        outer
    }

    /// Goes on with a command that was left.
    pub(super) fn resume(&mut self, outer: Option<usize>) {
        self.command = outer;
        self.in_first_word = false;
    }

    /// The number of commands so far.
    pub(super) fn commands(&self) -> usize {
        self.script.commands.len()
    }

    /// Marks the commands from a number on as redirected.
    pub(super) fn redirect_from(&mut self, first: usize) {
        for command in &mut self.script.commands[first..] {
            command.is_redirected = true;
        }
    }

    pub(super) fn finish(mut self) -> Script {
        // What was passed over at the very end.
        self.at = self.text.len();
        while self.expression(Quoting::Bare) {}
        self.script
    }
}
