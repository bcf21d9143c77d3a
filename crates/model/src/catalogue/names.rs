//! Names every node has, statuses, and names that exist in one place only.

/// A field that every node of a run has, whatever its type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct RunTimeField {
    /// Its path below the node.
    pub path: &'static str,
    /// From when it can be read.
    pub when: Availability,
    /// Whether a file's own settings hold it, too.
    pub is_setting: bool,
}

/// From when a field can be read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Availability {
    /// Once the node has started.
    Started,
    /// Once the node has ended.
    Ended,
    /// If a loop is around the node.
    Looped,
    /// If the node has `enforce.policySets`.
    Enforced,
    /// If the work was asked to be skipped.
    Skipped,
}

/// The fields of every node of a run (`spec/model.md` §4).
pub const RUN_TIME_FIELDS: &[RunTimeField] = {
    const fn setting(path: &'static str) -> RunTimeField {
        RunTimeField {
            path,
            when: Availability::Started,
            is_setting: true,
        }
    }
    const fn field(path: &'static str, when: Availability) -> RunTimeField {
        RunTimeField {
            path,
            when,
            is_setting: false,
        }
    }
    &[
        setting("identifier"),
        setting("name"),
        setting("type"),
        setting("description"),
        setting("timeout"),
        setting("spec"),
        setting("when"),
        setting("failureStrategies"),
        setting("delegateSelectors"),
        field("status", Availability::Started),
        field("startTs", Availability::Started),
        field("endTs", Availability::Ended),
        field("retryCount", Availability::Started),
        field("currentStatus", Availability::Started),
        field("liveStatus", Availability::Started),
        field("executionUrl", Availability::Started),
        field("nodeExecutionId", Availability::Started),
        field("executionInput", Availability::Started),
        field("policyOutput", Availability::Enforced),
        field("skipOutcome.message", Availability::Skipped),
        field("matrix.*", Availability::Looped),
        field("repeat.item", Availability::Looped),
        field("iteration", Availability::Looped),
        field("iterations", Availability::Looped),
        field("totalIterations", Availability::Looped),
        field("identifierPostFix", Availability::Looped),
    ]
};

/// The steps that the engine itself adds: to the stages that run in containers, and around steps and groups that do
/// (`spec/model.md` §3.1).
const GENERATED_STEPS: [&str; 3] = ["liteEngineTask", "InitContainer", "ContainerStep"];

/// Whether the engine adds steps of that identifier to lists of steps.
pub fn is_generated_step(identifier: &str) -> bool {
    GENERATED_STEPS.contains(&identifier)
}

/// The keys of a pipeline that hold something else than a fact of the run (`spec/model.md` §1.1).
pub const PIPELINE_KEYS: &[&str] = &[
    "allowStageExecutions",
    "delegateSelectors",
    "description",
    "fixedInputsOnRerun",
    "flowControl",
    "identifier",
    "name",
    "notificationRules",
    "projectIdentifier",
    "properties",
    "stages",
    "tags",
    "template",
    "timeout",
    "variables",
];

/// The keys of a step group, as the schema names them (`spec/model.md` §1.3).
pub const GROUP_KEYS: &[&str] = &[
    "delegateSelectors",
    "description",
    "failureStrategies",
    "identifier",
    "name",
    "platform",
    "rollbackSteps",
    "sharedPaths",
    "stepGroupInfra",
    "steps",
    "strategy",
    "template",
    "timeout",
    "type",
    "variables",
    "when",
];

/// The values of `status` and `currentStatus` in expressions.
pub const EXPRESSION_STATUSES: &[&str] = &[
    "RUNNING",
    "ASYNC_WAITING",
    "TASK_WAITING",
    "TIMED_WAITING",
    "INTERVENTION_WAITING",
    "APPROVAL_WAITING",
    "RESOURCE_WAITING",
    "INPUT_WAITING",
    "WAIT_STEP_RUNNING",
    "QUEUED",
    "QUEUED_LICENSE_LIMIT_REACHED",
    "QUEUED_EXECUTION_CONCURRENCY_REACHED",
    "PAUSED",
    "PAUSING",
    "DISCONTINUING",
    "SKIPPED",
    "SUSPENDED",
    "SUCCEEDED",
    "IGNORE_FAILED",
    "FAILED",
    "ERRORED",
    "EXPIRED",
    "ABORTED",
    "APPROVAL_REJECTED",
    "FREEZE_FAILED",
    "NO_OP",
    // Newer than the rest; counts as success (`spec/documentation.md` W3).
    "PASSED_WITH_WARNING",
];

/// The values that a name has in expressions, where it has only a few (`spec/model.md` §8, `spec/engine.md` §5.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FewValues {
    /// The name, from its root on.
    pub name: &'static str,
    /// The values.
    pub values: &'static [&'static str],
    /// Whether these are all.
    pub is_closed: bool,
}

/// The names of roots that have only a few values.
#[rustfmt::skip] // One row a line.
pub const NAMES_WITH_FEW_VALUES: &[FewValues] = &[
    FewValues { name: "env.type", values: &["Production", "PreProduction"], is_closed: true },
    FewValues { name: "env.v1Type", values: &["PROD", "NON_PROD"], is_closed: true },
    FewValues { name: "pipeline.triggerType", values: &["MANUAL", "WEBHOOK", "WEBHOOK_CUSTOM", "SCHEDULER_CRON"], is_closed: false },
    FewValues { name: "trigger.event", values: &["PR", "PUSH", "Release"], is_closed: false },
    FewValues { name: "trigger.sourceType", values: &["Github", "Gitlab", "Bitbucket", "Custom", "AwsCodeCommit", "Harness"], is_closed: false },
    FewValues { name: "trigger.type", values: &["Webhook", "Custom", "Scheduled", "Artifact", "Manifest"], is_closed: false },
];

/// Names that exist only where a step of a type evaluates an expression itself, by the type.
const LOCAL_ROOTS: &[(&str, &[&str])] = &[
    (
        "Http",
        &[
            "httpResponseCode",
            "httpResponseBody",
            "httpMethod",
            "httpUrl",
        ],
    ),
    ("EventListener", &["event"]),
    ("JiraApproval", &["issue"]),
    ("ServiceNowApproval", &["ticket"]),
    ("CustomApproval", &["output"]),
    ("Policy", &["output"]),
    (
        "Chaos",
        &[
            "output",
            "phase",
            "resiliencyScore",
            "faultsPassed",
            "faultsFailed",
            "faultsAwaited",
            "faultsStopped",
            "faultsNa",
            "totalFaults",
        ],
    ),
];

/// Names that exist only where a step of that type evaluates an expression itself (see `SiteKind::Evaluated`).
pub fn local_roots(step_type: &str) -> &'static [&'static str] {
    let mut rows = LOCAL_ROOTS.iter();
    rows.find(|(name, _)| *name == step_type)
        .map_or(&[], |(_, roots)| *roots)
}

/// Whether steps of some type know a name where they evaluate an expression themselves.
pub fn is_local_root(name: &str) -> bool {
    let mut roots = LOCAL_ROOTS.iter().flat_map(|(_, roots)| *roots);
    roots.any(|root| *root == name)
}
