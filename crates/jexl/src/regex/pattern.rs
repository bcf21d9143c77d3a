//! Compiled patterns.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use fancy_regex::Expr;

use super::linear::Linear;
use super::machine::Machine;
use super::program::{Case, Program};
use super::search::{Finder, Match, Search};
use super::{compile, shape, translate};
use crate::budget;
use crate::limits::MAX_REGEX_LENGTH;
use crate::value::JavaString;
use crate::{Failure, OpResult};

/// What a pattern is used for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Use {
    /// The whole text must match.
    Whole,
    /// Matches are searched in the text.
    Find,
}

/// A compiled pattern.
#[derive(Debug)]
pub struct Pattern {
    engine: Engine,
    /// The names of the capturing groups with their numbers.
    names: Vec<(String, usize)>,
}

#[derive(Debug)]
enum Engine {
    /// No character of the pattern has a meaning beyond itself.
    Literal(String),
    /// One pass over the text decides.
    Linear {
        linear: Box<Linear>,
        /// The same for what the automaton does not tell.
        program: Option<Program>,
        /// Whether it asks for boundaries of words, which no automaton finds beyond ASCII.
        has_boundaries: bool,
        /// Whether groups stand in turns that may be empty, where Java and the library keep different ones.
        has_empty_turns: bool,
    },
    /// Ways have to be tried one after the other.
    Program(Program),
}

thread_local! {
    /// Patterns compiled on this thread: expressions use few, and use them again.
    static COMPILED: RefCell<HashMap<(JavaString, Use), Arc<Pattern>>> = RefCell::default();
}

/// How many compiled patterns a thread keeps.
const KEPT: usize = 64;

impl Pattern {
    /// Compiles a pattern for searches.
    ///
    /// # Errors
    /// Kind `pattern-syntax` for what Java refuses, `limit` for patterns too large, `refused` for the few constructs
    /// that are not offered.
    pub fn new(pattern: &JavaString) -> OpResult<Arc<Self>> {
        Self::cached(pattern, Use::Find)
    }

    pub(super) fn cached(pattern: &JavaString, purpose: Use) -> OpResult<Arc<Self>> {
        let key = (pattern.clone(), purpose);
        if let Some(compiled) = COMPILED.with_borrow(|cache| cache.get(&key).cloned()) {
            return Ok(compiled);
        }
        budget::spend(work_of_compiling(&pattern.to_str()))?;
        let compiled = Arc::new(Self::compile(pattern, purpose)?);
        COMPILED.with_borrow_mut(|cache| {
            if cache.len() >= KEPT {
                cache.clear();
            }
            cache.insert(key, Arc::clone(&compiled));
        });
        Ok(compiled)
    }

    fn compile(pattern: &JavaString, purpose: Use) -> OpResult<Self> {
        let text = pattern.to_str();
        if !text.contains(is_special) {
            return Ok(Self {
                engine: Engine::Literal(text.into_owned()),
                names: Vec::new(),
            });
        }
        if pattern.len() > MAX_REGEX_LENGTH {
            return Err(Failure::limit(format!(
                "a regular expression is longer than {MAX_REGEX_LENGTH} characters"
            )));
        }
        let translated = translate::translate(&text, purpose == Use::Whole)?;
        let source = match purpose {
            Use::Whole => format!(r"\A(?:{})\z", translated.source),
            Use::Find => translated.source,
        };
        let engine = Engine::compile(&source, translated.reference_case).ok_or_else(|| {
            Failure::limit("the regular expression is too large to be compiled".to_owned())
        })?;
        Ok(Self {
            engine,
            names: translated.names,
        })
    }

    /// The number of the capturing group `name`.
    pub(crate) fn group_number(&self, name: &str) -> Option<usize> {
        self.names
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, number)| *number)
    }

    /// Whether there is a match in `text`; for a pattern of the whole text, whether it matches.
    pub(super) fn is_match(&self, text: &str) -> OpResult<bool> {
        match &self.engine {
            Engine::Literal(literal) => Ok(literal == text),
            Engine::Linear {
                linear,
                has_boundaries,
                ..
            } if !has_boundaries || text.is_ascii() => budget::question(|| linear.is_match(text)),
            Engine::Linear { .. } | Engine::Program(_) => Ok(self.first(text)?.is_some()),
        }
    }

    /// The first match in `text`.
    ///
    /// # Errors
    /// Kind `limit` where the question has too little work left.
    pub fn first(&self, text: &str) -> OpResult<Option<Match>> {
        budget::question(|| self.search(text).next())
    }

    /// Every match in order. After an empty match the search goes on behind the next character.
    ///
    /// # Errors
    /// Kind `limit` where the question has too little work or memory left.
    pub fn find_all(&self, text: &str) -> OpResult<Vec<Match>> {
        budget::question(|| {
            let mut search = self.search(text);
            let mut matches = Vec::new();
            while let Some(found) = search.next()? {
                budget::grow(found.bytes())?;
                matches.push(found);
            }
            Ok(matches)
        })
    }

    /// The matches in `text`, one by one. To be asked within one question, so that what it costs adds up.
    pub(super) fn search<'p, 't>(&'p self, text: &'t str) -> Search<'p, 't> {
        let finder = match &self.engine {
            Engine::Literal(literal) => Finder::Literal(literal),
            Engine::Linear {
                program: Some(program),
                has_boundaries: true,
                ..
            } if !text.is_ascii() => Finder::Machine(Machine::new(program, text)),
            Engine::Linear {
                linear,
                program,
                has_empty_turns,
                ..
            } => {
                let program = program.as_ref().filter(|_| *has_empty_turns);
                Finder::Linear(linear, program.map(|program| Machine::new(program, text)))
            }
            Engine::Program(program) => Finder::Machine(Machine::new(program, text)),
        };
        Search::new(text, finder)
    }
}

impl Engine {
    /// `None` for a pattern that is too large.
    fn compile(source: &str, reference_case: Case) -> Option<Self> {
        let tree = Expr::parse_tree(source).ok()?.expr;
        if shape::needs_ways(&tree) {
            return compile::program(&tree, reference_case).map(Self::Program);
        }
        let has_boundaries = shape::has_boundary(&tree);
        let has_empty_turns = shape::has_empty_turn_with_groups(&tree);
        let program = if has_boundaries || has_empty_turns {
            Some(compile::program(&tree, reference_case)?)
        } else {
            None
        };
        Some(Self::Linear {
            linear: Box::new(Linear::new(source)?),
            program,
            has_boundaries,
            has_empty_turns,
        })
    }
}

/// What compiling takes, in units of work: counted repetitions are written out.
fn work_of_compiling(pattern: &str) -> u64 {
    const AT_LEAST: u64 = 6_400;
    const AT_MOST: u64 = 25_600_000;
    let counts = pattern.split('{').skip(1).filter_map(|rest| {
        let digits: String = rest
            .split('}')
            .next()?
            .rsplit(',')
            .next()?
            .chars()
            .filter(char::is_ascii_digit)
            .take(6)
            .collect();
        digits.parse::<u64>().ok()
    });
    let copies = counts.fold(1_u64, |product, count| product.saturating_mul(count.max(1)));
    let written = copies.saturating_mul(pattern.len() as u64 * 8);
    written.clamp(AT_LEAST, AT_MOST)
}

/// Whether a character can mean something else than itself in a pattern.
fn is_special(c: char) -> bool {
    r"\^$.|?*+()[]{}".contains(c)
}
