//! Texts with islands of both languages, side by side and in each other (`spec/v1.md` §8, §9).
//!
//! Delimiters balance their own kind alone, and quotes do not count. Of two islands that cross, the one that begins
//! later is none: `<+ ${{ a > b }} >` ends at its first `>`.

use memchr::memmem;
use pipewright_source::TextRange;

use crate::template::{Island, Template, has_island, parse_template};
use crate::{IslandId, Language, Languages, MAX_NESTING};

/// Finds the islands of a text that may hold these languages. Every text is a template; nothing can go wrong.
///
/// ```
/// use pipewright_syntax::{Languages, parse_template_of};
///
/// let text = "${{ inputs.tag }} <+stage.<+a>> ${{ x[<+b>] }}";
/// let template = parse_template_of(text, Languages::JexlAndCel);
/// let inner: Vec<&str> = template.islands.iter().map(|island| island.inner.slice(text)).collect();
/// assert_eq!(inner, [" inputs.tag ", "stage.<+a>", "a", " x[<+b>] ", "b"]);
/// ```
pub fn parse_template_of(text: &str, languages: Languages) -> Template {
    let jexl = parse_template(text);
    if languages == Languages::Jexl || memmem::find(text.as_bytes(), OPEN).is_none() {
        return jexl;
    }
    let cel = cel(text);
    let mut closed = jexl.islands;
    closed.extend(cel.closed);
    Template {
        islands: nested(closed),
        unclosed: jexl.unclosed,
        unclosed_cel: cel.unclosed,
    }
}

/// Whether a text has a closed island in one of these languages.
pub fn has_island_of(text: &str, languages: Languages) -> bool {
    has_island(text) || languages == Languages::JexlAndCel && !cel(text).closed.is_empty()
}

/// Finds the islands of both languages as the official converter to the newer YAML does, which knows no backslashes and
/// passes over what is not closed: in `<+a <+b>` it sees the second.
pub fn parse_balanced(text: &str) -> Template {
    let mut closed = cel(text).closed;
    let mut open = Vec::new();
    let bytes = text.as_bytes();
    for at in memchr::memchr2_iter(b'<', b'>', bytes) {
        if bytes[at] == b'>' {
            closed.extend(open.pop().map(|start| island(Language::Jexl, start, at)));
        } else if bytes.get(at + 1) == Some(&b'+') {
            open.push(at);
        }
    }
    Template {
        islands: nested(closed),
        ..Template::default()
    }
}

/// Where the content of the innermost `${{` begins that is still open at the end of a text, in bytes.
///
/// ```
/// use pipewright_syntax::open_cel;
///
/// assert_eq!(open_cel("${{ a }} ${{ b[${{ c }}]."), Some(12));
/// assert_eq!(open_cel("${{ a }}"), None);
/// ```
pub fn open_cel(text: &str) -> Option<usize> {
    cel(text).open.map(|start| start + OPEN.len())
}

/// What opens an island of CEL.
const OPEN: &[u8] = b"${{";

/// The islands of CEL in a text.
struct Cel {
    closed: Vec<Island>,
    /// The first that no `}}` follows.
    unclosed: Option<TextRange>,
    /// The last that is open at the end.
    open: Option<usize>,
}

fn cel(text: &str) -> Cel {
    let bytes = text.as_bytes();
    let (mut closed, mut open) = (Vec::new(), Vec::new());
    let (mut read, mut last_close) = (0, 0);
    while let Some(length) = bytes
        .get(read..)
        .and_then(|rest| memchr::memchr2(b'$', b'}', rest))
    {
        let at = read + length;
        read = at + 1;
        if bytes[at..].starts_with(OPEN) {
            open.push(at);
            read = at + OPEN.len();
        } else if bytes[at..].starts_with(b"}}") {
            closed.extend(open.pop().map(|start| island(Language::Cel, start, at)));
            last_close = at;
            read = at + 2;
        }
    }
    let unclosed = open.iter().find(|start| **start >= last_close);
    Cel {
        closed,
        unclosed: unclosed.map(|start| TextRange::of(*start, text.len())),
        open: open.last().copied(),
    }
}

/// The island from an opening delimiter to the closing one that begins at `close`.
fn island(language: Language, start: usize, close: usize) -> Island {
    let (open, length) = match language {
        Language::Jexl => (2, 1),
        Language::Cel => (OPEN.len(), 2),
    };
    Island {
        range: TextRange::of(start, close + length),
        inner: TextRange::of(start + open, close),
        parent: None,
        escaped: false,
        language,
    }
}

/// Puts closed islands into each other: those that cross an earlier one, and those that stand too deep, are left out.
fn nested(mut closed: Vec<Island>) -> Vec<Island> {
    closed.sort_unstable_by_key(|island| island.range.start());
    let mut islands: Vec<Island> = Vec::with_capacity(closed.len());
    let mut around: Vec<usize> = Vec::new();
    for island in closed {
        while let Some(outer) = around.last()
            && islands[*outer].range.end() <= island.range.start()
        {
            around.pop();
        }
        let outer = around.last().map(|outer| &islands[*outer]);
        let crosses = outer.is_some_and(|outer| !outer.inner.contains_range(island.range));
        if crosses || around.len() > MAX_NESTING {
            continue;
        }
        let parent = around.last().and_then(|outer| u32::try_from(*outer).ok());
        let stands_in_jexl = around
            .iter()
            .any(|outer| islands[*outer].escaped && islands[*outer].language == Language::Jexl);
        around.push(islands.len());
        islands.push(Island {
            parent: parent.map(IslandId),
            // An island of CEL loses the backslashes that the islands of JEXL around it use up.
            escaped: island.escaped || stands_in_jexl && island.language == Language::Cel,
            ..island
        });
    }
    islands
}

#[cfg(test)]
mod tests {
    use pest::Parser as _;
    use proptest::prelude::*;

    use super::*;
    use crate::grammar::template::{Rule, TemplateParser};

    fn shown(text: &str, template: &Template) -> Vec<String> {
        let islands = template.islands.iter().enumerate();
        let shown = islands.map(|(at, island)| {
            let level = template.level(IslandId(u32::try_from(at).unwrap()));
            format!("{level} {}", island.range.slice(text))
        });
        shown.collect()
    }

    fn both(text: &str) -> Template {
        parse_template_of(text, Languages::JexlAndCel)
    }

    #[test]
    fn each_kind_balances_its_own_delimiters() {
        for (text, expected) in [
            ("a ${{ b }} c", &["1 ${{ b }}"][..]),
            ("${{ a ${{ b }} }}", &["1 ${{ a ${{ b }} }}", "2 ${{ b }}"]),
            ("<+ ${{ a }} > > b", &["1 <+ ${{ a }} >", "2 ${{ a }}"]),
            ("<+ ${{ a > b }} >", &["1 <+ ${{ a >"]),
            ("${{ <+a }} >", &["1 ${{ <+a }}"]),
            ("${{ <+a <+b> }} >", &["1 ${{ <+a <+b> }}", "2 <+b>"]),
            (
                "${{ <+a> > <+b> }}",
                &["1 ${{ <+a> > <+b> }}", "2 <+a>", "2 <+b>"],
            ),
            ("${{ {\"a\": {\"b\": 1}} }}", &["1 ${{ {\"a\": {\"b\": 1}}"]),
            ("${{ a }}}", &["1 ${{ a }}"]),
            ("}} ${{a}} }}", &["1 ${{a}}"]),
            ("$${{a}}", &["1 ${{a}}"]),
            ("${{}}<+>", &["1 ${{}}", "1 <+>"]),
            ("<+a ${{ b }}", &["1 ${{ b }}"]),
        ] {
            assert_eq!(shown(text, &both(text)), expected, "{text}");
        }
    }

    #[test]
    fn what_never_closes_has_no_closing_delimiter_behind_it() {
        for (text, unclosed) in [
            ("${{ a }", Some("${{ a }")),
            ("${{ a }} ${{ b", Some("${{ b")),
            ("${{ a ${{ b }}", None),
            ("${{ a ${{ b", Some("${{ a ${{ b")),
            ("${{ a }}", None),
            ("${ a", None),
        ] {
            let found = both(text).unclosed_cel.map(|range| range.slice(text));
            assert_eq!(found, unclosed, "{text}");
        }
    }

    #[test]
    fn the_converter_passes_over_what_is_not_closed() {
        let text = "<+a <+b> \\> ${{ c <+d> }} ${{ e";
        let expected = ["1 <+a <+b> \\>", "2 <+b>", "1 ${{ c <+d> }}", "2 <+d>"];
        assert_eq!(shown(text, &parse_balanced(text)), expected);
        let text = "<+a <+b>";
        assert_eq!(shown(text, &parse_balanced(text)), ["1 <+b>"]);
    }

    #[test]
    fn islands_of_cel_lose_the_backslashes_of_jexl_around_them() {
        let text = r"<+ ${{ a \> b }} > ${{ c \> d }}";
        let template = both(text);
        let lost: Vec<usize> = (0..3)
            .map(|id| template.lost_backslashes(IslandId(id)))
            .collect();
        assert_eq!(lost, [1, 1, 0]);
        assert_eq!(template.islands[1].language, Language::Cel);
        assert!(template.islands[1].escaped && !template.islands[2].escaped);
    }

    #[test]
    fn a_file_of_v0_has_no_cel() {
        let text = "${{ a }} <+b> ${{ c";
        assert_eq!(
            parse_template_of(text, Languages::Jexl),
            parse_template(text)
        );
        assert!(!has_island_of("${{ a }}", Languages::Jexl));
        assert!(has_island_of("${{ a }}", Languages::JexlAndCel));
    }

    #[test]
    fn islands_are_as_deep_as_those_of_jexl() {
        let text = format!("{}{}", "${{".repeat(1000), "}}".repeat(1000));
        assert_eq!(both(&text).islands.len(), MAX_NESTING + 1);
    }

    /// The islands of CEL as the grammar has their marks.
    fn by_grammar(text: &str) -> Vec<TextRange> {
        let pairs = TemplateParser::parse(Rule::dollar_braces, text).unwrap();
        let (mut closed, mut open) = (Vec::new(), Vec::new());
        for pair in pairs.flatten() {
            let span = pair.as_span();
            match pair.as_rule() {
                Rule::open_cel => open.push(span.start()),
                Rule::close_cel => {
                    closed.extend(open.pop().map(|start| TextRange::of(start, span.end())));
                }
                _ => {}
            }
        }
        closed
    }

    proptest! {
        #[test]
        fn islands_of_cel_are_those_of_the_grammar(parts in prop::collection::vec("\\$\\{\\{|\\}\\}|\\$|\\{|\\}|é", 0..60)) {
            let text = parts.concat();
            let found: Vec<TextRange> = cel(&text).closed.iter().map(|island| island.range).collect();
            prop_assert_eq!(found, by_grammar(&text));
        }

        #[test]
        fn islands_stand_in_each_other(parts in prop::collection::vec("<\\+|>|\\$\\{\\{|\\}\\}|\\\\|\\}|\\$|a", 0..60)) {
            let text = parts.concat();
            for template in [both(&text), parse_balanced(&text)] {
                crate::fuzzing::check_template(&text, &template);
            }
            prop_assert_eq!(has_island_of(&text, Languages::JexlAndCel), !both(&text).islands.is_empty());
        }
    }
}
