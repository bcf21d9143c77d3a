//! The parsed texts of sites, each distinct text parsed once.

use std::hash::BuildHasher as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use foldhash::HashMap;
use foldhash::quality::RandomState;
use pipewright_model::{SiteKind, YamlVersion};
use pipewright_syntax::{
    Expr, Island, IslandId, Language, Languages, SyntaxError, Template, cel, parse_island,
    parse_predicate, parse_template_of,
};

use crate::ReferenceSource;
use crate::paths::Path;

/// What came of parsing a text as one expression. `Ok(None)` is a text of blanks only.
pub type Parsed = Result<Option<Expr>, SyntaxError>;

/// The same for CEL.
pub type ParsedCel = Result<Option<cel::Expr>, SyntaxError>;

/// The text of a site, parsed. All ranges are offsets into the decoded scalar.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct SiteText {
    /// The islands.
    pub template: Template,
    /// The inside of each island as an expression, in the order of [`Template::islands`]; nothing for one of CEL.
    pub islands: Vec<Parsed>,
    /// The inside of each island of CEL, from left to right.
    pub cel: Vec<(IslandId, ParsedCel)>,
    /// The whole text as a predicate, where the engine evaluates it as one ([`SiteKind::Condition`],
    /// [`SiteKind::Evaluated`]).
    pub whole: Option<Parsed>,
    /// The paths in it, once somebody asked.
    pub(crate) named: OnceLock<Box<[(ReferenceSource, Path)]>>,
}

impl SiteText {
    /// Parses the text of a scalar that is used as `kind`, and keeps nothing. Its expressions are in JEXL.
    pub fn parse(text: &str, kind: SiteKind) -> Self {
        Self::parse_of(text, kind, Languages::Jexl)
    }

    /// The same for a text whose expressions are in these languages.
    pub fn parse_of(text: &str, kind: SiteKind, languages: Languages) -> Self {
        let template = parse_template_of(text, languages);
        let ids = || (0u32..).map(IslandId).zip(&template.islands);
        let jexl = |(id, island): (IslandId, &Island)| match island.language {
            Language::Jexl => parse_island(text, &template, id),
            Language::Cel => Ok(None),
        };
        let islands = ids().map(jexl).collect();
        let cel = ids()
            .filter(|(_, island)| island.language == Language::Cel)
            .map(|(id, _)| (id, cel::parse_island(text, &template, id)))
            .collect();
        let whole = is_evaluated(kind).then(|| parse_predicate(text, &template));
        Self {
            template,
            islands,
            cel,
            whole,
            named: OnceLock::new(),
        }
    }
}

/// The languages of expressions in a file of a format: `${{ … }}` is plain text in one of v0.
pub const fn languages_of(version: YamlVersion) -> Languages {
    match version {
        YamlVersion::V0 => Languages::Jexl,
        YamlVersion::V1 => Languages::JexlAndCel,
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

/// The texts of one part: as template texts, and those that are evaluated as a whole; then the same of both languages.
#[derive(Debug, Default)]
struct Shard {
    known: [HashMap<Box<str>, Arc<SiteText>>; 4],
    bytes: usize,
    /// How many bytes there were when those nobody uses were last dropped.
    bytes_in_use: usize,
}

impl Texts {
    /// The parsed text of a scalar that is used as `kind` and whose expressions are in these languages.
    pub fn parse(&self, text: &str, kind: SiteKind, languages: Languages) -> Arc<SiteText> {
        let evaluated = is_evaluated(kind);
        let has_cel = languages == Languages::JexlAndCel && text.contains("${{");
        // Most texts have no `<` at all, which is told faster.
        let has_mark = text.as_bytes().contains(&b'<') && text.contains("<+");
        if !evaluated && !has_cel && !has_mark {
            return Arc::clone(&self.plain);
        }
        let room = usize::from(evaluated) + 2 * usize::from(has_cel);
        let shard = usize::try_from(self.hasher.hash_one(text) % SHARDS as u64).unwrap_or(0);
        let shard = &self.shards[shard];
        let lock = || shard.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().known[room].get(text) {
            return Arc::clone(known);
        }
        // Parsed outside the lock: two threads may meet at a new text, and then the first one's result is kept.
        let parsed = Arc::new(SiteText::parse_of(text, kind, languages));
        self.parsed.fetch_add(1, Ordering::Relaxed);
        let mut shard = lock();
        shard.make_room(text.len());
        let known = shard.known[room].entry(text.into());
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
