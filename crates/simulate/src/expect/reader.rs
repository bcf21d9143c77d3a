//! The values of a file of tests, each with its place or what is wrong with it.

use pipewright_context::json_of;
use pipewright_jexl::Json;
use pipewright_source::Span;
use pipewright_yaml::{NodeId, Tree};

use super::case::{Mistake, Named};

/// Reads the kinds of values that stand in a file of tests.
pub(super) struct Reader<'t>(pub(super) &'t Tree);

impl<'t> Reader<'t> {
    /// The keys of a mapping with their places and values.
    pub(super) fn entries(&self, node: NodeId) -> Result<Vec<(&'t str, Span, NodeId)>, Mistake> {
        let tree = self.0;
        if !tree.is_mapping(node) {
            return Err(Mistake::new("a mapping is expected here", tree.span(node)));
        }
        let entries = tree.entries(node).iter().map(|entry| {
            let span = tree.span(entry.key);
            let key = tree.text(entry.key);
            let key = key.ok_or_else(|| Mistake::new("a key is a text", span))?;
            Ok((key, span, entry.value))
        });
        entries.collect()
    }

    /// The items of a list.
    pub(super) fn items(&self, node: NodeId) -> Result<&'t [NodeId], Mistake> {
        let tree = self.0;
        if tree.is_sequence(node) {
            Ok(tree.items(node))
        } else {
            Err(Mistake::new("a list is expected here", tree.span(node)))
        }
    }

    /// A text with its place.
    pub(super) fn text(&self, node: NodeId) -> Result<Named, Mistake> {
        let span = self.0.span(node);
        let text = self.0.text(node);
        let text = text.ok_or_else(|| Mistake::new("a text is expected here", span))?;
        Ok(Named {
            text: text.to_owned(),
            span,
        })
    }

    /// A list of texts with their places.
    pub(super) fn texts(&self, node: NodeId) -> Result<Vec<Named>, Mistake> {
        let items = self.items(node)?.iter();
        items.map(|item| self.text(*item)).collect()
    }

    /// A value.
    pub(super) fn json(&self, node: NodeId) -> Result<Json, Mistake> {
        let value = json_of(self.0, node);
        value.ok_or_else(|| Mistake::new("this is no value", self.0.span(node)))
    }

    /// Values by name.
    pub(super) fn values(&self, node: NodeId) -> Result<Vec<(String, Json)>, Mistake> {
        let entries = self.entries(node)?.into_iter();
        let value = |(key, _, value): (&str, Span, NodeId)| Ok((key.to_owned(), self.json(value)?));
        entries.map(value).collect()
    }
}
