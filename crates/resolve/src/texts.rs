//! The parsed texts of sites, each distinct text parsed once.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use pipewright_model::SiteKind;
use pipewright_syntax::{
    Expr, IslandId, SyntaxError, Template, parse_island, parse_predicate, parse_template,
};

/// What came of parsing a text as one expression. `Ok(None)` is a text of blanks only.
pub type Parsed = Result<Option<Expr>, SyntaxError>;

/// The text of a site, parsed. All ranges are offsets into the decoded scalar.
#[derive(Clone, PartialEq, Debug, Default)]
#[non_exhaustive]
pub struct SiteText {
    /// The islands.
    pub template: Template,
    /// The inside of each island as an expression, in the order of [`Template::islands`].
    pub islands: Vec<Parsed>,
    /// The whole text as a predicate, where the engine evaluates it as one ([`SiteKind::Condition`],
    /// [`SiteKind::Evaluated`]).
    pub whole: Option<Parsed>,
}

impl SiteText {
    /// Parses the text of a scalar that is used as `kind`, and keeps nothing.
    pub fn parse(text: &str, kind: SiteKind) -> Self {
        let template = parse_template(text);
        let islands = (0u32..)
            .zip(&template.islands)
            .map(|(id, _)| parse_island(text, &template, IslandId(id)))
            .collect();
        let whole = is_evaluated(kind).then(|| parse_predicate(text, &template));
        Self {
            template,
            islands,
            whole,
        }
    }
}

/// Whether the engine evaluates such a text as one expression.
const fn is_evaluated(kind: SiteKind) -> bool {
    matches!(kind, SiteKind::Condition | SiteKind::Evaluated)
}

/// In how many parts texts are kept, so that threads rarely wait for each other.
const SHARDS: usize = 16;

/// How many bytes of text a part keeps before it drops those that nobody uses any more.
const MAX_SHARD_BYTES: usize = 4 << 20;

/// Parses the texts of sites and keeps what came of it, so that a text that repeats is parsed once: one for all files
/// of a process. May be shared between threads.
#[derive(Debug, Default)]
pub struct Texts {
    plain: Arc<SiteText>,
    shards: [Mutex<Shard>; SHARDS],
    hasher: RandomState,
    parsed: AtomicU64,
}

/// The texts of one part: as template texts, and those that are evaluated as a whole.
#[derive(Debug, Default)]
struct Shard {
    known: [HashMap<Box<str>, Arc<SiteText>>; 2],
    bytes: usize,
    /// How many bytes there were when those nobody uses were last dropped.
    bytes_in_use: usize,
}

impl Texts {
    /// The parsed text of a scalar that is used as `kind`.
    pub fn parse(&self, text: &str, kind: SiteKind) -> Arc<SiteText> {
        let evaluated = is_evaluated(kind);
        if !evaluated && !text.contains("<+") {
            return Arc::clone(&self.plain);
        }
        let shard = usize::try_from(self.hasher.hash_one(text) % SHARDS as u64).unwrap_or(0);
        let shard = &self.shards[shard];
        let lock = || shard.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().known[usize::from(evaluated)].get(text) {
            return Arc::clone(known);
        }
        // Parsed outside the lock: two threads may meet at a new text, and then the first one's result is kept.
        let parsed = Arc::new(SiteText::parse(text, kind));
        self.parsed.fetch_add(1, Ordering::Relaxed);
        let mut shard = lock();
        shard.make_room(text.len());
        let known = shard.known[usize::from(evaluated)].entry(text.into());
        Arc::clone(known.or_insert(parsed))
    }

    /// How many texts were parsed so far.
    pub fn parsed(&self) -> u64 {
        self.parsed.load(Ordering::Relaxed)
    }
}

impl Shard {
    /// Makes room for one more text: where there are too many, those go that only this keeps.
    fn make_room(&mut self, bytes: usize) {
        self.bytes += bytes;
        // Twice what was in use then, so that dropping costs little for each text.
        if self.bytes <= MAX_SHARD_BYTES.max(2 * self.bytes_in_use) {
            return;
        }
        self.bytes = 0;
        for known in &mut self.known {
            known.retain(|_, parsed| Arc::strong_count(parsed) > 1);
            self.bytes += known.keys().map(|text| text.len()).sum::<usize>();
        }
        self.bytes_in_use = self.bytes;
        self.bytes += bytes;
    }
}
