//! Names that input sets, uses of templates and chained stages restate to say what they give a value.

use std::collections::BTreeSet;

use pipewright_analysis::Snapshot;
use pipewright_resolve::counterpart;
use pipewright_source::Span;

use crate::cursor::content;

/// Adds the places that restate one of these names, and those that restate them in turn.
pub(super) fn extend(snapshot: &Snapshot, names: &mut BTreeSet<Span>) {
    let mut new: Vec<Span> = names.iter().copied().collect();
    while let Some(name) = new.pop() {
        for (_, id) in snapshot.ids() {
            let Some(whole) = snapshot.written_out(id) else {
                continue;
            };
            for given in whole.given() {
                let (file, asks) = given.asks;
                let trees = (snapshot.tree(file), snapshot.tree(given.file));
                let (Some(asking), Some(giving)) = trees else {
                    continue;
                };
                if file != name.file {
                    continue;
                }
                let found = counterpart((asking, asks, name), (giving, given.given));
                let found = found.map(|scalar| content(giving, scalar));
                if let Some(found) = found.filter(|found| names.insert(*found)) {
                    new.push(found);
                }
            }
        }
    }
}
