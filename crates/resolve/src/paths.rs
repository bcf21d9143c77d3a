//! The paths that an expression names.

use std::collections::HashSet;

use pipewright_source::TextRange;
use pipewright_syntax::{
    Block, Expr, ExprKind, IslandId, Link, LinkKind, Name, NumberForm, Piece, Statement,
    StatementKind, StringLiteral, Template,
};

use crate::{Segment, SegmentKind};

/// The island texts that give the suffix of the same iteration of a loop.
const POSTFIXES: [&str; 4] = [
    "strategy.identifierPostFix",
    "step.identifierPostFix",
    "stepGroup.identifierPostFix",
    "stage.identifierPostFix",
];

/// A path in an expression.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Path {
    /// Without a method call at the end.
    pub(crate) range: TextRange,
    pub(crate) segments: Vec<Segment>,
    /// The parts that are put together from islands, in order.
    pub(crate) spliced: Vec<Spliced>,
}

/// A part of a path that is put together from islands.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Spliced {
    /// Its place in the path.
    pub(crate) at: usize,
    pub(crate) pieces: Vec<Piece>,
    /// Whether it stands in quotes, so that dots do not part it.
    pub(crate) is_quoted: bool,
}

/// The paths of an expression from left to right. Names that the expression itself declares (parameters, loop
/// variables, assignments) name no path, and neither do islands: they have expressions of their own.
///
/// `text` and `template` are those the expression was parsed from.
pub(crate) fn paths(expr: &Expr, text: &str, template: &Template) -> Vec<Path> {
    let mut finder = Finder {
        text,
        template,
        found: Vec::new(),
        declared: HashSet::new(),
    };
    finder.expr(expr);
    let declared = finder.declared;
    finder.found.retain(|path| {
        let first = path.segments.first().and_then(Segment::name);
        first.is_none_or(|name| !declared.contains(name))
    });
    finder.found
}

/// Walks an expression; as deep as the parser lets expressions nest.
struct Finder<'a> {
    text: &'a str,
    template: &'a Template,
    found: Vec<Path>,
    declared: HashSet<Box<str>>,
}

impl Finder<'_> {
    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Null
            | ExprKind::Bool(_)
            | ExprKind::Number(_)
            | ExprKind::Str(_)
            | ExprKind::TemplateString(_) => {}
            ExprKind::Name(name) => self.path(name, &[]),
            ExprKind::Chain { head, links } => {
                match &head.kind {
                    ExprKind::Name(name) => self.path(name, links),
                    _ => self.expr(head),
                }
                for link in links {
                    self.link(link);
                }
            }
            ExprKind::Paren(inner) => self.expr(inner),
            ExprKind::Call { arguments, .. }
            | ExprKind::NamespaceCall { arguments, .. }
            | ExprKind::New(arguments)
            | ExprKind::Set(arguments)
            | ExprKind::Array {
                items: arguments, ..
            } => self.all(arguments),
            ExprKind::ParenCall { callee, calls } => {
                self.expr(callee);
                for arguments in calls {
                    self.all(arguments);
                }
            }
            ExprKind::Map(entries) => {
                for (key, value) in entries {
                    self.expr(key);
                    self.expr(value);
                }
            }
            ExprKind::Lambda { parameters, body } => {
                for name in parameters {
                    self.declare(name);
                }
                self.block(body);
            }
            ExprKind::Unary { operand, .. } => self.expr(operand),
            ExprKind::Infix { first, rest } => {
                self.expr(first);
                for tail in rest {
                    self.expr(&tail.operand);
                }
            }
            ExprKind::Ternary {
                condition,
                then,
                otherwise,
            } => {
                self.expr(condition);
                self.expr(then);
                self.expr(otherwise);
            }
            ExprKind::Elvis { value, otherwise } => {
                self.expr(value);
                self.expr(otherwise);
            }
            ExprKind::Assign { target, value, .. } => {
                match &target.kind {
                    ExprKind::Name(name) => self.declare(name),
                    _ => self.expr(target),
                }
                self.expr(value);
            }
        }
    }

    fn all(&mut self, exprs: &[Expr]) {
        for expr in exprs {
            self.expr(expr);
        }
    }

    /// The expressions inside a link. What the link itself names is part of the path it belongs to.
    fn link(&mut self, link: &Link) {
        match &link.kind {
            LinkKind::Name(_) | LinkKind::Quoted(_) | LinkKind::Size | LinkKind::Empty => {}
            LinkKind::Index(index) => self.expr(index),
            LinkKind::Call(arguments) => self.all(arguments),
        }
    }

    fn block(&mut self, block: &Block) {
        for statement in &block.statements {
            self.statement(statement);
        }
    }

    fn statement(&mut self, statement: &Statement) {
        match &statement.kind {
            StatementKind::Nothing
            | StatementKind::Continue
            | StatementKind::Break
            | StatementKind::Pragma { .. } => {}
            StatementKind::Block(block) => self.block(block),
            StatementKind::Expr(expr) | StatementKind::Return(expr) => self.expr(expr),
            StatementKind::If {
                condition,
                then,
                otherwise,
            } => {
                self.expr(condition);
                self.statement(then);
                if let Some(otherwise) = otherwise {
                    self.statement(otherwise);
                }
            }
            StatementKind::For {
                variable,
                items,
                body,
                ..
            } => {
                self.declare(variable);
                self.expr(items);
                self.statement(body);
            }
            StatementKind::While { condition, body } => {
                self.expr(condition);
                self.statement(body);
            }
            StatementKind::Var { name, value } => {
                self.declare(name);
                if let Some(value) = value {
                    self.expr(value);
                }
            }
        }
    }

    fn declare(&mut self, name: &Name) {
        self.declared.extend(name.as_text().map(Into::into));
    }

    /// The path of a name and the links behind it.
    fn path(&mut self, head: &Name, links: &[Link]) {
        if head.as_island().is_some() {
            return;
        }
        let mut segments = vec![Segment {
            range: head.range,
            kind: self.name(head),
        }];
        let mut spliced = Vec::new();
        let mut links = links.iter().peekable();
        while let Some(link) = links.next() {
            let called = links.next_if(|next| matches!(next.kind, LinkKind::Call(_)));
            let kind = match (self.part(&link.kind), called) {
                (kind, None) => kind,
                (kind, Some(call)) => called_part(kind, &call.kind),
            };
            let range = match &link.kind {
                LinkKind::Name(name) => name.range,
                LinkKind::Quoted(literal) => literal.range,
                _ => link.range,
            };
            let is_put_together = kind == SegmentKind::Dynamic;
            let pieces = pieces_of(&link.kind, called.map(|call| &call.kind));
            let pieces = pieces.filter(|_| is_put_together);
            // `get("name")` with its argument, which is the name.
            let is_named = matches!(kind, SegmentKind::Quoted(_)) || pieces.is_some();
            let range = match called {
                Some(call) if is_named => range.cover(call.range),
                _ => range,
            };
            if let Some((pieces, is_quoted)) = pieces {
                spliced.push(Spliced {
                    at: segments.len(),
                    pieces: pieces.to_vec(),
                    is_quoted,
                });
            }
            let is_call = matches!(kind, SegmentKind::Call(_));
            segments.push(Segment { range, kind });
            if is_call {
                break;
            }
        }
        let last = segments
            .iter()
            .rfind(|segment| !matches!(segment.kind, SegmentKind::Call(_)));
        let range = last.map_or(head.range, |last| head.range.cover(last.range));
        self.found.push(Path {
            range,
            segments,
            spliced,
        });
    }

    /// What a link names, before a call behind it is looked at.
    fn part(&self, link: &LinkKind) -> SegmentKind {
        match link {
            LinkKind::Name(name) => self.name(name),
            LinkKind::Quoted(literal) => quoted(literal),
            LinkKind::Index(index) => index_of(index),
            LinkKind::Call(_) => SegmentKind::Call("".into()),
            LinkKind::Size => SegmentKind::Call("size".into()),
            LinkKind::Empty => SegmentKind::Call("empty".into()),
        }
    }

    fn name(&self, name: &Name) -> SegmentKind {
        match name.pieces.as_slice() {
            [Piece::Text(text)] => SegmentKind::Name(text.clone()),
            [Piece::Text(text), Piece::Island(island)] => {
                if is_postfix(*island, self.template, self.text) {
                    SegmentKind::Postfixed(text.clone())
                } else {
                    SegmentKind::Dynamic
                }
            }
            _ => SegmentKind::Dynamic,
        }
    }
}

/// Whether an island gives the suffix of the same iteration of a loop.
pub(crate) fn is_postfix(id: IslandId, template: &Template, text: &str) -> bool {
    let island = template.islands.get(id.0 as usize);
    let inner = island.map_or("", |island| island.inner.slice(text).trim());
    POSTFIXES.contains(&inner)
}

/// The pieces that the name of a link is made of, and whether it stands in quotes. `None` where it is an expression.
fn pieces_of<'l>(link: &'l LinkKind, called: Option<&'l LinkKind>) -> Option<(&'l [Piece], bool)> {
    let quoted = |expr: &'l Expr| match &expr.kind {
        ExprKind::Str(literal) => Some((literal.pieces.as_slice(), true)),
        _ => None,
    };
    match (link, called) {
        (LinkKind::Name(_), Some(LinkKind::Call(arguments))) => match arguments.as_slice() {
            [argument] => quoted(argument),
            _ => None,
        },
        (LinkKind::Name(name), None) => Some((name.pieces.as_slice(), false)),
        (LinkKind::Quoted(literal), None) => Some((literal.pieces.as_slice(), true)),
        (LinkKind::Index(index), None) => quoted(index),
        _ => None,
    }
}

/// A part with a call behind it: `.get("name")` and `.getParentStepGroup()` go on with the path, every other method
/// ends it.
fn called_part(part: SegmentKind, call: &LinkKind) -> SegmentKind {
    let LinkKind::Call(arguments) = call else {
        return part;
    };
    match (&part, arguments.as_slice()) {
        (SegmentKind::Name(name), [argument]) if **name == *"get" => match &argument.kind {
            ExprKind::Str(literal) => quoted(literal),
            _ => SegmentKind::Dynamic,
        },
        (SegmentKind::Name(name), []) if **name == *"getParentStepGroup" => part,
        (SegmentKind::Name(name) | SegmentKind::Quoted(name), _) => SegmentKind::Call(name.clone()),
        _ => SegmentKind::Call("".into()),
    }
}

fn quoted(literal: &StringLiteral) -> SegmentKind {
    literal.as_text().map_or(SegmentKind::Dynamic, |text| {
        SegmentKind::Quoted(text.into())
    })
}

fn index_of(index: &Expr) -> SegmentKind {
    match &index.kind {
        ExprKind::Str(literal) => quoted(literal),
        ExprKind::Number(number) if number.form == NumberForm::Decimal => number
            .digits
            .parse()
            .map_or(SegmentKind::Dynamic, SegmentKind::Index),
        _ => SegmentKind::Dynamic,
    }
}
