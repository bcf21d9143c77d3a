//! The only member of a parallel block, written where the block stands.

use pipewright_source::{Applicability, Edit, Fix, Span, TextRange};

use crate::rule_context::RuleContext;

/// A fix that takes the member out of the block whose key is given. `None` where more than the member is written in the
/// block, a comment or an anchor, or where its lines cannot be moved to the left.
pub(super) fn unwrapped(context: RuleContext<'_>, key: Span) -> Option<Fix> {
    if key.file != context.analysis.file() {
        return None;
    }
    let (tree, text) = (context.tree(), context.file.text());
    let mapping = context.mapping_around(key.range)?;
    let [entry] = tree.entries(mapping) else {
        return None;
    };
    let [member] = tree.items(entry.value) else {
        return None;
    };
    let range_of = |id| tree.raw(id).range;
    let is_flow = |range: TextRange| range.slice(text).starts_with(['{', '[']);
    let (block, list, member) = (range_of(mapping), range_of(entry.value), range_of(*member));
    let (start, end) = if is_flow(block) {
        (block.start(), block.end())
    } else if is_flow(list) {
        (key.range.start(), list.end())
    } else {
        (key.range.start(), member.end())
    };
    let before = TextRange::new(start, member.start());
    let behind = TextRange::new(member.end(), end);
    let is_bare = |range: TextRange, name: &str| {
        let rest = range.slice(text).replacen(name, "", 1);
        let is_sign = |c| {
            matches!(
                c,
                ' ' | '\r' | '\n' | ':' | '-' | '[' | ']' | '{' | '}' | ','
            )
        };
        rest.chars().all(is_sign)
    };
    if !is_bare(before, key.range.slice(text)) || !is_bare(behind, "") {
        return None;
    }
    let mut edits = vec![before];
    if !is_flow(member) {
        edits.extend(moved_left(text, start, member)?);
    }
    if !behind.is_empty() {
        edits.push(behind);
    }
    let edits = edits.into_iter().map(|range| Edit {
        span: context.span(range),
        replacement: String::new(),
    });
    Some(Fix {
        title: "take it out of the block".to_owned(),
        applicability: Applicability::Safe,
        edits: edits.collect(),
    })
}

/// The blanks to take from the lines behind the first of a member that is to begin at the column of `start`. A comment
/// with fewer stays where it is; `None` where another line has.
fn moved_left(text: &str, start: u32, member: TextRange) -> Option<Vec<TextRange>> {
    let column = |at: u32| {
        let before = &text[..at as usize];
        before.len() - before.rfind('\n').map_or(0, |newline| newline + 1)
    };
    let width = column(member.start()).checked_sub(column(start))?;
    let mut edits = Vec::new();
    let mut at = member.start() as usize;
    for (number, line) in member.slice(text).split_inclusive('\n').enumerate() {
        let blanks = line.len() - line.trim_start_matches(' ').len();
        let is_written = !line.trim().is_empty() && !line.trim_start().starts_with('#');
        if number > 0 && blanks >= width {
            edits.push(TextRange::of(at, at + width));
        } else if number > 0 && is_written {
            return None;
        }
        at += line.len();
    }
    Some(edits)
}
