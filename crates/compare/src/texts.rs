//! Whether two texts say the same: what their expressions read may have another name now, or may be named another way.

use std::collections::HashMap;

use pipewright_resolve::{Reference, Resolution};
use pipewright_yaml as yaml;

use crate::mapping::Mapping;
use crate::part::Part;
use crate::words::with_words;

/// The references in the texts of both sides.
#[derive(Debug)]
pub(crate) struct Texts<'m, 's> {
    mapping: &'m Mapping<'s>,
    /// The identifiers that are other ones now.
    identifiers: Vec<(String, String)>,
    base: HashMap<yaml::NodeId, Vec<&'s Reference>>,
    head: HashMap<yaml::NodeId, Vec<&'s Reference>>,
}

impl<'m, 's> Texts<'m, 's> {
    pub(crate) fn new(mapping: &'m Mapping<'s>) -> Self {
        Self {
            mapping,
            identifiers: mapping.renamed_identifiers(),
            base: by_scalar(&mapping.base),
            head: by_scalar(&mapping.head),
        }
    }

    /// Whether a text before and one after come to the same.
    pub(crate) fn are_same(&self, base: yaml::NodeId, head: yaml::NodeId) -> bool {
        let mapping = self.mapping;
        let (before, after) = (
            mapping.base.tree().text(base).unwrap_or_default(),
            mapping.head.tree().text(head).unwrap_or_default(),
        );
        let known = self.base.get(&base).map_or(&[][..], Vec::as_slice);
        let known_after = self.head.get(&head).map_or(&[][..], Vec::as_slice);
        if before == after && known.is_empty() {
            return true;
        }
        // What reads a name that is gone is told as its reader.
        let still_reads_it = |of: &&Reference| {
            let name = mapping.head.resolution.target_name(of);
            of.verdict.is_wrong() || name.is_some_and(|name| mapping.is_given_up(&name))
        };
        if before == after && known_after.iter().any(still_reads_it) {
            return true;
        }
        if before != after && (known.is_empty() || known_after.is_empty()) {
            return false;
        }
        // A path that leads nowhere has the words that it would have.
        let words = |path: &str| with_words(path, &self.identifiers);
        let before = meant(before, known, mapping.base.resolution, words, |name| {
            mapping.to_head(name)
        });
        let resolution = mapping.head.resolution;
        let after = meant(after, known_after, resolution, words, str::to_owned);
        before == after
    }
}

fn by_scalar<'s>(part: &Part<'s>) -> HashMap<yaml::NodeId, Vec<&'s Reference>> {
    let mut found: HashMap<yaml::NodeId, Vec<&Reference>> = HashMap::new();
    let resolution: &'s Resolution = part.resolution;
    for reference in &resolution.references {
        let scalar = part.pipeline.sites[reference.site].yaml;
        found
            .entry(part.tree().target(scalar))
            .or_default()
            .push(reference);
        if part.tree().target(scalar) != scalar {
            found.entry(scalar).or_default().push(reference);
        }
    }
    found
}

/// A text with the full names of what it reads in the places of its paths.
fn meant(
    text: &str,
    references: &[&Reference],
    resolution: &Resolution,
    words: impl Fn(&str) -> String,
    renamed: impl Fn(&str) -> String,
) -> Vec<String> {
    let mut parts = Vec::new();
    let mut at = 0;
    for reference in references {
        let range = reference.range.to_usize();
        // A path inside another one is told by that one's text.
        if range.start < at || range.end > text.len() {
            continue;
        }
        let name = resolution.target_name(reference);
        parts.push(text[at..range.start].to_owned());
        parts.push(name.map_or_else(|| words(&text[range.clone()]), |name| renamed(&name)));
        // Which instance of a loop it reads says the same under any name.
        parts.extend(
            resolution
                .suffixes(reference)
                .map(|(_, suffix)| suffix.to_owned()),
        );
        at = range.end;
    }
    parts.push(text.get(at..).unwrap_or_default().to_owned());
    parts
}
