//! The compiled form of programs: the syntax tree with names resolved to slots, constants made values and method
//! candidates looked up.

use std::sync::Arc;

use pipewright_source::TextRange;
use pipewright_syntax::InfixOp;

use crate::Value;
use crate::methods::Candidates;
use crate::value::JavaString;

/// A compiled expression or statement and its place in the source.
#[derive(Debug)]
pub(crate) struct Code {
    pub(crate) range: TextRange,
    pub(crate) op: Op,
}

/// What to do.
#[derive(Debug)]
pub(crate) enum Op {
    Constant(Value),
    /// A local variable.
    Local(usize),
    Variable(Box<Variable>),
    /// An expression in parentheses.
    Group(Box<Code>),
    Chain(Box<Chain>),
    Function(Box<Function>),
    /// The value of an expression, called.
    Invoke {
        callee: Box<Code>,
        calls: Vec<Vec<Code>>,
    },
    Array(Vec<Code>),
    List(Vec<Code>),
    Set(Vec<Code>),
    Map(Vec<(Code, Code)>),
    Lambda(Arc<LambdaCode>),
    Template(Arc<[TemplatePart]>),
    Unary(Unary, Box<Code>),
    /// Every operator between values but `&&` and `||`, which may leave out the second.
    Infix(Box<Infix>),
    And(Vec<Code>),
    Or(Vec<Code>),
    Ternary(Box<(Code, Code, Code)>),
    Elvis(Box<(Code, Code)>),
    Assign(Box<Assign>),
    Block(Vec<Code>),
    If(Box<(Code, Code, Option<Code>)>),
    For(Box<For>),
    While(Box<(Code, Code)>),
    Return(Box<Code>),
    Break,
    Continue,
    Declare(usize, Option<Box<Code>>),
    /// A Java facility that is not offered, and what to say.
    Refused(&'static str),
    /// An error the library finds only when it runs.
    Fails(crate::ErrorKind, String),
}

/// A variable of the context.
#[derive(Debug)]
pub(crate) struct Variable {
    pub(crate) name: Arc<str>,
    /// Whether an unknown name is null instead of an error: directly in a ternary.
    pub(crate) protected: bool,
}

/// `head.step.step…`
#[derive(Debug)]
pub(crate) struct Chain {
    pub(crate) head: Head,
    pub(crate) head_range: TextRange,
    pub(crate) steps: Vec<Step>,
    pub(crate) protected: bool,
}

/// Where a chain starts.
#[derive(Debug)]
pub(crate) enum Head {
    /// A variable of the context, which may be the first part of a dotted name.
    Variable {
        /// The variable's name followed by `.name` for each plain name after it, up to the first other step.
        dotted: Arc<str>,
        /// The length of the variable's own name in `dotted`.
        length: usize,
    },
    Code(Code),
}

/// One step of a chain.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) range: TextRange,
    pub(crate) op: StepOp,
    /// The length of the dotted name up to this step.
    pub(crate) dotted: usize,
}

#[derive(Debug)]
pub(crate) enum StepOp {
    Name(Key),
    /// `[a][b]…`
    Index(Vec<Code>),
    Method(Box<MethodCall>),
    /// `[index](arguments)`: what is there, called.
    IndexCall(Vec<Code>, Vec<Vec<Code>>),
    /// `.size()` and `.empty()`, one or more: they take in the step before them, and answer where that gives null.
    Measure(Option<Box<Self>>, Vec<Measure>),
}

/// What is asked of a value.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Measure {
    Size,
    Empty,
}

/// A name after a dot: a string, or an `Integer` where it is a canonical number.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) text: JavaString,
    pub(crate) value: Value,
    /// The getters that come before the entries of a map.
    pub(crate) getters: Vec<Candidates>,
}

impl Key {
    /// A name that is looked up among members only, getters left aside.
    pub(crate) fn plain(name: &str) -> Self {
        Self {
            text: JavaString::from(name),
            value: Value::from(name),
            getters: Vec::new(),
        }
    }
}

#[derive(Debug)]
pub(crate) struct MethodCall {
    pub(crate) name: Arc<str>,
    pub(crate) methods: Candidates,
    /// Functions of the arithmetic of the same name, which take the object as first argument.
    pub(crate) functions: Candidates,
    /// The first arguments, then those of calls of the result.
    pub(crate) arguments: Vec<Vec<Code>>,
}

#[derive(Debug)]
pub(crate) struct Function {
    pub(crate) name: Arc<str>,
    pub(crate) slot: Option<usize>,
    pub(crate) functions: Candidates,
    pub(crate) arguments: Vec<Code>,
}

#[derive(Debug)]
pub(crate) struct LambdaCode {
    pub(crate) parameters: usize,
    /// How many local variables it has, parameters first.
    pub(crate) slots: usize,
    /// Variables of the surrounding function: the slot here and the slot there.
    pub(crate) captured: Vec<(usize, usize)>,
    pub(crate) body: Code,
}

#[derive(Debug)]
pub(crate) enum TemplatePart {
    Text(JavaString),
    Program(Code),
}

/// A run of operators of one precedence level, from left to right.
#[derive(Debug)]
pub(crate) struct Infix {
    pub(crate) first: Code,
    pub(crate) rest: Vec<InfixStep>,
}

/// An operator and the operand to its right.
#[derive(Debug)]
pub(crate) struct InfixStep {
    pub(crate) op: InfixOp,
    pub(crate) operand: Code,
    /// From the first operand to this one.
    pub(crate) range: TextRange,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Unary {
    Negate,
    Complement,
    Not,
    Empty,
    Size,
}

#[derive(Debug)]
pub(crate) struct Assign {
    pub(crate) op: Option<InfixOp>,
    pub(crate) target: Target,
    pub(crate) value: Code,
}

#[derive(Debug)]
pub(crate) enum Target {
    Local(usize),
    Variable(Arc<str>),
    /// A member: the chain up to it, and the member.
    Member(Box<Chain>, Member, TextRange),
}

#[derive(Debug)]
pub(crate) enum Member {
    Name(Key),
    Index(Vec<Code>),
    /// A call cannot be assigned to.
    Illegal,
}

#[derive(Debug)]
pub(crate) struct For {
    pub(crate) variable: LoopVariable,
    pub(crate) items: Code,
    pub(crate) body: Code,
}

#[derive(Debug)]
pub(crate) enum LoopVariable {
    Local(usize),
    Variable(Arc<str>),
}
