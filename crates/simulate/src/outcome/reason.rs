//! Why a node has its verdict, in one sentence.

use pipewright_model::SectionKind;

use super::certainty::Certainty;
use crate::layout::{EntryId, Layout};
use crate::program::Program;
use crate::walk::{Ending, StoppedBy, Walk};
use crate::{Kind, Status, Verdict};

/// The outermost entry around one that was skipped.
pub(super) fn skipped_around(
    program: &Program<'_>,
    walk: &Walk<'_, '_>,
    entry: EntryId,
) -> Option<EntryId> {
    let outward = program.layout.outward(entry).skip(1);
    let skipped = outward.filter(|outer| walk.board.status(*outer) == Some(Status::Skipped));
    skipped.last()
}

/// Why an entry has its verdict.
pub(super) fn reason(
    program: &Program<'_>,
    walk: &Walk<'_, '_>,
    certainty: &Certainty,
    entry: EntryId,
) -> String {
    let cell = &walk.cells[entry];
    match certainty.verdicts[entry] {
        Verdict::Unknown => unknown(&certainty.needs[entry], &cell.reason),
        Verdict::NotReached => not_reached(program, walk, entry),
        Verdict::RolledBack => match cell.stopped {
            Some(step) => {
                let step = &program.layout.entry(step).name;
                format!("{step} fails, and the stage is rolled back")
            }
            None => "a pipeline rollback undoes it".to_owned(),
        },
        _ if entry == Layout::ROOT => whole(program, walk),
        _ if cell.reason.is_empty() => "it runs".to_owned(),
        _ => cell.reason.clone(),
    }
}

fn unknown(needs: &[String], why: &str) -> String {
    match needs {
        [] if why.is_empty() => "only a run can tell".to_owned(),
        [] => why.to_owned(),
        [only] => format!("it rests on {only}, which is not given"),
        several => format!("it rests on {}, which are not given", several.join(", ")),
    }
}

fn whole(program: &Program<'_>, walk: &Walk<'_, '_>) -> String {
    let status = walk.board.status(Layout::ROOT).unwrap_or(Status::Succeeded);
    if status.is_positive() {
        return "nothing that counts fails".to_owned();
    }
    match walk.culprit_in(Layout::ROOT) {
        Some(culprit) => {
            let name = &program.layout.entry(culprit).name;
            format!("{name} makes it {}", status.as_str())
        }
        None => format!("it is {}", status.as_str()),
    }
}

fn not_reached(program: &Program<'_>, walk: &Walk<'_, '_>, entry: EntryId) -> String {
    let layout = &program.layout;
    let of_entry = layout.entry(entry);
    if !program.selected.is_in(program.pipeline, of_entry.node) {
        return "not selected".to_owned();
    }
    if of_entry.is_dropped {
        return "it stands in a parallel block directly inside another one, which the engine drops"
            .to_owned();
    }
    if let Some(outer) = skipped_around(program, walk, entry) {
        let outer = &layout.entry(outer).name;
        return format!("it stands inside {outer}, which is skipped");
    }
    if of_entry.in_rollback {
        return not_rolled_back(program, walk, entry);
    }
    let mut around = layout.outward(entry).skip(1);
    let Some(there) = around.find(|outer| walk.board.is_there(*outer)) else {
        return "the run does not come there".to_owned();
    };
    if let Some(stopped) = walk.cells[there].stopped_by {
        return ended(program, stopped);
    }
    let status = walk.board.status(there).map_or("running", Status::as_str);
    let name = &layout.entry(there).name;
    format!("{name} is {status} before it comes there")
}

fn ended(program: &Program<'_>, stopped: StoppedBy) -> String {
    let name = &program.layout.entry(stopped.entry).name;
    match stopped.ending {
        Ending::Abort => format!("the abort of {name} ends the list"),
        Ending::StageRollback => format!("the stage rollback of {name} ends the list"),
        Ending::PipelineRollback => format!("the pipeline rollback of {name} ends the list"),
        Ending::FailedRollback => format!("the failure of {name} ends the rollback section"),
        Ending::BeforeSteps => format!("{name} fails before its steps"),
    }
}

/// Why a node below a rollback section is not reached.
fn not_rolled_back(program: &Program<'_>, walk: &Walk<'_, '_>, entry: EntryId) -> String {
    let layout = &program.layout;
    let is_of_group = layout.outward(entry).any(|inner| {
        let section = program.pipeline.node(layout.entry(inner).node).section;
        let parent = layout
            .entry(inner)
            .parent
            .map(|parent| layout.entry(parent));
        let is_group = parent.is_some_and(|parent| parent.kind == Kind::Group);
        is_group && section == Some(SectionKind::RollbackSteps)
    });
    if is_of_group {
        return "the engine never runs the rollback steps of a group".to_owned();
    }
    let stage = layout.entry(entry).stage.unwrap_or(Layout::ROOT);
    if !walk.cells[stage].rolled_back {
        return "nothing is rolled back here".to_owned();
    }
    let mut around = layout.outward(entry).skip(1);
    let stopped = around.find_map(|outer| {
        let stopped = walk.cells[outer].stopped_by?;
        (stopped.ending == Ending::FailedRollback).then_some(stopped)
    });
    match stopped {
        Some(stopped) => ended(program, stopped),
        None => "the rollback section ends before it".to_owned(),
    }
}
