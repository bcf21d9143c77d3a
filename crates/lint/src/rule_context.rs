//! What a rule sees: the analysis of one file, its text, and the ways from one to the other.

use std::collections::HashMap;

use pipewright_analysis::Snapshot;
use pipewright_engine::Profile;
use pipewright_model::{Located, Pipeline, Site, SiteKind};
use pipewright_resolve::{Reference, Resolution, SiteText, Uses};
use pipewright_source::{Applicability, Diagnostic, FileId, Fix, SourceFile, Span, TextRange};
use pipewright_yaml::{self as yaml, Editor, Tree};

use crate::cut_expressions::cut_expressions;
use crate::{Analysis, KnownNames, Options, Text};

/// One file under check.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RuleContext<'a> {
    /// All files.
    pub(crate) snapshot: &'a Snapshot,
    /// What became of the file.
    pub(crate) analysis: &'a Analysis,
    /// The file itself.
    pub(crate) file: &'a SourceFile,
    /// The level of every rule, and the profile of the engine.
    pub(crate) options: &'a Options,
    /// What a project adds: nothing where the file is checked by itself.
    pub(crate) within: Option<Within<'a>>,
}

/// A part of a file that has templates of other files written out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Within<'a> {
    /// The uses of templates that are written out.
    pub(crate) uses: &'a Uses,
    /// The references of the part.
    pub(crate) references: &'a [PlacedReference<'a>],
}

/// A reference with where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlacedReference<'a> {
    /// The pipeline it is evaluated in.
    pub(crate) pipeline: &'a Pipeline,
    /// What became of the references that are evaluated there.
    pub(crate) resolution: &'a Resolution,
    /// The reference.
    pub(crate) reference: &'a Reference,
    /// The scalar it stands in.
    pub(crate) site: &'a Site,
    /// Where it is evaluated, if that is another pipeline than that of the file it stands in.
    pub(crate) elsewhere: Option<Elsewhere<'a>>,
}

/// A pipeline of another file that decides about a reference.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Elsewhere<'a> {
    /// The file.
    pub(crate) file: &'a SourceFile,
    /// What is evaluated there.
    pub(crate) what: Evaluated,
}

/// What is evaluated in a pipeline of another file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Evaluated {
    /// An output of a chained stage, in the child.
    Output,
    /// A value of an input set, in the pipeline that it is for.
    Value,
}

impl Evaluated {
    /// Its word in messages.
    pub(crate) const fn noun(self) -> &'static str {
        match self {
            Self::Output => "output",
            Self::Value => "value",
        }
    }
}

impl<'a> RuleContext<'a> {
    /// A file by itself. `None` for an id of no file.
    pub(crate) fn alone(snapshot: &'a Snapshot, id: FileId, options: &'a Options) -> Option<Self> {
        Some(Self {
            snapshot,
            analysis: snapshot.analysis(id)?,
            file: snapshot.source(id)?,
            options,
            within: None,
        })
    }

    /// The flags of the engine that evaluates what stands in the file.
    pub(crate) fn profile(self) -> Profile {
        self.options.profile_of(self.analysis.file())
    }

    /// What the configuration lists of things outside of the file.
    pub(crate) fn known_names(self) -> &'a KnownNames {
        self.options.names_of(self.analysis.file())
    }

    /// The YAML tree.
    pub(crate) fn tree(self) -> &'a Tree {
        self.analysis.tree()
    }

    /// Makes edits of the file.
    pub(crate) fn editor(self) -> Editor<'a> {
        Editor::new(self.tree(), self.file.text())
    }

    /// The pipelines, and what templates hold of one.
    pub(crate) fn pipelines(self) -> impl Iterator<Item = &'a Pipeline> {
        self.analysis
            .documents()
            .iter()
            .filter_map(|document| document.pipeline().map(|pipeline| &**pipeline))
    }

    /// Whether a site stands in the file's own text, and not in that of a template.
    pub(crate) fn is_own(self, site: &Site) -> bool {
        let of_use = self.within.and_then(|within| within.uses.of(site.yaml));
        of_use.is_none()
    }

    /// A span of this file.
    pub(crate) fn span(self, range: TextRange) -> Span {
        Span::new(self.analysis.file(), range)
    }

    /// The decoded text of a scalar that may hold expressions.
    pub(crate) fn text(self, text: &Text) -> &'a str {
        self.tree().text(text.scalar).unwrap_or("")
    }

    /// The scalars that may hold expressions, taken apart.
    pub(crate) fn texts_by_scalar(self) -> HashMap<yaml::NodeId, &'a Text> {
        let texts = self.analysis.texts().iter();
        texts.map(|text| (text.scalar, text)).collect()
    }

    /// Where `range` of a scalar's decoded text was written: one span, from the first to the last byte.
    pub(crate) fn written(self, scalar: yaml::NodeId, range: TextRange) -> Span {
        self.tree().cover_of(scalar, range)
    }

    /// The part of `span` on its first line, without blanks at the end: enough to point at a block of many lines.
    pub(crate) fn first_line(self, span: Span) -> Span {
        let file = match self.within {
            Some(_) => self.snapshot.source(span.file),
            None => Some(self.file),
        };
        let text = file.map_or("", |file| span.range.slice(file.text()));
        let line = text.lines().next().unwrap_or("").trim_end();
        let start = span.range.start();
        let range = TextRange::of(start as usize, start as usize + line.len());
        Span::new(span.file, range)
    }

    /// Adds every place that repeats the text of the finding by an alias.
    pub(crate) fn with_aliases(self, finding: Diagnostic) -> Diagnostic {
        const MOST_SHOWN: usize = 8;
        // A bound for hostile files: each finding looks at the aliases.
        const MOST_LOOKED_AT: usize = 1000;
        let place = finding.span.range;
        let aliases = self.tree().aliases().take(MOST_LOOKED_AT);
        let repeating = aliases.filter(|(_, target)| target.range.contains_range(place));
        repeating
            .take(MOST_SHOWN)
            .fold(finding, |finding, (alias, _)| {
                finding.with_related(alias, "repeated here by an alias")
            })
    }

    /// A fix that replaces ranges of a scalar's decoded text. `None` where the file does not hold the decoded text as
    /// it is, where the scalar's style cannot hold a replacement there, or where more of the text could not be read
    /// than before.
    pub(crate) fn fix(
        self,
        title: impl Into<String>,
        applicability: Applicability,
        scalar: yaml::NodeId,
        edits: &[(TextRange, &str)],
    ) -> Option<Fix> {
        if !self.can_be_read(scalar, edits) || self.may_end_value(scalar, edits) {
            return None;
        }
        let edits = edits
            .iter()
            .map(|(range, replacement)| self.editor().replace(scalar, *range, replacement));
        Some(Fix {
            title: title.into(),
            applicability,
            edits: edits.collect::<Option<_>>()?,
        })
    }

    /// A fix that puts `right` in place of a whole scalar, if the file can hold it there.
    pub(crate) fn rewrite(
        self,
        scalar: yaml::NodeId,
        right: &str,
        applicability: Applicability,
    ) -> Option<Fix> {
        let whole = TextRange::of(0, self.tree().text(scalar)?.len());
        let title = format!("write `{right}`");
        self.fix(title, applicability, scalar, &[(whole, right)])
    }

    /// A fix that puts the name that was probably meant in place of a whole scalar: safe where only the letter case is
    /// another.
    pub(crate) fn rewrite_as_meant(self, written: &Located, meant: &str) -> Option<Fix> {
        let applicability = if meant.eq_ignore_ascii_case(&written.text) {
            Applicability::Safe
        } else {
            Applicability::Unsafe
        };
        self.rewrite(written.yaml, meant, applicability)
    }

    /// Whether all expressions around these edits can be read once they are made, and fewer of the text end too early,
    /// or none.
    pub(crate) fn mends(self, text: &Text, edits: &[(TextRange, &str)]) -> bool {
        let whole = self.text(text);
        let (around, edits_around) = around(whole, edits);
        if Mistakes::of(&with_edits(around, &edits_around), text.kind).unreadable > 0 {
            return false;
        }
        let (read, edits) = read_again(whole, edits);
        let before = Mistakes::of(read, text.kind).cut;
        let after = Mistakes::of(&with_edits(read, &edits), text.kind).cut;
        after == 0 || after < before
    }

    /// Whether an expression of a text ends before it was meant to: what then stands in which one is not sure. Of a
    /// long text, around these edits.
    pub(crate) fn is_cut(self, scalar: yaml::NodeId, edits: &[(TextRange, &str)]) -> bool {
        let decoded = self.tree().text(scalar).unwrap_or("");
        let (read, _) = read_again(decoded, edits);
        Mistakes::of(read, SiteKind::Text).cut > 0
    }

    /// Whether edits of a value without quotes write what ends it inside `{ }` and `[ ]`, in a file of which nobody
    /// knows whether it stands inside: one with a line that could not be read.
    fn may_end_value(self, scalar: yaml::NodeId, edits: &[(TextRange, &str)]) -> bool {
        let tree = self.tree();
        let is_plain = |scalar: &yaml::Scalar| scalar.style == yaml::ScalarStyle::Plain;
        let mut new = edits.iter().map(|(_, new)| *new);
        tree.recovered()
            && tree.scalar(scalar).is_some_and(is_plain)
            && new.any(|new| new.contains(['[', ']', '{', '}', ',']))
    }

    /// Whether a text with these edits has no more mistakes than without them; of a long text, around them.
    fn can_be_read(self, scalar: yaml::NodeId, edits: &[(TextRange, &str)]) -> bool {
        let decoded = self.tree().text(scalar).unwrap_or("");
        let (read, edits) = read_again(decoded, edits);
        let after = Mistakes::of(&with_edits(read, &edits), SiteKind::Text);
        after.all() <= Mistakes::of(read, SiteKind::Text).all()
    }

    /// Whether a line that could not be read stood in a node, or directly behind it where it may have gone on. At the
    /// last problem of such a file reading may have ended.
    pub(crate) fn lacks_lines(self, node: TextRange) -> bool {
        let (tree, text) = (self.tree(), self.file.text());
        let is_blank =
            |start: u32, end: u32| TextRange::new(start, end).slice(text).trim().is_empty();
        let end = tree.problems().last().filter(|_| tree.recovered());
        let blanked = tree.blanked().iter().copied();
        let mut unread = blanked.chain(end.map(|problem| problem.range));
        unread.any(|lines| {
            let (start, end) = (lines.start(), node.end());
            start >= node.start() && (start <= end || is_blank(end, start))
        })
    }

    /// The innermost mapping around a range of the file.
    pub(crate) fn mapping_around(self, range: TextRange) -> Option<yaml::NodeId> {
        let tree = self.tree();
        let root = tree.root_around(range).map(|(_, root)| root);
        let parts = tree.parts_around(range).map(yaml::Part::node);
        let mappings = root.into_iter().chain(parts);
        mappings.filter(|id| tree.is_mapping(*id)).last()
    }
}

/// How many bytes on either side of its edits are read again.
const AROUND: usize = 160;

/// The longest text, in bytes, that is read again as a whole for a fix.
const READ_AS_A_WHOLE: usize = 4_000;

/// What is read again of a text for its edits: all of it, or of a long one what is around them.
fn read_again<'t, 'e>(
    text: &'t str,
    edits: &[(TextRange, &'e str)],
) -> (&'t str, Vec<(TextRange, &'e str)>) {
    if text.len() <= READ_AS_A_WHOLE {
        (text, edits.to_vec())
    } else {
        around(text, edits)
    }
}

/// The part of a text in which its edits can change what is read, so that a fix of a long text costs no more than one
/// of a short.
fn around<'t, 'e>(
    text: &'t str,
    edits: &[(TextRange, &'e str)],
) -> (&'t str, Vec<(TextRange, &'e str)>) {
    let first = edits.iter().map(|(range, _)| range.start() as usize).min();
    let last = edits.iter().map(|(range, _)| range.end() as usize).max();
    // At the end of a line where one is near: half an expression could not be read.
    let bytes = text.as_bytes();
    let is_boundary = |at: &usize| text.is_char_boundary(*at);
    let is_newline = |byte: &u8| *byte == b'\n';
    let start = first.unwrap_or(0).saturating_sub(AROUND);
    let further = start.saturating_sub(AROUND);
    let line = bytes[further..start].iter().rposition(is_newline);
    let start = match line {
        Some(at) => further + at,
        None => (0..=start).rev().find(is_boundary).unwrap_or(0),
    };
    let end = last.unwrap_or(0).saturating_add(AROUND).min(text.len());
    let further = end.saturating_add(AROUND).min(text.len());
    let line = bytes[end..further].iter().position(is_newline);
    let end = match line {
        Some(at) => end + at,
        None => (end..text.len()).find(is_boundary).unwrap_or(text.len()),
    };
    let within = |range: &TextRange| {
        TextRange::of(range.start() as usize - start, range.end() as usize - start)
    };
    let edits = edits.iter().map(|(range, new)| (within(range), *new));
    (&text[start..end], edits.collect())
}

/// A text with its edits.
fn with_edits(text: &str, edits: &[(TextRange, &str)]) -> String {
    let mut edits: Vec<_> = edits.to_vec();
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start()));
    let mut text = text.to_owned();
    for (range, replacement) in edits {
        text.replace_range(range.to_usize(), replacement);
    }
    text
}

/// How much of a text is no expression that it was meant to be.
struct Mistakes {
    /// What cannot be read.
    unreadable: usize,
    /// What ends before it was meant to.
    cut: usize,
}

impl Mistakes {
    fn of(text: &str, kind: SiteKind) -> Self {
        let parsed = SiteText::parse(text, kind);
        let is_broken = parsed.islands.iter().map(Result::is_err);
        let whole_fails = parsed.whole.as_ref().is_some_and(Result::is_err);
        let broken = is_broken.clone().filter(|is_broken| *is_broken).count();
        let islands = parsed.template.islands.iter().zip(is_broken);
        let unclosed = usize::from(parsed.template.unclosed.is_some());
        Self {
            unreadable: broken + usize::from(whole_fails) + unclosed,
            cut: cut_expressions(text, islands, whole_fails).len(),
        }
    }

    const fn all(&self) -> usize {
        self.unreadable + self.cut
    }
}
