//! The words of v1 YAML: which key says what an item of a list is, and what may stand where (`spec/v1.md` §3, §4).

use crate::{FailureType, NodeKind, may_hold_expression};

/// The keys that make an item of `stages` a stage: `steps` of an ordinary one, then other pipelines, then templates.
/// `parallel` and `group` hold further stages.
pub const STAGE_KINDS: [&str; 15] = [
    "steps", "chain", "dynamic", "parallel", "group", "template", "action", "deploy", "build",
    "test", "chaos", "idp", "iacm", "sto", "approval",
];

/// The keys that make an item of `steps` or `rollback` a step. `parallel` and `group` hold further steps.
pub const STEP_KINDS: [&str; 24] = [
    "run",
    "clone",
    "background",
    "run-test",
    "wait",
    "barrier",
    "queue",
    "policy",
    "change-advisor",
    "approval",
    "parallel",
    "group",
    "template",
    "agent",
    "action",
    "deploy",
    "build",
    "test",
    "chaos",
    "idp",
    "iacm",
    "sto",
    "uses",
    "upload",
];

/// The kinds whose content a template gives, which stands in no file that is read.
pub const TEMPLATE_KINDS: [&str; 12] = [
    "template", "agent", "action", "deploy", "build", "test", "chaos", "idp", "iacm", "sto",
    "uses", "upload",
];

/// The kinds of loop: a `strategy` has one of them.
pub const STRATEGY_KINDS: [&str; 4] = ["matrix", "for", "while", "repeat"];

/// The types of an input.
pub const INPUT_TYPES: [&str; 8] = [
    "string", "number", "boolean", "array", "object", "secret", "step", "stage",
];

/// The type of an input that the schema has beside [`INPUT_TYPES`], and those that only the documentation has.
pub const OTHER_INPUT_TYPES: [&str; 4] = ["connector", "duration", "choice", "environment"];

/// The errors that `on-failure` may name.
pub const ERRORS: [(&str, FailureType); 13] = [
    ("unknown", FailureType::Unknown),
    ("all", FailureType::AllErrors),
    ("authentication", FailureType::Authentication),
    ("connectivity", FailureType::Connectivity),
    ("timeout", FailureType::Timeout),
    ("authorization", FailureType::Authorization),
    ("verification", FailureType::Verification),
    ("delegate-provisioning", FailureType::DelegateProvisioning),
    ("policy-evaluation", FailureType::PolicyEvaluationFailure),
    ("input-timeout", FailureType::InputTimeoutError),
    ("approval-rejection", FailureType::ApprovalRejection),
    ("delegate-restart", FailureType::DelegateRestart),
    ("user-mark-fail", FailureType::UserMarkedFailure),
];

/// An error that `on-failure` may name and that no type of failure in a run stands for.
pub const PROCEED_WITH_DEFAULT: &str = "proceed-with-default";

/// The actions of `on-failure` that are a word, or a key with nothing in it.
pub const ACTIONS: [&str; 7] = [
    "abort",
    "ignore",
    "success",
    "stage-rollback",
    "pipeline-rollback",
    "fail",
    PROCEED_WITH_DEFAULT,
];

/// The actions of `on-failure` that are a key with settings below it.
pub const ACTIONS_WITH_SETTINGS: [&str; 4] = [
    "retry",
    "manual-intervention",
    "retry-step-group",
    "fail-all",
];

/// Whether the text of an `if` is read as a predicate of JEXL: with expressions, or a truth value by itself. What
/// becomes of any other text is not known.
pub fn is_predicate(text: &str) -> bool {
    may_hold_expression(text) || matches!(text.trim(), "true" | "false")
}

/// The keys that say what the items of a list of such nodes are.
pub const fn kinds(of: NodeKind) -> &'static [&'static str] {
    match of {
        NodeKind::Stage => &STAGE_KINDS,
        NodeKind::Pipeline | NodeKind::StepGroup | NodeKind::Step => &STEP_KINDS,
    }
}
