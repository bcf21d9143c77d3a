//! A word about templates that are not written out: what they hold is unknown to the answer.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use pipewright_analysis::WrittenOut;
use pipewright_model::{DocumentKind, Pipeline, TemplateUse};
use pipewright_resolve::{Names, Opaque, OpaqueUse, Reference, UnknownReason, Verdict};
use pipewright_yaml::{NodeId, Tree};

use crate::Streams;
use crate::counted::counted;
use crate::exit::Failure;
use crate::printable::printable;

/// How many templates are named; the rest are counted.
const MOST_TEMPLATES: usize = 5;

/// The nodes that use a template: the name of the first, and how many there are.
struct Users {
    first: String,
    count: usize,
}

/// Says on the error stream, once for all, which templates the pipelines use that stay opaque, where and why.
/// `pipelines` were read from `tree`, in which `opaque` was found.
pub(crate) fn tell<'p>(
    opaque: &[OpaqueUse],
    tree: &Tree,
    pipelines: impl Iterator<Item = (&'p Pipeline, &'p Names)>,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let reasons: HashMap<NodeId, Opaque> = opaque.iter().map(|of| (of.body, of.reason)).collect();
    let mut templates: BTreeMap<(String, Opaque), Users> = BTreeMap::new();
    for (pipeline, names) in pipelines {
        for (id, node) in pipeline.ids().zip(&pipeline.nodes) {
            let reason = reasons.get(&tree.target(node.yaml));
            if let (Some(template), Some(reason)) = (&node.template, reason) {
                let first = || Users {
                    first: names.fqn(id),
                    count: 0,
                };
                let users = templates.entry((called(template), *reason));
                users.or_insert_with(first).count += 1;
            }
        }
    }
    if templates.is_empty() {
        return Ok(());
    }
    let subject = counted(templates.len(), "template");
    let verb = if templates.len() == 1 { "is" } else { "are" };
    let can_be_brought = templates.keys().any(|(_, reason)| is_elsewhere(*reason));
    let hint = if can_be_brought {
        "; --with PATH can bring what is not at hand"
    } else {
        ""
    };
    writeln!(
        streams.errors,
        "note: {subject} {verb} not written out, so names and values in there are unknown{hint}"
    )?;
    for ((template, reason), users) in templates.iter().take(MOST_TEMPLATES) {
        let (template, first) = (printable(template), printable(&users.first));
        let more = match users.count {
            1 => String::new(),
            count => format!(" and {} more", count - 1),
        };
        writeln!(
            streams.errors,
            "  {template}, used by {first}{more}: {}",
            because(*reason)
        )?;
    }
    if templates.len() > MOST_TEMPLATES {
        let more = templates.len() - MOST_TEMPLATES;
        writeln!(streams.errors, "  and {more} more")?;
    }
    Ok(())
}

/// Whether another file may change that.
const fn is_elsewhere(reason: Opaque) -> bool {
    matches!(reason, Opaque::NotAtHand | Opaque::OtherVersion)
}

/// Why a template is not written out, in words.
const fn because(reason: Opaque) -> &'static str {
    match reason {
        Opaque::NotAtHand => "it is not at hand",
        Opaque::OtherVersion => "only other versions are at hand",
        Opaque::Ambiguous => "more than one at hand fits",
        Opaque::Dynamic => "only a run knows which text is meant",
        Opaque::Variables => "it has variables of its own",
        Opaque::Cycle => "it is used inside itself",
        Opaque::TooDeep => "it leads deeper than the limits allow",
        Opaque::TooLarge => "it makes the pipeline larger than the limits allow",
    }
}

/// What a use calls its template: reference and version.
fn called(template: &TemplateUse) -> String {
    let Some(reference) = &template.template_ref else {
        return "a template without `templateRef`".to_owned();
    };
    match &template.version_label {
        Some(version) => format!("`{}` version `{}`", reference.text, version.text),
        None => format!("`{}`", reference.text),
    }
}

/// What stays undecided in pipelines because templates are not at hand.
#[derive(Debug, Default)]
pub(crate) struct Undecided {
    templates: BTreeSet<String>,
    references: usize,
}

impl Undecided {
    /// Adds what stays undecided in the pipelines of a file, if that is because of templates that other files may hold.
    pub(crate) fn add(&mut self, whole: &WrittenOut) {
        let analysis = whole.analysis();
        let missing: HashSet<NodeId> = whole
            .opaque()
            .iter()
            .filter(|of| is_elsewhere(of.reason))
            .map(|of| of.body)
            .collect();
        for (document, resolution) in analysis.resolved_documents() {
            let DocumentKind::Pipeline(pipeline) = &document.kind else {
                continue;
            };
            let templates: Vec<String> = pipeline
                .nodes
                .iter()
                .filter(|node| missing.contains(&analysis.tree().target(node.yaml)))
                .filter_map(|node| node.template.as_ref().map(called))
                .collect();
            if templates.is_empty() {
                continue;
            }
            let is_own = |of: &&Reference| whole.uses().of(pipeline.sites[of.site].yaml).is_none();
            let is_undecided =
                |of: &&Reference| of.verdict == Verdict::Unknown(UnknownReason::Template);
            let references = resolution.references.iter();
            let undecided = references.filter(is_own).filter(is_undecided).count();
            if undecided > 0 {
                self.templates.extend(templates);
                self.references += undecided;
            }
        }
    }

    /// What is said of it, if there is something.
    pub(crate) fn sentence(&self) -> Option<String> {
        if self.references == 0 {
            return None;
        }
        let templates = counted(self.templates.len(), "template");
        let references = counted(self.references, "reference");
        Some(format!(
            "{templates} not at hand: {references} undecided; --with PATH can bring what is not at hand"
        ))
    }
}
