//! Access chains: names, indexes and calls behind each other.

use pipewright_source::TextRange;
use pipewright_syntax::{Expr, ExprKind, Link, LinkKind, StringLiteral};

use super::{Lowering, Protection, island};
use crate::Value;
use crate::compile::code::{Chain, Code, Head, Key, Measure, MethodCall, Op, Step, StepOp};
use crate::methods;
use crate::value::JavaString;

impl Lowering {
    pub(super) fn chain(&mut self, head: &Expr, links: &[Link], protection: Protection) -> Op {
        let mut chain = self.chain_of(head, links, protection);
        // `name.size()` is the size of the name, which must be known.
        let root_is_name = matches!(chain.head, Head::Variable { .. });
        if root_is_name
            && matches!(
                chain.steps.first().map(|step| &step.op),
                Some(StepOp::Measure(None, _))
            )
        {
            let op = self.op(head, Protection::None);
            chain.head = Head::Code(self.code(head.range, op));
        }
        Op::Chain(Box::new(chain))
    }

    pub(super) fn chain_of(
        &mut self,
        head: &Expr,
        links: &[Link],
        protection: Protection,
    ) -> Chain {
        let steps = self.steps(links, protection);
        let protected = protection == Protection::Ternary;
        let name = match &head.kind {
            ExprKind::Name(name) => name.as_text(),
            _ => None,
        };
        if let Some(name) = name
            && self.frames.slot(name).is_none()
        {
            let (dotted, steps) = dotted_names(name, steps);
            return Chain {
                head: Head::Variable {
                    dotted: dotted.into(),
                    length: name.len(),
                },
                head_range: self.place.unwrap_or(head.range),
                steps,
                protected,
            };
        }
        Chain {
            head: Head::Code(self.guarded(head, protection)),
            head_range: self.place.unwrap_or(head.range),
            steps,
            protected,
        }
    }

    fn steps(&mut self, links: &[Link], protection: Protection) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::with_capacity(links.len());
        let mut links = links.iter().peekable();
        while let Some(link) = links.next() {
            let mut range = link.range;
            let op = match &link.kind {
                LinkKind::Name(_) | LinkKind::Quoted(_) => {
                    let calls = self.calls(&mut links, &mut range);
                    self.named(&link.kind, calls)
                }
                LinkKind::Index(first) => {
                    let mut indexes = vec![self.guarded(first, protection)];
                    while let Some(LinkKind::Index(next)) = links.peek().map(|link| &link.kind) {
                        indexes.push(self.guarded(next, protection));
                        range = range.cover(links.next().map_or(range, |link| link.range));
                    }
                    let calls = self.calls(&mut links, &mut range);
                    if calls.is_empty() {
                        StepOp::Index(indexes)
                    } else {
                        StepOp::IndexCall(indexes, calls)
                    }
                }
                // The parser puts calls only behind names and indexes.
                LinkKind::Call(_) => continue,
                LinkKind::Size => measured(steps.pop(), Measure::Size),
                LinkKind::Empty => measured(steps.pop(), Measure::Empty),
            };
            steps.push(Step {
                range: self.place.unwrap_or(range),
                op,
                dotted: 0,
            });
        }
        steps
    }

    /// The argument lists that follow a name or index.
    fn calls<'a>(
        &mut self,
        links: &mut std::iter::Peekable<impl Iterator<Item = &'a Link>>,
        range: &mut TextRange,
    ) -> Vec<Vec<Code>> {
        let mut calls = Vec::new();
        while let Some(Link {
            kind: LinkKind::Call(arguments),
            range: call,
        }) = links.peek()
        {
            calls.push(self.exprs(arguments));
            *range = range.cover(*call);
            links.next();
        }
        calls
    }

    fn named(&mut self, link: &LinkKind, calls: Vec<Vec<Code>>) -> StepOp {
        let Some(text) = link_text(link) else {
            // A name with an island in it: only a run can tell what it reads.
            return StepOp::Index(vec![
                self.code(TextRange::default(), Op::Constant(island())),
            ]);
        };
        if calls.is_empty() {
            return StepOp::Name(key(text));
        }
        StepOp::Method(Box::new(MethodCall {
            name: text.into(),
            methods: methods::methods(text),
            functions: methods::functions(text),
            arguments: calls,
        }))
    }
}

/// The step before `.size()` or `.empty()` together with it.
fn measured(before: Option<Step>, measure: Measure) -> StepOp {
    match before.map(|step| step.op) {
        Some(StepOp::Measure(inner, mut measures)) => {
            measures.push(measure);
            StepOp::Measure(inner, measures)
        }
        other => StepOp::Measure(other.map(Box::new), vec![measure]),
    }
}

fn link_text(link: &LinkKind) -> Option<&str> {
    match link {
        LinkKind::Name(name) => name.as_text(),
        LinkKind::Quoted(literal) => StringLiteral::as_text(literal),
        _ => None,
    }
}

/// The key a name after a dot stands for: canonical numbers are `Integer`s.
fn key(text: &str) -> Key {
    let canonical =
        text == "0" || (!text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit()));
    let value = match text.parse::<i32>() {
        Ok(index) if canonical => Value::Integer(index),
        _ => Value::from(text),
    };
    let getters = match &value {
        Value::String(_) => methods::getters(text),
        _ => Vec::new(),
    };
    Key {
        text: JavaString::from(text),
        value,
        getters,
    }
}

/// Joins the plain names at the front of a chain to dotted names, and notes at each step how far they reach.
fn dotted_names(name: &str, mut steps: Vec<Step>) -> (String, Vec<Step>) {
    let mut dotted = name.to_owned();
    let mut open = true;
    for step in &mut steps {
        match &step.op {
            StepOp::Name(key) if open => {
                dotted.push('.');
                dotted.push_str(&key.text.to_str());
            }
            _ => open = false,
        }
        step.dotted = dotted.len();
    }
    (dotted, steps)
}
