//! The properties that fuzzing and its replay in the tests check. Not part of the public interface.

use pipewright_syntax::fuzzing::{Bytes, Maker, VARIABLES, Words, restyle};
use pipewright_syntax::{print_expression, print_script};

use crate::limits::MAX_RESULT_BYTES;
use crate::value::Order;
use crate::{Error, Json, Program, Scope, Value, methods};

/// What the variables of [`VARIABLES`] hold while made programs run.
const CONTEXT: &str = r#"{"a": 1, "b": {"a": "x", "key": [1, 2.5, null]}, "c": true, "d": "", "s": "hello,a,b", "n": -1.5,
    "m": {"a": {"b": "y"}, "key": "v", "0": 9007199254740993}, "l": [3, "a", {"a": 1}, null, [true]]}"#;

/// How many steps a made program may take.
const STEPS: u64 = 20_000;

/// Runs an arbitrary text as an expression and as a script, or a program that is made from the bytes.
///
/// A first byte below 0x20 or from 0x80 on makes a program of them. Else `data` is the program and, behind a zero byte,
/// the context as JSON. Whatever they are, nothing panics, results stay within their limits, and errors stand inside
/// the source.
///
/// # Panics
/// When the property does not hold.
pub fn check_program(data: &[u8]) {
    if Bytes::makes_text(data) {
        return check_made_program(data);
    }
    let input = String::from_utf8_lossy(data);
    let (source, context) = input.split_once('\0').unwrap_or((&input, "{}"));
    let context = Json::read(context).unwrap_or_default();
    for program in [Program::expression(source), Program::script(source)] {
        let result =
            program.and_then(|program| program.run(&Scope::of_json(&context, Order::Insertion)));
        check_result(result, source);
    }
}

fn check_result(result: Result<Value, Error>, source: &str) {
    match result {
        Ok(value) => {
            if let Ok(answer) = value.answer() {
                assert!(
                    answer.text.len() <= MAX_RESULT_BYTES * 2,
                    "the result is too long"
                );
            }
        }
        Err(error) => {
            let end = error.range.end() as usize;
            assert!(end <= source.len(), "the error stands outside the source");
            assert!(!error.message.is_empty(), "the error says nothing");
        }
    }
}

/// A tree made from bytes has one value: as it is, printed and read again, and spelled differently.
///
/// # Panics
/// When the property does not hold.
pub fn check_made_program(data: &[u8]) {
    let names: Vec<&str> = methods::table().map(|method| method.name).collect();
    let words = Words {
        variables: &VARIABLES,
        methods: &names,
        ..Words::default()
    };
    let mut bytes = Bytes::new(data);
    let as_script = bytes.chance(128);
    let mut maker = Maker::new(bytes, words);
    let read = if as_script {
        Program::script
    } else {
        Program::expression
    };
    let (tree, printed) = if as_script {
        let script = maker.script();
        (Program::of_script(&script), print_script(&script, |_| ""))
    } else {
        let expr = maker.expr();
        (
            Program::of_expression(&expr),
            print_expression(&expr, |_| ""),
        )
    };
    let spelled = restyle(&printed, &mut maker.into_bytes());
    let program = |text: &str| read(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
    let value = outcome(&tree);
    assert_eq!(outcome(&program(&printed)), value, "printed as {printed}");
    assert_eq!(outcome(&program(&spelled)), value, "written as {spelled}");
    check_result(
        program(&printed).run_within(&scope(), &mut { STEPS }),
        &printed,
    );
}

fn scope() -> Scope {
    let context = Json::read(CONTEXT).expect("the context is JSON");
    Scope::of_json(&context, Order::Insertion)
}

/// What a program comes to: the type and text of its value, or the kind of its error.
fn outcome(program: &Program) -> Result<(String, String), &'static str> {
    let value = program
        .run_within(&scope(), &mut { STEPS })
        .map_err(|error| error.kind.name())?;
    let text = match value.text() {
        Ok(text) => text.to_str().into_owned(),
        Err(failure) => format!("{:?}", failure.kind()),
    };
    Ok((value.type_name().to_owned(), text))
}
