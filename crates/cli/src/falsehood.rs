//! Which operators made a condition false.

use pipewright_engine::{Condition, Context, Engine, Truth};
use pipewright_jexl::Json;
use pipewright_simulate::ConditionText;
use pipewright_syntax::{Expr, ExprKind, InfixOp, InfixTail, UnaryOp};

use crate::answer::Answer;
use crate::printable::json_line;

/// How many parts of a condition are evaluated by themselves.
const MAX_PARTS: usize = 64;

/// Looks for the parts that made a condition false.
pub(crate) struct Falsehood<'a> {
    engine: &'a Engine,
    context: &'a dyn Context,
    parts: usize,
    found: Vec<String>,
}

impl<'a> Falsehood<'a> {
    /// The parts of `text` that made it false, each as a sentence without a full stop, in order. `text` is false as a
    /// condition.
    pub(crate) fn reasons(engine: &'a Engine, context: &'a dyn Context, text: &str) -> Vec<String> {
        let mut search = Self {
            engine,
            context,
            parts: 0,
            found: Vec::new(),
        };
        search.text(&ConditionText::new(text));
        search.found
    }

    fn text(&mut self, text: &ConditionText) {
        match text.expression() {
            Some(expression) => self.expression(text, &expression),
            None => self.leaf(&text.whole()),
        }
    }

    /// Looks into an expression that is false.
    fn expression(&mut self, text: &ConditionText, expression: &Expr) {
        match &expression.kind {
            ExprKind::Paren(inner) => self.expression(text, inner),
            ExprKind::Unary {
                op: UnaryOp::Not,
                operand,
                ..
            } => self.comparison(&text.part(expression), &[text.part(operand)]),
            ExprKind::Infix { first, rest } => self.operators(text, expression, first, rest),
            ExprKind::Name(name) => match name.as_island().and_then(|island| text.inside(island)) {
                Some(inside) if inside.has_operators() => self.text(&inside),
                _ => self.leaf(&text.part(expression)),
            },
            _ => self.leaf(&text.part(expression)),
        }
    }

    fn operators(&mut self, text: &ConditionText, whole: &Expr, first: &Expr, rest: &[InfixTail]) {
        let operands = || std::iter::once(first).chain(rest.iter().map(|tail| &tail.operand));
        match (rest[0].op, rest) {
            (InfixOp::And, _) => {
                // The first that is false decides; what stands behind it is not read.
                let found = operands().find(|operand| self.is_false(&text.part(operand)));
                match found {
                    Some(operand) => self.expression(text, operand),
                    None => self.leaf(&text.part(whole)),
                }
            }
            (InfixOp::Or, _) => {
                for operand in operands() {
                    self.expression(text, operand);
                }
            }
            (_, [_]) => {
                let sides = operands().filter(|side| !is_literal(side));
                let sides: Vec<String> = sides.map(|side| text.part(side)).collect();
                self.comparison(&text.part(whole), &sides);
            }
            _ => self.leaf(&text.part(whole)),
        }
    }

    fn is_false(&mut self, part: &str) -> bool {
        self.parts += 1;
        if self.parts > MAX_PARTS {
            return false;
        }
        let Ok(condition) = Condition::new(part) else {
            return false;
        };
        let truth = self.engine.condition(condition.predicate(), self.context);
        truth == Ok(Truth::False)
    }

    fn comparison(&mut self, whole: &str, sides: &[String]) {
        let values: Vec<String> = sides
            .iter()
            .filter_map(|side| Some(format!("`{side}` is {}", self.value(side)?)))
            .collect();
        self.say(whole, &values);
    }

    fn leaf(&mut self, part: &str) {
        // That it is `false` is no reason.
        let value = self.value(part).filter(|value| value != "false");
        let values: Vec<String> = value
            .into_iter()
            .map(|value| format!("it is {value}"))
            .collect();
        self.say(part, &values);
    }

    fn say(&mut self, part: &str, values: &[String]) {
        let reason = if values.is_empty() { "" } else { ": " };
        self.found
            .push(format!("`{part}` is false{reason}{}", values.join(", ")));
    }

    /// The value of a part as a person reads it: texts in quotes, so that they are no other value.
    fn value(&mut self, part: &str) -> Option<String> {
        self.parts += 1;
        if self.parts > MAX_PARTS {
            return None;
        }
        let value = self.engine.evaluate(part, self.context).ok()?;
        match Answer::from(Ok(value)) {
            Answer::Value(shown) => match &shown.value {
                Json::String(_) => json_line(&shown.value).ok(),
                _ => Some(shown.text),
            },
            Answer::Unknown(_) => Some("not known".to_owned()),
            Answer::Fault(_) => None,
        }
    }
}

const fn is_literal(expression: &Expr) -> bool {
    matches!(
        expression.kind,
        ExprKind::Null | ExprKind::Bool(_) | ExprKind::Number(_) | ExprKind::Str(_)
    )
}
