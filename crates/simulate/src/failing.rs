//! What is given to fail, and what somebody answers, by the entries they are for.

use std::collections::HashMap;

use pipewright_context::{AtError, PreparedPipeline, RunPlace};
use pipewright_model::{NodeId, NodeKind, Pipeline};

use crate::layout::{Entry, EntryId, Layout, Looping};
use crate::strategies::Answer;
use crate::{About, Failure, Fault, Given, Kind, PlanError};

/// How an entry fails.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Failing {
    pub(crate) fault: Fault,
    /// How many starts fail.
    pub(crate) attempts: u32,
    /// How many turns the given name chose: of several that fit the most exact one holds.
    exactness: usize,
}

/// The parts of a stage that come before its steps.
const BEFORE_STEPS: [&str; 3] = ["service", "environment", "infrastructure"];

/// What fails, by entry.
#[derive(Clone, Debug, Default)]
pub(crate) struct Failures {
    pub(crate) failing: HashMap<EntryId, Failing>,
    /// What fails before the steps of a stage: its service, environment or infrastructure.
    pub(crate) before_steps: HashMap<EntryId, (&'static str, Failing)>,
}

/// The pipeline whose nodes are named.
#[derive(Clone, Copy)]
pub(crate) struct Named<'p> {
    pub(crate) prepared: &'p PreparedPipeline,
    pub(crate) pipeline: &'p Pipeline,
    pub(crate) layout: &'p Layout,
}

impl Named<'_> {
    /// What fails.
    ///
    /// # Errors
    /// If a name is that of nothing that fails by itself, or a type is none.
    pub(crate) fn failures(
        self,
        given: &Given,
        notes: &mut Vec<String>,
    ) -> Result<Failures, PlanError> {
        let mut found = Failures::default();
        for (place, failure) in given.failures.iter().enumerate() {
            self.add(failure, &mut found, notes)
                .map_err(|error| error.of(About::Failure(place)))?;
        }
        Ok(found)
    }

    fn add(
        self,
        failure: &Failure,
        found: &mut Failures,
        notes: &mut Vec<String>,
    ) -> Result<(), PlanError> {
        let fqn = &failure.fqn;
        let fault = Fault::named(&failure.fault).ok_or_else(|| {
            PlanError::usage(format!("`{}` is no type of failure", failure.fault))
        })?;
        let (name, before) = match before_steps(fqn) {
            Some((stage, part)) if self.is_stage(stage) => (stage, Some(part)),
            _ => (fqn.as_str(), None),
        };
        let place = self.place(name)?;
        let failing = Failing {
            fault,
            attempts: failure.attempts.unwrap_or(u32::MAX),
            exactness: place.instances().len(),
        };
        self.may_fail(&place, fqn, before.is_some(), fault)?;
        let entries = self.entries_at(&place);
        if entries.is_empty() {
            notes.push(format!("failure given for `{fqn}`, but not started"));
        }
        for entry in entries {
            if let Some(part) = before {
                found.before_steps.insert(entry, (part, failing));
                continue;
            }
            let known = found.failing.entry(entry).or_insert(failing);
            if known.exactness <= failing.exactness {
                *known = failing;
            }
        }
        Ok(())
    }

    /// What somebody answers to interventions.
    ///
    /// # Errors
    /// If a name is that of no step, or an action cannot be chosen.
    pub(crate) fn answers(self, given: &Given) -> Result<HashMap<EntryId, Answer>, PlanError> {
        let mut answers = HashMap::new();
        let mut exact = HashMap::new();
        for (number, (fqn, action)) in given.interventions.iter().enumerate() {
            let answer = Answer::named(action).ok_or_else(|| {
                let all = Answer::ALL.map(Answer::as_str).join("`, `");
                let sentence = format!(
                    "`{action}` is nothing to answer to an intervention: it is one of `{all}`"
                );
                PlanError::usage(sentence).of(About::Answer(number))
            })?;
            let about = About::Intervention(number);
            let place = self.place(fqn).map_err(|error| error.of(about))?;
            if self.pipeline.node(place.reader()).kind != NodeKind::Step {
                let sentence = format!("`{fqn}` is no step, so nobody is asked about it");
                return Err(PlanError::usage(sentence).of(about));
            }
            let exactness = place.instances().len();
            for entry in self.entries_at(&place) {
                let before = exact.entry(entry).or_insert(exactness);
                if *before <= exactness {
                    *before = exactness;
                    answers.insert(entry, answer);
                }
            }
        }
        Ok(answers)
    }

    fn is_stage(self, name: &str) -> bool {
        let place = self.place(name);
        place.is_ok_and(|place| self.pipeline.node(place.reader()).kind == NodeKind::Stage)
    }

    /// The node of a fully qualified name.
    fn place(self, name: &str) -> Result<RunPlace, PlanError> {
        let unknown = || PlanError::not_found(format!("the pipeline has no `{name}`"));
        let root = self.prepared.root_name();
        if !name.starts_with(root) {
            let sentence = format!("the pipeline has no `{name}`: write the fully qualified name");
            return Err(PlanError::usage(sentence));
        }
        let place = self
            .prepared
            .place(name)
            .map_err(|error| no_place(&error))?;
        if place.moment.is_some() {
            return Err(unknown());
        }
        let is_known = !self.entries_at(&place).is_empty() || self.is_in_open_loop(&place);
        if is_known { Ok(place) } else { Err(unknown()) }
    }

    /// The entries of a node in the turns that a place names.
    fn entries_at(self, place: &RunPlace) -> Vec<EntryId> {
        let entries = self.layout.entries.iter().enumerate();
        let is_there = |(_, entry): &(EntryId, &Entry)| {
            entry.node == place.reader()
                && entry.kind != Kind::Loop
                && place
                    .instances()
                    .iter()
                    .all(|named| entry.turns.contains(named))
        };
        entries.filter(is_there).map(|(id, _)| id).collect()
    }

    fn is_in_open_loop(self, place: &RunPlace) -> bool {
        let pipeline = self.pipeline;
        let mut entries = self.layout.entries.iter();
        entries.any(|entry| {
            matches!(entry.looping, Some(Looping::Open(_)))
                && pipeline.is_around(entry.node, place.reader())
        })
    }

    fn may_fail(
        self,
        place: &RunPlace,
        fqn: &str,
        is_before_steps: bool,
        fault: Fault,
    ) -> Result<(), PlanError> {
        let refuse = |sentence: String| Err(PlanError::usage(sentence));
        let node = self.pipeline.node(place.reader());
        if is_before_steps {
            let part = fqn.rsplit('.').next().unwrap_or_default();
            if self.has_before_steps(place.reader(), part) {
                return Ok(());
            }
            return refuse(format!(
                "the stage has no {part} of its own, so `{fqn}` cannot fail"
            ));
        }
        if fault == Fault::FreezeActive {
            return refuse(format!(
                "a freeze stops the service, environment or infrastructure of a stage, not `{fqn}`"
            ));
        }
        if node.kind == NodeKind::Step || node.is_chained() || node.template.is_some() {
            return Ok(());
        }
        let what = match node.kind {
            NodeKind::Pipeline => "pipeline",
            NodeKind::Stage => "stage",
            _ => "step group",
        };
        let hint = match self.first_step(place.reader()) {
            Some(step) => format!("; let one of its steps fail, such as `{step}`"),
            None => String::new(),
        };
        refuse(format!(
            "`{fqn}` is a {what}, which fails only by what is in it{hint}"
        ))
    }

    /// Whether a stage has that part before its steps (`spec/plan.md` §7.1, §7.3).
    fn has_before_steps(self, stage: NodeId, part: &str) -> bool {
        let node = self.pipeline.node(stage);
        match node.type_text() {
            "Deployment" => true,
            "Custom" => part != "service" && node.environments.is_some(),
            "Approval" | "Pipeline" | "FeatureFlag" => false,
            _ => part == "infrastructure",
        }
    }

    fn first_step(self, node: NodeId) -> Option<String> {
        let pipeline = self.pipeline;
        let mut inside = pipeline
            .ids()
            .filter(|inner| pipeline.is_around(node, *inner));
        let step = inside.find(|inner| pipeline.node(*inner).kind == NodeKind::Step)?;
        Some(self.prepared.names().fqn(step))
    }
}

/// A stage's name and the part of it that comes before its steps, from the name of the part.
fn before_steps(fqn: &str) -> Option<(&str, &'static str)> {
    BEFORE_STEPS.into_iter().find_map(|part| {
        let stage = fqn.strip_suffix(part)?.strip_suffix(".spec.")?;
        Some((stage, part))
    })
}

/// Why a name names nothing, with the one that was probably meant.
fn no_place(error: &AtError) -> PlanError {
    let nearest = match error {
        AtError::NoPlace { nearest, .. } => nearest.first(),
        _ => None,
    };
    PlanError::not_found(match nearest {
        Some(nearest) => format!("{error}; did you mean `{nearest}`?"),
        None => error.to_string(),
    })
}
