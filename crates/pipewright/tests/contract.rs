//! What programs rely on: names and shapes of this crate, each used as its documentation says.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeMap;

use pipewright::{Condition, Decision, Project, Values};

const PIPELINE: &str = "
pipeline:
  identifier: release
  variables: [{ name: region, type: String, value: <+input> }]
  stages:
    - stage:
        identifier: S
        type: Custom
        spec:
          execution:
            steps:
              - stepGroup:
                  identifier: G
                  steps:
                    - step:
                        identifier: A
                        type: ShellScript
                        timeout: 10m
                        when: { stageStatus: All, condition: <+pipeline.variables.region> == 'eu-1' }
                        spec: { shell: Bash, source: { type: Inline, spec: { script: echo <+steps.B.output.outputVariables.x> } } }
";

fn truth(text: &str, values: &Values) -> String {
    match pipewright::condition(text, values) {
        Ok(Decision::True) => "true".to_owned(),
        Ok(Decision::False) => "false".to_owned(),
        Ok(Decision::Unknown(unknown)) => format!("unknown {:?}", unknown.needs()),
        Err(error) => format!("{}: {error}", error.kind()),
    }
}

#[test]
fn a_condition_is_a_when() {
    let json = r#"{"yes": "true", "abc": "abc", "no": "false", "nil": "", "env": {"name": "prod"}, "n": 2}"#;
    let values = Values::from_json(json).unwrap();
    let cases = [
        ("<+env.name> == 'prod'", "true"),
        ("<+env.name> == 'dev'", "false"),
        ("<+yes>", "true"),
        ("<+abc>", "true"),
        ("<+no>", "false"),
        ("<+nil>", "false"),
        ("<+input>", "false"),
        ("<+trigger.type> == 'Webhook'", "unknown [\"trigger.type\"]"),
        ("<+env.type> == 'Production'", "unknown [\"env.type\"]"),
        ("<+n> == 1 && <+trigger.type> == 'Webhook'", "false"),
        (
            "<+env.type> == 'Production' && <+trigger.type> == 'Webhook'",
            "unknown [\"env.type\", \"trigger.type\"]",
        ),
        (
            "<+env.type> == 'Production' && <+n> == 1 && <+trigger.type> == 'Webhook'",
            "false",
        ),
        ("\"<+env.type>\" == 'Production' && <+n> == 1", "false"),
        ("<+env.type> == 'Production' || <+n> == 2", "true"),
        ("!(<+env.type> && <+no>)", "true"),
        (
            "<+env.type> == 'Production' && nobody && <+n> == 1",
            "unknown [\"env.type\"]",
        ),
        (
            "<+service.name> == <+artifact.metadata.image>",
            "unknown [\"artifact.metadata.image\", \"service.name\"]",
        ),
        ("<+matrix.region> == 'eu'", "unknown [\"matrix.region\"]"),
        ("<+n> == 2 || <+trigger.type> == 'Webhook'", "true"),
        (
            "<+n> == 2 ? <+org.name> : <+account.name>",
            "unknown [\"org.name\"]",
        ),
        (
            "<+trigger.payload.pull_request.number> > <+n>",
            "unknown [\"trigger.payload.pull_request.number\"]",
        ),
        (
            "<+pipeline.stages.Build.output.ready>",
            "unknown [\"pipeline.stages.Build.output.ready\"]",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(truth(text, &values), expected, "{text}");
    }
    assert!(truth("<+nobody>", &values).starts_with("evaluation"));
    assert!(truth("  ", &values).starts_with("input"));
    assert!(truth("<+n> ==", &values).starts_with("syntax"));
    assert_eq!(
        pipewright::predicate("<+n> > 1", &values).unwrap(),
        Decision::True
    );
    assert!(pipewright::predicate("<+abc>", &values).is_err());
}

#[test]
fn an_error_has_its_place_in_what_was_given() {
    let text = "<+a> == ";
    let error = pipewright::condition(text, &Values::new()).unwrap_err();
    assert_eq!(error.kind(), "syntax");
    assert!(
        error.range().is_some_and(|range| text.get(range).is_some()),
        "{error:?}"
    );
}

#[test]
fn a_compiled_condition_is_shared_between_threads() {
    let compiled = Condition::new("<+env.name> == 'prod'").unwrap();
    let prod = Values::new().with("env.name", "prod").unwrap();
    std::thread::scope(|scope| {
        let decide = || compiled.decide(&prod).unwrap();
        let threads = [scope.spawn(decide), scope.spawn(decide)];
        for thread in threads {
            assert_eq!(thread.join().unwrap(), Decision::True);
        }
    });
}

#[test]
fn values_come_from_json_yaml_and_structs() {
    #[derive(serde::Serialize)]
    struct Own {
        n: u64,
        list: Vec<&'static str>,
    }
    let own = Own {
        n: 2,
        list: vec!["a", "b"],
    };
    let from_struct = Values::from_serialize(&own).unwrap();
    let from_yaml = Values::from_yaml("n: 2\nlist: [a, b]\n").unwrap();
    let from_json = Values::from_json(r#"{"n": 2, "list": ["a", "b"]}"#).unwrap();
    for values in [from_struct, from_yaml, from_json] {
        let value = pipewright::evaluate("<+n> + <+list>.size()", &values).unwrap();
        assert_eq!((value.kind(), value.as_i64()), ("Integer", Some(4)));
        assert_eq!(value.to_string(), "4");
        assert_eq!(value.to_json().unwrap(), serde_json::json!(4));
    }
    assert_eq!(Values::from_json("[1]").unwrap_err().kind(), "input");
    assert_eq!(Values::from_yaml("a: [").unwrap_err().kind(), "input");
}

#[test]
fn a_name_without_value_says_why() {
    let values =
        Values::from_json(r#"{"own": {"a": 1}, "pipeline": {"variables": {"x": "1"}}}"#).unwrap();
    let value = |text: &str| pipewright::evaluate(text, &values).unwrap();
    assert!(value("<+own.b>").is_null());
    assert_eq!(
        value("<+own.b>").reason(),
        Some("the value given for `own` has no `b`")
    );
    assert!(value("<+pipeline.variables.y>").is_null());
    assert!(value("<+env.nmae>").is_null());
    let unknown = value("<+pipeline.sequenceId>");
    assert_eq!(unknown.unknown().unwrap().needs(), ["pipeline.sequenceId"]);
    assert!(unknown.to_json().is_err());
    assert_eq!(value("<+pipeline.variables.x>").as_str(), Some("1"));
    assert_eq!(value("1.5 + 1").as_f64(), Some(2.5));
    assert_eq!(value("1 == 1").as_bool(), Some(true));
}

#[test]
fn a_text_is_rendered_with_what_is_missing_and_unknown() {
    let text = "echo <+env.name> <+env.nmae> <+trigger.type>";
    let out = pipewright::render(text, &Values::new().with("env.name", "prod").unwrap()).unwrap();
    assert_eq!(out.text, "echo prod null <+trigger.type>");
    let of = |list: &[pipewright::Unresolved]| -> Vec<(String, String)> {
        let shown = list
            .iter()
            .map(|one| (one.expression.clone(), text[one.range.clone()].to_owned()));
        shown.collect()
    };
    let same = |text: &str| vec![(text.to_owned(), text.to_owned())];
    assert_eq!(of(&out.missing), same("<+env.nmae>"));
    assert_eq!(of(&out.unknown), same("<+trigger.type>"));
    assert_eq!(out.missing[0].suggestions, ["env.name"]);
}

#[test]
fn the_names_of_a_text() {
    let text = "ä <+artifact.tag> <+<+a.b>.c>";
    let names: BTreeMap<String, String> = pipewright::names(text)
        .into_iter()
        .map(|name| (name.path, text[name.range].to_owned()))
        .collect();
    assert_eq!(
        names.get("artifact.tag").map(String::as_str),
        Some("artifact.tag")
    );
    assert_eq!(names.get("a.b").map(String::as_str), Some("a.b"));
}

#[test]
fn a_project_answers_for_its_pipelines() {
    let mut project = Project::new();
    project.set_text("pipeline.yaml", PIPELINE);
    project.set_text("other.yaml", "a: 1");
    assert_eq!(project.names(), ["other.yaml", "pipeline.yaml"]);
    assert!(project.remove("other.yaml") && !project.remove("other.yaml"));
    let found: Vec<String> = project
        .check()
        .into_iter()
        .map(|found| found.rule)
        .collect();
    assert_eq!(found, ["unknown-step"]);
    let pipeline = std::thread::spawn(move || project.pipeline("pipeline.yaml").unwrap());
    let pipeline = pipeline.join().unwrap();

    let a = "pipeline.stages.S.spec.execution.steps.G.steps.A";
    let named = pipeline.get(&format!("{a}.timeout")).unwrap();
    assert_eq!(named.value.as_str(), Some("10m"));
    assert_eq!(&PIPELINE[named.range.unwrap()], "10m");
    assert_eq!(named.file.as_deref(), Some("pipeline.yaml"));
    let error = pipeline.get(&format!("{a}.timeot")).unwrap_err();
    assert_eq!(error.kind(), "not-found");
    assert!(error.help().unwrap().contains(".timeout"), "{error:?}");

    let scope = pipeline.at(a).unwrap();
    let none = Values::new();
    assert_eq!(
        scope.evaluate("<+step.name>", &none).unwrap().kind(),
        "null"
    );
    assert_eq!(
        scope
            .evaluate("<+step.identifier>", &none)
            .unwrap()
            .as_str(),
        Some("A")
    );
    assert_eq!(
        scope.render("in <+stage.identifier>", &none).unwrap().text,
        "in S"
    );
    let Decision::Unknown(unknown) = scope.runs(&none).unwrap() else {
        panic!("nobody filled the input");
    };
    assert_eq!(unknown.needs(), ["pipeline.variables.region"]);
    let given = none.with("pipeline.variables.region", "eu-1").unwrap();
    assert_eq!(scope.runs(&given).unwrap(), Decision::True);
    assert_eq!(
        scope
            .condition("<+pipeline.variables.region> == 'x'", &given)
            .unwrap(),
        Decision::False
    );

    let line = PIPELINE
        .lines()
        .position(|line| line.contains("timeout"))
        .unwrap();
    let there = pipeline
        .at_position(u32::try_from(line).unwrap() + 1, 36)
        .unwrap();
    assert_eq!(
        there
            .evaluate("<+step.identifier>", &given)
            .unwrap()
            .as_str(),
        Some("A")
    );
    let item = PIPELINE.lines().position(|line| line.contains("step:"));
    let item = u32::try_from(item.unwrap()).unwrap() + 1;
    let by_place = pipeline.at_position(item, 1).unwrap();
    for there in [by_place, pipeline.at("A").unwrap()] {
        let identifier = there.evaluate("<+step.identifier>", &given).unwrap();
        assert_eq!(identifier.as_str(), Some("A"));
    }
    assert_eq!(
        pipeline.at_position(9_999, 1).unwrap_err().kind(),
        "not-found"
    );

    let references = pipeline.references();
    let outcomes: Vec<(&str, &str)> = references
        .iter()
        .map(|reference| (reference.path.as_str(), reference.outcome.as_str()))
        .collect();
    assert_eq!(
        outcomes,
        [
            ("pipeline.variables.region", "resolved"),
            ("steps.B.output.outputVariables.x", "undefined"),
        ]
    );
    assert_eq!(references[0].from, a);
    assert_eq!(
        &PIPELINE[references[0].range.clone()],
        "pipeline.variables.region"
    );
}

#[cfg(feature = "check")]
#[test]
fn an_error_says_what_to_write() {
    let values = Values::from_json(r#"{"n": 2, "stage": {"variables": {}}}"#).unwrap();
    let cases = [
        (
            "<+n > 1>",
            "this `>` ends the expression `<+n >`",
            Some(4..5),
            "write `gt` for `>`",
        ),
        (
            "<+f(x -> x)>",
            "this `>` ends the expression `<+f(x ->`",
            Some(7..8),
            "a lambda stands in braces",
        ),
        (
            "${x}",
            "`${x}` has the delimiters of Harness's first generation",
            Some(0..4),
            "`<+` and `>`",
        ),
        (
            "<+n>x",
            "`<+n>` is of type Integer, and only a text is joined",
            Some(0..5),
            "",
        ),
        (
            "<+stage.variables.b>",
            "the condition `<+stage.variables.b>` is null",
            None,
            "",
        ),
    ];
    for (text, message, range, help) in cases {
        let error = pipewright::condition(text, &values).unwrap_err();
        assert!(error.to_string().starts_with(message), "{text}: {error}");
        assert_eq!(error.range(), range, "{text}");
        assert!(
            error.help().unwrap_or_default().contains(help),
            "{text}: {:?}",
            error.help()
        );
    }
}

#[test]
fn a_null_says_why_it_failed() {
    let values = Values::from_json(r#"{"name": "abc"}"#).unwrap();
    let value = pipewright::evaluate("<+name.toUppercase()>", &values).unwrap();
    assert!(value.is_null());
    let reason = value.reason().unwrap_or_default();
    assert!(reason.ends_with("did you mean `toUpperCase`?"), "{reason}");
    let rendered = pipewright::render("<+name.toUppercase()> <+f(x> <+input>", &values).unwrap();
    let told: Vec<(&str, &str)> = rendered
        .missing
        .iter()
        .map(|missing| (&*missing.expression, &*missing.reason))
        .collect();
    assert_eq!(rendered.missing[0].suggestions, ["toUpperCase"]);
    assert_eq!(told[1], ("<+f(x>", "this `(` is never closed"));
    assert!(
        told[2].1.starts_with("it marks a runtime input"),
        "{told:?}"
    );
}
