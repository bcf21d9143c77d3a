//! The operands of `&&` and `||` in a condition, and which of them a run asks.

use std::sync::Arc;

use pipewright_engine::Condition;
use pipewright_syntax::{Expr, ExprKind, InfixOp, InfixTail, UnaryOp};

use super::text::ConditionText;

/// How many operands are looked at by themselves; a condition with more of them is taken as a whole.
const MAX_OPERANDS: usize = 64;

/// The operands of a condition, outer ones before those in them.
#[derive(Debug, Default)]
pub(super) struct Operands {
    all: Vec<Operand>,
    /// How the whole is made of them; `None` for a condition without `&&` and `||`.
    whole: Option<Made>,
}

/// One of them.
#[derive(Debug)]
struct Operand {
    text: Arc<str>,
    made: Made,
}

/// How a part comes to its value.
#[derive(Debug)]
enum Made {
    /// It is asked by itself.
    Asked(Condition),
    /// By `&&`, or by `||`, of operands from left to right.
    Joined { is_and: bool, of: Vec<usize> },
    /// By `!`.
    Not(Box<Self>),
}

/// An operand, and what it came to.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct SeenOperand {
    /// The operand, as a condition by itself.
    pub text: Arc<str>,
    /// What it came to; `None` where it was not asked, because an operand before it decided, and where it is not known.
    pub is_true: Option<bool>,
}

impl Operands {
    pub(super) fn new(condition: &str) -> Self {
        let mut operands = Self::default();
        let text = ConditionText::new(condition);
        let whole = text
            .expression()
            .and_then(|whole| operands.made(&text, &whole));
        match whole {
            Some(whole) if !operands.all.is_empty() => Self {
                whole: Some(whole),
                ..operands
            },
            _ => Self::default(),
        }
    }

    /// As deep as the expression is nested, which is bounded.
    fn made(&mut self, text: &ConditionText, expression: &Expr) -> Option<Made> {
        match &expression.kind {
            ExprKind::Paren(inner) => self.made(text, inner),
            ExprKind::Unary {
                op: UnaryOp::Not,
                operand,
                ..
            } => Some(Made::Not(Box::new(self.made(text, operand)?))),
            ExprKind::Infix { first, rest } if is_joint(rest) => {
                let is_and = rest.first()?.op == InfixOp::And;
                let operands =
                    std::iter::once(&**first).chain(rest.iter().map(|tail| &tail.operand));
                let mut of = Vec::new();
                for operand in operands {
                    if self.all.len() >= MAX_OPERANDS {
                        return None;
                    }
                    let place = self.all.len();
                    let part = text.part(operand);
                    self.all.push(Operand {
                        made: Made::Asked(Condition::new(&part).ok()?),
                        text: part.into(),
                    });
                    self.all[place].made = self.made(text, operand)?;
                    of.push(place);
                }
                Some(Made::Joined { is_and, of })
            }
            ExprKind::Name(name) => {
                let inside = name.as_island().and_then(|island| text.inside(island));
                match inside.filter(ConditionText::has_operators) {
                    Some(inside) => {
                        let expression = inside.expression()?;
                        self.made(&inside, &expression)
                    }
                    None => asked(text, expression),
                }
            }
            _ => asked(text, expression),
        }
    }

    /// What each operand comes to, in the order in which a run asks them.
    pub(super) fn see(&self, ask: &dyn Fn(&Condition) -> Option<bool>) -> Vec<SeenOperand> {
        let mut seen: Vec<SeenOperand> = self.all.iter().map(SeenOperand::of).collect();
        if let Some(whole) = &self.whole {
            self.ask(whole, ask, &mut seen);
        }
        seen
    }

    fn ask(
        &self,
        made: &Made,
        ask: &dyn Fn(&Condition) -> Option<bool>,
        seen: &mut [SeenOperand],
    ) -> Option<bool> {
        match made {
            Made::Asked(condition) => ask(condition),
            Made::Not(inner) => self.ask(inner, ask, seen).map(|is_true| !is_true),
            Made::Joined { is_and, of } => {
                for place in of {
                    let is_true = self.ask(&self.all[*place].made, ask, seen);
                    seen[*place].is_true = is_true;
                    // What stands behind an operand that is not known may not be asked.
                    if is_true? != *is_and {
                        return is_true;
                    }
                }
                Some(*is_and)
            }
        }
    }
}

impl SeenOperand {
    fn of(operand: &Operand) -> Self {
        Self {
            text: Arc::clone(&operand.text),
            is_true: None,
        }
    }
}

fn is_joint(rest: &[InfixTail]) -> bool {
    rest.iter()
        .all(|tail| matches!(tail.op, InfixOp::And | InfixOp::Or))
}

fn asked(text: &ConditionText, expression: &Expr) -> Option<Made> {
    Condition::new(&text.part(expression)).ok().map(Made::Asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each operand with what it comes to, where names of one letter are asked.
    fn seen(condition: &str, is_true: &dyn Fn(&str) -> Option<bool>) -> Vec<String> {
        let operands = Operands::new(condition);
        let seen = operands.see(&|condition| {
            let text = condition.predicate().text();
            let name = text.strip_prefix("<+Always> && (")?.strip_suffix(')')?;
            is_true(name)
        });
        let shown = |operand: &SeenOperand| match operand.is_true {
            Some(is_true) => format!("{}: {is_true}", operand.text),
            None => format!("{}: -", operand.text),
        };
        seen.iter().map(shown).collect()
    }

    #[test]
    fn operands_are_asked_until_one_decides() {
        let only_a = |name: &str| Some(name == "<+a>");
        let none: [&str; 0] = [];
        assert_eq!(seen("<+a> == 1", &only_a), none);
        assert_eq!(seen("<+a> && <+b>", &only_a), ["<+a>: true", "<+b>: false"]);
        assert_eq!(seen("<+a> || <+b>", &only_a), ["<+a>: true", "<+b>: -"]);
        assert_eq!(seen("<+b> && <+a>", &only_a), ["<+b>: false", "<+a>: -"]);
        assert_eq!(
            seen("<+b> || !(<+a> && <+c>)", &only_a),
            [
                "<+b>: false",
                "!(<+a> && <+c>): true",
                "<+a>: true",
                "<+c>: false"
            ]
        );
        assert_eq!(
            seen("<+a && !b>", &only_a),
            ["<+a>: true", "<+!b>: true"],
            "the inside of an island"
        );
    }

    #[test]
    fn behind_what_is_not_known_nothing_is_said() {
        let unknown = |name: &str| (name != "<+a>").then_some(true);
        assert_eq!(
            seen("<+b> && <+a> && <+c>", &unknown),
            ["<+b>: true", "<+a>: -", "<+c>: -"]
        );
    }

    #[test]
    fn a_condition_of_many_operands_is_taken_as_a_whole() {
        let many = vec!["<+a>"; MAX_OPERANDS + 1].join(" && ");
        assert!(seen(&many, &|_| Some(true)).is_empty());
    }
}
