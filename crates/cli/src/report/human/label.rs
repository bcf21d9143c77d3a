//! Where the text of a label goes: behind its mark where it fits, otherwise below.

use textwrap::core::display_width;

use crate::layout::wrapping;

/// The lines of a label, each with the column it begins at.
#[derive(PartialEq, Eq, Debug, Default)]
pub(super) struct LabelLines {
    /// What stands behind the mark.
    pub(super) behind: Option<String>,
    /// What stands on lines of their own.
    pub(super) below: Vec<(usize, String)>,
}

/// Lays out a label of a mark that begins at column `start` and ends before `end`, on `columns`.
pub(super) fn lines(label: &str, start: usize, end: usize, columns: usize) -> LabelLines {
    let width = display_width(label);
    let behind = columns.saturating_sub(end + 1);
    if width <= behind {
        return LabelLines {
            behind: Some(label.to_owned()),
            below: Vec::new(),
        };
    }
    let start = if width <= columns {
        start.min(columns - width)
    } else {
        start.min(columns / 4)
    };
    let options = wrapping(columns - start).break_words(true);
    let lines = textwrap::wrap(label, options).into_iter();
    LabelLines {
        behind: None,
        below: lines.map(|line| (start, line.into_owned())).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_stands_where_it_fits() {
        let found = |label, start, end, columns| {
            let LabelLines { behind, below } = lines(label, start, end, columns);
            (behind.unwrap_or_default(), below)
        };
        let owned = |text: &str| text.to_owned();
        assert_eq!(found("null", 2, 4, 10), (owned("null"), Vec::new()));
        assert_eq!(
            found("null", 2, 9, 12),
            (owned(""), vec![(2, owned("null"))])
        );
        assert_eq!(
            found("null", 7, 9, 10),
            (owned(""), vec![(6, owned("null"))])
        );
        assert_eq!(
            found("one two three", 7, 9, 8),
            (
                owned(""),
                vec![(2, owned("one")), (2, owned("two")), (2, owned("three"))]
            )
        );
    }
}
