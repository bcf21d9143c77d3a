//! Runtime inputs and their modifiers (`spec/engine.md` §7): a line of `runtime_inputs.txt` is a case.

use std::fmt::Write as _;

use pipewright_syntax::parse_runtime_input;

#[test]
fn runtime_inputs() {
    let mut shown = String::new();
    for source in include_str!("runtime_inputs.txt").lines() {
        writeln!(shown, "{source}").unwrap();
        let Some(input) = parse_runtime_input(source) else {
            writeln!(shown, "  no runtime input").unwrap();
            continue;
        };
        if let Some(value) = input.value {
            writeln!(shown, "  value {:?}", value.slice(source)).unwrap();
        }
        for modifier in &input.modifiers {
            let arguments = modifier.arguments.map(|range| range.slice(source));
            let open = if modifier.closed { "" } else { ", not closed" };
            writeln!(shown, "  {:?} {arguments:?}{open}", modifier.kind).unwrap();
        }
        if let Some(rest) = input.rest {
            writeln!(shown, "  rest {:?}", rest.slice(source)).unwrap();
        }
    }
    insta::assert_snapshot!(shown);
}
