//! Statements of scripts and lambdas.

use pest::iterators::{Pair, Pairs};
use pipewright_source::TextRange;

use super::{Lowering, Result};
use crate::grammar::expression::Rule;
use crate::{Block, Expr, Statement, StatementKind, SyntaxError, SyntaxErrorKind};

impl Lowering<'_> {
    pub(super) fn statement(&mut self, pair: Pair<'_, Rule>) -> Result<Statement> {
        let range = self.range(&pair);
        let rule = pair.as_rule();
        let mut parts = Parts(pair.clone().into_inner());
        let kind = match rule {
            Rule::nothing => StatementKind::Nothing,
            Rule::pragma => StatementKind::Pragma {
                key: self.name(&parts.next())?,
                value: Box::new(self.operand(&mut parts.0.peekable())?),
            },
            Rule::block => return self.block_statement(pair),
            Rule::expr_statement => return self.expr_statement(pair),
            Rule::if_statement => self.if_statement(&mut parts)?,
            Rule::for_statement => self.for_statement(&mut parts)?,
            Rule::while_statement => {
                parts.next();
                StatementKind::While {
                    condition: self.expr(parts.next())?,
                    body: self.loop_body(parts.next())?,
                }
            }
            Rule::return_statement => {
                parts.next();
                StatementKind::Return(self.expr(parts.next())?)
            }
            Rule::var_statement => {
                parts.next();
                StatementKind::Var {
                    name: self.name(&parts.next())?,
                    value: self.first_value(parts)?,
                }
            }
            Rule::continue_statement => {
                self.require_loop(range, "continue")?;
                StatementKind::Continue
            }
            Rule::break_statement => {
                self.require_loop(range, "break")?;
                StatementKind::Break
            }
            other => unreachable!("{other:?} is no statement"),
        };
        let range = TextRange::new(range.start(), end(&kind).unwrap_or(range.end()));
        Ok(Statement { range, kind })
    }

    fn expr_statement(&mut self, pair: Pair<'_, Rule>) -> Result<Statement> {
        let mut parts = pair.into_inner();
        let expr = parts
            .next()
            .expect("the grammar puts an expression into its statement");
        let expr = self.expr(expr)?;
        let semicolon = parts.next().map(|semicolon| self.range(&semicolon));
        Ok(Statement {
            range: semicolon.map_or(expr.range, |semicolon| expr.range.cover(semicolon)),
            kind: StatementKind::Expr(expr),
        })
    }

    fn if_statement(&mut self, parts: &mut Parts<'_>) -> Result<StatementKind> {
        parts.next();
        let condition = self.expr(parts.next())?;
        let then = self.branch(parts.next())?;
        let otherwise = match parts.0.next() {
            None => None,
            Some(_else) => Some(self.branch(parts.next())?),
        };
        Ok(StatementKind::If {
            condition,
            then,
            otherwise,
        })
    }

    fn for_statement(&mut self, parts: &mut Parts<'_>) -> Result<StatementKind> {
        parts.next();
        let mut variable = parts.next();
        let declared = variable.as_rule() == Rule::declared;
        if declared {
            variable = parts.next();
        }
        Ok(StatementKind::For {
            declared,
            variable: self.name(&variable)?,
            items: self.expr(parts.next())?,
            body: self.loop_body(parts.next())?,
        })
    }

    /// The value of `var name = value`, if there is one.
    fn first_value(&mut self, parts: Parts<'_>) -> Result<Option<Expr>> {
        let value = parts
            .0
            .into_iter()
            .find(|part| part.as_rule() == Rule::expr);
        value.map(|value| self.expr(value)).transpose()
    }

    fn loop_body(&mut self, pair: Pair<'_, Rule>) -> Result<Box<Statement>> {
        self.loops += 1;
        let body = self.branch(pair);
        self.loops -= 1;
        body
    }

    /// A branch or body: braces are always a block here.
    fn branch(&mut self, pair: Pair<'_, Rule>) -> Result<Box<Statement>> {
        if pair.as_rule() != Rule::block {
            return self.statement(pair).map(Box::new);
        }
        let range = self.range(&pair);
        let kind = StatementKind::Block(self.block(pair)?);
        Ok(Box::new(Statement { range, kind }))
    }

    pub(super) fn block(&mut self, pair: Pair<'_, Rule>) -> Result<Block> {
        Ok(Block {
            range: self.range(&pair),
            statements: pair
                .into_inner()
                .map(|pair| self.statement(pair))
                .collect::<Result<_>>()?,
        })
    }

    /// A block among other statements. The original takes braces for one only if a `;` follows their first
    /// statement. Only an expression counts the `;` of its own for that.
    fn block_statement(&mut self, pair: Pair<'_, Rule>) -> Result<Statement> {
        let range = self.range(&pair);
        let mut statements = pair.clone().into_inner();
        let followed = match statements.next() {
            Some(first) if first.as_rule() == Rule::expr_statement => ends_in_semicolon(&first),
            _ => statements
                .next()
                .is_some_and(|next| next.as_rule() == Rule::nothing),
        };
        let block = self.block(pair)?;
        if followed {
            let kind = StatementKind::Block(block);
            return Ok(Statement { range, kind });
        }
        let first = block.statements.first().map_or(range, |first| first.range);
        Err(SyntaxError::new(
            TextRange::empty(first.end()),
            SyntaxErrorKind::MissingSemicolon,
            "a block on its own needs `;` after its first statement",
        )
        .with_hint("without it the braces are read as a set or map"))
    }

    fn require_loop(&self, range: TextRange, word: &str) -> Result<()> {
        if self.loops > 0 {
            return Ok(());
        }
        Err(SyntaxError::new(
            TextRange::new(
                range.start(),
                range.start() + TextRange::of(0, word.len()).len(),
            ),
            SyntaxErrorKind::OutsideLoop,
            format!("`{word}` outside a loop"),
        ))
    }
}

/// Where a statement ends that has no last sign of its own: the grammar's pair goes on to the next token.
fn end(kind: &StatementKind) -> Option<u32> {
    Some(match kind {
        StatementKind::Return(value)
        | StatementKind::Var {
            value: Some(value), ..
        } => value.range.end(),
        StatementKind::Var { name, value: None } => name.range.end(),
        StatementKind::If {
            otherwise: Some(last),
            ..
        }
        | StatementKind::If { then: last, .. }
        | StatementKind::For { body: last, .. }
        | StatementKind::While { body: last, .. } => last.range.end(),
        _ => return None,
    })
}

fn ends_in_semicolon(pair: &Pair<'_, Rule>) -> bool {
    let last = pair.clone().into_inner().next_back();
    last.is_some_and(|last| last.as_rule() == Rule::semicolon)
}

/// The pairs below a statement, read one after the other.
struct Parts<'i>(Pairs<'i, Rule>);

impl<'i> Parts<'i> {
    fn next(&mut self) -> Pair<'i, Rule> {
        self.0
            .next()
            .expect("the grammar puts every part of a statement in its place")
    }
}
