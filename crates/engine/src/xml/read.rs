//! From a text of XML to its document.

use std::collections::HashMap;

use pipewright_jexl::{Failure, OpResult};

use crate::xml::document::{Attribute, Document, Name, Node, NodeKind, Range, length};
use crate::xml::tags;

impl Document {
    /// Reads a text of XML, and pays for it.
    ///
    /// # Errors
    /// Kind `method-failed` for XML that cannot be read, `limit` for XML that is too large.
    pub(crate) fn read(xml: &str) -> OpResult<Self> {
        let xml = tags::without_document_type(xml)?;
        tags::charge(&xml)?;
        let parsed = roxmltree::Document::parse(&xml)
            .map_err(|error| Failure::method(format!("the XML cannot be read: {error}")))?;
        Ok(Reader::default().document(&parsed))
    }
}

/// What copies a document that was parsed.
#[derive(Default)]
struct Reader {
    document: Document,
    /// Where the text of a namespace is already, by where it is in what was parsed: a long one may be that of many names.
    namespaces: HashMap<(usize, usize), Range>,
}

impl Reader {
    fn document(mut self, parsed: &roxmltree::Document<'_>) -> Document {
        // The elements that are open, each with its last child.
        let mut open: Vec<(u32, Option<u32>)> = Vec::new();
        for node in parsed.root().descendants() {
            let parent = node.parent().map_or(0, |parent| parent.id().get());
            while open.last().is_some_and(|(above, _)| *above != parent) {
                self.close(open.pop());
            }
            let id = self.document.count();
            let previous = open.last_mut().and_then(|(_, last)| last.replace(id));
            self.push(parsed.input_text(), node, parent, previous.unwrap_or(id));
            if node.is_root() || node.is_element() {
                open.push((id, None));
            }
        }
        while let Some(top) = open.pop() {
            self.close(Some(top));
        }
        self.document
    }

    fn push(&mut self, xml: &str, node: roxmltree::Node<'_, '_>, parent: u32, previous: u32) {
        let end = self.document.count() + 1;
        let first = length(self.document.attributes.len());
        let here = length(self.document.text.len());
        let mut made = Node {
            kind: NodeKind::Root,
            name: 0,
            parent,
            previous,
            end,
            text: (here, here),
            attributes: (first, first),
        };
        match node.node_type() {
            roxmltree::NodeType::Root => {}
            roxmltree::NodeType::Element => {
                made.kind = NodeKind::Element;
                let tag = &xml[node.range().start + 1..];
                let written = tag.find(|c: char| c.is_whitespace() || c == '/' || c == '>');
                let written = &tag[..written.unwrap_or(tag.len())];
                made.name = self.name(written, node.tag_name().namespace());
                for attribute in node.attributes() {
                    let name = self.name(&xml[attribute.range_qname()], attribute.namespace());
                    let value = self.aside(attribute.value());
                    self.document.attributes.push(Attribute { name, value });
                }
                made.attributes.1 = length(self.document.attributes.len());
            }
            roxmltree::NodeType::Text => {
                made.kind = NodeKind::Text;
                self.document.text.push_str(node.text().unwrap_or_default());
                made.text.1 = length(self.document.text.len());
            }
            roxmltree::NodeType::Comment => {
                made.kind = NodeKind::Comment;
                made.text = self.aside(node.text().unwrap_or_default());
            }
            roxmltree::NodeType::PI => {
                made.kind = NodeKind::Instruction;
                if let Some(instruction) = node.pi() {
                    made.name = self.name(instruction.target, None);
                    made.text = self.aside(instruction.value.unwrap_or_default());
                }
            }
        }
        self.document.nodes.push(made);
    }

    fn close(&mut self, open: Option<(u32, Option<u32>)>) {
        let (count, text) = (self.document.count(), length(self.document.text.len()));
        if let Some(node) = open.and_then(|(id, _)| self.document.nodes.get_mut(id as usize)) {
            node.end = count;
            node.text.1 = text;
        }
    }

    fn name(&mut self, written: &str, namespace: Option<&str>) -> u32 {
        let namespace = namespace.filter(|_| written.contains(':'));
        let namespace = namespace.map_or_else(Range::default, |uri| self.namespace(uri));
        let written = written.to_owned();
        let name = Name { written, namespace };
        length(self.document.names.insert_full(name).0)
    }

    fn namespace(&mut self, uri: &str) -> Range {
        let place = (uri.as_ptr().addr(), uri.len());
        if let Some(known) = self.namespaces.get(&place) {
            return *known;
        }
        let text = self.aside(uri);
        self.namespaces.insert(place, text);
        text
    }

    fn aside(&mut self, text: &str) -> Range {
        let start = length(self.document.asides.len());
        self.document.asides.push_str(text);
        (start, length(self.document.asides.len()))
    }
}
