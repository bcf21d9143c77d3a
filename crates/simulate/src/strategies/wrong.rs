//! What Harness refuses of failure strategies before anything runs (`spec/plan.md` §3.5).

use pipewright_model::{
    ActionKind, FailureAction, FailureError, FailureStrategies, FailureStrategy, FailureType,
    Listed, Located, ManualIntervention, Node, NodeId, NodeKind, Pipeline, Retry, SectionKind,
    may_hold_expression,
};
use pipewright_source::Span;

use super::Lists;
use super::list::{Conflict, conflicts};
use crate::layout::DEPLOYMENT;

/// Something that Harness refuses of the failure strategies of a node.
///
/// Texts are taken as they are written: one that is filled in before Harness sees the file may turn out right.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum WrongStrategy<'p> {
    /// A Deployment stage has no strategy that is for `AllErrors` and nothing else.
    WithoutAllErrors(Option<&'p FailureStrategies>),
    /// The strategies are no list.
    NoList(Span),
    /// The strategies are an input with a default.
    InputWithDefault(Span),
    /// An error that does not exist.
    NoError(&'p Located),
    /// `AllErrors` beside another error in one entry.
    AllErrorsBeside {
        /// `AllErrors`
        all: &'p FailureError,
        /// The other one.
        other: &'p FailureError,
    },
    /// One error with two entries in the lists that count as one.
    Twice {
        /// The error; `AllErrors` stands twice whatever the actions are.
        kind: FailureType,
        /// Where it stands first.
        first: &'p FailureError,
        /// Where it stands again, in the list of the node itself.
        again: &'p FailureError,
    },
    /// An entry without an action.
    WithoutAction(&'p FailureStrategy),
    /// An action without a type.
    WithoutType(&'p FailureAction),
    /// An action that does not exist.
    NoAction(&'p Located),
    /// An action that may not stand where it stands.
    Misplaced {
        /// Its type as written.
        action: &'p Located,
        /// Where that is.
        place: ActionPlace,
    },
    /// An action without parts that it needs.
    Lacks {
        /// Its type as written.
        action: &'p Located,
        /// The keys that are not written.
        parts: Vec<&'static str>,
    },
    /// An expression where Harness needs a fixed value before it evaluates anything.
    NotFixed {
        /// The key it stands under.
        key: &'static str,
        /// The expression.
        written: &'p Located,
    },
    /// A count of retries that is no number.
    NoCount(&'p Located),
    /// The intervals of a retry are no list.
    NoIntervals(Span),
}

/// A place at which some actions are refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ActionPlace {
    /// `onRetryFailure`
    AfterRetry,
    /// `onTimeout` of a manual intervention
    AfterIntervention,
    /// The strategies of a step that is itself part of a rollback.
    InRollback,
    /// The strategies of a stage that runs another pipeline.
    Chained,
    /// Outside of a step group. Only newer engines refuse that, and a plan follows the older ones, in which a stage
    /// hands the action on to its groups.
    OutsideGroup,
}

impl ActionPlace {
    const ALL: [Self; 5] = [
        Self::AfterRetry,
        Self::AfterIntervention,
        Self::InRollback,
        Self::Chained,
        Self::OutsideGroup,
    ];

    const fn refuses(self, action: &ActionKind) -> bool {
        use ActionKind as Kind;
        match self {
            Self::AfterRetry => matches!(
                action,
                Kind::Retry(_)
                    | Kind::ProceedWithDefaultValues
                    | Kind::StepGroupRollback
                    | Kind::RetryStepGroup(_)
            ),
            Self::AfterIntervention => matches!(
                action,
                Kind::ManualIntervention(_)
                    | Kind::Retry(_)
                    | Kind::ProceedWithDefaultValues
                    | Kind::StepGroupRollback
                    | Kind::RetryStepGroup(_)
            ),
            Self::InRollback => matches!(action, Kind::StageRollback | Kind::StepGroupRollback),
            Self::Chained => matches!(
                action,
                Kind::Retry(_) | Kind::ManualIntervention(_) | Kind::PipelineRollback
            ),
            Self::OutsideGroup => matches!(action, Kind::RetryStepGroup(_)),
        }
    }
}

/// What Harness refuses of the failure strategies of a node, in the order of the file.
pub fn wrong_strategies(pipeline: &Pipeline, node: NodeId) -> Vec<WrongStrategy<'_>> {
    let mut finder = Finder {
        pipeline,
        id: node,
        node: pipeline.node(node),
        found: Vec::new(),
    };
    finder.deployment();
    if let Some(strategies) = &finder.node.failure_strategies {
        finder.list(strategies);
    }
    finder.found
}

struct Finder<'p> {
    pipeline: &'p Pipeline,
    id: NodeId,
    node: &'p Node,
    found: Vec<WrongStrategy<'p>>,
}

impl<'p> Finder<'p> {
    fn deployment(&mut self) {
        let is_deployment =
            self.node.kind == NodeKind::Stage && self.node.type_text() == DEPLOYMENT;
        if !is_deployment || self.node.template.is_some() {
            return;
        }
        let strategies = self.node.failure_strategies.as_ref();
        let mut entries = strategies.iter().flat_map(|of| of.entries.items());
        let has_all = entries.any(|entry| {
            let errors = entry.errors.as_ref().map_or(&[][..], Listed::items);
            errors.iter().any(is_all)
        });
        if !has_all {
            self.found.push(WrongStrategy::WithoutAllErrors(strategies));
        }
    }

    fn list(&mut self, strategies: &'p FailureStrategies) {
        match &strategies.entries {
            Listed::Items(entries) => {
                for entry in entries {
                    self.entry(entry);
                }
                self.twice();
            }
            Listed::Open(written) if written.text.contains(".default(") => {
                let fault = WrongStrategy::InputWithDefault(strategies.span);
                self.found.push(fault);
            }
            Listed::Open(_) => {}
            Listed::Other(span) => self.found.push(WrongStrategy::NoList(*span)),
        }
    }

    fn entry(&mut self, entry: &'p FailureStrategy) {
        let errors = entry.errors.as_ref().map_or(&[][..], Listed::items);
        let unknown = errors.iter().filter(|error| error.kind.is_none());
        let unknown = unknown.filter(|error| !is_evaluated(&error.written));
        self.found
            .extend(unknown.map(|error| WrongStrategy::NoError(&error.written)));
        let all = errors.iter().find(|error| is_all(error));
        let other = errors.iter().find(|error| !is_all(error));
        if let (Some(all), Some(other)) = (all, other) {
            self.found
                .push(WrongStrategy::AllErrorsBeside { all, other });
        }
        match &entry.action {
            Some(action) => self.action(action, None),
            None => self.found.push(WrongStrategy::WithoutAction(entry)),
        }
    }

    /// An action, and those behind it. `behind` is where it stands, if that is behind another one.
    fn action(&mut self, action: &'p FailureAction, behind: Option<ActionPlace>) {
        let Some(written) = &action.type_name else {
            if !action.is_open {
                self.found.push(WrongStrategy::WithoutType(action));
            }
            return;
        };
        let mut places = ActionPlace::ALL.into_iter();
        let place = places.find(|place| place.refuses(&action.kind) && self.is_at(*place, behind));
        if let Some(place) = place {
            self.found.push(WrongStrategy::Misplaced {
                action: written,
                place,
            });
            if place != ActionPlace::OutsideGroup {
                return;
            }
        }
        match &action.kind {
            ActionKind::Unknown if !is_evaluated(written) => {
                self.found.push(WrongStrategy::NoAction(written));
            }
            ActionKind::Retry(retry) => {
                self.retry(written, retry, true);
                if let Some(after) = &retry.on_retry_failure {
                    self.action(after, Some(ActionPlace::AfterRetry));
                }
            }
            ActionKind::RetryStepGroup(retry) => self.retry(written, retry, false),
            ActionKind::ManualIntervention(wait) => self.intervention(written, wait),
            _ => {}
        }
    }

    fn is_at(&self, place: ActionPlace, behind: Option<ActionPlace>) -> bool {
        match place {
            ActionPlace::AfterRetry | ActionPlace::AfterIntervention => behind == Some(place),
            _ if behind.is_some() => false,
            ActionPlace::InRollback => self.node.kind == NodeKind::Step && self.is_in_rollback(),
            ActionPlace::Chained => self.node.is_chained(),
            ActionPlace::OutsideGroup => {
                let group = self.pipeline.enclosing(self.id, NodeKind::StepGroup);
                group.is_none()
            }
        }
    }

    fn is_in_rollback(&self) -> bool {
        let mut around = self.pipeline.self_and_ancestors(self.id);
        around.any(|node| {
            let section = self.pipeline.node(node).section;
            section.is_some_and(SectionKind::is_rollback)
        })
    }

    fn retry(&mut self, action: &'p Located, retry: &'p Retry, needs_after: bool) {
        let is_missing = |is_written: bool| !retry.is_open && !is_written;
        let parts = [
            ("retryCount", is_missing(retry.count.is_some())),
            ("retryIntervals", is_missing(retry.intervals.is_some())),
            (
                "onRetryFailure",
                needs_after && is_missing(retry.on_retry_failure.is_some()),
            ),
        ];
        self.lacks(action, &parts);
        if let Some(count) = &retry.count {
            if is_evaluated(&count.written) {
                self.not_fixed("retryCount", &count.written);
            } else if count.number.is_none() {
                self.found.push(WrongStrategy::NoCount(&count.written));
            }
        }
        match &retry.intervals {
            Some(Listed::Items(intervals)) => {
                for interval in intervals.iter().filter(|interval| is_evaluated(interval)) {
                    self.not_fixed("retryIntervals", interval);
                }
            }
            Some(Listed::Open(written)) if is_evaluated(written) => {
                self.not_fixed("retryIntervals", written);
            }
            Some(Listed::Other(span)) => self.found.push(WrongStrategy::NoIntervals(*span)),
            Some(Listed::Open(_)) | None => {}
        }
    }

    fn intervention(&mut self, action: &'p Located, wait: &'p ManualIntervention) {
        let is_missing = |is_written: bool| !wait.is_open && !is_written;
        let parts = [
            ("timeout", is_missing(wait.timeout.is_some())),
            ("onTimeout", is_missing(wait.on_timeout.is_some())),
        ];
        self.lacks(action, &parts);
        if let Some(timeout) = wait.timeout.as_ref().filter(|text| is_evaluated(text)) {
            self.not_fixed("timeout", timeout);
        }
        if let Some(after) = &wait.on_timeout {
            self.action(after, Some(ActionPlace::AfterIntervention));
        }
    }

    fn lacks(&mut self, action: &'p Located, parts: &[(&'static str, bool)]) {
        let missing = parts.iter().filter(|(_, is_missing)| *is_missing);
        let parts: Vec<&str> = missing.map(|(part, _)| *part).collect();
        if !parts.is_empty() {
            self.found.push(WrongStrategy::Lacks { action, parts });
        }
    }

    fn not_fixed(&mut self, key: &'static str, written: &'p Located) {
        self.found.push(WrongStrategy::NotFixed { key, written });
    }

    /// The lists that count as one must not contradict each other: of a group, those of the groups around it, too.
    fn twice(&mut self) {
        let lists = Lists {
            pipeline: self.pipeline,
            node: self.id,
        };
        let is_group = self.node.kind == NodeKind::StepGroup;
        let mut joined: Vec<_> = lists.of(self.id).into_iter().collect();
        if is_group {
            joined.extend(lists.groups().take(super::MAX_GROUPS - 1));
            joined.reverse();
        }
        let own = conflicts(joined)
            .into_iter()
            .filter(|conflict| conflict.level == self.id);
        let own = own.filter(|conflict| !is_group || conflict.kind != FailureType::AllErrors);
        self.found.extend(own.map(|conflict| {
            let Conflict {
                kind, first, again, ..
            } = conflict;
            WrongStrategy::Twice { kind, first, again }
        }));
    }
}

fn is_all(error: &FailureError) -> bool {
    error.kind == Some(FailureType::AllErrors)
}

fn is_evaluated(written: &Located) -> bool {
    may_hold_expression(&written.text)
}
