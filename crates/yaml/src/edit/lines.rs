//! Edits of whole lines.

use pipewright_source::{Edit, TextRange};

use super::{Editor, blanks};

impl Editor<'_> {
    /// Moves lines to the right by so many columns; those of blanks alone stay.
    pub fn indent(self, lines: TextRange, columns: usize) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut start = lines.start() as usize;
        for line in lines.slice(self.text).split_inclusive(['\n', '\r']) {
            if !line.trim().is_empty() {
                edits.push(self.insertion(start, blanks(columns)));
            }
            start += line.len();
        }
        edits
    }

    /// Puts a comment, from its `#` on, at the end of the line that begins at a byte. The line must have none.
    pub fn comment_behind(self, line_start: usize, comment: &str) -> Edit {
        let end = line_start + self.line_at(line_start).trim_end().len();
        self.insertion(end, format!(" {comment}"))
    }

    /// Puts a comment, from its `#` on, on a line of its own above the line that begins at a byte, as deep as that.
    pub fn comment_above(self, line_start: usize, comment: &str) -> Edit {
        let line = self.line_at(line_start);
        let indentation = &line[..line.len() - line.trim_start().len()];
        self.insertion(line_start, format!("{indentation}{comment}\n"))
    }

    /// The line that begins at a byte, without its break.
    fn line_at(&self, start: usize) -> &str {
        let rest = &self.text[start..];
        rest.split(['\r', '\n']).next().unwrap_or(rest)
    }
}

#[cfg(test)]
mod tests {
    use pipewright_source::FileId;

    use super::*;
    use crate::edit::tests::with;

    #[test]
    fn lines_are_indented_and_commented() {
        let text = "a: |\nb\n\n  c\n  d: e \n";
        let tree = crate::parse(FileId(0), text);
        let editor = Editor::new(&tree, text);
        let edits = editor.indent(TextRange::of(5, 12), 2);
        assert_eq!(with(text, &edits), "a: |\n  b\n\n    c\n  d: e \n");
        let start = text.find("  d").unwrap();
        let behind = editor.comment_behind(start, "# x");
        assert_eq!(with(text, &[behind]), "a: |\nb\n\n  c\n  d: e # x \n");
        let above = editor.comment_above(start, "# x");
        assert_eq!(with(text, &[above]), "a: |\nb\n\n  c\n  # x\n  d: e \n");
    }
}
