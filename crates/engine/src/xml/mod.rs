//! XPath 1.0 on a text of XML, for the `xml` functor (`spec/engine.md` §5.1).
//!
//! An evaluator of our own: every library for XPath in Rust runs to its end whatever it costs, and those that are still
//! kept speak later versions, whose answers differ. The XML itself is read by `roxmltree`.

mod axes;
mod compare;
mod document;
mod evaluate;
mod found;
mod functions;
mod parse;
mod path;
mod read;
mod steps;
mod tags;
mod tokens;

use pipewright_jexl::{ErrorKind, Failure, OpResult, charge_reading, question};

pub(crate) use document::Document;

use crate::xml::evaluate::Scope;

/// How much stack a path needs at most, in bytes: its parts are walked by recursion, and its length has a limit.
const ROOM: usize = 2 * 1024 * 1024;

/// The text of what `path` selects in `document`: of the first node, or of a number, text or truth value. Nothing is "".
///
/// # Errors
/// Kind `method-failed` for a path that cannot be read; kind `limit` for one that is too long or too deep, or looks at more than the
/// question may.
pub(crate) fn select(path: &str, document: &Document) -> OpResult<String> {
    stacker::maybe_grow(ROOM, ROOM, || {
        question(|| {
            let path = parse::parse(path)?;
            let scope = Scope::of(document);
            let found = scope.value(&path).map_err(advised)?;
            let text = found.into_text(document);
            charge_reading(text.len())?;
            Ok(text)
        })
    })
}

/// The error of a path that looks at too much, with what helps.
fn advised(failure: Failure) -> Failure {
    match failure {
        Failure::Error {
            kind: ErrorKind::Limit,
            ..
        } => Failure::limit(
            "the XPath looks at more of the XML than one answer may: name the elements on the way instead of `//`, \
             and look for others from few elements only",
        ),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(path: &str, xml: &str) -> OpResult<String> {
        question(|| select(path, &Document::read(xml)?))
    }

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
            assert_eq!(ask(path, XML).unwrap(), wanted, "{path}");
        }
    }

    const SHOP: &str = r#"<shop name="S"><!--note--><a id="1" k="x">one<b>deep</b></a><a id="2">two</a><c n=" 7 "/><a id="3"><b>last</b></a></shop>"#;

    #[test]
    fn every_axis_looks_where_it_says() {
        let table = [
            ("/shop/a[2]/following-sibling::*[1]/@n", " 7 "),
            ("/shop/a[3]/preceding-sibling::*[1]/@n", " 7 "),
            ("count(/shop/a[2]/preceding-sibling::node())", "2"),
            ("count(//b/ancestor::*)", "3"),
            ("count(//b[1]/ancestor-or-self::*)", "5"),
            ("//b[.='last']/../@id", "3"),
            ("//b[.='last']/parent::a/@id", "3"),
            ("count(/shop/c/following::*)", "2"),
            ("count(/shop/c/preceding::*)", "3"),
            ("/shop/c/preceding::*[1]", "two"),
            ("count(/descendant::a)", "3"),
            ("count(/shop/descendant-or-self::*)", "7"),
            ("count(//@*)", "6"),
            ("/shop/attribute::name", "S"),
            ("/shop/comment()", "note"),
            ("count(//text())", "4"),
            ("/shop/a[1]/self::a/text()", "one"),
            ("count(/shop/a[1]/self::b)", "0"),
            ("count(/)", "1"),
            ("//a[last()]/b", "last"),
            ("//a[position()=2]", "two"),
            ("//a[position()<3][2]", "two"),
            ("(//b)[2]", "last"),
            ("(//a)[last()]/@id", "3"),
            ("count(//b[1])", "2"),
            ("count(//a | //b | //a)", "5"),
            ("//a[b]/@id", "1"),
            ("//a[not(b)]/@id", "2"),
            ("//a[@k]", "onedeep"),
            ("//*[@id='2' and not(@k)]", "two"),
            ("//a[@id='9' or @id='3']/b", "last"),
            ("//*[local-name()='c']/@n", " 7 "),
            ("//a[b='last']/@id", "3"),
            ("//a[1.5]", ""),
        ];
        for (path, wanted) in table {
            assert_eq!(ask(path, SHOP).unwrap(), wanted, "{path}");
        }
    }

    #[test]
    fn values_are_calculated() {
        let table = [
            ("1 + 2 * 3", "7"),
            ("10 div 4", "2.5"),
            ("-7 mod 3", "-1"),
            ("1 div 0", "Infinity"),
            ("0 div 0", "NaN"),
            ("- - 2", "2"),
            ("2 > 1 = true()", "true"),
            ("'a' = 'a'", "true"),
            ("'1' = 1.0", "true"),
            ("sum(//@id)", "6"),
            ("sum(//@id) > count(//a)", "true"),
            ("//@id > 2", "true"),
            ("//@id = 4", "false"),
            ("//@id != 1", "true"),
            ("number(//@n) + 1", "8"),
            ("concat('a', 1, true())", "a1true"),
            ("contains('abc', 'bc')", "true"),
            ("starts-with('abc', 'ab')", "true"),
            ("substring('12345', 2, 3)", "234"),
            ("substring('12345', 1.5, 2.6)", "234"),
            ("substring-before('a=b', '=')", "a"),
            ("substring-after('a=b', '=')", "b"),
            ("normalize-space('  a  b ')", "a b"),
            ("translate('bar', 'abc', 'AB')", "BAr"),
            ("string-length('abc')", "3"),
            ("floor(-1.5)", "-2"),
            ("ceiling(1.2)", "2"),
            ("round(2.5)", "3"),
            ("boolean('')", "false"),
            ("not(//nope)", "true"),
            ("name(/*)", "shop"),
            ("string(//nope)", ""),
            ("namespace-uri(/*)", ""),
        ];
        for (path, wanted) in table {
            assert_eq!(ask(path, SHOP).unwrap(), wanted, "{path}");
        }
    }

    #[test]
    fn paths_that_cannot_be_read_are_told() {
        for path in [
            "/shop/", "//", "a[", "a]", "a[1", "(a", "count(", "nope()", "count()", "x::a", "a b",
            "'open", "$a", "p:a", "a//", "1 +", "@", "a[]",
        ] {
            let failure = ask(path, SHOP).unwrap_err();
            assert_eq!(failure.kind(), Some(ErrorKind::MethodFailed), "{path}");
        }
    }

    #[test]
    fn wide_and_repeated_looks_end() {
        let items: Vec<String> = (0..20_000).map(|n| format!("<i k='{n}'/>")).collect();
        let long = format!("<r>{}</r>", items.concat());
        assert_eq!(ask("count(//i)", &long).unwrap(), "20000");
        assert_eq!(
            ask("//i[@k='777']/following-sibling::i[1]/@k", &long).unwrap(),
            "778"
        );
        for path in [
            "count(//i/following-sibling::i)",
            "count(//i[../i[@k='19999']])",
            "count(//i[/r/i[last()]/@k = @k])",
            "count(//i[following::i[@k='x']])",
        ] {
            let failure = ask(path, &long).unwrap_err();
            assert_eq!(failure.kind(), Some(ErrorKind::Limit), "{path}");
        }
    }

    #[test]
    fn default_namespaces_do_not_hide_elements() {
        let xml = r#"<project xmlns="http://maven.apache.org/POM/4.0.0"><version>1.2</version></project>"#;
        assert_eq!(ask("/project/version", xml).unwrap(), "1.2");
    }

    #[test]
    fn a_long_namespace_of_many_names_is_held_once() {
        let items: Vec<String> = (0..20_000).map(|n| format!("<p:i{n}/>")).collect();
        let xml = format!(
            "<r xmlns:p='{}'>{}</r>",
            "n".repeat(1_000_000),
            items.concat()
        );
        let document = Document::read(&xml).unwrap();
        assert!(document.bytes() < 8 * 1024 * 1024);
        assert_eq!(
            select("string-length(namespace-uri(/r/*[2]))", &document).unwrap(),
            "1000000"
        );
        assert_eq!(select("local-name(/r/*[2])", &document).unwrap(), "i1");
    }

    #[test]
    fn a_document_type_is_passed_over_and_other_texts_keep_theirs() {
        let table = [
            ("<!DOCTYPE r [<!ENTITY a 'b'><!-- > -->]><r>x</r>", "x"),
            (
                "<?xml version='1.0'?><!--n--> <!DOCTYPE r SYSTEM \">\"><r>x</r>",
                "x",
            ),
            ("<r><![CDATA[<!DOCTYPE html>]]></r>", "<!DOCTYPE html>"),
        ];
        for (xml, wanted) in table {
            assert_eq!(ask("/r", xml).unwrap(), wanted, "{xml}");
        }
        let bomb = "<!DOCTYPE r [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><r>&b;</r>";
        assert!(ask("/r", bomb).is_err());
    }

    #[test]
    fn long_and_deep_paths_need_little_stack() {
        let deep = format!("{}1{}", "(1=(".repeat(7), "))".repeat(7));
        let looks = format!("{}1{}", "/root[item and ".repeat(15), "]".repeat(15));
        let chains = ["1+", "1|", "-", "1 or "].map(|part| part.repeat(200) + "1");
        for path in chains.into_iter().chain([deep, looks]) {
            let small = std::thread::Builder::new().stack_size(512 * 1024);
            let asked = small.spawn(move || ask(&path, XML).is_ok()).unwrap();
            assert!(asked.join().is_ok());
        }
        assert_eq!(ask(&("1+".repeat(500) + "1"), XML).unwrap(), "501");
    }

    #[test]
    fn broken_and_hostile_input_is_an_error() {
        assert!(ask("///", XML).is_err());
        assert!(ask("", XML).is_err());
        assert!(ask("/a", "<a><b></a>").is_err());
        assert!(ask("/a", "no xml").is_err());
        assert!(ask("/a", &"<a>".repeat(100_000)).is_err());
        assert!(ask("/a", &"<x</".repeat(1_000_000)).is_err());
        assert!(ask(&"(".repeat(500), XML).is_err());
        let long = format!("<r>{}</r>", "<i/>".repeat(50_000));
        assert!(ask("//*[count(//*[count(//*) > 0]) > 0]", &long).is_err());
    }
}
