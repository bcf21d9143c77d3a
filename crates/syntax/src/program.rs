//! The program the engine would run for a text with islands, and the way from its offsets back to the text.
//!
//! Each island becomes [`ISLAND_MARK`], and inside an island the backslash of `\>` goes away (`spec/engine.md` §1).

use std::borrow::Cow;

use pipewright_source::TextRange;

use crate::path::path;
use crate::{Expr, IslandId, Piece, SyntaxError, SyntaxErrorKind, Template};

/// The character that stands for an island while parsing: `island` in `grammar/predicate.pest`.
pub(crate) const ISLAND_MARK: char = '\u{E000}';

/// A text to parse and where its parts come from.
#[derive(Debug)]
pub(crate) struct Program<'t> {
    /// The text it is a part of, as a person wrote it.
    source: &'t str,
    /// What the grammar reads.
    pub(crate) text: Cow<'t, str>,
    /// Where `text` begins in the source.
    base: u32,
    edits: Vec<Edit>,
}

/// From `at` on, offsets of the program differ from those of the source by `shift`.
#[derive(Debug)]
struct Edit {
    at: u32,
    shift: u32,
    /// The island whose mark ends before `at`; `None` for a deleted backslash.
    island: Option<IslandId>,
}

impl<'t> Program<'t> {
    /// A text without islands.
    pub(crate) fn plain(source: &'t str) -> Self {
        Self {
            source,
            text: Cow::Borrowed(source),
            base: 0,
            edits: Vec::new(),
        }
    }

    /// A whole text, its outermost islands masked.
    pub(crate) fn predicate(source: &'t str, template: &Template) -> Self {
        let outermost = template.roots();
        Builder::new(source, TextRange::of(0, source.len()), 0).build(outermost)
    }

    /// The inside of an island, the islands directly in it masked.
    pub(crate) fn island(source: &'t str, template: &Template, id: IslandId) -> Self {
        let Some(island) = template.get(id) else {
            return Self::plain("");
        };
        let unescaped = if island.escaped {
            template.lost_backslashes(id)
        } else {
            0
        };
        Builder::new(source, island.inner, unescaped).build(template.children(id))
    }

    /// The program as a path, if it is one and has no islands.
    pub(crate) fn path(&self) -> Option<Expr> {
        let is_plain = self.edits.is_empty();
        is_plain.then(|| path(&self.text, self.base)).flatten()
    }

    /// Cuts the blanks of Unicode that the original removes before reading (`spec/jexl.md` §1).
    /// `None` if nothing but such blanks is there: the original fails on them.
    pub(crate) fn trimmed(&self) -> Option<TextRange> {
        let start = self.text.find(|c| !is_space_char(c));
        match start {
            None if self.text.is_empty() => Some(TextRange::default()),
            None => None,
            Some(start) => {
                let end = self.text.trim_end_matches(is_space_char).len();
                Some(TextRange::of(start, end))
            }
        }
    }

    /// Program bytes `start..end` as a person wrote them: islands in place of their marks.
    pub(crate) fn written(&self, start: usize, end: usize) -> &'t str {
        let range = self.range(start, end).to_usize();
        self.source.get(range).unwrap_or("")
    }

    /// The source range of program bytes `start..end`.
    pub(crate) fn range(&self, start: usize, end: usize) -> TextRange {
        let plain = TextRange::of(start, end);
        if self.edits.is_empty() {
            return plain.shift(self.base);
        }
        let from = self.shift(|at| at <= plain.start());
        let to = if start == end {
            from
        } else {
            self.shift(|at| at < plain.end())
        };
        TextRange::new(plain.start() + from, plain.end() + to)
    }

    fn shift(&self, before: impl Fn(u32) -> bool) -> u32 {
        let count = self.edits.partition_point(|edit| before(edit.at));
        match count.checked_sub(1).and_then(|last| self.edits.get(last)) {
            Some(edit) => edit.shift,
            None => self.base,
        }
    }

    /// Cuts a name at its islands; it begins at program byte `start`. The mark of islands, typed by a person, is no
    /// part of a name.
    pub(crate) fn name_pieces(&self, name: &str, start: usize) -> Result<Vec<Piece>, SyntaxError> {
        let mut pieces = Vec::new();
        let mut rest = 0;
        for (at, mark) in name.match_indices(ISLAND_MARK) {
            let from = start + at;
            let Some(island) = self.island_at(from) else {
                return Err(SyntaxError::new(
                    self.range(from, from + mark.len()),
                    SyntaxErrorKind::Character,
                    "the character U+E000 may stand only inside quotes",
                ));
            };
            push_text(&mut pieces, name.get(rest..at).unwrap_or(""));
            pieces.push(Piece::Island(island));
            rest = at + mark.len();
        }
        push_text(&mut pieces, name.get(rest..).unwrap_or(""));
        Ok(pieces)
    }

    /// Cuts the content of a string at its islands; it begins at program byte `start`. What stands between them goes
    /// through `unescape`.
    pub(crate) fn text_pieces(
        &self,
        content: &str,
        start: usize,
        unescape: impl Fn(&str) -> String,
    ) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut rest = 0;
        for (at, mark) in content.match_indices(ISLAND_MARK) {
            let Some(island) = self.island_at(start + at) else {
                continue;
            };
            push_text(&mut pieces, &unescape(content.get(rest..at).unwrap_or("")));
            pieces.push(Piece::Island(island));
            rest = at + mark.len();
        }
        push_text(&mut pieces, &unescape(content.get(rest..).unwrap_or("")));
        pieces
    }

    /// The island whose mark begins at program byte `start`.
    pub(crate) fn island_at(&self, start: usize) -> Option<IslandId> {
        let at = u32::try_from(start).ok()? + 1;
        let found = self.edits.binary_search_by_key(&at, |edit| edit.at).ok()?;
        self.edits.get(found)?.island
    }
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    if !text.is_empty() {
        pieces.push(Piece::Text(text.into()));
    }
}

/// Java's `Character.isSpaceChar`: the Unicode categories of separators, without tab and line break.
fn is_space_char(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{A0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200A}' | '\u{2028}' | '\u{2029}' | '\u{202F}' | '\u{205F}' | '\u{3000}'
    )
}

/// Copies a source range, masking islands and dropping backslashes on the way.
struct Builder<'t> {
    source: &'t str,
    range: TextRange,
    /// How many backslashes each `>` loses.
    unescaped: usize,
    text: String,
    /// Up to where the source is copied.
    cursor: usize,
    edits: Vec<Edit>,
}

impl<'t> Builder<'t> {
    fn new(source: &'t str, range: TextRange, unescaped: usize) -> Self {
        Self {
            source,
            range,
            unescaped,
            text: String::new(),
            cursor: range.start() as usize,
            edits: Vec::new(),
        }
    }

    fn build(mut self, islands: impl Iterator<Item = (IslandId, TextRange)>) -> Program<'t> {
        for (id, island) in islands {
            self.copy(island.start() as usize);
            let mark = self.text.len();
            self.text.push(ISLAND_MARK);
            self.cursor = island.end() as usize;
            self.edit(mark + 1, Some(id));
        }
        if self.edits.is_empty() && self.unescaped == 0 {
            return Program {
                source: self.source,
                text: Cow::Borrowed(self.range.slice(self.source)),
                base: self.range.start(),
                edits: self.edits,
            };
        }
        self.copy(self.range.end() as usize);
        Program {
            source: self.source,
            text: Cow::Owned(self.text),
            base: self.range.start(),
            edits: self.edits,
        }
    }

    fn copy(&mut self, end: usize) {
        while self.unescaped > 0 {
            let rest = self.source.get(self.cursor..end).unwrap_or("");
            let Some(close) = memchr::memchr(b'>', rest.as_bytes()) else {
                break;
            };
            let before = rest.get(..close).unwrap_or("");
            let backslashes = close - before.trim_end_matches('\\').len();
            let dropped = backslashes.min(self.unescaped);
            self.text
                .push_str(before.get(..close - dropped).unwrap_or(before));
            self.cursor += close;
            if dropped > 0 {
                self.edit(self.text.len(), None);
            }
            self.text.push('>');
            self.cursor += 1;
        }
        self.text
            .push_str(self.source.get(self.cursor..end).unwrap_or(""));
        self.cursor = end;
    }

    /// Records that from `at` on the program's end stands for the cursor.
    fn edit(&mut self, at: usize, island: Option<IslandId>) {
        self.edits.push(Edit {
            at: TextRange::of(at, at).start(),
            shift: TextRange::of(self.text.len(), self.cursor).len(),
            island,
        });
    }
}
