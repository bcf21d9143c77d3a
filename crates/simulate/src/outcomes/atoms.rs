//! The parts of a condition between `&&`, `||`, `!` and `? :`, and the literals in each.

use pipewright_syntax::{
    Expr, ExprKind, InfixOp, IslandId, LinkKind, Name, Piece, Template, UnaryOp, parse_island,
    parse_predicate, parse_template,
};

/// A part of a condition that is true or false by itself.
#[derive(Debug)]
pub(super) struct Atom {
    /// It as a condition of its own.
    pub(super) text: String,
    pub(super) literals: Literals,
}

/// What a part of a condition compares with.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact by itself")]
#[derive(Debug, Default)]
pub(super) struct Literals {
    pub(super) texts: Vec<String>,
    /// Regular expressions.
    pub(super) patterns: Vec<String>,
    pub(super) numbers: Vec<i64>,
    /// Whether there is `null` in it.
    pub(super) has_null: bool,
    /// Whether it asks for a size, or whether something is empty.
    pub(super) asks_for_size: bool,
    /// Whether it asks which of two is greater.
    pub(super) orders: bool,
    /// Whether it calls something.
    pub(super) calls: bool,
}

/// The parts of a condition, and then the whole; none of what cannot be read.
pub(super) fn atoms(condition: &str) -> Vec<Atom> {
    let template = parse_template(condition);
    let mut reader = Reader {
        text: condition,
        template: &template,
        atoms: Vec::new(),
    };
    if let Ok(Some(whole)) = parse_predicate(condition, &template) {
        reader.part(&whole, false);
        reader.atom(&whole, false);
    }
    reader.atoms
}

struct Reader<'t> {
    text: &'t str,
    template: &'t Template,
    atoms: Vec<Atom>,
}

impl Reader<'_> {
    /// As deep as a condition nests. `inside` tells whether it stands in an island.
    fn part(&mut self, expr: &Expr, inside: bool) {
        match &expr.kind {
            ExprKind::Paren(inner) => self.part(inner, inside),
            ExprKind::Unary {
                op: UnaryOp::Not,
                operand,
                ..
            } => self.part(operand, inside),
            ExprKind::Infix { first, rest } if matches!(rest[0].op, InfixOp::And | InfixOp::Or) => {
                self.part(first, inside);
                for tail in rest {
                    self.part(&tail.operand, inside);
                }
            }
            ExprKind::Ternary {
                condition,
                then,
                otherwise,
            } => {
                for part in [condition, then, otherwise] {
                    self.part(part, inside);
                }
            }
            ExprKind::Elvis { value, otherwise } => {
                self.part(value, inside);
                self.part(otherwise, inside);
            }
            ExprKind::Name(name) => match name.as_island().and_then(|island| self.inside(island)) {
                Some(island) => self.part(&island, true),
                None => self.atom(expr, inside),
            },
            ExprKind::Bool(_) | ExprKind::Str(_) => {}
            _ => self.atom(expr, inside),
        }
    }

    fn atom(&mut self, expr: &Expr, inside: bool) {
        let written = expr.range.slice(self.text);
        let text = if inside {
            format!("<+{written}>")
        } else {
            written.to_owned()
        };
        let mut literals = Literals::default();
        self.collect(expr, &mut literals);
        self.atoms.push(Atom { text, literals });
    }

    fn inside(&self, island: IslandId) -> Option<Expr> {
        parse_island(self.text, self.template, island)
            .ok()
            .flatten()
    }

    /// As deep as islands nest.
    fn collect(&self, expr: &Expr, literals: &mut Literals) {
        let mut islands = Vec::new();
        expr.walk(&mut |part| match &part.kind {
            ExprKind::Null => literals.has_null = true,
            ExprKind::Number(_) => {
                let number = part.range.slice(self.text).parse::<i64>();
                literals.numbers.extend(number);
            }
            ExprKind::Str(text) => {
                literals.texts.extend(text.as_text().map(str::to_owned));
                islands.extend(islands_of(&text.pieces));
            }
            ExprKind::Name(Name { pieces, .. }) => islands.extend(islands_of(pieces)),
            ExprKind::Unary {
                op: UnaryOp::Empty | UnaryOp::Size,
                ..
            } => literals.asks_for_size = true,
            ExprKind::Infix { rest, .. } => {
                literals.orders |= rest.iter().any(|tail| is_order(tail.op));
                let matched = rest.iter().filter(|tail| is_match(tail.op));
                literals
                    .patterns
                    .extend(matched.filter_map(|tail| text(&tail.operand)));
            }
            ExprKind::Chain { links, .. } => {
                for link in links {
                    match &link.kind {
                        LinkKind::Size | LinkKind::Empty => literals.asks_for_size = true,
                        LinkKind::Call(arguments) => {
                            literals.calls = true;
                            literals.asks_for_size |= arguments.is_empty();
                        }
                        _ => {}
                    }
                }
            }
            ExprKind::Call { .. } | ExprKind::NamespaceCall { .. } => literals.calls = true,
            _ => {}
        });
        for island in islands {
            if let Some(inside) = self.inside(island) {
                self.collect(&inside, literals);
            }
        }
    }
}

fn islands_of(pieces: &[Piece]) -> impl Iterator<Item = IslandId> {
    pieces.iter().filter_map(|piece| match piece {
        Piece::Island(island) => Some(*island),
        Piece::Text(_) => None,
    })
}

fn text(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Str(text) => text.as_text().map(str::to_owned),
        _ => None,
    }
}

const fn is_match(op: InfixOp) -> bool {
    matches!(op, InfixOp::Match | InfixOp::NotMatch)
}

const fn is_order(op: InfixOp) -> bool {
    matches!(
        op,
        InfixOp::Less | InfixOp::Greater | InfixOp::LessOrEqual | InfixOp::GreaterOrEqual
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_is_taken_apart() {
        let texts = |condition: &str| -> Vec<(String, Vec<String>)> {
            let atoms = atoms(condition).into_iter();
            atoms.map(|atom| (atom.text, atom.literals.texts)).collect()
        };
        let found = texts(r#"<+a> == "x" && !(<+b.c.startsWith("y")> || <+d>)"#);
        let expected = [
            (r#"<+a> == "x""#, vec!["x"]),
            (r#"<+b.c.startsWith("y")>"#, vec!["y"]),
            ("<+d>", vec![]),
            (
                r#"<+a> == "x" && !(<+b.c.startsWith("y")> || <+d>)"#,
                vec!["x", "y"],
            ),
        ];
        let found: Vec<(&str, Vec<&str>)> = found
            .iter()
            .map(|(text, literals)| (&**text, literals.iter().map(|literal| &**literal).collect()))
            .collect();
        assert_eq!(found, expected);
        assert_eq!(
            texts(r#"<+ a == "x" || <+b> == "y">"#),
            [
                (r#"<+a == "x">"#.to_owned(), vec!["x".to_owned()]),
                (r#"<+<+b> == "y">"#.to_owned(), vec!["y".to_owned()]),
                (
                    r#"<+ a == "x" || <+b> == "y">"#.to_owned(),
                    vec!["x".to_owned(), "y".to_owned()]
                ),
            ]
        );
        assert!(texts("<+a> ==").is_empty());
    }
}
