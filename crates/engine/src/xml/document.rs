//! A document of XML as a flat list of nodes in document order, so that an axis is a range and a text a slice.

use indexmap::IndexSet;

/// A node or an attribute; ordered as in the document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct NodeId {
    /// The place in the list of nodes.
    pub(super) node: u32,
    /// 0 for the node itself, else one more than the place among the node's attributes.
    pub(super) attribute: u32,
}

impl NodeId {
    /// The document itself, above its outermost element.
    pub(super) const ROOT: Self = Self::of(0);

    /// The node at a place of the list.
    pub(super) const fn of(node: u32) -> Self {
        Self { node, attribute: 0 }
    }

    /// Whether it is an attribute.
    pub(super) fn is_attribute(self) -> bool {
        self.attribute > 0
    }
}

/// What a node is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum NodeKind {
    Root,
    Element,
    Attribute,
    Text,
    /// A text all of which stands in CDATA sections.
    Sections,
    Comment,
    Instruction,
}

/// A name as it is written.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub(super) struct Name {
    /// With the prefix.
    pub(super) written: String,
    /// The place of what stands behind the prefix among all of those.
    pub(super) local: u32,
}

/// The memory of a name besides its text, in bytes.
const NAME: usize = 96;

/// A range of one of the two texts.
pub(super) type Range = (u32, u32);

/// A node as it is kept.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) kind: NodeKind,
    pub(super) name: u32,
    pub(super) parent: u32,
    /// The sibling in front of it; itself if it is the first.
    pub(super) previous: u32,
    /// The first node behind its descendants.
    pub(super) end: u32,
    pub(super) text: Range,
    pub(super) attributes: Range,
}

/// An attribute as it is kept.
#[derive(Clone, Debug)]
pub(super) struct Attribute {
    pub(super) name: u32,
    pub(super) value: Range,
}

/// A document that was read.
#[derive(Debug, Default)]
pub(crate) struct Document {
    pub(super) nodes: Vec<Node>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) names: IndexSet<Name>,
    pub(super) locals: IndexSet<String>,
    /// The text nodes one after another: the text of an element is one range of it.
    pub(super) text: String,
    /// Values of attributes, comments and processing instructions.
    pub(super) asides: String,
}

impl Document {
    /// How many nodes there are, attributes not counted.
    pub(super) fn count(&self) -> u32 {
        length(self.nodes.len())
    }

    /// How many nodes and attributes there are.
    pub(super) fn count_all(&self) -> usize {
        self.nodes.len() + self.attributes.len()
    }

    /// How much memory it takes at most, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        let names = self
            .names
            .iter()
            .map(|name| 2 * (name.written.len() + NAME));
        size_of_val(&*self.nodes)
            + size_of_val(&*self.attributes)
            + names.sum::<usize>()
            + self.text.len()
            + self.asides.len()
    }

    fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.node as usize]
    }

    fn attribute(&self, id: NodeId) -> Option<&Attribute> {
        let index = id.attribute.checked_sub(1)?;
        self.attributes
            .get((self.node(id).attributes.0 + index) as usize)
    }

    /// What the node is.
    pub(super) fn kind(&self, id: NodeId) -> NodeKind {
        if id.is_attribute() {
            NodeKind::Attribute
        } else {
            self.node(id).kind
        }
    }

    /// The name of an element, an attribute or a processing instruction.
    pub(super) fn name_of(&self, id: NodeId) -> Option<&Name> {
        self.names.get_index(self.name_index(id)? as usize)
    }

    /// What stands behind the prefix of a name.
    pub(super) fn local(&self, name: &Name) -> &str {
        self.locals
            .get_index(name.local as usize)
            .map_or("", String::as_str)
    }

    /// The place of the node's name among all names.
    pub(super) fn name_index(&self, id: NodeId) -> Option<u32> {
        match self.kind(id) {
            NodeKind::Attribute => self.attribute(id).map(|attribute| attribute.name),
            NodeKind::Element | NodeKind::Instruction => Some(self.node(id).name),
            NodeKind::Root | NodeKind::Text | NodeKind::Sections | NodeKind::Comment => None,
        }
    }

    /// The place of a name without prefix among all names; `None` if nothing has it.
    pub(super) fn index_of(&self, name: &str) -> Option<u32> {
        let local = self.local_index_of(name)?;
        let written = name.to_owned();
        self.names
            .get_index_of(&Name { written, local })
            .map(length)
    }

    /// The place of what stands behind a prefix, or of a name without one; `None` if nothing has it.
    pub(super) fn local_index_of(&self, name: &str) -> Option<u32> {
        self.locals.get_index_of(name).map(length)
    }

    /// The text of a node: of an element, all text inside it.
    pub(super) fn text(&self, id: NodeId) -> &str {
        let node = self.node(id);
        let (text, (start, end)) = match (self.attribute(id), node.kind) {
            (Some(attribute), _) => (&self.asides, attribute.value),
            (None, NodeKind::Comment | NodeKind::Instruction) => (&self.asides, node.text),
            (None, _) => (&self.text, node.text),
        };
        text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The node around it; for an attribute, its element.
    pub(super) fn parent(&self, id: NodeId) -> Option<NodeId> {
        match (id.is_attribute(), id.node) {
            (true, node) => Some(NodeId::of(node)),
            (false, 0) => None,
            (false, _) => Some(NodeId::of(self.node(id).parent)),
        }
    }

    /// The first node inside it.
    pub(super) fn first_child(&self, id: NodeId) -> Option<NodeId> {
        let inside = !id.is_attribute() && id.node + 1 < self.node(id).end;
        inside.then(|| NodeId::of(id.node + 1))
    }

    /// The sibling behind it.
    pub(super) fn next_sibling(&self, id: NodeId) -> Option<NodeId> {
        let parent = self.parent(id).filter(|_| !id.is_attribute())?;
        let next = self.node(id).end;
        (next < self.node(parent).end).then(|| NodeId::of(next))
    }

    /// The sibling in front of it.
    pub(super) fn previous_sibling(&self, id: NodeId) -> Option<NodeId> {
        let previous = self.node(id).previous;
        (!id.is_attribute() && previous != id.node).then(|| NodeId::of(previous))
    }

    /// The first place behind the node and everything inside it.
    pub(super) fn end(&self, id: NodeId) -> u32 {
        if id.is_attribute() {
            id.node + 1
        } else {
            self.node(id).end
        }
    }

    /// How many attributes it has.
    pub(super) fn attribute_count(&self, id: NodeId) -> u32 {
        let (first, end) = self.node(id).attributes;
        if id.is_attribute() { 0 } else { end - first }
    }
}

/// A length as it is kept; XML has at most [`MAX_XML_BYTES`](crate::xml::tags::MAX_XML_BYTES) bytes.
pub(super) fn length(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
