//! Text that an outsider controls: who opens a pull request or pushes a branch writes it (`spec/model.md` §3.3).

use pipewright_syntax::{Expr, ExprKind, LinkKind};

use crate::expressions::{operands, without_parentheses};

/// Members of a payload that are no text: numbers, identifiers, hashes, dates and words of a fixed list.
const NO_TEXT: [&str; 18] = [
    "number",
    "id",
    "sha",
    "before",
    "after",
    "draft",
    "merged",
    "action",
    "state",
    "event",
    "type",
    "size",
    "url",
    "login",
    "node_id",
    "prNumber",
    "commitSha",
    "repoUrl",
];

/// How such members end.
const NO_TEXT_ENDS: [&str; 4] = ["_id", "_sha", "_at", "_url"];

/// The members of `trigger` and `codebase` that are text of outsiders.
const TEXTS: [(&str, &[&str]); 2] = [
    (
        "trigger",
        &["branch", "sourceBranch", "tag", "prTitle", "gitUser"],
    ),
    (
        "codebase",
        &[
            "branch",
            "sourceBranch",
            "tag",
            "commitMessage",
            "commitRef",
            "gitUser",
            "gitUserEmail",
            "prTitle",
            "pullRequestBody",
            "releaseBody",
            "releaseTag",
            "releaseTitle",
            "message",
            "ownerEmail",
            "ownerName",
        ],
    ),
];

/// Members that are texts of several lines where they are texts of outsiders. Titles and names have one.
const OF_LINES: [&str; 8] = [
    "body",
    "commitMessage",
    "commit_message",
    "content",
    "description",
    "message",
    "pullRequestBody",
    "releaseBody",
];

/// Whether an expression is a text of outsiders that may have more than one line, with no method that may change that.
pub(crate) fn has_lines(expr: &Expr) -> bool {
    let ExprKind::Chain { links, .. } = &without_parentheses(expr).kind else {
        return false;
    };
    let is_plain = !links
        .iter()
        .any(|link| matches!(link.kind, LinkKind::Call(_)));
    let path = path(without_parentheses(expr)).filter(|_| is_plain);
    path.is_some_and(|path| is_text(&path) && ends_in_lines(&path))
}

/// Whether a text at the end of a path may have more than one line.
pub(crate) fn ends_in_lines(path: &[&str]) -> bool {
    path.last().is_some_and(|last| OF_LINES.contains(last))
}

/// Whether an expression is, or is made of, text that an outsider controls: the path itself, methods on it, and texts
/// joined to it.
pub(crate) fn is_of_outsiders(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Paren(inner) => is_of_outsiders(inner),
        ExprKind::Infix { first, rest } => {
            let joins = rest
                .iter()
                .all(|tail| tail.op == pipewright_syntax::InfixOp::Add);
            joins && operands(first, rest).any(is_of_outsiders)
        }
        ExprKind::Ternary {
            then, otherwise, ..
        } => is_of_outsiders(then) || is_of_outsiders(otherwise),
        ExprKind::Elvis { value, otherwise } => {
            is_of_outsiders(value) || is_of_outsiders(otherwise)
        }
        ExprKind::Name(name) => name.as_text() == Some("eventPayload"),
        ExprKind::Chain { .. } => path(expr).is_some_and(|path| is_text(&path)),
        _ => false,
    }
}

/// The names of a chain up to a call, with `*` for what is no name.
fn path(chain: &Expr) -> Option<Vec<&str>> {
    let ExprKind::Chain { head, links } = &chain.kind else {
        return None;
    };
    let ExprKind::Name(name) = &head.kind else {
        return None;
    };
    let mut path = vec![name.as_text()?];
    for (at, link) in links.iter().enumerate() {
        let is_called = links
            .get(at + 1)
            .is_some_and(|next| matches!(next.kind, LinkKind::Call(_)));
        match &link.kind {
            // What a method makes of a text is a text but for what is told of it.
            LinkKind::Name(name) if is_called => {
                let tells = [
                    "length",
                    "size",
                    "isEmpty",
                    "contains",
                    "startsWith",
                    "endsWith",
                    "equals",
                    "matches",
                    "indexOf",
                    "hashCode",
                ];
                return (!tells.contains(&name.as_text()?)).then_some(path);
            }
            LinkKind::Name(name) => path.push(name.as_text().unwrap_or("*")),
            LinkKind::Quoted(literal) => path.push(literal.as_text().unwrap_or("*")),
            LinkKind::Index(index) => path.push(match &index.kind {
                ExprKind::Str(literal) => literal.as_text().unwrap_or("*"),
                _ => "*",
            }),
            LinkKind::Call(_) | LinkKind::Size | LinkKind::Empty => return None,
        }
    }
    Some(path)
}

/// Whether a path of names leads to a text that an outsider controls.
pub(crate) fn is_text(path: &[&str]) -> bool {
    let last = path
        .iter()
        .rev()
        .find(|part| **part != "*")
        .copied()
        .unwrap_or("");
    match path {
        ["eventPayload", ..] | ["trigger", "payload" | "eventPayload", ..] => {
            !NO_TEXT.contains(&last) && !NO_TEXT_ENDS.iter().any(|end| last.ends_with(end))
        }
        ["codebase", "build", "spec", member] => matches!(*member, "branch" | "tag"),
        [root, ..] => TEXTS
            .iter()
            .any(|(of, members)| of == root && members.contains(&last)),
        [] => false,
    }
}
