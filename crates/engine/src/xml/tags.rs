//! What a text of XML costs to read, told by its tags before a parser looks at it.

use std::borrow::Cow;

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

/// Pays for the reading of `xml`, before it is read.
///
/// # Errors
/// Kind `limit` for a document that is too large or too deep, and where the question has too little left.
pub(super) fn charge(xml: &str) -> OpResult<()> {
    let mut tags = Tags {
        xml,
        at: 0,
        open: Vec::new(),
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
    )
}

/// The XML without its document type, which is never read: blanks stand in its place, so that every byte keeps its offset.
///
/// # Errors
/// Kind `limit` for a document that is too large.
pub(super) fn without_document_type(xml: &str) -> OpResult<Cow<'_, str>> {
    if xml.len() > MAX_XML_BYTES {
        let most = MAX_XML_BYTES / (1024 * 1024);
        return Err(Failure::limit(format!(
            "the XML is larger than {most} MiB: give a part of it"
        )));
    }
    let start = prolog_end(xml);
    if !xml[start..].starts_with("<!DOCTYPE") {
        return Ok(Cow::Borrowed(xml));
    }
    let Some(end) = document_type_end(&xml[start..]) else {
        return Ok(Cow::Borrowed(xml));
    };
    let mut blanked = xml.to_owned();
    blanked.replace_range(start..start + end, &" ".repeat(end));
    Ok(Cow::Owned(blanked))
}

/// Where the document type or the outermost element starts: behind blanks, comments and processing instructions.
fn prolog_end(xml: &str) -> usize {
    let mut rest = xml.trim_start_matches('\u{feff}');
    loop {
        rest = rest.trim_start();
        let aside = [("<!--", "-->"), ("<?", "?>")]
            .into_iter()
            .find_map(|(start, end)| rest.strip_prefix(start)?.split_once(end));
        match aside {
            Some((_, behind)) => rest = behind,
            None => return xml.len() - rest.len(),
        }
    }
}

/// The length of the document type at the start of `text`: up to the first `>` outside of quotes, comments and brackets.
fn document_type_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut brackets) = (0, 0_usize);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' | b'\'' => at += 1 + memchr::memchr(*byte, &bytes[at + 1..])?,
            b'<' if text[at..].starts_with("<!--") => at += 6 + text[at + 4..].find("-->")?,
            b'[' => brackets += 1,
            b']' => brackets = brackets.saturating_sub(1),
            b'>' if brackets == 0 => return Some(at + 1),
            _ => {}
        }
        at += 1;
    }
    None
}

/// A walk over tags. Where the XML is broken it may lose its way; the parser then stops there too.
struct Tags<'x> {
    xml: &'x str,
    at: usize,
    /// For each open element, how many namespaces are declared around it and by it.
    open: Vec<usize>,
    work: usize,
    nodes: usize,
}

impl Tags<'_> {
    fn walk(&mut self) -> OpResult<()> {
        while let Some(found) = memchr::memchr(b'<', &self.xml.as_bytes()[self.at..]) {
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
                self.open.pop();
                self.at += 2;
            } else if !self.start_tag()? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// The parser compares each attribute with each other, and each name with the namespaces around it. Whether the tag has an end:
    /// without one the parser stops here, and looking for it again from each later tag would take too long.
    fn start_tag(&mut self) -> OpResult<bool> {
        let rest = &self.xml.as_bytes()[self.at..];
        let (mut end, mut attributes) = (1, 0_usize);
        loop {
            let Some(found) = memchr::memchr3(b'>', b'"', b'\'', &rest[end..]) else {
                return Ok(false);
            };
            end += found;
            if rest[end] == b'>' {
                break;
            }
            let Some(length) = memchr::memchr(rest[end], &rest[end + 1..]) else {
                return Ok(false);
            };
            attributes += 1;
            end += length + 2;
        }
        let tag = &rest[..end];
        let declared = memchr::memmem::find_iter(tag, "xmlns").count();
        let around = self.open.last().copied().unwrap_or(0) + declared;
        // Names that are alike but for their end are compared to their end.
        let pieces = tag.len() / PIECE;
        let pairs = attributes.saturating_mul(attributes + pieces);
        let names = around.saturating_mul(1 + attributes + pieces);
        self.work = self
            .work
            .saturating_add(pairs)
            .saturating_add(names.saturating_mul(2));
        self.nodes += attributes;
        self.at += end;
        if !tag.ends_with(b"/") {
            self.open.push(around);
        }
        if self.open.len() > MAX_DEPTH {
            return Err(Failure::limit(format!(
                "the XML is nested deeper than {MAX_DEPTH} elements"
            )));
        }
        Ok(true)
    }
}
