//! Roots whose values come from the platform or from a run. Offline they are unknown, with the reason.

use std::fmt;

use pipewright_jexl::value::Unknown;

/// A root that only the platform can tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct PlatformRoot {
    /// Its name; one has a dot in it.
    pub name: &'static str,
    /// Why it is unknown, as the answer says it.
    pub reason: &'static str,
    /// One sentence on what it gives in a run.
    pub doc: &'static str,
}

impl PlatformRoot {
    /// Its value before a run. What is read of it is given by a name of its own, such as `trigger.type`.
    pub fn unknown(&'static self) -> Unknown {
        Unknown::of_name(self.name, self).with_members()
    }
}

/// Why it is unknown.
impl fmt::Display for PlatformRoot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.reason)
    }
}

const fn root(name: &'static str, reason: &'static str, doc: &'static str) -> PlatformRoot {
    PlatformRoot { name, reason, doc }
}

/// The roots of `spec/engine.md` §5.1 and §5.2 that need a platform or a run.
pub const PLATFORM_ROOTS: &[PlatformRoot] = &[
    root(
        "account",
        "the account is known to the platform only",
        "The account: identifier, name, companyName.",
    ),
    root(
        "org",
        "the organization is known to the platform only",
        "The organization: identifier, name, description, tags.",
    ),
    root(
        "project",
        "the project is known to the platform only",
        "The project: identifier, name, description, tags.",
    ),
    root(
        "variable",
        "account, organization and project variables are stored in the platform",
        "Variables of the project, or of `org` and `account`.",
    ),
    root(
        "connector",
        "connectors are stored in the platform",
        "A connector by its identifier.",
    ),
    root(
        "executionInput",
        "execution inputs are given during a run",
        "What was entered for execution-time inputs.",
    ),
    root(
        "inputSet",
        "the merged input set is known in a run",
        "The input-set YAML of the run.",
    ),
    root(
        "trigger",
        "trigger data is known in a run",
        "The trigger that started the run and its payload.",
    ),
    root(
        "eventPayload",
        "trigger data is known in a run",
        "The payload of the trigger as data.",
    ),
    root(
        "approval",
        "approvals are given during a run",
        "The latest Harness approval: activities and inputs.",
    ),
    root(
        "serviceVariableOverrides",
        "service variables are resolved in a run",
        "A service variable with the overrides of step groups.",
    ),
    root(
        "exportedVariables",
        "exported variables are set during a run",
        "A variable that a step exported under an alias.",
    ),
    root(
        "imagePullSecret",
        "image pull secrets are made in a run",
        "The image pull secret of an artifact.",
    ),
    root(
        "dockerConfigJsonSecret",
        "image pull secrets are made in a run",
        "The Docker configuration of an artifact.",
    ),
    root(
        "terraformPlanJson",
        "Terraform plans are made in a run",
        "The plan of a Terraform step as JSON.",
    ),
    root(
        "terraformPlanHumanReadable",
        "Terraform plans are made in a run",
        "The plan of a Terraform step as text.",
    ),
    root(
        "terraformCloudPlanJson",
        "Terraform plans are made in a run",
        "The plan of a Terraform Cloud step as JSON.",
    ),
    root(
        "policyChecksJson",
        "policy checks are made in a run",
        "The policy checks of a Terraform Cloud step.",
    ),
    root(
        "instance",
        "instances are found during a run",
        "The instance a repeated step runs on.",
    ),
    root(
        "configFile",
        "config files are read by the platform",
        "A config file of the service, as text or Base64.",
    ),
    root(
        "fileStore",
        "the file store is part of the platform",
        "A file of the file store, as text or Base64.",
    ),
    root(
        "kubernetes.release",
        "the release is known to the delegate",
        "Revision and colour of a Kubernetes release.",
    ),
    root(
        "workspace",
        "the workspace is known to the platform only",
        "The IaCM workspace.",
    ),
];
