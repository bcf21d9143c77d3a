//! The canonical text of a tree. Reading it again gives an equal tree.
//!
//! Blanks around infix operators, `gt` and `ge` for `>` and `>=` (so that the text may stand in an island), otherwise
//! signs instead of words; each string keeps its quotes. Parentheses are those of the tree, and those it needs. A
//! lambda is `(x) -> {…}`, and `function(x) {…}` where its parentheses would be read as a call:
//! `var a = b function(x) {…}`.

use std::fmt::Write as _;

use crate::lower::Level;
use crate::{
    Block, Expr, ExprKind, InfixOp, IslandId, Link, LinkKind, Name, Number, NumberForm, Piece,
    Script, Statement, StatementKind, StringLiteral, UnaryOp,
};

/// Writes an expression. `island` gives the text of each island in it, delimiters included.
///
/// A lambda's arrow is the one `>` in the result that does not come from a string or an island.
pub fn print_expression<'s>(expr: &Expr, island: impl Fn(IslandId) -> &'s str) -> String {
    let mut printer = Printer::new(island);
    printer.expr(expr);
    printer.out
}

/// Writes a script, on one line. `island` as in [`print_expression`].
pub fn print_script<'s>(script: &Script, island: impl Fn(IslandId) -> &'s str) -> String {
    let mut printer = Printer::new(island);
    printer.statements(&script.statements);
    printer.out
}

/// How tightly an expression binds, the loosest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Binding {
    /// Assignments, ternaries, elvis: right of them everything may stand.
    Expression,
    Infix(Level),
    Prefix,
    Operand,
}

pub(crate) fn binding(expr: &Expr) -> Binding {
    match &expr.kind {
        ExprKind::Assign { .. } | ExprKind::Ternary { .. } | ExprKind::Elvis { .. } => {
            Binding::Expression
        }
        ExprKind::Infix { rest, .. } => rest
            .first()
            .map_or(Binding::Operand, |tail| Binding::Infix(Level::of(tail.op))),
        ExprKind::Unary { .. } => Binding::Prefix,
        _ => Binding::Operand,
    }
}

struct Printer<F> {
    out: String,
    island: F,
    /// Where in `out` parameters in parentheses would be read as the arguments of what stands before them.
    after_open: Option<usize>,
}

impl<'s, F: Fn(IslandId) -> &'s str> Printer<F> {
    fn new(island: F) -> Self {
        Self {
            out: String::new(),
            island,
            after_open: None,
        }
    }

    /// Writes `expr`, in parentheses if it binds more loosely than `least`.
    fn at_least(&mut self, expr: &Expr, least: Binding) {
        if binding(expr) >= least {
            return self.expr(expr);
        }
        self.out.push('(');
        self.expr(expr);
        self.out.push(')');
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Null => self.out.push_str("null"),
            ExprKind::Bool(value) => self.out.push_str(if *value { "true" } else { "false" }),
            ExprKind::Number(number) => self.number(number),
            ExprKind::Str(literal) => self.string(literal),
            ExprKind::TemplateString(template) => {
                self.out.push('`');
                self.out.push_str(&template.text.replace('`', "\\`"));
                self.out.push('`');
            }
            ExprKind::Name(name) => self.name(name),
            ExprKind::Paren(inner) => self.bracketed('(', ')', |p| p.expr(inner)),
            ExprKind::Chain { head, links } => self.chain(head, links),
            ExprKind::Call {
                function,
                arguments,
            } => {
                self.name(function);
                self.arguments(arguments);
            }
            ExprKind::ParenCall { callee, calls } => {
                self.expr(callee);
                for arguments in calls {
                    self.arguments(arguments);
                }
            }
            ExprKind::NamespaceCall {
                namespace,
                function,
                arguments,
            } => {
                self.name(namespace);
                self.out.push(':');
                self.name(function);
                self.arguments(arguments);
            }
            ExprKind::New(arguments) => {
                self.out.push_str("new");
                self.arguments(arguments);
            }
            ExprKind::Array { items, ellipsis } => self.bracketed('[', ']', |p| {
                p.list(items);
                match (items.is_empty(), ellipsis) {
                    (true, true) => p.out.push_str("..."),
                    (false, true) => p.out.push_str(", ..."),
                    (_, false) => {}
                }
            }),
            ExprKind::Set(items) => self.bracketed('{', '}', |p| p.list(items)),
            ExprKind::Map(entries) if entries.is_empty() => self.out.push_str("{:}"),
            ExprKind::Map(entries) => self.bracketed('{', '}', |p| p.entries(entries)),
            ExprKind::Lambda { parameters, body } => self.lambda(parameters, body),
            ExprKind::Unary { op, operand, .. } => self.unary(*op, operand),
            ExprKind::Infix { first, rest } => {
                let operand = match binding(expr) {
                    Binding::Infix(level) => Binding::Infix(level.tighter()),
                    other => other,
                };
                self.at_least(first, operand);
                for tail in rest {
                    self.spaced(infix_text(tail.op));
                    self.at_least(&tail.operand, operand);
                }
            }
            ExprKind::Ternary {
                condition,
                then,
                otherwise,
            } => {
                self.at_least(condition, Binding::Infix(Level::Or));
                self.spaced("?");
                self.before_colon(then, otherwise);
                self.spaced(":");
                self.expr(otherwise);
            }
            ExprKind::Elvis { value, otherwise } => {
                self.at_least(value, Binding::Infix(Level::Or));
                self.spaced("?:");
                self.expr(otherwise);
            }
            ExprKind::Assign {
                op, target, value, ..
            } => {
                self.at_least(target, Binding::Infix(Level::Or));
                self.out.push(' ');
                self.out.push_str(op.map_or("", infix_text));
                self.out.push_str("= ");
                self.expr(value);
            }
        }
    }

    fn lambda(&mut self, parameters: &[Name], body: &Block) {
        let function = self.after_open == Some(self.out.len());
        self.out.push_str(if function { "function" } else { "" });
        self.bracketed('(', ')', |p| p.separated(parameters, Self::name));
        self.out.push_str(if function { " " } else { " -> " });
        self.block(body);
    }

    fn spaced(&mut self, operator: &str) {
        self.out.push(' ');
        self.out.push_str(operator);
        self.out.push(' ');
    }

    fn bracketed(&mut self, open: char, close: char, inside: impl FnOnce(&mut Self)) {
        self.out.push(open);
        inside(self);
        self.out.push(close);
    }

    fn separated<T>(&mut self, items: &[T], print: impl Fn(&mut Self, &T)) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.out.push_str(", ");
            }
            print(self, item);
        }
    }

    fn list(&mut self, items: &[Expr]) {
        self.separated(items, Self::expr);
    }

    fn arguments(&mut self, items: &[Expr]) {
        self.bracketed('(', ')', |p| p.list(items));
    }

    fn entries(&mut self, entries: &[(Expr, Expr)]) {
        self.separated(entries, |p, (key, value)| {
            p.before_colon(key, value);
            p.out.push_str(": ");
            p.expr(value);
        });
    }

    /// Writes what stands before a colon; in parentheses where it would be read as the namespace of a call after it.
    fn before_colon(&mut self, before: &Expr, after: &Expr) {
        if !(ends_in_name(before) && begins_with_call(after)) {
            return self.expr(before);
        }
        self.bracketed('(', ')', |p| p.expr(before));
    }

    fn unary(&mut self, op: UnaryOp, operand: &Expr) {
        let text = match op {
            UnaryOp::Negate => "-",
            UnaryOp::Complement => "~",
            UnaryOp::Not => "!",
            UnaryOp::Empty => "empty ",
            UnaryOp::Size => "size ",
        };
        self.out.push_str(text);
        let start = self.out.len();
        self.at_least(operand, Binding::Prefix);
        // `!~` and `!$` are operators of their own.
        if text == "!" && self.out[start..].starts_with(['~', '$']) {
            self.out.insert(start, ' ');
        }
    }

    fn chain(&mut self, head: &Expr, links: &[Link]) {
        self.at_least(head, Binding::Operand);
        // `1 .d` must not become the number `1.d`.
        let bare_number = matches!(&head.kind, ExprKind::Number(number)
            if number.suffix.is_none() && !matches!(number.form, NumberForm::NaN));
        if bare_number
            && matches!(
                links.first().map(|link| &link.kind),
                Some(LinkKind::Name(_))
            )
        {
            self.out.push(' ');
        }
        for link in links {
            match &link.kind {
                LinkKind::Name(name) => {
                    self.out.push('.');
                    self.name(name);
                }
                LinkKind::Quoted(literal) => {
                    self.out.push('.');
                    self.string(literal);
                }
                LinkKind::Index(index) => self.bracketed('[', ']', |p| p.expr(index)),
                LinkKind::Call(arguments) => self.arguments(arguments),
                LinkKind::Size => self.out.push_str(".size()"),
                LinkKind::Empty => self.out.push_str(".empty()"),
            }
        }
    }

    fn number(&mut self, number: &Number) {
        self.out.push_str(match number.form {
            NumberForm::Octal => "0",
            NumberForm::Hexadecimal => "0x",
            NumberForm::NaN => "NaN",
            NumberForm::Decimal | NumberForm::Real => "",
        });
        self.out.push_str(&number.digits);
        self.out.extend(number.suffix);
    }

    fn name(&mut self, name: &Name) {
        for piece in &name.pieces {
            match piece {
                Piece::Text(text) => self.out.push_str(text),
                Piece::Island(id) => self.out.push_str((self.island)(*id)),
            }
        }
    }

    fn string(&mut self, literal: &StringLiteral) {
        self.out.push(literal.quote);
        for piece in &literal.pieces {
            match piece {
                Piece::Text(text) => self.escaped(text, literal.quote),
                Piece::Island(id) => self.out.push_str((self.island)(*id)),
            }
        }
        self.out.push(literal.quote);
    }

    /// Writes text of a string literal; a backslash is doubled only where it would mean something.
    fn escaped(&mut self, text: &str, quote: char) {
        let mut rest = text.chars();
        while let Some(c) = rest.next() {
            match c {
                '\\' => {
                    let next = rest.clone().next();
                    let harmless = next
                        .is_some_and(|n| n != quote && !matches!(n, '\\' | 'u') && !is_line_end(n));
                    self.out.push_str(if harmless { "\\" } else { "\\\\" });
                }
                _ if c == quote => {
                    self.out.push('\\');
                    self.out.push(c);
                }
                _ if is_line_end(c) => {
                    // Writing to a string cannot fail.
                    let _ = write!(self.out, "\\u{:04X}", u32::from(c));
                }
                _ => self.out.push(c),
            }
        }
    }

    fn block(&mut self, block: &Block) {
        if block.statements.is_empty() {
            return self.out.push_str("{}");
        }
        self.out.push_str("{ ");
        self.statements(&block.statements);
        self.out.push_str(" }");
    }

    fn statements(&mut self, statements: &[Statement]) {
        let mut before: Option<&Statement> = None;
        for statement in statements {
            if let Some(before) = before {
                self.out.push(' ');
                self.after_open = ends_in_expression(before).then_some(self.out.len());
            }
            self.statement(statement);
            before = Some(statement);
        }
    }

    fn statement(&mut self, statement: &Statement) {
        match &statement.kind {
            StatementKind::Nothing => self.out.push(';'),
            StatementKind::Block(block) => self.block(block),
            StatementKind::Expr(expr) => {
                self.expr(expr);
                self.out.push(';');
            }
            StatementKind::If {
                condition,
                then,
                otherwise,
            } => {
                self.head("if ", |p| p.expr(condition));
                self.statement(then);
                if let Some(otherwise) = otherwise {
                    self.out.push_str(" else ");
                    self.statement(otherwise);
                }
            }
            StatementKind::For {
                declared,
                variable,
                items,
                body,
            } => {
                self.head("for ", |p| {
                    p.out.push_str(if *declared { "var " } else { "" });
                    p.name(variable);
                    p.spaced(":");
                    p.expr(items);
                });
                self.statement(body);
            }
            StatementKind::While { condition, body } => {
                self.head("while ", |p| p.expr(condition));
                self.statement(body);
            }
            StatementKind::Return(value) => {
                self.out.push_str("return ");
                self.expr(value);
            }
            StatementKind::Continue => self.out.push_str("continue"),
            StatementKind::Break => self.out.push_str("break"),
            StatementKind::Var { name, value } => {
                self.out.push_str("var ");
                self.name(name);
                if let Some(value) = value {
                    self.spaced("=");
                    self.expr(value);
                }
            }
            StatementKind::Pragma { key, value } => {
                self.out.push_str("#pragma ");
                self.name(key);
                self.out.push(' ');
                self.expr(value);
            }
        }
    }

    fn head(&mut self, word: &str, inside: impl FnOnce(&mut Self)) {
        self.out.push_str(word);
        self.bracketed('(', ')', inside);
        self.out.push(' ');
    }
}

/// Whether a statement ends in an expression without `;`, which what is written next could go on with.
pub(crate) fn ends_in_expression(statement: &Statement) -> bool {
    match &statement.kind {
        StatementKind::Return(_) | StatementKind::Var { value: Some(_), .. } => true,
        StatementKind::If {
            otherwise: Some(last),
            ..
        }
        | StatementKind::If { then: last, .. }
        | StatementKind::For { body: last, .. }
        | StatementKind::While { body: last, .. } => ends_in_expression(last),
        _ => false,
    }
}

/// Whether the last word of an expression is a variable.
pub(crate) fn ends_in_name(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Name(_) => true,
        ExprKind::Unary { operand: last, .. }
        | ExprKind::Ternary {
            otherwise: last, ..
        }
        | ExprKind::Elvis {
            otherwise: last, ..
        }
        | ExprKind::Assign { value: last, .. } => ends_in_name(last),
        ExprKind::Infix { rest, .. } => rest.last().is_some_and(|tail| ends_in_name(&tail.operand)),
        _ => false,
    }
}

/// Whether an expression begins with the call of a function without namespace.
pub(crate) fn begins_with_call(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Call { .. } => true,
        ExprKind::Chain { head: first, .. }
        | ExprKind::Infix { first, .. }
        | ExprKind::Ternary {
            condition: first, ..
        }
        | ExprKind::Elvis { value: first, .. }
        | ExprKind::Assign { target: first, .. } => begins_with_call(first),
        _ => false,
    }
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

fn infix_text(op: InfixOp) -> &'static str {
    match op {
        InfixOp::Or => "||",
        InfixOp::And => "&&",
        InfixOp::BitOr => "|",
        InfixOp::BitXor => "^",
        InfixOp::BitAnd => "&",
        InfixOp::Equal => "==",
        InfixOp::NotEqual => "!=",
        InfixOp::Range => "..",
        InfixOp::Less => "<",
        InfixOp::Greater => "gt",
        InfixOp::LessOrEqual => "<=",
        InfixOp::GreaterOrEqual => "ge",
        InfixOp::Match => "=~",
        InfixOp::NotMatch => "!~",
        InfixOp::StartsWith => "=^",
        InfixOp::NotStartsWith => "!^",
        InfixOp::EndsWith => "=$",
        InfixOp::NotEndsWith => "!$",
        InfixOp::Add => "+",
        InfixOp::Subtract => "-",
        InfixOp::Multiply => "*",
        InfixOp::Divide => "/",
        InfixOp::Modulo => "%",
    }
}
