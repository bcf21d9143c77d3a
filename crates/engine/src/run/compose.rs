//! Writing the program of a text: hidden names or texts of values where its islands stand (`spec/engine.md` §2.7).

use pipewright_jexl::Value;
use pipewright_jexl::value::Unknown;

use crate::error::Error;
use crate::limits::ISLAND_WORK;
use crate::parts::Parts;
use crate::run::Run;
use crate::run::program::Program;
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
                .island(&island.inner, depth.saturating_sub(1))
                .map_err(|error| error.at(island.range))?;
            let name = self.hidden.next(&parts.text);
            let spliced = self.spliced_text(&value, &program, parts, index);
            if let Value::Unknown(of_island) = &value {
                unknown.push(of_island.clone());
                writes_unknown |=
                    self.flags.concatenation && program.decide(parts, index).splices();
            }
            if spliced.is_none() && !matches!(value, Value::Unknown(_)) {
                self.note_not_joined(&value, &program, parts, index);
            }
            self.spend(
                spliced
                    .as_ref()
                    .map_or(ISLAND_WORK, |text| text.len() as u64),
            )?;
            match &spliced {
                Some(text) => program.push_spliced(text, island.range),
                None => program.push_variable(&name, island.range),
            }
            only_text = only_text && spliced.is_some();
            self.scratch.borrow_mut().insert(name.into(), value);
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

    /// The text of the value at island `index` if it is written into the program.
    fn spliced_text(
        &self,
        value: &Value,
        program: &Program,
        parts: &Parts,
        index: usize,
    ) -> Option<String> {
        let text = value.as_string().filter(|_| self.flags.concatenation)?;
        let reason = program.decide(parts, index);
        self.note(|| Event::Concatenation {
            expression: parts.islands[index].inner.text.to_string(),
            spliced: reason.splices(),
            because: reason.to_string(),
        });
        reason.splices().then(|| text.to_str().into_owned())
    }

    /// Notes that a value is no text where one would be written into the program.
    fn note_not_joined(&self, value: &Value, program: &Program, parts: &Parts, index: usize) {
        if self.tracer.is_some()
            && self.flags.concatenation
            && value.as_string().is_none()
            && program.decide(parts, index).splices()
        {
            self.note(|| Event::NotJoined {
                expression: parts.islands[index].inner.text.to_string(),
                r#type: value.type_name().to_owned(),
                quoted: ends_in_quotes(program.text()),
            });
        }
    }
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
