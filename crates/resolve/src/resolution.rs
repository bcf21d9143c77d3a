//! From a pipeline to its references.

use std::cell::OnceCell;
use std::sync::Arc;

use pipewright_model::{NodeId, Pipeline, SiteKind, YamlVersion};
use pipewright_source::TextRange;
use pipewright_syntax::{IslandId, cel};
use pipewright_yaml::Tree;

use crate::filled_in::filled_in;
use crate::names::member_of;
use crate::paths::{Path, paths};
use crate::reference::path_of;
use crate::reserved_words::behind_reserved_words;
use crate::tables::Tables;
use crate::texts::languages_of;
use crate::{
    LoopStep, Loops, Member, Names, Order, POSTFIX, Reference, ReferenceSource, Segment,
    SegmentKind, SiteText, Texts, UnknownReason, Verdict, read_later,
};

/// Everything that is known about the names in one pipeline or one template's content.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Resolution {
    /// The parsed text of each of [`Pipeline::sites`], in their order.
    pub texts: Vec<Arc<SiteText>>,
    /// Every reference, by site, then from left to right.
    pub references: Vec<Reference>,
    /// What runs before what.
    pub order: Order,
    /// The fully qualified names of the nodes.
    pub names: Names,
    /// Which nodes loop, and in which iterations.
    pub loops: Loops,
}

impl Resolution {
    /// The fully qualified name of what a reference points at or was meant to: of the node, and of the member where it
    /// is one. `None` where it points at nothing in this pipeline.
    pub fn target_name(&self, reference: &Reference) -> Option<String> {
        let node = reference.verdict.node()?;
        Some(self.names.member(node, &member(reference)?))
    }

    /// The name of the target with the suffixes by which the reference names instances of loops; `None` where it points
    /// at nothing, or gives no suffix. Loops around the reader have none in relative paths.
    pub fn instance_name(&self, reference: &Reference) -> Option<String> {
        let node = reference.verdict.node()?;
        let suffixes: Vec<(NodeId, &str)> = self.suffixes(reference).collect();
        if suffixes.is_empty() {
            return None;
        }
        let suffix = |node: NodeId| {
            let given = suffixes.iter().find(|(of, _)| *of == node);
            given.map(|(_, suffix)| *suffix)
        };
        let name = self.names.instance(node, suffix);
        Some(member_of(name, &member(reference)?))
    }

    /// The looping nodes of which a reference names an instance, with what it writes behind their identifiers.
    pub fn suffixes<'r>(
        &'r self,
        reference: &'r Reference,
    ) -> impl Iterator<Item = (NodeId, &'r str)> {
        let steps = reference.loops.iter();
        steps.filter_map(|step| Some((step.node, self.suffix(reference, *step)?)))
    }

    /// What a reference writes behind the identifier of a looping node.
    pub(crate) fn suffix<'r>(&self, reference: &'r Reference, step: LoopStep) -> Option<&'r str> {
        match &reference.segments.get(step.segment)?.kind {
            _ if !step.suffixed => None,
            SegmentKind::Postfixed(_) => Some(POSTFIX),
            SegmentKind::Name(name) | SegmentKind::Quoted(name) => {
                self.names.suffix(step.node, name)
            }
            _ => None,
        }
    }
}

/// What of its target a reference reads, as a path.
fn member(reference: &Reference) -> Option<String> {
    let behind = match &reference.verdict {
        Verdict::WrongPath(wrong) => wrong.named_by + 1,
        verdict => {
            let target = verdict.target()?;
            if let Member::Section(path) = target.member {
                return Some(path.join("."));
            }
            target.at
        }
    };
    Some(path_of(reference.segments.get(behind..)?))
}

/// Finds and follows every reference of `pipeline`, which was read from `tree`. Never fails; texts that are no
/// expression hold no references, and their errors stand in [`Resolution::texts`].
///
/// Takes time about linear in the size of the file, and for each reference in the depth of its reader and target.
pub fn analyse(tree: &Tree, pipeline: &Pipeline, texts: &Texts) -> Resolution {
    analyse_with(tree, pipeline, texts, Loops::new(tree, pipeline))
}

/// [`analyse`] with the loops of the pipeline, some of whose expressions may have been evaluated.
pub fn analyse_with(tree: &Tree, pipeline: &Pipeline, texts: &Texts, loops: Loops) -> Resolution {
    let tables = Tables::new(tree, pipeline, loops);
    let mut parsed = Vec::with_capacity(pipeline.sites.len());
    let mut references = Vec::new();
    let languages = languages_of(pipeline.version);
    for (place, site) in pipeline.sites.iter().enumerate() {
        let text = tree.text(site.yaml).unwrap_or_default();
        let of_site = texts.parse(text, site.kind, languages);
        let found = of_site.named.get_or_init(|| {
            let mut found = found_in(&of_site, text);
            if pipeline.version == YamlVersion::V1 {
                join_at_hyphens(&mut found, text);
            }
            found.into()
        });
        let found = found.iter().cloned();
        let from = tables.at(site);
        let marked = OnceCell::new();
        references.extend(found.map(|(source, path)| {
            let path = from.written_out(path, &of_site, text);
            let mut reference = from.reference(place, source, path);
            let start = reference.range.start();
            let is_filled_in = || {
                let marked = marked.get_or_init(|| {
                    let ranges = filled_in(&of_site.template, text, site.kind);
                    ranges.collect::<Vec<TextRange>>()
                });
                let next = marked.partition_point(|range| range.end() <= start);
                marked.get(next).is_some_and(|range| range.start() <= start)
            };
            if reference.verdict.is_wrong() && is_filled_in() {
                reference.verdict = Verdict::Unknown(UnknownReason::Dynamic);
            }
            reference
        }));
        parsed.push(of_site);
    }
    read_later::decide(&tables, pipeline, &mut references);
    tables.suggest(&mut references, |reference| &pipeline.sites[reference.site]);
    Resolution {
        texts: parsed,
        references,
        loops: tables.index.loops,
        order: tables.order,
        names: tables.names,
    }
}

/// The paths of a site's text from left to right: those of its islands, and those outside of them where the whole is
/// evaluated.
fn found_in(parsed: &SiteText, text: &str) -> Vec<(ReferenceSource, Path)> {
    let islands = (0u32..)
        .map(|id| ReferenceSource::Island(IslandId(id)))
        .zip(&parsed.islands);
    let whole = parsed
        .whole
        .iter()
        .map(|whole| (ReferenceSource::Bare, whole));
    let mut found = Vec::new();
    for (source, parsed_part) in islands.chain(whole) {
        let named = match parsed_part {
            Ok(Some(expr)) => paths(expr, text, &parsed.template),
            Ok(None) => continue,
            Err(error) => behind_reserved_words(error, source, text),
        };
        found.extend(
            named
                .into_iter()
                .filter(|path| !is_placeholder(path))
                .map(|path| (source, path)),
        );
    }
    for (id, parsed_part) in &parsed.cel {
        let expr = parsed_part.as_ref().ok().and_then(Option::as_ref);
        for path in expr.map(cel::Expr::paths).unwrap_or_default() {
            let named = paths(&path, text, &parsed.template);
            found.extend(
                named
                    .into_iter()
                    .map(|path| (ReferenceSource::Island(*id), path)),
            );
        }
    }
    found.sort_by_key(|(_, path)| path.range.start());
    found
}

/// Makes one path of those with a hyphen and no blank between them: newer pipelines have hyphens in the identifiers of
/// stages and steps (`spec/v1.md` §3). What the paths of v1 lead to with one stays open all the same.
fn join_at_hyphens(found: &mut Vec<(ReferenceSource, Path)>, text: &str) {
    found.dedup_by(|(next_source, next), (source, path)| {
        let between = TextRange::of(
            path.range.end() as usize,
            next.range.start().max(path.range.end()) as usize,
        );
        let is_joined = between.slice(text) == "-" && source == next_source;
        let is_behind_dot = path.segments.len() > 1;
        let is_plain = path.spliced.is_empty() && next.spliced.is_empty();
        let (Some(last), Some(first)) = (path.segments.last(), next.segments.first()) else {
            return false;
        };
        let (SegmentKind::Name(left), SegmentKind::Name(right)) = (&last.kind, &first.kind) else {
            return false;
        };
        if !is_joined || !is_behind_dot || !is_plain {
            return false;
        }
        let name = Segment {
            range: last.range.cover(first.range),
            kind: SegmentKind::Name(format!("{left}-{right}").into()),
        };
        path.range = path.range.cover(next.range);
        path.segments.pop();
        path.segments.push(name);
        path.segments.extend(next.segments.drain(1..));
        true
    });
}

/// The paths that the expressions of a text name, from left to right: each as text, and where it stands in the text.
/// Where an expression is broken it names nothing.
pub fn paths_in(text: &str) -> Vec<(String, TextRange)> {
    paths_of(text, SiteKind::Setting)
}

/// The same of a text that is one expression as a whole: also the paths outside of delimiters.
pub fn paths_in_expression(text: &str) -> Vec<(String, TextRange)> {
    paths_of(text, SiteKind::Evaluated)
}

fn paths_of(text: &str, kind: SiteKind) -> Vec<(String, TextRange)> {
    let parsed = SiteText::parse(text, kind);
    let found = found_in(&parsed, text).into_iter();
    found
        .map(|(_, path)| (path_of(&path.segments), path.range))
        .collect()
}

/// Whether it is `input`, which marks a runtime input and refers to nothing, alone or with a modifier in parentheses.
/// With a member it is a path whose beginning no run knows.
fn is_placeholder(path: &Path) -> bool {
    let mut kinds = path.segments.iter().map(|segment| &segment.kind);
    let is_input = matches!(kinds.next(), Some(SegmentKind::Name(name)) if **name == *"input");
    let has_member = matches!(
        kinds.next(),
        Some(SegmentKind::Name(_) | SegmentKind::Quoted(_))
    );
    is_input && !has_member
}
