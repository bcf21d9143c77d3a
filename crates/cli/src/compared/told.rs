//! What is told of a document that differs: the one list that all formats for people show.

use pipewright_compare::{Difference, Reader};
use pipewright_source::Diagnostic;
use similar::{ChangeTag, TextDiff};

use super::Sides;
use super::sentences::{
    gone, inside, order, outermost, place, refused, renamed, setting, under, verdict,
};
use crate::counted::counted;

/// How many lines of a text are shown that differ.
const MOST_LINES: usize = 20;

/// One thing that differs.
pub(super) struct Told {
    /// `+` for what is new, `-` for what is gone, `~` for what is another one, `!` for what Harness refuses.
    pub(super) sign: char,
    /// Of a verdict, what has to be given to see it, with a colon; empty where that is nothing.
    pub(super) under: Option<String>,
    /// What differs, in one sentence.
    pub(super) said: String,
    /// What explains it, a sentence each.
    pub(super) more: Vec<String>,
    /// The lines of a text that differ, with `-` and `+` in front.
    pub(super) lines: Vec<String>,
}

impl Told {
    fn new(sign: char, said: String) -> Self {
        Self {
            sign,
            under: None,
            said,
            more: Vec::new(),
            lines: Vec::new(),
        }
    }
}

/// Everything that differs but the findings.
pub(super) fn told(of: &Difference, sides: &Sides) -> Vec<Told> {
    let readers = |readers: &[Reader]| readers.iter().map(|of| reader(of, sides)).collect();
    let refused = refused(of).map(|(sign, said)| Told::new(sign, said));
    let gone = of.names.gone.iter().map(|name| Told {
        more: readers(&name.readers),
        ..Told::new('-', gone(name))
    });
    let renamed = of.names.renamed.iter().map(|name| Told {
        more: readers(&name.readers),
        ..Told::new('~', renamed(name))
    });
    let new = of.names.new.iter();
    let new = new.map(|name| Told::new('+', format!("{name} is new")));
    let moved = of.order.iter().map(|moved| Told::new('~', order(moved)));
    let verdicts = outermost(of).map(|differs| {
        let mut more = vec![
            format!("before: {}", differs.before.reason),
            format!("after:  {}", differs.after.reason),
        ];
        let nodes = inside(of, differs);
        if nodes > 0 {
            more.push(format!("and {} in it", counted(nodes, "node")));
        }
        Told {
            under: Some(under(differs)),
            more,
            ..Told::new('~', verdict(differs))
        }
    });
    let settings = of.settings.iter().map(|of| Told {
        lines: changed_lines(of.before.as_deref(), of.after.as_deref()),
        ..Told::new('~', setting(of))
    });
    let values = of.values.iter().map(|value| Told {
        lines: changed_lines(Some(&value.before), Some(&value.after)),
        ..Told::new('~', format!("{} comes to another text", value.fqn))
    });
    let mut all: Vec<Told> = refused.into_iter().collect();
    all.extend(gone.chain(renamed).chain(new).chain(moved));
    all.extend(verdicts.chain(settings).chain(values));
    all
}

/// The findings that differ: whether each is new, and where it stands on its side.
pub(super) fn findings<'d>(
    of: &'d Difference,
    sides: &Sides,
) -> impl Iterator<Item = (bool, &'d Diagnostic, String)> {
    let new = of.findings.new.iter().map(|found| (true, found));
    let gone = of.findings.gone.iter().map(|found| (false, found));
    new.chain(gone).map(|(is_new, found)| {
        let side = if is_new { &sides.head } else { &sides.base };
        (is_new, found, place(side, found.span).unwrap_or_default())
    })
}

fn reader(of: &Reader, sides: &Sides) -> String {
    let place = place(&sides.head, of.span).unwrap_or_default();
    format!("{} reads {} ({place})", of.fqn, of.path)
}

fn changed_lines(before: Option<&str>, after: Option<&str>) -> Vec<String> {
    let ended = |text: Option<&str>| text.map_or(String::new(), |text| format!("{text}\n"));
    let (before, after) = (ended(before), ended(after));
    let diff = TextDiff::from_lines(&before, &after);
    let changes = diff.iter_all_changes();
    let changes = changes.filter_map(|change| {
        let sign = match change.tag() {
            ChangeTag::Delete => '-',
            ChangeTag::Insert => '+',
            ChangeTag::Equal => return None,
        };
        Some(format!("{sign} {}", change.value().trim_end_matches('\n')))
    });
    let mut lines: Vec<String> = changes.collect();
    if lines.len() > MOST_LINES {
        let more = lines.len() - MOST_LINES;
        lines.truncate(MOST_LINES);
        lines.push(format!("… and {} more", counted(more, "line")));
    }
    lines
}
