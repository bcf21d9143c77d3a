//! A text cut up at its islands, as the engine goes into them (`spec/engine.md` §1).

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use memchr::memmem;
use pipewright_jexl::limits::MAX_WORK;
use pipewright_source::TextRange;
use pipewright_syntax::{
    Island as Found, IslandId, Language, Languages, Template, parse_template_of,
};

use crate::limits::{MARK_WORK, MAX_DEPTH, TEXT_WORK};
use crate::template::written_in;
use crate::unescaped::Unescaped;

/// A text and its outermost islands.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) text: Text,
    pub(crate) islands: Vec<Island>,
    /// What the expressions of the text are written in.
    pub(crate) languages: Languages,
    /// Where an island starts that never closes.
    unclosed: Option<usize>,
    /// Where the last `?` stands; the choice between text and operand asks for it at every island.
    last_question: Option<usize>,
    /// Whether cutting it up costs more than a question has: it is left whole.
    pub(crate) is_too_dear: bool,
}

/// One outermost `<+…>` or `${{…}}` of a text.
#[derive(Debug)]
pub(crate) struct Island {
    /// With its delimiters.
    pub(crate) range: TextRange,
    /// What it is written in.
    pub(crate) language: Language,
    /// Between the delimiters, with one backslash taken from each `\>`.
    pub(crate) inner: Parts,
}

/// A text that islands share with the text around them.
#[derive(Clone)]
pub(crate) struct Text {
    whole: Arc<str>,
    range: TextRange,
}

impl Parts {
    /// Cuts up `text`, and the texts of its islands as deep as the engine goes into them: deeper islands are never
    /// read, as the budget of indirections ends before.
    pub(crate) fn new(text: &str, languages: Languages) -> Self {
        if Self::price(text, languages) > MAX_WORK {
            return Self {
                is_too_dear: true,
                ..Self::of(Text::from(text), Vec::new(), None, languages)
            };
        }
        let template = parse_template_of(text, languages);
        let text = Text::from(text);
        let cut = Cut {
            whole: &text.whole,
            template: &template,
            languages,
        };
        let islands = template.roots().filter_map(|(id, range)| {
            let found = template.get(id)?;
            let inner = cut.island(found, id, 1);
            Some(Island {
                range,
                language: found.language,
                inner,
            })
        });
        let islands = islands.collect();
        let unclosed = template.unclosed.map(|range| range.start() as usize);
        Self::of(text, islands, unclosed, languages)
    }

    /// What cutting up `text` costs, in units of work: nothing without a `<+`, or a `${{` where that opens one.
    pub(crate) fn price(text: &str, languages: Languages) -> u64 {
        let of_cel = match languages {
            Languages::Jexl => 0,
            Languages::JexlAndCel => {
                let marks =
                    ["${{", "}}"].map(|mark| memmem::find_iter(text.as_bytes(), mark).count());
                let [opened, closed] = marks;
                let is_dear = opened > 0;
                u64::from(is_dear) * (TEXT_WORK + (opened + closed) as u64 * MARK_WORK)
            }
        };
        let Some(first) = memmem::find(text.as_bytes(), b"<+") else {
            return of_cel;
        };
        let behind = &text.as_bytes()[first..];
        let opened = memmem::find_iter(behind, b"<+").count();
        let closed = memchr::memchr_iter(b'>', behind).count();
        of_cel + TEXT_WORK + (opened + closed) as u64 * MARK_WORK
    }

    /// The islands as the parser knows them.
    pub(crate) fn template(&self) -> Template {
        let islands = self.islands.iter().map(|island| Found {
            range: island.range,
            inner: island.range,
            parent: None,
            escaped: false,
            language: island.language,
        });
        Template {
            islands: islands.collect(),
            ..Template::default()
        }
    }

    fn of(text: Text, islands: Vec<Island>, unclosed: Option<usize>, languages: Languages) -> Self {
        Self {
            languages,
            is_too_dear: false,
            last_question: text.rfind('?'),
            unclosed,
            islands,
            text,
        }
    }

    /// The text before the island at `index`, from the end of the island before it.
    pub(crate) fn before(&self, index: usize) -> &str {
        let start = index
            .checked_sub(1)
            .map_or(0, |previous| self.islands[previous].range.end() as usize);
        &self.text[start..self.islands[index].range.start() as usize]
    }

    /// The text after the island at `index`, later islands included.
    pub(crate) fn after(&self, index: usize) -> &str {
        &self.text[self.islands[index].range.end() as usize..]
    }

    /// Whether a `?` stands behind the island at `index`.
    pub(crate) fn has_question_after(&self, index: usize) -> bool {
        let end = self.islands[index].range.end() as usize;
        self.last_question.is_some_and(|at| at >= end)
    }

    /// The text after the last island. Its backslashes before `>` are gone where an island is left open, because the
    /// engine deletes them while it looks for the end.
    pub(crate) fn tail(&self) -> String {
        let start = self
            .islands
            .last()
            .map_or(0, |last| last.range.end() as usize);
        let Some(unclosed) = self.unclosed else {
            return self.text[start..].to_owned();
        };
        let mut tail = self.text[start..unclosed].to_owned();
        tail.push_str(&self.text[unclosed..].replace("\\>", ">"));
        tail
    }
}

/// The islands of a text on their way to its parts.
struct Cut<'t> {
    whole: &'t Arc<str>,
    template: &'t Template,
    languages: Languages,
}

impl Cut<'_> {
    /// The text of an island at `level` (1 for an outermost one) with the islands inside.
    fn island(&self, found: &Found, id: IslandId, level: u32) -> Parts {
        let unescaped = found.escaped.then(|| {
            Unescaped::new(
                found.inner.slice(self.whole),
                self.template.lost_backslashes(id),
            )
        });
        let start = found.inner.start();
        let place = |offset: u32| match &unescaped {
            Some(unescaped) => unescaped.place(offset - start),
            None => offset - start,
        };
        let mut islands = Vec::new();
        if level < MAX_DEPTH {
            for (id, range) in self.template.children(id) {
                let Some(child) = self.template.get(id) else {
                    continue;
                };
                islands.push(Island {
                    range: TextRange::new(place(range.start()), place(range.end())),
                    language: child.language,
                    inner: self.island(child, id, level + 1),
                });
            }
        }
        let text = match unescaped {
            Some(unescaped) => Text::from(&*unescaped.text),
            None => Text {
                whole: Arc::clone(self.whole),
                range: found.inner,
            },
        };
        Parts::of(text, islands, None, self.languages)
    }
}

impl Island {
    /// The island as it is written, but for the backslashes that were taken from it.
    pub(crate) fn written(&self) -> String {
        written_in(self.language, &self.inner.text)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self {
            whole: text.into(),
            range: TextRange::of(0, text.len()),
        }
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.range.slice(&self.whole)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use pipewright_syntax::parse_template;

    use super::*;

    /// The islands of a text and of each text inside on its own, with the ranges they have there.
    fn level_by_level(text: &str, levels: u32) -> Vec<(TextRange, String)> {
        let template = parse_template(text);
        let mut found = Vec::new();
        for (id, range) in template.roots() {
            let inner = template.get(id).unwrap().inner.slice(text);
            let inner = inner.replace("\\>", ">");
            if levels > 1 {
                found.extend(level_by_level(&inner, levels - 1));
            }
            found.push((range, inner));
        }
        found
    }

    fn flat(parts: &Parts) -> Vec<(TextRange, String)> {
        let mut found = Vec::new();
        for island in &parts.islands {
            found.extend(flat(&island.inner));
            found.push((island.range, island.inner.text.to_string()));
        }
        found
    }

    proptest! {
        #[test]
        fn the_text_of_an_island_is_cut_up_as_if_it_stood_alone(
            parts in prop::collection::vec("<\\+|<\\+|>|>|\\\\>|\\\\|é", 0..60),
        ) {
            let text = parts.concat();
            prop_assert_eq!(flat(&Parts::new(&text, Languages::Jexl)), level_by_level(&text, MAX_DEPTH));
        }
    }

    #[test]
    fn both_languages_are_cut_up() {
        let parts = Parts::new("a ${{ b[<+c>] }} <+ ${{ d }} >", Languages::JexlAndCel);
        let written: Vec<String> = parts.islands.iter().map(Island::written).collect();
        assert_eq!(written, ["${{ b[<+c>] }}", "<+ ${{ d }} >"]);
        let inside = |at: usize| parts.islands[at].inner.islands[0].written();
        assert_eq!([inside(0), inside(1)], ["<+c>", "${{ d }}"]);
        assert_eq!(
            parts.islands[0].inner.template().islands[0].range,
            TextRange::new(3, 7)
        );
    }

    #[test]
    fn each_level_of_islands_takes_one_backslash() {
        let parts = Parts::new(r"a<+b \> <+c \\> d>>e", Languages::Jexl);
        assert_eq!(&*parts.islands[0].inner.text, r"b > <+c \> d>");
        assert_eq!(&*parts.islands[0].inner.islands[0].inner.text, "c > d");
        assert_eq!(parts.before(0), "a");
        assert_eq!(parts.tail(), "e");
    }

    #[test]
    fn an_open_island_loses_its_backslashes_only_behind_a_closed_one() {
        assert!(Parts::new(r"<+a \> b", Languages::Jexl).islands.is_empty());
        assert_eq!(
            Parts::new(r"<+x> \> <+a \> b", Languages::Jexl).tail(),
            r" \> <+a > b"
        );
    }
}
