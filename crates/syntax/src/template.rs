//! Texts with islands: where each `<+ … >` begins and ends (`spec/engine.md` §1).

use pipewright_source::TextRange;

use crate::marks::{Mark, MarkKind, Marks};
use crate::{IslandId, Language, MAX_NESTING};

/// A text and the islands in it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Template {
    /// Every island of the text, nested ones included; an island stands before the islands inside it.
    /// Islands inside more than [`MAX_NESTING`] others are left out.
    pub islands: Vec<Island>,
    /// An island that never closes, from its `<+` to the end of the text: the engine looks at nothing after it.
    /// Islands of JEXL found inside it are not in `islands`.
    pub unclosed: Option<TextRange>,
    /// The first `${{` that no `}}` follows, from there to the end of the text.
    pub unclosed_cel: Option<TextRange>,
}

/// One `<+ … >` or `${{ … }}`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Island {
    /// With its delimiters.
    pub range: TextRange,
    /// Between the delimiters, untrimmed.
    pub inner: TextRange,
    /// The island around this one.
    pub parent: Option<IslandId>,
    /// Whether a `\>` stands in it, so that the program the engine runs is shorter than `inner`.
    pub escaped: bool,
    /// What it is written in.
    pub language: Language,
}

impl Template {
    /// The island of this id; `None` for an id of another template.
    pub fn get(&self, id: IslandId) -> Option<&Island> {
        self.islands.get(id.0 as usize)
    }

    /// The outermost islands from left to right.
    pub fn roots(&self) -> impl Iterator<Item = (IslandId, TextRange)> + '_ {
        Siblings {
            islands: &self.islands,
            next: 0,
            end: u32::MAX,
        }
    }

    /// The islands directly inside an island, from left to right.
    pub fn children(&self, id: IslandId) -> impl Iterator<Item = (IslandId, TextRange)> + '_ {
        Siblings {
            islands: &self.islands,
            next: id.0 as usize + 1,
            end: self.get(id).map_or(0, |island| island.range.end()),
        }
    }

    /// How deep an island is nested: 1 for an outermost one.
    pub fn level(&self, id: IslandId) -> usize {
        let parents = std::iter::successors(Some(id), |id| self.get(*id)?.parent);
        parents.count()
    }

    /// How many backslashes each `>` in an island loses before the engine reads it: one for each island of JEXL that it
    /// is or stands in.
    pub fn lost_backslashes(&self, id: IslandId) -> usize {
        let around = std::iter::successors(self.get(id), |island| self.get(island.parent?));
        around
            .filter(|island| island.language == Language::Jexl)
            .count()
    }
}

/// Walks islands of one parent, skipping what is inside each.
struct Siblings<'a> {
    islands: &'a [Island],
    next: usize,
    end: u32,
}

impl Iterator for Siblings<'_> {
    type Item = (IslandId, TextRange);

    fn next(&mut self) -> Option<Self::Item> {
        let found = self.islands.get(self.next)?;
        if found.range.start() >= self.end {
            return None;
        }
        let id = IslandId(u32::try_from(self.next).ok()?);
        let after = self.islands.get(self.next..)?;
        self.next += after.partition_point(|island| island.range.start() < found.range.end());
        Some((id, found.range))
    }
}

/// Finds the islands of JEXL in a text. Every text is a template; nothing can go wrong.
///
/// ```
/// let template = pipewright_syntax::parse_template("echo <+pipeline.name> and <+x.<+y>>");
/// let texts: Vec<&str> = template.islands.iter().map(|i| i.inner.slice("echo <+pipeline.name> and <+x.<+y>>")).collect();
/// assert_eq!(texts, ["pipeline.name", "x.<+y>", "y"]);
/// ```
pub fn parse_template(text: &str) -> Template {
    let mut template = Template::default();
    let marks: Vec<Mark> = Marks::of(text).collect();
    if marks.is_empty() {
        return template;
    }
    let escaped = marks
        .iter()
        .any(|mark| matches!(mark.kind, MarkKind::Close(1..)));
    let islands = &mut template.islands;
    let unclosed = if escaped {
        scan(&marks, 1, None, islands)
    } else {
        match_plain(&marks, 1, None, islands)
    };
    template.unclosed = unclosed.map(|start| TextRange::of(start, text.len()));
    template
}

/// Where the content of the innermost `<+` begins that is still open at the end of a text, in bytes.
///
/// ```
/// assert_eq!(pipewright_syntax::open_jexl("<+a> <+b <+c> "), Some(7));
/// assert_eq!(pipewright_syntax::open_jexl("<+a>"), None);
/// ```
pub fn open_jexl(text: &str) -> Option<usize> {
    let mut open = Vec::new();
    for mark in Marks::of(text) {
        match mark.kind {
            MarkKind::Open => open.push(mark.at + 2),
            MarkKind::Close(0) => drop(open.pop()),
            MarkKind::Close(_) => {}
        }
    }
    open.pop()
}

/// Whether a text has a closed island of JEXL. It is read no further than to the end of the first.
///
/// ```
/// assert!(pipewright_syntax::has_island("a <+b> <+c"));
/// assert!(!pipewright_syntax::has_island("a > <+b <+c>"));
/// ```
pub fn has_island(text: &str) -> bool {
    let mut open = 0_usize;
    Marks::of(text).any(|mark| match mark.kind {
        MarkKind::Open => {
            open += 1;
            false
        }
        MarkKind::Close(0) if open > 0 => {
            open -= 1;
            open == 0
        }
        MarkKind::Close(_) => false,
    })
}

/// Finds the islands among marks of which none follows a backslash, so that all levels see the same ones: the outermost
/// of `marks` at `level`, and those inside. Gives the start of an outermost island that does not close; it is left out
/// with all inside it.
fn match_plain(
    marks: &[Mark],
    level: usize,
    parent: Option<IslandId>,
    islands: &mut Vec<Island>,
) -> Option<usize> {
    let mut open: Vec<usize> = Vec::new();
    // Those that are open inside, too deep to be told.
    let mut deeper = 0_usize;
    for mark in marks {
        match mark.kind {
            MarkKind::Open if level + open.len() > MAX_NESTING + 1 => deeper += 1,
            MarkKind::Open => {
                let around = open.last().map(|around| island_id(*around));
                open.push(islands.len());
                islands.push(Island {
                    range: TextRange::of(mark.at, mark.at),
                    inner: TextRange::of(mark.at + 2, mark.at + 2),
                    parent: around.or(parent),
                    escaped: false,
                    language: Language::Jexl,
                });
            }
            MarkKind::Close(_) if deeper > 0 => deeper -= 1,
            MarkKind::Close(_) => {
                let closed = open.pop().and_then(|island| islands.get_mut(island));
                if let Some(island) = closed {
                    let start = island.range.start() as usize;
                    island.range = TextRange::of(start, mark.at + 1);
                    island.inner = TextRange::of(start + 2, mark.at);
                }
            }
        }
    }
    let outermost = *open.first()?;
    let start = islands.get(outermost)?.range.start() as usize;
    islands.truncate(outermost);
    Some(start)
}

fn island_id(index: usize) -> IslandId {
    IslandId(u32::try_from(index).unwrap_or(u32::MAX))
}

/// Finds the islands among `marks` as the engine does at one level of nesting (1 for the whole text), then those inside
/// each. The engine drops one backslash before each `>` per level, so what `level` sees as `>` had at most `level - 1`.
/// Gives the start of an island that does not close, which only happens at level 1.
fn scan(
    marks: &[Mark],
    level: usize,
    parent: Option<IslandId>,
    islands: &mut Vec<Island>,
) -> Option<usize> {
    let mut next = 0;
    while let Some(open) = marks.get(next) {
        next += 1;
        if !matches!(open.kind, MarkKind::Open) {
            continue;
        }
        let Some(found) = closing(&marks[next..], level) else {
            return Some(open.at);
        };
        let inside = &marks[next..next + found.marks_before];
        let id = island_id(islands.len());
        islands.push(found.island(open, parent));
        if level <= MAX_NESTING && found.escaped {
            scan(inside, level + 1, Some(id), islands);
        } else if level <= MAX_NESTING {
            match_plain(inside, level + 1, Some(id), islands);
        }
        next += found.marks_before + 1;
    }
    None
}

struct Closing {
    /// Where its `>` stands.
    at: usize,
    /// How many backslashes stand before it, all of them used up by the islands around.
    backslashes: usize,
    /// How many marks stand between the opening and the closing one.
    marks_before: usize,
    /// Whether one of those is a `>` after a backslash.
    escaped: bool,
}

impl Closing {
    /// The island from `open` to here.
    fn island(&self, open: &Mark, parent: Option<IslandId>) -> Island {
        Island {
            range: TextRange::of(open.at, self.at + 1),
            inner: TextRange::of(open.at + 2, self.at - self.backslashes),
            parent,
            escaped: self.escaped,
            language: Language::Jexl,
        }
    }
}

fn closing(marks: &[Mark], level: usize) -> Option<Closing> {
    let mut depth = 0_usize;
    let mut escaped = false;
    for (marks_before, mark) in marks.iter().enumerate() {
        let MarkKind::Close(backslashes) = mark.kind else {
            depth += 1;
            continue;
        };
        if backslashes < level && depth == 0 {
            return Some(Closing {
                at: mark.at,
                backslashes,
                marks_before,
                escaped,
            });
        }
        if backslashes < level {
            depth -= 1;
        }
        escaped |= backslashes > 0;
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fuzzing::{Bytes, Words, made_template};
    use crate::marks::marks_of_grammar;

    /// Looks for the islands of each level on its own, whatever the marks are.
    fn level_by_level(
        marks: &[Mark],
        level: usize,
        parent: Option<IslandId>,
        islands: &mut Vec<Island>,
    ) -> Option<usize> {
        let mut next = 0;
        while let Some(at) = (next..marks.len()).find(|at| marks[*at].kind == MarkKind::Open) {
            let Some(found) = closing(&marks[at + 1..], level) else {
                return Some(marks[at].at);
            };
            let id = island_id(islands.len());
            islands.push(found.island(&marks[at], parent));
            next = at + 2 + found.marks_before;
            if level <= MAX_NESTING {
                level_by_level(&marks[at + 1..next - 1], level + 1, Some(id), islands);
            }
        }
        None
    }

    fn check(text: &str) -> Result<(), TestCaseError> {
        let marks = marks_of_grammar(text);
        let mut expected = Template::default();
        let unclosed = level_by_level(&marks, 1, None, &mut expected.islands);
        expected.unclosed = unclosed.map(|start| TextRange::of(start, text.len()));
        let found = parse_template(text);
        prop_assert_eq!(has_island(text), !found.islands.is_empty());
        prop_assert_eq!(found, expected);
        Ok(())
    }

    proptest! {
        #[test]
        fn one_pass_finds_what_each_level_has(parts in prop::collection::vec("<\\+|<\\+|>|>|a", 0..60)) {
            check(&parts.concat())?;
        }

        #[test]
        fn escapes_are_used_up_level_by_level(parts in prop::collection::vec("<\\+|<\\+|>|>|\\\\>|\\\\", 0..60)) {
            check(&parts.concat())?;
        }

        #[test]
        fn made_texts_have_what_each_level_has(data in prop::collection::vec(any::<u8>(), 0..400)) {
            check(&made_template(Words::default(), &mut Bytes::new(&data)))?;
        }

        #[test]
        fn islands_as_deep_as_told_are_left_out_beyond(
            (before, opened, closed) in (0_usize..3, 120_usize..140, 100_usize..150),
        ) {
            let text = format!("{}{}{}", "<+a>".repeat(before), "<+".repeat(opened), ">".repeat(closed));
            check(&text)?;
            check(&format!("{text}<+b>"))?;
        }
    }
}
