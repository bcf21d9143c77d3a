//! What Harness refuses before anything runs (`spec/plan.md` §3.5).

use pipewright_context::{PredicateError, PreparedPipeline, RunPlace};
use pipewright_model::{FailureType, Node, NodeId, NodeKind, Pipeline};
use pipewright_source::Span;

use crate::PlanError;
use crate::strategies::{ActionPlace, WrongStrategy, wrong_strategies};

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
        self.strategies()
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

    fn strategies(&self) -> Result<(), Wrong> {
        let wrong = wrong_strategies(self.pipeline, self.node);
        match wrong.iter().find_map(|wrong| self.refusal(wrong)) {
            Some(refused) => Err(refused),
            None => Ok(()),
        }
    }

    /// What is said of a strategy; `None` for what the engines that a plan follows accept.
    fn refusal(&self, wrong: &WrongStrategy<'_>) -> Option<Wrong> {
        Some(match wrong {
            WrongStrategy::WithoutAllErrors(strategies) => {
                let span = strategies.map_or_else(|| self.span(), |strategies| strategies.span);
                let sentence = "a Deployment stage needs a failure strategy for `AllErrors`";
                (sentence.to_owned(), span)
            }
            WrongStrategy::NoList(span) => ("failure strategies are a list".to_owned(), *span),
            WrongStrategy::InputWithDefault(span) => {
                let sentence = "failure strategies cannot be an input with a default";
                (sentence.to_owned(), *span)
            }
            WrongStrategy::NoError(error) => (
                format!("`{}` is no type of failure", error.text),
                error.span,
            ),
            WrongStrategy::AllErrorsBeside { all, .. } => {
                let sentence = "`AllErrors` stands beside other types in one entry";
                (sentence.to_owned(), all.written.span)
            }
            WrongStrategy::Twice { kind, again, .. } if *kind == FailureType::AllErrors => {
                let sentence = "`AllErrors` stands in two entries of one list";
                (sentence.to_owned(), again.written.span)
            }
            WrongStrategy::Twice { kind, again, .. } => {
                let kind = kind.as_str();
                let sentence = format!("`{kind}` leads to two different actions in one list");
                (sentence, again.written.span)
            }
            WrongStrategy::WithoutAction(entry) => {
                ("the strategy has no action".to_owned(), entry.span)
            }
            WrongStrategy::WithoutType(action) => {
                ("the action has no type".to_owned(), action.span)
            }
            WrongStrategy::NoAction(action) => {
                (format!("`{}` is no action", action.text), action.span)
            }
            WrongStrategy::Misplaced { action, place } => {
                let name = &action.text;
                let sentence = match place {
                    ActionPlace::AfterRetry => {
                        format!("`{name}` cannot follow a retry that is used up")
                    }
                    ActionPlace::AfterIntervention => {
                        format!("`{name}` cannot follow an intervention")
                    }
                    ActionPlace::InRollback => {
                        format!("`{name}` cannot stand among rollback steps")
                    }
                    ActionPlace::Chained => {
                        format!("`{name}` is not for stages that run a pipeline")
                    }
                    ActionPlace::OutsideGroup => return None,
                };
                (sentence, action.span)
            }
            WrongStrategy::Lacks { action, parts } => {
                let parts = parts.join("` and `");
                let sentence = format!("the action `{}` needs `{parts}`", action.text);
                (sentence, action.span)
            }
            WrongStrategy::NotFixed { key, written } => {
                (format!("`{key}` must be a fixed value"), written.span)
            }
            WrongStrategy::NoCount(count) => (format!("`{}` is no count", count.text), count.span),
            WrongStrategy::NoIntervals(span) => {
                ("the intervals of a retry are a list".to_owned(), *span)
            }
        })
    }
}
