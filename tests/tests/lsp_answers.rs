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
        "experimental": { "commands": { "commands": ["pipewright.copy"] } },
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

    /// Asks about the document of the cursor, without its place.
    fn ask_document(&mut self, method: &str, more: &Value) -> Value {
        let mut params = json!({ "textDocument": { "uri": self.cursor.0 } });
        let more = more.as_object().unwrap().clone();
        params.as_object_mut().unwrap().extend(more);
        self.client.ask(method, params).unwrap()
    }

    /// The place of a range as the cases write it: name, line, column and the text there.
    fn place(&self, uri: &Value, range: &Value) -> String {
        let name = &self.texts[uri.as_str().unwrap()].0;
        let start = &range["start"];
        let number = |of: &Value| of.as_u64().unwrap() + 1;
        let (line, column) = (number(&start["line"]), number(&start["character"]));
        let text = self.slice(uri, range);
        let text = text
            .split_once('\n')
            .map_or(text.clone(), |(first, _)| format!("{first}…"));
        format!("{name}:{line}:{column} {text}")
    }

    fn slice(&self, uri: &Value, range: &Value) -> String {
        let text = &self.texts[uri.as_str().unwrap()].1;
        let (start, end) = (offset(text, &range["start"]), offset(text, &range["end"]));
        text[start..end].to_owned()
    }

    /// From the beginning of the document to beyond its end.
    fn whole(&self) -> Value {
        let lines = self.texts[&self.cursor.0].1.lines().count();
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": lines + 1, "character": 0 } })
    }

    /// Colours as the cases write them.
    fn tokens(&self, data: &Value) -> Vec<String> {
        let words = [
            "delimiter",
            "root",
            "member",
            "method",
            "name",
            "keyword",
            "number",
            "string",
            "operator",
            "comment",
        ];
        let data: Vec<u64> = serde_json::from_value(data.clone()).unwrap();
        let (mut line, mut character) = (0, 0);
        let tokens = data.chunks(5).map(|of| {
            character = if of[0] == 0 { character + of[1] } else { of[1] };
            line += of[0];
            let at = |character| json!({ "line": line, "character": character });
            let range = json!({ "start": at(character), "end": at(character + of[2]) });
            let word = words[usize::try_from(of[3]).unwrap()];
            format!("{} ({word})", self.place(&json!(self.cursor.0), &range))
        });
        tokens.collect()
    }

    /// Asks for another name, and compares what comes of it with what is recorded.
    fn rename(&mut self, to: &str, recorded: &[&str], name: &str) {
        let (uri, position) = self.cursor.clone();
        let place = json!({ "textDocument": { "uri": uri }, "position": position });
        let prepared = self.client.ask("textDocument/prepareRename", place.clone());
        let mut params = place;
        params["newName"] = json!(to);
        let answer = self.client.ask("textDocument/rename", params);
        if recorded
            .first()
            .is_some_and(|first| first.starts_with("refused: "))
        {
            assert_eq!(answer, Err(-32803), "{name}");
            return;
        }
        let prepared = prepared.unwrap();
        let old = prepared["placeholder"].as_str().unwrap();
        assert_eq!(self.slice(&json!(uri), &prepared["range"]), old, "{name}");
        let recorded = recorded
            .iter()
            .filter(|line| !line.starts_with("not at hand"));
        let recorded: Vec<&str> = recorded.copied().collect();
        assert_eq!(self.lines_after(&answer.unwrap()), recorded, "{name}");
    }

    /// The edits of a workspace edit as the cases write those.
    fn edits(&self, edit: &Value) -> Vec<String> {
        let documents = edit["documentChanges"].as_array().unwrap().iter();
        let edits = documents.flat_map(|of| {
            assert_eq!(of["textDocument"]["version"], 1);
            let uri = &of["textDocument"]["uri"];
            let edits = of["edits"].as_array().unwrap().iter();
            edits.map(move |edit| {
                let new = edit["newText"].as_str().unwrap();
                format!("{} -> {new}", self.place(uri, &edit["range"]))
            })
        });
        edits.collect()
    }

    /// The lines that a workspace edit changes, as they are then.
    fn lines_after(&self, edit: &Value) -> Vec<String> {
        let mut lines = Vec::new();
        for of in edit["documentChanges"].as_array().unwrap() {
            let (name, before) = &self.texts[of["textDocument"]["uri"].as_str().unwrap()];
            let after = after(before, of["edits"].as_array().unwrap());
            let pairs = before.lines().zip(after.lines()).enumerate();
            let changed = pairs.filter(|(_, (then, now))| then != now);
            lines.extend(
                changed.map(|(at, (_, now))| format!("{name}:{} {}", at + 1, now.trim_start())),
            );
        }
        lines
    }

    fn places(&self, locations: &Value) -> Vec<String> {
        let locations = locations.as_array().unwrap().iter();
        locations
            .map(|of| self.place(&of["uri"], &of["range"]))
            .collect()
    }
}

/// The byte of a position whose column counts characters.
fn offset(text: &str, at: &Value) -> usize {
    let number = |of: &Value| usize::try_from(of.as_u64().unwrap()).unwrap();
    let (line, column) = (number(&at["line"]), number(&at["character"]));
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let line = text[start..].chars().take(column);
    start + line.map(char::len_utf8).sum::<usize>()
}

/// A text after edits in its order.
fn after(text: &str, edits: &[Value]) -> String {
    let mut after = text.to_owned();
    for edit in edits.iter().rev() {
        let range = &edit["range"];
        let (start, end) = (offset(text, &range["start"]), offset(text, &range["end"]));
        after.replace_range(start..end, edit["newText"].as_str().unwrap());
    }
    after
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
                    assert_eq!(place, *first, "{name}");
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
                "highlight" => {
                    let found = case.ask("textDocument/documentHighlight");
                    let found = found.as_array().unwrap().iter();
                    let places: Vec<String> = found
                        .map(|of| {
                            let word = if of["kind"] == 3 { "declared" } else { "read" };
                            format!("{} ({word})", case.place(&json!(uri), &of["range"]))
                        })
                        .collect();
                    assert_eq!(places, recorded, "{name}");
                }
                "folds" => {
                    let found = case.ask_document("textDocument/foldingRange", &json!({}));
                    let found: Vec<String> = found
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|of| {
                            let number = |name| of[name].as_u64().unwrap() + 1;
                            format!("{}-{}", number("startLine"), number("endLine"))
                        })
                        .collect();
                    let recorded: Vec<&str> = recorded
                        .iter()
                        .map(|line| line.split(' ').next().unwrap())
                        .collect();
                    assert_eq!(found, recorded, "{name}");
                }
                "selection" => {
                    let positions = json!({ "positions": [case.cursor.1] });
                    let found = case.ask_document("textDocument/selectionRange", &positions);
                    let mut pieces = Vec::new();
                    let mut piece = &found[0];
                    while piece.is_object() {
                        let text = case.slice(&json!(uri), &piece["range"]);
                        let mut lines = text.lines();
                        let first = lines.next().unwrap_or("");
                        pieces.push(format!("{first} (and {} more lines)", lines.count()));
                        piece = &piece["parent"];
                    }
                    assert_eq!(pieces, recorded, "{name}");
                }
                "links" => {
                    let found = case.ask_document("textDocument/documentLink", &json!({}));
                    let found: Vec<String> = found
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|of| {
                            let target = &case.texts[of["target"].as_str().unwrap()].0;
                            format!("{} -> {target}", case.place(&json!(uri), &of["range"]))
                        })
                        .collect();
                    assert_eq!(found, recorded, "{name}");
                }
                "signature" => {
                    let found = case.ask("textDocument/signatureHelp");
                    let active = found["activeParameter"].as_u64().unwrap_or(0);
                    let active = usize::try_from(active).unwrap();
                    let signatures = found["signatures"].as_array().cloned().unwrap_or_default();
                    let shown: Vec<String> = signatures
                        .iter()
                        .map(|of| {
                            let parameter = of["parameters"][active]["label"].as_str();
                            let (label, doc) = (&of["label"], &of["documentation"]["value"]);
                            let text = |of: &Value| of.as_str().unwrap().to_owned();
                            let parameter = parameter.unwrap_or("none");
                            format!("{} [{parameter}] {}", text(label), text(doc))
                        })
                        .collect();
                    assert_eq!(shown, recorded, "{name}");
                }
                "tokens" => {
                    let found = case.ask_document("textDocument/semanticTokens/full", &json!({}));
                    assert_eq!(case.tokens(&found["data"]), recorded, "{name}");
                    let whole = json!({ "range": case.whole() });
                    let part = case.ask_document("textDocument/semanticTokens/range", &whole);
                    assert_eq!(part["data"], found["data"], "{name}");
                }
                "hints" => {
                    let whole = json!({ "range": case.whole() });
                    let found = case.ask_document("textDocument/inlayHint", &whole);
                    let text = &case.texts[&uri].1;
                    let shown: Vec<String> = found
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|of| {
                            let before = &text[..offset(text, &of["position"])];
                            let line = before.lines().next_back().unwrap_or("").trim_start();
                            format!("{line} {}", of["label"].as_str().unwrap())
                        })
                        .collect();
                    assert_eq!(shown, recorded, "{name}");
                }
                "lenses" => {
                    let found = case.ask_document("textDocument/codeLens", &json!({}));
                    let shown: Vec<String> = found
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|of| {
                            let place = case.place(&json!(uri), &of["range"]);
                            format!("{place} {}", of["command"]["title"].as_str().unwrap())
                        })
                        .collect();
                    assert_eq!(shown, recorded, "{name}");
                }
                "format" => {
                    let at = &case.cursor.1;
                    let more = json!({
                        "range": { "start": at, "end": at },
                        "options": { "tabSize": 2, "insertSpaces": true },
                    });
                    let found = case.ask_document("textDocument/rangeFormatting", &more);
                    let edits = found.as_array().unwrap().iter();
                    let edits = edits.map(|of| {
                        let new = of["newText"].as_str().unwrap();
                        format!("{} -> {new}", case.place(&json!(uri), &of["range"]))
                    });
                    assert_eq!(edits.collect::<Vec<_>>(), recorded, "{name}");
                }
                "actions" | "fix all" => {
                    let at = &case.cursor.1;
                    let only = (question == "fix all").then(|| json!(["source.fixAll"]));
                    let more = json!({
                        "range": { "start": at, "end": at },
                        "context": { "diagnostics": [], "only": only, "triggerKind": 2 },
                    });
                    let found = case.ask_document("textDocument/codeAction", &more);
                    let mut lines = Vec::new();
                    for action in found.as_array().unwrap() {
                        let edit = &action["edit"];
                        let edits = edit.is_object().then(|| case.edits(edit));
                        let edits = edits.unwrap_or_default().into_iter();
                        if question == "actions" {
                            lines.push(action["title"].as_str().unwrap().to_owned());
                            lines.extend(edits.map(|edit| format!("  {edit}")));
                        } else {
                            lines.extend(edits);
                        }
                    }
                    assert_eq!(lines.join("\n"), recorded.join("\n"), "{name}");
                }
                other => {
                    let Some(to) = other.strip_prefix("rename ") else {
                        panic!("{name}: another question of `ide`");
                    };
                    case.rename(to, &recorded, &name);
                }
            }
            let question = question.split(' ').next().unwrap_or("").to_owned();
            *asked.entry(question).or_default() += 1;
        }
        assert_eq!(case.client.end(), (0, String::new()));
    }
    assert_eq!(asked.len(), 17, "{asked:?}");
    for (question, count) in &asked {
        assert!(*count >= 5, "{question}: {asked:?}");
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
    after(text, edits[0]["edits"].as_array().unwrap())
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
        .find(|of| of["title"].as_str().unwrap().starts_with("Ignore"))
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

#[test]
fn a_condition_is_evaluated_with_values() {
    const TEXT: &str = "\
pipeline:
  identifier: release
  stages:
    - stage:
        identifier: Build
        type: Custom
        when: { pipelineStatus: Success, condition: <+trigger.branch>‸ == \"main\" }
        description: 🚀 <+pipeline.stages.Build.name>
        spec: {}
";
    let (_kept, root) = folder(&[]);
    let mut client = Client::started(&[&root], capabilities());
    let uri = client.open(&root.join("a.yaml"), &TEXT.replace(CURSOR, ""));
    let lenses = json!({ "textDocument": { "uri": uri } });
    let lenses = client.ask("textDocument/codeLens", lenses).unwrap();
    let command = &lenses[0]["command"];
    assert_eq!(command["title"], "depends on trigger.branch");
    let ask = |client: &mut Client, argument: &Value| {
        let params = json!({ "command": command["command"], "arguments": [argument] });
        client.ask("workspace/executeCommand", params)
    };
    // A client that has nothing to give shows what the server tells.
    let mut argument = command["arguments"][0].clone();
    let answer = ask(&mut client, &argument).unwrap();
    assert_eq!(answer["needs"], json!(["trigger.branch"]));
    let shown = client.next(|of| of["method"] == "window/showMessage");
    assert_eq!(shown["params"]["message"], "depends on trigger.branch");
    for (branch, told) in [("main", "runs"), ("other", "skipped")] {
        argument["values"] = json!({ "trigger.branch": branch });
        let answer = ask(&mut client, &argument).unwrap();
        assert_eq!(answer["told"], told, "{answer}");
    }
    argument["values"] = json!([]);
    assert_eq!(ask(&mut client, &argument), Err(-32602));
    argument["values"] = json!({});
    argument["position"] = json!({ "line": 0, "character": 0 });
    assert_eq!(ask(&mut client, &argument), Ok(Value::Null));
    assert_eq!(ask(&mut client, &json!({})), Err(-32602));
    let other = json!({ "command": "other" });
    assert_eq!(client.ask("workspace/executeCommand", other), Err(-32602));
    client.end();
}

#[test]
fn what_an_editor_cannot_do_is_not_offered() {
    let text = "pipeline:\n  identifier: p\n  stages: []\n  variables: [{ name: tag, type: String, value: <+pipeline.name> }]\n";
    let (_kept, root) = folder(&[]);
    for (capabilities, copies) in [(capabilities(), true), (json!({}), false)] {
        let mut client = Client::started(&[&root], capabilities);
        let uri = client.open(&root.join("a.yaml"), text);
        let at = position(&text.replace("tag,", "t‸ag,"));
        let params = json!({
            "textDocument": { "uri": uri },
            "range": { "start": at, "end": at },
            "context": { "diagnostics": [] },
        });
        let found = client.ask("textDocument/codeAction", params).unwrap();
        let found = found.as_array().unwrap().iter();
        let texts: Vec<&Value> = found
            .map(|of| &of["command"])
            .filter(|command| command["command"] == "pipewright.copy")
            .map(|command| &command["arguments"][0])
            .collect();
        let expected = json!("pipeline.variables.tag");
        assert_eq!(texts, vec![&expected; usize::from(copies)]);
        client.end();
    }
}

#[test]
fn colours_are_told_as_changes() {
    let (_kept, root) = folder(&[]);
    let mut client = Client::started(&[&root], capabilities());
    let uri = client.open(&root.join("a.yaml"), PIPELINE);
    let document = json!({ "uri": uri });
    let first = client.ask(
        "textDocument/semanticTokens/full",
        json!({ "textDocument": document }),
    );
    let first = first.unwrap();
    client.replace(&uri, &PIPELINE.replace("tga>", "tag.x>"));
    let params = json!({ "textDocument": document, "previousResultId": first["resultId"] });
    let changes = client
        .ask("textDocument/semanticTokens/full/delta", params)
        .unwrap();
    let mut data: Vec<u64> = serde_json::from_value(first["data"].clone()).unwrap();
    let edits = changes["edits"].as_array().unwrap();
    assert_eq!(edits.len(), 1, "{changes}");
    let number = |name| usize::try_from(edits[0][name].as_u64().unwrap()).unwrap();
    let (start, length) = (number("start"), number("deleteCount"));
    let new: Vec<u64> = serde_json::from_value(edits[0]["data"].clone()).unwrap();
    assert!(new.len() < data.len(), "a part of them");
    data.splice(start..start + length, new);
    let now = client.ask(
        "textDocument/semanticTokens/full",
        json!({ "textDocument": document }),
    );
    assert_eq!(now.unwrap()["data"], json!(data));
    client.end();
}
