//! From the text of an XPath to its parts.

use pipewright_jexl::{Failure, OpResult};

use crate::xml::functions::Function;
use crate::xml::path::{Arithmetic, Comparison, Expr};
use crate::xml::short::{as_java_walks, shorten};
use crate::xml::tokens::{Token, tokens};

/// How long a path may be, in bytes.
const MAX_PATH_BYTES: usize = 1024;

/// How deep brackets and parentheses of a path may stand inside each other.
const MAX_PATH_DEPTH: usize = 16;

/// The parts of `path`.
///
/// # Errors
/// Kind `method-failed` for a path that is none, `limit` for one that is too long or too deep.
pub(super) fn parse(path: &str) -> OpResult<Expr> {
    if path.len() > MAX_PATH_BYTES {
        return Err(Failure::limit(format!(
            "the XPath is longer than {MAX_PATH_BYTES} bytes"
        )));
    }
    let tokens = tokens(path).map_err(unreadable)?;
    if tokens.is_empty() {
        return Err(Failure::method("the XPath is empty"));
    }
    let mut parser = Parser {
        tokens,
        at: 0,
        depth: 0,
    };
    let expr = parser.expr()?;
    if parser.at < parser.tokens.len() {
        return Err(parser.unexpected());
    }
    Ok(expr)
}

/// The error of a path that is none.
pub(super) fn unreadable(why: impl std::fmt::Display) -> Failure {
    Failure::method(format!("the XPath cannot be read: {why}"))
}

/// What reads the tokens of a path from left to right.
pub(super) struct Parser {
    tokens: Vec<Token>,
    /// The token that is read next.
    pub(super) at: usize,
    depth: usize,
}

impl Parser {
    pub(super) fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    /// Whether `sign` stands `ahead` tokens further.
    pub(super) fn is(&self, ahead: usize, sign: &str) -> bool {
        matches!(self.tokens.get(self.at + ahead), Some(Token::Sign(found)) if *found == sign)
    }

    pub(super) fn take(&mut self, sign: &str) -> bool {
        let found = self.is(0, sign);
        self.at += usize::from(found);
        found
    }

    pub(super) fn expect(&mut self, sign: &str) -> OpResult<()> {
        if self.take(sign) {
            Ok(())
        } else {
            Err(self.unexpected())
        }
    }

    pub(super) fn unexpected(&self) -> Failure {
        match self.peek() {
            None => unreadable("it ends too early"),
            Some(Token::Sign(sign)) => unreadable(format!(
                "`{}` is not expected",
                sign.trim_start_matches("name ")
            )),
            Some(Token::Name(name)) => unreadable(format!("`{name}` is not expected")),
            Some(Token::Literal(text)) => unreadable(format!("'{text}' is not expected")),
            Some(Token::Number(number)) => unreadable(format!("`{number}` is not expected")),
        }
    }

    pub(super) fn expr(&mut self) -> OpResult<Expr> {
        self.depth += 1;
        if self.depth > MAX_PATH_DEPTH {
            return Err(Failure::limit(format!(
                "the XPath is nested deeper than {MAX_PATH_DEPTH}"
            )));
        }
        let expr = self.run("or", Expr::Or, |parser| {
            parser.run("and", Expr::And, Self::equality)
        })?;
        self.depth -= 1;
        Ok(expr)
    }

    /// Operands with `sign` between them; `whole` makes one of several.
    fn run(
        &mut self,
        sign: &str,
        whole: fn(Vec<Expr>) -> Expr,
        operand: impl Fn(&mut Self) -> OpResult<Expr>,
    ) -> OpResult<Expr> {
        let first = operand(self)?;
        if !self.is(0, sign) {
            return Ok(first);
        }
        let mut operands = vec![first];
        while self.take(sign) {
            operands.push(operand(self)?);
        }
        Ok(whole(operands))
    }

    fn equality(&mut self) -> OpResult<Expr> {
        let signs = [("=", Comparison::Equal), ("!=", Comparison::NotEqual)];
        self.chain(&signs, Expr::Compare, |parser| {
            let signs = [
                ("<", Comparison::Less),
                ("<=", Comparison::LessOrEqual),
                (">", Comparison::Greater),
                (">=", Comparison::GreaterOrEqual),
            ];
            parser.chain(&signs, Expr::Compare, Self::sum)
        })
    }

    /// Operands with one of `signs` between them; `whole` makes one of several.
    fn chain<T: Copy>(
        &mut self,
        signs: &[(&str, T)],
        whole: fn(Box<Expr>, Vec<(T, Expr)>) -> Expr,
        operand: impl Fn(&mut Self) -> OpResult<Expr>,
    ) -> OpResult<Expr> {
        let first = operand(self)?;
        let mut rest = Vec::new();
        while let Some((_, operator)) = signs.iter().find(|(sign, _)| self.take(sign)) {
            rest.push((*operator, operand(self)?));
        }
        if rest.is_empty() {
            return Ok(first);
        }
        Ok(whole(Box::new(first), rest))
    }

    fn sum(&mut self) -> OpResult<Expr> {
        let signs = [("+", Arithmetic::Add), ("-", Arithmetic::Subtract)];
        self.chain(&signs, Expr::Arithmetic, |parser| {
            let signs = [
                ("*", Arithmetic::Multiply),
                ("div", Arithmetic::Divide),
                ("mod", Arithmetic::Remainder),
            ];
            parser.chain(&signs, Expr::Arithmetic, Self::unary)
        })
    }

    /// One sign at most, as in Java's library.
    fn unary(&mut self) -> OpResult<Expr> {
        if self.take("-") {
            return Ok(Expr::Negate(Box::new(self.union()?)));
        }
        self.union()
    }

    fn union(&mut self) -> OpResult<Expr> {
        self.run("|", Expr::Union, Self::path)
    }

    fn path(&mut self) -> OpResult<Expr> {
        if self.starts_primary() {
            return self.filter();
        }
        let absolute = self.is(0, "/") || self.is(0, "//");
        let mut steps = Vec::new();
        if self.take("/") {
            if !self.starts_step() {
                return Ok(Expr::Path { absolute, steps });
            }
            self.step(&mut steps)?;
        } else if !absolute {
            self.step(&mut steps)?;
        }
        self.more_steps(&mut steps)?;
        as_java_walks(absolute, &mut steps);
        shorten(&mut steps);
        Ok(Expr::Path { absolute, steps })
    }

    /// A call, a literal, a number or parentheses; names of node tests look like calls and are none.
    fn starts_primary(&self) -> bool {
        match self.peek() {
            Some(Token::Literal(_) | Token::Number(_)) => true,
            Some(Token::Sign(sign)) => ["(", "$"].contains(sign),
            Some(Token::Name(name)) => {
                let test =
                    ["node", "text", "comment", "processing-instruction"].contains(&name.as_str());
                self.is(1, "(") && !test
            }
            None => false,
        }
    }

    fn filter(&mut self) -> OpResult<Expr> {
        let base = self.primary()?;
        let predicates = self.predicates()?;
        let mut steps = Vec::new();
        if self.take("/") {
            self.step(&mut steps)?;
        }
        self.more_steps(&mut steps)?;
        shorten(&mut steps);
        if predicates.is_empty() && steps.is_empty() {
            return Ok(base);
        }
        Ok(Expr::Filter {
            base: Box::new(base),
            predicates,
            steps,
        })
    }

    fn primary(&mut self) -> OpResult<Expr> {
        if self.take("(") {
            let inner = self.expr()?;
            self.expect(")")?;
            return Ok(inner);
        }
        let token = self.peek().cloned();
        self.at += 1;
        match token {
            Some(Token::Literal(text)) => Ok(Expr::Literal(text)),
            Some(Token::Number(number)) => Ok(Expr::Number(number)),
            Some(Token::Name(name)) => self.call(&name),
            _ => Err(unreadable("variables have no value here")),
        }
    }

    fn call(&mut self, name: &str) -> OpResult<Expr> {
        let (function, arity) = Function::named(name)
            .ok_or_else(|| unreadable(format!("the function `{name}` is not known")))?;
        self.expect("(")?;
        let mut arguments = Vec::new();
        if !self.take(")") {
            arguments.push(self.expr()?);
            while self.take(",") {
                arguments.push(self.expr()?);
            }
            self.expect(")")?;
        }
        if !arity.contains(&arguments.len()) {
            return Err(unreadable(format!(
                "`{name}` takes another number of arguments"
            )));
        }
        Ok(Expr::Call(function, arguments))
    }
}
