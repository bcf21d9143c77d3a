//! The tree of a text that differs from another one in a single value, made of the tree of that.
//!
//! Of most key strokes in an editor nothing becomes another node: they change a value of one line, or a line of a
//! block scalar. Such lines are read alone, before and after the edit. Where only the text of one value differs, the
//! tree is the one before with that value in it and everything behind moved. In all other cases the whole is read
//! again: reading alone decides what a text is, and `fuzzing::check_edited` holds the two against each other.

use std::cmp::Ordering;
use std::collections::HashMap;

use pipewright_source::{FileId, OffsetMap, TextRange};

use crate::{Node, NodeId, NodeKind, ScalarStyle, Tree, parse};

/// [`parse`](crate::parse()) of a text that was edited. `before` is the tree of the text `old`, as that read it; the
/// less the two texts differ, the faster.
///
/// ```
/// use pipewright_source::FileId;
/// use pipewright_yaml::{parse, parse_edited};
/// let (old, new) = ("a: 1\nb: 2\n", "a: 11\nb: 2\n");
/// let tree = parse_edited(FileId(0), new, &parse(FileId(0), old), old);
/// let a = tree.find(tree.roots()[0], "a").expect("the key is there");
/// assert_eq!(tree.text(a), Some("11"));
/// ```
pub fn parse_edited(file: FileId, text: &str, before: &Tree, old: &str) -> Tree {
    let edited = before.is_ordinary.then(|| edited(text, before, old));
    match edited.flatten() {
        Some(tree) => Tree { file, ..tree },
        None => parse(file, text),
    }
}

/// The tree with one other value in it. `None` where more than a value may differ.
pub(crate) fn edited(text: &str, before: &Tree, old: &str) -> Option<Tree> {
    let change = Change::between(old, text);
    let at = scalar_around(before, change.old)?;
    let known = &before.nodes[at];
    let entry = entry_of(old, known);
    // What ends the entry stays, so that the next line is read as before.
    if change.old.end() == entry.end() && entry.end() as usize != old.len() {
        return None;
    }
    let new_entry = TextRange::new(entry.start(), change.behind(entry.end())?);
    let (then, now) = (entry.slice(old), new_entry.slice(text));
    let value = other_value(then, now, entry.start(), known)?;
    let nodes = (0..).zip(&before.nodes).map(|(id, node)| {
        let mut node = node.clone();
        let range = node.range;
        match usize::cmp(&id, &at) {
            // What is around the value begins in front of it, and ends with it or behind it.
            Ordering::Less if range.end() == known.range.end() => {
                node.range = TextRange::new(range.start(), value.range.end());
            }
            Ordering::Less if range.end() > known.range.end() => {
                node.range = TextRange::new(range.start(), change.behind(range.end())?);
            }
            Ordering::Less => {}
            Ordering::Equal => return Some(value.clone()),
            Ordering::Greater => move_node(&mut node, &|place| change.behind(place))?,
        }
        Some(node)
    });
    let nodes = nodes.collect::<Option<Vec<Node>>>()?;
    let mut comments = before.comments.clone();
    for comment in &mut comments {
        if comment.range.start() >= change.old.end() {
            comment.range = moved(comment.range, &|place| change.behind(place))?;
        }
    }
    Some(Tree {
        file: before.file,
        nodes,
        roots: before.roots.clone(),
        comments,
        problems: Vec::new(),
        aliases: Vec::new(),
        recovered: false,
        may_lack_names: false,
        blanked: Vec::new(),
        is_ordinary: true,
        origins: Vec::new(),
        replaced: HashMap::new(),
    })
}

/// Where two texts differ: bytes of the old one, and how many stand in their place.
struct Change {
    old: TextRange,
    length: u32,
}

impl Change {
    /// The smallest range of whole characters in which the texts differ.
    fn between(old: &str, new: &str) -> Self {
        let mut start = same_beginning(old.as_bytes(), new.as_bytes());
        while !old.is_char_boundary(start) || !new.is_char_boundary(start) {
            start -= 1;
        }
        let (old_rest, new_rest) = (&old[start..], &new[start..]);
        let mut same = same_end(old_rest.as_bytes(), new_rest.as_bytes());
        let is_boundary = |rest: &str, same: usize| rest.is_char_boundary(rest.len() - same);
        while !is_boundary(old_rest, same) || !is_boundary(new_rest, same) {
            same -= 1;
        }
        Self {
            old: TextRange::of(start, old.len() - same),
            length: TextRange::of(start, new.len() - same).len(),
        }
    }

    /// Where a place of the old text stands in the new one. `None` where it is in front of the end of the change.
    fn behind(&self, place: u32) -> Option<u32> {
        let distance = place.checked_sub(self.old.end())?;
        distance.checked_add(self.old.start().checked_add(self.length)?)
    }
}

/// So many bytes are compared at once.
const AT_ONCE: usize = 64;

/// How many bytes two runs have in common from the beginning on.
fn same_beginning(one: &[u8], other: &[u8]) -> usize {
    let chunks = one.chunks_exact(AT_ONCE).zip(other.chunks_exact(AT_ONCE));
    let same = chunks.take_while(|(one, other)| one == other).count() * AT_ONCE;
    let rest = one[same..].iter().zip(&other[same..]);
    same + rest.take_while(|(one, other)| one == other).count()
}

/// How many bytes two runs have in common in front of their ends.
fn same_end(one: &[u8], other: &[u8]) -> usize {
    let chunks = one.rchunks_exact(AT_ONCE).zip(other.rchunks_exact(AT_ONCE));
    let same = chunks.take_while(|(one, other)| one == other).count() * AT_ONCE;
    let (one, other) = (&one[..one.len() - same], &other[..other.len() - same]);
    let rest = one.iter().rev().zip(other.iter().rev());
    same + rest.take_while(|(one, other)| one == other).count()
}

/// The node of the scalar in whose text, or at an end of it, a change stands.
fn scalar_around(tree: &Tree, change: TextRange) -> Option<usize> {
    let behind = |node: &Node| node.range.start() <= change.start();
    let last = tree.nodes.partition_point(behind).checked_sub(1)?;
    let node = &tree.nodes[last];
    let is_around = !node.range.is_empty() && node.range.contains_range(change);
    (is_around && matches!(node.kind, NodeKind::Scalar(_))).then_some(last)
}

/// The lines of the scalar with the key or dash in front of it.
fn entry_of(text: &str, scalar: &Node) -> TextRange {
    let line_start = |at: usize| text[..at].rfind('\n').map_or(0, |found| found + 1);
    let range = scalar.range.to_usize();
    let mut start = line_start(range.start);
    if is_block(scalar) {
        start = line_start(start.saturating_sub(1));
    }
    // The text of a block may end with a line break.
    let last = range.end - 1;
    let end = text.as_bytes()[last..]
        .iter()
        .position(|byte| *byte == b'\n');
    TextRange::of(start, end.map_or(text.len(), |length| last + length + 1))
}

fn is_block(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Scalar(scalar) => {
            matches!(scalar.style, ScalarStyle::Literal | ScalarStyle::Folded)
        }
        _ => false,
    }
}

/// The node of the one value in which an entry differs from what it was, where `known` was that value; the entry
/// begins at byte `start` of the file. `None` where it differs in more.
fn other_value(then: &str, now: &str, start: u32, known: &Node) -> Option<Node> {
    let [then, now] = [then, now].map(|text| parse(FileId(0), text));
    let are_alike = then.is_ordinary
        && now.is_ordinary
        && then.nodes.len() == now.nodes.len()
        && then.roots == now.roots
        && then.comments.len() == now.comments.len();
    let pairs = (0..).map(NodeId).zip(then.nodes.iter().zip(&now.nodes));
    let mut others = pairs.filter(|(_, (then, now))| match (&then.kind, &now.kind) {
        (NodeKind::Scalar(then), NodeKind::Scalar(now)) => then.value != now.value,
        (then, now) => then != now,
    });
    let (id, (old, new)) = others.next().filter(|_| are_alike)?;
    let (NodeKind::Scalar(of_old), NodeKind::Scalar(of_new)) = (&old.kind, &new.kind) else {
        return None;
    };
    let is_key = now.entries_of_all().any(|entry| entry.key == id);
    let is_one_value = others.next().is_none() && !is_key;
    let is_read_alike = of_old.style == of_new.style && old.range.start() == new.range.start();
    let shift = |place: u32| place.checked_add(start);
    let (mut old, mut new) = (old.clone(), new.clone());
    move_node(&mut old, &shift)?;
    move_node(&mut new, &shift)?;
    (is_one_value && is_read_alike && !new.range.is_empty() && old == *known).then_some(new)
}

fn move_node(node: &mut Node, shift: &impl Fn(u32) -> Option<u32>) -> Option<()> {
    node.range = moved(node.range, shift)?;
    if let NodeKind::Scalar(scalar) = &mut node.kind {
        match &mut scalar.map {
            OffsetMap::Identity(start) => *start = shift(*start)?,
            OffsetMap::Whole(range) => *range = moved(*range, shift)?,
            OffsetMap::Segments(segments) => {
                for segment in segments {
                    segment.source = moved(segment.source, shift)?;
                }
            }
        }
    }
    Some(())
}

fn moved(range: TextRange, shift: &impl Fn(u32) -> Option<u32>) -> Option<TextRange> {
    Some(TextRange::new(shift(range.start())?, shift(range.end())?))
}

#[cfg(test)]
mod tests {
    use crate::fuzzing::check_edited;

    #[test]
    fn a_value_is_put_in_and_everything_else_is_read_again() {
        let quick = [
            ("a: 1\nb: 2\n", "a: 11\nb: 2\n"),
            ("- a: x # y\n  b: \"é\"\n", "- a: <+x> # y\n  b: \"é\"\n"),
            ("- a: \"é\"\n- b\n", "- a: \"é\\n😀\"\n- b\n"),
            ("a: |\n  x\n  y\nb: 1\n", "a: |\n  x\n  y z\nb: 1\n"),
            (
                "a: |-\n  x\n  z\n\nb: 1\n",
                "a: |-\n  x\n  y\n  z\n\nb: 1\n",
            ),
            ("a: { b: c }\n\nd: e\n", "a: { b: cc }\n\nd: e\n"),
            ("a: >\n  x\n  y", "a: >\n  x\n   y"),
            (
                "a: { b: c, d: [e, f] }\ng: h\n",
                "a: { b: c, d: [ee, f] }\ng: h\n",
            ),
            ("a:\n  - x\n  - y\n", "a:\n  - x\n  - yy\n"),
        ];
        for (old, new) in quick {
            assert!(check_edited(old, new), "{old:?} to {new:?}");
            assert!(check_edited(new, old), "{new:?} to {old:?}");
        }
        // A line break behind a value.
        assert!(check_edited("a: b\nc: d\n", "a: b>\n\nc: d\n"));
        let whole = [
            ("a: 1\n", "aa: 1\n"),
            ("a: 1\nb: 2\n", "a: \nb: 2\n"),
            ("a: x\n", "a: x: y\n"),
            ("a: x y\n", "a: x #y\n"),
            ("a: x\n", "a: |x\n"),
            ("a: x\n  # y\n", "a: x\n y\n"),
            ("a: |\n  x\n  y\n", "a: |\n  x\n y\n"),
            ("a: |\n  x\n  y\n", "a: |\n    x\n  y\n"),
            ("a: |\n  x\nb: 1\n", "a: |\n  x\n  b: 1\n"),
            ("a: [<+b>]\n", "a: [<+b.c(1]\n"),
            ("a: [<+f(b)>, c]\n", "a: [<+f(b, c]\n"),
            ("a: 1\n", "a: 1\r\n"),
            ("a: *b\n", "a: *c\n"),
        ];
        for (old, new) in whole {
            assert!(!check_edited(old, new), "{old:?} to {new:?}");
            check_edited(new, old);
        }
    }
}
