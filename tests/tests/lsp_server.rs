//! The language server as an editor sees it: how it begins and ends, what it tells by itself, what it does not fall
//! for.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::fs;

use pipewright_tests::client::{Client, folder, position, uri};
use serde_json::{Value, json};

const PIPELINE: &str = "\
pipeline:
  identifier: release
  variables:
    - { name: tag, type: String, value: v1 }
  stages:
    - stage:
        identifier: Build
        type: Custom
        description: 😀 <+pipeline.variables.tga>
        spec: {}
";

const TEMPLATE: &str = "\
template:
  identifier: build
  versionLabel: v1
  type: Stage
  spec:
    type: Custom
    spec: {}
    description: <+pipeline.variables.tag>
";

const USER: &str = "\
pipeline:
  identifier: user
  variables:
    - { name: tag, type: String, value: v1 }
  stages:
    - stage:
        identifier: Build
        template: { templateRef: build, versionLabel: v1 }
";

fn rules(diagnostics: &Value) -> Vec<&str> {
    let diagnostics = diagnostics.as_array().unwrap().iter();
    diagnostics.map(|of| of["code"].as_str().unwrap()).collect()
}

#[test]
fn columns_count_what_was_agreed_on() {
    for (offered, agreed, character) in [
        (json!(["utf-8", "utf-16"]), "utf-8", 47),
        (json!(["utf-16"]), "utf-16", 45),
        (json!(["utf-32", "utf-16"]), "utf-32", 44),
        (json!(null), "utf-16", 45),
    ] {
        let mut client = Client::new(&[]);
        let capabilities = json!({ "general": { "positionEncodings": offered } });
        let answer = client.initialize(&[], capabilities);
        assert_eq!(answer["capabilities"]["positionEncoding"], agreed);
        let (_kept, root) = folder(&[]);
        let document = client.open(&root.join("a.yaml"), PIPELINE);
        let told = client.published(&document);
        assert_eq!(rules(&told["diagnostics"]), ["unknown-variable"], "{told}");
        let start = &told["diagnostics"][0]["range"]["start"];
        assert_eq!(
            *start,
            json!({ "line": 8, "character": character }),
            "{agreed}"
        );
        assert_eq!(client.end(), (0, String::new()));
    }
}

#[test]
fn a_mended_problem_is_taken_back_with_the_version() {
    let (_kept, root) = folder(&[]);
    let mut client = Client::started(&[&root], json!({}));
    let document = client.open(&root.join("a.yaml"), PIPELINE);
    let told = client.published(&document);
    assert_eq!(
        (&told["version"], rules(&told["diagnostics"]).len()),
        (&json!(1), 1)
    );
    let diagnostic = &told["diagnostics"][0];
    assert_eq!(diagnostic["source"], "pipewright");
    assert_eq!(diagnostic["severity"], 2);
    // One change, in the middle of the line behind the emoji.
    let start = position(&PIPELINE.replace("tga>", "‸"));
    let end = position(&PIPELINE.replace("tga>", "tga‸"));
    let range = json!({ "start": start, "end": end });
    client.change(&document, &json!([{ "range": range, "text": "tag" }]));
    let told = client.published(&document);
    assert_eq!(
        told,
        json!({ "uri": document, "version": 2, "diagnostics": [] })
    );
    client.close(&document);
    client.end();
}

#[test]
fn closing_takes_back_what_was_told() {
    let mut client = Client::started(&[], json!({}));
    let (_kept, root) = folder(&[]);
    let document = client.open(&root.join("alone.yaml"), PIPELINE);
    assert_eq!(
        rules(&client.published(&document)["diagnostics"]).len(),
        1,
        "a file outside of all folders"
    );
    client.close(&document);
    assert_eq!(client.published(&document)["diagnostics"], json!([]));
    client.open_uri("untitled:Untitled-1", PIPELINE);
    assert_eq!(
        rules(&client.published("untitled:Untitled-1")["diagnostics"]).len(),
        1
    );
    client.end();
}

#[test]
fn the_users_of_an_edited_template_are_checked_again() {
    let (_kept, root) = folder(&[
        (".harness/build.yaml", TEMPLATE),
        (".harness/user.yaml", USER),
    ]);
    let mut client = Client::started(&[&root], json!({}));
    let user = client.open(&root.join(".harness/user.yaml"), USER);
    let template = client.open(&root.join(".harness/build.yaml"), TEMPLATE);
    assert_eq!(client.published(&user)["diagnostics"], json!([]));
    client.replace(
        &template,
        &TEMPLATE.replace("variables.tag", "variables.nothing"),
    );
    let told = loop {
        let told = client.published(&template);
        if told["version"] == 2 {
            break told;
        }
    };
    assert_eq!(rules(&told["diagnostics"]), ["unknown-variable"]);
    let related = &told["diagnostics"][0]["relatedInformation"][0];
    assert_eq!(related["location"]["uri"], user);
    // What the user declares decides.
    client.replace(&user, &USER.replace("name: tag", "name: nothing"));
    assert_eq!(client.published(&template)["diagnostics"], json!([]));
    client.end();
}

#[test]
fn what_is_no_harness_file_is_left_alone() {
    let (_kept, root) = folder(&[]);
    let mut client = Client::started(&[&root], json!({}));
    for (name, text) in [
        (
            "compose.yaml",
            "services: { web: { image: \"<+pipeline.variables.x>\" } }\n",
        ),
        ("broken.yaml", "a: [1, 2\nb: {{ x }\n"),
        ("empty.yaml", ""),
        ("config.json", "{}"),
    ] {
        let document = client.open(&root.join(name), text);
        assert_eq!(
            client.published(&document)["diagnostics"],
            json!([]),
            "{name}"
        );
    }
    client.end();
}

#[test]
fn configurations_hold_and_are_read_again() {
    let (_kept, root) = folder(&[
        ("a.yaml", PIPELINE),
        ("pipewright.toml", "[rules]\nunknown-variable = \"off\"\n"),
    ]);
    let capabilities =
        json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let mut client = Client::started(&[&root], capabilities);
    let registration = client.next(|of| of["method"] == "client/registerCapability");
    let watchers = &registration["params"]["registrations"][0]["registerOptions"]["watchers"];
    assert!(
        watchers
            .as_array()
            .unwrap()
            .contains(&json!({ "globPattern": "**/pipewright.toml" }))
    );
    client.send(&json!({ "jsonrpc": "2.0", "id": registration["id"], "result": null }));
    let document = client.open(&root.join("a.yaml"), PIPELINE);
    assert_eq!(client.published(&document)["diagnostics"], json!([]));
    let configuration = root.join("pipewright.toml");
    let changed = |client: &mut Client, text: &str| {
        fs::write(&configuration, text).unwrap();
        let change = json!({ "uri": uri(&configuration), "type": 2 });
        client.tell(
            "workspace/didChangeWatchedFiles",
            json!({ "changes": [change] }),
        );
    };
    changed(&mut client, "[rules]\nunknown-variable = \"error\"\n");
    assert_eq!(client.published(&document)["diagnostics"][0]["severity"], 1);
    changed(&mut client, "[rulse]\n");
    let told = client.published(&uri(&configuration));
    let start = &told["diagnostics"][0]["range"]["start"];
    assert_eq!(*start, json!({ "line": 0, "character": 1 }), "{told}");
    assert_eq!(client.published(&document)["diagnostics"][0]["severity"], 2);
    changed(&mut client, "");
    assert_eq!(
        client.published(&uri(&configuration))["diagnostics"],
        json!([])
    );
    client.end();
}

#[test]
fn files_that_change_on_disk_are_read_again() {
    let (_kept, root) = folder(&[
        (".harness/build.yaml", TEMPLATE),
        (".harness/user.yaml", USER),
    ]);
    let mut client = Client::started(&[&root], json!({}));
    let user = client.open(&root.join(".harness/user.yaml"), USER);
    assert_eq!(client.published(&user)["diagnostics"], json!([]));
    let template = root.join(".harness/build.yaml");
    let wrong = TEMPLATE.replace("variables.tag", "variables.nothing");
    fs::write(&template, &wrong).unwrap();
    let change = json!({ "uri": uri(&template), "type": 2 });
    client.tell(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [change] }),
    );
    assert_eq!(client.diagnostics(&uri(&template)).len(), 1);
    // The text of a document that is open counts, not the file.
    client.open(&template, TEMPLATE);
    assert_eq!(client.diagnostics(&uri(&template)).len(), 0);
    client.close(&uri(&template));
    assert_eq!(client.diagnostics(&uri(&template)).len(), 1);
    // A client that does not watch tells at least what it writes.
    fs::write(&template, TEMPLATE).unwrap();
    client.tell(
        "textDocument/didSave",
        json!({ "textDocument": { "uri": user } }),
    );
    assert_eq!(client.diagnostics(&uri(&template)).len(), 0);
    fs::remove_file(&template).unwrap();
    let change = json!({ "uri": uri(&template), "type": 3 });
    client.tell(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [change] }),
    );
    let all = client
        .ask("workspace/diagnostic", json!({ "previousResultIds": [] }))
        .unwrap();
    let all: Vec<&Value> = all["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|of| &of["uri"])
        .collect();
    assert_eq!(all, [&user]);
    client.end();
}

#[test]
fn a_working_copy_is_one_repository() {
    let (_kept, root) = folder(&[
        (".git/config", ""),
        ("odd/build.yaml", TEMPLATE),
        ("user.yaml", &USER.replace("name: tag", "name: other")),
    ]);
    let mut client = Client::started(&[&root], json!({}));
    let template = uri(&root.join("odd/build.yaml"));
    assert_eq!(client.diagnostics(&template).len(), 1);
    std::fs::remove_dir_all(root.join(".git")).unwrap();
    let change = json!({ "uri": uri(&root.join(".gitignore")), "type": 3 });
    client.tell(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [change] }),
    );
    assert_eq!(client.diagnostics(&template).len(), 0);
    client.end();
}

#[test]
fn folders_come_and_go() {
    let (_kept, first) = folder(&[(".harness/build.yaml", TEMPLATE)]);
    let (_kept_too, second) = folder(&[(".harness/user.yaml", USER)]);
    let mut client = Client::started(&[&first], json!({}));
    let all = |client: &mut Client| {
        let all = client
            .ask("workspace/diagnostic", json!({ "previousResultIds": [] }))
            .unwrap();
        all["items"].as_array().unwrap().len()
    };
    assert_eq!(all(&mut client), 1);
    let named = |path| json!({ "uri": uri(path), "name": "a" });
    let event = json!({ "added": [named(&second)], "removed": [] });
    client.tell(
        "workspace/didChangeWorkspaceFolders",
        json!({ "event": event }),
    );
    assert_eq!(all(&mut client), 2);
    let event = json!({ "added": [], "removed": [named(&first)] });
    client.tell(
        "workspace/didChangeWorkspaceFolders",
        json!({ "event": event }),
    );
    assert_eq!(all(&mut client), 1);
    client.end();
}

#[test]
fn a_client_that_asks_is_not_told_unasked() {
    let (_kept, root) = folder(&[
        (".harness/build.yaml", TEMPLATE),
        (".harness/user.yaml", USER),
    ]);
    let capabilities = json!({
        "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } },
    });
    let mut client = Client::started(&[&root], capabilities);
    let user = client.open(&root.join(".harness/user.yaml"), USER);
    let template = client.open(&root.join(".harness/build.yaml"), TEMPLATE);
    assert_eq!(client.diagnostics(&template).len(), 0);
    client.replace(&user, &USER.replace("name: tag", "name: other"));
    client.next(|of| of["method"] == "workspace/diagnostic/refresh");
    assert_eq!(client.diagnostics(&template).len(), 1);
    assert_eq!(client.diagnostics(&user).len(), 0);
    let id = client.request("shutdown", Value::Null);
    let last =
        client.next(|of| of["method"] == "textDocument/publishDiagnostics" || of["id"] == id);
    assert_eq!(last["id"], id);
}

#[test]
fn a_request_can_be_taken_back() {
    let (_kept, root) = folder(&[]);
    let mut client = Client::started(&[&root], json!({}));
    let document = client.open(&root.join("a.yaml"), PIPELINE);
    let params =
        json!({ "textDocument": { "uri": document }, "position": { "line": 0, "character": 0 } });
    // One write, so that the cancellation is there before the answer is begun.
    let message = |message: Value| {
        let text = message.to_string();
        format!("Content-Length: {}\r\n\r\n{text}", text.len())
    };
    let mut burst = String::new();
    for id in 100..140 {
        burst += &message(
            json!({ "jsonrpc": "2.0", "id": id, "method": "textDocument/hover", "params": params }),
        );
    }
    burst +=
        &message(json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": 139 } }));
    client.send_raw(burst.as_bytes());
    for id in 100..139 {
        assert_eq!(client.answer(id), Ok(Value::Null));
    }
    // It may be answered before it is taken back; then it is not answered twice.
    let last = client.answer(139);
    assert!(matches!(last, Err(-32800) | Ok(Value::Null)), "{last:?}");
    client.end();
}

#[test]
fn broken_messages_are_answered_and_survived() {
    let mut client = Client::new(&[]);
    assert_eq!(client.ask("textDocument/hover", json!({})), Err(-32002));
    client.tell("textDocument/didOpen", json!({}));
    client.initialize(&[], json!({}));
    assert_eq!(
        client.ask("initialize", json!({ "capabilities": {} })),
        Err(-32600)
    );
    assert_eq!(client.ask("textDocument/nothing", json!({})), Err(-32601));
    assert_eq!(
        client.ask("textDocument/hover", json!({ "position": 1 })),
        Err(-32602)
    );
    assert_eq!(client.ask("textDocument/hover", Value::Null), Err(-32602));
    client.send_raw(b"Content-Length: 4\r\n\r\n{{{{");
    assert_eq!(
        client.next(|of| of["id"].is_null() && of["error"].is_object())["error"]["code"],
        -32700
    );
    client.send_raw(b"nonsense\r\n\r\n");
    client.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": "file:///x", "version": 1 }, "contentChanges": [] }),
    );
    client.tell("textDocument/didOpen", json!([]));
    client.tell("made/up", json!({}));
    let params = json!({ "textDocument": { "uri": "file:///x" }, "position": { "line": 1, "character": 1 } });
    assert_eq!(client.ask("textDocument/hover", params), Ok(Value::Null));
    let (code, said) = client.end();
    assert_eq!(code, 0);
    assert_eq!(said.lines().count(), 5, "{said}");
}

#[test]
fn changes_beyond_the_text_do_no_harm() {
    let (_kept, root) = folder(&[]);
    let mut client = Client::started(&[&root], json!({}));
    let document = client.open(&root.join("a.yaml"), PIPELINE);
    let beyond = json!({ "start": { "line": 4_000_000_000_u32, "character": 7 }, "end": { "line": 0, "character": 0 } });
    client.change(&document, &json!([{ "range": beyond, "text": "" }]));
    loop {
        let told = client.published(&document);
        if told["version"] == 2 {
            assert_eq!(told["diagnostics"], json!([]), "the text is empty now");
            break;
        }
    }
    client.end();
}

#[test]
fn the_exit_code_says_how_it_ended() {
    let client = Client::started(&[], json!({}));
    assert_eq!(client.leave().0, 1, "the stream ends");
    let mut client = Client::started(&[], json!({}));
    client.tell("exit", Value::Null);
    assert_eq!(client.leave().0, 1);
    let mut client = Client::started(&[], json!({}));
    client.ask("shutdown", Value::Null).unwrap();
    assert_eq!(client.ask("textDocument/hover", json!({})), Err(-32600));
    assert_eq!(client.leave().0, 0, "it was asked to shut down");
    let (_kept, root) = folder(&[]);
    let log = root.join("log");
    let mut client = Client::new(&["--log", log.to_str().unwrap()]);
    client.initialize(&[], json!({}));
    client.tell("made/up", json!({}));
    assert_eq!(client.end(), (0, String::new()));
    assert!(fs::read_to_string(log).unwrap().contains("made/up"));
}

/// Everything that is announced is answered.
#[test]
fn only_what_is_built_is_announced() {
    let mut client = Client::new(&[]);
    let answer = client.initialize(&[], json!({}));
    let announced = answer["capabilities"].as_object().unwrap();
    let built = [
        ("completionProvider", "textDocument/completion"),
        ("hoverProvider", "textDocument/hover"),
        ("definitionProvider", "textDocument/definition"),
        ("referencesProvider", "textDocument/references"),
        ("documentSymbolProvider", "textDocument/documentSymbol"),
        ("workspaceSymbolProvider", "workspace/symbol"),
        ("codeActionProvider", "textDocument/codeAction"),
        ("diagnosticProvider", "textDocument/diagnostic"),
        ("signatureHelpProvider", "textDocument/signatureHelp"),
        (
            "documentHighlightProvider",
            "textDocument/documentHighlight",
        ),
        ("renameProvider", "textDocument/rename"),
        (
            "documentRangeFormattingProvider",
            "textDocument/rangeFormatting",
        ),
        ("foldingRangeProvider", "textDocument/foldingRange"),
        ("selectionRangeProvider", "textDocument/selectionRange"),
        ("documentLinkProvider", "textDocument/documentLink"),
        ("semanticTokensProvider", "textDocument/semanticTokens/full"),
        ("inlayHintProvider", "textDocument/inlayHint"),
        ("codeLensProvider", "textDocument/codeLens"),
        ("executeCommandProvider", "workspace/executeCommand"),
    ];
    let providers: Vec<&str> = announced
        .keys()
        .filter(|key| key.ends_with("Provider"))
        .map(String::as_str)
        .collect();
    let mut names = built.map(|(provider, _)| provider).to_vec();
    names.sort_unstable();
    assert_eq!(providers, names);
    for (_, method) in built {
        // Not a request that is unknown, but one without params.
        assert_eq!(client.ask(method, json!([])), Err(-32602), "{method}");
    }
    client.end();
}
