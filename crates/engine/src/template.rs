//! Texts with islands, cut up once and evaluated many times.

use std::borrow::Cow;
use std::sync::Arc;

use pipewright_jexl::{ErrorKind, OpResult, charge_reading};
use pipewright_syntax::{
    Island, IslandId, Language, Languages, MAX_NESTING, has_island, has_island_of, parse_template,
    parse_template_of,
};

use crate::error::Error;
use crate::limits::SEARCHED_BYTES;
use crate::parts::Parts;
use crate::run::spend;
use crate::unescaped::Unescaped;

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
    /// Cuts up `text`, whose expressions are written in JEXL. Every text is a template.
    pub fn new(text: &str) -> Self {
        Self::of(text, Languages::Jexl)
    }

    /// The same for a text whose expressions are written in these languages.
    pub fn of(text: &str, languages: Languages) -> Self {
        Self {
            parts: Arc::new(Parts::new(text, languages)),
        }
    }

    /// The same text, cut up for other languages where it is not for these.
    pub(crate) fn in_languages(&self, languages: Languages) -> Cow<'_, Self> {
        if self.parts.languages == languages {
            Cow::Borrowed(self)
        } else {
            Cow::Owned(Self::of(self.text(), languages))
        }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.parts.text
    }

    /// Whether there is at least one closed island in it, or there are so many that it is not cut up: evaluating or
    /// rendering such a text is an error of kind `limit`.
    pub fn has_islands(&self) -> bool {
        !self.parts.islands.is_empty() || self.parts.is_too_dear
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.parts
    }

    /// Pays for cutting it up, which was done before there was a question.
    ///
    /// # Errors
    /// Of kind `limit` for a text with so many expressions that it was not cut up.
    pub(crate) fn pay(&self) -> Result<(), Error> {
        if self.parts.is_too_dear {
            return Err(Error::new(
                ErrorKind::Limit,
                "the text has more expressions than can be read in one evaluation",
            ));
        }
        spend(Parts::price(self.text(), self.parts.languages))
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

/// Whether `text` has at least one closed `<+…>`.
pub fn has_expressions(text: &str) -> bool {
    has_island(text)
}

/// [`has_expressions`], paid for by the question: what is searched, and what reading its marks costs.
pub(crate) fn find_expression(text: &str, languages: Languages) -> OpResult<bool> {
    charge_reading(text.len() / SEARCHED_BYTES)?;
    let price = Parts::price(text, languages);
    charge_reading(usize::try_from(price).unwrap_or(usize::MAX))?;
    Ok(price > 0 && has_island_of(text, languages))
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
    let template = parse_template(text);
    let outermost = template.roots().filter_map(|(id, _)| template.get(id));
    outermost
        .map(|island| written(&inner_text(text, island, 1)))
        .collect()
}

/// The innermost islands of `text` with their delimiters, at any depth.
///
/// ```
/// let found = pipewright_engine::find_variables("abc <+<+ab> <+cd>> <+e>")?;
/// assert_eq!(found, ["<+ab>", "<+cd>", "<+e>"]);
/// # Ok::<(), pipewright_engine::Error>(())
/// ```
///
/// # Errors
/// Of kind `limit` for an island inside more than [`MAX_NESTING`] others.
pub fn find_variables(text: &str) -> Result<Vec<String>, Error> {
    let template = parse_template(text);
    let mut found = Vec::new();
    for (index, island) in template.islands.iter().enumerate() {
        let id = IslandId(u32::try_from(index).unwrap_or(u32::MAX));
        if template.children(id).next().is_some() {
            continue;
        }
        let level = template.level(id);
        let inner = inner_text(text, island, level);
        if level > MAX_NESTING && has_island(&inner) {
            let message = format!("islands are nested deeper than {MAX_NESTING}");
            return Err(Error::new(ErrorKind::Limit, message).at(island.range));
        }
        found.push(written(&inner));
    }
    Ok(found)
}

/// The text between the delimiters of an island at `level`, as the engine reads it: without the backslashes that
/// islands use up.
fn inner_text<'t>(text: &'t str, island: &Island, level: usize) -> Cow<'t, str> {
    let inner = island.inner.slice(text);
    if island.escaped {
        Unescaped::new(inner, level).text.into()
    } else {
        inner.into()
    }
}

/// Whether `text` is exactly one island of JEXL and nothing else, not even a blank.
pub fn is_single_expression(text: &str) -> bool {
    is_one_island(text, Languages::Jexl)
}

/// The same for islands of these languages.
pub(crate) fn is_one_island(text: &str, languages: Languages) -> bool {
    let template = parse_template_of(text, languages);
    let mut roots = template.roots();
    matches!(roots.next(), Some((_, range)) if range.start() == 0 && range.end() as usize == text.len())
}

/// An island of JEXL as it is written in a text.
pub(crate) fn written(inner: &str) -> String {
    written_in(Language::Jexl, inner)
}

/// An island as it is written in a text.
pub(crate) fn written_in(language: Language, inner: &str) -> String {
    match language {
        Language::Jexl => format!("<+{inner}>"),
        Language::Cel => format!("${{{{{inner}}}}}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_islands_are_found_as_deep_as_islands_are_told() {
        let nested = |levels: usize, inner: &str| {
            format!("{}{inner}{} <+b>", "<+".repeat(levels), ">".repeat(levels))
        };
        for levels in [1, 14, 15, 16, MAX_NESTING + 1] {
            let found = find_variables(&nested(levels, "a"));
            assert_eq!(found.unwrap(), ["<+a>", "<+b>"], "{levels}");
        }
        let escaped = find_variables(&nested(2, r"a \\> 1"));
        assert_eq!(escaped.unwrap(), ["<+a > 1>", "<+b>"]);
        for levels in [MAX_NESTING + 2, 5000] {
            let error = find_variables(&nested(levels, "a")).unwrap_err();
            assert_eq!(error.kind, ErrorKind::Limit);
        }
    }

    #[test]
    fn a_single_expression_has_nothing_around_it() {
        assert!(is_single_expression("<+abc + <+def>>"));
        assert!(!is_single_expression("<+abc> "));
        assert!(!is_single_expression("<+a><+b>"));
        assert!(!is_single_expression("<+<+a>"));
    }
}
