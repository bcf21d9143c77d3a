//! The tags of a text of XML, before a parser looks at it: what they cost, and their names without namespaces.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr3, memmem};
use pipewright_jexl::{Failure, OpResult, charge_growth, charge_reading};

/// How many bytes the XML may have.
pub(super) const MAX_XML_BYTES: usize = 4 * 1024 * 1024;

/// How deep elements may stand inside each other.
const MAX_DEPTH: usize = 256;

/// The work of a node, in bytes read: the parser makes one, and the document another.
const NODE_WORK: usize = 16;

/// How many bytes of two names are compared for one of work.
const PIECE: usize = 16;

/// The memory of a node, in bytes.
const NODE_BYTES: usize = 48;

/// Pays for the reading of `xml`, before it is read, and takes the namespaces out: Java's parser, as Harness uses it,
/// knows none, so that a colon is a letter and `xmlns` a name. Every byte keeps its offset, at which the name can be
/// read as it was written.
///
/// # Errors
/// Kind `limit` for a document that is too large or too deep, and where the question has too little left.
pub(super) fn plain(xml: &str) -> OpResult<Cow<'_, str>> {
    if xml.len() > MAX_XML_BYTES {
        let most = MAX_XML_BYTES / (1024 * 1024);
        return Err(Failure::limit(format!(
            "the XML is larger than {most} MiB: give a part of it"
        )));
    }
    let mut tags = Tags {
        xml,
        plain: None,
        at: 0,
        depth: 0,
        work: 0,
        nodes: 0,
    };
    tags.walk()?;
    charge_reading(
        tags.work
            .saturating_add(tags.nodes.saturating_mul(NODE_WORK)),
    )?;
    charge_growth(
        tags.nodes
            .saturating_mul(NODE_BYTES)
            .saturating_add(xml.len()),
    )?;
    let plain = tags.plain.and_then(|plain| String::from_utf8(plain).ok());
    Ok(plain.map_or(Cow::Borrowed(xml), Cow::Owned))
}

/// A walk over tags. Where the XML is broken it may lose its way; the parser then stops there too.
struct Tags<'x> {
    xml: &'x str,
    /// The XML without namespaces, once there was one.
    plain: Option<Vec<u8>>,
    at: usize,
    /// How many elements are open.
    depth: usize,
    work: usize,
    nodes: usize,
}

impl Tags<'_> {
    fn walk(&mut self) -> OpResult<()> {
        while let Some(found) = memchr(b'<', &self.xml.as_bytes()[self.at..]) {
            self.at += found;
            // The node itself and the text in front of it.
            self.nodes += 2;
            let rest = &self.xml[self.at..];
            let whole = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")]
                .into_iter()
                .find(|(start, _)| rest.starts_with(start));
            if let Some((start, end)) = whole {
                let Some(length) = rest[start.len()..].find(end) else {
                    return Ok(());
                };
                self.at += start.len() + length + end.len();
            } else if rest.starts_with("</") {
                let Some(length) = memchr(b'>', rest.as_bytes()) else {
                    return Ok(());
                };
                self.plain_names(self.at, self.at + length);
                self.depth = self.depth.saturating_sub(1);
                self.at += length;
            } else if !self.start_tag()? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Whether the tag has an end: without one the parser stops here, and looking for it again from each later tag
    /// would take too long.
    fn start_tag(&mut self) -> OpResult<bool> {
        let rest = &self.xml.as_bytes()[self.at..];
        let (mut end, mut attributes) = (1, 0_usize);
        loop {
            let Some(found) = memchr3(b'>', b'"', b'\'', &rest[end..]) else {
                return Ok(false);
            };
            self.plain_names(self.at + end, self.at + end + found);
            end += found;
            if rest[end] == b'>' {
                break;
            }
            let Some(length) = memchr(rest[end], &rest[end + 1..]) else {
                return Ok(false);
            };
            attributes += 1;
            end += length + 2;
        }
        // The parser compares each attribute with each other; names that are alike but for their end, to their end.
        let pairs = attributes.saturating_mul(attributes + end / PIECE);
        self.work = self.work.saturating_add(pairs);
        self.nodes += attributes;
        self.depth += usize::from(!rest[..end].ends_with(b"/"));
        self.at += end;
        if self.depth > MAX_DEPTH {
            return Err(Failure::limit(format!(
                "the XML is nested deeper than {MAX_DEPTH} elements"
            )));
        }
        Ok(true)
    }

    /// Takes the namespaces out of the names between two quotes.
    fn plain_names(&mut self, start: usize, end: usize) {
        let part = &self.xml.as_bytes()[start..end];
        for colon in memchr_iter(b':', part) {
            self.replace(start + colon);
        }
        for declared in memmem::find_iter(part, "xmlns") {
            // An element may have such a name too.
            if declared > 0 && part[declared - 1].is_ascii_whitespace() {
                self.replace(start + declared);
            }
        }
    }

    /// A letter that means nothing.
    fn replace(&mut self, at: usize) {
        let xml = self.xml;
        let plain = self.plain.get_or_insert_with(|| xml.as_bytes().to_vec());
        plain[at] = b'_';
    }
}
