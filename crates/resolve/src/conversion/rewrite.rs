//! One path of the older YAML, and the same path of the newer one.

use super::path::{Path, Written};
use super::steps::{ConversionNote, Found, Place, Steps};
use super::tables::{
    CODEBASE, FAILURE_STRATEGIES, NOTIFICATIONS, OUTPUTS, OfType, Row, SETTINGS, STAGE,
};

/// What stands in a stage's `spec` and in the newer YAML among its steps.
const OF_STAGE: [&str; 6] = [
    "service",
    "infra",
    "env",
    "manifests",
    "configFiles",
    "artifacts",
];

/// The lists of steps.
const LISTS: [&str; 2] = ["steps", "rollbackSteps"];

/// The path, and what was chosen on the way.
pub(super) fn rewrite(
    text: &str,
    path: &Path,
    steps: &Steps,
    place: &Place,
) -> (Vec<Written>, Vec<ConversionNote>) {
    let mut rewriting = Rewriting {
        text,
        path,
        steps,
        place,
        at: 0,
        written: Vec::new(),
        notes: Vec::new(),
    };
    rewriting.root();
    rewriting.keep_rest();
    (rewriting.written, rewriting.notes)
}

struct Rewriting<'a> {
    text: &'a str,
    path: &'a Path,
    steps: &'a Steps,
    place: &'a Place,
    /// The segment that comes next.
    at: usize,
    written: Vec<Written>,
    notes: Vec<ConversionNote>,
}

impl<'a> Rewriting<'a> {
    fn root(&mut self) {
        if self.begins(&["pipeline", "properties", "ci", "codebase"]) {
            self.replace(4, "codebase");
            self.by(CODEBASE);
        } else if self.begins(&["codebase"]) {
            self.keep(1);
            self.by(CODEBASE);
        } else if self.begins(&["inputSet", "pipeline"]) {
            self.keep(1);
            self.write("overlay");
        } else if self.begins(&["pipeline", "stages"]) {
            self.keep(2);
            let stage = self.id();
            self.keep(1);
            self.in_stage(stage);
        } else if self.begins(&["pipeline"]) {
            self.keep(1);
            if !self.identifier() && !self.template() {
                self.by(NOTIFICATIONS);
            }
        } else if self.begins(&["stage"]) {
            self.keep(1);
            self.in_stage(self.place.stage.as_deref());
        } else if self.begins(&["spec"]) || self.begins(&["execution"]) {
            self.write("stage");
            self.in_stage(self.place.stage.as_deref());
        } else if self.begins(&["step"]) {
            self.own_step();
        } else if self.begins(&["steps"]) {
            self.list_of_groups(0, 0);
        } else if self.begins(&["stepGroup"]) {
            self.own_group();
        } else if !self.of_stage() {
            self.template();
        }
    }

    /// Behind a stage, whose `execution` may also stand without `spec`.
    fn in_stage(&mut self, stage: Option<&'a str>) {
        if self.begins(&["spec"]) && self.is_name(self.at + 1, &OF_STAGE) {
            self.replace(1, "steps");
            self.of_stage();
        } else if self.begins(&["spec", "execution"]) && self.is_name(self.at + 2, &LISTS) {
            self.skip(2);
            self.list(stage, &[]);
        } else if self.begins(&["execution"]) && self.is_name(self.at + 1, &LISTS) {
            self.skip(1);
            self.list(stage, &[]);
        } else if self.begins(&["spec", "runtime"]) || self.begins(&["spec", "infrastructure"]) {
            let before = (self.at, self.written.len());
            self.skip(1);
            if !self.by(STAGE) && !self.begins(&["runtime"]) {
                // What no table knows stays where it was.
                self.at = before.0;
                self.written.truncate(before.1);
            }
        } else if !self.identifier() && !self.template() {
            self.by(FAILURE_STRATEGIES);
        }
    }

    /// `service`, `env` and what else a stage has among its steps.
    fn of_stage(&mut self) -> bool {
        if !self.is_name(self.at, &OF_STAGE) {
            return false;
        }
        let name = self.name(self.at).unwrap_or_default();
        let first: &[Row] = match name {
            "service" => &[("identifier", "id"), ("serviceInputs", "with.overlay")],
            "infra" => &[
                ("identifier", "id"),
                ("connectorRef", "connector"),
                ("infraInputs", "with.overlay"),
            ],
            "env" => &[
                ("identifier", "id"),
                ("envGroupName", "group.name"),
                ("envGroupRef", "group.id"),
            ],
            _ => &[],
        };
        self.keep(1);
        self.by(first);
        true
    }

    /// `steps` or `rollbackSteps`, and what stands in it.
    fn list(&mut self, stage: Option<&'a str>, around: &[String]) {
        let mut ids = Vec::new();
        let mut is_known = true;
        loop {
            if self.begins(&["rollbackSteps"]) {
                self.replace(1, "rollback");
            } else {
                self.keep(1);
            }
            if self.name_at(self.at).is_none() {
                return;
            }
            match self.id() {
                Some(id) => ids.push(id),
                None => is_known = false,
            }
            self.keep(1);
            if !self.is_name(self.at, &LISTS) {
                break;
            }
        }
        let found = is_known
            .then(|| self.steps.find(stage, around, &ids))
            .flatten();
        self.note(found);
        let step_type = self.type_of(found);
        self.in_step(step_type, found.is_none().then_some(&ids));
    }

    /// `steps.X…` and `stepGroup.steps.X…`: the list begins behind so many segments, and `up` groups further out.
    fn list_of_groups(&mut self, behind: usize, up: usize) {
        let inner = self.place.groups.len().saturating_sub(up);
        let around = &self.place.groups[..inner];
        if let Some((found, length)) = self.in_full(around, behind) {
            self.note(Some(found));
            for name in found.step.path() {
                self.written.push(Written::New(name));
            }
            self.skip(length);
            let step_type = found.step.type_name.as_deref();
            self.in_step(step_type, None);
            return;
        }
        for _ in 0..behind {
            self.group_word();
        }
        self.list(self.place.stage.as_deref(), around);
    }

    /// The step that a path from the groups means, where it is to be written in full, and how many segments lead there.
    fn in_full(&self, around: &[String], behind: usize) -> Option<(Found<'a>, usize)> {
        if !self.place.full_paths {
            return None;
        }
        let mut at = self.at + behind;
        let mut ids = Vec::new();
        while self.name(at) == Some("steps") {
            ids.push(self.id_at(at + 1)?);
            at += 2;
        }
        if !self.is_name(at, &["spec", "output"]) {
            return None;
        }
        let found = self.steps.find(self.place.stage.as_deref(), around, &ids)?;
        Some((found, at - self.at))
    }

    /// `step.…`
    fn own_step(&mut self) {
        let place = self.place;
        let is_moved = self.is_name(self.at + 1, &["spec", "output"]);
        match place
            .step
            .as_deref()
            .filter(|step| place.full_paths && is_moved && !step.is_empty())
        {
            Some(step) => self.replace(1, step),
            None => self.keep(1),
        }
        self.in_step(place.step_type.as_deref(), None);
    }

    /// `stepGroup.…`
    fn own_group(&mut self) {
        let mut behind = 1;
        while self.name(self.at + behind) == Some("getParentStepGroup") {
            behind += 1;
        }
        if self.name(self.at + behind) == Some("steps")
            && self.name_at(self.at + behind + 1).is_some()
        {
            self.list_of_groups(behind, behind - 1);
            return;
        }
        for _ in 0..behind {
            self.group_word();
        }
        if !self.identifier() && !self.template() {
            self.by(FAILURE_STRATEGIES);
        }
    }

    /// `stepGroup` is called `group`; `getParentStepGroup` keeps its name.
    fn group_word(&mut self) {
        if self.begins(&["stepGroup"]) {
            self.replace(1, "group");
        } else {
            self.keep(1);
        }
    }

    /// Behind a step or group. `assumed` are the identifiers of a step that was not found, whose type is then a guess:
    /// that of the step around the text, or else of any that has such a setting.
    fn in_step(&mut self, step_type: Option<&str>, assumed: Option<&Vec<&str>>) {
        for (word, tables) in [("spec", SETTINGS), ("output", OUTPUTS)] {
            if !self.begins(&[word]) {
                continue;
            }
            let taken = match step_type {
                Some(step_type) => {
                    let known = tables.iter().find(|(name, _)| *name == step_type);
                    known.and_then(|(name, rows)| self.by_behind(rows, 1).then_some(*name))
                }
                None => self.by_any(tables),
            };
            if let (Some(step_type), Some(ids)) = (taken, assumed) {
                self.notes.push(ConversionNote::Assumed {
                    step: ids.join("."),
                    step_type: step_type.to_owned(),
                });
            }
            return;
        }
        if !self.identifier() && !self.template() {
            self.by(FAILURE_STRATEGIES);
        }
    }

    /// The type of a step that was found, or else of the one around the text.
    fn type_of(&self, found: Option<Found<'a>>) -> Option<&'a str> {
        match found {
            Some(found) => found.step.type_name.as_deref(),
            None => self.place.step_type.as_deref(),
        }
    }

    fn note(&mut self, found: Option<Found<'_>>) {
        if let Some(found) = found.filter(|found| !found.is_exact) {
            self.notes
                .push(ConversionNote::Taken(found.step.path().join(".")));
        }
    }

    fn identifier(&mut self) -> bool {
        self.by(&[("identifier", "id")])
    }

    /// `template.templateInputs`
    fn template(&mut self) -> bool {
        self.by(&[("template.templateInputs", "template.with.overlay")])
    }

    /// Rewrites by the longest row that fits; whether there is one.
    fn by(&mut self, rows: &[Row]) -> bool {
        self.by_behind(rows, 0)
    }

    /// The same for rows that begin behind so many segments, which are replaced, too.
    fn by_behind(&mut self, rows: &[Row], behind: usize) -> bool {
        let fitting = rows
            .iter()
            .filter_map(|row| Some((self.fits(row, behind)?, row)));
        let Some((length, row)) = fitting.max_by_key(|(length, _)| *length) else {
            return false;
        };
        self.apply(row, behind, length);
        true
    }

    /// Rewrites by the longest row of all types; of equally long ones that of the first type. The type.
    fn by_any(&mut self, tables: &[OfType]) -> Option<&'static str> {
        let mut best: Option<(usize, Row, &'static str)> = None;
        for (name, rows) in tables {
            for row in *rows {
                let Some(length) = self.fits(row, 1) else {
                    continue;
                };
                if best.is_none_or(|(longest, ..)| length > longest) {
                    best = Some((length, *row, name));
                }
            }
        }
        let (length, row, name) = best?;
        self.apply(&row, 1, length);
        Some(name)
    }

    /// How many segments the left side of a row takes, where it fits behind so many.
    fn fits(&self, (left, _): &Row, behind: usize) -> Option<usize> {
        let mut at = self.at + behind;
        for part in parts(left) {
            let segment = self.path.segments.get(at)?;
            let fits = match part {
                "[i]" => segment.is_index,
                "*" => !segment.is_index,
                name => self.name(at) == Some(name),
            };
            if !fits {
                return None;
            }
            at += 1;
        }
        Some(at - self.at - behind)
    }

    fn apply(&mut self, (left, right): &Row, behind: usize, length: usize) {
        let start = self.at + behind;
        let mut kept = parts(left)
            .enumerate()
            .filter(|(_, part)| matches!(*part, "[i]" | "*"))
            .map(|(place, _)| start + place);
        for part in parts(right) {
            match part {
                "[i]" | "*" => self.written.extend(kept.next().map(Written::Kept)),
                name => self.written.push(Written::New(name.to_owned())),
            }
        }
        self.at = start + length;
    }

    /// Whether the next segments are these names.
    fn begins(&self, names: &[&str]) -> bool {
        let mut names = names.iter().enumerate();
        names.all(|(place, name)| self.name(self.at + place) == Some(name))
    }

    fn is_name(&self, at: usize, names: &[&str]) -> bool {
        self.name(at).is_some_and(|name| names.contains(&name))
    }

    /// The segment at a place, if it is a name that is written down.
    fn name(&self, at: usize) -> Option<&'a str> {
        let segment = self.path.segments.get(at)?;
        if segment.is_index || segment.is_dynamic {
            return None;
        }
        self.path.text(self.text, at)
    }

    /// The segment at a place, whatever it is.
    fn name_at(&self, at: usize) -> Option<&'a str> {
        self.path.text(self.text, at)
    }

    /// The identifier that comes next, if it is written down: a name, one with islands in it, or an index in quotes.
    fn id(&self) -> Option<&'a str> {
        self.id_at(self.at)
    }

    fn id_at(&self, at: usize) -> Option<&'a str> {
        let segment = self.path.segments.get(at)?;
        let text = self.path.text(self.text, at)?;
        if segment.is_index {
            let inside = text.trim_start_matches('[').trim_end_matches(']').trim();
            return Some(inside.trim_matches(['"', '\''])).filter(|_| !segment.is_dynamic);
        }
        // What is nothing but an expression may be anything.
        (!segment.is_dynamic).then_some(text)
    }

    fn keep(&mut self, count: usize) {
        for _ in 0..count {
            if self.at < self.path.segments.len() {
                self.written.push(Written::Kept(self.at));
                self.at += 1;
            }
        }
    }

    fn keep_rest(&mut self) {
        self.keep(self.path.segments.len() - self.at);
    }

    fn skip(&mut self, count: usize) {
        self.at = (self.at + count).min(self.path.segments.len());
    }

    fn replace(&mut self, count: usize, name: &str) {
        self.write(name);
        self.skip(count);
    }

    fn write(&mut self, name: &str) {
        self.written.push(Written::New(name.to_owned()));
    }
}

/// The segments of a row's side, with `[i]` by itself.
fn parts(side: &str) -> impl Iterator<Item = &str> {
    side.split('.')
        .flat_map(|part| match part.split_once("[i]") {
            Some((name, _)) => [name, "[i]"].into_iter().take(2),
            None => [part, ""].into_iter().take(1),
        })
}
