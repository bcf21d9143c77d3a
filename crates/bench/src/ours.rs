//! Our own crates; compiling includes parsing.

use pipewright_jexl::value::Order;
use pipewright_jexl::{Program, Scope};

use crate::measure::Contest;
use crate::{Predicate, work};

const NAME: &str = "pipewright";

pub(crate) fn enter(
    predicate: &Predicate,
    parse: &mut Contest<'_>,
    compile: &mut Contest<'_>,
    evaluate: &mut Contest<'_>,
) {
    let source = predicate.jexl;
    let scope = Scope::of_json(&(&crate::context()).into(), Order::Insertion);
    let program = Program::expression(source).expect("the predicates are valid");
    program.run(&scope).expect("the predicates have values");
    parse.enter(NAME, work(|| pipewright_syntax::parse_expression(source)));
    compile.enter(NAME, work(|| Program::expression(source)));
    evaluate.enter(NAME, work(move || program.run(&scope)));
}
