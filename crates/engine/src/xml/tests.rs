use super::*;

/// Asks as a question of its own.
fn ask(path: &str, xml: &str) -> OpResult<String> {
    question(|| select(path, &Document::read(xml)?))
}

const XML: &str = r#"<root><item id="1">one</item><item id="2">two</item></root>"#;

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
fn a_long_namespace_of_many_names_is_not_held() {
    let items: Vec<String> = (0..20_000).map(|n| format!("<p:i{n}/>")).collect();
    let xml = format!(
        "<r xmlns:p='{}'>{}</r>",
        "n".repeat(1_000_000),
        items.concat()
    );
    let document = Document::read(&xml).unwrap();
    assert!(document.bytes() < 6 * 1024 * 1024);
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
