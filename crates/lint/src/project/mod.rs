//! Files that use each other's templates or run each other's pipelines, checked together.
//!
//! Each file is checked by itself first. Then each is looked at with the templates at hand written out and the
//! pipelines that its chained stages run ([`view`]), and the files whose findings that changes are told again
//! ([`recheck`]).
//!
//! Only the rules that see templates look at what is written out: nothing else depends on what a template holds. What
//! is found in a file's own text takes the place of what was found without its templates. What is found in a template
//! stands there, once for all uses (see `in_templates`).

mod in_templates;
mod kept;
mod several;

use std::collections::{BTreeMap, BTreeSet};

use pipewright_analysis::{Snapshot, WrittenOut, count};
use pipewright_resolve::Use;
use pipewright_source::{Diagnostic, FileId, Span};
use pipewright_yaml as yaml;

use crate::finding::Finding;
use crate::rule_context::{Elsewhere, Evaluated, PlacedReference, RuleContext, Within};
use crate::suppression::comments;
use crate::{
    Found, Need, Options, ReferenceCounts, TemplateCounts, check, found_by, report, rules, wording,
};
use in_templates::InTemplates;
pub use kept::Kept;
pub(crate) use several::{EnvironmentNames, FilesContext};

/// What is found in one file with its templates written out and the pipelines it runs at hand, and in the templates it
/// uses.
#[derive(Debug)]
pub struct View {
    /// The file.
    pub file: FileId,
    /// What became of the templates it uses.
    pub templates: TemplateCounts,
    /// What the rules that see templates find in the file's own text, and its own references by what became of them.
    /// `None` where neither templates nor pipelines are at hand, so that nothing has changed.
    own: Option<Own>,
    /// What the rules find in the content of templates.
    uses: Vec<UseView>,
}

/// What is found in a file's own text by the rules that see templates, and its own references by what became of them.
type Own = (Vec<Finding>, ReferenceCounts);

/// One use of a template.
#[derive(Debug)]
struct UseView {
    /// The template: its file, and its document in the tree of that file.
    template: (FileId, yaml::NodeId),
    /// The use and those around it, from the inside to the outside.
    chain: Vec<Span>,
    /// The node at the outermost of them, as messages name it.
    user: String,
    findings: Vec<Finding>,
}

/// A file about which more is known than from its own text.
#[derive(Debug)]
pub struct FileReport {
    /// The file.
    pub file: FileId,
    /// All that is found in it, in place of what [`crate::check_file`] tells.
    pub found: Found,
    /// Its references by what became of them, in place of those of its analysis; `None` where these hold.
    pub references: Option<ReferenceCounts>,
}

/// Looks at a file with its templates written out and the pipelines that its chained stages run. `None` where the file
/// is not one of Harness.
pub fn view(snapshot: &Snapshot, id: FileId, options: &Options) -> Option<View> {
    let whole = snapshot.written_out(id)?;
    let mut view = View {
        file: id,
        templates: whole.templates(),
        own: None,
        uses: Vec::new(),
    };
    if !whole.says_more() {
        return Some(view);
    }
    let file = snapshot.source(id)?;
    let find = |references: &[PlacedReference<'_>], wanted: fn(Need) -> bool| {
        let within = Within {
            uses: whole.uses(),
            references,
        };
        let context = RuleContext {
            snapshot,
            analysis: whole.analysis(),
            file,
            options,
            within: Some(within),
        };
        found_by(context, wanted)
    };
    let groups = grouped(snapshot, whole);
    let (own, of_uses) = groups.split_first()?;
    let found = find(own, Need::sees_templates);
    view.own = Some((found, count(own.iter().map(|place| place.reference))));
    let uses = whole.uses();
    let of_uses = uses.as_slice().iter().zip(of_uses).enumerate();
    view.uses = of_uses
        .map(|(number, (of, references))| {
            let around = || uses.around(Some(number));
            UseView {
                template: (of.template, of.root),
                chain: around().map(|outer| outer.span).collect(),
                user: around().last().map(user).unwrap_or_default(),
                findings: find(references, Need::looks_into_templates),
            }
        })
        .collect();
    Some(view)
}

/// The references of a file with its templates written out: its own, then those in the content of each use. What a
/// child decides about has come to what it says.
fn grouped<'s>(snapshot: &'s Snapshot, whole: &'s WrittenOut) -> Vec<Vec<PlacedReference<'s>>> {
    let uses = whole.uses();
    let mut groups = vec![Vec::new(); uses.as_slice().len() + 1];
    for ((pipeline, resolution), beyond) in whole.analysis().resolved().zip(whole.beyond()) {
        let decided = beyond.decided();
        for (place, reference) in resolution.references.iter().enumerate() {
            let site = &pipeline.sites[reference.site];
            let of_parent = PlacedReference {
                pipeline,
                resolution,
                reference,
                site,
                elsewhere: None,
            };
            let place = decided
                .get(&place)
                .map(|(child, reference)| PlacedReference {
                    pipeline: &child.pipeline,
                    resolution: &child.resolution,
                    reference,
                    site,
                    elsewhere: elsewhere(snapshot, child.tree.file(), Evaluated::Output),
                });
            let group = uses.of(site.yaml).map_or(0, |at| at + 1);
            groups[group].push(place.unwrap_or(of_parent));
        }
    }
    for values in whole.inputs() {
        let of_values = values
            .references
            .iter()
            .map(|(place, site)| PlacedReference {
                pipeline: &values.pipeline,
                resolution: &values.resolution,
                reference: &values.resolution.references[*place],
                site,
                elsewhere: elsewhere(snapshot, values.file, Evaluated::Value),
            });
        groups[0].extend(of_values);
    }
    groups
}

/// What the enabled rules find in all files of a snapshot, in the order of the files' ids, in a file by start and rule.
pub fn check_all(snapshot: &Snapshot, options: &Options) -> Vec<Diagnostic> {
    let mut found: BTreeMap<FileId, Vec<Diagnostic>> = BTreeMap::new();
    for (id, _) in snapshot.sources().iter() {
        found.insert(id, check(snapshot, id, options));
    }
    let ids = snapshot.sources().iter().map(|(id, _)| id);
    let views: Vec<View> = ids.filter_map(|id| view(snapshot, id, options)).collect();
    for again in recheck(snapshot, &views, options) {
        found.insert(again.file, again.found.diagnostics);
    }
    found.into_values().flatten().collect()
}

/// What is found of every file that the views say something about, in the order of the files' ids.
pub fn recheck<'v>(
    snapshot: &Snapshot,
    views: impl IntoIterator<Item = &'v View> + Clone,
    options: &Options,
) -> Vec<FileReport> {
    let mut foreign = foreign(snapshot, views.clone(), options);
    let own = views.into_iter();
    let own: BTreeMap<FileId, &Own> = own
        .filter_map(|view| Some((view.file, view.own.as_ref()?)))
        .collect();
    let told: Vec<FileId> = own.keys().chain(foreign.keys()).copied().collect();
    let waiting = waiting(snapshot, options);
    let told: BTreeSet<FileId> = told.into_iter().chain(waiting).collect();
    let mut rechecked = Vec::new();
    for file in told {
        let foreign = foreign.remove(&file).unwrap_or_default();
        let own = own.get(&file).copied();
        rechecked.extend(recheck_file(snapshot, file, own, foreign, options));
    }
    rechecked
}

/// What is found in files by looking at others: in templates by their uses, and by the rules that need several files.
fn foreign<'v>(
    snapshot: &Snapshot,
    views: impl IntoIterator<Item = &'v View>,
    options: &Options,
) -> BTreeMap<FileId, Vec<Finding>> {
    let mut in_templates = InTemplates::default();
    for of_use in views.into_iter().flat_map(|view| &view.uses) {
        in_templates.add(of_use);
    }
    let mut foreign = in_templates.settled(snapshot.sources());
    for (file, found) in several::found(snapshot, options) {
        foreign.entry(file).or_default().extend(found);
    }
    foreign
}

/// The files with comments that can only be judged when all files were looked at.
fn waiting(snapshot: &Snapshot, options: &Options) -> Vec<FileId> {
    let of_several = of_several(options);
    if of_several.is_empty() {
        return Vec::new();
    }
    let ids = snapshot.sources().iter().map(|(id, _)| id);
    ids.filter(|id| waits(snapshot, *id, &of_several, options))
        .collect()
}

/// The rules that run and look at all files at once.
fn of_several(options: &Options) -> Vec<&'static str> {
    let of_several = rules()
        .iter()
        .filter(|rule| rule.need() == Need::SeveralFiles);
    of_several
        .map(|rule| rule.name)
        .filter(|name| options.enables(name))
        .collect()
}

/// Whether a comment of a file names one of these rules.
fn waits(snapshot: &Snapshot, id: FileId, of_several: &[&str], options: &Options) -> bool {
    let comments = RuleContext::alone(snapshot, id, options).map(comments);
    let comments = comments.unwrap_or_default();
    let mut names = comments.iter().flat_map(|comment| &comment.names);
    names.any(|name| of_several.contains(&name.text))
}

fn recheck_file(
    snapshot: &Snapshot,
    id: FileId,
    own: Option<&Own>,
    foreign: Vec<Finding>,
    options: &Options,
) -> Option<FileReport> {
    let context = RuleContext::alone(snapshot, id, options)?;
    let mut findings = match own {
        Some((own, _)) => {
            let mut findings = found_by(context, |need| !need.sees_templates());
            findings.extend(own.iter().cloned());
            findings
        }
        None => found_by(context, |_| true),
    };
    // What the template's own text shows needs no use to be wrong.
    let is_known = |new: &Finding| {
        let mut known = findings.iter().map(|known| &known.diagnostic);
        known.any(|known| known.rule == new.diagnostic.rule && known.span == new.diagnostic.span)
    };
    let new: Vec<Finding> = foreign.into_iter().filter(|new| !is_known(new)).collect();
    findings.extend(new);
    Some(FileReport {
        file: id,
        found: report(context, findings, true),
        references: own.map(|(_, references)| references.clone()),
    })
}

fn elsewhere(snapshot: &Snapshot, file: FileId, what: Evaluated) -> Option<Elsewhere<'_>> {
    let file = snapshot.source(file)?;
    Some(Elsewhere { file, what })
}

fn user(of: &Use) -> String {
    let kind = wording::kind(of.kind);
    match &of.identifier {
        Some(identifier) => format!("{kind} `{identifier}`"),
        None => format!("the {kind}"),
    }
}
