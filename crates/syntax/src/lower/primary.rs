//! Operands: names, calls, collections, lambdas, and the links that follow them.

use pest::iterators::Pair;

use super::operators::Run;
use super::{Lowering, Result};
use crate::grammar::expression::Rule;
use crate::{Expr, ExprKind, Link, LinkKind, Name};

impl Lowering<'_> {
    /// A primary with the links after it.
    pub(super) fn operand(&mut self, run: &mut Run<'_>) -> Result<Expr> {
        let head = self.primary(run)?;
        let mut links = Vec::new();
        while let Some(pair) = run.next_if(|pair| is_link(pair.as_rule())) {
            links.push(self.link(pair)?);
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

    fn primary(&mut self, run: &mut Run<'_>) -> Result<Expr> {
        let pair = run
            .next()
            .expect("the grammar puts an operand where one is read");
        let range = self.range(&pair);
        let kind = match pair.as_rule() {
            Rule::ident => return self.named(&pair, run),
            Rule::parameters => return self.arrow_lambda(pair, run),
            Rule::paren => return self.paren(pair, run),
            Rule::word_new => {
                let arguments = run.next().expect("the grammar puts arguments after `new`");
                let end = self.range(&arguments);
                return Ok(Expr {
                    range: range.cover(end),
                    kind: ExprKind::New(self.exprs(arguments)?),
                });
            }
            Rule::word_function => {
                let function = run
                    .next()
                    .expect("the grammar puts a lambda after `function`");
                let end = self.range(&function);
                return Ok(Expr {
                    range: range.cover(end),
                    kind: self.function(function)?,
                });
            }
            Rule::string => ExprKind::Str(self.string(&pair)),
            Rule::template_string => {
                ExprKind::TemplateString(super::literal::template_string(&pair))
            }
            Rule::number => ExprKind::Number(super::literal::number(pair)),
            Rule::null => ExprKind::Null,
            Rule::boolean => ExprKind::Bool(pair.as_str() == "true"),
            Rule::nan => ExprKind::Number(super::literal::nan()),
            Rule::array => self.array(pair)?,
            Rule::braces => self.braces(pair)?,
            other => unreachable!("{other:?} is no operand"),
        };
        Ok(Expr { range, kind })
    }

    /// A name, and what makes it a call or a lambda.
    fn named(&mut self, ident: &Pair<'_, Rule>, run: &mut Run<'_>) -> Result<Expr> {
        let name = self.name(ident)?;
        let start = name.range;
        let Some(after) = run.next_if(|pair| {
            matches!(
                pair.as_rule(),
                Rule::arguments | Rule::namespaced | Rule::lambda_body
            )
        }) else {
            return Ok(Expr {
                range: start,
                kind: ExprKind::Name(name),
            });
        };
        let range = start.cover(self.range(&after));
        let kind = match after.as_rule() {
            Rule::arguments => ExprKind::Call {
                function: name,
                arguments: self.exprs(after)?,
            },
            Rule::lambda_body => ExprKind::Lambda {
                parameters: vec![name],
                body: self.inner_block(after)?,
            },
            _ => self.namespace_call(name, after)?,
        };
        Ok(Expr { range, kind })
    }

    fn namespace_call(&mut self, namespace: Name, pair: Pair<'_, Rule>) -> Result<ExprKind> {
        let mut inner = pair.into_inner();
        let (Some(function), Some(arguments)) = (inner.next(), inner.next()) else {
            unreachable!("the grammar puts a name and arguments after a namespace");
        };
        Ok(ExprKind::NamespaceCall {
            namespace,
            function: self.name(&function)?,
            arguments: self.exprs(arguments)?,
        })
    }

    fn arrow_lambda(&mut self, parameters: Pair<'_, Rule>, run: &mut Run<'_>) -> Result<Expr> {
        let start = self.range(&parameters);
        let body = run
            .next()
            .expect("the grammar puts a body after parameters");
        let range = start.cover(self.range(&body));
        let kind = ExprKind::Lambda {
            parameters: self.names(parameters)?,
            body: self.inner_block(body)?,
        };
        Ok(Expr { range, kind })
    }

    fn function(&mut self, pair: Pair<'_, Rule>) -> Result<ExprKind> {
        let mut inner = pair.into_inner();
        let (Some(parameters), Some(block)) = (inner.next(), inner.next()) else {
            unreachable!("the grammar puts parameters and a block after `function`");
        };
        Ok(ExprKind::Lambda {
            parameters: self.names(parameters)?,
            body: self.block(block)?,
        })
    }

    fn names(&mut self, parameters: Pair<'_, Rule>) -> Result<Vec<Name>> {
        parameters
            .into_inner()
            .map(|pair| self.name(&pair))
            .collect()
    }

    fn paren(&mut self, pair: Pair<'_, Rule>, run: &mut Run<'_>) -> Result<Expr> {
        let mut range = self.range(&pair);
        let inner = pair
            .into_inner()
            .next()
            .expect("the grammar puts an expression into parentheses");
        let callee = Expr {
            range,
            kind: ExprKind::Paren(Box::new(self.expr(inner)?)),
        };
        let mut calls = Vec::new();
        while let Some(arguments) = run.next_if(|pair| pair.as_rule() == Rule::arguments) {
            range = range.cover(self.range(&arguments));
            calls.push(self.exprs(arguments)?);
        }
        if calls.is_empty() {
            return Ok(callee);
        }
        Ok(Expr {
            range,
            kind: ExprKind::ParenCall {
                callee: Box::new(callee),
                calls,
            },
        })
    }

    fn array(&mut self, pair: Pair<'_, Rule>) -> Result<ExprKind> {
        let mut items = Vec::new();
        let mut ellipsis = false;
        for item in pair.into_inner() {
            if item.as_rule() == Rule::ellipsis {
                ellipsis = true;
            } else {
                items.push(self.expr(item)?);
            }
        }
        Ok(ExprKind::Array { items, ellipsis })
    }

    fn braces(&mut self, pair: Pair<'_, Rule>) -> Result<ExprKind> {
        let mut items = Vec::new();
        for item in pair.into_inner() {
            match item.as_rule() {
                Rule::lone_colon => return Ok(ExprKind::Map(Vec::new())),
                Rule::map_rest => return self.map(items, item),
                _ => items.push(self.expr(item)?),
            }
        }
        Ok(ExprKind::Set(items))
    }

    /// A map of its first key and the `value, key: value…` after the first colon.
    fn map(&mut self, first_key: Vec<Expr>, rest: Pair<'_, Rule>) -> Result<ExprKind> {
        let mut entries = Vec::new();
        let mut key = first_key.into_iter().next();
        for pair in rest.into_inner() {
            let item = self.expr(pair)?;
            match key.take() {
                Some(key) => entries.push((key, item)),
                None => key = Some(item),
            }
        }
        Ok(ExprKind::Map(entries))
    }

    fn link(&mut self, pair: Pair<'_, Rule>) -> Result<Link> {
        let range = self.range(&pair);
        let kind = match pair.as_rule() {
            Rule::size_call => LinkKind::Size,
            Rule::empty_call => LinkKind::Empty,
            Rule::arguments => LinkKind::Call(self.exprs(pair)?),
            Rule::index => {
                let inner = pair
                    .into_inner()
                    .next()
                    .expect("the grammar puts an expression into `[]`");
                LinkKind::Index(Box::new(self.expr(inner)?))
            }
            _ => {
                let inner = pair
                    .into_inner()
                    .next()
                    .expect("the grammar puts a name after a dot");
                if inner.as_rule() == Rule::string {
                    LinkKind::Quoted(self.string(&inner))
                } else {
                    LinkKind::Name(self.name(&inner)?)
                }
            }
        };
        Ok(Link { range, kind })
    }

    fn exprs(&mut self, pair: Pair<'_, Rule>) -> Result<Vec<Expr>> {
        pair.into_inner().map(|pair| self.expr(pair)).collect()
    }

    fn inner_block(&mut self, pair: Pair<'_, Rule>) -> Result<crate::Block> {
        let block = pair
            .into_inner()
            .next()
            .expect("the grammar puts a block after `->`");
        self.block(block)
    }

    pub(super) fn name(&mut self, pair: &Pair<'_, Rule>) -> Result<Name> {
        let span = pair.as_span();
        Ok(Name {
            range: self.range(pair),
            pieces: self
                .program
                .name_pieces(pair.as_str(), self.offset + span.start())?,
        })
    }
}

fn is_link(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::member | Rule::index | Rule::size_call | Rule::empty_call | Rule::arguments
    )
}
