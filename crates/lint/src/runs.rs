//! What the simulator says of a document's runs.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

use pipewright_model::NodeId;
use pipewright_resolve::Resolution;
use pipewright_simulate::{Goal, MayBe, Together, Verdict};

use crate::rule_context::RuleContext;

/// The runs of one document, asked of the simulator when a rule asks for it.
#[derive(Debug)]
pub(crate) struct Runs<'a> {
    file: RuleContext<'a>,
    document: usize,
    resolution: &'a Resolution,
    together: OnceCell<Option<Together>>,
    known: RefCell<HashMap<Question, MayBe>>,
}

/// What runs, what is skipped, and whether something may fail.
type Question = (NodeId, NodeId, bool);

impl<'a> Runs<'a> {
    pub(crate) fn of(file: RuleContext<'a>, document: usize, resolution: &'a Resolution) -> Self {
        Self {
            file,
            document,
            resolution,
            together: OnceCell::new(),
            known: RefCell::default(),
        }
    }

    /// Whether in some run one node runs while another is skipped by its condition; with `with_failures` also where one
    /// step fails.
    pub(crate) fn may_run_without(
        &self,
        running: NodeId,
        skipped: NodeId,
        with_failures: bool,
    ) -> MayBe {
        let question = (running, skipped, with_failures);
        if let Some(known) = self.known.borrow().get(&question) {
            return known.clone();
        }
        let names = &self.resolution.names;
        let goals = [
            Goal::new(names.fqn(running), Verdict::Runs),
            Goal::new(names.fqn(skipped), Verdict::Skipped),
        ];
        let answer = self.together();
        let answer = answer.map_or(MayBe::NotKnown, |runs| runs.may_be(&goals, with_failures));
        self.known.borrow_mut().insert(question, answer.clone());
        answer
    }

    fn together(&self) -> Option<&Together> {
        let make = || {
            let file = self.file;
            let prepared = file
                .snapshot
                .prepared(file.analysis.file(), self.document, &[]);
            Together::new(prepared.ok()?)
        };
        self.together.get_or_init(make).as_ref()
    }
}
