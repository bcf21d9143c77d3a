//! A pipeline with all that a run of it needs, made once and walked as often as needed.

use std::collections::HashMap;
use std::sync::Arc;

use pipewright_context::{Given as Values, PreparedPipeline};
use pipewright_model::{NodeId, NodeKind, Pipeline};

use crate::condition::{Conditions, Predicates};
use crate::failing::{Failures, Named};
use crate::layout::{EntryId, Layout};
use crate::selected::Selected;
use crate::strategies::{Answer, Table, table_of};
use crate::{Generation, Given, PlanError, Reading, refused};

/// A pipeline with all that a run of it needs, in one reading.
#[derive(Debug)]
pub(crate) struct Program<'p> {
    pub(crate) prepared: &'p PreparedPipeline,
    pub(crate) pipeline: &'p Pipeline,
    pub(crate) layout: Arc<Layout>,
    pub(crate) generation: Generation,
    pub(crate) reading: Reading,
    pub(crate) selected: Selected,
    pub(crate) predicates: Predicates,
    pub(crate) conditions: Conditions<'p>,
    /// By the place of the node; only steps and chained stages have one.
    tables: Vec<Option<Table<'p>>>,
    pub(crate) failures: Failures,
    pub(crate) answers: HashMap<EntryId, Answer>,
    /// Whether stages wait for those that they name, rather than for those written before.
    pub(crate) by_dependencies: bool,
}

impl<'p> Program<'p> {
    /// Reads everything that a run needs off a pipeline whose loops are counted, and off what is given.
    ///
    /// # Errors
    /// If something is given that the pipeline does not have, or Harness refuses it.
    pub(crate) fn new(
        prepared: &'p PreparedPipeline,
        values: &'p Values,
        given: &Given,
        notes: &mut Vec<String>,
    ) -> Result<Self, PlanError> {
        let program = Self::unchecked(prepared, values, given, notes)?;
        refused::check(prepared, |node| {
            program.selected.is_in(program.pipeline, node)
        })?;
        Ok(program)
    }

    /// The same, whether Harness refuses the pipeline or not.
    ///
    /// # Errors
    /// If something is given that the pipeline does not have.
    pub(crate) fn unchecked(
        prepared: &'p PreparedPipeline,
        values: &'p Values,
        given: &Given,
        notes: &mut Vec<String>,
    ) -> Result<Self, PlanError> {
        let pipeline: &'p Pipeline = prepared.pipeline();
        let layout = Arc::new(Layout::new(prepared, values));
        let selected = Selected::new(prepared, given)?;
        let named = Named {
            prepared,
            pipeline,
            layout: &layout,
        };
        let failures = named.failures(given, notes)?;
        let answers = named.answers(given)?;
        Ok(Self {
            prepared,
            pipeline,
            generation: given.engine,
            reading: Reading::Engine,
            predicates: Predicates::new(prepared, Reading::Engine),
            conditions: Conditions::new(prepared, values, given.in_detail),
            tables: tables(pipeline, Reading::Engine),
            failures,
            answers,
            by_dependencies: has_dependencies(pipeline),
            layout,
            selected,
        })
    }

    /// The same pipeline in the documented reading.
    pub(crate) fn documented(&self, values: &'p Values) -> Self {
        Self {
            prepared: self.prepared,
            pipeline: self.pipeline,
            layout: Arc::clone(&self.layout),
            generation: self.generation,
            reading: Reading::Documented,
            selected: self.selected.clone(),
            predicates: Predicates::new(self.prepared, Reading::Documented),
            conditions: Conditions::new(self.prepared, values, false),
            tables: tables(self.pipeline, Reading::Documented),
            failures: self.failures.clone(),
            answers: self.answers.clone(),
            by_dependencies: self.by_dependencies,
        }
    }

    /// What is done about the failures of a step or of a stage that runs a pipeline.
    pub(crate) fn table(&self, node: NodeId) -> Option<&Table<'p>> {
        self.tables.get(node.0 as usize)?.as_ref()
    }
}

fn tables(pipeline: &Pipeline, reading: Reading) -> Vec<Option<Table<'_>>> {
    let table = |node: NodeId| {
        let of_node = pipeline.node(node);
        let fails = of_node.kind == NodeKind::Step || of_node.is_chained();
        fails.then(|| table_of(pipeline, node, reading))
    };
    pipeline.ids().map(table).collect()
}

fn has_dependencies(pipeline: &Pipeline) -> bool {
    let mut stages = pipeline.nodes.iter();
    stages.any(|node| node.kind == NodeKind::Stage && node.depends_on.is_some())
}
