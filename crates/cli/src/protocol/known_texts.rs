//! What was read of texts, so that a text that is asked again is not read again.

use std::collections::HashMap;

use pipewright_context::AskedText;
use pipewright_engine::Condition;
use pipewright_lint::{TextMistake, text_mistakes};

use super::kept::found_or_made;
use crate::answer::Fault;
use crate::condition;

/// The longest text that is kept, in bytes.
const LONGEST: usize = 4 << 10;

/// The longest text whose paths are read, in bytes.
const LONGEST_NOTED: usize = 256 << 10;

/// What was read of texts.
#[derive(Debug, Default)]
pub(super) struct KnownTexts {
    conditions: HashMap<String, Condition>,
    /// The paths of texts with expressions in them, and of expressions.
    paths: [HashMap<String, Vec<String>>; 2],
    /// What is wrong with texts, and with conditions.
    mistakes: [HashMap<String, Vec<TextMistake>>; 2],
    /// Of the last text that is too long to be kept.
    long: Long,
}

/// What was read of a long text.
#[derive(Debug, Default)]
struct Long {
    condition: Option<Condition>,
    paths: Vec<String>,
    mistakes: Vec<TextMistake>,
}

impl KnownTexts {
    /// A text as the condition of a `when`.
    ///
    /// # Errors
    /// If Harness refuses it.
    pub(super) fn condition(&mut self, text: &str) -> Result<&Condition, Fault> {
        if text.len() > LONGEST {
            return Ok(self.long.condition.insert(condition::read(text)?));
        }
        found_or_made(&mut self.conditions, text, condition::read)
    }

    /// The paths that the expressions of a text name, for what is said of them; none of a very long text.
    pub(super) fn paths(&mut self, asked: AskedText<'_>) -> &[String] {
        let text = asked.as_str();
        if text.len() > LONGEST_NOTED {
            return &[];
        }
        if text.len() > LONGEST {
            self.long.paths = asked.paths().collect();
            return &self.long.paths;
        }
        let is_expression = !matches!(asked, AskedText::Template(_));
        let known = &mut self.paths[usize::from(is_expression)];
        let found = found_or_made(known, text, |_| Ok(asked.paths().collect()));
        found.map_or(&[], Vec::as_slice)
    }

    /// What the rules about delimiters and syntax find in a text, as a condition or as another setting.
    pub(super) fn mistakes(&mut self, text: &str, is_condition: bool) -> &[TextMistake] {
        if text.len() > LONGEST {
            self.long.mistakes = text_mistakes(text, is_condition);
            return &self.long.mistakes;
        }
        let known = &mut self.mistakes[usize::from(is_condition)];
        let found = found_or_made(known, text, |text| Ok(text_mistakes(text, is_condition)));
        found.map_or(&[], Vec::as_slice)
    }
}
