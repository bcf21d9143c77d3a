//! `invalid-failure-strategy` (`spec/plan.md` §3.5)

mod actions;
mod v1;

use pipewright_model::{
    FailureError, FailureStrategies, FailureType, Listed, Located, Node, NodeId, Pipeline,
    YamlVersion,
};
use pipewright_simulate::{WrongStrategy, wrong_strategies};
use pipewright_source::{Diagnostic, Span, closest};

use crate::Rule;
use crate::finding::Findings;
use crate::placeholder::{is_evaluated, is_filled_in_later, is_templated};
use crate::rollback::are_in_spec;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::wording;

pub(crate) const RULE: Rule = declare!(
    "invalid-failure-strategy",
    Structure,
    Error,
    Check::Text(check),
    Unsafe
);

/// What comes of every strategy that this rule finds.
const REFUSED: &str = "Harness does not start the pipeline";

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    // A line that could not be read may have held what seems to be missing.
    if context.tree().recovered() {
        return;
    }
    for pipeline in context.pipelines() {
        if pipeline.version == YamlVersion::V1 {
            v1::check(context, pipeline, findings);
            continue;
        }
        for id in pipeline.ids() {
            let owner = Owner {
                context,
                pipeline,
                id,
            };
            let wrong = wrong_strategies(pipeline, id);
            findings.extend(wrong.iter().filter_map(|wrong| owner.finding(wrong)));
        }
    }
}

/// The node that has the strategies.
#[derive(Clone, Copy)]
struct Owner<'a> {
    context: RuleContext<'a>,
    pipeline: &'a Pipeline,
    id: NodeId,
}

impl Owner<'_> {
    /// `None` where a text is filled in later, or may be.
    fn finding(self, wrong: &WrongStrategy<'_>) -> Option<Diagnostic> {
        match wrong {
            WrongStrategy::WithoutAllErrors(strategies) => self.without_all_errors(*strategies),
            WrongStrategy::NoError(error) => self.no_error(error),
            WrongStrategy::AllErrorsBeside { all, other } => {
                Some(all_errors_beside_others(all, other))
            }
            WrongStrategy::Twice { kind, first, again } => {
                let own = self.node().failure_strategies.as_ref()?.span;
                Some(twice(own, *kind, first, again))
            }
            WrongStrategy::NoAction(action) => actions::unknown(self.context, action),
            WrongStrategy::Misplaced { action, place } => actions::misplaced(action, *place),
            WrongStrategy::Lacks { action, parts } => Some(actions::lacking(action, parts)),
            WrongStrategy::NotFixed { written, .. } => {
                is_evaluated(&written.text).then(|| actions::not_fixed(written))
            }
            WrongStrategy::NoCount(count) => {
                (!is_templated(&count.text)).then(|| actions::no_count(count))
            }
            WrongStrategy::WithoutType(action) => Some(
                RULE.finding(action.span, "the action has no `type`")
                    .with_label(REFUSED)
                    .with_help("add a `type`, such as `StageRollback`"),
            ),
            // What is no list, or has no action, other programs may yet write, and Harness's editor tells.
            _ => None,
        }
    }

    fn node(&self) -> &Node {
        self.pipeline.node(self.id)
    }

    fn without_all_errors(self, strategies: Option<&FailureStrategies>) -> Option<Diagnostic> {
        if are_in_spec(self.context, self.node()) {
            return None;
        }
        let place = match strategies {
            None => self.node().type_name.as_ref()?.span,
            Some(strategies) if may_have_all_errors(strategies) => return None,
            Some(strategies) => strategies.key,
        };
        let name = wording::node(self.pipeline, self.id);
        let finding = RULE
            .finding(
                place,
                format!("{name} has no failure strategy for `AllErrors`"),
            )
            .with_label("Harness starts no pipeline with such a Deployment stage")
            .with_help(
                "add `failureStrategies: [{ onFailure: { errors: [AllErrors], action: { type: StageRollback } } }]` to the stage",
            );
        Some(finding)
    }

    fn no_error(self, written: &Located) -> Option<Diagnostic> {
        if is_filled_in_later(&written.text) {
            return None;
        }
        let names = FailureType::ALL.map(FailureType::as_str);
        let message = format!("there is no error type {}", wording::quoted(&written.text));
        Some(misspelt(
            self.context,
            written,
            message,
            &names,
            "`AllErrors` is every error there is",
        ))
    }
}

/// Whether one of the entries is for all errors, or may be once it is filled in or spelt right.
fn may_have_all_errors(strategies: &FailureStrategies) -> bool {
    let Listed::Items(entries) = &strategies.entries else {
        return true;
    };
    entries.iter().any(|entry| match &entry.errors {
        Some(Listed::Items(errors)) => match errors.as_slice() {
            [only] => only.kind.is_none_or(|kind| kind == FailureType::AllErrors),
            several => several
                .iter()
                .any(|error| is_filled_in_later(&error.written.text)),
        },
        Some(_) => true,
        None => false,
    })
}

fn misspelt(
    context: RuleContext<'_>,
    written: &Located,
    message: String,
    names: &[&'static str],
    otherwise: &str,
) -> Diagnostic {
    let finding = RULE.finding(written.span, message).with_label(REFUSED);
    let Some(meant) = closest(&written.text, names.iter().copied()) else {
        return finding.with_help(otherwise);
    };
    let mut finding = finding.with_help(format!("did you mean `{meant}`?"));
    finding
        .fixes
        .extend(context.rewrite_as_meant(written, meant));
    finding
}

fn all_errors_beside_others(all: &FailureError, other: &FailureError) -> Diagnostic {
    let other = &other.written;
    RULE.finding(
        all.written.span,
        format!("`AllErrors` stands beside `{}`", other.text),
    )
    .with_label(REFUSED)
    .with_help(
        "leave the others out: `AllErrors` holds for them, too; or give them an entry of their own",
    )
    .with_related(other.span, "the other error")
}

fn twice(own: Span, kind: FailureType, first: &FailureError, again: &FailureError) -> Diagnostic {
    let message = match kind {
        FailureType::AllErrors => {
            "`AllErrors` has two entries in one list of strategies".to_owned()
        }
        _ => format!(
            "`{}` has two actions in one list of strategies",
            kind.as_str()
        ),
    };
    let other = first.written.span;
    let help = if own.file == other.file && own.range.contains_range(other.range) {
        "keep one of the two entries"
    } else {
        "take the same action: the lists of a group and of the groups around it count as one"
    };
    RULE.finding(again.written.span, message)
        .with_label(REFUSED)
        .with_help(help)
        .with_related(first.written.span, "the other entry")
}
