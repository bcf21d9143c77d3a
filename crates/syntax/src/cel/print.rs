//! The canonical text of a tree. Reading it again gives an equal tree.
//!
//! Blanks around infix operators and after commas and colons; parentheses are those of the tree, and those it needs.
//! Numbers and strings stay as they were written.

use super::lower::Level;
use super::{Expr, ExprKind, Link, LinkKind, NumberForm, RootName, StringLiteral, UnaryOp};
use crate::{IslandId, Name, Piece};

/// Writes an expression. `island` gives the text of each island in it, delimiters included.
pub fn print_expression<'s>(expr: &Expr, island: impl Fn(IslandId) -> &'s str) -> String {
    let mut printer = Printer {
        out: String::new(),
        island,
    };
    printer.expr(expr);
    printer.out
}

/// How tightly an expression binds, the loosest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Ternary,
    Infix(Level),
    Prefix,
    Operand,
}

fn binding(expr: &Expr) -> Binding {
    match &expr.kind {
        ExprKind::Ternary { .. } => Binding::Ternary,
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
}

impl<'s, F: Fn(IslandId) -> &'s str> Printer<F> {
    /// Writes `expr`, in parentheses if it binds more loosely than `least`.
    fn at_least(&mut self, expr: &Expr, least: Binding) {
        if binding(expr) >= least {
            return self.expr(expr);
        }
        self.bracketed('(', ')', |printer| printer.expr(expr));
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Null => self.out.push_str("null"),
            ExprKind::Bool(value) => self.out.push_str(if *value { "true" } else { "false" }),
            ExprKind::Number(number) => {
                self.out.push_str(&number.digits);
                let is_unsigned = number.form == NumberForm::Unsigned;
                self.out.push_str(if is_unsigned { "u" } else { "" });
            }
            ExprKind::Str(literal) => self.string(literal),
            ExprKind::Name(root) => self.root(root),
            ExprKind::Call {
                function,
                arguments,
            } => {
                self.root(function);
                self.arguments(arguments);
            }
            ExprKind::Paren(inner) => self.bracketed('(', ')', |printer| printer.expr(inner)),
            ExprKind::Chain { head, links } => {
                self.head(head, links);
                for link in links {
                    self.link(link);
                }
            }
            ExprKind::List(items) => self.bracketed('[', ']', |printer| {
                printer.separated(items, |printer, item| {
                    printer.optional(item.is_optional);
                    printer.expr(&item.value);
                });
            }),
            ExprKind::Map(entries) => self.bracketed('{', '}', |printer| {
                printer.separated(entries, |printer, entry| {
                    printer.optional(entry.is_optional);
                    printer.expr(&entry.key);
                    printer.out.push_str(": ");
                    printer.expr(&entry.value);
                });
            }),
            ExprKind::Unary { op, operand } => {
                self.out.push(match op {
                    UnaryOp::Negate => '-',
                    UnaryOp::Not => '!',
                });
                self.at_least(operand, Binding::Prefix);
            }
            ExprKind::Infix { first, rest } => {
                let operand = match binding(expr) {
                    Binding::Infix(level) => Binding::Infix(level.tighter()),
                    other => other,
                };
                self.at_least(first, operand);
                for tail in rest {
                    self.spaced(tail.op.sign());
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
                self.expr(then);
                self.spaced(":");
                self.expr(otherwise);
            }
        }
    }

    /// What a chain starts from. A point that a number ends with would take the dot behind it.
    fn head(&mut self, head: &Expr, links: &[Link]) {
        let ends_in_point =
            matches!(&head.kind, ExprKind::Number(number) if number.digits.ends_with('.'));
        let is_member = links.first().is_some_and(|link| {
            matches!(link.kind, LinkKind::Member { .. } | LinkKind::Method { .. })
        });
        if ends_in_point && is_member {
            self.bracketed('(', ')', |printer| printer.expr(head));
        } else {
            self.at_least(head, Binding::Operand);
        }
    }

    fn link(&mut self, link: &Link) {
        match &link.kind {
            LinkKind::Member { name, is_optional } => {
                self.out.push('.');
                self.optional(*is_optional);
                self.member_name(name);
            }
            LinkKind::Method { name, arguments } => {
                self.out.push('.');
                self.member_name(name);
                self.arguments(arguments);
            }
            LinkKind::Index { index, is_optional } => self.bracketed('[', ']', |printer| {
                printer.optional(*is_optional);
                printer.expr(index);
            }),
            LinkKind::Fields(fields) => self.bracketed('{', '}', |printer| {
                printer.separated(fields, |printer, field| {
                    printer.optional(field.is_optional);
                    printer.member_name(&field.name);
                    printer.out.push_str(": ");
                    printer.expr(&field.value);
                });
            }),
        }
    }

    fn arguments(&mut self, arguments: &[Expr]) {
        self.bracketed('(', ')', |printer| printer.separated(arguments, Self::expr));
    }

    fn root(&mut self, root: &RootName) {
        self.out.push_str(if root.from_root { "." } else { "" });
        self.pieces(&root.name.pieces);
    }

    /// A name behind a dot, in backticks where it needs them.
    fn member_name(&mut self, name: &Name) {
        let is_word = |text: &str| {
            let is_literal = matches!(text, "true" | "false" | "null");
            !is_literal
                && !text.starts_with(|c: char| c.is_ascii_digit())
                && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        };
        match name.as_text() {
            Some(text) if !is_word(text) => {
                self.bracketed('`', '`', |printer| printer.out.push_str(text));
            }
            _ => self.pieces(&name.pieces),
        }
    }

    fn string(&mut self, literal: &StringLiteral) {
        self.out.push_str(if literal.is_raw { "r" } else { "" });
        self.out.push_str(if literal.is_bytes { "b" } else { "" });
        self.out.push_str(literal.quote.sign());
        self.pieces(&literal.pieces);
        self.out.push_str(literal.quote.sign());
    }

    fn pieces(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            let text = match piece {
                Piece::Text(text) => text,
                Piece::Island(island) => (self.island)(*island),
            };
            self.out.push_str(text);
        }
    }

    fn optional(&mut self, is_optional: bool) {
        self.out.push_str(if is_optional { "?" } else { "" });
    }

    fn spaced(&mut self, operator: &str) {
        self.out.extend([" ", operator, " "]);
    }

    fn bracketed(&mut self, open: char, close: char, inside: impl FnOnce(&mut Self)) {
        self.out.push(open);
        inside(self);
        self.out.push(close);
    }

    fn separated<T>(&mut self, items: &[T], print: impl Fn(&mut Self, &T)) {
        for (index, item) in items.iter().enumerate() {
            self.out.push_str(if index > 0 { ", " } else { "" });
            print(self, item);
        }
    }
}
