//! The drawings of `refs --format dot|mermaid` are well-formed whatever a pipeline calls its parts.

use std::path::Path;

use pipewright_tests::Session;

/// Names that mean something to Graphviz, to Mermaid, to HTML or to a terminal.
const HOSTILE: [&str; 22] = [
    "quote \" and ' and `",
    "back\\slash \\",
    "escape \\n \\N \\\" \\",
    "brackets ] } ) > [ { ( <",
    "<b>bold</b><script>alert(1)</script>",
    "line\nbreak\r\ntab\t",
    "&quot;#quot;&#34;",
    "semi; colon, # hash",
    "%%{init: {\"theme\": \"dark\"}}%%",
    "%% comment",
    "// comment /* */",
    "end",
    "subgraph x",
    "click p0n0 \"https://example.com\"",
    "-->|a| b --- c ==> d",
    "\u{202E}right to left\u{2066}",
    "umlaut ä, 漢字, 😀, e\u{301}",
    "escape \u{1B}[31m \u{7} \u{9B}",
    "separators \u{2028} \u{2029} \u{85}",
    ":::missing",
    "",
    "x];\n} p0n0 -> p0n0;",
];

/// A pipeline in which every name is one of those, and which reads what does not exist under each of them.
fn pipeline(name: &str) -> String {
    let text = quoted(name);
    // In a single-quoted JEXL string.
    let literal = name
        .replace('\\', "\\\\")
        .replace('\'', "\\'")
        .replace(['\n', '\r'], " ");
    let reads = format!("<+pipeline.variables['{literal}']> <+pipeline.stages.Other.name>");
    let reads = quoted(&reads);
    format!(
        r#"{{"pipeline": {{"identifier": {text}, "stages": [
            {{"stage": {{"identifier": {text}, "type": {text}, "spec": {{"execution": {{"steps": [
                {{"stepGroup": {{"identifier": {text}, "name": {text}, "steps": [
                    {{"step": {{"identifier": {text}, "type": {text}, "spec": {{"script": {reads}}}}}}}
                ]}}}}
            ]}}}}}}}},
            {{"stage": {{"identifier": "Other", "name": {text}, "type": "Custom"}}}}
        ]}}}}"#
    )
}

/// A text in double quotes, in which YAML allows fewer characters than JSON.
fn quoted(text: &str) -> String {
    let quoted = serde_json::to_string(text).expect("a text");
    quoted.replace('\u{9B}', "\\u009b")
}

/// The drawing of a pipeline with that name everywhere.
fn drawing(name: &str, format: &str) -> String {
    let text = pipeline(name);
    let session = Session {
        stdin: text.as_bytes(),
        ..Session::default()
    };
    let answer = session.run(Path::new(""), &["refs", "-", "--format", format]);
    assert_eq!(answer.code, 0, "{name:?}: {}", answer.stderr);
    answer.stdout
}

/// Every quoted text of a drawing, each on one line, and the drawing without them. What follows `escape` is part of the
/// text.
fn split(drawing: &str, escape: Option<char>) -> (Vec<String>, String) {
    let (mut texts, mut rest) = (Vec::new(), String::new());
    for line in drawing.lines() {
        let mut characters = line.chars();
        while let Some(c) = characters.next() {
            if c != '"' {
                rest.push(c);
                continue;
            }
            let mut text = String::new();
            loop {
                let c = characters
                    .next()
                    .unwrap_or_else(|| panic!("a quoted text does not end: {line}"));
                if c == '"' {
                    break;
                }
                text.push(c);
                if Some(c) == escape {
                    text.extend(characters.next());
                }
            }
            texts.push(text);
        }
        rest.push('\n');
    }
    (texts, rest)
}

fn is_harmless(text: &str) -> bool {
    text.chars()
        .all(|c| !c.is_control() && !('\u{2028}'..='\u{202E}').contains(&c) && c != '\u{2066}')
}

fn assert_balanced(text: &str) {
    let mut open = Vec::new();
    for c in text.chars() {
        match c {
            '(' => open.push(')'),
            '[' => open.push(']'),
            '{' => open.push('}'),
            ')' | ']' | '}' => assert_eq!(open.pop(), Some(c), "{text}"),
            _ => {}
        }
    }
    assert!(open.is_empty(), "{text}");
}

fn assert_words(rest: &str, marks: &str) {
    let is_known = |c: char| c.is_ascii_alphanumeric() || c.is_whitespace() || marks.contains(c);
    let strange: Vec<char> = rest.chars().filter(|c| !is_known(*c)).collect();
    assert!(strange.is_empty(), "{strange:?} in\n{rest}");
}

/// Nothing in a name begins a statement: each line is one that also stands in other drawings.
fn assert_statements(rest: &str, beginnings: &[&str]) {
    for line in rest.lines() {
        let begins = |beginning: &&str| line.trim_start().starts_with(beginning);
        assert!(beginnings.iter().any(begins), "{line}");
    }
}

#[test]
fn graphviz_reads_every_name_as_one_text() {
    for name in HOSTILE {
        let drawing = drawing(name, "dot");
        let (texts, rest) = split(&drawing, Some('\\'));
        assert!(texts.iter().all(|text| is_harmless(text)), "{drawing}");
        assert_words(&rest, "{}[]=,;.->_");
        assert_balanced(&rest);
        let statements = [
            "digraph", "compound", "fontname", "node", "edge", "subgraph", "label", "p0n",
            "missing", "}",
        ];
        assert_statements(&rest, &statements);
    }
}

#[test]
fn mermaid_reads_every_name_as_one_text() {
    for name in HOSTILE {
        let drawing = drawing(name, "mermaid");
        let (texts, rest) = split(&drawing, None);
        for text in &texts {
            assert!(is_harmless(text), "{drawing}");
            let plain = text.replace("<br/>", "");
            let is_special = |c: char| "<>&`%\\".contains(c);
            assert!(!plain.contains(is_special), "{text}");
            for (at, _) in plain.match_indices('#') {
                let entity = plain[at + 1..].split_once(';');
                let entity = entity.unwrap_or_else(|| panic!("no entity: {text}")).0;
                let is_name = entity.chars().all(|c| c.is_ascii_alphanumeric());
                assert!(is_name && entity.len() < 5, "{text}");
            }
        }
        assert_words(&rest, "[]()|.-=>:,#");
        assert_balanced(&rest);
        let statements = [
            "flowchart",
            "subgraph p0n",
            "end",
            "p0n",
            "missing",
            "classDef",
            "linkStyle",
        ];
        assert_statements(&rest, &statements);
    }
}

#[test]
fn long_names_are_cut() {
    let name = "n".repeat(100_000);
    for format in ["dot", "mermaid"] {
        let drawing = drawing(&name, format);
        assert!(drawing.len() < 10_000);
        assert!(drawing.contains("nnn…"));
    }
}
