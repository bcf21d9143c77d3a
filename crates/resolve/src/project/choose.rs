//! Which of several documents of one identifier is meant.
//!
//! Identifiers are unique within an account, organisation or project, not among the files of a disk. So a document is
//! taken only where nothing speaks against it and no other fits as well:
//!
//! 1. What both documents say of their organisation and project agrees, and so does the scope before the reference:
//!    nothing that belongs to a project is `org.x`, and nothing that belongs to an organisation is `account.x`. A
//!    document that says nothing may be of any organisation and project, but one that says the right ones comes before
//!    it.
//! 2. The versions are the same. A use without version means the stable one: taken where only one version is known.
//! 3. Both files belong to one repository as far as the names of the files tell (see [`homes`]), or one of them was
//!    joined to all others.
//! 4. Of those that are left the one that shares the longest directory with the use. If two share the same, neither is
//!    taken.

use std::fmt;

use pipewright_model::{DocumentKind, NodeKind, Template};

use super::{DocumentAt, LookUps, Owner, Project, ProjectFile, Role, Wanted};

/// Why the content of a template is not known.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Opaque {
    /// No file holds a template of that identifier, kind and scope.
    NotAtHand,
    /// None of the templates has that version.
    OtherVersion,
    /// Several fit, or several versions where none is asked for.
    Ambiguous,
    /// The reference, version or branch is an expression, or a branch is named and no version.
    Dynamic,
    /// It declares variables beside its content, whose values the use may give.
    Variables,
    /// It is used inside itself.
    Cycle,
    /// It would lead deeper than the limits allow.
    TooDeep,
    /// It would make the pipeline larger than the limits allow.
    TooLarge,
}

impl Opaque {
    /// One or two words for statistics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotAtHand => "not at hand",
            Self::OtherVersion => "other version",
            Self::Ambiguous => "ambiguous",
            Self::Dynamic => "dynamic",
            Self::Variables => "own variables",
            Self::Cycle => "cycle",
            Self::TooDeep => "too deep",
            Self::TooLarge => "too large",
        }
    }
}

impl fmt::Display for Opaque {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Where a file belongs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Home {
    repository: Repository,
    /// All its directories, from the top.
    directories: Vec<Box<str>>,
}

/// Which repository a file is of.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Repository {
    /// That of every other file, because somebody says so.
    Any,
    /// The one that this directory stands for; the empty name for all directories of the usual names.
    Of(Box<str>),
}

impl Home {
    /// Whether files of the two may use each other.
    fn reaches(&self, other: &Self) -> bool {
        match (&self.repository, &other.repository) {
            (Repository::Any, _) | (_, Repository::Any) => true,
            (Repository::Of(own), Repository::Of(other)) => own == other,
        }
    }
}

/// Directories at the top of a repository: two files in different ones may well belong together.
const PARTS_OF_A_REPOSITORY: [&str; 18] = [
    ".",
    ".harness",
    "harness",
    "pipeline",
    "pipelines",
    "template",
    "templates",
    "stage",
    "stages",
    "stepgroup",
    "stepgroups",
    "step-groups",
    "step",
    "steps",
    "inputset",
    "inputsets",
    "input-sets",
    "input_sets",
];

/// Where files belong. One that is joined belongs to all others; where the others belong, their names tell. The
/// directory that all of these have in common does not count. What is directly below it is one repository together with
/// the directories of the usual names (`.harness`, `pipelines`, `templates`, …); every other directory there may be a
/// repository of its own.
pub(super) fn homes(files: &[ProjectFile]) -> Vec<Home> {
    let directories: Vec<Vec<&str>> = files
        .iter()
        .map(|file| directories_of(&file.name))
        .collect();
    let by_name = files
        .iter()
        .zip(&directories)
        .filter(|(file, _)| !file.is_joined);
    let mut by_name = by_name.map(|(_, directories)| directories);
    let common = by_name.next().map_or(0, |first| {
        let shared = by_name.map(|other| shared(first, other));
        shared.min().unwrap_or(first.len())
    });
    let home = |(file, directories): (&ProjectFile, &Vec<&str>)| {
        let repository = if file.is_joined {
            Repository::Any
        } else {
            Repository::Of(repository(&directories[common..]).into())
        };
        let directories = directories.iter().map(|name| (*name).into()).collect();
        Home {
            repository,
            directories,
        }
    };
    files.iter().zip(&directories).map(home).collect()
}

/// The name of the repository of a file in these directories below the one that all have in common.
fn repository<'d>(directories: &[&'d str]) -> &'d str {
    let top = directories.first().copied().unwrap_or(".");
    let mut parts = PARTS_OF_A_REPOSITORY.iter();
    let is_part = parts.any(|part| part.eq_ignore_ascii_case(top));
    if is_part { "" } else { top }
}

fn directories_of(name: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = name.split('/').collect();
    parts.pop();
    parts
}

/// How many directories from the top two files have in common.
fn shared<T: PartialEq>(a: &[T], b: &[T]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

/// The candidate nearest to `file`, by the places of their files. `Err` says whether there is none or more than one.
pub(super) fn nearest<T>(
    homes: &[Home],
    file: usize,
    candidates: impl Iterator<Item = (usize, T)>,
) -> Result<T, Opaque> {
    let home = &homes[file];
    let mut best: Option<(usize, T)> = None;
    let mut is_tie = false;
    for (at, candidate) in candidates {
        let other = &homes[at];
        if !other.reaches(home) {
            continue;
        }
        let common = shared(&other.directories, &home.directories);
        match &best {
            Some((most, _)) if common < *most => {}
            Some((most, _)) if common == *most => is_tie = true,
            _ => {
                best = Some((common, candidate));
                is_tie = false;
            }
        }
    }
    match best {
        Some(_) if is_tie => Err(Opaque::Ambiguous),
        Some((_, candidate)) => Ok(candidate),
        None => Err(Opaque::NotAtHand),
    }
}

/// The scope in front of a reference.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    Account,
    Organisation,
    Project,
}

fn scope_of(reference: &str) -> (Scope, &str) {
    if let Some(rest) = reference.strip_prefix("account.") {
        (Scope::Account, rest)
    } else if let Some(rest) = reference.strip_prefix("org.") {
        (Scope::Organisation, rest)
    } else {
        (Scope::Project, reference)
    }
}

/// Whether a template of `owner` may be what a user of `user` reaches in that scope.
fn is_in_scope(scope: Scope, owner: Owner<'_>, user: Owner<'_>) -> bool {
    match scope {
        Scope::Account => owner == Owner::default(),
        Scope::Organisation => {
            let of_user = Owner {
                project: None,
                ..user
            };
            owner.project.is_none() && owner.agrees_with(of_user)
        }
        Scope::Project => owner.agrees_with(user),
    }
}

/// The kind of node that a template of that type stands for.
fn is_for(type_name: &str, kind: NodeKind) -> bool {
    let wanted = match kind {
        NodeKind::Pipeline => "Pipeline",
        NodeKind::Stage => "Stage",
        NodeKind::StepGroup => "StepGroup",
        NodeKind::Step => "Step",
    };
    type_name == wanted
}

impl Project {
    /// The template that a use in `file` by `user` means; what is looked up is noted.
    pub(super) fn template(
        &self,
        file: usize,
        user: Owner<'_>,
        wanted: Wanted<'_>,
        asked: &mut LookUps,
    ) -> Result<DocumentAt, Opaque> {
        let reference = wanted.reference.ok_or(Opaque::Dynamic)?;
        let version = wanted.version.map(|version| &*version.text);
        let is_dynamic = |text: &str| text.contains("<+");
        // What is at hand is of some branch, too: with a version it is taken for the text that is meant.
        let may_be_another = wanted
            .branch
            .is_some_and(|branch| version.is_none() || is_dynamic(branch));
        if may_be_another || is_dynamic(&reference.text) || version.is_some_and(is_dynamic) {
            return Err(Opaque::Dynamic);
        }
        let (scope, identifier) = scope_of(&reference.text);
        asked.note(Role::Template, identifier);
        let known = self.templates.get(identifier).ok_or(Opaque::NotAtHand)?;
        let fits = |at: &&DocumentAt| {
            let Some(template) = self.template_at(**at) else {
                return false;
            };
            let type_name = template.type_name.as_ref();
            is_in_scope(scope, self.owner(**at), user)
                && self.homes[at.0].reaches(&self.homes[file])
                && template.content.is_some()
                && type_name.is_some_and(|name| is_for(&name.text, wanted.kind))
        };
        let mut fitting: Vec<DocumentAt> = known.iter().filter(fits).copied().collect();
        let says_so = |at: &DocumentAt| {
            let owner = self.owner(*at);
            scope == Scope::Project && user.project.is_some() && owner == user
                || scope == Scope::Organisation && owner.organisation.is_some()
        };
        if fitting.iter().any(says_so) {
            fitting.retain(says_so);
        }
        let version = version.or_else(|| self.only_version(&fitting));
        let Some(version) = version else {
            return Err(if fitting.is_empty() {
                Opaque::NotAtHand
            } else {
                Opaque::Ambiguous
            });
        };
        let of_version = fitting
            .iter()
            .filter(|at| self.version_of(**at) == Some(version))
            .map(|at| (at.0, *at));
        let found = nearest(&self.homes, file, of_version).map_err(|reason| match reason {
            Opaque::NotAtHand if !fitting.is_empty() => Opaque::OtherVersion,
            reason => reason,
        })?;
        if self.declares_variables(found) {
            return Err(Opaque::Variables);
        }
        Ok(found)
    }

    /// The template that a document is.
    pub(super) fn template_at(&self, at: DocumentAt) -> Option<&Template> {
        match &self.document(at).kind {
            DocumentKind::Template(template) => Some(template),
            _ => None,
        }
    }

    fn declares_variables(&self, at: DocumentAt) -> bool {
        let tree = self.tree(at);
        tree.find(self.document(at).root, "template")
            .is_some_and(|template| tree.find(template, "variables").is_some())
    }

    fn version_of(&self, at: DocumentAt) -> Option<&str> {
        let version = self.template_at(at)?.version_label.as_ref();
        version.map(|version| &*version.text)
    }

    /// The version that all of the templates have.
    fn only_version(&self, templates: &[DocumentAt]) -> Option<&str> {
        let first = self.version_of(*templates.first()?);
        let same = templates.iter().all(|at| self.version_of(*at) == first);
        first.filter(|_| same)
    }
}
