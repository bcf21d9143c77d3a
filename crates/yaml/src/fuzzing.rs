//! What must hold for every text, for the fuzz targets and the tests. Not part of the public interface.

use pipewright_source::{FileId, OffsetMap, TextRange};

use crate::build::build_by_parser;
use crate::decode::Source;
use crate::edited::edited;
use crate::events::Failure;
use crate::outline::Outlines;
use crate::plain;
use crate::recover::recover;
use crate::{NodeId, NodeKind, ProblemKind, Scalar, Tree, limits, parse, parse_edited};

/// Reads a text: every range fits, and every scalar leads back to its bytes, at each of its characters.
///
/// # Panics
/// If it does not hold.
pub fn check_maps(text: &str) {
    let tree = parse(FileId(0), text);
    check_invariants(text, &tree);
    for (_, scalar) in tree.scalars() {
        let value = &*scalar.value;
        for (at, c) in value.char_indices().take(256) {
            let range = TextRange::of(at, at + c.len_utf8());
            let cover = scalar.map.cover(range);
            assert!(
                text.get(cover.to_usize()).is_some(),
                "{range:?} of {value:?} is nowhere"
            );
            if scalar.map.is_verbatim(range) {
                assert_eq!(cover.slice(text), range.slice(value), "{value:?}");
            }
        }
    }
}

/// What is put into a text where it is changed: what means something to YAML.
const SIGNS: [&str; 44] = [
    ":", ": ", " :", "#", " #", "- ", "-", " ", "  ", "\n", "\n\n", "\n  ", "\t", "\r", "\"", "'",
    "''", "\\", "\\n", "|", "|-", "|+\n", ">", ">\n", "[", "]", "{", "}", ",", ", ", "&a ", "*a",
    "!t ", "%", "@", "`", "?", "? ", "---\n", "...\n", "<<", "<+a>", "~", "é",
];

/// A text with some changes, which the seed chooses: signs put in or taken out, lines moved, repeated, dropped or
/// indented otherwise.
pub fn mutated(text: &str, seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x51ed_270b;
    let mut below = |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap_or_default() % bound.max(1)
    };
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    // A part is enough, and its first lines are then as good as those of a file.
    if lines.len() > 12 {
        let first = below(lines.len() - 10);
        let length = 4 + below(24);
        lines = lines.into_iter().skip(first).take(length).collect();
        let margin = lines
            .first()
            .map_or(0, |line| line.len() - line.trim_start_matches(' ').len());
        for line in &mut lines {
            let blanks = line.len() - line.trim_start_matches(' ').len();
            line.drain(..blanks.min(margin));
        }
    }
    for _ in 0..below(4) {
        if lines.is_empty() {
            break;
        }
        let at = below(lines.len());
        let line = &mut lines[at];
        let mut place = below(line.len() + 1);
        while !line.is_char_boundary(place) {
            place -= 1;
        }
        match below(10) {
            0 => {
                lines.remove(at);
            }
            1 => {
                let line = line.clone();
                let to = below(lines.len());
                lines.insert(to, line);
            }
            2 => line.insert_str(0, &" ".repeat(1 + below(3))),
            3 => {
                let blanks = line.len() - line.trim_start_matches(' ').len();
                line.drain(..blanks.min(1 + below(3)));
            }
            4 | 5 => {
                if let Some(c) = line[place..].chars().next() {
                    line.drain(place..place + c.len_utf8());
                }
            }
            6 => line.truncate(place),
            _ => line.insert_str(place, SIGNS[below(SIGNS.len())]),
        }
    }
    lines.concat()
}

/// The reader of plain lines gives up, or reads a text as the parser does: the same nodes with the same ranges, values
/// and maps, the same comments and problems. Gives whether it read the text.
///
/// # Panics
/// If it does not hold.
pub fn check_plain(text: &str) -> bool {
    check_plain_of(Source::new(text))
}

/// The same for what is left of a text once what is not YAML in it is masked.
///
/// # Panics
/// If it does not hold.
pub fn check_plain_repaired(text: &str) {
    if let Some(failure) = build_by_parser(Source::new(text)).failure {
        let repair = recover(text, Outlines::default(), failure);
        check_plain_of(Source::repaired(text, &repair.masked, &repair.blanked));
    }
}

/// Behind an outline of its beginning the parser stops in a text where it stops behind the beginning itself, whatever
/// line the outline goes to.
///
/// # Panics
/// If it does not hold.
pub fn check_outlines(text: &str) {
    let expected = build_by_parser(Source::new(text)).failure;
    let mut outlines = Outlines::default();
    let ends = text.match_indices('\n').map(|(at, _)| at + 1);
    for until in ends.chain([text.len()]) {
        outlines.advance(text, until);
        let found = outlines.probe(text);
        let end = outlines.end();
        match (&found, &expected) {
            (None, None) => {}
            (Some(found), Some(expected)) => {
                let told = |failure: &Failure| {
                    let scalar = failure.last_scalar.map(TextRange::end);
                    (failure.at, failure.open_flow, scalar)
                };
                assert_eq!(told(found), told(expected), "behind {end} of {text:?}");
                assert_eq!(
                    format!("{:?}", found.kind),
                    format!("{:?}", expected.kind),
                    "{text:?}"
                );
            }
            _ => panic!("behind {end} of {text:?}: {found:?}, not {expected:?}"),
        }
    }
}

fn check_plain_of(source: Source<'_>) -> bool {
    let text = source.read();
    let Some(plain) = plain::read(source) else {
        return false;
    };
    let parsed = build_by_parser(source);
    assert!(parsed.failure.is_none(), "{:?}: {text:?}", parsed.failure);
    for (read, expected) in plain.nodes.iter().zip(&parsed.nodes) {
        assert_eq!(read, expected, "{text:?}");
    }
    assert_eq!(plain.nodes.len(), parsed.nodes.len(), "{text:?}");
    assert_eq!(plain.roots, parsed.roots, "{text:?}");
    assert_eq!(plain.comments, parsed.comments, "{text:?}");
    assert_eq!(plain.problems, parsed.problems, "{text:?}");
    assert_eq!(plain.aliases, parsed.aliases, "{text:?}");
    true
}

/// A text made of another one by an edit has the tree that reading it has. Gives whether it was made of the tree
/// before.
///
/// # Panics
/// If it does not hold.
pub fn check_edited(old: &str, new: &str) -> bool {
    let before = parse(FileId(0), old);
    let is_made = before.is_ordinary && edited(new, &before, old).is_some();
    let edited = parse_edited(FileId(0), new, &before, old);
    let read = parse(FileId(0), new);
    let problem = || format!("{old:?} to {new:?}");
    for (edited, read) in edited.nodes.iter().zip(&read.nodes) {
        assert_eq!(edited, read, "{}", problem());
    }
    assert_eq!(edited.nodes.len(), read.nodes.len(), "{}", problem());
    assert_eq!(edited.roots, read.roots, "{}", problem());
    assert_eq!(edited.comments, read.comments, "{}", problem());
    assert_eq!(edited.problems, read.problems, "{}", problem());
    assert_eq!(edited.aliases, read.aliases, "{}", problem());
    assert_eq!(edited.recovered, read.recovered, "{}", problem());
    assert_eq!(edited.blanked, read.blanked, "{}", problem());
    assert_eq!(edited.is_ordinary, read.is_ordinary, "{}", problem());
    is_made
}

/// A text in which a few characters in one place are others, which the seed chooses.
pub fn typed(text: &str, seed: u64) -> String {
    let state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (seed >> 7);
    let below = |turn: u32, bound: usize| {
        usize::try_from(state.rotate_left(turn) >> 20).unwrap_or_default() % bound.max(1)
    };
    let mut start = below(0, text.len() + 1);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = (start + [0, 0, 1, 3][below(17, 4)]).min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    let new = ["", "a", "x y", SIGNS[below(29, SIGNS.len())]][below(41, 4)];
    [&text[..start], new, &text[end..]].concat()
}

/// Breaks a text at one of its lines: it is still read, in bounds, and says what is wrong only if something is.
///
/// The last byte of `data` chooses the line and the mistake.
///
/// # Panics
/// If it does not hold.
pub fn check_recovery(data: &[u8]) {
    const MISTAKES: [&str; 10] = [
        "\t", "{", "\"", "'", "]", "a: b: c", "  ", "- ", "*x", "&a &b ",
    ];
    let Some((choice, rest)) = data.split_last() else {
        return;
    };
    let text = String::from_utf8_lossy(rest);
    let mistake = MISTAKES[usize::from(*choice) % MISTAKES.len()];
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let at = usize::from(*choice) / MISTAKES.len() * lines.len() / 26;
    let broken: String = lines
        .iter()
        .enumerate()
        .flat_map(|(line, text)| [if line == at { mistake } else { "" }, text])
        .collect();
    for text in [&*text, &*broken] {
        let tree = parse(FileId(0), text);
        check_invariants(text, &tree);
        // A colon that wants quotes is also said where the text parses.
        let mistakes = tree.problems().iter().filter(|problem| {
            matches!(
                problem.kind,
                ProblemKind::Syntax | ProblemKind::ShortText { .. }
            )
        });
        assert!(mistakes.count() <= limits::MAX_RECOVERIES + 1, "{text:?}");
    }
}

/// Checks what must hold for the tree of any text: ranges inside the text, maps that lead back, bounded recursion.
///
/// # Panics
/// If it does not hold.
pub fn check_invariants(text: &str, tree: &Tree) {
    let inside = |range: TextRange| {
        assert!(
            text.get(range.to_usize()).is_some(),
            "{range:?} is no part of {text:?}"
        );
    };
    for (id, scalar) in tree.scalars() {
        inside(tree.raw(id).range);
        check_map(text, scalar);
    }
    for comment in tree.comments() {
        inside(comment.range);
        assert!(comment.range.slice(text).starts_with('#'), "{text:?}");
    }
    for problem in tree.problems() {
        inside(problem.range);
        assert!(!problem.message.is_empty());
        match problem.kind {
            ProblemKind::DuplicateKey(other)
            | ProblemKind::UnquotedColon(other)
            | ProblemKind::FlowCut(other)
            | ProblemKind::ShortText { lines: other, .. } => inside(other),
            _ => {}
        }
    }
    for root in tree.roots() {
        walk(text, tree, *root, 0);
    }
}

/// Follows every alias, as careless callers do; returns the number of nodes seen.
///
/// # Panics
/// Where recursion goes beyond the limit or a range does not fit.
pub fn walk(text: &str, tree: &Tree, id: NodeId, depth: u32) -> usize {
    assert!(depth <= limits::MAX_DEPTH, "recursion beyond the limit");
    let node = tree.get(id);
    assert!(text.get(node.range.to_usize()).is_some());
    let children: Vec<NodeId> = match &node.kind {
        NodeKind::Mapping(_) => tree
            .entries(id)
            .iter()
            .flat_map(|entry| [entry.key, entry.value])
            .collect(),
        NodeKind::Sequence(_) => tree.items(id).to_vec(),
        NodeKind::Alias(_) => panic!("an alias to an alias"),
        NodeKind::Scalar(_) | NodeKind::BrokenAlias => Vec::new(),
    };
    1 + children
        .into_iter()
        .map(|child| walk(text, tree, child, depth + 1))
        .sum::<usize>()
}

/// Whatever the map calls verbatim is the same on both sides, and its segments leave no gap in the value.
fn check_map(text: &str, scalar: &Scalar) {
    let value = &*scalar.value;
    let whole = TextRange::of(0, value.len());
    match &scalar.map {
        OffsetMap::Identity(start) => assert_eq!(whole.shift(*start).slice(text), value),
        OffsetMap::Whole(range) => assert!(text.get(range.to_usize()).is_some()),
        OffsetMap::Segments(segments) => {
            let mut end = 0;
            for segment in segments {
                assert_eq!(segment.decoded.start(), end, "a gap in {scalar:?}");
                end = segment.decoded.end();
                let source = text
                    .get(segment.source.to_usize())
                    .expect("inside the text");
                if segment.verbatim {
                    assert_eq!(segment.decoded.slice(value), source);
                }
            }
            assert_eq!(end, whole.end());
        }
    }
}
