//! The value of an island of CEL (`spec/v1.md` §9).
//!
//! Names have the values that they have in JEXL; what is missing is null. CEL converts nothing: an operator with the
//! wrong types is an error. What nobody outside of Harness knows is unknown, as is what hangs on an unknown value,
//! unless `&&`, `||` or `?:` decide without it. Every step is paid for, and what is made is, too.

mod cause;
mod functions;
mod macros;
mod names;
mod operators;

use std::borrow::Cow;

use pipewright_jexl::value::Unknown;
use pipewright_jexl::{ErrorKind, Value};
use pipewright_syntax::cel::{
    self, Entry, Expr, ExprKind, InfixOp, InfixTail, Link, LinkKind, Number, NumberForm,
    StringLiteral, UnaryOp,
};
use pipewright_syntax::{IslandId, Piece, SyntaxErrorKind};

use crate::error::Error;
use crate::limits::CEL_STEP_WORK;
use crate::parts::Parts;
use crate::run::{Run, spend};
use cause::CelCause;

type Outcome = Result<Value, Error>;

/// Stack that a step of the walk is sure to have, and how much is added where there is less, in bytes.
const ROOM: usize = 128 * 1024;
const MORE_ROOM: usize = 1024 * 1024;

impl Run<'_> {
    /// The value of an island of CEL; `inner` is the text between its delimiters.
    pub(super) fn cel(&self, inner: &Parts, depth: u32) -> Outcome {
        self.budget.read(&inner.text)?;
        let expression = match cel::parse_text(&inner.text, &inner.template()) {
            Ok(Some(expression)) => expression,
            Ok(None) => return Ok(Value::unknown(CelCause::Empty)),
            // Where such an island ends is not known.
            Err(error)
                if matches!(
                    error.kind,
                    SyntaxErrorKind::Bracket | SyntaxErrorKind::UnterminatedString
                ) && inner.text.contains(['{', '"', '\'']) =>
            {
                return Ok(Value::unknown(CelCause::End));
            }
            Err(error) => return Err(Error::new(ErrorKind::Syntax, error.message)),
        };
        let mut walk = Walk {
            run: self,
            parts: inner,
            depth,
            bound: Vec::new(),
        };
        walk.expr(&expression)
    }
}

/// An expression on its way to a value.
struct Walk<'r> {
    run: &'r Run<'r>,
    /// The text it stands in, with the islands in it.
    parts: &'r Parts,
    /// What is left of the indirections.
    depth: u32,
    /// What macros around the current place bind, the innermost last.
    bound: Vec<(Box<str>, Value)>,
}

impl Walk<'_> {
    fn expr(&mut self, expr: &Expr) -> Outcome {
        spend(CEL_STEP_WORK)?;
        stacker::maybe_grow(ROOM, MORE_ROOM, || self.kind(&expr.kind))
    }

    fn kind(&mut self, kind: &ExprKind) -> Outcome {
        match kind {
            ExprKind::Null => Ok(Value::Null),
            ExprKind::Bool(value) => Ok(Value::Boolean(*value)),
            ExprKind::Number(number) => literal(number, ""),
            ExprKind::Str(literal) => self.string(literal),
            ExprKind::Name(_) => self.path(kind, &[]),
            ExprKind::Call {
                function,
                arguments,
            } => self.call(&function.name, arguments),
            ExprKind::Paren(inner) => self.expr(inner),
            ExprKind::Chain { head, links } => self.path(&head.kind, links),
            ExprKind::List(items) => {
                if items.iter().any(|item| item.is_optional) {
                    return Ok(Value::unknown(CelCause::Optional));
                }
                let values = items.iter().map(|item| self.expr(&item.value));
                Ok(Value::list(values.collect::<Result<_, _>>()?))
            }
            ExprKind::Map(entries) => self.map(entries),
            ExprKind::Unary { op, operand } => self.unary(*op, operand),
            ExprKind::Infix { first, rest } => self.infix(first, rest),
            ExprKind::Ternary {
                condition,
                then,
                otherwise,
            } => match self.expr(condition)? {
                Value::Boolean(true) => self.expr(then),
                Value::Boolean(false) => self.expr(otherwise),
                other => undecided("?", &other),
            },
        }
    }

    fn string(&mut self, literal: &StringLiteral) -> Outcome {
        if literal.is_bytes {
            return Ok(Value::unknown(CelCause::Type));
        }
        let mut text = String::new();
        for piece in &literal.pieces {
            match piece {
                Piece::Text(written) => match literal.unescaped(written) {
                    Some(unescaped) => text.push_str(&unescaped),
                    None => return Ok(Value::unknown(CelCause::Escape)),
                },
                Piece::Island(id) => match self.text_of_island(*id)? {
                    Ok(value) => text.push_str(&value),
                    Err(unknown) => return Ok(Value::Unknown(unknown)),
                },
            }
        }
        spend(text.len() as u64)?;
        Ok(Value::from(text))
    }

    /// The value of an island inside this one, which is one operand whatever it holds.
    fn island(&self, id: IslandId) -> Outcome {
        match self.parts.islands.get(id.0 as usize) {
            Some(island) => self.run.island(island, self.depth.saturating_sub(1)),
            None => Ok(Value::Null),
        }
    }

    fn text_of_island(&self, id: IslandId) -> Result<Result<String, Unknown>, Error> {
        let value = self.island(id)?;
        if let Value::Unknown(unknown) = value {
            return Ok(Err(unknown));
        }
        let text = value.text().map_err(Error::of_failure)?;
        spend(text.bytes() as u64)?;
        Ok(Ok(Cow::into_owned(text.to_str())))
    }

    fn map(&mut self, entries: &[Entry]) -> Outcome {
        let mut pairs = Vec::new();
        for entry in entries {
            let key = self.expr(&entry.key)?;
            let value = self.expr(&entry.value)?;
            match key {
                Value::String(key) if !entry.is_optional => pairs.push((key, value)),
                Value::Unknown(unknown) => return Ok(Value::Unknown(unknown)),
                _ => return Ok(Value::unknown(CelCause::Type)),
            }
        }
        let count = pairs.len();
        let map = Value::map(pairs);
        let is_whole = matches!(&map, Value::Map(map) if map.len() == count);
        if is_whole {
            Ok(map)
        } else {
            let message = "a map of CEL has each key once";
            Err(Error::new(ErrorKind::Evaluation, message))
        }
    }

    fn unary(&mut self, op: UnaryOp, operand: &Expr) -> Outcome {
        if let (UnaryOp::Negate, ExprKind::Number(number)) = (op, &operand.kind) {
            return literal(number, "-");
        }
        let value = self.expr(operand)?;
        match op {
            UnaryOp::Negate => operators::negate(&value),
            UnaryOp::Not => match value {
                Value::Boolean(value) => Ok(Value::Boolean(!value)),
                other => undecided("!", &other),
            },
        }
    }

    fn infix(&mut self, first: &Expr, rest: &[InfixTail]) -> Outcome {
        let mut left = self.expr(first);
        for tail in rest {
            left = match tail.op {
                InfixOp::And => self.logic("&&", left, &tail.operand, false),
                InfixOp::Or => self.logic("||", left, &tail.operand, true),
                op => {
                    let (left, right) = (left?, self.expr(&tail.operand)?);
                    operators::binary(op, &left, &right)
                }
            };
        }
        left
    }

    /// `&&` and `||`: one side that is `decisive` decides, whatever the other one is, even an error.
    fn logic(&mut self, sign: &str, left: Outcome, right: &Expr, decisive: bool) -> Outcome {
        if matches!(&left, Ok(Value::Boolean(value)) if *value == decisive) {
            return left;
        }
        if matches!(&left, Err(error) if error.is_limit()) {
            return left;
        }
        let right = self.expr(right);
        match (left, right) {
            (_, Ok(Value::Boolean(value))) if value == decisive => Ok(Value::Boolean(decisive)),
            (Ok(Value::Boolean(_)), Ok(Value::Boolean(_))) => Ok(Value::Boolean(!decisive)),
            (_, Err(error)) if error.is_limit() => Err(error),
            (Ok(Value::Boolean(_)), Ok(other)) | (Ok(other), Ok(Value::Boolean(_))) => {
                undecided(sign, &other)
            }
            (Ok(left), Ok(right)) => match Unknown::among([&left, &right]) {
                Some(unknown) => Ok(Value::Unknown(unknown)),
                None => undecided(sign, &left),
            },
            // An unknown side may still decide.
            (Ok(Value::Unknown(unknown)), Err(_)) | (Err(_), Ok(Value::Unknown(unknown))) => {
                Ok(Value::Unknown(unknown))
            }
            (Err(error), _) | (_, Err(error)) => Err(error),
        }
    }

    /// What the links of a chain make of the value before them.
    fn links(&mut self, value: Value, links: &[Link]) -> Outcome {
        let mut value = value;
        for link in links {
            spend(CEL_STEP_WORK)?;
            value = match &link.kind {
                LinkKind::Member {
                    name,
                    is_optional: false,
                } => match self.name_text(name)? {
                    Ok(name) => operators::member(&value, &name),
                    Err(unknown) => Value::Unknown(unknown),
                },
                LinkKind::Index {
                    index,
                    is_optional: false,
                } => {
                    let index = self.expr(index)?;
                    operators::index(&value, &index)?
                }
                LinkKind::Method { name, arguments } => self.method(&value, name, arguments)?,
                LinkKind::Fields(_) => Value::unknown(CelCause::Type),
                LinkKind::Member { .. } | LinkKind::Index { .. } => {
                    Value::unknown(CelCause::Optional)
                }
            };
        }
        Ok(value)
    }
}

/// What comes of a value where true or false must stand.
fn undecided(sign: &str, value: &Value) -> Outcome {
    match value {
        Value::Unknown(unknown) => Ok(Value::Unknown(unknown.clone())),
        other => {
            let message = format!(
                "`{sign}` of CEL takes true or false, not {}: CEL does not convert",
                other.described()
            );
            Err(Error::new(ErrorKind::Arithmetic, message))
        }
    }
}

/// The value of a number literal with a sign in front.
fn literal(number: &Number, sign: &str) -> Outcome {
    let digits = &number.digits;
    let value = match number.form {
        NumberForm::Unsigned => return Ok(Value::unknown(CelCause::Type)),
        NumberForm::Double => format!("{sign}{digits}").parse().ok().map(Value::Double),
        NumberForm::Integer => {
            let hexadecimal = digits.strip_prefix("0x").or(digits.strip_prefix("0X"));
            let parsed = match hexadecimal {
                Some(hexadecimal) => i64::from_str_radix(&format!("{sign}{hexadecimal}"), 16),
                None => format!("{sign}{digits}").parse(),
            };
            parsed.ok().map(Value::Long)
        }
    };
    value.ok_or_else(|| {
        let message = format!("`{sign}{digits}` has more than the 64 bits of a number of CEL");
        Error::new(ErrorKind::NumberFormat, message)
    })
}
