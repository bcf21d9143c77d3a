//! Reads of names that do not exist: stages and steps, and whatever stands behind them or behind a root.

use std::collections::HashSet;

use pipewright_model::catalogue::step_type;
use pipewright_model::{NodeId, NodeKind, PathSegment, Pipeline, SectionKind, YamlVersion};
use pipewright_resolve::{
    List, ListedNames, NoInstance, RightPath, Segment, Undefined, Verdict, is_hidden_group,
    relative,
};
use pipewright_source::{Applicability, Diagnostic, TextRange};

use crate::Rule;
use crate::finding::Findings;
use crate::references::through_chain::ThroughChain;
use crate::references::{ReferenceContext, get_call};
use crate::wording;

/// The most names a message lists.
const MOST_NAMES: usize = 6;
/// The longest list of names of a file that a message speaks of.
const MOST_COUNTED: usize = 100;
/// Why `stepGroup` is not the group around.
const HIDDEN_GROUP: &str = "inside a Container step `stepGroup` is the step itself; ";
/// The longest list of names of the catalogue: of those in a long one only a near name is of help.
const MOST_CATALOGUED: usize = 12;

/// Reports a missing name under `rule`, or an instance that a loop does not have.
pub(crate) fn check(rule: &Rule, context: &ReferenceContext<'_>, findings: &mut Findings) {
    match &context.reference.verdict {
        Verdict::Undefined(undefined) => {
            let names = context.names_of(undefined);
            let segment = context.name_in(undefined.segment);
            match names.and_then(|names| context.name_of_several_parts(segment, names)) {
                Some((name, range)) => {
                    let finding = in_parts(rule, context, undefined, (name, range));
                    findings.add_claiming(finding, context.written(range));
                }
                None => findings.add(finding(rule, context, undefined, names)),
            }
        }
        Verdict::NoInstance(missing) => findings.add(without_turn(rule, context, missing)),
        _ => {}
    }
}

/// A loop has no turn of that suffix.
fn without_turn(rule: &Rule, context: &ReferenceContext<'_>, missing: &NoInstance) -> Diagnostic {
    let segment = context.name_in(missing.segment);
    let node = context.name(missing.node);
    let name = context.text(segment);
    let mut message = format!("{node} has no instance {name}");
    if context.is_in_child() {
        message = format!("{message} in {}", context.whole());
    }
    let finding = rule
        .finding(context.written(segment), message)
        .with_label(context.when_not_found());
    let finding = match context.resolution.loops.iterations(missing.node) {
        Some(turns) => {
            let identifier = wording::identifier(context.pipeline, missing.node);
            finding.with_help(format!("it has {}", turns.in_words(identifier)))
        }
        None => finding,
    };
    context.with_definition(finding, missing.node)
}

/// Part of a name is taken for the whole, which only `get` reads: a `-` in it subtracts, a `.` goes on to a member.
fn in_parts(
    rule: &Rule,
    context: &ReferenceContext<'_>,
    undefined: &Undefined,
    (name, range): (&str, TextRange),
) -> Diagnostic {
    let right = get_call(name);
    let help = format!("`{name}` is one name: read it by `{right}`");
    let mut finding = without_help(rule, context, undefined).with_help(help);
    finding
        .fixes
        .extend(context.replace(range, &right, Applicability::Unsafe));
    finding
}

/// Whether the path would lead to the value that it stands in, were its missing part called so.
fn is_own_value(context: &ReferenceContext<'_>, undefined: &Undefined, name: &str) -> bool {
    let List::Settings(node) = undefined.list else {
        return false;
    };
    let before = context.reference.segments[..undefined.segment].iter();
    let names = before.map(Segment::name).chain([Some(name)]);
    let names: Vec<Option<&str>> = names.collect();
    let own = context.site().path.iter().map(|part| match part {
        PathSegment::Key(key) => Some(&**key),
        PathSegment::Index(_) => None,
    });
    let own: Vec<Option<&str>> = own.collect();
    node == context.reader() && !own.contains(&None) && names.ends_with(&own)
}

/// What is missing, and what comes of it.
fn without_help(rule: &Rule, context: &ReferenceContext<'_>, undefined: &Undefined) -> Diagnostic {
    let segment = context.name_in(undefined.segment);
    rule.finding(context.written(segment), message(context, undefined))
        .with_label(context.when_not_found())
}

fn finding(
    rule: &Rule,
    context: &ReferenceContext<'_>,
    undefined: &Undefined,
    names: Option<&ListedNames>,
) -> Diagnostic {
    if let Some(through) = ThroughChain::of(context, undefined) {
        return through.finding(rule);
    }
    let mut finding = without_help(rule, context, undefined);
    if context.is_in_child()
        && let List::Nodes(owner, _) = undefined.list
    {
        finding = context.with_definition(finding, owner);
    }
    if let Some(right) = &undefined.right {
        let range = context.between(right.from, right.through);
        let fix = context.replace(range, &right.path, Applicability::Unsafe);
        finding.fixes.extend(fix);
        let why = match undefined.list {
            List::Variables(owner) if is_hidden_group(context.pipeline, owner) => HIDDEN_GROUP,
            _ => "",
        };
        return finding.with_help(format!("{why}write `{}`", whole(context, right)));
    }
    let nearest = undefined.nearest.as_ref();
    if let Some(nearest) = nearest.filter(|name| !is_own_value(context, undefined, name)) {
        let segment = context.name_in(undefined.segment);
        return context.did_you_mean(finding, segment, nearest);
    }
    if let Some(help) = of_steps(context, undefined) {
        return finding.with_help(help);
    }
    if let Some(node) = undefined.elsewhere {
        let names = &context.resolution.names;
        let path = relative(context.pipeline, names, context.reader(), node);
        let help = format!("{} is reached as `{path}`", context.name_with_stage(node));
        return context.with_definition(finding.with_help(help), node);
    }
    let remedy = remedy(context, undefined);
    let names = names.and_then(|names| there_is(context, undefined, names));
    let names = names.or_else(|| publishes(context, undefined));
    let help = match (names, remedy) {
        (Some(names), Some(remedy)) => format!("{names}; {remedy}"),
        (Some(line), None) => line,
        (None, Some(remedy)) => remedy.to_owned(),
        (None, None) => return finding,
    };
    finding.with_help(help)
}

/// The path with what is right in place of the wrong parts, as far as those.
fn whole(context: &ReferenceContext<'_>, right: &RightPath) -> String {
    let before = &context.reference.segments[..right.from];
    let names = before.iter().map(Segment::name);
    let names: Option<Vec<&str>> = names.collect();
    match names {
        Some(names) if !names.is_empty() => format!("{}.{}", names.join("."), right.path),
        _ => right.path.to_string(),
    }
}

/// What is not there: `` there is no step or step group `X` in the steps of stage `Build` ``.
fn message(context: &ReferenceContext<'_>, undefined: &Undefined) -> String {
    let name = context.text(context.name_in(undefined.segment));
    let message = match undefined.list {
        List::Nodes(_, SectionKind::Stages) => {
            return format!("there is no stage {name} in {}", context.whole());
        }
        List::Nodes(owner, section) => {
            let rollback = if section.is_rollback() {
                "rollback "
            } else {
                ""
            };
            let owner = context.name(owner);
            format!("there is no step or step group {name} in the {rollback}steps of {owner}")
        }
        List::Variables(Pipeline::ROOT) if context.is_in_child() => {
            return format!("there is no variable {name} in {}", context.whole());
        }
        List::Variables(owner) => {
            // Inputs of v1 stand at the template itself, whatever it holds.
            let is_of_template = owner == Pipeline::ROOT
                && context.pipeline.version == YamlVersion::V1
                && context.pipeline.node(owner).kind != NodeKind::Pipeline;
            let declares = if is_of_template {
                "the template".to_owned()
            } else {
                context.name_with_stage(owner)
            };
            format!("{declares} declares no {} {name}", variable(context))
        }
        List::Outputs(owner) => match declared_as(context, undefined) {
            Some(noun) => format!(
                "{} declares no {noun} {name}",
                context.name_with_stage(owner)
            ),
            None => nothing_behind(context, undefined, owner, &name),
        },
        List::Settings(owner) => nothing_behind(context, undefined, owner, &name),
        List::Members(_) => {
            let around = context.text(context.up_to(undefined.segment.saturating_sub(1)));
            format!("{around} has no {name}")
        }
    };
    message + &context.of_child()
}

/// What is not there behind a step or stage: `` step `Call` of type `Http` has no `code` in `output` ``.
fn nothing_behind(
    context: &ReferenceContext<'_>,
    undefined: &Undefined,
    owner: NodeId,
    name: &str,
) -> String {
    let node = context.name_with_stage(owner);
    let of_type = match &context.pipeline.node(owner).type_name {
        Some(type_name) => format!(" of type {}", wording::quoted(&type_name.text)),
        None => String::new(),
    };
    let segments = &context.reference.segments;
    let parts = segments.get(undefined.from..undefined.segment);
    let parts = parts.unwrap_or_default().iter().filter_map(Segment::name);
    let place = parts.collect::<Vec<_>>().join(".");
    let place = if place.is_empty() {
        place
    } else {
        format!(" in {}", wording::quoted(&place))
    };
    format!("{node}{of_type} has no {name}{place}")
}

/// What an output is called that its node has to declare.
fn declared_as(context: &ReferenceContext<'_>, undefined: &Undefined) -> Option<&'static str> {
    let List::Outputs(owner) = undefined.list else {
        return None;
    };
    let around = context.reference.segments[..undefined.segment].last();
    let of_owner = context.pipeline.node(owner);
    if of_owner.kind == NodeKind::Stage {
        of_owner.is_chained().then_some("output")
    } else {
        match around.and_then(Segment::name) {
            Some("outputVariables") => Some("output variable"),
            Some("approverInputs") => Some("approver input"),
            _ => None,
        }
    }
}

/// What to read in place of an output of a stage that has none of its own.
fn of_steps(context: &ReferenceContext<'_>, undefined: &Undefined) -> Option<String> {
    let List::Outputs(stage) = undefined.list else {
        return None;
    };
    let pipeline = context.pipeline;
    let of_stage = pipeline.node(stage);
    if of_stage.kind != NodeKind::Stage || of_stage.is_chained() {
        return None;
    }
    // `stage.output.STEP.NAME` is often meant for the step.
    let behind = context.reference.segments.get(undefined.segment + 1..)?;
    let meant = behind.first().and_then(Segment::name);
    let is_meant = |id: &NodeId| {
        let node = pipeline.node(*id);
        let identifier = node.identifier.as_ref().map(|identifier| &*identifier.text);
        node.kind == NodeKind::Step && meant.is_some() && identifier == meant
    };
    let names = &context.resolution.names;
    let mut inside = pipeline.ids().filter(|id| pipeline.is_around(stage, *id));
    let path = match inside.find(is_meant) {
        Some(step) => relative(pipeline, names, context.reader(), step),
        None => format!("{}.spec.execution.steps.STEP", names.fqn(stage)),
    };
    Some(format!("outputs are those of steps: read `{path}.output`"))
}

/// What a pipeline declares and expressions read: of v1 only inputs are surely missing.
const fn variable(context: &ReferenceContext<'_>) -> &'static str {
    match context.pipeline.version {
        YamlVersion::V0 => "variable",
        YamlVersion::V1 => "input",
    }
}

/// What to do where a name is only to be declared.
fn remedy(context: &ReferenceContext<'_>, undefined: &Undefined) -> Option<&'static str> {
    match (undefined.list, declared_as(context, undefined)) {
        (List::Variables(owner), _) if is_hidden_group(context.pipeline, owner) => Some(
            "inside a Container step `stepGroup` is the step itself; name the group around it by its identifier",
        ),
        (List::Variables(_), _) if context.pipeline.version == YamlVersion::V1 => {
            Some("declare it under `inputs`")
        }
        (List::Variables(_), _) => Some("declare it under `variables`"),
        (_, Some("approver input")) => Some("declare it under `spec.approverInputs`"),
        (_, Some("output")) => Some("declare it under `spec.outputs`"),
        (_, Some(_)) => Some("declare it under `spec.outputVariables`"),
        _ => None,
    }
}

/// The names there are. A list too long to be of help is not told.
fn there_is(
    context: &ReferenceContext<'_>,
    undefined: &Undefined,
    names: &ListedNames,
) -> Option<String> {
    let names = names.in_order();
    let is_of_file = declared_as(context, undefined).is_some()
        || matches!(undefined.list, List::Nodes(..) | List::Variables(_));
    let most = if is_of_file {
        MOST_COUNTED
    } else {
        MOST_CATALOGUED
    };
    if names.len() == 0 || names.len() > most {
        return None;
    }
    // A setting that the file writes is one of its type, too.
    let mut names: Vec<&str> = names.collect();
    let mut told = HashSet::new();
    names.retain(|name| told.insert(*name));
    let of_stages = matches!(undefined.list, List::Nodes(_, SectionKind::Stages));
    let what = match (of_stages, names.len()) {
        (true, 1) => "the only stage is",
        (true, _) => "the stages are",
        (false, 1) => "the only one there is",
        (false, _) => "there are",
    };
    Some(format!(
        "{what} {}",
        wording::list(names.into_iter(), MOST_NAMES)
    ))
}

/// What steps of the type publish, where a name directly behind one is missing.
fn publishes(context: &ReferenceContext<'_>, undefined: &Undefined) -> Option<String> {
    let List::Outputs(owner) = undefined.list else {
        return None;
    };
    let type_name = context.pipeline.node(owner).type_text();
    let step = step_type(type_name).filter(|_| undefined.segment == undefined.from)?;
    let own = step.outputs().filter(|output| !output.at_stage);
    let mut names: Vec<&str> = own
        .filter_map(|output| output.path.split(['.', '[']).next())
        .collect();
    names.sort_unstable();
    names.dedup();
    let names = (!names.is_empty()).then(|| wording::list(names, MOST_NAMES))?;
    Some(format!("steps of type `{type_name}` publish {names}"))
}
