//! What a text comes to when values are given.

use pipewright_analysis::{SiteValues, Snapshot};
use pipewright_context::Given;
use pipewright_engine::Profile;
use pipewright_jexl::Value;
use pipewright_model::{NodeKind, Site, SiteKind};
use pipewright_source::{FileId, Span};

use crate::Known;
use crate::cursor::{content, touches};
use crate::known::known;

/// So many names are told that would decide a text.
const MOST_NAMES: usize = 3;

/// What a text comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Evaluated {
    /// The text, without quotes.
    pub span: Span,
    /// Whether the text is the condition of a stage, group or step: its value is `true` or `false` then, whatever ran
    /// before.
    pub is_condition: bool,
    /// Its value; of what only a run knows the reason.
    pub value: Known,
    /// The names whose values would decide it, sorted; empty where it is known.
    pub needs: Vec<String>,
}

impl Evaluated {
    /// What it comes to, for people, in a line: of a condition whether it lets run what it guards.
    pub fn told(&self) -> String {
        match &self.value {
            Known::Value(value) if !self.is_condition => format!("= {value}"),
            Known::Value(value) if value == "true" => "runs".to_owned(),
            Known::Value(_) => "skipped".to_owned(),
            Known::Unknown(reason) if self.needs.is_empty() => {
                format!("only a run can tell: {reason}")
            }
            Known::Unknown(_) => {
                let mut names: Vec<&str> = self.needs.iter().map(String::as_str).collect();
                if names.len() > MOST_NAMES {
                    names.truncate(MOST_NAMES);
                    names.push("…");
                }
                format!("depends on {}", names.join(", "))
            }
            Known::Error(message) => format!("error: {message}"),
        }
    }
}

/// What the text comes to in which the cursor stands, where these values are given by their full names: for conditions
/// and what the engine evaluates as a whole the value, else the text with its expressions replaced. `None` where no
/// expression is, and where to tell it takes too long.
pub fn evaluate(
    snapshot: &Snapshot,
    file: FileId,
    offset: u32,
    given: &Given,
) -> Option<Evaluated> {
    let analysis = snapshot.analysis(file)?;
    let tree = &**analysis.tree();
    let documents = analysis.documents().iter().enumerate();
    documents.into_iter().find_map(|(place, document)| {
        let mut sites = document.pipeline()?.sites.iter();
        let site = sites.find(|site| touches(tree.span(site.yaml), file, offset))?;
        let values = analysis.values(place)?;
        let values = if given.is_empty() {
            values.clone()
        } else {
            values.with_given(given.clone())
        };
        evaluated(&values, site, content(tree, site.yaml))
    })
}

/// The conditions of the stages, groups and steps of a file in their order, and whether each holds in every run.
pub fn conditions(snapshot: &Snapshot, file: FileId) -> Vec<Evaluated> {
    let Some(analysis) = snapshot.analysis(file) else {
        return Vec::new();
    };
    let tree = &**analysis.tree();
    let mut found: Vec<Evaluated> = Vec::new();
    for (place, document) in analysis.documents().iter().enumerate() {
        let (Some(pipeline), Some(values)) = (document.pipeline(), analysis.values(place)) else {
            continue;
        };
        let conditions = pipeline.sites.iter().filter(|site| {
            site.kind == SiteKind::Condition
                && pipeline.node(site.node).kind != NodeKind::Pipeline
                && tree.span(site.yaml).file == file
        });
        found.extend(
            conditions.filter_map(|site| evaluated(values, site, content(tree, site.yaml))),
        );
    }
    found.sort_by_key(|of| of.span);
    // Texts that aliases repeat are written once.
    found.dedup_by_key(|of| of.span);
    found
}

fn evaluated(values: &SiteValues, site: &Site, span: Span) -> Option<Evaluated> {
    let value = values.value_at(site, Profile::default())?;
    let needs = match &value.value {
        Ok(Value::Unknown(unknown)) => unknown.needs().map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    Some(Evaluated {
        span,
        is_condition: site.kind == SiteKind::Condition,
        value: known(value)?,
        needs,
    })
}
