//! What editors ask, through the language server: the cases of `tests/data/ide` asked over the protocol, and code
//! actions.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeMap;
use std::path::Path;

use pipewright_tests::client::{Client, folder, position};
use pipewright_tests::files;
use serde_json::{Value, json};

const CURSOR: char = '‸';

/// What a client says that counts columns in characters, as the cases do.
fn capabilities() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-32"] },
        "textDocument": { "documentSymbol": { "hierarchicalDocumentSymbolSupport": true } },
        "workspace": { "workspaceEdit": { "documentChanges": true } },
    })
}

/// A case in an editor.
struct Case {
    client: Client,
    /// The texts of the files, by URI.
    texts: BTreeMap<String, (String, String)>,
    cursor: (String, Value),
    _kept: tempfile::TempDir,
}

impl Case {
    /// Opens the files of a case. Also gives the questions with the recorded answers.
    fn open(text: &str) -> (Self, Vec<(String, String)>) {
        let (kept, root) = folder(&[]);
        let mut client = Client::started(&[&root], capabilities());
        let (mut texts, mut cursor, mut questions) = (BTreeMap::new(), None, Vec::new());
        for part in text.split("--- ").skip(1) {
            let (title, body) = part.split_once('\n').unwrap();
            let Some(name) = title.strip_prefix("file ") else {
                questions.push((title.to_owned(), body.to_owned()));
                continue;
            };
            let plain = body.replace(CURSOR, "");
            let uri = client.open(&root.join(name), &plain);
            if let Some((before, _)) = body.split_once(CURSOR) {
                let line = before.matches('\n').count();
                let column = before.rsplit('\n').next().unwrap().chars().count();
                cursor = Some((uri.clone(), json!({ "line": line, "character": column })));
            }
            texts.insert(uri, (name.to_owned(), plain));
        }
        let case = Self {
            client,
            texts,
            cursor: cursor.unwrap(),
            _kept: kept,
        };
        (case, questions)
    }

    fn ask(&mut self, method: &str) -> Value {
        let (uri, position) = self.cursor.clone();
        let mut params = json!({ "textDocument": { "uri": uri }, "position": position });
        if method == "textDocument/references" {
            params["context"] = json!({ "includeDeclaration": false });
        }
        self.client.ask(method, params).unwrap()
    }

    /// The place of a range as the cases write it: name, line, column and the text there.
    fn place(&self, uri: &Value, range: &Value) -> String {
        let (name, text) = &self.texts[uri.as_str().unwrap()];
        let number = |of: &Value| usize::try_from(of.as_u64().unwrap()).unwrap();
        let (start, end) = (&range["start"], &range["end"]);
        let (line, column) = (number(&start["line"]), number(&start["character"]));
        let lines: Vec<&str> = text.split('\n').collect();
        let mut slice = String::new();
        for (at, line) in lines
            .iter()
            .enumerate()
            .take(number(&end["line"]) + 1)
            .skip(line)
        {
            let from = if at == number(&start["line"]) {
                column
            } else {
                0
            };
            let until = if at == number(&end["line"]) {
                number(&end["character"])
            } else {
                usize::MAX
            };
            slice.extend(line.chars().take(until).skip(from));
            if until == usize::MAX {
                slice.push('\n');
            }
        }
        format!("{name}:{}:{} {slice}", line + 1, column + 1)
    }

    fn places(&self, locations: &Value) -> Vec<String> {
        let locations = locations.as_array().unwrap().iter();
        locations
            .map(|of| self.place(&of["uri"], &of["range"]))
            .collect()
    }
}

#[test]
fn the_cases_are_answered_over_the_protocol() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/ide");
    let mut asked: BTreeMap<String, usize> = BTreeMap::new();
    for (path, text) in files::texts_below(&path, &["case"]).unwrap() {
        let (mut case, questions) = Case::open(&text);
        let uri = case.cursor.0.clone();
        for (question, recorded) in questions {
            let recorded: Vec<&str> = recorded.lines().collect();
            let name = format!("{}: {question}", path.display());
            match question.as_str() {
                "definition" => {
                    let found = case.ask("textDocument/definition");
                    let places: Vec<String> = case
                        .places(&found)
                        .iter()
                        .map(|of| format!("{of}: "))
                        .collect();
                    assert_eq!(places.len(), recorded.len(), "{name}");
                    let mut pairs = places.iter().zip(&recorded);
                    assert!(
                        pairs.all(|(place, line)| line.starts_with(place)),
                        "{name}: {places:?}"
                    );
                }
                "references" => {
                    let found = case.ask("textDocument/references");
                    assert_eq!(case.places(&found), recorded, "{name}");
                }
                "hover" => {
                    let found = case.ask("textDocument/hover");
                    let Some(first) = recorded.first() else {
                        assert_eq!(found, Value::Null, "{name}");
                        continue;
                    };
                    let place = case.place(&json!(uri), &found["range"]);
                    let recorded_place = recorded
                        .iter()
                        .take(place.lines().count())
                        .copied()
                        .collect::<Vec<_>>();
                    assert_eq!(place, recorded_place.join("\n"), "{name}: {first}");
                    assert_eq!(found["contents"]["kind"], "markdown");
                    assert_ne!(found["contents"]["value"], "", "{name}");
                }
                "completion" => {
                    let found = case.ask("textDocument/completion");
                    assert_eq!(found["isIncomplete"], false);
                    let shown: Vec<String> = found["items"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|of| {
                            assert_eq!(of["label"], of["textEdit"]["newText"], "{name}");
                            let over = case.place(&json!(uri), &of["textEdit"]["range"]);
                            format!(
                                "{} ({})",
                                of["label"].as_str().unwrap(),
                                over.split_once(' ').unwrap().1
                            )
                        })
                        .collect();
                    let expected: Vec<String> = recorded
                        .iter()
                        .map(|line| {
                            let label = line.split(" (").next().unwrap();
                            let over = line
                                .rsplit_once('|')
                                .map_or("", |(_, over)| over.trim_start());
                            format!("{label} ({over})")
                        })
                        .collect();
                    assert_eq!(shown, expected, "{name}");
                }
                "symbols" => {
                    let params = json!({ "textDocument": { "uri": uri } });
                    let found = case
                        .client
                        .ask("textDocument/documentSymbol", params)
                        .unwrap();
                    let mut lines = Vec::new();
                    outline(&case, &uri, &found, 0, &mut lines);
                    assert_eq!(lines.len(), recorded.len(), "{name}");
                    let mut pairs = lines.iter().zip(&recorded);
                    assert!(
                        pairs.all(|(line, recorded)| recorded.starts_with(line)),
                        "{name}: {lines:?}"
                    );
                }
                // Another question of `ide`, which has a test of its own.
                _ => continue,
            }
            *asked.entry(question).or_default() += 1;
        }
        assert_eq!(case.client.end(), (0, String::new()));
    }
    for question in ["definition", "references", "hover", "completion", "symbols"] {
        let least = if question == "symbols" { 1 } else { 5 };
        assert!(
            asked.get(question).is_some_and(|count| *count >= least),
            "{question}: {asked:?}"
        );
    }
}

fn outline(case: &Case, uri: &str, symbols: &Value, depth: usize, lines: &mut Vec<String>) {
    for symbol in symbols.as_array().unwrap() {
        let place = case.place(&json!(uri), &symbol["selectionRange"]);
        lines.push(format!("{}{place}: ", "  ".repeat(depth)));
        outline(case, uri, &symbol["children"], depth + 1, lines);
    }
}

const PIPELINE: &str = "\
pipeline:\r
  identifier: release\r
  variables:\r
    - { name: tag, type: String, value: v1 }\r
  stages:\r
    - stage:\r
        identifier: Build\r
        type: Custom\r
        description: 😀 <+pipeline.variables.tga>\r
        name: <+pipeline.variables.tag > \r
        spec: {}\r
";

/// The text after the edit of an action.
fn applied(text: &str, action: &Value) -> String {
    let edits = action["edit"]["documentChanges"].as_array().unwrap();
    assert_eq!(edits.len(), 1);
    assert_eq!(edits[0]["textDocument"]["version"], 1);
    let edit = &edits[0]["edits"][0];
    let offset = |at: &Value| {
        let line = usize::try_from(at["line"].as_u64().unwrap()).unwrap();
        let column = usize::try_from(at["character"].as_u64().unwrap()).unwrap();
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let line = text[start..].chars().take(column);
        start + line.map(char::len_utf8).sum::<usize>()
    };
    let (start, end) = (
        offset(&edit["range"]["start"]),
        offset(&edit["range"]["end"]),
    );
    let new = edit["newText"].as_str().unwrap();
    format!("{}{new}{}", &text[..start], &text[end..])
}

#[test]
fn actions_mend_what_is_found_now() {
    let (_kept, root) = folder(&[]);
    let mut client = Client::started(&[&root], capabilities());
    let uri = client.open(&root.join("a.yaml"), PIPELINE);
    let at = position(&PIPELINE.replace("tga>", "t‸ga>"));
    let range = json!({ "start": at, "end": at });
    let ask = |client: &mut Client, only: Value| {
        let context = json!({ "diagnostics": [], "only": only });
        let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": context });
        client.ask("textDocument/codeAction", params).unwrap()
    };
    let found = ask(&mut client, Value::Null);
    let titles: Vec<&str> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|of| of["title"].as_str().unwrap())
        .collect();
    let fix = found
        .as_array()
        .unwrap()
        .iter()
        .find(|of| of["kind"] == "quickfix")
        .unwrap();
    assert_eq!(
        applied(PIPELINE, fix),
        PIPELINE.replace("tga>", "tag>"),
        "{titles:?}"
    );
    assert_eq!(fix["diagnostics"][0]["code"], "unknown-variable");
    let ignore = found
        .as_array()
        .unwrap()
        .iter()
        .find(|of| of["title"].as_str().unwrap().starts_with("ignore"))
        .unwrap();
    let ignored = applied(PIPELINE, ignore);
    assert_eq!(
        ignored.matches('\n').count(),
        ignored.matches("\r\n").count(),
        "{ignored:?}"
    );
    let again = client.open(&root.join("b.yaml"), &ignored);
    assert_eq!(client.diagnostics(&again).len(), 0, "{ignored}");
    assert_eq!(ask(&mut client, json!(["refactor"])), json!([]));
    // A diagnostic of the editor that is no longer true has no action.
    client.replace(&uri, &PIPELINE.replace("tga>", "tag>"));
    assert_eq!(ask(&mut client, json!(["quickfix"])), json!([]));
    client.end();
}
