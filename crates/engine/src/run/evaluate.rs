//! Evaluating a text as a program (`spec/engine.md` §2.3 and §2.7).

use pipewright_jexl::{ErrorKind, Value};

use crate::error::Error;
use crate::parts::Parts;
use crate::profile::Mode;
use crate::remarks::Instead;
use crate::run::compose::Composed;
use crate::run::execute::is_swallowed;
use crate::run::program::Program;
use crate::run::{Run, has_hidden_name, spend};
use crate::template::find_expression;
use crate::trace::{Answer, Event, shown};

impl Run<'_> {
    /// Evaluates `parts` as a program in which every island is a variable. `depth` is what is left of the indirections.
    pub(crate) fn evaluate(&self, parts: &Parts, depth: u32) -> Result<Value, Error> {
        if parts.text.chars().all(is_blank) {
            return Ok(Value::Null);
        }
        spend(parts.text.len() as u64)?;
        let Composed {
            program,
            only_text,
            unknown,
        } = self.compose(parts, depth)?;
        if let Some(unknown) = unknown {
            let decided = self.decided(&program, parts, &unknown);
            return Ok(decided.unwrap_or(Value::Unknown(unknown)));
        }
        let result = self.execute(&program, parts);
        if !only_text {
            self.note_glued_names(&program, parts);
        }
        let value = match result {
            Ok(value) => value,
            Err(error) if !is_swallowed(error.kind) => {
                return Err(program.blame(&error, &parts.text));
            }
            Err(_) if only_text => Value::Null,
            Err(_) if self.mode == Mode::Original => return Ok(Value::from(&*parts.text)),
            Err(error) => {
                return Err(program.blame(&hint(&parts.text, &program, &error), &parts.text));
            }
        };
        if !self.flags.concatenation {
            return Ok(value);
        }
        let value = self.retry_as_name(value, &program, parts, only_text, depth)?;
        match value.as_string().map(|text| text.to_str()) {
            Some(text)
                if *text != *parts.text
                    && find_expression(&text, self.languages).map_err(Error::of_failure)? =>
            {
                self.evaluate_text(&text, depth.saturating_sub(1))
            }
            _ => Ok(value),
        }
    }

    /// Evaluates a text that came up on the way.
    pub(crate) fn evaluate_text(&self, text: &str, depth: u32) -> Result<Value, Error> {
        spend(Parts::price(text, self.languages))?;
        self.enter();
        let result = self.evaluate(&Parts::new(text, self.languages), depth);
        self.leave(|| Event::Text {
            text: text.to_owned(),
            answer: Answer::of(&result),
        });
        result
    }

    /// With concatenation: a program that gave nothing is looked up as a name, and where only texts were put together
    /// it is itself the value.
    fn retry_as_name(
        &self,
        value: Value,
        program: &Program,
        parts: &Parts,
        only_text: bool,
        depth: u32,
    ) -> Result<Value, Error> {
        if !value.is_null() || parts.islands.is_empty() {
            return Ok(value);
        }
        let told = |text: &str| program.told(text, &parts.text);
        let found = self.look_up(program.text(), told, depth)?;
        if !found.is_null() || !only_text {
            return Ok(found);
        }
        self.note(|| Event::TextIsValue {
            text: program.text().to_owned(),
        });
        Ok(program.text().into())
    }
}

/// Whether Java takes a character for white space: not those that keep words together.
fn is_blank(c: char) -> bool {
    match c {
        '\u{1c}'..='\u{1f}' => true,
        '\u{85}' | '\u{a0}' | '\u{2007}' | '\u{202f}' => false,
        c => c.is_whitespace(),
    }
}

/// What to write in place of a word that is neither a text nor a name.
fn instead_of_word(word: &str) -> String {
    let literal = match word {
        "True" | "TRUE" => "true",
        "False" | "FALSE" => "false",
        "Null" | "NULL" | "None" | "nil" | "undefined" => "null",
        _ => {
            return format!(
                "a text is written in quotes (`\"{word}\"`), a name in delimiters (`<+{word}>`)"
            );
        }
    };
    format!("write `{literal}`, or `\"{word}\"` for the text")
}

/// The single word of a program that was meant as a text, or as a name, and is neither.
fn bare_word<'p>(program: &'p Program, error: &Error) -> Option<&'p str> {
    let range = error
        .range
        .filter(|_| error.kind == ErrorKind::UndefinedVariable)?;
    let word = program.text().get(range.to_usize())?;
    if program.is_of_island(range.start()) {
        return None;
    }
    let is_word = !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '_');
    (is_word && !has_hidden_name(word)).then_some(word)
}

/// What Harness says about a text that fails as a program.
fn hint(text: &str, program: &Program, error: &Error) -> Error {
    let instead = match bare_word(program, error) {
        Some(word) => Instead::Write(instead_of_word(word)),
        None => Instead::of(error.kind, text),
    };
    let text = shown(text);
    let at_island = error
        .range
        .is_some_and(|range| program.starts_island(range.start()));
    let message = match error.kind {
        ErrorKind::Syntax if at_island => format!(
            "`{text}` cannot be read as an expression: an operator or text must stand before this value"
        ),
        ErrorKind::Syntax => format!(
            "`{text}` cannot be read as an expression: {}",
            error.message
        ),
        _ => format!(
            "`{text}` rests on something unresolved or on the wrong type: {}{instead}",
            error.message
        ),
    };
    Error {
        kind: ErrorKind::Hint,
        range: error.range,
        message,
    }
}
