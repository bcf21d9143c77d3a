//! Expressions.

use std::sync::Arc;

use pipewright_syntax::InfixOp;

use super::{Flow, Interrupt, Machine, placed, stop};
use crate::compile::code::{Code, Infix, Op, TemplatePart, Unary, Variable};
use crate::operators::{self, Contained};
use crate::value::{TextBuilder, Unknown, UnknownClass};
use crate::{ErrorKind, Failure, OpResult, Value};

/// What a regular expression costs in steps, since it may try again often.
const REGEX_STEPS: u64 = 200;

impl Machine<'_> {
    /// The value of an expression or statement.
    pub(super) fn eval(&mut self, code: &Code) -> Flow {
        match &code.op {
            Op::Constant(value) => return Ok(value.clone()),
            Op::Local(slot) => return Ok(self.local(*slot)),
            _ => {}
        }
        self.spend(1, code.range)?;
        self.deeper(code.range, |machine| machine.eval_op(code))
    }

    fn eval_op(&mut self, code: &Code) -> Flow {
        match &code.op {
            Op::Constant(value) => Ok(value.clone()),
            Op::Local(slot) => Ok(self.local(*slot)),
            Op::Variable(variable) => self.variable(variable, code),
            Op::Group(inner) => self.eval(inner),
            Op::Chain(chain) => self.chain(chain, code.range),
            Op::Function(function) => self.function(function, code.range),
            Op::Invoke { callee, calls } => {
                let callee = self.eval(callee)?;
                self.call_values(callee, calls, code.range)
            }
            Op::Array(items) => self.array(items, code.range),
            Op::List(items) => self.list(items, code.range),
            Op::Set(items) => self.set(items, code.range),
            Op::Map(entries) => self.map(entries, code.range),
            Op::Lambda(lambda) => self.closure(lambda, code.range),
            Op::Template(parts) => self.template(parts, code),
            Op::Unary(op, operand) => self.unary(*op, operand, code),
            Op::Infix(infix) => self.infix(infix),
            Op::And(operands) => self.logical(operands, false),
            Op::Or(operands) => self.logical(operands, true),
            Op::Ternary(parts) => {
                let (condition, then, otherwise) = &**parts;
                let value = self.eval(condition)?;
                match operators::is_condition_true(&value) {
                    Ok(true) => self.eval(then),
                    Ok(false) => self.eval(otherwise),
                    Err(failure) => placed(Err(failure), condition.range),
                }
            }
            Op::Elvis(parts) => {
                let (value, otherwise) = &**parts;
                let left = self.eval(value)?;
                match operators::is_condition_true(&left) {
                    Ok(true) => Ok(left),
                    Ok(false) => self.eval(otherwise),
                    Err(failure) => placed(Err(failure), value.range),
                }
            }
            Op::Assign(assign) => self.assign(assign, code.range),
            Op::Refused(message) => Err(stop(Failure::refused(*message), code.range)),
            Op::Fails(kind, message) => Err(stop(Failure::new(*kind, message), code.range)),
            Op::Block(_)
            | Op::If(_)
            | Op::For(_)
            | Op::While(_)
            | Op::Return(_)
            | Op::Break
            | Op::Continue
            | Op::Declare(..) => self.statement(code),
        }
    }

    fn variable(&mut self, variable: &Variable, code: &Code) -> Flow {
        Self::read_bytes(variable.name.len(), code.range)?;
        match self.variables.get(&variable.name) {
            Ok(Some(value)) => Ok(value),
            Ok(None) if variable.protected || self.lenient => Ok(Value::Null),
            Ok(None) => Err(stop(undefined(&variable.name), code.range)),
            Err(failure) => placed(Err(failure), code.range),
        }
    }

    fn infix(&mut self, infix: &Infix) -> Flow {
        let mut left = self.eval(&infix.first)?;
        for step in &infix.rest {
            let right = self.eval(&step.operand)?;
            self.spend(1, step.range)?;
            left = self.binary(step.op, &left, &right, step.range)?;
        }
        Ok(left)
    }

    /// `&&` ends at the first false operand, `||` at the first true one. An unknown operand leaves it to the others:
    /// where one of them decides, it does so whatever the unknown one is. Otherwise the answer hangs on all that are
    /// unknown.
    fn logical(&mut self, operands: &[Code], decides: bool) -> Flow {
        let mut open: Option<Unknown> = None;
        let mut all_safe = true;
        for operand in operands {
            let value = match (self.eval(operand), &open) {
                (Ok(value), _) => value,
                // Whether a run comes so far is not known.
                (Err(stop), Some(open)) if stop.may_not_happen() => {
                    return Ok(open.consequence());
                }
                (Err(stop), _) => return Err(stop),
            };
            match (operators::to_boolean(&value), value) {
                (Ok(truth), _) if truth == decides => return Ok(Value::Boolean(decides)),
                (Ok(_), _) => {}
                (_, Value::Unknown(unknown)) => {
                    all_safe &= unknown.class().is_some();
                    match &mut open {
                        Some(open) => open.join(&unknown),
                        None => open = Some(unknown),
                    }
                }
                (Err(failure), _) => {
                    return match &open {
                        Some(open) => Ok(open.consequence()),
                        None => placed(Err(failure), operand.range),
                    };
                }
            }
        }
        match open {
            Some(open) if all_safe => Ok(Value::Unknown(open.of(UnknownClass::Boolean))),
            Some(open) => Ok(open.consequence()),
            None => Ok(Value::Boolean(!decides)),
        }
    }

    fn unary(&mut self, op: Unary, operand: &Code, code: &Code) -> Flow {
        let value = match op {
            Unary::Size | Unary::Empty => {
                let outer = std::mem::replace(&mut self.lenient, true);
                let value = self.eval(operand);
                self.lenient = outer;
                value?
            }
            Unary::Negate | Unary::Complement | Unary::Not => self.eval(operand)?,
        };
        let outcome = match op {
            Unary::Negate => operators::negate(&value),
            Unary::Complement => operators::complement(&value),
            Unary::Not => not(&value),
            Unary::Size => size_of_value(&value),
            Unary::Empty => is_empty(&value),
        };
        placed(outcome, code.range)
    }

    /// An operator whose operands are values.
    pub(super) fn binary(
        &mut self,
        op: InfixOp,
        left: &Value,
        right: &Value,
        range: pipewright_source::TextRange,
    ) -> Flow {
        if matches!(op, InfixOp::Match | InfixOp::NotMatch) {
            self.spend(REGEX_STEPS, range)?;
        }
        let value = placed(apply(op, left, right), range)?;
        Self::charge(&value, range)?;
        Ok(value)
    }

    fn template(&mut self, parts: &Arc<[TemplatePart]>, code: &Code) -> Flow {
        if let [TemplatePart::Program(only)] = &**parts {
            return self.template_part(only);
        }
        let mut text = TextBuilder::default();
        let mut open: Option<Unknown> = None;
        for part in &**parts {
            let written = match part {
                TemplatePart::Text(part) => text.push_string(part),
                TemplatePart::Program(part) => match self.template_part(part)? {
                    Value::Null => Ok(()),
                    value => value.text().and_then(|value| text.push_string(&value)),
                },
            };
            match written {
                Ok(()) => {}
                Err(Failure::Unknown(unknown)) => match &mut open {
                    Some(open) => open.join(&unknown),
                    None => open = Some(unknown),
                },
                Err(failure) => return placed(Err(failure), code.range),
            }
        }
        if let Some(open) = open {
            return Ok(Value::Unknown(open));
        }
        let value = Value::String(text.finish());
        Self::charge(&value, code.range)?;
        Ok(value)
    }

    /// The library's own errors are told as errors of the template; bare Java exceptions go through.
    fn template_part(&mut self, code: &Code) -> Flow {
        self.eval(code).map_err(|mut stop| {
            if let Interrupt::Error(error) = &mut *stop
                && error.kind.is_jexl_exception()
            {
                error.kind = ErrorKind::TemplateString;
            }
            stop
        })
    }
}

/// The failure of a name nobody knows.
pub(super) fn undefined(name: &str) -> Failure {
    Failure::new(
        ErrorKind::UndefinedVariable,
        format!("nothing is named {name}"),
    )
}

fn apply(op: InfixOp, left: &Value, right: &Value) -> OpResult {
    let truth = match op {
        InfixOp::And => both(left, right, |a, b| a && b),
        InfixOp::Or => both(left, right, |a, b| a || b),
        InfixOp::Equal | InfixOp::NotEqual => return equality(op, left, right),
        InfixOp::Less => operators::less(left, right),
        InfixOp::Greater => operators::greater(left, right),
        InfixOp::LessOrEqual => operators::less_or_equal(left, right),
        InfixOp::GreaterOrEqual => operators::greater_or_equal(left, right),
        InfixOp::Match => contained(left, right),
        InfixOp::NotMatch => contained(left, right).map(|truth| !truth),
        InfixOp::StartsWith => starts_with(left, right),
        InfixOp::NotStartsWith => starts_with(left, right).map(|truth| !truth),
        InfixOp::EndsWith => ends_with(left, right),
        InfixOp::NotEndsWith => ends_with(left, right).map(|truth| !truth),
        InfixOp::Add => return operators::add(left, right),
        InfixOp::Subtract => return operators::subtract(left, right),
        InfixOp::Multiply => return operators::multiply(left, right),
        InfixOp::Divide => return operators::divide(left, right),
        InfixOp::Modulo => return operators::modulo(left, right),
        InfixOp::BitAnd => return operators::bit_and(left, right),
        InfixOp::BitOr => return operators::bit_or(left, right),
        InfixOp::BitXor => return operators::bit_xor(left, right),
        InfixOp::Range => return operators::create_range(left, right),
    };
    truth.map(Value::Boolean)
}

/// `==` and `!=`. What is unknown may still be sure to be true or false.
fn equality(op: InfixOp, left: &Value, right: &Value) -> OpResult {
    let outcome = match op {
        InfixOp::Equal => operators::equal(left, right),
        _ => operators::not_equal(left, right),
    };
    match outcome {
        Err(Failure::Unknown(unknown)) if left.compares_safely() && right.compares_safely() => {
            Ok(Value::Unknown(unknown.of(UnknownClass::Boolean)))
        }
        outcome => outcome.map(Value::Boolean),
    }
}

/// `!`
fn not(value: &Value) -> OpResult {
    match value {
        Value::Unknown(unknown) if unknown.class().is_some() => {
            Ok(Value::Unknown(unknown.clone().of(UnknownClass::Boolean)))
        }
        value => operators::to_boolean(value).map(|truth| Value::Boolean(!truth)),
    }
}

/// `&&` and `||` of two values that are already there.
fn both(left: &Value, right: &Value, join: fn(bool, bool) -> bool) -> OpResult<bool> {
    Ok(join(
        operators::to_boolean(left)?,
        operators::to_boolean(right)?,
    ))
}

fn contained(item: &Value, container: &Value) -> OpResult<bool> {
    let answer = operators::contained_in(container, item)?;
    decided(answer, "contains", container, item)
}

fn starts_with(text: &Value, start: &Value) -> OpResult<bool> {
    decided(
        operators::starts_with(text, start)?,
        "startsWith",
        text,
        start,
    )
}

fn ends_with(text: &Value, end: &Value) -> OpResult<bool> {
    decided(operators::ends_with(text, end)?, "endsWith", text, end)
}

/// Asks the object's own method where the operator has no answer, and compares both where there is none.
fn decided(answer: Contained, method: &str, object: &Value, argument: &Value) -> OpResult<bool> {
    if let Contained::Is(truth) = answer {
        return Ok(truth);
    }
    match crate::methods::ask(object, method, std::slice::from_ref(argument))? {
        Some(Value::Boolean(truth)) => Ok(truth),
        _ => operators::equal(object, argument),
    }
}

/// `size` of any value; null where it has none.
pub(super) fn size_of_value(value: &Value) -> OpResult {
    if let Some(size) = operators::size(value)? {
        return Ok(Value::Integer(i32::try_from(size).unwrap_or(i32::MAX)));
    }
    let own = crate::methods::ask(value, "size", &[])?;
    Ok(own
        .filter(|size| matches!(size, Value::Integer(_)))
        .unwrap_or_default())
}

/// `empty` of any value.
pub(super) fn is_empty(value: &Value) -> OpResult {
    if let Some(empty) = operators::is_empty(value)? {
        return Ok(Value::Boolean(empty));
    }
    let own = crate::methods::ask(value, "isEmpty", &[])?;
    Ok(own
        .filter(|empty| matches!(empty, Value::Boolean(_)))
        .unwrap_or(Value::Boolean(false)))
}
