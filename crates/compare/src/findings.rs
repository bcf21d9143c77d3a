//! Findings that are new and gone, wherever lines moved.

use std::collections::{BTreeMap, BTreeSet};

use pipewright_analysis::Snapshot;
use pipewright_lint::{Place, Places};
use pipewright_source::Diagnostic;

use crate::words::with_words;

/// The findings that differ.
#[derive(Clone, PartialEq, Debug, Default)]
#[non_exhaustive]
pub struct Findings {
    /// Those that are new, as they stand after.
    pub new: Vec<Diagnostic>,
    /// Those that are gone, as they stood before.
    pub gone: Vec<Diagnostic>,
}

impl Findings {
    /// Whether none differs.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.gone.is_empty()
    }
}

/// What findings are known again by: the rule, and the place that a baseline tells, too.
type Key = (&'static str, Place);

/// Holds findings of a file before and after against each other. `identifiers` are the names of nodes, variables and
/// outputs that are other ones now.
pub(crate) fn findings(
    (base, before): (&Snapshot, &[Diagnostic]),
    (head, after): (&Snapshot, &[Diagnostic]),
    identifiers: &[(String, String)],
) -> Findings {
    let mut known: BTreeMap<Key, Vec<&Diagnostic>> = BTreeMap::new();
    let mut places = Places::new(base);
    for finding in before {
        let place = renamed(places.place(finding), identifiers);
        known
            .entry((finding.rule, place))
            .or_default()
            .push(finding);
    }
    let mut places = Places::new(head);
    let mut new: Vec<(Key, &Diagnostic)> = Vec::new();
    for finding in after {
        // The word may mean something else there, which has kept it: on both sides it is read as the new one.
        let key = (finding.rule, renamed(places.place(finding), identifiers));
        match known.get_mut(&key).and_then(Vec::pop) {
            Some(_) => {}
            None => new.push((key, finding)),
        }
    }
    // What moved into another list or template is the same finding at another place.
    let mut elsewhere: BTreeMap<Key, Vec<&Diagnostic>> = BTreeMap::new();
    for ((rule, place), findings) in known {
        elsewhere
            .entry((rule, in_node(place)))
            .or_default()
            .extend(findings);
    }
    let mut found = Findings::default();
    for ((rule, place), finding) in new {
        match elsewhere
            .get_mut(&(rule, in_node(place)))
            .and_then(Vec::pop)
        {
            Some(_) => {}
            None => found.new.push(finding.clone()),
        }
    }
    let left: BTreeSet<*const Diagnostic> = elsewhere
        .into_values()
        .flatten()
        .map(std::ptr::from_ref)
        .collect();
    let gone = before
        .iter()
        .filter(|finding| left.contains(&std::ptr::from_ref(*finding)));
    found.gone = gone.cloned().collect();
    found
}

/// A place with the names that its nodes have after.
fn renamed(mut place: Place, identifiers: &[(String, String)]) -> Place {
    for (from, to) in identifiers {
        place.path = place.path.replace(&format!("[{from}]"), &format!("[{to}]"));
    }
    place.text = with_words(&place.text, identifiers);
    place
}

/// A place without the nodes around the innermost one.
fn in_node(mut place: Place) -> Place {
    let inner = place
        .path
        .rfind(".step")
        .or_else(|| place.path.rfind(".stage"));
    if let Some(at) = inner {
        place.path = place.path.split_off(at);
    }
    place
}
