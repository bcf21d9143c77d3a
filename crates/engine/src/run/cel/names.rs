//! Names: what macros bind, islands, and paths that are looked up as in JEXL.

use pipewright_jexl::Value;
use pipewright_jexl::value::Unknown;
use pipewright_syntax::cel::{Expr, ExprKind, Link, LinkKind};
use pipewright_syntax::{Name, Piece, parse_expression};

use super::cause::CelCause;
use super::{Outcome, Walk};
use crate::error::Error;

/// A part of a path, or what is not known of it.
type Part = Result<String, Unknown>;

impl Walk<'_> {
    /// The value of a chain. As much of it as is a path is looked up at once, so that names with dots in them are
    /// found.
    pub(super) fn path(&mut self, head: &ExprKind, links: &[Link]) -> Outcome {
        let ExprKind::Name(root) = head else {
            let value = self.kind(head)?;
            return self.links(value, links);
        };
        if let Some(island) = root.name.as_island() {
            let value = self.island(island)?;
            return self.links(value, links);
        }
        let bound = self.bound.iter().rev();
        let mut bound = bound.filter(|(name, _)| root.name.as_text() == Some(name));
        if let Some((_, value)) = bound.next().filter(|_| !root.from_root) {
            let value = value.clone();
            return self.links(value, links);
        }
        let mut path = match self.name_text(&root.name)? {
            Ok(path) => path,
            Err(unknown) => return Ok(Value::Unknown(unknown)),
        };
        let mut rest = links;
        while let Some((link, behind)) = rest.split_first() {
            match self.part(link)? {
                Some(Ok(part)) => path.push_str(&part),
                Some(Err(unknown)) => return Ok(Value::Unknown(unknown)),
                None => break,
            }
            rest = behind;
        }
        if let Some((call, behind)) = secret(&path, rest) {
            let value = self.look_up(&call)?;
            return self.links(value, behind);
        }
        if let [first, ..] = rest
            && let LinkKind::Method { name, .. } = &first.kind
            && !super::functions::is_method(name)
        {
            let called = name.as_text().unwrap_or("").into();
            return Ok(Value::unknown(CelCause::Function(called)));
        }
        let value = self.look_up(&path)?;
        self.links(value, rest)
    }

    fn look_up(&self, path: &str) -> Outcome {
        if parse_expression(path).is_err() {
            return Ok(Value::unknown(CelCause::Name(path.into())));
        }
        let found = self.run.look_up(path, str::to_owned, self.depth)?;
        self.run.settle(found, path, self.depth)
    }

    /// A link as a part of a path in JEXL; `None` for what is none.
    fn part(&self, link: &Link) -> Result<Option<Part>, Error> {
        Ok(match &link.kind {
            LinkKind::Member {
                name,
                is_optional: false,
            } => Some(self.name_text(name)?.map(|name| member(&name))),
            LinkKind::Index {
                index,
                is_optional: false,
            } => literal_index(index).map(Ok),
            _ => None,
        })
    }

    /// A name with the texts of the islands in it.
    pub(super) fn name_text(&self, name: &Name) -> Result<Part, Error> {
        let mut text = String::new();
        for piece in &name.pieces {
            match piece {
                Piece::Text(written) => text.push_str(written),
                Piece::Island(id) => match self.text_of_island(*id)? {
                    Ok(value) => text.push_str(&value),
                    Err(unknown) => return Ok(Err(unknown)),
                },
            }
        }
        Ok(Ok(text))
    }
}

/// A member as JEXL has it: behind a dot, or in quotes where that cannot be read.
fn member(name: &str) -> String {
    let dotted = format!(".{name}");
    let is_word = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if is_word && parse_expression(&format!("x{dotted}")).is_ok() {
        dotted
    } else {
        quoted_index(name)
    }
}

/// The index of a path, which is a text: a list is asked for its elements as CEL does.
fn literal_index(index: &Expr) -> Option<String> {
    match &index.kind {
        ExprKind::Str(literal) => literal.as_text().map(|text| quoted_index(&text)),
        _ => None,
    }
}

fn quoted_index(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('\'', "\\'");
    format!("['{escaped}']")
}

/// `secrets.NAME` and `secrets.getValue("NAME")` as JEXL calls for a secret, and the links behind it.
fn secret<'l>(path: &str, rest: &'l [Link]) -> Option<(String, &'l [Link])> {
    if let Some(name) = path.strip_prefix("secrets.") {
        let is_name = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        return is_name.then(|| (format!("secrets.getValue('{name}')"), rest));
    }
    let (first, behind) = rest.split_first().filter(|_| path == "secrets")?;
    let LinkKind::Method { name, arguments } = &first.kind else {
        return None;
    };
    let [argument] = arguments.as_slice() else {
        return None;
    };
    let ExprKind::Str(literal) = &argument.kind else {
        return None;
    };
    let is_call = name.as_text() == Some("getValue");
    let name = literal.as_text().filter(|_| is_call)?;
    let name = name.replace('\\', "\\\\").replace('\'', "\\'");
    Some((format!("secrets.getValue('{name}')"), behind))
}
