//! From pest's pairs to the tree: precedence over flat runs, and the pieces between islands.

use std::iter::Peekable;

use pest::iterators::{Pair, Pairs};
use pipewright_source::TextRange;

use super::{
    Entry, Expr, ExprKind, Field, InfixOp, InfixTail, Item, Link, LinkKind, Number, NumberForm,
    Quote, RootName, StringLiteral, UnaryOp,
};
use crate::grammar::cel::Rule;
use crate::program::Program;
use crate::{Name, Piece, SyntaxError};

type Result<T> = std::result::Result<T, SyntaxError>;
type Run<'i> = Peekable<Pairs<'i, Rule>>;

/// The levels of precedence of the infix operators, the loosest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Level {
    Or,
    And,
    Relation,
    Sum,
    Product,
    /// Above every infix operator.
    Operand,
}

impl Level {
    pub(crate) const fn of(op: InfixOp) -> Self {
        match op {
            InfixOp::Or => Self::Or,
            InfixOp::And => Self::And,
            InfixOp::Equal
            | InfixOp::NotEqual
            | InfixOp::Less
            | InfixOp::LessOrEqual
            | InfixOp::Greater
            | InfixOp::GreaterOrEqual
            | InfixOp::In => Self::Relation,
            InfixOp::Add | InfixOp::Subtract => Self::Sum,
            InfixOp::Multiply | InfixOp::Divide | InfixOp::Modulo => Self::Product,
        }
    }

    /// The next tighter level.
    pub(crate) const fn tighter(self) -> Self {
        match self {
            Self::Or => Self::And,
            Self::And => Self::Relation,
            Self::Relation => Self::Sum,
            Self::Sum => Self::Product,
            Self::Product | Self::Operand => Self::Operand,
        }
    }
}

/// The level of an operator as it is written, as a number; `None` if it is no infix operator.
pub(crate) fn infix_level(written: &str) -> Option<u16> {
    infix_operator(written).map(|op| Level::of(op) as u16)
}

fn infix_operator(written: &str) -> Option<InfixOp> {
    Some(match written {
        "||" => InfixOp::Or,
        "&&" => InfixOp::And,
        "==" => InfixOp::Equal,
        "!=" => InfixOp::NotEqual,
        "<" => InfixOp::Less,
        "<=" => InfixOp::LessOrEqual,
        ">" => InfixOp::Greater,
        ">=" => InfixOp::GreaterOrEqual,
        "in" => InfixOp::In,
        "+" => InfixOp::Add,
        "-" => InfixOp::Subtract,
        "*" => InfixOp::Multiply,
        "/" => InfixOp::Divide,
        "%" => InfixOp::Modulo,
        _ => return None,
    })
}

/// Builds the tree of one program.
pub(super) struct Lowering<'p> {
    program: &'p Program<'p>,
}

impl<'p> Lowering<'p> {
    pub(super) const fn new(program: &'p Program<'p>) -> Self {
        Self { program }
    }

    /// The expression below an `expression` pair.
    pub(super) fn expression(&self, pairs: Pairs<'_, Rule>) -> Result<Option<Expr>> {
        let mut content = pairs.flat_map(Pair::into_inner);
        let expr = content.find(|pair| pair.as_rule() == Rule::expr);
        expr.map(|pair| self.expr(pair)).transpose()
    }

    fn expr(&self, pair: Pair<'_, Rule>) -> Result<Expr> {
        let run = &mut pair.into_inner().peekable();
        let left = self.infix(run, Level::Or)?;
        if run.next().is_none() {
            return Ok(left);
        }
        let then = self.expr(expected(run.next(), "an expression after `?`"))?;
        let otherwise = self.expr(expected(run.next(), "an expression after `:`"))?;
        Ok(Expr {
            range: left.range.cover(otherwise.range),
            kind: ExprKind::Ternary {
                condition: Box::new(left),
                then: Box::new(then),
                otherwise: Box::new(otherwise),
            },
        })
    }

    /// Operands and operators that bind at least as tightly as `least`.
    fn infix(&self, run: &mut Run<'_>, least: Level) -> Result<Expr> {
        let mut left = self.unary(run)?;
        while let Some(level) = peek_level(run).filter(|level| *level >= least) {
            let mut rest = Vec::new();
            while let Some(operator) = run.next_if(|pair| level_of(pair) == Some(level)) {
                let op = expected(infix_operator(operator.as_str()), "an operator");
                rest.push(InfixTail {
                    op,
                    op_range: self.range(&operator),
                    operand: self.infix(run, level.tighter())?,
                });
            }
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

    fn unary(&self, run: &mut Run<'_>) -> Result<Expr> {
        let mut operators = Vec::new();
        while let Some(prefix) = run.next_if(|pair| pair.as_rule() == Rule::prefix) {
            let op = match prefix.as_str() {
                "!" => UnaryOp::Not,
                _ => UnaryOp::Negate,
            };
            operators.push((op, self.range(&prefix)));
        }
        let mut operand = self.operand(run)?;
        for (op, range) in operators.into_iter().rev() {
            operand = Expr {
                range: range.cover(operand.range),
                kind: ExprKind::Unary {
                    op,
                    operand: Box::new(operand),
                },
            };
        }
        Ok(operand)
    }

    /// A primary with the links after it.
    fn operand(&self, run: &mut Run<'_>) -> Result<Expr> {
        let head = self.primary(run)?;
        let mut links = Vec::new();
        while let Some(pair) = run.next_if(|pair| is_link(pair.as_rule())) {
            links.push(self.link(pair, run)?);
        }
        let Some(last) = links.last() else {
            return Ok(head);
        };
        Ok(Expr {
            range: head.range.cover(last.range),
            kind: ExprKind::Chain {
                head: Box::new(head),
                links,
            },
        })
    }

    fn primary(&self, run: &mut Run<'_>) -> Result<Expr> {
        let pair = expected(run.next(), "an operand");
        let range = self.range(&pair);
        let kind = match pair.as_rule() {
            Rule::name => return self.named(&pair, run),
            Rule::null => ExprKind::Null,
            Rule::boolean => ExprKind::Bool(pair.as_str() == "true"),
            Rule::number => ExprKind::Number(number(pair)),
            Rule::string => ExprKind::Str(self.string(&pair)),
            Rule::paren => {
                let inner = expected(pair.into_inner().next(), "an expression in parentheses");
                ExprKind::Paren(Box::new(self.expr(inner)?))
            }
            Rule::list => ExprKind::List(self.items(pair)?),
            _ => ExprKind::Map(self.entries(pair)?),
        };
        Ok(Expr { range, kind })
    }

    /// A name, and what makes it a call.
    fn named(&self, pair: &Pair<'_, Rule>, run: &mut Run<'_>) -> Result<Expr> {
        let range = self.range(pair);
        let written = pair.as_str();
        let from_root = written.starts_with('.');
        let start = pair.as_span().start() + usize::from(from_root);
        let root = RootName {
            name: self.name(written.trim_start_matches('.'), start)?,
            from_root,
        };
        let Some(arguments) = run.next_if(|pair| pair.as_rule() == Rule::arguments) else {
            let kind = ExprKind::Name(root);
            return Ok(Expr { range, kind });
        };
        Ok(Expr {
            range: range.cover(self.range(&arguments)),
            kind: ExprKind::Call {
                function: root,
                arguments: self.exprs(arguments)?,
            },
        })
    }

    fn link(&self, pair: Pair<'_, Rule>, run: &mut Run<'_>) -> Result<Link> {
        let mut range = self.range(&pair);
        let kind = match pair.as_rule() {
            Rule::fields => LinkKind::Fields(self.fields(pair)?),
            Rule::index => {
                let mut inner = pair.into_inner().peekable();
                let is_optional = optional(&mut inner);
                let index = self.expr(expected(inner.next(), "an expression into `[]`"))?;
                let index = Box::new(index);
                LinkKind::Index { index, is_optional }
            }
            rule => {
                let inner = pair.into_inner().next();
                let name = self.member_name(&expected(inner, "a name behind a dot"))?;
                if let Some(arguments) = run.next_if(|pair| pair.as_rule() == Rule::arguments) {
                    range = range.cover(self.range(&arguments));
                    let arguments = self.exprs(arguments)?;
                    LinkKind::Method { name, arguments }
                } else {
                    let is_optional = rule == Rule::optional_member;
                    LinkKind::Member { name, is_optional }
                }
            }
        };
        Ok(Link { range, kind })
    }

    fn exprs(&self, pair: Pair<'_, Rule>) -> Result<Vec<Expr>> {
        pair.into_inner().map(|pair| self.expr(pair)).collect()
    }

    fn items(&self, pair: Pair<'_, Rule>) -> Result<Vec<Item>> {
        let mut inner = pair.into_inner().peekable();
        let mut items = Vec::new();
        while inner.peek().is_some() {
            let is_optional = optional(&mut inner);
            let value = self.expr(expected(inner.next(), "an element"))?;
            items.push(Item { value, is_optional });
        }
        Ok(items)
    }

    fn entries(&self, pair: Pair<'_, Rule>) -> Result<Vec<Entry>> {
        let mut inner = pair.into_inner().peekable();
        let mut entries = Vec::new();
        while inner.peek().is_some() {
            let is_optional = optional(&mut inner);
            let key = self.expr(expected(inner.next(), "a key"))?;
            let value = self.expr(expected(inner.next(), "a value"))?;
            entries.push(Entry {
                key,
                value,
                is_optional,
            });
        }
        Ok(entries)
    }

    fn fields(&self, pair: Pair<'_, Rule>) -> Result<Vec<Field>> {
        let mut inner = pair.into_inner().peekable();
        let mut fields = Vec::new();
        while inner.peek().is_some() {
            let is_optional = optional(&mut inner);
            let name = self.member_name(&expected(inner.next(), "the name of a field"))?;
            let value = self.expr(expected(inner.next(), "a value"))?;
            fields.push(Field {
                name,
                value,
                is_optional,
            });
        }
        Ok(fields)
    }

    fn member_name(&self, pair: &Pair<'_, Rule>) -> Result<Name> {
        if pair.as_rule() != Rule::escaped {
            return self.name(pair.as_str(), pair.as_span().start());
        }
        Ok(Name {
            range: self.range(pair),
            pieces: vec![Piece::Text(pair.as_str().trim_matches('`').into())],
        })
    }

    /// The name that is written from `start` of the program on.
    fn name(&self, written: &str, start: usize) -> Result<Name> {
        Ok(Name {
            range: self.program.range(start, start + written.len()),
            pieces: self.program.name_pieces(written, start)?,
        })
    }

    fn string(&self, pair: &Pair<'_, Rule>) -> StringLiteral {
        let written = pair.as_str();
        let prefix = written.find(['"', '\'']).unwrap_or(0);
        let has = |letter| written[..prefix].contains([letter, char::to_ascii_uppercase(&letter)]);
        let quote = [
            Quote::TripleDouble,
            Quote::TripleSingle,
            Quote::Double,
            Quote::Single,
        ]
        .into_iter()
        .find(|quote| is_quoted(&written[prefix..], *quote));
        let quote = expected(quote, "quotes around a string");
        let start = prefix + quote.sign().len();
        let content = &written[start..written.len() - quote.sign().len()];
        StringLiteral {
            range: self.range(pair),
            is_bytes: has('b'),
            is_raw: has('r'),
            quote,
            pieces: self.program.text_pieces(
                content,
                pair.as_span().start() + start,
                str::to_owned,
            ),
        }
    }

    fn range(&self, pair: &Pair<'_, Rule>) -> TextRange {
        let span = pair.as_span();
        self.program.range(span.start(), span.end())
    }
}

fn is_quoted(written: &str, quote: Quote) -> bool {
    let sign = quote.sign();
    written.len() >= 2 * sign.len() && written.starts_with(sign) && written.ends_with(sign)
}

const fn is_link(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::member | Rule::optional_member | Rule::index | Rule::fields
    )
}

/// Takes the `?` that may stand first.
fn optional(inner: &mut Run<'_>) -> bool {
    inner
        .next_if(|pair| pair.as_rule() == Rule::optional)
        .is_some()
}

fn number(pair: Pair<'_, Rule>) -> Number {
    let literal = expected(pair.into_inner().next(), "one form of a number");
    let written = literal.as_str();
    let digits = written.trim_end_matches(['u', 'U']);
    let form = match literal.as_rule() {
        Rule::real => NumberForm::Double,
        _ if digits.len() < written.len() => NumberForm::Unsigned,
        _ => NumberForm::Integer,
    };
    let digits = digits.into();
    Number { form, digits }
}

fn level_of(pair: &Pair<'_, Rule>) -> Option<Level> {
    let is_infix = pair.as_rule() == Rule::infix;
    infix_operator(pair.as_str())
        .filter(|_| is_infix)
        .map(Level::of)
}

fn peek_level(run: &mut Run<'_>) -> Option<Level> {
    run.peek().and_then(level_of)
}

/// What the grammar puts there.
fn expected<T>(found: Option<T>, what: &str) -> T {
    found.unwrap_or_else(|| unreachable!("the grammar puts {what} there"))
}
