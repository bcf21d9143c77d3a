//! The rules that look at all files at once.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashSet;
use pipewright_analysis::{Analysis, Snapshot};
use pipewright_resolve::GivenInputs;
use pipewright_source::FileId;

use crate::finding::{Finding, Findings};
use crate::rule_context::RuleContext;
use crate::{Options, rule, v1};
use pipewright_model::YamlVersion;

/// What a rule sees that needs several files: all of them, with the names that are read in any.
#[derive(Debug)]
pub(crate) struct FilesContext<'a> {
    snapshot: &'a Snapshot,
    options: &'a Options,
    /// Every part of every path that any file reads.
    names: HashSet<&'a str>,
}

impl<'a> FilesContext<'a> {
    fn new(snapshot: &'a Snapshot, options: &'a Options) -> Self {
        let analyses = snapshot.sources().iter();
        let analyses = analyses.filter_map(|(id, _)| snapshot.analysis(id));
        Self {
            snapshot,
            options,
            names: analyses.flat_map(|analysis| names_in(analysis)).collect(),
        }
    }

    /// Every file, by itself.
    pub(crate) fn files(&self) -> impl Iterator<Item = RuleContext<'a>> {
        let (snapshot, options) = (self.snapshot, self.options);
        let ids = snapshot.sources().iter().map(|(id, _)| id);
        ids.filter_map(move |id| RuleContext::alone(snapshot, id, options))
    }

    /// Whether any file reads something of that name. It need not be the same thing: a name that is read anywhere is
    /// not called unused.
    pub(crate) fn reads(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// What a file gives to pipelines and templates at hand.
    pub(crate) fn given(&self, file: FileId) -> &'a [GivenInputs] {
        let whole = self.snapshot.written_out(file);
        whole.map_or(&[], |whole| whole.given())
    }

    /// Whether a file uses a template that is not at hand, so that more may be read than is seen.
    pub(crate) fn misses_templates(&self, file: FileId) -> bool {
        let whole = self.snapshot.written_out(file);
        whole.is_none_or(|whole| !whole.templates().opaque.is_empty())
    }
}

/// The longest name that is read, in characters: no variable has a longer one.
const LONGEST_NAME: usize = pipewright_model::identifier::MAX_LENGTH;

/// The names that the scripts of a text read from their environment, by `$NAME` or `${NAME`. They are looked for when
/// the first is asked for: most files declare nothing that nobody reads.
pub(crate) struct EnvironmentNames<'t> {
    text: &'t str,
    names: OnceCell<BTreeSet<&'t str>>,
}

impl<'t> EnvironmentNames<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        Self {
            text,
            names: OnceCell::new(),
        }
    }

    /// Whether a name is read, or one that begins with it.
    pub(crate) fn contain(&self, name: &str) -> bool {
        let names = self.names.get_or_init(|| environment_names(self.text));
        let mut from = names.range(name..);
        from.next().is_some_and(|read| read.starts_with(name))
    }
}

fn environment_names(text: &str) -> BTreeSet<&str> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '$');
    let starts = text.match_indices(['$', '{', ':']).map(|(at, _)| at + 1);
    let names = starts.map(|start| {
        let rest = &text[start..];
        let parts = rest.char_indices().take(LONGEST_NAME);
        let parts = parts.take_while(|(_, c)| is_part(*c));
        let end = parts.last().map_or(0, |(at, c)| at + c.len_utf8());
        &rest[..end]
    });
    names.filter(|name| !name.is_empty()).collect()
}

fn names_in(analysis: &Analysis) -> impl Iterator<Item = &str> {
    let resolutions = analysis.resolved().map(|(_, resolution)| resolution);
    resolutions
        .flat_map(|resolution| &resolution.references)
        .flat_map(|reference| &reference.segments)
        .filter_map(pipewright_resolve::Segment::name)
}

/// What the rules that need several files find, by file.
pub(super) fn found(snapshot: &Snapshot, options: &Options) -> BTreeMap<FileId, Vec<Finding>> {
    let mut findings = Findings::default();
    let mut context = None;
    for check in options.checks().of_files() {
        let context = context.get_or_insert_with(|| FilesContext::new(snapshot, options));
        check(context, &mut findings);
    }
    let mut by_file: BTreeMap<FileId, Vec<Finding>> = BTreeMap::new();
    for finding in findings.into_vec() {
        let file = finding.diagnostic.span.file;
        let is_in_v1 = || {
            snapshot
                .analysis(file)
                .is_some_and(|analysis| v1::is_in_v1(analysis, finding.range()))
        };
        let holds_in_v1 =
            rule(finding.diagnostic.rule).is_some_and(|rule| v1::holds(rule, YamlVersion::V1));
        if !holds_in_v1 && is_in_v1() {
            continue;
        }
        by_file.entry(file).or_default().push(finding);
    }
    by_file
}
