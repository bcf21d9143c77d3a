//! Texts whose value is another one under the same values.

use std::collections::HashMap;

use pipewright_analysis::Prepared;
use pipewright_context::{Given as Values, RunPlace, setting_value};
use pipewright_jexl::Value;
use pipewright_model::{NodeId, PathSegment, Site, SiteKind};

use crate::mapping::Mapping;

/// How many texts of one pipeline are evaluated.
const MAX_TEXTS: usize = 5_000;

/// A setting that comes to another text.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct ValueDifference {
    /// The fully qualified name of the setting after.
    pub fqn: String,
    /// What it came to.
    pub before: String,
    /// What it comes to.
    pub after: String,
}

/// The settings with expressions whose value differs, in the order of the file after. Those of which either value is
/// unknown are left out.
pub(crate) fn values(
    (base, head): (&Prepared, &Prepared),
    mapping: &Mapping<'_>,
    given: &Values,
) -> Vec<ValueDifference> {
    let side = |of: &Prepared, at: &Site| came(of, at, given);
    let before: HashMap<(NodeId, &[PathSegment]), &Site> = base
        .pipeline()
        .pipeline()
        .sites
        .iter()
        .filter_map(|site| {
            Some((
                (mapping.nodes.head_of(site.node)?, site.path.as_slice()),
                site,
            ))
        })
        .collect();
    let mut found = Vec::new();
    for site in head.pipeline().pipeline().sites.iter().take(MAX_TEXTS) {
        // Conditions and loops are told by what runs.
        if matches!(site.kind, SiteKind::Condition | SiteKind::Loop) {
            continue;
        }
        let Some(old) = before.get(&(site.node, site.path.as_slice())) else {
            continue;
        };
        let has_expression = |of: &Prepared, site: &Site| {
            let text = of.pipeline().tree().text(site.yaml);
            let version = of.pipeline().pipeline().version;
            text.is_some_and(|text| version.may_hold_expression(text))
        };
        if !has_expression(base, old) && !has_expression(head, site) {
            continue;
        }
        let (Some(was), Some(is)) = (side(base, old), side(head, site)) else {
            continue;
        };
        if was != is {
            found.push(ValueDifference {
                fqn: name(mapping, site),
                before: was,
                after: is,
            });
        }
    }
    found
}

/// The text that a setting comes to when its node reads it.
fn came(prepared: &Prepared, site: &Site, given: &Values) -> Option<String> {
    let pipeline = prepared.pipeline();
    let text = pipeline.tree().text(site.yaml)?;
    let mut place = RunPlace::node(site.node);
    place.given = given.clone();
    let context = pipeline.at_moment(&place, site.moment).ok()?;
    match setting_value(&pipeline.engine(), text, &context).ok()? {
        Value::Unknown(_) => None,
        value => Some(value.text().ok()?.to_str().into_owned()),
    }
}

fn name(mapping: &Mapping<'_>, site: &Site) -> String {
    let mut name = mapping.head.fqn(site.node);
    for segment in &site.path {
        match segment {
            PathSegment::Key(key) => name.extend([".", key]),
            PathSegment::Index(index) => name.extend(["[", &index.to_string(), "]"]),
        }
    }
    name
}
