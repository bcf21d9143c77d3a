//! What a file is to Pipewright; among others, files that become YAML only after a template language has run over them.

use std::ops::Range;

use pipewright_model::{Document, YamlVersion};
use pipewright_source::{FileId, LineIndex, SourceFile, Span, TextRange};
use pipewright_yaml::{Problem, ProblemKind, Tree};

/// What a file is to Pipewright.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FileKind {
    /// At least one document is a pipeline, template or input set, or a line is the root of one in a file that is not
    /// YAML.
    Harness,
    /// The Harness documents all are written in v1 YAML, for which fewer rules hold.
    Version1,
    /// A Terraform, Jinja or Go template that is not YAML by itself: reported once, as `templated-file`. What stands
    /// between its control lines is read as far as it can be.
    Templated,
    /// Not YAML, and nothing in what could be read is a Harness document. What is wrong is reported, in case the file
    /// was meant to be one; a walk over a directory may pass it over.
    Broken,
    /// YAML, but no Harness document: nothing is reported.
    Other,
}

impl FileKind {
    /// What a file is of which these documents were read.
    pub(crate) fn of(tree: &Tree, documents: &[Document], templated: bool, text: &str) -> Self {
        let is_broken = |kind: &ProblemKind| {
            matches!(kind, ProblemKind::Syntax | ProblemKind::ShortText { .. })
        };
        let mut problems = tree.problems().iter();
        let is_yaml = !problems.any(|problem| is_broken(&problem.kind));
        let version_1 = |document: &Document| document.version == YamlVersion::V1;
        if templated && (!documents.is_empty() || looks_like_harness(text)) {
            Self::Templated
        } else if !documents.is_empty() && documents.iter().all(version_1) {
            Self::Version1
        } else if !documents.is_empty() {
            Self::Harness
        } else if is_yaml {
            Self::Other
        } else if looks_like_harness(text) {
            Self::Harness
        } else {
            Self::Broken
        }
    }
}

/// What begins control text: Go templates and Jinja values, Jinja statements, Terraform directives, ERB.
const MARKS: [&str; 4] = ["{{", "{%", "%{", "<%"];

/// The keys at the beginning of a line that make a file a Harness file.
const ROOTS: [&str; 3] = ["pipeline:", "template:", "inputSet:"];

/// The control text that keeps the file from being YAML: the first on a line where the parser failed, or on the line
/// before. Control text in values does no harm and does not count.
pub(crate) fn control_text(tree: &Tree, file: &SourceFile) -> Option<Span> {
    let mut failures = tree
        .problems()
        .iter()
        .filter(|problem| problem.kind == ProblemKind::Syntax);
    failures.find_map(|problem| control_text_at(problem, tree.file(), file))
}

/// The control text at one failure of the parser.
pub(crate) fn control_text_at(failure: &Problem, id: FileId, file: &SourceFile) -> Option<Span> {
    let line = file.line_index().line(failure.range.start());
    let lines = [line, line.saturating_sub(1)];
    let range = lines
        .into_iter()
        .find_map(|line| mark_on(line, file.line_index(), file.text()))?;
    Some(Span::new(id, range))
}

/// The most lines of control text that are looked for in one file.
const MAX_CONTROL_LINES: usize = 1_000;

/// The lines that are nothing but control text, or that Terraform fills in as a whole.
pub(crate) fn control_lines(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        let at = start;
        start += line.len();
        (at, line.trim_end_matches(['\n', '\r']))
    });
    let control = lines.filter(|(_, line)| is_control_line(line.trim()));
    control
        .map(|(at, line)| at..at + line.len())
        .take(MAX_CONTROL_LINES)
        .collect()
}

fn is_control_line(line: &str) -> bool {
    let between = |open: &str, close: &str| line.starts_with(open) && line.ends_with(close);
    between("{{", "}}")
        || between("{%", "%}")
        || between("{#", "#}")
        || between("%{", "}")
        || between("<%", "%>")
        || is_filled_in(line)
}

/// Whether a line is nothing but a value of Terraform. `${{ … }}` is an expression of v1.
fn is_filled_in(line: &str) -> bool {
    line.starts_with("${") && !line.starts_with("${{") && line.ends_with('}')
}

/// Whether a template language changes a part of a text, so that it is not what Harness reads.
pub(crate) fn is_changed(text: &str) -> bool {
    text.contains("${") || MARKS.iter().any(|mark| text.contains(mark))
}

/// Whether a line of the text is the root of a Harness document, for files too broken to have a tree.
pub(crate) fn looks_like_harness(text: &str) -> bool {
    text.lines()
        .any(|line| ROOTS.iter().any(|root| line.trim_end() == *root))
}

/// Where a verb of Go's `fmt` stands that no value can begin with: `%[1]s`, `%s`.
fn verb(line: &str) -> Option<usize> {
    let places = line.match_indices(" %").map(|(blank, _)| blank + 1);
    places.into_iter().find(|at| {
        let rest = line[at + 1..].trim_end();
        let rest = rest.strip_prefix('[').map_or(rest, |numbered| {
            numbered
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .strip_prefix(']')
                .unwrap_or("")
        });
        matches!(rest, "d" | "q" | "s" | "v")
    })
}

/// The first control text of a line: the mark and what follows up to the next blank. `${{ … }}` is an expression of
/// v1; a line that is nothing but `${…}` is filled in by Terraform.
fn mark_on(line: u32, index: &LineIndex, text: &str) -> Option<TextRange> {
    let start = index.line_start(line)? as usize;
    let line = text[start..].lines().next()?;
    let marks = MARKS.iter().filter_map(|mark| line.find(mark));
    let mark = marks.filter(|at| !line[..*at].ends_with('$')).min();
    let mark = mark.or_else(|| verb(line));
    let is_filled_in = is_filled_in(line.trim());
    let at = mark.or_else(|| is_filled_in.then(|| line.len() - line.trim_start().len()))?;
    let rest = &line[at + 2..];
    let length = 2 + rest.find(char::is_whitespace).unwrap_or(rest.len());
    Some(TextRange::of(start + at, start + at + length))
}
