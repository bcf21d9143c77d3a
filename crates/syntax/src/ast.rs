//! The syntax tree of expressions, scripts and predicates.
//!
//! Every node carries its [`TextRange`] in the text that was parsed. Access chains and runs of one precedence level
//! are flat vectors, so that no tree is deeper than the source is nested (see [`crate::MAX_NESTING`]).
//! Equality of nodes ignores ranges: two texts that differ in blanks give equal trees.
//! Grammar: `grammar/expression.pest`, after Apache Commons JEXL 3.0.

use std::fmt;

use pipewright_source::TextRange;

/// An expression and where it stands.
#[derive(Clone)]
pub struct Expr {
    /// From the first to the last byte of the expression, without blanks around it.
    pub range: TextRange,
    /// What it is.
    pub kind: ExprKind,
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            // The two kinds that hold a range of their own.
            (
                ExprKind::Unary { op, operand, .. },
                ExprKind::Unary {
                    op: other_op,
                    operand: other_operand,
                    ..
                },
            ) => op == other_op && operand == other_operand,
            (
                ExprKind::Assign {
                    op, target, value, ..
                },
                ExprKind::Assign {
                    op: other_op,
                    target: other_target,
                    value: other_value,
                    ..
                },
            ) => op == other_op && target == other_target && value == other_value,
            (kind, other_kind) => kind == other_kind,
        }
    }
}

impl fmt::Debug for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} ", self.range)?;
        self.kind.fmt(f)
    }
}

/// The kinds of expression.
#[derive(Clone, PartialEq, Debug)]
pub enum ExprKind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number literal; a sign is never part of it.
    Number(Number),
    /// `'text'` or `"text"`
    Str(StringLiteral),
    /// `` `text ${expression}` ``: a template string, whose inside is read at run time.
    TemplateString(TemplateString),
    /// A name on its own: a variable. In a predicate also an island or a name with islands in it.
    Name(Name),
    /// `( expression )`. Kept, because parentheses end the protection of a ternary's unknown names.
    Paren(Box<Expr>),
    /// `head.name[index].method(arguments)…`, flat; `links` is never empty.
    Chain {
        /// What the chain starts from.
        head: Box<Expr>,
        /// The steps from left to right.
        links: Vec<Link>,
    },
    /// `name(arguments)`
    Call {
        /// The function.
        function: Name,
        /// Its arguments.
        arguments: Vec<Expr>,
    },
    /// `(expression)(arguments)`: the value of an expression in parentheses called once or more.
    ParenCall {
        /// The `Paren` expression.
        callee: Box<Expr>,
        /// The argument lists from left to right, at least one.
        calls: Vec<Vec<Expr>>,
    },
    /// `namespace:name(arguments)`
    NamespaceCall {
        /// The word before the colon.
        namespace: Name,
        /// The function.
        function: Name,
        /// Its arguments.
        arguments: Vec<Expr>,
    },
    /// `new("class", arguments)`; the class comes first. Without a class it parses and fails at run time.
    New(Vec<Expr>),
    /// `[a, b]`; with `...` at the end a list instead of an array.
    Array {
        /// The elements.
        items: Vec<Expr>,
        /// Whether `...` ended it.
        ellipsis: bool,
    },
    /// `{a, b}` or `{}`
    Set(Vec<Expr>),
    /// `{key: value}` or `{:}`
    Map(Vec<(Expr, Expr)>),
    /// `x -> {…}`, `(x, y) -> {…}`, `function(x) {…}`
    Lambda {
        /// The parameters' names.
        parameters: Vec<Name>,
        /// The body.
        body: Block,
    },
    /// A prefix operator and its operand.
    Unary {
        /// The operator.
        op: UnaryOp,
        /// Where the operator stands.
        op_range: TextRange,
        /// Its operand.
        operand: Box<Expr>,
    },
    /// Operands of one precedence level, left to right: `first op operand op operand…`. Levels 8 and 9 of
    /// `spec/jexl.md` §3.1 (equality with `..`, and relations) have exactly one operator.
    Infix {
        /// The leftmost operand.
        first: Box<Expr>,
        /// The operators with their right operands; never empty.
        rest: Vec<InfixTail>,
    },
    /// `condition ? then : otherwise`
    Ternary {
        /// The condition.
        condition: Box<Expr>,
        /// Its value when true.
        then: Box<Expr>,
        /// Its value when false.
        otherwise: Box<Expr>,
    },
    /// `value ?: otherwise`
    Elvis {
        /// The value when it counts as true.
        value: Box<Expr>,
        /// What stands in for it.
        otherwise: Box<Expr>,
    },
    /// `target = value`, or with a compound operator.
    Assign {
        /// `None` for `=`; the base operator of `+=` and its kin.
        op: Option<InfixOp>,
        /// Where the operator stands.
        op_range: TextRange,
        /// A name or a chain in every program that works; the original also lets pass what merely ends in one,
        /// such as `a + b = 3`.
        target: Box<Expr>,
        /// The value.
        value: Box<Expr>,
    },
}

/// One operator and the operand on its right.
#[derive(Clone, Debug)]
pub struct InfixTail {
    /// The operator.
    pub op: InfixOp,
    /// Where the operator stands.
    pub op_range: TextRange,
    /// The operand.
    pub operand: Expr,
}

impl PartialEq for InfixTail {
    fn eq(&self, other: &Self) -> bool {
        self.op == other.op && self.operand == other.operand
    }
}

/// One step of an access chain.
#[derive(Clone)]
pub struct Link {
    /// From the dot or bracket to the end of the step.
    pub range: TextRange,
    /// What the step does.
    pub kind: LinkKind,
}

impl PartialEq for Link {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} ", self.range)?;
        self.kind.fmt(f)
    }
}

/// The kinds of step in a chain.
#[derive(Clone, PartialEq, Debug)]
pub enum LinkKind {
    /// `.name`; the name may begin with a digit.
    Name(Name),
    /// `."name"` or `.'name'`
    Quoted(StringLiteral),
    /// `[expression]`
    Index(Box<Expr>),
    /// `(arguments)` directly after a `Name`, `Quoted` or `Index` link: a method call, or a call of what is there.
    Call(Vec<Expr>),
    /// `.size()`
    Size,
    /// `.empty()`
    Empty,
}

/// A name: text, and in predicates islands inside it.
#[derive(Clone)]
pub struct Name {
    /// The whole name.
    pub range: TextRange,
    /// The name's pieces; plain names have one [`Piece::Text`]. Never empty.
    pub pieces: Vec<Piece>,
}

impl Name {
    /// The name's text if there is no island in it.
    pub fn as_text(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// The island, if the name is one island and nothing else.
    pub fn as_island(&self) -> Option<IslandId> {
        match self.pieces.as_slice() {
            [Piece::Island(island)] => Some(*island),
            _ => None,
        }
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.pieces == other.pieces
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {:?}", self.range, self.pieces)
    }
}

/// A piece of a name or of a string literal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// Text; in a string literal with its escapes undone.
    Text(Box<str>),
    /// An island: the n-th of the template that was parsed.
    Island(IslandId),
}

/// The place of an island in [`crate::Template::islands`] of the text the predicate was parsed from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct IslandId(pub u32);

/// A string literal.
#[derive(Clone)]
pub struct StringLiteral {
    /// With its quotes.
    pub range: TextRange,
    /// `'` or `"`.
    pub quote: char,
    /// The content with escapes undone (`spec/jexl.md` §2.8), in UTF-16 units that form a lone surrogate replaced
    /// by U+FFFD. Empty for `""`.
    pub pieces: Vec<Piece>,
}

impl StringLiteral {
    /// The text if there is no island in it.
    pub fn as_text(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [] => Some(""),
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }
}

impl PartialEq for StringLiteral {
    fn eq(&self, other: &Self) -> bool {
        self.pieces == other.pieces
    }
}

impl fmt::Debug for StringLiteral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {:?}", self.range, self.pieces)
    }
}

/// A template string between backticks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TemplateString {
    /// The text between the backticks with ``
    /// \` `` undone and nothing else; `${…}` and `#{…}` are found in it at run time.
    pub text: Box<str>,
}

/// A number literal as written; what value it has is for the evaluator.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Number {
    /// How it is written.
    pub form: NumberForm,
    /// The digits, point and exponent: without `0x`, without the leading `0` of an octal, without suffix. Empty for
    /// `NaN`.
    pub digits: Box<str>,
    /// The suffix in lower case: `l h d f b`.
    pub suffix: Option<char>,
}

/// The ways to write a number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NumberForm {
    /// `42`
    Decimal,
    /// `017`
    Octal,
    /// `0x1F`
    Hexadecimal,
    /// `1.5`, `1e3d`, `1d`
    Real,
    /// `NaN` or `#NaN`
    NaN,
}

/// Prefix operators.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum UnaryOp {
    /// `-`
    Negate,
    /// `~`
    Complement,
    /// `!` or `not`
    Not,
    /// `empty`
    Empty,
    /// `size`
    Size,
}

/// Infix operators without assignment, ternary and elvis.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum InfixOp {
    /// `||` or `or`
    Or,
    /// `&&` or `and`
    And,
    /// `|`
    BitOr,
    /// `^`
    BitXor,
    /// `&`
    BitAnd,
    /// `==` or `eq`
    Equal,
    /// `!=` or `ne`
    NotEqual,
    /// `..`
    Range,
    /// `<` or `lt`
    Less,
    /// `>` or `gt`
    Greater,
    /// `<=` or `le`
    LessOrEqual,
    /// `>=` or `ge`
    GreaterOrEqual,
    /// `=~`
    Match,
    /// `!~`
    NotMatch,
    /// `=^`
    StartsWith,
    /// `!^`
    NotStartsWith,
    /// `=$`
    EndsWith,
    /// `!$`
    NotEndsWith,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/` or `div`
    Divide,
    /// `%` or `mod`
    Modulo,
}

/// A sequence of statements in braces.
#[derive(Clone)]
pub struct Block {
    /// With its braces.
    pub range: TextRange,
    /// The statements.
    pub statements: Vec<Statement>,
}

impl PartialEq for Block {
    fn eq(&self, other: &Self) -> bool {
        self.statements == other.statements
    }
}

impl fmt::Debug for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {:?}", self.range, self.statements)
    }
}

/// A statement and where it stands.
#[derive(Clone)]
pub struct Statement {
    /// The statement. Only an expression includes the `;` after it.
    pub range: TextRange,
    /// What it is.
    pub kind: StatementKind,
}

impl PartialEq for Statement {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl fmt::Debug for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} ", self.range)?;
        self.kind.fmt(f)
    }
}

/// The kinds of statement.
#[derive(Clone, PartialEq, Debug)]
pub enum StatementKind {
    /// A `;` on its own, also the one after `return x`, `var x` or a block. The original keeps no node for it:
    /// it has no value and does not change that of the script.
    Nothing,
    /// `{ … }`
    Block(Block),
    /// `expression;`
    Expr(Expr),
    /// `if (condition) then else otherwise`
    If {
        /// The condition.
        condition: Expr,
        /// The branch when true.
        then: Box<Statement>,
        /// The branch when false.
        otherwise: Option<Box<Statement>>,
    },
    /// `for (var variable : items) body`
    For {
        /// Whether the variable is declared here.
        declared: bool,
        /// The loop variable.
        variable: Name,
        /// What is walked.
        items: Expr,
        /// The body.
        body: Box<Statement>,
    },
    /// `while (condition) body`
    While {
        /// The condition.
        condition: Expr,
        /// The body.
        body: Box<Statement>,
    },
    /// `return expression`
    Return(Expr),
    /// `continue`
    Continue,
    /// `break`
    Break,
    /// `var name = value`
    Var {
        /// The variable.
        name: Name,
        /// Its first value.
        value: Option<Expr>,
    },
    /// `#pragma key value`: read and ignored.
    Pragma {
        /// The key.
        key: Name,
        /// The value: a name or a literal. Nothing evaluates it.
        value: Box<Expr>,
    },
}

/// A whole script: zero or more statements.
#[derive(Clone, PartialEq, Debug)]
pub struct Script {
    /// The statements.
    pub statements: Vec<Statement>,
}
