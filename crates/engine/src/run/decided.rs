//! Programs into which a run would write texts that are not known before it.

use pipewright_jexl::Value;
use pipewright_jexl::value::{Unknown, UnknownClass};
use pipewright_syntax::{Token, TokenKind, tokens};

use crate::parts::Parts;
use crate::run::Run;
use crate::run::hidden::hidden_names_in;
use crate::run::program::Program;
use crate::trace::{Answer, Event};

/// What a program has that may come to the same whatever one of its operands is.
const CHOICES: [&str; 5] = ["&&", "||", "and", "or", "?"];

/// The longest program that is looked at, in bytes: it is cut into tokens for it.
const LONGEST: usize = 16_384;

impl Run<'_> {
    /// What a program comes to whatever the texts are that are to be written into it for its `unknown` islands;
    /// `None` where it hangs on them. Each is taken for one operand, and quotes around it for one string.
    pub(super) fn decided(
        &self,
        program: &Program,
        parts: &Parts,
        unknown: &Unknown,
    ) -> Option<Value> {
        let text = program.text();
        if text.len() > LONGEST || !CHOICES.iter().any(|choice| text.contains(choice)) {
            return None;
        }
        let opened = self.with_open_strings(text, parts, unknown)?;
        let value = self.run_program(&opened).ok()?;
        let is_decided = matches!(value, Value::Boolean(_) | Value::String(_)) || value.is_number();
        if !is_decided {
            return None;
        }
        self.note(|| Event::Program {
            program: program.shown(&parts.text),
            answer: Answer::value(&value),
        });
        Some(value)
    }

    /// A program in which every string with an unknown island inside is a variable; `None` where such an island is
    /// less than an operand, as a part of a name or path is.
    fn with_open_strings(&self, text: &str, parts: &Parts, unknown: &Unknown) -> Option<String> {
        let mut opened = String::with_capacity(text.len());
        let mut before_is_dot = false;
        for Token { range, kind } in tokens(text) {
            let token = range.slice(text);
            match kind {
                TokenKind::String | TokenKind::TemplateString if self.holds_unknown(token) => {
                    let name = self.hidden.next(&parts.text).to_string();
                    opened.push_str(&name);
                    let string = unknown.clone().of(UnknownClass::String);
                    self.scratch
                        .borrow_mut()
                        .insert(name.into(), Value::Unknown(string));
                }
                TokenKind::Name if !before_is_dot && self.is_unknown(token) => {
                    opened.push_str(token);
                }
                _ if self.holds_unknown(token) => return None,
                _ => opened.push_str(token),
            }
            if !matches!(kind, TokenKind::Blank | TokenKind::Comment) {
                before_is_dot = kind == TokenKind::Dot;
            }
        }
        Some(opened)
    }

    /// Whether a text has the hidden name of an unknown island in it.
    fn holds_unknown(&self, text: &str) -> bool {
        hidden_names_in(text).any(|(_, name)| self.is_unknown(name))
    }

    fn is_unknown(&self, name: &str) -> bool {
        matches!(self.scratch.borrow().get(name), Some(Value::Unknown(_)))
    }
}
