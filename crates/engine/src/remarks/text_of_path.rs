//! A path with expressions in it that nothing has, so that its text is the value (`spec/engine.md` §2.7).

use pipewright_syntax::parse_template;

use super::{Remark, RemarkCause};
use crate::template::written;
use crate::trace::{Event, Step, shown};

/// What there is to say of an expression that became its own text although it was written as a path.
pub(super) fn of_island(expression: &str, inside: &[Step]) -> Option<Remark> {
    let Event::TextIsValue { text } = &inside.last()?.event else {
        return None;
    };
    let written_parts = parts(expression)?;
    let found_parts: Vec<&str> = text.split('.').collect();
    let hyphenated = found_parts.iter().position(|part| part.contains('-'));
    let name = hyphenated.map(|at| {
        let is_same = written_parts.len() == found_parts.len();
        let written = if is_same {
            written_parts[at]
        } else {
            found_parts[at]
        };
        (found_parts[at].to_owned(), shown(written))
    });
    Some(Remark {
        expression: written(&shown(expression)),
        cause: RemarkCause::TextOfPath {
            text: shown(text),
            hyphenated: name,
        },
    })
}

/// The parts between the dots of a path, the first of them a plain word. `None` where a text was put together that is
/// no path.
fn parts(expression: &str) -> Option<Vec<&str>> {
    let expression = expression.trim();
    let template = parse_template(expression);
    let is_plain = |text: &str| {
        text.chars()
            .all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c))
    };
    let mut parts = Vec::new();
    let mut start = 0;
    let mut read = 0;
    let ends = template.roots().map(|(_, island)| island.to_usize());
    for island in ends.chain(std::iter::once(expression.len()..expression.len())) {
        let text = expression.get(read..island.start)?;
        if !is_plain(text) {
            return None;
        }
        for (dot, _) in text.match_indices('.') {
            parts.push(&expression[start..read + dot]);
            start = read + dot + 1;
        }
        read = island.end;
    }
    parts.push(&expression[start..]);
    let is_word = |part: &&str| part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let is_path = parts.len() > 1 && parts.first().is_some_and(is_word);
    (is_path && parts.iter().all(|part| !part.is_empty())).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_told_from_a_text() {
        let path = ["pipeline", "variables", "<+a.b>-tag"];
        assert_eq!(parts("pipeline.variables.<+a.b>-tag").unwrap(), path);
        assert_eq!(parts("a.<+<+b.c> + \"d.e\">.f").unwrap().len(), 3);
        for text in [
            "values-<+env>.yaml",
            "<+a>.b",
            "docker.io/<+a>",
            "pre<+a>",
            "a.<+b>.",
            "a..<+b>",
        ] {
            assert_eq!(parts(text), None, "{text}");
        }
    }
}
