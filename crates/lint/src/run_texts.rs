//! The names of a run that are texts wherever they are there (`spec/model.md` §8, `spec/engine.md` §5).

/// Each root with its members that are texts.
const TEXTS: &[(&str, &[&str])] = &[
    ("account", &["companyName", "identifier", "name"]),
    (
        "artifact",
        &["build", "digest", "image", "imagePath", "tag", "version"],
    ),
    (
        "artifacts.primary",
        &["build", "digest", "image", "imagePath", "tag", "version"],
    ),
    (
        "codebase",
        &[
            "baseCommitSha",
            "branch",
            "build.type",
            "commitMessage",
            "commitRef",
            "commitSha",
            "gitUser",
            "gitUserEmail",
            "gitUserId",
            "prNumber",
            "prTitle",
            "pullRequestBody",
            "pullRequestLink",
            "repoUrl",
            "shortCommitSha",
            "sourceBranch",
            "state",
            "tag",
            "targetBranch",
        ],
    ),
    (
        "env",
        &[
            "description",
            "environmentRef",
            "identifier",
            "name",
            "type",
        ],
    ),
    (
        "infra",
        &[
            "connectorRef",
            "infraIdentifier",
            "infraName",
            "infrastructureKey",
            "infrastructureKeyShort",
            "name",
            "namespace",
            "releaseName",
        ],
    ),
    ("org", &["description", "identifier", "name"]),
    (
        "pipeline",
        &[
            "branch",
            "executionId",
            "executionUrl",
            "repo",
            "resumedExecutionId",
            "storeType",
            "triggerType",
            "triggeredBy.email",
            "triggeredBy.name",
            "triggeredBy.triggerIdentifier",
        ],
    ),
    (
        "project",
        &["description", "identifier", "name", "orgIdentifier"],
    ),
    ("service", &["description", "identifier", "name", "type"]),
    ("strategy", &["identifierPostFix"]),
    (
        "trigger",
        &[
            "artifact.build",
            "baseCommitSha",
            "branch",
            "commitSha",
            "connectorRef",
            "event",
            "gitUser",
            "manifest.version",
            "prNumber",
            "prTitle",
            "repoUrl",
            "sourceBranch",
            "sourceRepo",
            "sourceType",
            "tag",
            "targetBranch",
            "type",
        ],
    ),
];

/// Whether the value of a path is a text wherever it is there.
pub(crate) fn is_text(path: &str) -> bool {
    TEXTS.iter().any(|(root, members)| {
        let member = path
            .strip_prefix(root)
            .and_then(|rest| rest.strip_prefix('.'));
        member.is_some_and(|member| members.contains(&member))
    })
}
