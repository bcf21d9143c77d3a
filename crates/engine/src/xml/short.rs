//! Short ways through a document: one that finds the same, and one of Java that does not.

use crate::xml::functions::Function;
use crate::xml::path::{Axis, Comparison, Expr, Step, Test};

/// Makes `descendant::a` of each `//a`, which finds the same: only a predicate could count among the children of each
/// parent.
pub(super) fn shorten(steps: &mut Vec<Step>) {
    let mut at = 1;
    while at < steps.len() {
        let [above, step] = &steps[at - 1..=at] else {
            return;
        };
        if is_all(above) && step.axis == Axis::Child && step.predicates.is_empty() {
            steps[at].axis = Axis::Descendant;
            steps.remove(at - 1);
        } else {
            at += 1;
        }
    }
}

/// Names without prefix and texts outside of CDATA sections for the last step of `//a`, `.//a` and the like, whose
/// predicates ask for no position: Java's library has an iterator of its own for these paths, which compares the kinds
/// of nodes and not their names.
pub(super) fn as_java_walks(absolute: bool, steps: &mut [Step]) {
    let Some((last, above)) = steps.split_last_mut() else {
        return;
    };
    let short = match (above, last.axis) {
        ([], Axis::Descendant | Axis::DescendantOrSelf) => absolute,
        ([own], Axis::Descendant | Axis::DescendantOrSelf) => !absolute && is_own(own),
        ([all], Axis::Child) => is_all(all),
        ([own, all], Axis::Child) => !absolute && is_own(own) && is_all(all),
        _ => false,
    };
    if short && last.predicates.iter().all(is_test) {
        last.test = match std::mem::replace(&mut last.test, Test::Nothing) {
            Test::Name(name) => Test::PlainName(name),
            Test::Text => Test::PlainText,
            other => other,
        };
    }
}

fn is_all(step: &Step) -> bool {
    is_every(step, Axis::DescendantOrSelf)
}

fn is_own(step: &Step) -> bool {
    is_every(step, Axis::Itself)
}

fn is_every(step: &Step, axis: Axis) -> bool {
    step.axis == axis && step.test == Test::Node && step.predicates.is_empty()
}

/// Whether a predicate surely asks for no position, as far as Java's library looks.
fn is_test(predicate: &Expr) -> bool {
    match predicate {
        Expr::Path { .. } => true,
        Expr::Call(..) | Expr::Compare(..) => is_operand(predicate),
        _ => false,
    }
}

fn is_operand(expr: &Expr) -> bool {
    match expr {
        Expr::Path { .. } | Expr::Literal(_) | Expr::Number(_) => true,
        Expr::Call(Function::Position | Function::Last, _) => false,
        Expr::Call(_, arguments) => arguments.iter().all(is_operand),
        Expr::Compare(first, rest) => {
            let operand = |(comparison, right): &(Comparison, Expr)| {
                *comparison != Comparison::NotEqual && is_operand(right)
            };
            is_operand(first) && rest.iter().all(operand)
        }
        _ => false,
    }
}
