//! The references of an expression.

use super::{Expr, ExprKind, Link, LinkKind, NumberForm};
use crate::{
    ExprKind as JexlKind, Link as JexlLink, LinkKind as JexlLinkKind, Name, Number,
    NumberForm as JexlForm, StringLiteral,
};

/// The methods that bind the names before their last argument.
const BINDING: [&str; 13] = [
    "all",
    "bind",
    "exists",
    "existsOne",
    "exists_one",
    "filter",
    "map",
    "optFlatMap",
    "optMap",
    "sortBy",
    "transformList",
    "transformMap",
    "transformMapEntry",
];

impl Expr {
    /// The dotted names in the expression, from left to right, as JEXL has them, so that a path is one thing in both
    /// languages: `a.b["c-d"][0]`, up to the first method or index that is put together. Names that a macro binds are
    /// none. Ranges are those of this tree.
    ///
    /// ```
    /// use pipewright_syntax::{cel::parse_expression, print_expression};
    ///
    /// let text = "stage.tags.exists(t, t == inputs['a-b'].name)";
    /// let expression = parse_expression(text).unwrap().unwrap();
    /// let paths = expression.paths();
    /// let printed: Vec<String> = paths.iter().map(|path| print_expression(path, |_| "")).collect();
    /// assert_eq!(printed, ["stage.tags", "inputs['a-b'].name"]);
    /// ```
    pub fn paths(&self) -> Vec<crate::Expr> {
        let mut finder = Finder::default();
        finder.expr(self);
        finder.found
    }
}

#[derive(Default)]
struct Finder<'e> {
    /// The names that macros around the current place bind.
    bound: Vec<&'e str>,
    found: Vec<crate::Expr>,
}

impl<'e> Finder<'e> {
    fn expr(&mut self, expr: &'e Expr) {
        match &expr.kind {
            ExprKind::Name(_) => self.path(expr, &[]),
            ExprKind::Chain { head, links } => {
                self.path(head, links);
                for link in links {
                    self.link(link);
                }
            }
            _ => expr.for_each_child(&mut |child| self.expr(child)),
        }
    }

    fn link(&mut self, link: &'e Link) {
        match &link.kind {
            LinkKind::Member { .. } => {}
            LinkKind::Index { index, .. } => self.expr(index),
            LinkKind::Fields(fields) => {
                for field in fields {
                    self.expr(&field.value);
                }
            }
            LinkKind::Method { name, arguments } => {
                let is_macro = name.as_text().is_some_and(|name| BINDING.contains(&name));
                let before = self.bound.len();
                if let Some((_, names)) = arguments.split_last().filter(|_| is_macro) {
                    let names = names.iter().filter_map(single_name);
                    self.bound.extend(names);
                }
                for argument in arguments {
                    self.expr(argument);
                }
                self.bound.truncate(before);
            }
        }
    }

    /// The path that a chain begins with; a head that is no name is looked through.
    fn path(&mut self, head: &'e Expr, links: &[Link]) {
        let ExprKind::Name(root) = &head.kind else {
            return self.expr(head);
        };
        let first = root.name.as_text();
        if !root.from_root && first.is_some_and(|name| self.bound.contains(&name)) {
            return;
        }
        let head = crate::Expr {
            range: root.name.range,
            kind: JexlKind::Name(root.name.clone()),
        };
        // The type of a message is no reference.
        if links
            .iter()
            .any(|link| matches!(link.kind, LinkKind::Fields(_)))
        {
            return;
        }
        let links: Vec<JexlLink> = links.iter().map_while(in_jexl).collect();
        self.found.push(match links.last() {
            None => head,
            Some(last) => crate::Expr {
                range: head.range.cover(last.range),
                kind: JexlKind::Chain {
                    head: Box::new(head),
                    links,
                },
            },
        });
    }
}

/// The name that an expression is.
fn single_name(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        ExprKind::Name(root) => root.name.as_text(),
        _ => None,
    }
}

/// A step of a path as JEXL has it; `None` for a method and for an index that is no literal.
fn in_jexl(link: &Link) -> Option<JexlLink> {
    let kind = match &link.kind {
        LinkKind::Member { name, .. } => member(name),
        LinkKind::Index { index, .. } => JexlLinkKind::Index(Box::new(crate::Expr {
            range: index.range,
            kind: literal(index)?,
        })),
        LinkKind::Method { .. } | LinkKind::Fields(_) => return None,
    };
    let range = link.range;
    Some(JexlLink { range, kind })
}

/// A name behind a dot; what only backticks allow stands in quotes.
fn member(name: &Name) -> JexlLinkKind {
    let is_word = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if name.as_text().is_none_or(is_word) {
        return JexlLinkKind::Name(name.clone());
    }
    JexlLinkKind::Quoted(StringLiteral {
        range: name.range,
        quote: '\'',
        pieces: name.pieces.clone(),
    })
}

fn literal(index: &Expr) -> Option<JexlKind> {
    match &index.kind {
        ExprKind::Str(literal) if !literal.is_bytes => {
            let pieces = literal.pieces.iter().map(|piece| match piece {
                crate::Piece::Text(text) => {
                    let text = literal.unescaped(text)?;
                    Some(crate::Piece::Text(text.into()))
                }
                island @ crate::Piece::Island(_) => Some(island.clone()),
            });
            Some(JexlKind::Str(StringLiteral {
                range: literal.range,
                quote: '\'',
                pieces: pieces.collect::<Option<_>>()?,
            }))
        }
        ExprKind::Number(number) if number.form == NumberForm::Integer => {
            Some(JexlKind::Number(Number {
                form: JexlForm::Decimal,
                digits: number.digits.clone(),
                suffix: None,
            }))
        }
        _ => None,
    }
}
