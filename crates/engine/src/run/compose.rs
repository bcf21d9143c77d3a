//! Writing the program of a text: hidden names or texts of values where its islands stand (`spec/engine.md` §2.7).

use pipewright_jexl::Value;
use pipewright_jexl::value::Unknown;

use crate::error::Error;
use crate::limits::ISLAND_WORK;
use crate::parts::Parts;
use crate::run::program::Program;
use crate::run::{Run, spend};
use crate::trace::Event;

/// The program of a text.
pub(super) struct Composed {
    pub(super) program: Program,
    /// Whether every island became text.
    pub(super) only_text: bool,
    /// Why nobody knows the program before the run: a text that is to be written into it is unknown.
    pub(super) unknown: Option<Unknown>,
}

impl Run<'_> {
    /// Writes the program of a text: hidden names, or with concatenation the texts of values, for its islands.
    pub(super) fn compose(&self, parts: &Parts, depth: u32) -> Result<Composed, Error> {
        let mut program = Program::with_capacity(parts.text.len());
        let mut only_text = !parts.islands.is_empty();
        let mut unknown = Vec::new();
        let mut writes_unknown = false;
        for (index, island) in parts.islands.iter().enumerate() {
            program.push_source(parts.before(index), island.range.start());
            let value = self
                .island(island, depth.saturating_sub(1))
                .map_err(|error| error.at(island.range))?;
            let name = self.hidden.next(&parts.text);
            let joins = self.joins(&value, &program, parts, index)?;
            if let Value::Unknown(of_island) = &value {
                unknown.push(of_island.clone());
                writes_unknown |= joins;
            }
            if let Some(text) = value.as_string().filter(|_| joins) {
                let text = text.to_str();
                spend(text.len() as u64)?;
                program.push_spliced(&text, island.range);
            } else {
                spend(ISLAND_WORK)?;
                let name = name.to_string();
                program.push_variable(&name, island.range);
                self.scratch.borrow_mut().insert(name.into(), value);
                only_text = false;
            }
            program
                .check_length()
                .map_err(|error| error.at(island.range))?;
        }
        program.push_source(
            &parts.tail(),
            u32::try_from(parts.text.len()).unwrap_or(u32::MAX),
        );
        Ok(Composed {
            program,
            only_text,
            unknown: Unknown::all(unknown.iter().filter(|_| writes_unknown)),
        })
    }

    /// Whether the text of a value is written into the program for the island at `index`, or would be if it were known.
    fn joins(
        &self,
        value: &Value,
        program: &Program,
        parts: &Parts,
        index: usize,
    ) -> Result<bool, Error> {
        if !self.flags.concatenation {
            return Ok(false);
        }
        if !matches!(value, Value::String(_) | Value::Unknown(_)) {
            self.note_not_joined(value, program, parts, index);
            return Ok(false);
        }
        let mut looked = 0;
        let reason = program.decide(parts, index, &mut looked);
        spend(looked as u64)?;
        if value.as_string().is_some() {
            self.note(|| Event::Concatenation {
                expression: parts.islands[index].inner.text.to_string(),
                spliced: reason.splices(),
                because: reason.to_string(),
            });
        }
        Ok(reason.splices())
    }

    /// Notes that a value is no text where one would be written into the program.
    fn note_not_joined(&self, value: &Value, program: &Program, parts: &Parts, index: usize) {
        let behind = &parts.text[parts.islands[index].range.end() as usize..];
        let is_read_from = is_collection(value) && behind.starts_with(['.', '[']);
        if self.tracer.is_some() && !is_read_from && program.decide(parts, index, &mut 0).splices()
        {
            self.note(|| Event::NotJoined {
                expression: parts.islands[index].inner.text.to_string(),
                r#type: value.type_name().to_owned(),
                quoted: ends_in_quotes(program.text()),
            });
        }
    }
}

/// Whether a value has members that stand behind it.
const fn is_collection(value: &Value) -> bool {
    matches!(
        value,
        Value::Map(_) | Value::Object(_) | Value::List(_) | Value::Array(_)
    )
}

/// The longest program that is searched for quotes, in bytes: every island in it costs time in its length.
const LONGEST_SEARCHED: usize = 16_384;

/// Whether a string in quotes is open at the end of a program.
fn ends_in_quotes(program: &str) -> bool {
    if program.len() > LONGEST_SEARCHED {
        return false;
    }
    let mut open = None;
    let mut characters = program.chars();
    while let Some(c) = characters.next() {
        match (open, c) {
            (Some(_), '\\') => {
                characters.next();
            }
            (Some(quote), c) if quote == c => open = None,
            (None, '"' | '\'') => open = Some(c),
            _ => {}
        }
    }
    open.is_some()
}
