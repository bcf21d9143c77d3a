//! What stands in front of the outermost element.

use std::borrow::Cow;

/// The XML without its document type, which is never read: blanks stand in its place, so that every byte keeps its
/// offset.
pub(super) fn without_document_type(xml: &str) -> Cow<'_, str> {
    let start = prolog_end(xml);
    if !xml[start..].starts_with("<!DOCTYPE") {
        return Cow::Borrowed(xml);
    }
    let Some(end) = document_type_end(&xml[start..]) else {
        return Cow::Borrowed(xml);
    };
    let mut blanked = xml.to_owned();
    blanked.replace_range(start..start + end, &" ".repeat(end));
    Cow::Owned(blanked)
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

/// The length of the document type at the start of `text`: up to the first `>` outside of quotes, comments and
/// brackets.
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
