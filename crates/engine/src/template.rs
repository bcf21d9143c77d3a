//! Texts with islands, cut up once and evaluated many times.

use std::sync::Arc;

use pipewright_source::TextRange;
use pipewright_syntax::{has_island, parse_template};

use crate::limits::MAX_DEPTH;

/// A text with islands, ready to be evaluated or rendered any number of times and in any thread.
///
/// ```
/// use pipewright_engine::Template;
///
/// let template = Template::new("echo <+pipeline.name> > out.txt");
/// assert!(template.has_islands());
/// assert_eq!(template.text(), "echo <+pipeline.name> > out.txt");
/// ```
#[derive(Clone, Debug)]
pub struct Template {
    parts: Arc<Parts>,
}

impl Template {
    /// Cuts up `text`. Every text is a template.
    pub fn new(text: &str) -> Self {
        Self {
            parts: Arc::new(Parts::new(text)),
        }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.parts.text
    }

    /// Whether there is at least one closed `<+…>` in it.
    pub fn has_islands(&self) -> bool {
        !self.parts.islands.is_empty()
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.parts
    }
}

impl From<&str> for Template {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<&Self> for Template {
    /// The same template: what was cut up is shared.
    fn from(template: &Self) -> Self {
        template.clone()
    }
}

/// A text and its outermost islands.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) text: Box<str>,
    pub(crate) islands: Vec<Island>,
    /// Where an island starts that never closes.
    unclosed: Option<usize>,
    /// Where the last `?` stands; the choice between text and operand asks for it at every island.
    last_question: Option<usize>,
}

/// One outermost `<+…>` of a text.
#[derive(Debug)]
pub(crate) struct Island {
    /// With its delimiters.
    pub(crate) range: TextRange,
    /// Between the delimiters, with one backslash taken from each `\>`.
    pub(crate) inner: Parts,
}

impl Parts {
    /// Cuts up `text`, and the texts of its islands as deep as the engine goes into them.
    pub(crate) fn new(text: &str) -> Self {
        Self::cut(text.into(), MAX_DEPTH)
    }

    fn cut(text: Box<str>, levels: u32) -> Self {
        let template = parse_template(&text);
        let islands = match levels.checked_sub(1) {
            // Deeper islands are never read: the budget of indirections ends before.
            None => Vec::new(),
            Some(levels) => template
                .roots()
                .filter_map(|(id, range)| {
                    let island = template.get(id)?;
                    let inner = island.inner.slice(&text);
                    let inner = if island.escaped {
                        inner.replace("\\>", ">").into_boxed_str()
                    } else {
                        inner.into()
                    };
                    let inner = Self::cut(inner, levels);
                    Some(Island { range, inner })
                })
                .collect(),
        };
        Self {
            last_question: text.rfind('?'),
            unclosed: template.unclosed.map(|range| range.start() as usize),
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

/// Whether `text` has at least one closed `<+…>`.
pub fn has_expressions(text: &str) -> bool {
    has_island(text)
}

/// The outermost islands of `text` with their delimiters.
///
/// ```
/// use pipewright_engine::find_expressions;
///
/// assert_eq!(find_expressions("abc <+<+ab> <+cd>> <+e>"), ["<+<+ab> <+cd>>", "<+e>"]);
/// assert!(find_expressions("abc <+").is_empty());
/// ```
pub fn find_expressions(text: &str) -> Vec<String> {
    let parts = Parts::new(text);
    parts
        .islands
        .iter()
        .map(|island| written(&island.inner.text))
        .collect()
}

/// The innermost islands of `text` with their delimiters.
///
/// ```
/// assert_eq!(pipewright_engine::find_variables("abc <+<+ab> <+cd>> <+e>"), ["<+ab>", "<+cd>", "<+e>"]);
/// ```
pub fn find_variables(text: &str) -> Vec<String> {
    fn collect(parts: &Parts, found: &mut Vec<String>) {
        for island in &parts.islands {
            if island.inner.islands.is_empty() {
                found.push(written(&island.inner.text));
            } else {
                collect(&island.inner, found);
            }
        }
    }
    let mut found = Vec::new();
    collect(&Parts::new(text), &mut found);
    found
}

/// Whether `text` is exactly one island and nothing else, not even a blank.
pub fn is_single_expression(text: &str) -> bool {
    let template = parse_template(text);
    let mut roots = template.roots();
    matches!(roots.next(), Some((_, range)) if range.start() == 0 && range.end() as usize == text.len())
}

/// An island as it is written in a text.
pub(crate) fn written(inner: &str) -> String {
    format!("<+{inner}>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_of_islands_takes_one_backslash() {
        let parts = Parts::new(r"a<+b \> <+c \\> d>>e");
        assert_eq!(&*parts.islands[0].inner.text, r"b > <+c \> d>");
        assert_eq!(&*parts.islands[0].inner.islands[0].inner.text, "c > d");
        assert_eq!(parts.before(0), "a");
        assert_eq!(parts.tail(), "e");
    }

    #[test]
    fn an_open_island_loses_its_backslashes_only_behind_a_closed_one() {
        assert!(!Template::new(r"<+a \> b").has_islands());
        assert_eq!(Parts::new(r"<+x> \> <+a \> b").tail(), r" \> <+a > b");
    }

    #[test]
    fn a_single_expression_has_nothing_around_it() {
        assert!(is_single_expression("<+abc + <+def>>"));
        assert!(!is_single_expression("<+abc> "));
        assert!(!is_single_expression("<+a><+b>"));
        assert!(!is_single_expression("<+<+a>"));
    }
}
