//! From a text of XML to its document.

use pipewright_jexl::{Failure, OpResult};

use crate::xml::document::{Attribute, Document, Name, Node, NodeKind, Range, length};
use crate::xml::{prolog, tags};

impl Document {
    /// Reads a text of XML, and pays for it.
    ///
    /// # Errors
    /// Kind `method-failed` for XML that cannot be read, `limit` for XML that is too large.
    pub(crate) fn read(xml: &str) -> OpResult<Self> {
        let xml = prolog::without_document_type(xml);
        let plain = tags::plain(&xml)?;
        let parsed = roxmltree::Document::parse(&plain)
            .map_err(|error| Failure::method(format!("the XML cannot be read: {error}")))?;
        let reader = Reader {
            xml: &xml,
            document: Self::default(),
        };
        Ok(reader.document(&parsed))
    }
}

/// What copies a document that was parsed without namespaces.
struct Reader<'x> {
    /// The XML with its names as they were written.
    xml: &'x str,
    document: Document,
}

impl Reader<'_> {
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
            self.push(node, parent, previous.unwrap_or(id));
            if node.is_root() || node.is_element() {
                open.push((id, None));
            }
        }
        while let Some(top) = open.pop() {
            self.close(Some(top));
        }
        self.document
    }

    fn push(&mut self, node: roxmltree::Node<'_, '_>, parent: u32, previous: u32) {
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
                let tag = &self.xml[node.range().start + 1..];
                let written = tag.find(|c: char| c.is_whitespace() || c == '/' || c == '>');
                made.name = self.name(&tag[..written.unwrap_or(tag.len())]);
                self.attributes(node);
                made.attributes.1 = length(self.document.attributes.len());
            }
            roxmltree::NodeType::Text => {
                made.kind = text_kind(&self.xml[node.range().start..]);
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
                    made.name = self.name(instruction.target);
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

    /// In the order of their names, as Java keeps them.
    fn attributes(&mut self, node: roxmltree::Node<'_, '_>) {
        let xml = self.xml;
        let written = node
            .attributes()
            .map(|attribute| (&xml[attribute.range_qname()], attribute.value()));
        let mut written: Vec<_> = written
            .filter(|(name, _)| *name != "xmlns" && !name.starts_with("xmlns:"))
            .collect();
        written.sort_unstable();
        for (name, value) in written {
            let name = self.name(name);
            let value = self.aside(value);
            self.document.attributes.push(Attribute { name, value });
        }
    }

    fn name(&mut self, written: &str) -> u32 {
        let local = written.split_once(':').map_or(written, |(_, local)| local);
        let local = length(self.document.locals.insert_full(local.to_owned()).0);
        let written = written.to_owned();
        length(self.document.names.insert_full(Name { written, local }).0)
    }

    fn aside(&mut self, text: &str) -> Range {
        let start = length(self.document.asides.len());
        self.document.asides.push_str(text);
        (start, length(self.document.asides.len()))
    }
}

/// What the text at the start of `xml` is: all of it may be in sections of its own.
fn text_kind(xml: &str) -> NodeKind {
    let mut rest = xml;
    while let Some((_, behind)) = rest
        .strip_prefix("<![CDATA[")
        .and_then(|section| section.split_once("]]>"))
    {
        rest = behind;
    }
    if rest.len() < xml.len() && rest.starts_with('<') {
        NodeKind::Sections
    } else {
        NodeKind::Text
    }
}
