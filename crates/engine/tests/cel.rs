//! What expressions of CEL come to; a line of `cel.txt` is a case.

use pipewright_engine::{Context, Engine, ErrorKind, Languages, MapContext, OpResult, Value};

/// Names of a map, and `later`, which only a run knows.
struct Names(MapContext);

impl Context for Names {
    fn get(&self, name: &str) -> OpResult<Option<Value>> {
        if name == "later" {
            return Ok(Some(Value::unknown("only a run knows it")));
        }
        self.0.get(name)
    }
}

fn names() -> Names {
    let json = serde_json::json!({"inputs": {
        "tag": "1.2", "n": 7, "name": "tag", "a-b": "hyphen", "tags": ["a", "b"], "map": {"key": "value"},
        "nested": "${{ inputs.tag }}-nested", "loop": "${{ inputs.loop }}",
    }});
    Names(MapContext::from_json(&json).expect("an object"))
}

fn engine() -> Engine {
    Engine::new()
        .languages(Languages::JexlAndCel)
        .secret_token(0)
}

#[test]
fn values() {
    let cases = include_str!("cel.txt").lines();
    let mut wrong = Vec::new();
    for case in cases.filter(|case| !case.starts_with('#')) {
        let (text, expected) = case.split_once(" => ").unwrap();
        let found = match engine().render(text, &names()) {
            Ok(rendered) if rendered.unknown.is_empty() => rendered.text,
            Ok(_) => "unknown".to_owned(),
            Err(error) => error.kind.name().to_owned(),
        };
        if found != expected {
            wrong.push(format!("{text}\n  {found}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `if: (${{inputs.a}} == "x")`: islands of CEL are operands of a predicate.
#[test]
fn conditions_hold_both_languages() {
    let truth = |text: &str| engine().condition(text, &names());
    let yes = truth("true && (${{ inputs.tag }} == \"1.2\")");
    assert_eq!(yes.unwrap(), pipewright_engine::Truth::True);
    let no = truth("${{ inputs.n > 8 }} || <+inputs.n> == 8");
    assert_eq!(no.unwrap(), pipewright_engine::Truth::False);
}

#[test]
fn a_text_of_v0_has_no_cel() {
    let text = "${{ inputs.tag }} <+inputs.tag>";
    let rendered = Engine::new().render(text, &names()).unwrap();
    assert_eq!(rendered.text, "${{ inputs.tag }} 1.2");
}

/// Loops in loops, texts that double and deep nesting end at a bound and take no more than a moment.
#[test]
fn hostile_expressions_are_bounded() {
    let list = format!("[{}]", vec!["1"; 200].join(", "));
    let loops = format!(
        "{}1{}",
        format!("{list}.map(x, ").repeat(20),
        ")".repeat(20)
    );
    let doubling = format!("[\"{}\"]{}", "a".repeat(1000), ".map(x, x + x)".repeat(60));
    let lists = format!("[[1, 2]]{}", ".map(x, x + x)".repeat(60));
    for text in [loops, doubling, lists] {
        let error = engine()
            .render(&*format!("${{{{ {text} }}}}"), &names())
            .unwrap_err();
        assert_eq!(error.kind, ErrorKind::Limit);
    }
    for deep in ["(", "[", "-", "!", "true ? 1 : ", "f("] {
        let text = format!("${{{{ {} }}}}", deep.repeat(1_000));
        assert!(engine().render(&*text, &names()).is_err(), "{deep}");
    }
    let deepest = format!("${{{{ {}1{} }}}}", "(".repeat(100), ")".repeat(100));
    assert_eq!(engine().render(&*deepest, &names()).unwrap().text, "1");
    let nested = format!("{}1{}", "${{ ".repeat(14), " }}".repeat(14));
    assert_eq!(engine().render(&*nested, &names()).unwrap().text, "1");
}
