//! The embedded tables as blocks of fields. The format is described in `examples/generate_catalogue/tables.rs`.

use std::sync::OnceLock;

use memchr::memchr_iter;

/// The blocks of a table, in its order, which is that of their names.
#[derive(Debug)]
pub(super) struct Table(Vec<Block>);

/// A name and the fields below it.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) name: &'static str,
    /// Its place among the blocks of its table.
    pub(super) place: usize,
    text: &'static str,
    /// The fields by their names, read off when one is asked for.
    fields: OnceLock<Vec<(&'static str, Field)>>,
}

/// A field: the rest of its line and the entries below it.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Field {
    pub(super) head: &'static str,
    entries: &'static str,
}

impl Table {
    pub(super) fn new(text: &'static str) -> Self {
        let blocks = indented_below(text, "").filter(|(name, _)| !name.starts_with('#'));
        let numbered = blocks.enumerate().map(|(place, (name, text))| Block {
            name,
            place,
            text,
            fields: OnceLock::new(),
        });
        Self(numbered.collect())
    }

    /// The block of that name.
    pub(super) fn get(&self, name: &str) -> Option<&Block> {
        let place = self.0.binary_search_by(|block| block.name.cmp(name)).ok()?;
        self.0.get(place)
    }

    pub(super) fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.0.iter()
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|block| block.name)
    }
}

/// Each line with exactly that indentation, without it, and the lines below it that are indented further.
fn indented_below(
    text: &'static str,
    indentation: &'static str,
) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut ends = memchr_iter(b'\n', rest.as_bytes());
        let first = ends.next()?;
        let is_below = |end: &usize| {
            let next = rest.as_bytes().get(end + 1..).unwrap_or_default();
            next.len() > indentation.len() && next[..=indentation.len()].iter().all(|b| *b == b' ')
        };
        let last = std::iter::once(first)
            .chain(ends)
            .find(|end| !is_below(end))
            .unwrap_or(first);
        let line = &rest[indentation.len()..first];
        let below = &rest[first + 1..=last.max(first)];
        rest = &rest[last + 1..];
        Some((line, below))
    })
}

impl Block {
    /// The field of that name; empty where the block has none.
    pub(super) fn field(&self, name: &str) -> Option<Field> {
        let fields = self.fields.get_or_init(|| {
            let fields = indented_below(self.text, " ").map(|(line, entries)| {
                let (key, head) = line.split_once(' ').unwrap_or((line, ""));
                (key, Field { head, entries })
            });
            fields.collect()
        });
        let found = fields.iter().find(|(key, _)| *key == name);
        found.map(|(_, field)| *field)
    }

    /// The rest of a field's line; empty where the block has no such field.
    pub(super) fn line(&self, name: &str) -> &'static str {
        self.field(name).unwrap_or_default().head
    }

    /// The entries of a field, those of another block where the field says so (`= NAME`).
    pub(super) fn entries(&self, name: &str, table: &Table) -> std::str::Lines<'static> {
        let field = self.field(name).unwrap_or_default();
        let shared = field
            .head
            .rsplit_once("= ")
            .and_then(|(_, other)| table.get(other))
            .and_then(|other| other.field(name));
        shared.unwrap_or(field).entries.lines()
    }
}
