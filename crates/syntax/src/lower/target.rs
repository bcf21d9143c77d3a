//! What may stand left of `=`.

use crate::{Block, Expr, ExprKind, Link, LinkKind, Statement, StatementKind};

/// A node of the tree as the original builds it, as far as assignment looks at it.
enum Node<'e> {
    Expr(&'e Expr),
    /// A chain's head with some of its links.
    Chain(&'e Expr, &'e [Link]),
    Block(&'e Block),
    Statement(&'e Statement),
}

/// Whether the original accepts `target` left of `=`.
///
/// It looks at the last leaf of the tree only: a variable, a property or a literal index is enough there. So
/// `a + b = 3`, `!a = 1` and `f(x) = 1` are valid programs, which fail or do something odd at run time, and `f(1) = 1`
/// is none.
pub(crate) fn can_be_assigned(target: &Expr) -> bool {
    let mut node = Node::Expr(target);
    loop {
        match last_child(&node) {
            Last::Assignable => return true,
            Last::Leaf | Last::Refused => return false,
            Last::Child(child) => node = child,
        }
    }
}

enum Last<'e> {
    /// The node itself can be assigned to.
    Assignable,
    /// The node cannot, and nothing is below it.
    Leaf,
    /// The node ends in something below that cannot.
    Refused,
    Child(Node<'e>),
}

fn last_child<'e>(node: &Node<'e>) -> Last<'e> {
    match node {
        Node::Expr(expr) => last_of_expr(expr),
        Node::Chain(head, links) => last_of_chain(head, links),
        Node::Block(block) => last_statement(&block.statements),
        Node::Statement(statement) => last_of_statement(statement),
    }
}

fn last_of_expr(expr: &Expr) -> Last<'_> {
    match &expr.kind {
        ExprKind::Name(_) => Last::Assignable,
        ExprKind::Null
        | ExprKind::Bool(_)
        | ExprKind::Number(_)
        | ExprKind::Str(_)
        | ExprKind::TemplateString(_) => Last::Leaf,
        ExprKind::Array { ellipsis: true, .. } => Last::Refused,
        ExprKind::Paren(inner) => Last::Child(Node::Expr(inner)),
        ExprKind::Chain { head, links } => last_of_chain(head, links),
        ExprKind::Call { arguments, .. } | ExprKind::NamespaceCall { arguments, .. } => {
            last_argument(arguments)
        }
        ExprKind::ParenCall { calls, .. } => calls
            .last()
            .map_or(Last::Refused, |call| last_argument(call)),
        ExprKind::New(items) | ExprKind::Array { items, .. } | ExprKind::Set(items) => {
            last_expr(items)
        }
        ExprKind::Map(entries) => entries
            .last()
            .map_or(Last::Leaf, |(_, value)| Last::Child(Node::Expr(value))),
        ExprKind::Lambda { body, .. } => Last::Child(Node::Block(body)),
        ExprKind::Unary { operand, .. } => Last::Child(Node::Expr(operand)),
        ExprKind::Infix { first, rest } => {
            let last = rest.last().map_or(&**first, |tail| &tail.operand);
            Last::Child(Node::Expr(last))
        }
        ExprKind::Ternary { otherwise, .. } | ExprKind::Elvis { otherwise, .. } => {
            Last::Child(Node::Expr(otherwise))
        }
        ExprKind::Assign { value, .. } => Last::Child(Node::Expr(value)),
    }
}

fn last_expr(items: &[Expr]) -> Last<'_> {
    items
        .last()
        .map_or(Last::Leaf, |item| Last::Child(Node::Expr(item)))
}

fn last_argument(arguments: &[Expr]) -> Last<'_> {
    arguments
        .last()
        .map_or(Last::Refused, |argument| Last::Child(Node::Expr(argument)))
}

fn last_of_chain<'e>(head: &'e Expr, links: &'e [Link]) -> Last<'e> {
    let Some((link, before)) = links.split_last() else {
        return Last::Child(Node::Expr(head));
    };
    match &link.kind {
        LinkKind::Name(_) | LinkKind::Quoted(_) => Last::Assignable,
        // `a['x'] = 1` is fine, `a[f()] = 1` is not.
        LinkKind::Index(index) => match last_of_expr(index) {
            Last::Leaf => Last::Assignable,
            last => last,
        },
        LinkKind::Call(arguments) => last_argument(arguments),
        LinkKind::Size | LinkKind::Empty => Last::Child(Node::Chain(head, before)),
    }
}

fn last_statement(statements: &[Statement]) -> Last<'_> {
    let mut nodes = statements.iter().rev().filter(|s| is_node(s));
    nodes
        .next()
        .map_or(Last::Leaf, |last| Last::Child(Node::Statement(last)))
}

/// Whether the original keeps a statement in its tree.
fn is_node(statement: &Statement) -> bool {
    !matches!(
        statement.kind,
        StatementKind::Nothing | StatementKind::Pragma { .. }
    )
}

fn last_of_statement(statement: &Statement) -> Last<'_> {
    match &statement.kind {
        StatementKind::Nothing
        | StatementKind::Pragma { .. }
        | StatementKind::Continue
        | StatementKind::Break => Last::Leaf,
        StatementKind::Block(block) => Last::Child(Node::Block(block)),
        StatementKind::Expr(expr) | StatementKind::Return(expr) => Last::Child(Node::Expr(expr)),
        StatementKind::Var { value: None, .. } => Last::Assignable,
        StatementKind::Var {
            value: Some(value), ..
        } => Last::Child(Node::Expr(value)),
        StatementKind::If {
            condition,
            then,
            otherwise,
        } => {
            let branches = [otherwise.as_deref(), Some(&**then)];
            let last = branches
                .into_iter()
                .flatten()
                .find(|branch| is_node(branch));
            Last::Child(last.map_or(Node::Expr(condition), Node::Statement))
        }
        StatementKind::For {
            items: before,
            body,
            ..
        }
        | StatementKind::While {
            condition: before,
            body,
        } => Last::Child(if is_node(body) {
            Node::Statement(body)
        } else {
            Node::Expr(before)
        }),
    }
}
