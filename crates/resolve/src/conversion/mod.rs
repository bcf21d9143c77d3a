//! Expressions of pipelines rewritten for the newer YAML, as the official converter does it (`spec/v1.md` §8, §9).
//!
//! ```
//! use pipewright_resolve::conversion::{Converter, Delimiters, Place};
//!
//! let converter = Converter::default();
//! let text = "echo <+pipeline.stages.Build.spec.execution.steps.Test.status>";
//! let converted = converter.convert(text, &Place::default(), Delimiters::Unchanged);
//! assert_eq!(converted.applied(text), "echo <+pipeline.stages.Build.steps.Test.status>");
//! ```

mod file;
mod path;
mod rewrite;
mod steps;
mod tables;

use std::ops::Range;

use pipewright_model::Pipeline;
use pipewright_source::TextRange;
use pipewright_syntax::{IslandId, Language, Template, parse_balanced};

pub use file::{ConvertedFile, convert_file};
use path::Path;
use steps::Steps;
pub use steps::{ConversionNote, Place};

/// An island of a text.
#[derive(Clone, Copy)]
struct Source<'t> {
    text: &'t str,
    template: &'t Template,
    island: IslandId,
}

/// Which delimiters the converted text has.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Delimiters {
    /// Those it had.
    #[default]
    Unchanged,
    /// `${{ }}` around plain paths, as the newest converter writes them.
    Newest,
}

/// Rewrites texts of one pipeline.
#[derive(Clone, Debug, Default)]
pub struct Converter {
    steps: Steps,
}

/// What a text becomes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Converted {
    /// What is written in place of parts of the text, from left to right. They do not overlap.
    pub edits: Vec<(TextRange, String)>,
    /// What was chosen and what could not be decided, each with its place in the text.
    pub notes: Vec<(TextRange, ConversionNote)>,
}

impl Converted {
    /// The text with the edits.
    ///
    /// # Panics
    /// If it is not the text that was converted.
    pub fn applied(&self, text: &str) -> String {
        let mut applied = String::with_capacity(text.len());
        let mut from = 0;
        for (range, replacement) in &self.edits {
            applied.push_str(&text[from..range.start() as usize]);
            applied.push_str(replacement);
            from = range.end() as usize;
        }
        applied.push_str(&text[from..]);
        applied
    }
}

impl Converter {
    /// A converter that knows the steps of a pipeline.
    pub fn new(pipeline: &Pipeline) -> Self {
        Self {
            steps: Steps::of(pipeline),
        }
    }

    /// The same for steps that are given by their paths in the newer YAML (`pipeline.stages.S.steps.G.steps.A`), each
    /// with its type.
    pub fn of_steps<'s>(steps: impl IntoIterator<Item = (&'s str, &'s str)>) -> Self {
        Self {
            steps: Steps::of_paths(steps),
        }
    }

    /// Rewrites the expressions of a text that stands at `place`.
    pub fn convert(&self, text: &str, place: &Place, delimiters: Delimiters) -> Converted {
        let mut converted = Converted::default();
        let template = parse_balanced(text);
        for (island, _) in template.roots() {
            let of = Source {
                text,
                template: &template,
                island,
            };
            self.island(of, place, delimiters, &mut converted);
        }
        converted.edits.sort_by_key(|(range, _)| range.start());
        converted
    }

    /// Rewrites a path that stands without delimiters.
    pub fn convert_path(&self, text: &str, place: &Place) -> Converted {
        let mut converted = Converted::default();
        for path in path::find(text, 0..text.len(), &[]) {
            self.path(text, &path, place, &mut converted);
        }
        converted
    }

    fn island(&self, of: Source<'_>, place: &Place, delimiters: Delimiters, into: &mut Converted) {
        let Some(island) = of.template.get(of.island) else {
            return;
        };
        let mut inside = Vec::new();
        for (child, range) in of.template.children(of.island) {
            let of = Source {
                island: child,
                ..of
            };
            self.island(of, place, delimiters, into);
            inside.push(range.to_usize());
        }
        let before = into.edits.len();
        let content = island.inner.to_usize();
        for path in path::find(of.text, content.clone(), &inside) {
            self.path(of.text, &path, place, into);
        }
        let is_jexl = island.language == Language::Jexl;
        if delimiters == Delimiters::Newest && is_jexl && inside.is_empty() {
            newest(of.text, island.range, content, before, into);
        }
    }

    fn path(&self, text: &str, path: &Path, place: &Place, into: &mut Converted) {
        let (written, notes) = rewrite::rewrite(text, path, &self.steps, place);
        into.edits.extend(path.edits(text, &written));
        let range = path.range();
        into.notes
            .extend(notes.into_iter().map(|note| (range, note)));
    }
}

/// The beginnings that only the newest converter rewrites, and what it writes instead.
const NEWEST: [(&str, &str); 2] = [
    ("manifestConfig.primaryManifestId", "manifests.primary.id"),
    (
        "serviceConfig.serviceDefinition.spec.variables",
        "serviceVariables",
    ),
];

/// Writes a plain path of two segments or more as `${{path}}`. What was written in the island stands in the edits from
/// `before` on.
fn newest(
    text: &str,
    whole: TextRange,
    content: Range<usize>,
    before: usize,
    into: &mut Converted,
) {
    let mut edits = into.edits.split_off(before);
    edits.sort_by_key(|(range, _)| range.start());
    let start = content.start;
    let content = &text[content];
    let of_content = Converted {
        edits: edits
            .iter()
            .map(|(range, new)| {
                let range =
                    TextRange::of(range.start() as usize - start, range.end() as usize - start);
                (range, new.clone())
            })
            .collect(),
        notes: Vec::new(),
    };
    let mut path = of_content.applied(content);
    for (older, newer) in NEWEST {
        let (trimmed, blanks) = (path.trim(), path.len() - path.trim_start().len());
        if let Some(rest) = trimmed.strip_prefix(older)
            && (rest.is_empty() || rest.starts_with(['.', '[']))
        {
            let behind = &path[blanks + trimmed.len()..];
            path = format!("{}{newer}{rest}{behind}", &path[..blanks]);
        }
    }
    if path::is_plain(path.trim()) && !path.trim().starts_with("serviceVariables") {
        into.edits.push((whole, format!("${{{{{path}}}}}")));
    } else if path != content {
        into.edits.push((whole, format!("<+{path}>")));
    }
}
