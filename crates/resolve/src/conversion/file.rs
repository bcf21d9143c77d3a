//! A whole file.

use std::collections::{HashMap, HashSet};

use pipewright_model::{Document, NodeId, Pipeline, YamlVersion, may_hold_expression};
use pipewright_source::{Edit, Span, TextRange};
use pipewright_yaml::{self as yaml, Editor, ScalarStyle, Tree};

use super::{ConversionNote, Converter, Delimiters, Place};

/// What is written in place of parts of a file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct ConvertedFile {
    /// The edits, in the order of the file. They do not overlap.
    pub edits: Vec<Edit>,
    /// What was chosen and what could not be decided, in the order of the file.
    pub notes: Vec<(Span, ConversionNote)>,
}

/// Rewrites the expressions in the values of a file, whatever the file is: keys and comments stay. Types of steps come
/// from the pipelines of v0 in it.
pub fn convert_file(
    (tree, text): (&Tree, &str),
    documents: &[Document],
    delimiters: Delimiters,
) -> ConvertedFile {
    let readers: Vec<Reader<'_>> = documents
        .iter()
        .filter(|document| document.version == YamlVersion::V0)
        .filter_map(|document| {
            document
                .pipeline()
                .map(|pipeline| Reader::new(tree, pipeline))
        })
        .collect();
    let nobody = Converter::default();
    let keys: HashSet<yaml::NodeId> = tree.entries_of_all().map(|entry| entry.key).collect();
    let editor = Editor::new(tree, text);
    let mut converted = ConvertedFile::default();
    for (id, scalar) in tree.scalars() {
        let has_islands = may_hold_expression(&scalar.value);
        if keys.contains(&id) || !has_islands {
            continue;
        }
        let span = tree.span(id);
        let is_bare_in_flow = scalar.style == ScalarStyle::Plain && editor.is_in_flow(span.range);
        // Without quotes a `{` would open a mapping there.
        let is_newest_refused = is_bare_in_flow && delimiters == Delimiters::Newest;
        let delimiters = if is_newest_refused {
            Delimiters::Unchanged
        } else {
            delimiters
        };
        let around = readers
            .iter()
            .find_map(|reader| Some((reader, reader.node(id, span)?)));
        let (by, place) = match around {
            Some((reader, node)) => (&reader.converter, Place::of(reader.pipeline, node)),
            None => (&nobody, Place::default()),
        };
        let of_text = by.convert(&scalar.value, &place, delimiters);
        let cover = |range: TextRange| tree.cover_of(id, range);
        for (range, replacement) in of_text.edits {
            match tree.ranges_of(id, range)[..] {
                [span] if scalar.map.is_verbatim(range) => {
                    converted.edits.push(Edit { span, replacement });
                }
                _ => converted
                    .notes
                    .push((cover(range), ConversionNote::NotWritten)),
            }
        }
        let notes = of_text
            .notes
            .into_iter()
            .map(|(range, note)| (cover(range), note));
        converted.notes.extend(notes);
        if is_newest_refused {
            converted.notes.push((span, ConversionNote::DelimitersKept));
        }
    }
    converted.edits.sort_by_key(|edit| edit.span.range.start());
    converted.notes.sort_by_key(|(span, _)| span.range.start());
    converted
}

/// A pipeline, and which of its nodes reads a scalar.
struct Reader<'a> {
    pipeline: &'a Pipeline,
    converter: Converter,
    sites: HashMap<yaml::NodeId, NodeId>,
    /// Where the nodes stand, each behind those around it.
    spans: Vec<(Span, NodeId)>,
}

impl<'a> Reader<'a> {
    fn new(tree: &Tree, pipeline: &'a Pipeline) -> Self {
        let spans = pipeline
            .ids()
            .map(|node| (tree.span(pipeline.node(node).yaml), node));
        Self {
            pipeline,
            converter: Converter::new(pipeline),
            sites: pipeline
                .sites
                .iter()
                .map(|site| (site.yaml, site.node))
                .collect(),
            spans: spans.collect(),
        }
    }

    /// The innermost node around a scalar. `None` for one outside of the pipeline.
    fn node(&self, scalar: yaml::NodeId, at: Span) -> Option<NodeId> {
        if let Some(node) = self.sites.get(&scalar) {
            return Some(*node);
        }
        let around = |(span, _): &&(Span, NodeId)| {
            span.file == at.file && span.range.contains_range(at.range)
        };
        self.spans.iter().rfind(around).map(|(_, node)| *node)
    }
}
