//! What the engine does with modes, profiles, names and unknown values, beyond the recorded cases.

use pipewright_engine::{
    Clock, Context, Engine, Event, FUNCTORS, FunctorSet, Layers, MapContext, Mode, NoContext,
    PLATFORM_ROOTS, PlatformRoot, PredicateOf, Profile, Truth, When, WhenError, WhenStatus,
};
use pipewright_jexl::{ErrorKind, Value};
use pipewright_source::TextRange;
use serde_json::{Value as Json, json};

fn context(json: &Json) -> MapContext {
    MapContext::from_json(json).expect("an object")
}

fn render(engine: &Engine, text: &str, json: &Json) -> String {
    engine
        .render(text, &context(json))
        .expect("a rendered text")
        .text
}

#[test]
fn profiles_differ_where_strings_meet_text() {
    let names = json!({"a": "x", "v": "pre-<+a>"});
    let [classic, concat, v2] = Profile::ALL.map(|profile| Engine::new().profile(profile));
    assert_eq!(
        classic.render("<+v>", &context(&names)).unwrap_err().kind,
        ErrorKind::Hint
    );
    assert_eq!(render(&concat, "<+v>", &names), "pre-x");
    assert_eq!(render(&v2, "<+var b = a; b>", &names), "x");
    assert_eq!(render(&concat, "<+var b = a; b>", &names), "null");
}

#[test]
fn the_mode_decides_what_becomes_of_the_unresolved() {
    let [null, original, throw] = Mode::ALL.map(|mode| Engine::new().mode(mode));
    let text = "a <+x.y> b <+x.y> <+z>";
    assert_eq!(render(&null, text, &json!({})), "a null b null null");
    assert_eq!(render(&original, text, &json!({})), text);
    let error = throw.render(text, &NoContext).unwrap_err();
    assert_eq!(
        (error.kind, error.range),
        (ErrorKind::Unresolved, Some(TextRange::new(2, 8)))
    );
    assert_eq!(error.message, "Unresolved expressions: x.y, z");
}

#[test]
fn errors_carry_the_place_in_the_text() {
    let engine = Engine::new().profile(Profile::Classic);
    let names = context(&json!({"n": 5, "s": "x", "v": "<+n>-<+s>"}));
    let table = [
        ("<+n> == nope", TextRange::new(8, 12)),
        ("<+n> + <+s>.foo()", TextRange::new(11, 17)),
        ("1 + <+v>", TextRange::new(4, 8)),
        ("x <+<+n> ++> y", TextRange::new(2, 12)),
    ];
    for (text, range) in table {
        let error = engine.evaluate(text, &names).unwrap_err();
        assert_eq!(error.range, Some(range), "{text}: {error}");
    }
}

#[test]
fn unknown_values_flow_through_and_say_why() {
    let engine = Engine::new();
    let names = context(&json!({"env": "qa"}));
    let value = engine
        .evaluate("<+trigger.type> == \"PR\"", &names)
        .unwrap();
    assert!(
        matches!(&value, Value::Unknown(unknown) if unknown.cause::<&PlatformRoot>().is_some_and(|root| root.name == "trigger")),
        "{value:?}"
    );
    let decided = engine
        .evaluate("<+env> == \"prod\" && <+trigger.type> == \"PR\"", &names)
        .unwrap();
    assert!(matches!(decided, Value::Boolean(false)));
    let rendered = engine
        .render("<+env>/<+configFile.getAsString(\"f\")>", &names)
        .unwrap();
    assert_eq!(rendered.text, "qa/<+configFile.getAsString(\"f\")>");
    assert_eq!(
        rendered.unknown[0].expression,
        "<+configFile.getAsString(\"f\")>"
    );
    assert!(matches!(rendered.into_value(), Value::Unknown(_)));
    for (text, needs) in [
        (
            "<+trigger.payload.ref>-<+account.name>",
            "account.name trigger.payload.ref",
        ),
        ("<+trigger.type>.toUpperCase()", "trigger.type"),
        (
            "'<+account.name>-<+org.name>-<+env>'",
            "account.name org.name",
        ),
        (
            "<+json.select(<+trigger.a>, <+trigger.b>)>",
            "trigger.a trigger.b",
        ),
        ("<+account.name> == 'x' ? 1 : <+org.name>", "account.name"),
        ("<+env> == 'qa' ? <+org.name> : <+account.name>", "org.name"),
        (
            "<+configFile.getAsString(<+trigger.f>)>",
            "configFile trigger.f",
        ),
        ("<+variable[<+trigger.name>].x>", "trigger.name variable"),
    ] {
        let value = engine.evaluate(text, &names).unwrap();
        let Value::Unknown(unknown) = value else {
            panic!("{text}: {value:?}");
        };
        let found: Vec<&str> = unknown.needs().collect();
        assert_eq!(found.join(" "), needs, "{text}");
    }
}

#[test]
fn what_is_unknown_leaves_the_answer_to_what_is_known() {
    let engine = Engine::new();
    let names = context(&json!({"env": "qa", "n": 3}));
    for (text, expected) in [
        ("<+trigger.type> == 'PR' && false", "false"),
        ("<+trigger.type> && <+env> == 'prod'", "false"),
        ("(<+trigger.n> gt 3 || <+n> == 3)", "true"),
        ("<+trigger.n> < 3 && <+n> == 4", "false"),
        (
            "\"<+trigger.type>\" == \"PR\" && <+env> == \"prod\"",
            "false",
        ),
        (
            "<+env> == \"qa\" || \"x-<+trigger.type>\" == \"x-<+env>\"",
            "true",
        ),
        ("<+env> == 'qa' ? 'here' : 'in <+trigger.type>'", "here"),
        (
            "<+<+trigger.type> == 'PR'> and <+<+env> == 'prod'>",
            "false",
        ),
        (
            "<+\"<+trigger.type>\" == 'PR' && false> || <+n> == 3",
            "true",
        ),
    ] {
        let value = engine.evaluate(text, &names).unwrap();
        assert_eq!(
            value.text().ok().map(|value| value.to_string()).as_deref(),
            Some(expected),
            "{text}"
        );
    }
    for text in [
        "'<+trigger.type>' == 'PR' && true",
        "x<+trigger.type> && false",
        "x.<+trigger.type> == 'a' && false",
        "<+trigger.type>/<+env> && false || true",
        "\"<+trigger.type>\" == \"PR\" ? 1 : 2",
        "is <+trigger.type> one or two?",
        "<+env> == 'prod' ? 'here' : 'in <+trigger.type>'",
    ] {
        let value = engine.evaluate(text, &names).unwrap();
        assert!(matches!(value, Value::Unknown(_)), "{text}: {value:?}");
    }
}

#[test]
fn only_booleans_are_conditions() {
    let engine = Engine::new();
    let names = context(&json!({"t": true, "s": "true", "OnStageSuccess": true}));
    assert_eq!(engine.condition("", &names), Ok(Truth::True));
    assert_eq!(engine.condition("<+t> && (<+s>)", &names), Ok(Truth::True));
    assert_eq!(
        engine.condition("<+OnStageSuccess> && (<+nope> == \"x\")", &names),
        Ok(Truth::False)
    );
    assert!(matches!(
        engine.condition("<+account.name> == 'x'", &names),
        Ok(Truth::Unknown(_))
    ));
    assert_eq!(
        engine.condition("<+s>", &names).unwrap_err().kind,
        ErrorKind::ClassCast
    );
    assert_eq!(
        engine.condition("<+nope>", &names).unwrap_err().kind,
        ErrorKind::Evaluation
    );
    assert_eq!(
        engine
            .condition("<+t> && <+nope>", &names)
            .unwrap_err()
            .kind,
        ErrorKind::Hint
    );
}

#[test]
fn predicates_are_composed_as_in_harness() {
    let when = |status, condition| Some(When { status, condition });
    let success = Some(WhenStatus::Success);
    let table = [
        (PredicateOf::Stage, None, Ok("<+OnPipelineSuccess>")),
        (
            PredicateOf::RollbackModeStage,
            when(success, None),
            Ok("<+Always>"),
        ),
        (
            PredicateOf::Step,
            when(Some(WhenStatus::Failure), None),
            Ok("<+OnStageFailure>"),
        ),
        (
            PredicateOf::Step,
            when(Some(WhenStatus::All), Some("a")),
            Ok("<+Always> && (a)"),
        ),
        (
            PredicateOf::RollbackStep,
            None,
            Ok("<+OnRollbackModeExecution> || <+OnStageFailure>"),
        ),
        (
            PredicateOf::Stage,
            when(None, Some("a")),
            Err(WhenError::NoPipelineStatus),
        ),
        (
            PredicateOf::Step,
            when(None, Some("a")),
            Err(WhenError::NoStageStatus),
        ),
        (
            PredicateOf::Step,
            when(success, Some("<+input>")),
            Ok("<+OnStageSuccess> && (false)"),
        ),
        (
            PredicateOf::Step,
            when(success, Some("<+input>.default(true)")),
            Ok("<+OnStageSuccess> && (true)"),
        ),
        (
            PredicateOf::Step,
            when(success, Some("<+input>.executionInput()")),
            Err(WhenError::ExecutionInput),
        ),
    ];
    for (of, when, wanted) in table {
        assert_eq!(
            of.compose(when).as_deref(),
            wanted.as_ref().copied(),
            "{of:?} {when:?}"
        );
    }
}

#[test]
fn aliases_of_a_run_yield_to_names_of_the_context() {
    let engine = Engine::new();
    assert_eq!(
        render(
            &engine,
            "<+artifact.tag>",
            &json!({"artifacts": {"primary": {"tag": "1"}}})
        ),
        "1"
    );
    assert_eq!(
        render(
            &engine,
            "<+artifact.tag>",
            &json!({"artifact": {"tag": "2"}})
        ),
        "2"
    );
    assert_eq!(render(&engine, "<+Always>", &json!({})), "true");
    let own = Engine::new()
        .alias("a", "b")
        .alias("b", "<+c>-")
        .alias("x", "x.x");
    assert_eq!(
        render(&own, "<+a> <+b>", &json!({"c": "C", "a": 1})),
        "C- C-"
    );
    assert_eq!(
        own.render("<+x>", &NoContext).unwrap_err().kind,
        ErrorKind::Evaluation
    );
}

#[test]
fn the_first_layer_that_knows_a_name_wins() {
    let (upper, lower) = (context(&json!({"a": 1})), context(&json!({"a": 2, "b": 3})));
    let layers = Layers::new([&upper as &dyn Context, &lower]);
    assert_eq!(
        Engine::new().render("<+a><+b>", &layers).unwrap().text,
        "13"
    );
}

#[test]
fn functors_work_with_a_clock_of_the_tests() {
    let engine = Engine::new()
        .clock(Clock::at_millis(1_795_333_333_392).unwrap())
        .secret_token(7);
    let table = [
        ("<+currentDate().plusDays(9)>", "2026-12-01"),
        (
            "<+currentTime().plusHours(-8)>",
            "2026-11-21T23:42:13.392+0000",
        ),
        (
            "<+secrets.getValue(\"a.b\")>",
            "${ngSecretManager.obtain(\"a.b\", 7)}",
        ),
        ("<+shell.escape(\"a'b\")>", "a\\'b"),
        ("<+shell.quote(\"a b\")>", "'a b'"),
        ("<+secrets.getValue(secrets.getValue(\"x\"))>", "null"),
        (
            r#"<+json.select("$.a[?(@.b \> 1)].b", '{"a":[{"b":1},{"b":2}]}')>"#,
            "[2]",
        ),
    ];
    for (text, wanted) in table {
        assert_eq!(render(&engine, text, &json!({})), wanted, "{text}");
    }
    let run = Engine::new().clock(Clock::Run);
    assert!(matches!(
        run.evaluate("<+currentDate()>", &NoContext).unwrap(),
        Value::Unknown(_)
    ));
    let base = Engine::new().functors(FunctorSet::Base);
    assert_eq!(
        render(&base, "<+secrets.getValue(\"x\")>", &json!({})),
        "null"
    );
}

#[test]
fn the_tables_are_documented_and_have_no_row_twice() {
    let mut seen = std::collections::HashSet::new();
    for functor in FUNCTORS {
        assert!(functor.doc.ends_with('.'), "{}", functor.signature());
        assert!(
            seen.insert((functor.root, functor.name)),
            "{}",
            functor.signature()
        );
    }
    for root in PLATFORM_ROOTS {
        assert!(
            root.doc.ends_with('.') && !root.reason.ends_with('.'),
            "{}",
            root.name
        );
        assert!(seen.insert((root.name, "")), "{}", root.name);
        assert!(
            !FUNCTORS.iter().any(|functor| functor.root == root.name),
            "{}",
            root.name
        );
    }
    assert_eq!(
        FUNCTORS[1].signature(),
        "regex.replace(pattern: String, replacement: String, source: String) → String"
    );
}

#[test]
fn objects_are_resolved_in_a_copy() {
    let object = Value::from(&json!({"<+a>": ["<+a>", 1, {"k": "x-<+a>"}]}));
    let resolved = Engine::new()
        .resolve(&object, &context(&json!({"a": "A"})))
        .unwrap();
    assert_eq!(resolved.text().unwrap(), "{A=[A, 1, {k=x-A}]}");
    assert_eq!(object.text().unwrap(), "{<+a>=[<+a>, 1, {k=x-<+a>}]}");
    let names = context(&json!({"m": {"k": "<+a>", "l": "<+nope>", "n": "<+a>"}, "a": "A"}));
    let engine = Engine::new();
    let stopped = engine.evaluate("<+m>", &names).unwrap();
    assert_eq!(stopped.text().unwrap(), "{k=A, l=<+nope>, n=<+a>}");
    assert_eq!(
        names.names().get_str("m").unwrap().text().unwrap(),
        "{k=<+a>, l=<+nope>, n=<+a>}"
    );
}

#[test]
fn a_trace_tells_what_was_tried_and_why() {
    let engine = Engine::new();
    let names = context(&json!({"a": "x", "v": "pre-<+a>", "artifacts": {"primary": {}}}));
    let (value, trace) =
        engine.trace_evaluate("<+v> == \"pre-x\" && <+artifact.tag> == null", &names);
    assert!(matches!(value, Ok(Value::Boolean(true))));
    let story = trace.to_string();
    for part in [
        "<+v> → String pre-x",
        "tried `datetime.v`: undefined-property",
        "tried `v`: String pre-<+a>",
        "<+a> is written into the text: '-' next to it makes it part of a text",
        "no program, so the text is the value: \"pre-x\"",
        "<+v> stays a variable: the operator `=` stands next to it",
        "`artifact.tag` stands for `artifacts.primary.tag`",
        "<+artifact.tag> → null",
    ] {
        assert!(story.contains(part), "{part}\n{story}");
    }
    let Event::Island { expression, .. } = &trace.steps[0].event else {
        panic!("an island comes first: {story}")
    };
    assert_eq!(expression, "v");
    let json = serde_json::to_value(&trace).unwrap();
    assert_eq!(json["steps"][0]["event"], "island");
    assert_eq!(json["steps"][0]["answer"]["value"], "pre-x");
    let (_, retried) = engine.trace_evaluate("v<+n>", &context(&json!({"n": 1})));
    assert!(
        retried
            .to_string()
            .contains("tried again without string concatenation")
    );
}
