//! Patterns that an automaton decides in one pass over the text.
//!
//! An automaton of our own steps over the text first, because it is known how far it read; then the library finds the
//! match and its groups in that part alone.

use std::fmt;
use std::panic::{RefUnwindSafe, UnwindSafe};

use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::meta;
use regex_automata::nfa::thompson::{self, NFA, WhichCaptures};
use regex_automata::util::pool::Pool;
use regex_automata::{Input, MatchKind};

use super::Match;
use crate::OpResult;
use crate::budget;
use crate::limits::MAX_REGEX_BYTES;

/// What an automaton may keep of its states, in bytes.
const KEPT_BYTES: usize = 1024 * 1024;

/// How often an automaton may forget its states before it must prove its use.
const FORGETS: usize = 3;

/// How many bytes each new state must serve from then on.
const BYTES_A_STATE: usize = 10;

/// How much is read before it is paid, in bytes.
const PAYMENT: usize = 4096;

/// How many states the library visits in the time of reading a byte, where it follows them one by one.
const STATES_A_BYTE: usize = 4;

type NewCache = Box<dyn Fn() -> Cache + Send + Sync + UnwindSafe + RefUnwindSafe>;

/// A pattern without look-around and references.
pub(super) struct Linear {
    automaton: DFA,
    caches: Pool<Cache, NewCache>,
    regex: meta::Regex,
    states: usize,
}

impl fmt::Debug for Linear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Linear")
            .field("states", &self.states)
            .finish_non_exhaustive()
    }
}

/// What the automaton tells.
enum Reading {
    NoMatch,
    /// The first match ends here.
    EndsAt(usize),
    /// The automaton would be larger than it may be.
    GaveUp,
}

impl Linear {
    /// Compiles a pattern; `None` where it is too large.
    pub(super) fn new(source: &str) -> Option<Self> {
        let tree = regex_syntax::parse(source).ok()?;
        let config = thompson::Config::new()
            .nfa_size_limit(Some(MAX_REGEX_BYTES))
            .which_captures(WhichCaptures::None);
        let compiled = NFA::compiler()
            .configure(config)
            .build_from_hir(&tree)
            .ok()?;
        let states = compiled.states().len();
        let config = DFA::config()
            .match_kind(MatchKind::LeftmostFirst)
            .unicode_word_boundary(true)
            .cache_capacity(KEPT_BYTES)
            .skip_cache_capacity_check(true)
            .minimum_cache_clear_count(Some(FORGETS))
            .minimum_bytes_per_state(Some(BYTES_A_STATE));
        let automaton = DFA::builder()
            .configure(config)
            .build_from_nfa(compiled)
            .ok()?;
        let config = meta::Config::new()
            .nfa_size_limit(Some(MAX_REGEX_BYTES))
            .hybrid_cache_capacity(KEPT_BYTES);
        let regex = meta::Builder::new()
            .configure(config)
            .build_from_hir(&tree)
            .ok()?;
        let of = automaton.clone();
        let new_cache: NewCache = Box::new(move || of.create_cache());
        Some(Self {
            automaton,
            caches: Pool::new(new_cache),
            regex,
            states,
        })
    }

    /// Whether there is a match.
    pub(super) fn is_match(&self, text: &str) -> OpResult<bool> {
        match self.read(text, 0)? {
            Reading::NoMatch => Ok(false),
            Reading::EndsAt(end) if text.is_char_boundary(end) => Ok(true),
            Reading::EndsAt(_) | Reading::GaveUp => {
                self.pay_for_states(text.len())?;
                Ok(self.regex.is_match(text))
            }
        }
    }

    /// The first match at or after the byte `from`.
    pub(super) fn find(&self, text: &str, from: usize) -> OpResult<Option<Match>> {
        let end = match self.read(text, from)? {
            Reading::NoMatch => return Ok(None),
            Reading::EndsAt(end) if text.is_char_boundary(end) => end,
            Reading::EndsAt(_) | Reading::GaveUp => {
                self.pay_for_states(text.len() - from)?;
                return Ok(self.groups(text, from, text.len()));
            }
        };
        // The automaton found the only match that may end here, and nothing behind it has a part in it.
        if self.regex.captures_len() > 1 {
            self.pay_for_states(end - from)?;
        } else {
            budget::spend(2 * (end - from) as u64)?;
        }
        Ok(self.groups(text, from, end))
    }

    fn groups(&self, text: &str, from: usize, end: usize) -> Option<Match> {
        let input = Input::new(text).range(from..end);
        if self.regex.captures_len() == 1 {
            let groups = vec![Some(self.regex.search(&input)?.range())];
            return Some(Match { groups });
        }
        let mut captures = self.regex.create_captures();
        self.regex.search_captures(&input, &mut captures);
        let groups = captures.iter().map(|group| group.map(|span| span.range()));
        captures.is_match().then(|| Match {
            groups: groups.collect(),
        })
    }

    fn pay_for_states(&self, bytes: usize) -> OpResult<()> {
        let visits = bytes.saturating_mul(self.states);
        budget::spend(bytes.saturating_add(visits / STATES_A_BYTE) as u64)
    }

    /// Reads until it is certain where the first match at or after `from` ends.
    fn read(&self, text: &str, from: usize) -> OpResult<Reading> {
        let mut cache = self.caches.get();
        let automaton = &self.automaton;
        let input = Input::new(text).range(from..text.len());
        let Ok(mut state) = automaton.start_state_forward(&mut cache, &input) else {
            return Ok(Reading::GaveUp);
        };
        let mut end = None;
        let told = |end: Option<usize>| end.map_or(Reading::NoMatch, Reading::EndsAt);
        cache.search_start(from);
        let mut at = from;
        for part in text.as_bytes()[from..].chunks(PAYMENT) {
            let begin = at;
            for byte in part {
                match automaton.next_state(&mut cache, state, *byte) {
                    Ok(next) => state = next,
                    Err(_) => return Ok(Reading::GaveUp),
                }
                if state.is_tagged() {
                    if state.is_match() {
                        end = Some(at);
                    } else if state.is_dead() {
                        cache.search_finish(at);
                        budget::spend((at - begin) as u64)?;
                        return Ok(told(end));
                    } else if state.is_quit() {
                        return Ok(Reading::GaveUp);
                    }
                }
                at += 1;
            }
            cache.search_update(at);
            budget::spend(part.len() as u64)?;
        }
        cache.search_finish(at);
        match automaton.next_eoi_state(&mut cache, state) {
            Ok(last) if last.is_match() => Ok(Reading::EndsAt(text.len())),
            Ok(_) => Ok(told(end)),
            Err(_) => Ok(Reading::GaveUp),
        }
    }
}
