//! What stands at the cursor.

use std::cell::OnceCell;
use std::sync::Arc;

use pipewright_analysis::{Analysis, Snapshot};
use pipewright_model::{Pipeline, Site};
use pipewright_resolve::{Position, Reference, Resolution, Segment, SegmentKind, Verdict};
use pipewright_source::{FileId, Span, TextRange};
use pipewright_yaml::{NodeId, Tree};

/// A pipeline, or what a template holds, with what became of its references.
pub(crate) struct Resolved<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) pipeline: &'a Pipeline,
    pub(crate) resolution: &'a Resolution,
    position: OnceCell<Position<'a>>,
}

/// One name of a path in an expression.
pub(crate) struct PathName<'a> {
    pub(crate) of: Resolved<'a>,
    pub(crate) reference: &'a Reference,
    /// The place of the name among the parts of the path.
    pub(crate) segment: usize,
}

/// The file with the templates it uses written out, where it can be, and else by itself.
pub(crate) fn analysis(snapshot: &Snapshot, file: FileId) -> Option<&Arc<Analysis>> {
    let whole = snapshot.written_out(file);
    whole.map_or_else(|| snapshot.analysis(file), |whole| Some(whole.analysis()))
}

/// Every pipeline of a file, and what its templates hold.
pub(crate) fn resolved(analysis: &Analysis) -> impl Iterator<Item = Resolved<'_>> {
    let tree = &**analysis.tree();
    analysis
        .resolved()
        .map(move |(pipeline, resolution)| Resolved {
            tree,
            pipeline,
            resolution,
            position: OnceCell::new(),
        })
}

/// The name of a path on which the cursor stands. Between two names it is the one that ends there.
pub(crate) fn path_name(analysis: &Analysis, file: FileId, offset: u32) -> Option<PathName<'_>> {
    resolved(analysis).find_map(|of| {
        let mut references = of.resolution.references.iter();
        let (reference, segment) = references.find_map(|reference| {
            let site = &of.pipeline.sites[reference.site];
            if !touches(of.tree.span(of.tree.target(site.yaml)), file, offset) {
                return None;
            }
            let mut segments = reference.segments.iter();
            let segment = segments.position(|segment| {
                let mut written = of.written(site.yaml, segment).into_iter();
                written.any(|span| touches(span, file, offset))
            })?;
            Some((reference, segment))
        })?;
        Some(PathName {
            of,
            reference,
            segment,
        })
    })
}

/// Whether the cursor stands in a span or at one of its ends.
pub(crate) fn touches(span: Span, file: FileId, offset: u32) -> bool {
    span.file == file && span.range.start() <= offset && offset <= span.range.end()
}

/// The text of a part of a path that is written, without what only a run puts behind it.
pub(crate) fn fixed_text(segment: &Segment) -> Option<&str> {
    match &segment.kind {
        SegmentKind::Name(name) | SegmentKind::Quoted(name) | SegmentKind::Postfixed(name) => {
            Some(name)
        }
        _ => None,
    }
}

impl<'a> Resolved<'a> {
    /// Where a part of a path is written, without quotes and dots.
    pub(crate) fn written(&self, scalar: NodeId, segment: &Segment) -> Vec<Span> {
        self.tree
            .ranges_of(scalar, self.name_range(scalar, segment))
    }

    /// The range of a name in the decoded text of its scalar, without quotes.
    pub(crate) fn name_range(&self, scalar: NodeId, segment: &Segment) -> TextRange {
        let text = segment.range.slice(self.tree.text(scalar).unwrap_or(""));
        let Some(name) = fixed_text(segment) else {
            return segment.range;
        };
        let Some(at) = text.find(name).and_then(|at| u32::try_from(at).ok()) else {
            return segment.range;
        };
        let start = segment.range.start() + at;
        let length = u32::try_from(name.len()).unwrap_or(0);
        TextRange::new(start, start + length)
    }

    /// What becomes of the first parts of a path.
    pub(crate) fn verdict(&self, reference: &Reference, segments: &[Segment]) -> Verdict {
        if segments.len() == reference.segments.len() {
            return reference.verdict.clone();
        }
        let root = || Position::new(self.tree, self.pipeline, self.resolution, Pipeline::ROOT);
        let position = self.position.get_or_init(root);
        position.decide(self.site(reference), segments)
    }

    /// The site of a reference.
    pub(crate) fn site(&self, reference: &Reference) -> &'a Site {
        &self.pipeline.sites[reference.site]
    }
}
