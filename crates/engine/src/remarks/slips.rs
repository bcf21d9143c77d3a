//! What an expression says by mistake although it can be read.

use std::borrow::Cow;

use pipewright_syntax::{
    NameParts, called_functions, decrement, has_island, hyphenated_names, parse_expression,
    parse_template,
};

use super::functions::CEL_FUNCTIONS;
use super::{Remark, RemarkCause};
use crate::template::written;
use crate::trace::{Answer, Event, Step, shown};

/// The longest text that is looked at, in bytes.
const LONGEST: usize = 16_384;

/// What the text of a step says by mistake: an expression without others in it, or a program.
pub(super) fn of_step(step: &Step) -> Vec<Remark> {
    let (text, expression, is_missing) = match &step.event {
        Event::Island { expression, answer } if !has_island(expression) => {
            let is_missing = !matches!(answer, Answer::Value { .. });
            let text = Cow::Borrowed(expression.as_str());
            (text, written(&shown(expression)), is_missing)
        }
        Event::Program { program, .. } => (outside(program), shown(program), false),
        _ => return Vec::new(),
    };
    let text = &*text;
    if text.len() > LONGEST {
        return Vec::new();
    }
    let mut causes = Vec::new();
    if is_missing && text.contains('-') {
        causes.extend(hyphens(text));
    }
    if text.contains("--") {
        causes.extend(decrement(text).map(|_| RemarkCause::Decrement));
    }
    if text.contains('(') {
        causes.extend(functions_of_cel(text));
    }
    let remarks = causes.into_iter().map(|cause| Remark {
        expression: expression.clone(),
        cause,
    });
    remarks.collect()
}

/// A program with a name in place of each expression in it, of which steps of their own tell.
fn outside(program: &str) -> Cow<'_, str> {
    if !has_island(program) {
        return Cow::Borrowed(program);
    }
    let mut text = String::with_capacity(program.len());
    let mut end = 0;
    for (_, island) in parse_template(program).roots() {
        text.push_str(&program[end..island.start() as usize]);
        text.push('x');
        end = island.end() as usize;
    }
    text.push_str(&program[end..]);
    Cow::Owned(text)
}

fn hyphens(text: &str) -> Vec<RemarkCause> {
    let Ok(Some(expression)) = parse_expression(text) else {
        return Vec::new();
    };
    let names = hyphenated_names(&expression, NameParts::BehindDots).into_iter();
    names
        .map(|name| RemarkCause::Hyphen {
            name: name.range.slice(text).to_owned(),
        })
        .collect()
}

fn functions_of_cel(text: &str) -> Vec<RemarkCause> {
    let called = called_functions(text).into_iter();
    let of_cel = called.filter_map(|name| CEL_FUNCTIONS.iter().find(|(cel, _)| *cel == name));
    of_cel
        .map(|(function, advice)| RemarkCause::Cel { function, advice })
        .collect()
}
