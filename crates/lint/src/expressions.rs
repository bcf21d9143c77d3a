//! The expressions of a file that could be read, and what rules ask of their trees.

use pipewright_model::SiteKind;
use pipewright_source::TextRange;
use pipewright_syntax::{Expr, ExprKind, InfixOp, InfixTail, IslandId, LinkKind};

use crate::Text;
use crate::rule_context::RuleContext;

/// An expression of a file. Ranges in it are those of the decoded text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expression<'a> {
    /// The text it stands in.
    pub(crate) text: &'a Text,
    /// Its tree.
    pub(crate) tree: &'a Expr,
    /// The island it is the inside of; `None` for a text that is evaluated as a whole.
    pub(crate) island: Option<IslandId>,
}

impl<'a> RuleContext<'a> {
    /// Every expression of the file that could be read: the insides of islands, and the texts that are evaluated as a
    /// whole.
    pub(crate) fn expressions(self) -> impl Iterator<Item = Expression<'a>> {
        self.analysis.texts().iter().flat_map(|text| {
            let islands = text.islands().filter_map(move |(island, _, parsed)| {
                let tree = parsed.as_ref().ok()?.as_ref()?;
                Some(Expression {
                    text,
                    tree,
                    island: Some(island),
                })
            });
            let whole = text
                .whole()
                .and_then(|parsed| parsed.as_ref().ok()?.as_ref());
            islands.chain(whole.map(|tree| Expression {
                text,
                tree,
                island: None,
            }))
        })
    }
}

impl Expression<'_> {
    /// Whether it is a condition, or stands in one.
    pub(crate) fn is_in_condition(self) -> bool {
        matches!(self.text.kind, SiteKind::Condition | SiteKind::Evaluated)
    }

    /// The island it is, with its delimiters, or the whole text.
    pub(crate) fn range(self, decoded: &str) -> TextRange {
        match self.island {
            Some(id) => self.text.template().islands[id.0 as usize].range,
            None => TextRange::of(0, decoded.len()),
        }
    }
}

/// The operands of a run of one level, from left to right.
pub(crate) fn operands<'e>(
    first: &'e Expr,
    rest: &'e [InfixTail],
) -> impl Iterator<Item = &'e Expr> {
    std::iter::once(first).chain(rest.iter().map(|tail| &tail.operand))
}

/// An expression without the parentheses around it.
pub(crate) fn without_parentheses(expr: &Expr) -> &Expr {
    let mut inner = expr;
    while let ExprKind::Paren(within) = &inner.kind {
        inner = within;
    }
    inner
}

/// Whether the operator compares its two operands.
pub(crate) const fn compares(op: InfixOp) -> bool {
    matches!(
        op,
        InfixOp::Equal
            | InfixOp::NotEqual
            | InfixOp::Less
            | InfixOp::Greater
            | InfixOp::LessOrEqual
            | InfixOp::GreaterOrEqual
            | InfixOp::Match
            | InfixOp::NotMatch
            | InfixOp::StartsWith
            | InfixOp::NotStartsWith
            | InfixOp::EndsWith
            | InfixOp::NotEndsWith
    )
}

/// Whether an expression is a truth value by its form: a comparison, a negation, a literal, or such joined by logic.
pub(crate) fn is_truth_value(expr: &Expr) -> bool {
    match &without_parentheses(expr).kind {
        ExprKind::Bool(_) => true,
        ExprKind::Unary { op, .. } => {
            matches!(
                op,
                pipewright_syntax::UnaryOp::Not | pipewright_syntax::UnaryOp::Empty
            )
        }
        ExprKind::Infix { rest, .. } => rest
            .iter()
            .all(|tail| compares(tail.op) || matches!(tail.op, InfixOp::And | InfixOp::Or)),
        ExprKind::Chain { links, .. } => {
            matches!(links.last().map(|link| &link.kind), Some(LinkKind::Empty))
        }
        _ => false,
    }
}
