//! Asks a path of a document. Each node that is looked at and each text that is read is charged to the question.

use pipewright_jexl::{Failure, OpResult, charge_reading};

use crate::xml::axes::NodeTest;
use crate::xml::compare::compare;
use crate::xml::document::{Document, NodeId};
use crate::xml::found::Found;
use crate::xml::path::{Arithmetic, Expr, Step};

/// The work of looking at a node, in bytes read.
const VISIT: usize = 32;

/// What an expression is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope<'d> {
    pub(super) document: &'d Document,
    pub(super) node: NodeId,
    /// The place of the node among those that a predicate is asked for, from 1; none outside of predicates.
    pub(super) position: Option<usize>,
    /// How many those are.
    pub(super) size: usize,
}

impl<'d> Scope<'d> {
    /// The scope of a whole document.
    pub(super) fn of(document: &'d Document) -> Self {
        Self {
            document,
            node: NodeId::ROOT,
            position: None,
            size: 0,
        }
    }

    /// The value of `expr` here.
    ///
    /// # Errors
    /// Kind `method-failed` where the kinds of values do not fit, `limit` where the question has too little left.
    pub(super) fn value(self, expr: &Expr) -> OpResult<Found> {
        charge_reading(VISIT)?;
        Ok(match expr {
            Expr::Or(parts) => Found::Truth(self.any_is(true, parts)?),
            Expr::And(parts) => Found::Truth(!self.any_is(false, parts)?),
            Expr::Compare(first, rest) => {
                let mut left = self.value(first)?;
                for (comparison, right) in rest {
                    let right = self.value(right)?;
                    left = Found::Truth(compare(self.document, *comparison, &left, &right)?);
                }
                left
            }
            Expr::Arithmetic(first, rest) => {
                let mut left = self.number(first)?;
                for (operator, right) in rest {
                    left = arithmetic(*operator, left, self.number(right)?);
                }
                Found::Number(left)
            }
            Expr::Negate(operand) => Found::Number(-self.number(operand)?),
            Expr::Union(parts) => {
                let mut all = Vec::new();
                for part in parts {
                    self.add(&mut all, self.nodes(part)?)?;
                }
                Found::Nodes(in_order(all)?)
            }
            Expr::Path { absolute, steps } => {
                let start = if *absolute { NodeId::ROOT } else { self.node };
                Found::Nodes(self.walk(vec![start], steps)?)
            }
            Expr::Filter {
                base,
                predicates,
                steps,
            } => {
                let mut nodes = self.nodes(base)?;
                for predicate in predicates {
                    nodes = self.kept(nodes, predicate)?;
                }
                Found::Nodes(self.walk(nodes, steps)?)
            }
            Expr::Literal(text) => {
                charge_reading(text.len())?;
                Found::Text(text.clone())
            }
            Expr::Number(number) => Found::Number(*number),
            Expr::Call(function, arguments) => self.call(*function, arguments)?,
        })
    }

    /// Whether one of `parts` is `wanted`; those behind it are not asked.
    fn any_is(self, wanted: bool, parts: &[Expr]) -> OpResult<bool> {
        for part in parts {
            if self.value(part)?.truth() == wanted {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The nodes that `expr` gives here.
    pub(super) fn nodes(self, expr: &Expr) -> OpResult<Vec<NodeId>> {
        match self.value(expr)? {
            Found::Nodes(nodes) => Ok(nodes),
            _ => Err(Failure::method(
                "the XPath fails: nodes are wanted where a value is given",
            )),
        }
    }

    /// The number that `expr` gives here.
    pub(super) fn number(self, expr: &Expr) -> OpResult<f64> {
        let found = self.value(expr)?;
        self.charge_first(&found)?;
        Ok(found.number(self.document))
    }

    /// The text that `expr` gives here.
    pub(super) fn text(self, expr: &Expr) -> OpResult<String> {
        let found = self.value(expr)?;
        self.charge_first(&found)?;
        Ok(found.into_text(self.document))
    }

    /// Pays for the text of the first node, which is what nodes become.
    fn charge_first(self, found: &Found) -> OpResult<()> {
        let first = match found {
            Found::Nodes(nodes) => nodes.first(),
            Found::Number(_) | Found::Text(_) | Found::Truth(_) => None,
        };
        charge_reading(first.map_or(0, |first| self.document.text(*first).len()))
    }

    fn walk(self, start: Vec<NodeId>, steps: &[Step]) -> OpResult<Vec<NodeId>> {
        let mut nodes = start;
        for step in steps {
            let test = self.document.prepared(step.axis, &step.test);
            let mut reached = Vec::new();
            for node in nodes {
                let mut seen = self.seen(node, step, &test)?;
                for predicate in &step.predicates {
                    seen = self.kept(seen, predicate)?;
                }
                self.add(&mut reached, seen)?;
            }
            nodes = in_order(reached)?;
        }
        Ok(nodes)
    }

    /// The nodes of a step from `from`, in the order of its axis; no more than its first predicate can take.
    fn seen(self, from: NodeId, step: &Step, test: &NodeTest<'_>) -> OpResult<Vec<NodeId>> {
        charge_reading(VISIT)?;
        let most = step.predicates.first().map_or(usize::MAX, most);
        let mut seen = Vec::new();
        for node in self.document.axis(step.axis, from) {
            charge_reading(VISIT)?;
            if test.takes(self.document, node) {
                seen.push(node);
                if seen.len() >= most {
                    break;
                }
            }
        }
        Ok(seen)
    }

    /// Those of `nodes` for which `predicate` holds; a number is a position.
    fn kept(self, nodes: Vec<NodeId>, predicate: &Expr) -> OpResult<Vec<NodeId>> {
        let size = nodes.len();
        let mut kept = Vec::new();
        for (index, node) in nodes.into_iter().enumerate() {
            let scope = Scope {
                node,
                position: Some(index + 1),
                size,
                ..self
            };
            let holds = match scope.value(predicate)? {
                Found::Number(number) => is_position(number, index + 1),
                found => found.truth(),
            };
            if holds {
                kept.push(node);
            }
        }
        Ok(kept)
    }

    /// Adds nodes; the same ones from many places never take more than some times the document.
    fn add(self, all: &mut Vec<NodeId>, more: Vec<NodeId>) -> OpResult<()> {
        if all.is_empty() {
            *all = more;
            return Ok(());
        }
        all.extend(more);
        if all.len() > 4 * self.document.count_all() {
            *all = in_order(std::mem::take(all))?;
        }
        Ok(())
    }
}

/// Document order, each node once.
fn in_order(mut nodes: Vec<NodeId>) -> OpResult<Vec<NodeId>> {
    if !nodes.is_sorted_by(|one, next| one < next) {
        charge_reading(nodes.len().saturating_mul(VISIT))?;
        nodes.sort();
        nodes.dedup();
    }
    Ok(nodes)
}

/// How many nodes can come up to the position that a predicate asks for.
fn most(predicate: &Expr) -> usize {
    match predicate {
        Expr::Number(number) if *number >= 1.0 && *number < f64::from(u32::MAX) => {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "within u32"
            )]
            let most = *number as u32;
            most as usize
        }
        _ => usize::MAX,
    }
}

/// Whether a number asks for this position; Java's library cuts what stands behind the point.
fn is_position(number: f64, position: usize) -> bool {
    #[expect(clippy::cast_possible_truncation, reason = "as Java cuts")]
    let place = number as i32;
    usize::try_from(place) == Ok(position)
}

fn arithmetic(operator: Arithmetic, left: f64, right: f64) -> f64 {
    match operator {
        Arithmetic::Add => left + right,
        Arithmetic::Subtract => left - right,
        Arithmetic::Multiply => left * right,
        Arithmetic::Divide => left / right,
        Arithmetic::Remainder => left % right,
    }
}
