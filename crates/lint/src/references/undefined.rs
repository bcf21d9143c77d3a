//! Reads of stages, groups and steps that do not exist.

use pipewright_model::{Item, NodeKind, Pipeline, SectionKind};
use pipewright_resolve::{List, NoInstance, Outcome, Undefined, relative};
use pipewright_source::{Applicability, Diagnostic};

use crate::Rule;
use crate::finding::Findings;
use crate::references::Read;
use crate::subject::Subject;
use crate::words;

/// The most names a message lists.
const MOST_NAMES: usize = 6;
/// The longest list of names a message speaks of.
const MOST_COUNTED: usize = 100;

/// Reports every name that is missing in a list of stages (`stages`) or of steps and groups under `rule`, and there every
/// instance that a loop does not have.
pub(crate) fn check(rule: &Rule, stages: bool, subject: Subject<'_>, findings: &mut Findings) {
    let asked = |list: List| matches!(list, List::Nodes(_, section) if (section == SectionKind::Stages) == stages);
    for read in subject.reads() {
        match &read.reference.outcome {
            Outcome::Undefined(undefined) if asked(undefined.list) => {
                findings.add(finding(rule, &read, undefined));
            }
            Outcome::NoInstance(missing) if missing.suffixed && asked(missing.list) => {
                findings.add(without_turn(rule, &read, missing));
            }
            _ => {}
        }
    }
}

/// A loop has no turn of that suffix.
fn without_turn(rule: &Rule, read: &Read<'_>, missing: &NoInstance) -> Diagnostic {
    let segment = read.name_in(missing.segment);
    let node = read.name(missing.node);
    let message = format!("{node} has no instance {}", read.text(segment));
    let finding = rule
        .finding(read.written(segment), message)
        .with_label("null at run time");
    let finding = match read.resolution.loops.turns(missing.node) {
        Some(turns) => {
            let identifier = words::identifier(read.pipeline, missing.node);
            finding.with_help(format!("it has {}", turns.in_words(identifier)))
        }
        None => finding,
    };
    read.with_definition(finding, missing.node)
}

fn finding(rule: &Rule, read: &Read<'_>, undefined: &Undefined) -> Diagnostic {
    let segment = read.name_in(undefined.segment);
    let name = read.text(segment);
    let message = format!(
        "there is no {} {name}{}",
        noun(undefined),
        place(read, undefined)
    );
    let mut finding = rule
        .finding(read.written(segment), message)
        .with_label(read.when_not_found());
    if read.is_in_child()
        && let List::Nodes(owner, _) = undefined.list
    {
        finding = read.with_definition(finding, owner);
    }
    if let Some(nearest) = &undefined.nearest {
        finding = finding.with_help(format!("did you mean `{nearest}`?"));
        let title = format!("write `{nearest}`");
        let edits = [(segment, &**nearest)];
        let site = read.site().yaml;
        finding
            .fixes
            .extend(read.subject.fix(title, Applicability::Unsafe, site, &edits));
        return finding;
    }
    if let Some(help) = in_a_chained_stage(read, undefined) {
        return finding.with_help(help);
    }
    if let Some(node) = undefined.elsewhere {
        let names = &read.resolution.names;
        let path = relative(read.pipeline, names, read.reader(), node);
        let help = format!("{} is reached as `{path}`", read.name_with_stage(node));
        return read.with_definition(finding.with_help(help), node);
    }
    match there_is(read, undefined) {
        Some(help) => finding.with_help(help),
        None => finding,
    }
}

const fn noun(undefined: &Undefined) -> &'static str {
    match undefined.list {
        List::Nodes(_, SectionKind::Stages) => "stage",
        List::Nodes(..) => "step or step group",
        List::Variables(_) => "variable",
        List::Outputs(_) => "output",
    }
}

/// Where it was looked for: `` in this pipeline``, `` in the steps of stage `Build` ``.
fn place(read: &Read<'_>, undefined: &Undefined) -> String {
    let place = match undefined.list {
        List::Nodes(_, SectionKind::Stages) => return format!(" in {}", read.whole()),
        List::Nodes(owner, section) if section.is_rollback() => {
            format!(" in the rollback steps of {}", read.name(owner))
        }
        List::Nodes(owner, _) => format!(" in the steps of {}", read.name(owner)),
        List::Variables(owner) => format!(" in {}", read.name(owner)),
        List::Outputs(stage) => format!(" among those that {} declares", read.name(stage)),
    };
    place + &read.of_child()
}

/// What to read in place of something inside a stage that runs another pipeline.
fn in_a_chained_stage(read: &Read<'_>, undefined: &Undefined) -> Option<String> {
    let List::Nodes(owner, _) = undefined.list else {
        return None;
    };
    if !read.pipeline.node(owner).is_chained() {
        return None;
    }
    let name = read.resolution.names.fqn(owner);
    Some(format!(
        "its pipeline runs by itself: declare an output of {} and read `{name}.output.NAME`",
        read.name(owner)
    ))
}

/// The names there are. A list too long to be of help is not told.
fn there_is(read: &Read<'_>, undefined: &Undefined) -> Option<String> {
    let List::Nodes(owner, kind) = undefined.list else {
        return None;
    };
    let owner = read.pipeline.node(owner);
    let section = owner.sections.iter().find(|section| section.kind == kind)?;
    let mut names = Vec::new();
    collect_names(read.pipeline, &section.items, &mut names);
    if names.is_empty() || names.len() > MOST_COUNTED {
        return None;
    }
    let what = match (owner.kind, names.len()) {
        (NodeKind::Pipeline, 1) => "the only stage is",
        (NodeKind::Pipeline, _) => "the stages are",
        (_, 1) => "the only one there is",
        _ => "there are",
    };
    Some(format!("{what} {}", words::list(names, MOST_NAMES)))
}

/// The identifiers of a list in order, up to one more than [`MOST_COUNTED`].
fn collect_names<'a>(pipeline: &'a Pipeline, items: &'a [Item], names: &mut Vec<&'a str>) {
    for item in items {
        if names.len() > MOST_COUNTED {
            return;
        }
        match item {
            Item::Node(id) => {
                let identifier = pipeline.node(*id).identifier.as_ref();
                names.extend(identifier.map(|identifier| &*identifier.text));
            }
            Item::Parallel { items, .. } | Item::Insert { items, .. } => {
                collect_names(pipeline, items, names);
            }
        }
    }
}
