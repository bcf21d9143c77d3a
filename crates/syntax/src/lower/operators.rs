//! Expressions: precedence over a flat run of operands and operators.

use std::iter::Peekable;

use pest::iterators::{Pair, Pairs};

use super::target::can_be_assigned;
use super::{Lowering, Result};
use crate::grammar::expression::Rule;
use crate::{Expr, ExprKind, InfixOp, InfixTail, SyntaxError, SyntaxErrorKind, UnaryOp};

/// The pairs of one `expr`.
pub(super) type Run<'i> = Peekable<Pairs<'i, Rule>>;

impl Lowering<'_> {
    pub(super) fn expr(&mut self, pair: Pair<'_, Rule>) -> Result<Expr> {
        let run = &mut pair.into_inner().peekable();
        let left = self.infix(run, Level::Or)?;
        let Some(operator) = run.next() else {
            return Ok(left);
        };
        match operator.as_rule() {
            Rule::question => {
                let then = self.next_expr(run)?;
                let otherwise = self.next_expr(run)?;
                Ok(Expr {
                    range: left.range.cover(otherwise.range),
                    kind: ExprKind::Ternary {
                        condition: Box::new(left),
                        then: Box::new(then),
                        otherwise: Box::new(otherwise),
                    },
                })
            }
            Rule::elvis => {
                let otherwise = self.next_expr(run)?;
                Ok(Expr {
                    range: left.range.cover(otherwise.range),
                    kind: ExprKind::Elvis {
                        value: Box::new(left),
                        otherwise: Box::new(otherwise),
                    },
                })
            }
            _ => self.assignment(left, &operator, run),
        }
    }

    fn next_expr(&mut self, run: &mut Run<'_>) -> Result<Expr> {
        self.expr(
            run.next()
                .expect("the grammar puts an expression after `?`, `:`, `?:` and `=`"),
        )
    }

    fn assignment(
        &mut self,
        target: Expr,
        operator: &Pair<'_, Rule>,
        run: &mut Run<'_>,
    ) -> Result<Expr> {
        let op_range = self.range(operator);
        let op = compound(operator.as_str());
        // The original forgets `%=` when it checks targets: `1 %= 2` parses and fails at run time.
        if op != Some(InfixOp::Modulo) && !can_be_assigned(&target) {
            return Err(SyntaxError::new(
                target.range,
                SyntaxErrorKind::AssignmentTarget,
                "only a variable, a property or an element can be assigned to",
            )
            .with_hint("`=` assigns; to compare, write `==`"));
        }
        let value = self.next_expr(run)?;
        Ok(Expr {
            range: target.range.cover(value.range),
            kind: ExprKind::Assign {
                op,
                op_range,
                target: Box::new(target),
                value: Box::new(value),
            },
        })
    }

    /// Operands and operators that bind at least as tightly as `least`.
    fn infix(&mut self, run: &mut Run<'_>, least: Level) -> Result<Expr> {
        let mut left = self.unary(run)?;
        while let Some((op, level)) = peek_operator(run) {
            if level < least {
                break;
            }
            let rest = self.tails(run, op, level)?;
            let end = rest.last().map_or(left.range, |tail| tail.operand.range);
            left = Expr {
                range: left.range.cover(end),
                kind: ExprKind::Infix {
                    first: Box::new(left),
                    rest,
                },
            };
        }
        Ok(left)
    }

    /// The operators of one level that follow each other, with their right operands.
    fn tails(&mut self, run: &mut Run<'_>, first: InfixOp, level: Level) -> Result<Vec<InfixTail>> {
        let mut tails: Vec<InfixTail> = Vec::new();
        let mut op = first;
        while let Some(operator) = run.next() {
            let op_range = self.range(&operator);
            if level.stands_alone() && !tails.is_empty() {
                return Err(chained(&operator, op_range, first, op));
            }
            let operand = self.infix(run, level.tighter())?;
            tails.push(InfixTail {
                op,
                op_range,
                operand,
            });
            match peek_operator(run) {
                Some((next, next_level)) if next_level == level => op = next,
                _ => break,
            }
        }
        Ok(tails)
    }

    fn unary(&mut self, run: &mut Run<'_>) -> Result<Expr> {
        let mut operators = Vec::new();
        while let Some(prefix) = run.next_if(|pair| pair.as_rule() == Rule::prefix) {
            operators.push((unary_operator(prefix.as_str()), self.range(&prefix)));
        }
        let mut operand = self.operand(run)?;
        for (op, op_range) in operators.into_iter().rev() {
            operand = Expr {
                range: op_range.cover(operand.range),
                kind: ExprKind::Unary {
                    op,
                    op_range,
                    operand: Box::new(operand),
                },
            };
        }
        Ok(operand)
    }
}

fn chained(
    operator: &Pair<'_, Rule>,
    range: pipewright_source::TextRange,
    first: InfixOp,
    second: InfixOp,
) -> SyntaxError {
    let written = operator.as_str();
    let message = if first == InfixOp::Range || second == InfixOp::Range {
        format!("`{written}` cannot follow a range or a comparison without parentheses")
    } else {
        format!("comparisons do not chain: a second `{written}` cannot follow")
    };
    SyntaxError::new(range, SyntaxErrorKind::ChainedComparison, message)
        .with_hint("put one of them in parentheses, or join two comparisons with `&&`")
}

/// The levels of precedence of the infix operators, the loosest first (`spec/jexl.md` §3.1, levels 3 to 11).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Level {
    Or,
    And,
    BitOr,
    BitXor,
    BitAnd,
    Equality,
    Relation,
    Sum,
    Product,
    /// Above every infix operator.
    Operand,
}

impl Level {
    pub(crate) fn of(op: InfixOp) -> Self {
        match op {
            InfixOp::Or => Self::Or,
            InfixOp::And => Self::And,
            InfixOp::BitOr => Self::BitOr,
            InfixOp::BitXor => Self::BitXor,
            InfixOp::BitAnd => Self::BitAnd,
            InfixOp::Equal | InfixOp::NotEqual | InfixOp::Range => Self::Equality,
            InfixOp::Less
            | InfixOp::Greater
            | InfixOp::LessOrEqual
            | InfixOp::GreaterOrEqual
            | InfixOp::Match
            | InfixOp::NotMatch
            | InfixOp::StartsWith
            | InfixOp::NotStartsWith
            | InfixOp::EndsWith
            | InfixOp::NotEndsWith => Self::Relation,
            InfixOp::Add | InfixOp::Subtract => Self::Sum,
            InfixOp::Multiply | InfixOp::Divide | InfixOp::Modulo => Self::Product,
        }
    }

    /// The next tighter level.
    pub(crate) fn tighter(self) -> Self {
        match self {
            Self::Or => Self::And,
            Self::And => Self::BitOr,
            Self::BitOr => Self::BitXor,
            Self::BitXor => Self::BitAnd,
            Self::BitAnd => Self::Equality,
            Self::Equality => Self::Relation,
            Self::Relation => Self::Sum,
            Self::Sum => Self::Product,
            Self::Product | Self::Operand => Self::Operand,
        }
    }

    /// Whether at most one operator of the level may stand in a run.
    pub(crate) fn stands_alone(self) -> bool {
        matches!(self, Self::Equality | Self::Relation)
    }
}

fn peek_operator(run: &mut Run<'_>) -> Option<(InfixOp, Level)> {
    let pair = run.peek()?;
    if pair.as_rule() != Rule::infix {
        return None;
    }
    let op = infix_operator(pair.as_str())?;
    Some((op, Level::of(op)))
}

/// The level of an operator as it is written; `None` if it is no infix operator.
pub(crate) fn infix_level(written: &str) -> Option<Level> {
    infix_operator(written).map(Level::of)
}

fn infix_operator(written: &str) -> Option<InfixOp> {
    Some(match written {
        "||" | "or" => InfixOp::Or,
        "&&" | "and" => InfixOp::And,
        "|" => InfixOp::BitOr,
        "^" => InfixOp::BitXor,
        "&" => InfixOp::BitAnd,
        "==" | "eq" => InfixOp::Equal,
        "!=" | "ne" => InfixOp::NotEqual,
        ".." => InfixOp::Range,
        "<" | "lt" => InfixOp::Less,
        ">" | "gt" => InfixOp::Greater,
        "<=" | "le" => InfixOp::LessOrEqual,
        ">=" | "ge" => InfixOp::GreaterOrEqual,
        "=~" => InfixOp::Match,
        "!~" => InfixOp::NotMatch,
        "=^" => InfixOp::StartsWith,
        "!^" => InfixOp::NotStartsWith,
        "=$" => InfixOp::EndsWith,
        "!$" => InfixOp::NotEndsWith,
        "+" => InfixOp::Add,
        "-" => InfixOp::Subtract,
        "*" => InfixOp::Multiply,
        "/" | "div" => InfixOp::Divide,
        "%" | "mod" => InfixOp::Modulo,
        _ => return None,
    })
}

fn unary_operator(written: &str) -> UnaryOp {
    match written {
        "-" => UnaryOp::Negate,
        "~" => UnaryOp::Complement,
        "!" | "not" => UnaryOp::Not,
        "empty" => UnaryOp::Empty,
        "size" => UnaryOp::Size,
        other => unreachable!("the grammar has no prefix operator {other}"),
    }
}

/// The operator inside `+=` and its kin; `None` for `=`.
fn compound(written: &str) -> Option<InfixOp> {
    let base = written.strip_suffix('=').filter(|base| !base.is_empty())?;
    infix_operator(base)
}
