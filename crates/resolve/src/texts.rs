//! The parsed texts of sites, each distinct text parsed once.

use std::collections::HashMap;
use std::sync::Arc;

use pipewright_model::SiteKind;
use pipewright_syntax::{
    Expr, IslandId, SyntaxError, Template, parse_island, parse_predicate, parse_template,
};

/// What came of parsing a text as one expression. `Ok(None)` is a text of blanks only.
pub type Parsed = Result<Option<Expr>, SyntaxError>;

/// The text of a site, parsed. All ranges are offsets into the decoded scalar.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SiteText {
    /// The islands.
    pub template: Template,
    /// The inside of each island as an expression, in the order of [`Template::islands`].
    pub islands: Vec<Parsed>,
    /// The whole text as a predicate, where the engine evaluates it as one ([`SiteKind::Condition`], [`SiteKind::Evaluated`]).
    pub whole: Option<Parsed>,
}

/// Parses the texts of sites and keeps what came of it, so that a text that repeats is parsed once. One for all documents of a
/// file, or of many.
#[derive(Debug, Default)]
pub struct Texts {
    plain: Arc<SiteText>,
    templates: HashMap<Box<str>, Arc<SiteText>>,
    predicates: HashMap<Box<str>, Arc<SiteText>>,
}

impl Texts {
    /// The parsed text of a scalar that is used as `kind`.
    pub fn parse(&mut self, text: &str, kind: SiteKind) -> Arc<SiteText> {
        let evaluated = matches!(kind, SiteKind::Condition | SiteKind::Evaluated);
        if !evaluated && !text.contains("<+") {
            return Arc::clone(&self.plain);
        }
        let known = if evaluated {
            &mut self.predicates
        } else {
            &mut self.templates
        };
        if let Some(parsed) = known.get(text) {
            return Arc::clone(parsed);
        }
        let parsed = Arc::new(parse(text, evaluated));
        known.insert(text.into(), Arc::clone(&parsed));
        parsed
    }
}

fn parse(text: &str, evaluated: bool) -> SiteText {
    let template = parse_template(text);
    let islands = (0u32..)
        .zip(&template.islands)
        .map(|(id, _)| parse_island(text, &template, IslandId(id)))
        .collect();
    let whole = evaluated.then(|| parse_predicate(text, &template));
    SiteText {
        template,
        islands,
        whole,
    }
}
