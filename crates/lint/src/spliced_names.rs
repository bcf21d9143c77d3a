//! The names of paths that are put together from islands.

use pipewright_source::TextRange;
use pipewright_syntax::{Expr, ExprKind, IslandId, LinkKind, Name, Piece};

/// A name of a path with islands in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SplicedName<'e> {
    /// What the path reads before the name and its dot; empty where the path begins with the name.
    pub(crate) holder: TextRange,
    pub(crate) name: &'e Name,
}

/// The names with islands in them in all paths of an expression. An island that a path begins with is a value, whose
/// members are read.
pub(crate) fn spliced_names(tree: &Expr) -> Vec<SplicedName<'_>> {
    let mut found = Vec::new();
    tree.walk(&mut |expr| {
        let ExprKind::Chain { head, links } = &expr.kind else {
            return;
        };
        let start = head.range.start();
        let mut push = |name, end| {
            let holder = TextRange::new(start, end);
            found.push(SplicedName { holder, name });
        };
        match &head.kind {
            ExprKind::Name(name) if name.pieces.len() > 1 => push(name, start),
            _ => {}
        }
        let mut end = head.range.end();
        for link in links {
            if let LinkKind::Name(name) = &link.kind {
                push(name, end);
            }
            end = link.range.end();
        }
    });
    found.retain(|spliced| spliced.islands().next().is_some());
    found
}

impl SplicedName<'_> {
    /// The islands in the name.
    pub(crate) fn islands(&self) -> impl Iterator<Item = IslandId> {
        self.name.pieces.iter().filter_map(|piece| match piece {
            Piece::Island(island) => Some(*island),
            Piece::Text(_) => None,
        })
    }
}
