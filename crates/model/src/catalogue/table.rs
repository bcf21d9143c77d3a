//! The embedded tables as blocks of fields. The format is described in `examples/generate_catalogue/tables.rs`.

/// A name and the fields below it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    pub(super) name: &'static str,
    fields: &'static str,
}

/// A field: the rest of its line and the entries below it.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Field {
    pub(super) head: &'static str,
    entries: &'static str,
}

/// The blocks of a table, in its order, which is that of their names.
pub(super) fn blocks(table: &'static str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut rest = table;
    while !rest.is_empty() {
        let (name, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let (fields, next) = after.split_at(indented(after, " "));
        if !name.starts_with('#') {
            blocks.push(Block { name, fields });
        }
        rest = next;
    }
    blocks
}

/// How many bytes at the beginning of `text` are lines with that indentation.
fn indented(text: &str, indentation: &str) -> usize {
    let mut end = 0;
    while text[end..].starts_with(indentation) {
        end = text[end..]
            .find('\n')
            .map_or(text.len(), |line| end + line + 1);
    }
    end
}

impl Block {
    /// The field of that name; empty where the block has none.
    pub(super) fn field(&self, name: &str) -> Option<Field> {
        let mut rest = self.fields;
        while !rest.is_empty() {
            let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
            let (entries, next) = after.split_at(indented(after, "  "));
            let (key, head) = line[1..].split_once(' ').unwrap_or((&line[1..], ""));
            if key == name {
                return Some(Field { head, entries });
            }
            rest = next;
        }
        None
    }

    /// The rest of a field's line; empty where the block has no such field.
    pub(super) fn line(&self, name: &str) -> &'static str {
        self.field(name).unwrap_or_default().head
    }

    /// The entries of a field, those of another block where the field says so (`= NAME`).
    pub(super) fn entries(&self, name: &str, blocks: &[Self]) -> std::str::Lines<'static> {
        let field = self.field(name).unwrap_or_default();
        let shared = field
            .head
            .rsplit_once("= ")
            .and_then(|(_, other)| find(blocks, other, |block| block.name))
            .and_then(|other| other.field(name));
        shared.unwrap_or(field).entries.lines()
    }
}

/// Looks a name up in a sorted list.
pub(super) fn find<'a, T>(
    sorted: &'a [T],
    name: &str,
    name_of: impl Fn(&T) -> &'static str,
) -> Option<&'a T> {
    let at = sorted
        .binary_search_by(|entry| name_of(entry).cmp(name))
        .ok()?;
    sorted.get(at)
}
