//! What Harness refuses before anything runs (`spec/plan.md` §3.5).

use pipewright_context::{PredicateError, PreparedPipeline, RunPlace};
use pipewright_model::{
    ActionKind, FailureAction, FailureStrategies, FailureStrategy, FailureType, Listed, Node,
    NodeId, NodeKind, Pipeline, Retry, SectionKind,
};
use pipewright_source::Span;

use crate::layout::DEPLOYMENT;
use crate::strategies::{table_of, word};
use crate::{PlanError, Reading};

/// Looks through the nodes that are selected.
///
/// # Errors
/// The first thing that is refused.
pub(crate) fn check(
    prepared: &PreparedPipeline,
    is_selected: impl Fn(NodeId) -> bool,
) -> Result<(), PlanError> {
    let pipeline = prepared.pipeline();
    for node in pipeline.ids().filter(|node| is_selected(*node)) {
        let checker = Checker {
            prepared,
            pipeline,
            node,
        };
        checker.check().map_err(|(error, span)| {
            let name = prepared.names().fqn(node);
            PlanError::refused(error, name, span)
        })?;
    }
    Ok(())
}

/// A sentence, and what it is about.
type Wrong = (String, Span);

struct Checker<'p> {
    prepared: &'p PreparedPipeline,
    pipeline: &'p Pipeline,
    node: NodeId,
}

impl Checker<'_> {
    fn node(&self) -> &Node {
        self.pipeline.node(self.node)
    }

    fn span(&self) -> Span {
        self.prepared.tree().span(self.node().yaml)
    }

    fn check(&self) -> Result<(), Wrong> {
        self.lists()?;
        self.condition()?;
        self.looping()?;
        if let Some(strategies) = &self.node().failure_strategies {
            self.strategies(strategies)?;
        }
        self.deployment()?;
        self.merged()
    }

    fn lists(&self) -> Result<(), Wrong> {
        let mut sections = self.node().sections.iter();
        match sections.find(|section| !section.is_list) {
            Some(section) => {
                let list = section.kind.as_str();
                Err((format!("`{list}` are a list"), section.span))
            }
            None => Ok(()),
        }
    }

    fn condition(&self) -> Result<(), Wrong> {
        let node = self.node();
        let Some(when) = &node.when else {
            return Ok(());
        };
        match self.prepared.predicate(&RunPlace::node(self.node)) {
            Err(
                error @ (PredicateError::Refused(_)
                | PredicateError::WrongKey { .. }
                | PredicateError::WrongStatus { .. }),
            ) => Err((error.to_string(), when.span)),
            _ => Ok(()),
        }
    }

    fn looping(&self) -> Result<(), Wrong> {
        let node = self.node();
        match &node.strategy {
            Some(strategy) if node.kind == NodeKind::Step && node.type_text() == "Barrier" => {
                Err(("a barrier cannot loop".to_owned(), strategy.span))
            }
            _ => Ok(()),
        }
    }

    fn strategies(&self, strategies: &FailureStrategies) -> Result<(), Wrong> {
        let entries = match &strategies.entries {
            Listed::Items(entries) => entries,
            Listed::Open(written) if written.text.contains(".default(") => {
                let error = "failure strategies cannot be an input with a default";
                return Err((error.to_owned(), strategies.span));
            }
            Listed::Open(_) => return Ok(()),
            Listed::Other(span) => return Err(("failure strategies are a list".to_owned(), *span)),
        };
        let mut all_errors = 0;
        for entry in entries {
            all_errors += usize::from(self.entry(entry)?);
        }
        if all_errors > 1 && self.node().kind != NodeKind::StepGroup {
            let error = "`AllErrors` stands in two entries of one list";
            return Err((error.to_owned(), strategies.span));
        }
        Ok(())
    }

    /// Whether the entry is for all errors.
    fn entry(&self, entry: &FailureStrategy) -> Result<bool, Wrong> {
        let errors = entry.errors.as_ref().map_or(&[][..], Listed::items);
        for error in errors {
            if error.kind.is_none() && !error.written.text.contains("<+") {
                let sentence = format!("`{}` is no type of failure", error.written.text);
                return Err((sentence, error.written.span));
            }
        }
        let is_all = |kind: Option<FailureType>| kind == Some(FailureType::AllErrors);
        let has_all = errors.iter().any(|error| is_all(error.kind));
        if has_all && errors.iter().any(|error| !is_all(error.kind)) {
            let sentence = "`AllErrors` stands beside other types in one entry";
            return Err((sentence.to_owned(), entry.span));
        }
        match &entry.action {
            Some(action) => self.action(action)?,
            None => return Err(("the strategy has no action".to_owned(), entry.span)),
        }
        Ok(has_all)
    }

    fn action(&self, action: &FailureAction) -> Result<(), Wrong> {
        let refuse = |sentence: String| Err((sentence, action.span));
        let node = self.node();
        let is_step_in_rollback = node.kind == NodeKind::Step && self.is_in_rollback();
        match &action.kind {
            ActionKind::Unknown => match &action.type_name {
                Some(name) if name.text.contains("<+") => Ok(()),
                Some(name) => refuse(format!("`{}` is no action", name.text)),
                None => refuse("the action has no type".to_owned()),
            },
            ActionKind::StageRollback | ActionKind::StepGroupRollback if is_step_in_rollback => {
                let action = word(&action.kind);
                refuse(format!("`{action}` cannot stand among rollback steps"))
            }
            ActionKind::Retry(_)
            | ActionKind::ManualIntervention(_)
            | ActionKind::PipelineRollback
                if node.is_chained() =>
            {
                let action = word(&action.kind);
                refuse(format!("`{action}` is not for stages that run a pipeline"))
            }
            ActionKind::Retry(retry) => {
                retry_parts(retry, true, action.span)?;
                let Some(after) = &retry.on_retry_failure else {
                    return Ok(());
                };
                self.action(after)?;
                match &after.kind {
                    ActionKind::Retry(_)
                    | ActionKind::ProceedWithDefaultValues
                    | ActionKind::StepGroupRollback
                    | ActionKind::RetryStepGroup(_) => {
                        let name = word(&after.kind);
                        let sentence = format!("`{name}` cannot follow a retry that is used up");
                        Err((sentence, after.span))
                    }
                    ActionKind::ManualIntervention(of)
                        if of
                            .on_timeout
                            .as_ref()
                            .is_some_and(|action| matches!(action.kind, ActionKind::Retry(_))) =>
                    {
                        let sentence = "a retry cannot follow a retry that is used up";
                        Err((sentence.to_owned(), after.span))
                    }
                    _ => Ok(()),
                }
            }
            ActionKind::RetryStepGroup(retry) => retry_parts(retry, false, action.span),
            ActionKind::ManualIntervention(of) => {
                match &of.timeout {
                    None if !of.is_open => {
                        return refuse("a manual intervention needs a timeout".to_owned());
                    }
                    Some(timeout) if timeout.text.contains("<+") => {
                        let sentence = "the timeout of an intervention must be a fixed value";
                        return Err((sentence.to_owned(), timeout.span));
                    }
                    _ => {}
                }
                let Some(after) = &of.on_timeout else {
                    return if of.is_open {
                        Ok(())
                    } else {
                        refuse("a manual intervention needs `onTimeout`".to_owned())
                    };
                };
                self.action(after)?;
                match &after.kind {
                    ActionKind::ManualIntervention(_)
                    | ActionKind::Retry(_)
                    | ActionKind::ProceedWithDefaultValues
                    | ActionKind::StepGroupRollback
                    | ActionKind::RetryStepGroup(_) => {
                        let name = word(&after.kind);
                        let sentence = format!("`{name}` cannot follow an intervention");
                        Err((sentence, after.span))
                    }
                    _ => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    fn is_in_rollback(&self) -> bool {
        let mut around = self.pipeline.self_and_ancestors(self.node);
        around.any(|node| {
            let section = self.pipeline.node(node).section;
            section.is_some_and(SectionKind::is_rollback)
        })
    }

    /// A deployment needs a strategy for all errors alone.
    fn deployment(&self) -> Result<(), Wrong> {
        let node = self.node();
        let is_deployment = node.kind == NodeKind::Stage && node.type_text() == DEPLOYMENT;
        if !is_deployment || node.template.is_some() {
            return Ok(());
        }
        let strategies = node.failure_strategies.as_ref();
        let mut entries = strategies.iter().flat_map(|of| of.entries.items());
        let has_all = entries.any(|entry| {
            let mut errors = entry.errors.iter().flat_map(Listed::items);
            errors.any(|error| error.kind == Some(FailureType::AllErrors))
        });
        if has_all {
            return Ok(());
        }
        let span = strategies.map_or_else(|| self.span(), |strategies| strategies.span);
        let sentence = "a Deployment stage needs a failure strategy for `AllErrors`";
        Err((sentence.to_owned(), span))
    }

    /// The lists that count as one must not contradict each other.
    fn merged(&self) -> Result<(), Wrong> {
        let node = self.node();
        let has_actions = node.kind == NodeKind::Step || node.is_chained();
        if !has_actions && node.failure_strategies.is_none() {
            return Ok(());
        }
        let conflict = if has_actions {
            table_of(self.pipeline, self.node, Reading::Engine).err()
        } else {
            let own = node.failure_strategies.as_ref();
            let own = own.map(|strategies| (self.node, strategies));
            crate::strategies::Table::of(own).err()
        };
        match conflict {
            Some(conflict) => Err((
                format!(
                    "`{}` leads to two different actions in one list",
                    conflict.kind.as_str()
                ),
                conflict.span,
            )),
            None => Ok(()),
        }
    }
}

/// A retry needs a fixed count, fixed intervals, and what follows when it is used up.
fn retry_parts(retry: &Retry, needs_after: bool, span: Span) -> Result<(), Wrong> {
    let fixed = |text: &str, what: &str, span: Span| {
        if text.contains("<+") {
            return Err((format!("{what} of a retry must be a fixed value"), span));
        }
        Ok(())
    };
    match &retry.count {
        Some(count) => {
            fixed(&count.written.text, "the count", count.written.span)?;
            if count.number.is_none() {
                let sentence = format!("`{}` is no count", count.written.text);
                return Err((sentence, count.written.span));
            }
        }
        None if !retry.is_open => {
            return Err(("a retry needs `retryCount`".to_owned(), span));
        }
        None => {}
    }
    match &retry.intervals {
        Some(Listed::Items(intervals)) => {
            for interval in intervals {
                fixed(&interval.text, "an interval", interval.span)?;
            }
        }
        Some(Listed::Open(written)) => fixed(&written.text, "the intervals", written.span)?,
        Some(Listed::Other(span)) => {
            return Err(("the intervals of a retry are a list".to_owned(), *span));
        }
        None if !retry.is_open => {
            return Err(("a retry needs `retryIntervals`".to_owned(), span));
        }
        None => {}
    }
    if needs_after && retry.on_retry_failure.is_none() && !retry.is_open {
        return Err(("a retry needs `onRetryFailure`".to_owned(), span));
    }
    Ok(())
}
