//! Markdown laid out for a terminal: the subset that rule pages are written in.
//!
//! Headings, paragraphs, lists, fenced code, `code` and **strong** words. Everything else is printed as it stands.

use crate::layout::{Layout, wrapping};

/// The page as lines of text, prose wrapped to the layout.
pub(crate) fn render(page: &str, layout: Layout) -> String {
    let mut renderer = Renderer {
        layout,
        paragraph: String::new(),
        indent: String::new(),
        out: String::new(),
    };
    let mut in_code = false;
    for line in page.lines() {
        if line.trim_start().starts_with("```") {
            renderer.end_paragraph();
            in_code = !in_code;
        } else if in_code {
            renderer.code(line);
        } else {
            renderer.prose(line);
        }
    }
    renderer.end_paragraph();
    renderer.out
}

struct Renderer {
    layout: Layout,
    /// The paragraph or list item being gathered.
    paragraph: String,
    /// The bullet of the list item being gathered; its blanks indent the lines after the first.
    indent: String,
    out: String,
}

impl Renderer {
    fn code(&mut self, line: &str) {
        if !line.is_empty() {
            let styled = self.layout.palette.code().style(line).to_string();
            self.out.push_str("    ");
            self.out.push_str(&styled);
        }
        self.out.push('\n');
    }

    fn prose(&mut self, line: &str) {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            self.end_paragraph();
            self.blank_line();
        } else if trimmed.starts_with('#') {
            self.end_paragraph();
            let heading = trimmed.trim_start_matches('#').trim();
            let styled = self.layout.palette.strong().style(heading).to_string();
            self.out.push_str(&styled);
            self.out.push('\n');
        } else if let Some(item) = trimmed.strip_prefix("- ") {
            self.end_paragraph();
            "- ".clone_into(&mut self.indent);
            item.clone_into(&mut self.paragraph);
        } else if trimmed.starts_with('|') {
            self.end_paragraph();
            self.out.push_str(trimmed);
            self.out.push('\n');
        } else {
            if !self.paragraph.is_empty() {
                self.paragraph.push(' ');
            }
            self.paragraph.push_str(trimmed);
        }
    }

    fn end_paragraph(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        let first = std::mem::take(&mut self.indent);
        if paragraph.is_empty() {
            return;
        }
        let rest = " ".repeat(first.len());
        let options = wrapping(self.layout.prose_columns())
            .initial_indent(&first)
            .subsequent_indent(&rest);
        // Wrapped first and styled after, so that colours do not count as columns.
        let wrapped = textwrap::fill(&paragraph, options);
        self.out.push_str(&self.inline(&wrapped));
        self.out.push('\n');
    }

    fn blank_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// Colours `code` and **strong** words; without colours the marks stay, because they mean something.
    fn inline(&self, text: &str) -> String {
        if !self.layout.palette.is_coloured() {
            return text.to_owned();
        }
        let mut out = String::new();
        for (at, part) in text.split('`').enumerate() {
            if at % 2 == 1 {
                out.push_str(&self.layout.palette.code().style(part).to_string());
                continue;
            }
            for (at, part) in part.split("**").enumerate() {
                if at % 2 == 1 {
                    out.push_str(&self.layout.palette.strong().style(part).to_string());
                } else {
                    out.push_str(part);
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::colour::Palette;

    fn layout(coloured: bool) -> Layout {
        Layout {
            palette: Palette::new(coloured),
            columns: 40,
            unicode: true,
        }
    }

    const PAGE: &str = "# rule

A sentence that is longer than the forty
columns there are, with `code` and **more**.

- one item that is long enough to need a second line
- two

```yaml
a: 1

  b: 2
```

The end.
";

    #[test]
    fn prose_is_wrapped_and_code_is_not() {
        let expected = "rule

A sentence that is longer than the forty
columns there are, with `code` and
**more**.

- one item that is long enough to need a
  second line
- two

    a: 1

      b: 2

The end.
";
        assert_eq!(render(PAGE, layout(false)), expected);
    }

    #[test]
    fn colours_replace_the_marks() {
        let text = render(PAGE, layout(true));
        assert!(text.contains("\x1B[36mcode\x1B[0m"), "{text:?}");
        assert!(text.contains("\x1B[1mmore\x1B[0m"), "{text:?}");
        assert!(!text.contains('`') && !text.contains("**"), "{text:?}");
    }
}
