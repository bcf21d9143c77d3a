//! XPath 1.0 on a text of XML, for the `xml` functor.

use std::cell::RefCell;

use sxd_document::Package;
use sxd_document::dom::{ChildOfElement, ChildOfRoot, Element};
use sxd_document::parser;
use sxd_xpath::{Context, Factory};

/// How many bytes the XML may have.
const MAX_XML_BYTES: usize = 4 * 1024 * 1024;

/// How deep elements may stand inside each other; the libraries walk them by recursion.
const MAX_DEPTH: usize = 256;

/// How long a path may be, in bytes, and how deep its brackets.
const MAX_PATH_BYTES: usize = 1024;

/// How deep brackets and parentheses of a path may stand inside each other.
const MAX_PATH_DEPTH: usize = 16;

/// How many visits of elements a path may ask for, as far as its text tells.
const MAX_VISITS: u64 = 10_000_000;

thread_local! {
    static FACTORY: RefCell<Factory> = RefCell::new(Factory::new());
}

/// The text of what `path` selects in `xml`: of the first node, or of a number, text or truth value. Nothing is "".
///
/// # Errors
/// A sentence for XML or a path that cannot be read, or that exceeds a limit.
pub(crate) fn select(path: &str, xml: &str) -> Result<String, String> {
    let elements = check_document(xml)?;
    check_path(path, elements)?;
    let package = parser::parse(xml).map_err(|error| format!("the XML cannot be read: {error}"))?;
    forget_default_namespaces(&package);
    let compiled = FACTORY
        .with_borrow(|factory| factory.build(path))
        .map_err(|error| format!("the XPath cannot be read: {error}"))?
        .ok_or("the XPath is empty")?;
    let found = compiled
        .evaluate(&Context::new(), package.as_document().root())
        .map_err(|error| format!("the XPath fails: {error}"))?;
    Ok(found.into_string())
}

/// Refuses large and deep documents, and counts the elements.
fn check_document(xml: &str) -> Result<u64, String> {
    if xml.len() > MAX_XML_BYTES {
        return Err(format!("the XML is larger than {MAX_XML_BYTES} bytes"));
    }
    let (mut depth, mut elements) = (0_usize, 0_u64);
    for (at, _) in xml.match_indices('<') {
        let tag = &xml[at + 1..];
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !tag.starts_with(['!', '?']) {
            elements += 1;
            // Looked for no further than the next tag, so that each byte is read once.
            let end = tag.find(['<', '>']);
            let empty = end.is_some_and(|end| tag[..end].ends_with('/'));
            depth += usize::from(!empty);
        }
        if depth > MAX_DEPTH {
            return Err(format!("the XML is nested deeper than {MAX_DEPTH}"));
        }
    }
    Ok(elements)
}

/// Refuses paths whose evaluation could take too long: every step that looks at the whole document, and every nested
/// path, multiplies the work by the size of the document.
fn check_path(path: &str, elements: u64) -> Result<(), String> {
    if path.len() > MAX_PATH_BYTES {
        return Err(format!("the XPath is longer than {MAX_PATH_BYTES} bytes"));
    }
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    for c in path.chars() {
        match c {
            '[' | '(' => depth += 1,
            ']' | ')' => depth = depth.saturating_sub(1),
            '/' | '*' if depth > 0 => deepest = deepest.max(depth),
            _ => {}
        }
        if depth > MAX_PATH_DEPTH {
            return Err(format!("the XPath is nested deeper than {MAX_PATH_DEPTH}"));
        }
    }
    let wide: usize = ["//", "descendant", "following", "preceding", "ancestor"]
        .iter()
        .map(|axis| path.matches(axis).count())
        .sum();
    let power = u32::try_from(wide + deepest).unwrap_or(u32::MAX);
    if elements.saturating_pow(power) > MAX_VISITS {
        return Err("the XPath looks at the whole document too often".to_owned());
    }
    Ok(())
}

/// Takes elements out of the namespace of `xmlns="…"`: Java's parser, as Harness uses it, knows no namespaces, so that
/// `/project/version` finds the version of a Maven file.
fn forget_default_namespaces(package: &Package) {
    let root = package.as_document().root();
    let mut waiting: Vec<Element<'_>> = root
        .children()
        .into_iter()
        .filter_map(ChildOfRoot::element)
        .collect();
    while let Some(element) = waiting.pop() {
        let name = element.name();
        if name.namespace_uri().is_some() && element.preferred_prefix().is_none() {
            let local = name.local_part().to_owned();
            element.set_name(local.as_str());
        }
        waiting.extend(
            element
                .children()
                .into_iter()
                .filter_map(ChildOfElement::element),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const XML: &str = r#"<root><item id="1">one</item><item id="2">two</item></root>"#;

    #[test]
    fn paths_give_texts_numbers_and_attributes() {
        let table = [
            ("/root/item", "one"),
            ("/root/item[@id='2']", "two"),
            ("/root/item[2]/text()", "two"),
            ("/root/item/@id", "1"),
            ("count(/root/item)", "2"),
            ("//item[last()]", "two"),
            ("/nope", ""),
            ("/root", "onetwo"),
            ("count(//item) > 1", "true"),
        ];
        for (path, wanted) in table {
            assert_eq!(select(path, XML).as_deref(), Ok(wanted), "{path}");
        }
    }

    #[test]
    fn default_namespaces_do_not_hide_elements() {
        let xml = r#"<project xmlns="http://maven.apache.org/POM/4.0.0"><version>1.2</version></project>"#;
        assert_eq!(select("/project/version", xml).as_deref(), Ok("1.2"));
    }

    #[test]
    fn broken_and_hostile_input_is_an_error() {
        assert!(select("///", XML).is_err());
        assert!(select("", XML).is_err());
        assert!(select("/a", "<a><b></a>").is_err());
        assert!(select("/a", "no xml").is_err());
        assert!(select("/a", &"<a>".repeat(100_000)).is_err());
        assert!(select("/a", &"<x</".repeat(1_000_000)).is_err());
        assert!(select(&"(".repeat(500), XML).is_err());
        let long = format!("<r>{}</r>", "<i/>".repeat(50_000));
        assert!(select("//*[count(//*[count(//*) > 0]) > 0]", &long).is_err());
    }
}
