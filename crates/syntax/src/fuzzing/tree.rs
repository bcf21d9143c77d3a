//! Syntax trees made from bytes: expressions. Every tree is one that some text parses to.

use pipewright_source::TextRange;

use super::bytes::Bytes;
use super::words::Words;
use crate::lower::{Level, can_be_assigned};
use crate::print::{Binding, begins_with_call, binding, ends_in_name};
use crate::{
    Expr, ExprKind, InfixOp, InfixTail, IslandId, Link, LinkKind, Name, Number, NumberForm, Piece,
    StringLiteral, TemplateString, TokenKind, UnaryOp, tokens,
};

pub(super) const NOWHERE: TextRange = TextRange::empty(0);

/// How deep a made tree nests at most, far below [`crate::MAX_NESTING`]: each step may add a parenthesis and each level
/// of precedence.
const MAX_DEPTH: usize = 7;

/// How many nodes a made tree has at most, apart from what the last of them needs.
const MAX_NODES: usize = 120;

/// Makes trees from bytes: the same bytes give the same tree, every kind of node comes up, depth and size are bounded.
#[derive(Debug)]
pub struct Maker<'b, 'w> {
    pub(super) bytes: Bytes<'b>,
    pub(super) words: Words<'w>,
    pub(super) depth: usize,
    /// How many loops stand around the current statement.
    pub(super) loops: usize,
    nodes: usize,
    /// How many islands the tree holds so far; `None` where it may hold none.
    islands: Option<u32>,
}

impl<'b, 'w> Maker<'b, 'w> {
    /// A maker of trees without islands.
    pub fn new(bytes: Bytes<'b>, words: Words<'w>) -> Self {
        Self {
            bytes,
            words,
            depth: 0,
            loops: 0,
            nodes: 0,
            islands: None,
        }
    }

    /// A maker of trees with islands, which are numbered from 0 in the order of their places in the printed tree.
    pub fn with_islands(bytes: Bytes<'b>, words: Words<'w>) -> Self {
        Self {
            islands: Some(0),
            ..Self::new(bytes, words)
        }
    }

    /// How many islands the trees made so far hold.
    pub fn islands(&self) -> u32 {
        self.islands.unwrap_or(0)
    }

    /// The bytes that no decision has taken.
    pub fn into_bytes(self) -> Bytes<'b> {
        self.bytes
    }

    /// Any expression.
    pub fn expr(&mut self) -> Expr {
        self.nodes += 1;
        if self.depth >= MAX_DEPTH || self.nodes > MAX_NODES || self.bytes.is_used_up() {
            return expr(self.leaf());
        }
        self.depth += 1;
        let kind = match self.bytes.below(24) {
            0..=4 => self.leaf(),
            5..=7 => self.chain(),
            8..=11 => self.infix(),
            12 => self.unary(),
            13 => ExprKind::Paren(Box::new(self.expr())),
            14 => self.ternary(),
            15 => ExprKind::Elvis {
                value: Box::new(self.at_least(Binding::Infix(Level::Or))),
                otherwise: Box::new(self.expr()),
            },
            16 => self.assign(),
            17 => ExprKind::Call {
                function: self.function(),
                arguments: self.exprs(),
            },
            18 => self.paren_call(),
            19 => ExprKind::NamespaceCall {
                namespace: self.variable(),
                function: self.function(),
                arguments: self.exprs(),
            },
            20 => ExprKind::New(self.exprs()),
            21 => self.lambda(),
            _ => self.collection(),
        };
        self.depth -= 1;
        expr(kind)
    }

    /// An expression, in parentheses where it binds more loosely than `least`.
    fn at_least(&mut self, least: Binding) -> Expr {
        bound(self.expr(), least)
    }

    fn exprs(&mut self) -> Vec<Expr> {
        let count = self.bytes.below(4);
        (0..count).map(|_| self.expr()).collect()
    }

    pub(super) fn leaf(&mut self) -> ExprKind {
        match self.bytes.below(12) {
            0..=3 => ExprKind::Name(self.name_with_islands()),
            4..=6 => ExprKind::Str(self.string()),
            7 | 8 => ExprKind::Number(self.number()),
            9 => ExprKind::Null,
            10 => ExprKind::Bool(self.bytes.chance(128)),
            _ => ExprKind::TemplateString(TemplateString {
                text: self
                    .bytes
                    .pick(&[
                        "",
                        "a",
                        "${a}",
                        "x ${a + 1} #{b}",
                        "`",
                        "$",
                        "\n",
                        "\\\\",
                        "\\n",
                    ])
                    .into(),
            }),
        }
    }

    pub(super) fn variable(&mut self) -> Name {
        let words = self.words.variables;
        name(self.bytes.pick(words))
    }

    fn function(&mut self) -> Name {
        let words = self.words.functions;
        name(self.bytes.pick(words))
    }

    /// A variable, or in trees with islands an island or a name with one in it.
    fn name_with_islands(&mut self) -> Name {
        let Some(id) = self.island() else {
            return self.variable();
        };
        let mut pieces = vec![Piece::Island(id)];
        if self.bytes.chance(64) {
            pieces.insert(0, Piece::Text("v_".into()));
        }
        if self.bytes.chance(64) {
            pieces.push(Piece::Text("_x".into()));
        }
        Name {
            range: NOWHERE,
            pieces,
        }
    }

    /// The next island, where one may stand and the bytes want one.
    fn island(&mut self) -> Option<IslandId> {
        let next = self.islands?;
        if !self.bytes.chance(128) {
            return None;
        }
        self.islands = Some(next + 1);
        Some(IslandId(next))
    }

    pub(super) fn string(&mut self) -> StringLiteral {
        let quote = if self.bytes.chance(128) { '"' } else { '\'' };
        let words = self.words.texts;
        let text = self.bytes.pick(words);
        let mut pieces = Vec::new();
        if !text.is_empty() {
            pieces.push(Piece::Text(text.into()));
        }
        pieces.extend(self.island().map(Piece::Island));
        StringLiteral {
            range: NOWHERE,
            quote,
            pieces,
        }
    }

    pub(super) fn number(&mut self) -> Number {
        use NumberForm::{Decimal, Hexadecimal, NaN, Octal, Real};
        let forms = [
            (Decimal, "1", None),
            (Decimal, "0", None),
            (Decimal, "2", Some('l')),
            (Decimal, "3", Some('h')),
            (Decimal, "2147483648", None),
            (Decimal, "9223372036854775807", Some('l')),
            (Octal, "17", None),
            (Octal, "0", Some('l')),
            (Hexadecimal, "1F", None),
            (Hexadecimal, "ffffffffffffffffff", Some('h')),
            (Real, "1.5", None),
            (Real, "1.5e3", Some('b')),
            (Real, "08", Some('d')),
            (Real, "2.", Some('f')),
            (Real, "1e-3", Some('d')),
            (NaN, "", None),
        ];
        let (form, digits, suffix) = forms[self.bytes.below(forms.len())];
        Number {
            form,
            digits: digits.into(),
            suffix,
        }
    }

    fn chain(&mut self) -> ExprKind {
        let head = self.at_least(Binding::Operand);
        let mut links: Vec<Link> = Vec::new();
        let count = 1 + self.bytes.below(4);
        while links.len() < count {
            let callable = links
                .last()
                .is_some_and(|last| !matches!(last.kind, LinkKind::Size | LinkKind::Empty));
            let kind = self.link(callable);
            let called = match &kind {
                LinkKind::Name(_) => self.bytes.chance(128),
                _ => false,
            };
            links.push(link(kind));
            if called {
                let method = self.method();
                let arguments = LinkKind::Call(self.exprs());
                links.extend([link(method), link(arguments)]);
            }
        }
        match head.kind {
            ExprKind::Chain { head, links: first } => {
                let links = first.into_iter().chain(links).collect();
                ExprKind::Chain { head, links }
            }
            _ => ExprKind::Chain {
                head: Box::new(head),
                links,
            },
        }
    }

    fn link(&mut self, callable: bool) -> LinkKind {
        match self.bytes.below(10) {
            0..=3 => {
                let words = self.words.members;
                LinkKind::Name(name(self.bytes.pick(words)))
            }
            4 => LinkKind::Quoted(self.string()),
            5 | 6 => LinkKind::Index(Box::new(self.expr())),
            7 if callable => LinkKind::Call(self.exprs()),
            8 => LinkKind::Empty,
            _ => LinkKind::Size,
        }
    }

    /// The name of a method, in quotes where it is a reserved word.
    fn method(&mut self) -> LinkKind {
        let words = self.words.methods;
        let method = self.bytes.pick(words);
        if matches!(tokens(method).as_slice(), [token] if token.kind == TokenKind::Name) {
            return LinkKind::Name(name(method));
        }
        LinkKind::Quoted(StringLiteral {
            range: NOWHERE,
            quote: '\'',
            pieces: vec![Piece::Text(method.into())],
        })
    }

    fn infix(&mut self) -> ExprKind {
        let op = INFIX_OPS[self.bytes.below(INFIX_OPS.len())];
        let level = Level::of(op);
        let operand = Binding::Infix(level.tighter());
        let first = Box::new(self.at_least(operand));
        let mut rest = vec![tail(op, self.at_least(operand))];
        if !level.stands_alone() {
            let same: Vec<InfixOp> = INFIX_OPS
                .into_iter()
                .filter(|op| Level::of(*op) == level)
                .collect();
            for _ in 0..self.bytes.below(3) {
                let op = same[self.bytes.below(same.len())];
                rest.push(tail(op, self.at_least(operand)));
            }
        }
        ExprKind::Infix { first, rest }
    }

    fn unary(&mut self) -> ExprKind {
        use UnaryOp::{Complement, Empty, Negate, Not, Size};
        let op = [Not, Negate, Complement, Empty, Size][self.bytes.below(5)];
        ExprKind::Unary {
            op,
            op_range: NOWHERE,
            operand: Box::new(self.at_least(Binding::Prefix)),
        }
    }

    fn ternary(&mut self) -> ExprKind {
        let condition = Box::new(self.at_least(Binding::Infix(Level::Or)));
        let then = self.expr();
        let otherwise = Box::new(self.expr());
        ExprKind::Ternary {
            condition,
            then: Box::new(before_colon(then, &otherwise)),
            otherwise,
        }
    }

    fn assign(&mut self) -> ExprKind {
        let ops = [
            None,
            Some(InfixOp::Add),
            Some(InfixOp::Subtract),
            Some(InfixOp::Multiply),
            Some(InfixOp::Divide),
            Some(InfixOp::Modulo),
            Some(InfixOp::BitAnd),
            Some(InfixOp::BitOr),
            Some(InfixOp::BitXor),
        ];
        let op = ops[self.bytes.below(ops.len())];
        let mut target = self.at_least(Binding::Infix(Level::Or));
        if op != Some(InfixOp::Modulo) && !can_be_assigned(&target) {
            // A member of anything can be assigned to, and keeps the islands where they are.
            let words = self.words.members;
            let member = link(LinkKind::Name(name(self.bytes.pick(words))));
            target = expr(match bound(target, Binding::Operand).kind {
                ExprKind::Chain { head, mut links } => {
                    links.push(member);
                    ExprKind::Chain { head, links }
                }
                head => ExprKind::Chain {
                    head: Box::new(expr(head)),
                    links: vec![member],
                },
            });
        }
        ExprKind::Assign {
            op,
            op_range: NOWHERE,
            target: Box::new(target),
            value: Box::new(self.expr()),
        }
    }

    fn paren_call(&mut self) -> ExprKind {
        let callee = Box::new(expr(ExprKind::Paren(Box::new(self.expr()))));
        let count = 1 + self.bytes.below(2);
        let calls = (0..count).map(|_| self.exprs()).collect();
        ExprKind::ParenCall { callee, calls }
    }

    fn lambda(&mut self) -> ExprKind {
        let count = self.bytes.below(3);
        // A `break` inside does not reach the loop around the lambda, but the parser counts it as inside.
        ExprKind::Lambda {
            parameters: (0..count).map(|_| self.variable()).collect(),
            body: self.block(),
        }
    }

    fn collection(&mut self) -> ExprKind {
        match self.bytes.below(3) {
            0 => ExprKind::Array {
                items: self.exprs(),
                ellipsis: self.bytes.chance(128),
            },
            1 => ExprKind::Set(self.exprs()),
            _ => {
                let count = self.bytes.below(3);
                let entry = |_| {
                    let (key, value) = (self.expr(), self.expr());
                    (before_colon(key, &value), value)
                };
                ExprKind::Map((0..count).map(entry).collect())
            }
        }
    }
}

const INFIX_OPS: [InfixOp; 23] = [
    InfixOp::Equal,
    InfixOp::And,
    InfixOp::Or,
    InfixOp::Add,
    InfixOp::NotEqual,
    InfixOp::Greater,
    InfixOp::Less,
    InfixOp::GreaterOrEqual,
    InfixOp::LessOrEqual,
    InfixOp::Subtract,
    InfixOp::Multiply,
    InfixOp::Divide,
    InfixOp::Modulo,
    InfixOp::Match,
    InfixOp::NotMatch,
    InfixOp::StartsWith,
    InfixOp::NotStartsWith,
    InfixOp::EndsWith,
    InfixOp::NotEndsWith,
    InfixOp::Range,
    InfixOp::BitAnd,
    InfixOp::BitOr,
    InfixOp::BitXor,
];

pub(super) fn expr(kind: ExprKind) -> Expr {
    Expr {
        range: NOWHERE,
        kind,
    }
}

pub(super) fn name(text: &str) -> Name {
    Name {
        range: NOWHERE,
        pieces: vec![Piece::Text(text.into())],
    }
}

fn link(kind: LinkKind) -> Link {
    Link {
        range: NOWHERE,
        kind,
    }
}

fn tail(op: InfixOp, operand: Expr) -> InfixTail {
    InfixTail {
        op,
        op_range: NOWHERE,
        operand,
    }
}

fn bound(inner: Expr, least: Binding) -> Expr {
    if binding(&inner) >= least {
        return inner;
    }
    expr(ExprKind::Paren(Box::new(inner)))
}

/// What stands before a colon, in parentheses where it would be read as a namespace.
fn before_colon(before: Expr, after: &Expr) -> Expr {
    if ends_in_name(&before) && begins_with_call(after) {
        return expr(ExprKind::Paren(Box::new(before)));
    }
    before
}
