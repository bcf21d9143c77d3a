//! Our own times.

use pipewright_jexl::value::Order;
use pipewright_jexl::{Program, Scope};

use crate::measure::nanoseconds;

/// Nanoseconds of each phase; compiling includes parsing.
pub(crate) struct Times {
    pub(crate) parse: u64,
    pub(crate) compile: u64,
    pub(crate) evaluate: u64,
}

pub(crate) fn measure(source: &str) -> Times {
    let scope = Scope::of_json(&crate::context(), Order::Insertion);
    let program = Program::expression(source).expect("the predicates are valid");
    program.run(&scope).expect("the predicates have values");
    Times {
        parse: nanoseconds(|| pipewright_syntax::parse_expression(source)),
        compile: nanoseconds(|| Program::expression(source)),
        evaluate: nanoseconds(|| program.run(&scope)),
    }
}
