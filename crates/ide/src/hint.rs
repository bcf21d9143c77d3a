//! Values beside expressions.

use std::collections::HashMap;

use pipewright_analysis::Snapshot;
use pipewright_engine::Profile;
use pipewright_jexl::Value;
use pipewright_model::{NodeKind, SiteKind};
use pipewright_source::{FileId, Span, TextRange};

use crate::island::{Written, texts};

/// The longest value that is shown beside an expression, in characters.
const MOST_SHOWN: usize = 40;

/// What is shown behind a piece of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Hint {
    /// The byte of the file before which it is shown.
    pub offset: u32,
    /// What is shown.
    pub text: String,
}

/// What expressions come to in every run, as far as the file tells: the value of each island that has one, and of each
/// condition whether what it guards runs. Of texts that reach into a range of the file, which alone are evaluated.
pub fn hints(snapshot: &Snapshot, file: FileId, within: TextRange) -> Vec<Hint> {
    let Some(analysis) = snapshot.analysis(file) else {
        return Vec::new();
    };
    let texts = texts(analysis).map(|of| (of.tree.span(of.text.scalar), of));
    let is_within = |(span, _): &(Span, Written<'_>)| {
        span.range.start() <= within.end() && within.start() <= span.range.end()
    };
    let written: HashMap<Span, Written<'_>> = texts.filter(is_within).collect();
    let mut found: Vec<Hint> = Vec::new();
    for (place, document) in analysis.documents().iter().enumerate() {
        let (Some(pipeline), Some(values)) = (document.pipeline(), analysis.values(place)) else {
            continue;
        };
        for site in &pipeline.sites {
            let Some(of) = written.get(&analysis.tree().span(site.yaml)) else {
                continue;
            };
            if site.kind == SiteKind::Condition {
                let value = values.value_at(site, Profile::default());
                let verdict = match value.map(|of| of.value) {
                    Some(Ok(Value::Boolean(true))) => "runs",
                    Some(Ok(Value::Boolean(false))) => "skipped",
                    _ => continue,
                };
                // A pipeline has no condition of its own.
                if pipeline.node(site.node).kind != NodeKind::Pipeline {
                    let end = TextRange::of(0, of.decoded.len());
                    found.push(of.hint(end, verdict.to_owned()));
                }
                continue;
            }
            for (_, range) in of.text.template().roots() {
                let expression = range.slice(of.decoded);
                let value = values.value_of(expression, site, Profile::default());
                let Some(Ok(value)) = value.map(|of| of.value) else {
                    continue;
                };
                let is_shown =
                    matches!(value, Value::String(_) | Value::Boolean(_)) || value.is_number();
                let text = value.text().map(|text| text.to_string());
                let Some(text) = text.ok().filter(|_| is_shown) else {
                    continue;
                };
                if text.chars().count() <= MOST_SHOWN && !text.contains('\n') {
                    found.push(of.hint(range, format!("= {text}")));
                }
            }
        }
    }
    found.retain(|hint| within.start() <= hint.offset && hint.offset <= within.end());
    found.sort_by_key(|hint| hint.offset);
    found.dedup_by_key(|hint| hint.offset);
    found
}

impl Written<'_> {
    /// A hint behind a part of the text.
    fn hint(&self, range: TextRange, text: String) -> Hint {
        let offset = self.cover(range).range.end();
        Hint { offset, text }
    }
}
