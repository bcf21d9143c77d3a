//! What stands at the cursor.

use std::cell::OnceCell;
use std::collections::HashSet;

use pipewright_analysis::{Analysis, Snapshot};
use pipewright_model::{Moment, Pipeline, Site, SiteKind};
use pipewright_resolve::{Position, Reference, Resolution, Segment, SegmentKind, Verdict};
use pipewright_source::{FileId, Span, TextRange};
use pipewright_yaml::{NodeId, Tree};

/// A pipeline, or what a template holds, with what became of the references that it decides about.
pub(crate) struct Resolved<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) pipeline: &'a Pipeline,
    pub(crate) resolution: &'a Resolution,
    texts: Texts<'a>,
    position: OnceCell<Position<'a>>,
}

/// Where the texts stand that hold the references.
enum Texts<'a> {
    /// In the pipeline itself; of the references at these places another one decides.
    Own(HashSet<usize>),
    /// In the pipeline that runs this one.
    Parent(&'a Tree, &'a Pipeline),
    /// In an input set: the places of the references and their sites there.
    InputSet(&'a Tree, &'a [(usize, Site)]),
}

/// A reference where it is written.
#[derive(Clone, Copy)]
pub(crate) struct Read<'a> {
    pub(crate) reference: &'a Reference,
    /// The tree of its text.
    pub(crate) tree: &'a Tree,
    /// The scalar of its text in that tree.
    pub(crate) scalar: NodeId,
}

/// One name of a path in an expression.
pub(crate) struct PathName<'a> {
    pub(crate) of: Resolved<'a>,
    pub(crate) read: Read<'a>,
    /// The place of the name among the parts of the path.
    pub(crate) segment: usize,
}

/// Every pipeline of a file and what its templates hold, templates that it uses written out where they can be; then the
/// pipelines at hand that decide about texts of the file: those that its chained stages run, and that of its input set.
pub(crate) fn resolved(snapshot: &Snapshot, file: FileId) -> Vec<Resolved<'_>> {
    let Some(whole) = snapshot.written_out(file) else {
        let own = snapshot.analysis(file);
        return own.map_or_else(Vec::new, |own| of_own_text(own).collect());
    };
    let mut found = Vec::new();
    let tree = &**whole.analysis().tree();
    for ((pipeline, resolution), beyond) in whole.analysis().resolved().zip(whole.beyond()) {
        let children = beyond.children();
        let decided = children.iter().flat_map(|child| &child.places).copied();
        let texts = Texts::Own(decided.collect());
        found.push(Resolved::new(tree, pipeline, resolution, texts));
        found.extend(children.iter().map(|child| {
            let texts = Texts::Parent(tree, pipeline);
            Resolved::new(&child.tree, &child.pipeline, &child.resolution, texts)
        }));
    }
    if let Some(own) = snapshot.tree(file) {
        found.extend(whole.inputs().iter().map(|of| {
            let texts = Texts::InputSet(own, &of.references);
            Resolved::new(&of.tree, &of.pipeline, &of.resolution, texts)
        }));
    }
    found
}

/// Every pipeline of a file by itself, and what its templates hold.
pub(crate) fn of_own_text(analysis: &Analysis) -> impl Iterator<Item = Resolved<'_>> {
    let tree = &**analysis.tree();
    analysis.resolved().map(move |(pipeline, resolution)| {
        Resolved::new(tree, pipeline, resolution, Texts::Own(HashSet::new()))
    })
}

/// The name of a path on which the cursor stands, as `reader` reads it: the file itself, or one that uses it. Between
/// two names it is the one that ends there.
pub(crate) fn path_name(
    snapshot: &Snapshot,
    reader: FileId,
    (file, offset): (FileId, u32),
) -> Option<PathName<'_>> {
    resolved(snapshot, reader).into_iter().find_map(|of| {
        let (read, segment) = of.reads().into_iter().find_map(|read| {
            if !touches(read.tree.span(read.tree.target(read.scalar)), file, offset) {
                return None;
            }
            let mut segments = read.reference.segments.iter();
            let segment = segments.position(|segment| {
                let mut written = read.written(segment).into_iter();
                written.any(|span| touches(span, file, offset))
            })?;
            Some((read, segment))
        })?;
        Some(PathName { of, read, segment })
    })
}

/// Where the text of a scalar stands, without quotes.
pub(crate) fn content(tree: &Tree, scalar: NodeId) -> Span {
    let length = tree.text(scalar).map_or(0, str::len);
    tree.cover_of(scalar, TextRange::of(0, length))
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

impl<'a> Read<'a> {
    /// Where a part of the path is written, without quotes and dots.
    pub(crate) fn written(&self, segment: &Segment) -> Vec<Span> {
        self.tree.ranges_of(self.scalar, self.name_range(segment))
    }

    /// The smallest span that covers where a part of the path is written, without quotes and dots.
    pub(crate) fn cover(&self, segment: &Segment) -> Span {
        self.tree.cover_of(self.scalar, self.name_range(segment))
    }

    /// The place of the first letters of a part of the path, as many as a name has.
    pub(crate) fn beginning(&self, place: usize, name: &str) -> Span {
        let start = self.name_range(&self.reference.segments[place]).start();
        let length = u32::try_from(name.len()).unwrap_or(0);
        self.tree
            .cover_of(self.scalar, TextRange::new(start, start + length))
    }

    /// The decoded text of the scalar.
    pub(crate) fn text(&self) -> &'a str {
        self.tree.text(self.scalar).unwrap_or("")
    }

    /// The range of a name in the decoded text of its scalar, without quotes.
    pub(crate) fn name_range(&self, segment: &Segment) -> TextRange {
        let text = segment.range.slice(self.text());
        let Some(name) = fixed_text(segment) else {
            return segment.range;
        };
        let at = match segment.kind {
            // The quotes stand behind what may have the same letters: `get("t")`.
            SegmentKind::Quoted(_) => text.rfind(name),
            _ => text.find(name),
        };
        let Some(at) = at.and_then(|at| u32::try_from(at).ok()) else {
            return segment.range;
        };
        let start = segment.range.start() + at;
        let length = u32::try_from(name.len()).unwrap_or(0);
        TextRange::new(start, start + length)
    }
}

impl<'a> Resolved<'a> {
    fn new(
        tree: &'a Tree,
        pipeline: &'a Pipeline,
        resolution: &'a Resolution,
        texts: Texts<'a>,
    ) -> Self {
        Self {
            tree,
            pipeline,
            resolution,
            texts,
            position: OnceCell::new(),
        }
    }

    /// The references that the pipeline decides about, where they are written.
    pub(crate) fn reads(&self) -> Vec<Read<'a>> {
        let read = |tree, pipeline: &Pipeline, reference: &'a Reference| Read {
            reference,
            tree,
            scalar: pipeline.sites[reference.site].yaml,
        };
        let all = &self.resolution.references;
        match &self.texts {
            Texts::Own(decided) => {
                let own = (0..all.len()).filter(|place| !decided.contains(place));
                own.map(|place| read(self.tree, self.pipeline, &all[place]))
                    .collect()
            }
            Texts::Parent(tree, parent) => {
                let of_parent = all.iter();
                of_parent
                    .map(|reference| read(tree, parent, reference))
                    .collect()
            }
            Texts::InputSet(tree, places) => {
                let of_set = places.iter().map(|(place, site)| Read {
                    reference: &all[*place],
                    tree,
                    scalar: site.yaml,
                });
                of_set.collect()
            }
        }
    }

    /// Whether the texts are the pipeline's own.
    pub(crate) fn is_own(&self) -> bool {
        matches!(self.texts, Texts::Own(_))
    }

    /// What becomes of the first parts of a path.
    pub(crate) fn verdict(&self, reference: &Reference, segments: &[Segment]) -> Verdict {
        if segments.len() == reference.segments.len() {
            return reference.verdict.clone();
        }
        let root = || Position::new(self.tree, self.pipeline, self.resolution, Pipeline::ROOT);
        let position = self.position.get_or_init(root);
        match self.texts {
            Texts::Parent(..) => {
                let (kind, moment) = (SiteKind::ChildOutput, Moment::Ended);
                let site = Site::of_node(self.pipeline, Pipeline::ROOT, kind, moment);
                position.decide(&site, segments)
            }
            _ => position.decide(&self.pipeline.sites[reference.site], segments),
        }
    }
}
