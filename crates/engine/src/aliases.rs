//! Names that stand for others (`spec/engine.md` §3.2 and §3.3).

/// A name Harness replaces before it looks anything up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Alias {
    /// The name: a whole expression, or the part before its first dot.
    pub name: &'static str,
    /// What replaces it; may hold islands.
    pub target: &'static str,
}

impl Alias {
    /// Whether it stands for a name, rather than for an expression.
    pub fn is_name(&self) -> bool {
        self.target.contains('.') && !self.target.contains("<+")
    }
}

/// The aliases of a pipeline run.
pub const PIPELINE_ALIASES: &[Alias] = &[
    Alias {
        name: "serviceConfig",
        target: "stage.spec.serviceConfig",
    },
    Alias {
        name: "serviceDefinition",
        target: "stage.spec.serviceConfig.serviceDefinition",
    },
    Alias {
        name: "artifact",
        target: "artifacts.primary",
    },
    Alias {
        name: "infra",
        target: "stage.spec.infrastructure.output",
    },
    Alias {
        name: "INFRA_KEY",
        target: "stage.spec.infrastructure.output.infrastructureKey",
    },
    Alias {
        name: "INFRA_KEY_SHORT_ID",
        target: "stage.spec.infrastructure.output.infrastructureKeyShort",
    },
    Alias {
        name: "OnStageSuccess",
        target: "<+stage.currentStatus> == \"SUCCEEDED\" || <+stage.currentStatus> == \"IGNORE_FAILED\" || \
                 <+stage.currentStatus> == \"PASSED_WITH_WARNING\"",
    },
    Alias {
        name: "OnStageFailure",
        target: "<+stage.currentStatus> == \"FAILED\" || <+stage.currentStatus> == \"ERRORED\" || \
                 <+stage.currentStatus> == \"EXPIRED\" || <+stage.currentStatus> == \"APPROVAL_REJECTED\"",
    },
    Alias {
        name: "OnPipelineSuccess",
        target: "<+pipeline.currentStatus> == \"SUCCEEDED\" || <+pipeline.currentStatus> == \"IGNORE_FAILED\" || \
                 <+pipeline.currentStatus> == \"PASSED_WITH_WARNING\"",
    },
    Alias {
        name: "OnPipelineFailure",
        target: "<+pipeline.currentStatus> == \"FAILED\" || <+pipeline.currentStatus> == \"ERRORED\" || \
                 <+pipeline.currentStatus> == \"EXPIRED\" || <+pipeline.currentStatus> == \"APPROVAL_REJECTED\"",
    },
    // Without `dependsOn`; where stages declare it, the context knows these names.
    Alias {
        name: "OnAllDependantsSuccess",
        target: "true",
    },
    Alias {
        name: "OnAnyDependantFailure",
        target: "false",
    },
    Alias {
        name: "OnRollbackModeExecution",
        target: "(<+ambiance.metadata.executionMode> == \"POST_EXECUTION_ROLLBACK\") || \
                 (<+ambiance.metadata.executionMode> == \"PIPELINE_ROLLBACK\")",
    },
    Alias {
        name: "Always",
        target: "true",
    },
    Alias {
        name: "matrix",
        target: "strategy.matrix",
    },
    Alias {
        name: "repeat",
        target: "strategy.repeat",
    },
];

/// A name that means the nearest ancestor of a group, whatever its identifier.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct GroupAlias {
    /// The name.
    pub name: &'static str,
    /// The group of the node it means.
    pub group: &'static str,
}

/// The group aliases of a pipeline run. They win over an ancestor that happens to have the name as its identifier.
pub const GROUP_ALIASES: &[GroupAlias] = &[
    GroupAlias {
        name: "stage",
        group: "STAGE",
    },
    GroupAlias {
        name: "step",
        group: "STEP",
    },
    GroupAlias {
        name: "stepGroup",
        group: "STEP_GROUP",
    },
];

/// The prefixes of a pipeline run, in the order they are tried.
pub const PIPELINE_PREFIXES: &[&str] = &[
    "outcome",
    "output",
    "child",
    "ancestor",
    "qualified",
    "datetime",
    "",
];

/// The prefixes of an engine without a pipeline around it.
pub const BASE_PREFIXES: &[&str] = &["datetime", ""];
