//! From syntax trees to code.

use std::sync::Arc;

use pipewright_source::TextRange;
use pipewright_syntax::{
    Block, Expr, ExprKind, InfixOp, InfixTail, Link, LinkKind, Name, Script, Statement,
    StatementKind, StringLiteral, UnaryOp,
};

use super::code::{
    Assign, Chain, Code, For, Function, Head, Key, LambdaCode, LoopVariable, Member, MethodCall,
    Op, Step, StepOp, Target, Unary, Variable,
};
use super::{number, template};
use crate::methods;
use crate::operators;
use crate::value::JavaString;
use crate::{ErrorKind, Value};

/// The names of one function: the program or a lambda.
#[derive(Default, Debug)]
struct Frame {
    /// Name and slot, in order of declaration; a later one hides an earlier.
    names: Vec<(Arc<str>, usize)>,
    slots: usize,
    captured: Vec<(usize, usize)>,
}

/// Lowers one program.
#[derive(Default, Debug)]
pub(super) struct Lowering {
    /// The functions around the current place, innermost last; empty stands for one without names.
    frames: Vec<Frame>,
    /// Set inside a template string, whose parts all stand where the string stands.
    place: Option<TextRange>,
}

/// Whether unknown names are null here: directly in a ternary or elvis.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Protection {
    None,
    Ternary,
}

impl Lowering {
    /// How many slots the program needs.
    pub(super) fn slots(&self) -> usize {
        self.frames.first().map_or(0, |frame| frame.slots)
    }

    /// A whole program: a lambda that is everything is run, not returned.
    pub(super) fn program(&mut self, expression: &Expr) -> Code {
        self.whole(expression, |lowering| lowering.expr(expression))
    }

    pub(super) fn script(&mut self, script: &Script) -> Code {
        let range = match (script.statements.first(), script.statements.last()) {
            (Some(first), Some(last)) => first.range.cover(last.range),
            _ => TextRange::default(),
        };
        if let [only] = script.statements.as_slice()
            && let StatementKind::Expr(expression) = &only.kind
        {
            return self.whole(expression, |lowering| lowering.expr(expression));
        }
        let statements = self.statements(&script.statements);
        self.code(range, Op::Block(statements))
    }

    fn whole(&mut self, expression: &Expr, lower: impl FnOnce(&mut Self) -> Code) -> Code {
        let ExprKind::Lambda { parameters, body } = &expression.kind else {
            return lower(self);
        };
        for parameter in parameters {
            let slot = self.declare(parameter);
            debug_assert!(slot < parameters.len());
        }
        self.block(body)
    }

    /// An expression inside a template string.
    pub(super) fn embedded(&mut self, expression: &Expr, range: TextRange) -> Code {
        let outer = self.place.replace(self.place.unwrap_or(range));
        let code = self.expr(expression);
        self.place = outer;
        code
    }

    fn code(&self, range: TextRange, op: Op) -> Code {
        Code {
            range: self.place.unwrap_or(range),
            op,
        }
    }

    fn frame(&mut self) -> &mut Frame {
        if self.frames.is_empty() {
            self.frames.push(Frame::default());
        }
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    fn declare(&mut self, name: &Name) -> usize {
        let text: Arc<str> = name.as_text().unwrap_or_default().into();
        let frame = self.frame();
        if let Some((_, slot)) = frame.names.iter().find(|(known, _)| *known == text) {
            return *slot;
        }
        let slot = frame.slots;
        frame.slots += 1;
        frame.names.push((text, slot));
        slot
    }

    /// The slot of a name, if it is local here or in a function around this one, whose value is then captured.
    fn slot(&mut self, name: &str) -> Option<usize> {
        if self.frames.is_empty() {
            return None;
        }
        self.slot_in(self.frames.len() - 1, name)
    }

    fn slot_in(&mut self, level: usize, name: &str) -> Option<usize> {
        let known = self.frames[level]
            .names
            .iter()
            .find(|(known, _)| **known == *name);
        if let Some((_, slot)) = known {
            return Some(*slot);
        }
        let outer = self.slot_in(level.checked_sub(1)?, name)?;
        let frame = &mut self.frames[level];
        let slot = frame.slots;
        frame.slots += 1;
        frame.names.push((name.into(), slot));
        frame.captured.push((slot, outer));
        Some(slot)
    }

    fn exprs(&mut self, expressions: &[Expr]) -> Vec<Code> {
        expressions.iter().map(|item| self.expr(item)).collect()
    }

    fn expr(&mut self, expression: &Expr) -> Code {
        self.guarded(expression, Protection::None)
    }

    fn boxed(&mut self, expression: &Expr) -> Box<Code> {
        Box::new(self.expr(expression))
    }

    fn guarded(&mut self, expression: &Expr, protection: Protection) -> Code {
        let op = self.op(expression, protection);
        self.code(expression.range, op)
    }

    fn op(&mut self, expression: &Expr, protection: Protection) -> Op {
        match &expression.kind {
            ExprKind::Null => Op::Constant(Value::Null),
            ExprKind::Bool(value) => Op::Constant(Value::Boolean(*value)),
            ExprKind::Number(literal) => constant(number::value(literal)),
            ExprKind::Str(literal) => match literal.as_text() {
                Some(text) => Op::Constant(Value::from(text)),
                None => Op::Constant(island()),
            },
            ExprKind::TemplateString(text) => template::lower(text, expression.range, self),
            ExprKind::Name(name) => self.name(name, protection),
            ExprKind::Paren(inner) => Op::Group(self.boxed(inner)),
            ExprKind::Chain { head, links } => self.chain(head, links, protection),
            ExprKind::Call {
                function,
                arguments,
            } => self.function(function, arguments),
            ExprKind::ParenCall { callee, calls } => Op::Invoke {
                callee: self.boxed(callee),
                calls: calls
                    .iter()
                    .map(|arguments| self.exprs(arguments))
                    .collect(),
            },
            ExprKind::NamespaceCall { namespace, .. } => Op::Fails(
                ErrorKind::MethodFailed,
                format!(
                    "there is no namespace of functions named {}",
                    namespace.as_text().unwrap_or("…")
                ),
            ),
            ExprKind::New(_) => Op::Refused("new(…) makes Java objects, which is not offered"),
            ExprKind::Array { items, ellipsis } => {
                let items = self.exprs(items);
                if *ellipsis {
                    Op::List(items)
                } else {
                    Op::Array(items)
                }
            }
            ExprKind::Set(items) => Op::Set(self.exprs(items)),
            ExprKind::Map(entries) => Op::Map(
                entries
                    .iter()
                    .map(|(key, value)| (self.expr(key), self.expr(value)))
                    .collect(),
            ),
            ExprKind::Lambda { parameters, body } => self.lambda(parameters, body),
            ExprKind::Unary { op, operand, .. } => self.unary(*op, operand),
            ExprKind::Infix { first, rest } => self.infix(first, rest),
            ExprKind::Ternary {
                condition,
                then,
                otherwise,
            } => Op::Ternary(Box::new((
                self.guarded(condition, Protection::Ternary),
                self.guarded(then, Protection::Ternary),
                self.guarded(otherwise, Protection::Ternary),
            ))),
            ExprKind::Elvis { value, otherwise } => Op::Elvis(Box::new((
                self.guarded(value, Protection::Ternary),
                self.guarded(otherwise, Protection::Ternary),
            ))),
            ExprKind::Assign {
                op, target, value, ..
            } => self.assign(*op, target, value),
        }
    }

    fn name(&mut self, name: &Name, protection: Protection) -> Op {
        let Some(text) = name.as_text() else {
            return Op::Constant(island());
        };
        match self.slot(text) {
            Some(slot) => Op::Local(slot),
            None => Op::Variable(Box::new(Variable {
                name: text.into(),
                protected: protection == Protection::Ternary,
            })),
        }
    }

    fn function(&mut self, name: &Name, arguments: &[Expr]) -> Op {
        let Some(text) = name.as_text() else {
            return Op::Constant(island());
        };
        Op::Function(Box::new(Function {
            slot: self.slot(text),
            functions: methods::functions(text),
            name: text.into(),
            arguments: self.exprs(arguments),
        }))
    }

    fn lambda(&mut self, parameters: &[Name], body: &Block) -> Op {
        // The frame around it must be there to capture from.
        self.frame();
        self.frames.push(Frame::default());
        for parameter in parameters {
            self.declare(parameter);
        }
        let body = self.block(body);
        let frame = self.frames.pop().unwrap_or_default();
        Op::Lambda(Arc::new(LambdaCode {
            parameters: parameters.len(),
            slots: frame.slots,
            captured: frame.captured,
            body,
        }))
    }

    fn unary(&mut self, op: UnaryOp, operand: &Expr) -> Op {
        if let (UnaryOp::Negate, ExprKind::Number(literal)) = (op, &operand.kind) {
            let negated = number::value(literal).and_then(|value| operators::negate(&value));
            let plain = literal.suffix.is_none();
            return constant(negated.map(|value| {
                if plain {
                    operators::narrow_to(value)
                } else {
                    value
                }
            }));
        }
        let op = match op {
            UnaryOp::Negate => Unary::Negate,
            UnaryOp::Complement => Unary::Complement,
            UnaryOp::Not => Unary::Not,
            UnaryOp::Empty => Unary::Empty,
            UnaryOp::Size => Unary::Size,
        };
        Op::Unary(op, self.boxed(operand))
    }

    /// One precedence level, from left to right; runs of `&&` and `||` stay flat.
    fn infix(&mut self, first: &Expr, rest: &[InfixTail]) -> Op {
        let logical = |op: InfixOp| rest.iter().all(|tail| tail.op == op);
        for (op, make) in [
            (InfixOp::And, Op::And as fn(Vec<Code>) -> Op),
            (InfixOp::Or, Op::Or),
        ] {
            if logical(op) {
                let mut operands = vec![self.expr(first)];
                operands.extend(rest.iter().map(|tail| self.expr(&tail.operand)));
                return make(operands);
            }
        }
        let mut left = self.expr(first);
        for tail in rest {
            let right = self.expr(&tail.operand);
            let range = first.range.cover(tail.operand.range);
            let op = match tail.op {
                InfixOp::And => Op::And(vec![left, right]),
                InfixOp::Or => Op::Or(vec![left, right]),
                op => Op::Binary(op, Box::new((left, right))),
            };
            left = self.code(range, op);
        }
        left.op
    }

    fn chain(&mut self, head: &Expr, links: &[Link], protection: Protection) -> Op {
        let mut chain = self.chain_of(head, links, protection);
        // `name.size()` is the size of the name, which must be known.
        let root_is_name = matches!(chain.head, Head::Variable { .. });
        if root_is_name
            && matches!(
                chain.steps.first().map(|step| &step.op),
                Some(StepOp::Size(None) | StepOp::Empty(None))
            )
        {
            let op = self.op(head, Protection::None);
            chain.head = Head::Code(self.code(head.range, op));
        }
        Op::Chain(Box::new(chain))
    }

    fn chain_of(&mut self, head: &Expr, links: &[Link], protection: Protection) -> Chain {
        let steps = self.steps(links, protection);
        let protected = protection == Protection::Ternary;
        let name = match &head.kind {
            ExprKind::Name(name) => name.as_text(),
            _ => None,
        };
        if let Some(name) = name
            && self.slot(name).is_none()
        {
            let (dotted, steps) = dotted_names(name, steps);
            return Chain {
                head: Head::Variable {
                    dotted: dotted.into(),
                    length: name.len(),
                },
                head_range: self.place.unwrap_or(head.range),
                steps,
                protected,
            };
        }
        Chain {
            head: Head::Code(self.guarded(head, protection)),
            head_range: self.place.unwrap_or(head.range),
            steps,
            protected,
        }
    }

    fn steps(&mut self, links: &[Link], protection: Protection) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::with_capacity(links.len());
        let mut links = links.iter().peekable();
        while let Some(link) = links.next() {
            let mut range = link.range;
            let op = match &link.kind {
                LinkKind::Name(_) | LinkKind::Quoted(_) => {
                    let calls = self.calls(&mut links, &mut range);
                    self.named(&link.kind, calls)
                }
                LinkKind::Index(first) => {
                    let mut indexes = vec![self.guarded(first, protection)];
                    while let Some(LinkKind::Index(next)) = links.peek().map(|link| &link.kind) {
                        indexes.push(self.guarded(next, protection));
                        range = range.cover(links.next().map_or(range, |link| link.range));
                    }
                    let calls = self.calls(&mut links, &mut range);
                    if calls.is_empty() {
                        StepOp::Index(indexes)
                    } else {
                        StepOp::IndexCall(indexes, calls)
                    }
                }
                // The parser puts calls only behind names and indexes.
                LinkKind::Call(_) => continue,
                LinkKind::Size => {
                    let inner = steps.pop().map(|step| Box::new(step.op));
                    StepOp::Size(inner)
                }
                LinkKind::Empty => {
                    let inner = steps.pop().map(|step| Box::new(step.op));
                    StepOp::Empty(inner)
                }
            };
            steps.push(Step {
                range: self.place.unwrap_or(range),
                op,
                dotted: 0,
            });
        }
        steps
    }

    /// The argument lists that follow a name or index.
    fn calls<'a>(
        &mut self,
        links: &mut std::iter::Peekable<impl Iterator<Item = &'a Link>>,
        range: &mut TextRange,
    ) -> Vec<Vec<Code>> {
        let mut calls = Vec::new();
        while let Some(Link {
            kind: LinkKind::Call(arguments),
            range: call,
        }) = links.peek()
        {
            calls.push(self.exprs(arguments));
            *range = range.cover(*call);
            links.next();
        }
        calls
    }

    fn named(&mut self, link: &LinkKind, calls: Vec<Vec<Code>>) -> StepOp {
        let Some(text) = link_text(link) else {
            // A name with an island in it: only a run can tell what it reads.
            return StepOp::Index(vec![
                self.code(TextRange::default(), Op::Constant(island())),
            ]);
        };
        if calls.is_empty() {
            return StepOp::Name(key(text));
        }
        StepOp::Method(Box::new(MethodCall {
            name: text.into(),
            methods: methods::methods(text),
            functions: methods::functions(text),
            arguments: calls,
        }))
    }

    fn assign(&mut self, op: Option<InfixOp>, target: &Expr, value: &Expr) -> Op {
        let value = self.expr(value);
        let target = match &target.kind {
            ExprKind::Name(name) => match name.as_text() {
                Some(text) => match self.slot(text) {
                    Some(slot) => Target::Local(slot),
                    None => Target::Variable(text.into()),
                },
                None => return Op::Constant(island()),
            },
            ExprKind::Chain { head, links } => {
                let mut chain = self.chain_of(head, links, Protection::None);
                let last = chain.steps.pop();
                let range = last.as_ref().map_or(target.range, |step| step.range);
                let member = match last.map(|step| step.op) {
                    Some(StepOp::Name(key)) => Member::Name(key),
                    Some(StepOp::Index(indexes)) => Member::Index(indexes),
                    _ => Member::Illegal,
                };
                Target::Member(Box::new(chain), member, range)
            }
            _ => {
                return Op::Fails(
                    ErrorKind::NullOperand,
                    "this cannot be assigned to".to_owned(),
                );
            }
        };
        Op::Assign(Box::new(Assign { op, target, value }))
    }

    fn statements(&mut self, statements: &[Statement]) -> Vec<Code> {
        statements
            .iter()
            .map(|statement| self.statement(statement))
            .collect()
    }

    fn block(&mut self, block: &Block) -> Code {
        let statements = self.statements(&block.statements);
        self.code(block.range, Op::Block(statements))
    }

    fn statement(&mut self, statement: &Statement) -> Code {
        let op = match &statement.kind {
            StatementKind::Nothing | StatementKind::Pragma { .. } => Op::Block(Vec::new()),
            StatementKind::Block(block) => Op::Block(self.statements(&block.statements)),
            StatementKind::Expr(expression) => return self.expr(expression),
            StatementKind::If {
                condition,
                then,
                otherwise,
            } => Op::If(Box::new((
                self.expr(condition),
                self.statement(then),
                otherwise.as_deref().map(|other| self.statement(other)),
            ))),
            StatementKind::For {
                declared,
                variable,
                items,
                body,
            } => {
                let text = variable.as_text().unwrap_or_default();
                let variable = if *declared {
                    LoopVariable::Local(self.declare(variable))
                } else {
                    match self.slot(text) {
                        Some(slot) => LoopVariable::Local(slot),
                        None => LoopVariable::Variable(text.into()),
                    }
                };
                Op::For(Box::new(For {
                    variable,
                    items: self.expr(items),
                    body: self.statement(body),
                }))
            }
            StatementKind::While { condition, body } => {
                Op::While(Box::new((self.expr(condition), self.statement(body))))
            }
            StatementKind::Return(value) => Op::Return(self.boxed(value)),
            StatementKind::Continue => Op::Continue,
            StatementKind::Break => Op::Break,
            StatementKind::Var { name, value } => {
                let slot = self.declare(name);
                Op::Declare(slot, value.as_ref().map(|value| self.boxed(value)))
            }
        };
        self.code(statement.range, op)
    }
}

/// What an island inside a name or literal is worth before a run.
fn island() -> Value {
    Value::unknown("an expression inside the name or text")
}

/// A value known when compiling, or the error it is.
fn constant(value: crate::Outcome) -> Op {
    match value {
        Ok(value) => Op::Constant(value),
        Err(crate::Failure::Error { kind, message }) => Op::Fails(kind, message),
        Err(crate::Failure::Unknown(reason)) => Op::Constant(Value::Unknown(reason)),
    }
}

fn link_text(link: &LinkKind) -> Option<&str> {
    match link {
        LinkKind::Name(name) => name.as_text(),
        LinkKind::Quoted(literal) => StringLiteral::as_text(literal),
        _ => None,
    }
}

/// The key a name after a dot stands for: canonical numbers are `Integer`s.
fn key(text: &str) -> Key {
    let canonical =
        text == "0" || (!text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit()));
    let value = match text.parse::<i32>() {
        Ok(index) if canonical => Value::Integer(index),
        _ => Value::from(text),
    };
    let getters = match &value {
        Value::String(_) => methods::getters(text),
        _ => Vec::new(),
    };
    Key {
        text: JavaString::from(text),
        value,
        getters,
    }
}

/// Joins the plain names at the front of a chain to dotted names, and notes at each step how far they reach.
fn dotted_names(name: &str, mut steps: Vec<Step>) -> (String, Vec<Step>) {
    let mut dotted = name.to_owned();
    let mut open = true;
    for step in &mut steps {
        match &step.op {
            StepOp::Name(key) if open => {
                dotted.push('.');
                dotted.push_str(&key.text.to_str());
            }
            _ => open = false,
        }
        step.dotted = dotted.len();
    }
    (dotted, steps)
}
