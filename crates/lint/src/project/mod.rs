//! Files that use each other's templates or run each other's pipelines, checked together.
//!
//! Each file is analysed and checked by itself first. A [`Project`] of those that take part then writes the templates at hand out
//! and looks into the pipelines that chained stages run, file by file ([`Project::view`]), and says what is found of the files
//! whose findings that changes ([`Project::recheck`]).
//!
//! Only the rules whose need sees templates look at what is written out: for the others nothing depends on what a template holds. What is found in a
//! file's own text takes the place of what was found without its templates. What is found in a template stands there, once for
//! all uses (see `in_templates`).

mod in_templates;

use std::collections::{BTreeMap, HashMap};

use pipewright_model::{Document, DocumentKind};
use pipewright_resolve::{
    self as resolve, Child, Expansion, OpaqueUse, ProjectFile, Reference, Use, Uses,
};
use pipewright_source::{Diagnostic, FileId, SourceFile, Sources, Span};
use pipewright_yaml as yaml;

use crate::analysis::count;
use crate::finding::Finding;
use crate::rule_context::{Place, RuleContext, Within};
use crate::{
    Analysis, FileKind, Need, Options, References, Statistics, Templates, found_by, report, wording,
};
use in_templates::InTemplates;

/// Files that are checked together.
#[derive(Debug)]
pub struct Project<'a> {
    sources: &'a Sources,
    analyses: &'a [Analysis],
    options: &'a Options,
    files: resolve::Project<'a>,
}

/// What other pipelines say of the references of a document.
#[derive(Debug)]
struct Beyond<'p> {
    /// The pipelines that decide about outputs.
    children: Vec<Child<'p>>,
    /// The references in inputs that find nothing anywhere, by their places.
    lost: HashMap<usize, Reference>,
}

impl Beyond<'_> {
    fn is_empty(&self) -> bool {
        self.children.is_empty() && self.lost.is_empty()
    }
}

/// What is found in one file with its templates written out and the pipelines it runs at hand, and in the templates it uses.
#[derive(Debug)]
pub struct View {
    /// The file.
    pub file: FileId,
    /// What became of the templates it uses.
    pub templates: Templates,
    /// What the rules that see templates find in the file's own text, and its own references by what became of them. `None` where neither
    /// templates nor pipelines are at hand, so that nothing has changed.
    own: Option<(Vec<Finding>, References)>,
    /// What the rules find in the content of templates.
    uses: Vec<UseView>,
}

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
    /// All its findings, in place of those of [`crate::check`].
    pub diagnostics: Vec<Diagnostic>,
    /// Its figures, in place of those of its analysis.
    pub statistics: Statistics,
}

impl Analysis {
    /// Whether the file holds or uses templates, or has outputs that other pipelines decide about, so that it says more together
    /// with others. Those other pipelines are needed, too: see [`Analysis::chained`] and [`Analysis::pipelines`].
    pub fn takes_part(&self) -> bool {
        let is_template = |document: &Document| matches!(document.kind, DocumentKind::Template(_));
        let mut pipelines = self.documents().iter().filter_map(Document::pipeline);
        self.kind() == FileKind::Harness
            && (self.documents().iter().any(is_template)
                || self.chained().next().is_some()
                || pipelines
                    .any(|pipeline| pipeline.nodes.iter().any(|node| node.template.is_some())))
    }
}

impl<'a> Project<'a> {
    /// Puts files together: `analyses` of files of `sources`, best only of those that [take part](Analysis::takes_part).
    /// `options` say which rules look at them.
    pub fn new(sources: &'a Sources, analyses: &'a [Analysis], options: &'a Options) -> Self {
        let name = |analysis: &Analysis| sources.get(analysis.file()).map_or("", SourceFile::name);
        let files = analyses.iter().map(|analysis| ProjectFile {
            name: name(analysis),
            tree: analysis.tree(),
            documents: analysis.documents(),
        });
        Self {
            sources,
            analyses,
            options,
            files: resolve::Project::new(files.collect()),
        }
    }

    /// Looks at the file of the analysis at that place with its templates written out and the pipelines that its chained stages run.
    pub fn view(&self, at: usize) -> View {
        let file = self.analyses[at].file();
        let Some(Expansion {
            tree,
            documents,
            uses,
            opaque,
        }) = self.files.look_up(at)
        else {
            return self.view_of(
                at,
                &self.analyses[at],
                &Uses::default(),
                Templates::default(),
            );
        };
        let templates = outcomes(file, &uses, &opaque);
        if uses.as_slice().is_empty() {
            return self.view_of(at, &self.analyses[at], &uses, templates);
        }
        self.view_of(at, &Analysis::expanded(tree, documents), &uses, templates)
    }

    fn view_of(&self, at: usize, analysis: &Analysis, uses: &Uses, templates: Templates) -> View {
        let mut view = View {
            file: analysis.file(),
            templates,
            own: None,
            uses: Vec::new(),
        };
        let beyond = self.beyond(at, analysis);
        let is_changed = !uses.as_slice().is_empty() || !beyond.iter().all(Beyond::is_empty);
        let file = self.sources.get(analysis.file()).filter(|_| is_changed);
        let Some(file) = file else {
            return view;
        };
        let groups = self.grouped(analysis, uses, &beyond);
        let Some((own, of_uses)) = groups.split_first() else {
            return view;
        };
        let find = |references: &[Place<'_>]| {
            let within = Within {
                sources: self.sources,
                references,
            };
            let context = RuleContext {
                analysis,
                file,
                options: self.options,
                within: Some(within),
            };
            found_by(context, Need::sees_templates)
        };
        view.own = Some((find(own), count(own.iter().map(|place| place.reference))));
        let of_uses = uses.as_slice().iter().zip(of_uses).enumerate();
        view.uses = of_uses
            .map(|(number, (of, references))| UseView {
                template: (of.template, of.root),
                chain: uses.around(Some(number)).map(|outer| outer.span).collect(),
                user: uses
                    .around(Some(number))
                    .last()
                    .map(user)
                    .unwrap_or_default(),
                findings: find(references),
            })
            .collect();
        view
    }

    /// What the pipelines that chained stages run decide, for each resolved document of the analysis.
    fn beyond(&self, at: usize, analysis: &Analysis) -> Vec<Beyond<'_>> {
        let tree = analysis.tree();
        let of_document = |(document, resolution)| {
            let lost = self.files.lost_inputs(at, tree, document, resolution);
            Beyond {
                children: self.files.children(at, tree, document, resolution),
                lost: lost.into_iter().collect(),
            }
        };
        analysis.resolved_documents().map(of_document).collect()
    }

    /// The references of a file with its templates written out: its own, then those in the content of each use. What a child decides
    /// about has come to what it says.
    fn grouped<'v>(
        &'v self,
        analysis: &'v Analysis,
        uses: &Uses,
        beyond: &'v [Beyond<'_>],
    ) -> Vec<Vec<Place<'v>>> {
        let mut groups = vec![Vec::new(); uses.as_slice().len() + 1];
        for ((pipeline, resolution), beyond) in analysis.resolved().zip(beyond) {
            let decided = decided_by(&beyond.children);
            for (place, reference) in resolution.references.iter().enumerate() {
                let reference = beyond.lost.get(&place).unwrap_or(reference);
                let site = &pipeline.sites[reference.site];
                let of_parent = Place {
                    pipeline,
                    resolution,
                    reference,
                    site,
                    child: None,
                };
                let place = decided.get(&place).map(|(child, reference)| Place {
                    pipeline: child.pipeline,
                    resolution: &child.resolution,
                    reference,
                    site,
                    child: self.sources.get(child.tree.file()),
                });
                let group = uses.of(site.yaml).map_or(0, |at| at + 1);
                groups[group].push(place.unwrap_or(of_parent));
            }
        }
        groups
    }

    /// What is found of every file that the views say something about, in the order of the analyses.
    pub fn recheck(&self, views: Vec<View>) -> Vec<FileReport> {
        let mut in_templates = InTemplates::default();
        let mut own: BTreeMap<FileId, (Vec<Finding>, References)> = BTreeMap::new();
        for view in views {
            for of_use in view.uses {
                in_templates.add(of_use);
            }
            own.extend(view.own.map(|found| (view.file, found)));
        }
        let mut in_templates = in_templates.settled(self.sources);
        let reports = self.analyses.iter().filter_map(|analysis| {
            let file = analysis.file();
            let own = own.remove(&file);
            let foreign = in_templates.remove(&file).unwrap_or_default();
            if own.is_none() && foreign.is_empty() {
                return None;
            }
            self.recheck_file(analysis, own, foreign)
        });
        reports.collect()
    }

    fn recheck_file(
        &self,
        analysis: &Analysis,
        own: Option<(Vec<Finding>, References)>,
        foreign: Vec<Finding>,
    ) -> Option<FileReport> {
        let context = RuleContext {
            analysis,
            file: self.sources.get(analysis.file())?,
            options: self.options,
            within: None,
        };
        let mut statistics = analysis.statistics().clone();
        let mut findings = match own {
            Some((own, references)) => {
                statistics.references = references;
                let mut findings = found_by(context, |need| !need.sees_templates());
                findings.extend(own);
                findings
            }
            None => found_by(context, |_| true),
        };
        // What the template's own text shows needs no use to be wrong.
        let is_known = |new: &Finding| {
            let mut known = findings.iter().map(|known| &known.diagnostic);
            known
                .any(|known| known.rule == new.diagnostic.rule && known.span == new.diagnostic.span)
        };
        let new: Vec<Finding> = foreign.into_iter().filter(|new| !is_known(new)).collect();
        findings.extend(new);
        Some(FileReport {
            file: analysis.file(),
            diagnostics: report(context, findings),
            statistics,
        })
    }
}

/// What became of the templates that a file uses in its own text.
fn outcomes(file: FileId, uses: &Uses, opaque: &[OpaqueUse]) -> Templates {
    let is_own = |one: &&Use| one.outer.is_none();
    let mut templates = Templates {
        written_out: uses.as_slice().iter().filter(is_own).count() as u64,
        ..Templates::default()
    };
    for of in opaque.iter().filter(|of| of.span.file == file) {
        *templates.opaque.entry(of.reason.as_str()).or_default() += 1;
    }
    templates
}

/// The references that children decide about, by their places among the parent's.
fn decided_by<'v>(children: &'v [Child<'_>]) -> HashMap<usize, (&'v Child<'v>, &'v Reference)> {
    let decided = children.iter().flat_map(|child| {
        let places = child.places.iter().zip(&child.resolution.references);
        places.map(move |(place, reference)| (*place, (child, reference)))
    });
    decided.collect()
}

fn user(of: &Use) -> String {
    let kind = wording::kind(of.kind);
    match &of.identifier {
        Some(identifier) => format!("{kind} `{identifier}`"),
        None => format!("the {kind}"),
    }
}
