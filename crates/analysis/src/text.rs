//! The scalars that may hold expressions, taken apart.

use std::sync::Arc;

use pipewright_model::{Document, SiteKind};
use pipewright_resolve::{Parsed, ParsedCel, SiteText, Texts, languages_of};
use pipewright_syntax::{Island, IslandId, Language, Languages, Template, is_runtime_input};
use pipewright_yaml::{self as yaml, Tree};

/// One scalar that holds islands or is evaluated as a whole. All ranges are those of its decoded text.
#[derive(Clone, Debug)]
pub struct Text {
    /// Its scalar.
    pub scalar: yaml::NodeId,
    /// What it is for.
    pub kind: SiteKind,
    /// What its expressions are written in.
    pub languages: Languages,
    parsed: Arc<SiteText>,
    /// Whether it begins with `<+input>`: filled in before anything is evaluated.
    is_input: bool,
}

impl Text {
    /// The islands of the text.
    pub fn template(&self) -> &Template {
        &self.parsed.template
    }

    /// The text read as one expression, where the engine evaluates it as one: conditions, assertions.
    /// `None` for texts with islands and for runtime inputs.
    pub fn whole(&self) -> Option<&Parsed> {
        self.parsed.whole.as_ref().filter(|_| !self.is_input)
    }

    /// What is in an island of JEXL; `None` for an id of another text.
    pub fn island(&self, id: IslandId) -> Option<&Parsed> {
        self.parsed.islands.get(id.0 as usize)
    }

    /// Every island of JEXL with what is in it, outer ones first.
    pub fn islands(&self) -> impl Iterator<Item = (IslandId, &Island, &Parsed)> {
        let islands = (0..).map(IslandId).zip(&self.parsed.template.islands);
        let parsed = self.parsed.islands.iter();
        islands
            .zip(parsed)
            .map(|((id, island), parsed)| (id, island, parsed))
            .filter(|(_, island, _)| island.language == Language::Jexl)
    }

    /// Every island of CEL with what is in it, outer ones first.
    pub fn islands_of_cel(&self) -> impl Iterator<Item = (IslandId, &Island, &ParsedCel)> {
        let cel = self.parsed.cel.iter();
        cel.filter_map(|(id, parsed)| Some((*id, self.parsed.template.get(*id)?, parsed)))
    }
}

/// Reads every scalar of the documents that holds an island or is evaluated as a whole.
pub(crate) fn read(tree: &Tree, documents: &[Document], known: &Texts) -> Vec<Text> {
    let scalars = documents.iter().flat_map(|document| {
        let languages = languages_of(document.version);
        let scalars = document.scalars();
        scalars.map(move |(scalar, kind)| (scalar, kind, languages))
    });
    let texts = scalars.filter_map(|(scalar, kind, languages)| {
        let text = tree.text(scalar)?;
        let parsed = known.parse(text, kind, languages);
        let template = &parsed.template;
        let has_some = !template.islands.is_empty()
            || template.unclosed.is_some()
            || template.unclosed_cel.is_some();
        (has_some || parsed.whole.is_some()).then(|| Text {
            scalar,
            kind,
            languages,
            is_input: is_runtime_input(text),
            parsed,
        })
    });
    texts.collect()
}
