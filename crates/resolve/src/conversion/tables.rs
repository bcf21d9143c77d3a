//! The tables of the official converter (`spec/v1.md` §8): paths of the older YAML, and those of the newer one.
//!
//! A left side is matched as a beginning; what follows it is kept. `[i]` is any index, `*` any one segment; both are
//! kept at their place on the right side.

/// A path, and the one it becomes.
pub(super) type Row = (&'static str, &'static str);

/// The tables of a step type.
pub(super) type OfType = (&'static str, &'static [Row]);

/// Settings behind a stage's `spec`.
pub(super) const STAGE: &[Row] = &[
    (
        "infrastructure.spec.connectorRef",
        "runtime.kubernetes.connector",
    ),
    (
        "infrastructure.spec.namespace",
        "runtime.kubernetes.namespace",
    ),
    (
        "infrastructure.spec.annotations",
        "runtime.kubernetes.annotations",
    ),
    ("infrastructure.spec.labels", "runtime.kubernetes.labels"),
    (
        "infrastructure.spec.serviceAccountName",
        "runtime.kubernetes.service-account",
    ),
    (
        "infrastructure.spec.initTimeout",
        "runtime.kubernetes.timeout",
    ),
    (
        "infrastructure.spec.nodeSelector",
        "runtime.kubernetes.node",
    ),
    ("infrastructure.spec.hostNames", "runtime.kubernetes.host"),
    (
        "infrastructure.spec.tolerations",
        "runtime.kubernetes.tolerations",
    ),
    (
        "infrastructure.spec.automountServiceAccountToken",
        "runtime.kubernetes.automount-service-token",
    ),
    (
        "infrastructure.spec.containerSecurityContext",
        "runtime.kubernetes.security-context",
    ),
    (
        "infrastructure.spec.containerSecurityContext.allowPrivilegeEscalation",
        "runtime.kubernetes.security-context.allow-privilege-escalation",
    ),
    (
        "infrastructure.spec.containerSecurityContext.procMount",
        "runtime.kubernetes.security-context.proc-mount",
    ),
    (
        "infrastructure.spec.containerSecurityContext.privileged",
        "runtime.kubernetes.security-context.privileged",
    ),
    (
        "infrastructure.spec.containerSecurityContext.readOnlyRootFilesystem",
        "runtime.kubernetes.security-context.read-only-root-file-system",
    ),
    (
        "infrastructure.spec.containerSecurityContext.runAsNonRoot",
        "runtime.kubernetes.security-context.run-as-non-root",
    ),
    (
        "infrastructure.spec.containerSecurityContext.runAsGroup",
        "runtime.kubernetes.security-context.run-as-group",
    ),
    (
        "infrastructure.spec.containerSecurityContext.runAsUser",
        "runtime.kubernetes.security-context.user",
    ),
    (
        "infrastructure.spec.containerSecurityContext.capabilities",
        "runtime.kubernetes.security-context.capabilities",
    ),
    (
        "infrastructure.spec.containerSecurityContext.capabilities.add",
        "runtime.kubernetes.security-context.capabilities.add",
    ),
    (
        "infrastructure.spec.containerSecurityContext.capabilities.drop",
        "runtime.kubernetes.security-context.capabilities.drop",
    ),
    (
        "infrastructure.spec.priorityClassName",
        "runtime.kubernetes.priority-class",
    ),
    ("infrastructure.spec.os", "runtime.kubernetes.os"),
    (
        "infrastructure.spec.harnessImageConnectorRef",
        "runtime.kubernetes.harness-image-connector",
    ),
    (
        "infrastructure.spec.imagePullPolicy",
        "runtime.kubernetes.pull",
    ),
    (
        "infrastructure.spec.podSpecOverlay",
        "runtime.kubernetes.pod-spec-overlay",
    ),
    ("infrastructure.spec.runAsUser", "runtime.kubernetes.user"),
    ("infrastructure.spec.volumes", "runtime.kubernetes.volumes"),
    ("infrastructure.spec.pool.poolName", "runtime.vm.pool"),
    ("infrastructure.spec.pool.identifier", "runtime.vm.pool"),
    ("infrastructure.spec.pool.os", "runtime.vm.os"),
    (
        "infrastructure.spec.pool.harnessImageConnectorRef",
        "runtime.vm.harness-image-connector",
    ),
    ("infrastructure.spec.pool.timeout", "runtime.vm.timeout"),
    ("runtime.spec.size", "runtime.cloud.size"),
    ("runtime.spec.imageSpec.imageName", "runtime.cloud.image"),
];

/// Members of `codebase`.
pub(super) const CODEBASE: &[Row] = &[
    ("build.spec.branch", "branch"),
    ("build.spec.tag", "tag"),
    ("build.spec.number", "prNumber"),
];

/// Settings of a node's failure strategies.
pub(super) const FAILURE_STRATEGIES: &[Row] = &[
    (
        "failureStrategies[i].onFailure.errors",
        "onFailure[i].errors",
    ),
    (
        "failureStrategies[i].onFailure.action.specConfig.retryCount",
        "onFailure[i].action.retry.attempts",
    ),
    (
        "failureStrategies[i].onFailure.action.specConfig.retryInterval",
        "onFailure[i].action.retry.interval",
    ),
    (
        "failureStrategies[i].onFailure.action.specConfig.onRetryFailure.action.type",
        "onFailure[i].action.retry.failureAction.type",
    ),
    (
        "failureStrategies[i].onFailure.action.specConfig.timeout",
        "onFailure[i].action.manualIntervention.timeout",
    ),
    (
        "failureStrategies[i].onFailure.action.specConfig.onTimeout.action.type",
        "onFailure[i].action.manualIntervention.timeoutAction.type",
    ),
];

/// Settings of a pipeline's notifications.
pub(super) const NOTIFICATIONS: &[Row] = &[
    ("notificationRules[i].identifier", "notification[i].id"),
    (
        "notificationRules[i].notificationMethod.type",
        "notification[i].uses",
    ),
    (
        "notificationRules[i].notificationMethod.spec.delegateSelectors",
        "notification[i].with.delegate-selectors",
    ),
    (
        "notificationRules[i].notificationMethod.spec.executeOnDelegate",
        "notification[i].with.execute-on-delegate",
    ),
    (
        "notificationRules[i].notificationMethod.spec.userGroup",
        "notification[i].with.user-group",
    ),
    (
        "notificationRules[i].notificationMethod.spec.webhookUrl",
        "notification[i].with.webhook",
    ),
    (
        "notificationRules[i].notificationMethod.spec.recipients",
        "notification[i].with.recipients",
    ),
    (
        "notificationRules[i].notificationMethod.spec.headers",
        "notification[i].with.headers",
    ),
    (
        "notificationRules[i].notificationMethod.spec.integrationKey",
        "notification[i].with.integration-key",
    ),
    (
        "notificationRules[i].notificationMethod.spec.msTeamKeys",
        "notification[i].with.msteam-keys",
    ),
    (
        "notificationRules[i].notificationMethod.spec.apiKey",
        "notification[i].with.api-key",
    ),
    (
        "notificationRules[i].notificationMethod.spec.url",
        "notification[i].with.url",
    ),
];

/// Settings of steps, behind `spec`, by step type in the order of the alphabet.
pub(super) const SETTINGS: &[OfType] = &[
    ("Action", &[("env", "spec.env")]),
    (
        "ArtifactoryUpload",
        &[
            ("sourcePath", "steps.jfrogArtifactory.spec.with.SOURCE"),
            ("target", "steps.jfrogArtifactory.spec.with.TARGET"),
        ],
    ),
    (
        "Background",
        &[
            ("command", "spec.script"),
            ("connectorRef", "spec.container.connector"),
            ("entrypoint", "spec.container.entrypoint"),
            ("envVariables", "spec.env"),
            ("image", "spec.container.image"),
            ("imagePullPolicy", "spec.container.pull"),
            ("portBindings", "spec.container.ports"),
            ("privileged", "spec.container.privileged"),
            ("reports", "spec.report"),
            ("resources.limits.cpu", "spec.container.cpu"),
            ("resources.limits.memory", "spec.container.memory"),
            ("runAsUser", "spec.container.user"),
            ("shell", "spec.shell"),
        ],
    ),
    ("Barrier", &[("barrierRef", "spec.name")]),
    ("Bitrise", &[("env", "spec.env")]),
    (
        "BuildAndPushACR",
        &[
            ("buildArgs", "steps.pushWithBuildx.spec.with.BUILD_ARGS"),
            ("context", "steps.pushWithBuildx.spec.with.CONTEXT"),
            ("dockerfile", "steps.pushWithBuildx.spec.with.DOCKERFILE"),
            ("imageName", "steps.pushWithBuildx.spec.with.REPO"),
            ("labels", "steps.pushWithBuildx.spec.with.CUSTOM_LABELS"),
            ("registry", "steps.pushWithBuildx.spec.with.REGISTRY"),
            (
                "subscriptionId",
                "steps.pushWithBuildx.spec.with.SUBSCRIPTION_ID",
            ),
            ("tags", "steps.pushWithBuildx.spec.with.TAGS"),
            ("target", "steps.pushWithBuildx.spec.with.TARGET"),
        ],
    ),
    (
        "BuildAndPushDockerRegistry",
        &[
            ("buildArgs", "steps.pushWithBuildx.spec.with.BUILD_ARGS"),
            ("context", "steps.pushWithBuildx.spec.with.CONTEXT"),
            ("dockerfile", "steps.pushWithBuildx.spec.with.DOCKERFILE"),
            ("labels", "steps.pushWithBuildx.spec.with.CUSTOM_LABELS"),
            ("repo", "steps.pushWithBuildx.spec.with.REPO"),
            ("resources.limits.cpu", "spec.container.cpu"),
            ("resources.limits.memory", "spec.container.memory"),
            ("runAsUser", "spec.container.user"),
            ("tags", "steps.pushWithBuildx.spec.with.TAGS"),
            ("target", "steps.pushWithBuildx.spec.with.TARGET"),
        ],
    ),
    (
        "BuildAndPushECR",
        &[
            ("buildArgs", "steps.pushWithBuildx.spec.with.BUILD_ARGS"),
            ("context", "steps.pushWithBuildx.spec.with.CONTEXT"),
            ("dockerfile", "steps.pushWithBuildx.spec.with.DOCKERFILE"),
            ("imageName", "steps.pushWithBuildx.spec.with.REPO"),
            ("labels", "steps.pushWithBuildx.spec.with.CUSTOM_LABELS"),
            ("region", "steps.pushWithBuildx.spec.with.REGION"),
            ("tags", "steps.pushWithBuildx.spec.with.TAGS"),
            ("target", "steps.pushWithBuildx.spec.with.TARGET"),
        ],
    ),
    (
        "BuildAndPushGAR",
        &[
            ("buildArgs", "steps.pushWithBuildx.spec.with.BUILD_ARGS"),
            ("context", "steps.pushWithBuildx.spec.with.CONTEXT"),
            ("dockerfile", "steps.pushWithBuildx.spec.with.DOCKERFILE"),
            ("imageName", "steps.pushWithBuildx.spec.with.REPO"),
            ("labels", "steps.pushWithBuildx.spec.with.CUSTOM_LABELS"),
            ("tags", "steps.pushWithBuildx.spec.with.TAGS"),
            ("target", "steps.pushWithBuildx.spec.with.TARGET"),
        ],
    ),
    (
        "Container",
        &[
            ("command", "spec.script"),
            ("connectorRef", "spec.container.connector"),
            ("entrypoint", "spec.container.entrypoint"),
            ("envVariables", "spec.env"),
            ("image", "spec.container.image"),
            ("imagePullPolicy", "spec.container.pull"),
            ("outputVariables", "spec.output"),
            ("outputVariables[i].name", "spec.output[i].alias"),
            ("outputVariables[i].value", "spec.output[i].name"),
            ("privileged", "spec.container.privileged"),
            ("runAsUser", "spec.container.user"),
            ("shell", "spec.shell"),
        ],
    ),
    (
        "CustomApproval",
        &[
            ("environmentVariables.*", "spec.with.run.env.*"),
            ("outputVariables", "spec.with.run.outputs"),
            ("retryInterval", "spec.with.retry"),
            ("scriptTimeout", "spec.with.script-timeout"),
            ("shell", "spec.with.run.shell"),
            ("source.spec.script", "spec.with.run.script"),
        ],
    ),
    (
        "Email",
        &[
            ("body", "steps.email.spec.env.PLUGIN_BODY"),
            ("cc", "steps.email.spec.env.PLUGIN_CC_EMAIL_IDS"),
            ("ccUserGroups", "steps.email.spec.env.PLUGIN_CC_USER_GROUPS"),
            ("subject", "steps.email.spec.env.PLUGIN_SUBJECT"),
            ("to", "steps.email.spec.env.PLUGIN_EMAIL_IDS"),
            ("toUserGroups", "steps.email.spec.env.PLUGIN_TO_USER_GROUPS"),
        ],
    ),
    (
        "GCSUpload",
        &[
            ("bucket", "steps.gcsUpload.spec.with.BUCKET"),
            ("sourcePath", "steps.gcsUpload.spec.with.SOURCE"),
            ("target", "steps.gcsUpload.spec.with.TARGET"),
        ],
    ),
    (
        "GitClone",
        &[
            (
                "build.spec.branch",
                "steps.gitClone.spec.env.DRONE_COMMIT_BRANCH",
            ),
            (
                "build.spec.commitSha",
                "steps.gitClone.spec.env.DRONE_COMMIT_SHA",
            ),
            ("build.spec.tag", "steps.gitClone.spec.env.DRONE_TAG"),
            ("cloneDirectory", "steps.gitClone.spec.env.DRONE_WORKSPACE"),
            ("debug", "steps.gitClone.spec.env.DRONE_NETRC_DEBUG"),
            ("depth", "steps.gitClone.spec.with.DEPTH"),
            (
                "fetchTags",
                "steps.gitClone.spec.env.DRONE_NETRC_FETCH_TAGS",
            ),
            ("lfs", "steps.gitClone.spec.env.DRONE_NETRC_LFS_ENABLED"),
            (
                "outputFilePathsContent",
                "steps.gitClone.spec.with.OUTPUT_FILE_PATHS_CONTENT",
            ),
            (
                "preFetchCommand",
                "steps.gitClone.spec.env.DRONE_NETRC_PRE_FETCH",
            ),
            (
                "sparseCheckout",
                "steps.gitClone.spec.env.DRONE_NETRC_SPARSE_CHECKOUT",
            ),
            (
                "submoduleStrategy",
                "steps.gitClone.spec.env.DRONE_NETRC_SUBMODULE_STRATEGY",
            ),
        ],
    ),
    (
        "HarnessApproval",
        &[
            ("approvalMessage", "spec.with.message"),
            (
                "approvers.disallowPipelineExecutor",
                "spec.with.block-executor",
            ),
            ("approvers.minimumCount", "spec.with.approvers-min-count"),
            ("approvers.userGroups", "spec.with.user-groups"),
            ("autoApproval.comments", "spec.with.comments"),
            ("autoApproval.scheduledDeadline.time", "spec.with.deadline"),
            (
                "autoApproval.scheduledDeadline.timeZone",
                "spec.with.timezone",
            ),
            (
                "includePipelineExecutionHistory",
                "spec.with.execution-details",
            ),
            ("isAutoRejectEnabled", "spec.with.auto-reject"),
        ],
    ),
    (
        "HelmBGDeploy",
        &[
            (
                "environmentVariables",
                "steps.helmBluegreenDeployAction.spec.env.PLUGIN_ENV_VARS",
            ),
            (
                "flags",
                "steps.helmBluegreenDeployAction.spec.env.PLUGIN_FLAGS",
            ),
            (
                "ignoreReleaseHistFailStatus",
                "steps.helmBluegreenDeployAction.spec.env.PLUGIN_IGNORE_HISTORY_FAILURE",
            ),
            (
                "skipSteadyStateCheck",
                "steps.helmBluegreenDeployAction.spec.env.PLUGIN_SKIP_STEADY_STATE_CHECK",
            ),
        ],
    ),
    (
        "HelmBlueGreenSwapStep",
        &[(
            "flags",
            "steps.helmBluegreenSwapAction.spec.env.PLUGIN_FLAGS",
        )],
    ),
    ("HelmCanaryDelete", &[]),
    (
        "HelmCanaryDeploy",
        &[
            (
                "environmentVariables",
                "steps.helmBasicDeployAction.spec.env.PLUGIN_ENV_VARS",
            ),
            ("flags", "steps.helmBasicDeployAction.spec.env.PLUGIN_FLAGS"),
            (
                "ignoreReleaseHistFailStatus",
                "steps.helmBasicDeployAction.spec.env.PLUGIN_IGNORE_HISTORY_FAILURE",
            ),
            (
                "instanceSelection.spec.count",
                "steps.helmBasicDeployAction.spec.env.PLUGIN_INSTANCES",
            ),
            (
                "instanceSelection.spec.percentage",
                "steps.helmBasicDeployAction.spec.env.PLUGIN_INSTANCES",
            ),
            (
                "instanceSelection.type",
                "steps.helmBasicDeployAction.spec.env.PLUGIN_INSTANCES_UNIT_TYPE",
            ),
            (
                "skipSteadyStateCheck",
                "steps.helmBasicDeployAction.spec.env.PLUGIN_SKIP_STEADY_STATE_CHECK",
            ),
        ],
    ),
    (
        "HelmDelete",
        &[
            (
                "commandFlags",
                "steps.helmUninstallAction.spec.env.PLUGIN_FLAGS",
            ),
            (
                "dryRun",
                "steps.helmUninstallAction.spec.env.PLUGIN_DRY_RUN",
            ),
            (
                "environmentVariables",
                "steps.helmUninstallAction.spec.env.PLUGIN_ENV_VARS",
            ),
            (
                "releaseName",
                "steps.helmUninstallAction.spec.env.PLUGIN_RELEASE_NAME",
            ),
        ],
    ),
    (
        "HelmDeploy",
        &[
            (
                "environmentVariables",
                "steps.helmBasicDeployAction.spec.env.PLUGIN_ENV_VARS",
            ),
            ("flags", "steps.helmBasicDeployAction.spec.env.PLUGIN_FLAGS"),
            (
                "ignoreReleaseHistFailStatus",
                "steps.helmBasicDeployAction.spec.env.PLUGIN_IGNORE_HISTORY_FAILURE",
            ),
            (
                "skipSteadyStateCheck",
                "steps.helmBasicDeployAction.spec.env.PLUGIN_SKIP_STEADY_STATE_CHECK",
            ),
        ],
    ),
    (
        "HelmRollback",
        &[
            (
                "environmentVariables",
                "steps.helmRollbackAction.spec.env.PLUGIN_ENV_VARS",
            ),
            ("flags", "steps.helmRollbackAction.spec.env.PLUGIN_FLAGS"),
            (
                "skipSteadyStateCheck",
                "steps.helmRollbackAction.spec.env.PLUGIN_SKIP_STEADY_STATE_CHECK",
            ),
        ],
    ),
    (
        "Http",
        &[
            ("assertion", "spec.env.PLUGIN_ASSERTION"),
            ("certificate", "spec.env.PLUGIN_CLIENT_CERT"),
            ("certificateKey", "spec.env.PLUGIN_CLIENT_KEY"),
            ("headers", "spec.env.PLUGIN_HEADERS"),
            ("inputVariables", "spec.env.PLUGIN_ENV_VARS"),
            ("method", "spec.env.PLUGIN_METHOD"),
            ("outputVariables", "spec.env.PLUGIN_OUTPUT_VARS"),
            ("requestBody", "spec.env.PLUGIN_BODY"),
            ("url", "spec.env.PLUGIN_URL"),
        ],
    ),
    (
        "IACMOpenTofuPlugin",
        &[
            ("command", "spec.with.COMMAND"),
            ("importVars", "spec.with.IMPORT"),
            ("replace", "spec.with.PLAN_REPLACE"),
            ("target", "spec.with.PLAN_TARGET"),
        ],
    ),
    (
        "IACMTerraformPlugin",
        &[
            ("command", "spec.with.COMMAND"),
            ("importVars", "spec.with.IMPORT"),
            ("replace", "spec.with.PLAN_REPLACE"),
            ("target", "spec.with.PLAN_TARGET"),
        ],
    ),
    (
        "JiraApproval",
        &[
            ("connectorRef", "spec.with.run.env.PLUGIN_HARNESS_CONNECTOR"),
            ("issueKey", "spec.with.run.env.PLUGIN_ISSUE_KEY"),
            ("retryInterval", "spec.with.retry"),
        ],
    ),
    (
        "JiraCreate",
        &[
            (
                "connectorRef",
                "steps.jiraCreate.spec.env.PLUGIN_HARNESS_CONNECTOR",
            ),
            ("fields", "steps.jiraCreate.spec.env.PLUGIN_FIELDS"),
            ("issueType", "steps.jiraCreate.spec.env.PLUGIN_ISSUE_TYPE"),
            ("projectKey", "steps.jiraCreate.spec.env.PLUGIN_PROJECT"),
        ],
    ),
    (
        "JiraUpdate",
        &[
            (
                "connectorRef",
                "steps.jiraUpdate.spec.env.PLUGIN_HARNESS_CONNECTOR",
            ),
            ("fields", "steps.jiraUpdate.spec.env.PLUGIN_FIELDS"),
            ("issueKey", "steps.jiraUpdate.spec.env.PLUGIN_ISSUE_KEY"),
            (
                "transitionTo.status",
                "steps.jiraUpdate.spec.env.PLUGIN_TRANSITION_STATUS",
            ),
            (
                "transitionTo.transitionName",
                "steps.jiraUpdate.spec.env.PLUGIN_TRANSITION",
            ),
        ],
    ),
    (
        "K8sApply",
        &[
            (
                "filePaths",
                "steps.k8sApplyAction.spec.env.PLUGIN_MANIFEST_PATH",
            ),
            ("flags", "steps.k8sApplyAction.spec.env.PLUGIN_FLAGS_JSON"),
            (
                "skipDryRun",
                "steps.k8sApplyAction.spec.env.PLUGIN_SKIP_DRY_RUN",
            ),
        ],
    ),
    (
        "K8sBGSwapServices",
        &[
            (
                "is_openshift",
                "steps.k8sBlueGreenSwapServicesSelectorsAction.spec.env.HARNESS_IS_OPENSHIFT",
            ),
            (
                "stable_service",
                "steps.k8sBlueGreenSwapServicesSelectorsAction.spec.env.PLUGIN_STABLE_SERVICE",
            ),
            (
                "stage_service",
                "steps.k8sBlueGreenSwapServicesSelectorsAction.spec.env.PLUGIN_STAGE_SERVICE",
            ),
        ],
    ),
    (
        "K8sBlueGreenDeploy",
        &[
            ("flags", "steps.k8sApplyAction.spec.env.PLUGIN_FLAGS_JSON"),
            (
                "pruningEnabled",
                "steps.k8sApplyAction.spec.env.PLUGIN_RELEASE_PRUNING_ENABLED",
            ),
            (
                "skipDryRun",
                "steps.k8sApplyAction.spec.env.PLUGIN_SKIP_DRY_RUN",
            ),
            (
                "skipUnchangedManifest",
                "steps.k8sBlueGreenPrepareAction.spec.env.PLUGIN_SKIP_UNCHANGED_MANIFEST",
            ),
            (
                "trafficRouting.provider",
                "steps.k8sTrafficRoutingAction.spec.env.PLUGIN_PROVIDER",
            ),
            (
                "trafficRouting.spec.gateways",
                "steps.k8sTrafficRoutingAction.spec.env.PLUGIN_GATEWAYS",
            ),
            (
                "trafficRouting.spec.hosts",
                "steps.k8sTrafficRoutingAction.spec.env.PLUGIN_HOSTNAMES",
            ),
            (
                "trafficRouting.spec.name",
                "steps.k8sTrafficRoutingAction.spec.env.PLUGIN_RESOURCE_NAME",
            ),
            (
                "trafficRouting.spec.routes",
                "steps.k8sTrafficRoutingAction.spec.env.PLUGIN_ROUTES",
            ),
        ],
    ),
    ("K8sBlueGreenStageScaleDown", &[]),
    (
        "K8sCanaryDelete",
        &[
            (
                "is_openshift",
                "steps.k8sCanaryDeleteAction.spec.env.HARNESS_IS_OPENSHIFT",
            ),
            (
                "resources",
                "steps.k8sCanaryDeleteAction.spec.env.PLUGIN_RESOURCES",
            ),
        ],
    ),
    (
        "K8sCanaryDeploy",
        &[
            ("flags", "steps.k8sApplyAction.spec.env.PLUGIN_FLAGS_JSON"),
            (
                "instanceSelection.spec.count",
                "steps.k8sCanaryPrepareAction.spec.env.PLUGIN_INSTANCES",
            ),
            (
                "instanceSelection.spec.percentage",
                "steps.k8sCanaryPrepareAction.spec.env.PLUGIN_INSTANCES",
            ),
            (
                "instanceSelection.type",
                "steps.k8sCanaryPrepareAction.spec.env.PLUGIN_INSTANCES_UNIT_TYPE",
            ),
            (
                "skipDryRun",
                "steps.k8sApplyAction.spec.env.PLUGIN_SKIP_DRY_RUN",
            ),
            (
                "trafficRouting.provider",
                "steps.k8sTrafficRoutingAction.spec.env.PLUGIN_PROVIDER",
            ),
            (
                "trafficRouting.spec.gateways",
                "steps.k8sTrafficRoutingAction.spec.env.PLUGIN_GATEWAYS",
            ),
            (
                "trafficRouting.spec.hosts",
                "steps.k8sTrafficRoutingAction.spec.env.PLUGIN_HOSTNAMES",
            ),
            (
                "trafficRouting.spec.name",
                "steps.k8sTrafficRoutingAction.spec.env.PLUGIN_RESOURCE_NAME",
            ),
        ],
    ),
    (
        "K8sDelete",
        &[
            (
                "deleteResources.spec.deleteNamespace",
                "steps.k8sDeleteAction.spec.env.PLUGIN_INCLUDE_NAMESPACES",
            ),
            (
                "deleteResources.spec.manifestPaths",
                "steps.k8sDeleteAction.spec.env.PLUGIN_MANIFESTS",
            ),
            (
                "deleteResources.spec.resourceNames",
                "steps.k8sDeleteAction.spec.env.PLUGIN_RESOURCES",
            ),
            ("flags", "steps.k8sDeleteAction.spec.env.PLUGIN_FLAGS_JSON"),
        ],
    ),
    ("K8sDiff", &[]),
    (
        "K8sDryRun",
        &[(
            "encryptYamlOutput",
            "steps.k8sDryRunAction.spec.env.PLUGIN_ENCRYPT_YAML_OUTPUT",
        )],
    ),
    (
        "K8sPatch",
        &[
            (
                "mergeStrategyType",
                "steps.k8sPatchAction.spec.env.PLUGIN_MERGE_STRATEGY",
            ),
            (
                "source.spec.content",
                "steps.k8sPatchAction.spec.env.PLUGIN_CONTENT",
            ),
            ("workload", "steps.k8sPatchAction.spec.env.PLUGIN_WORKLOAD"),
        ],
    ),
    (
        "K8sRollingDeploy",
        &[
            ("flags", "steps.k8sApplyAction.spec.env.PLUGIN_FLAGS_JSON"),
            (
                "pruningEnabled",
                "steps.k8sRollingPrepareAction.spec.env.PLUGIN_PRUNING_ENABLED",
            ),
            (
                "skipDryRun",
                "steps.k8sApplyAction.spec.env.PLUGIN_SKIP_DRY_RUN",
            ),
        ],
    ),
    (
        "K8sRollingRollback",
        &[
            (
                "flags",
                "steps.k8sRollingRollbackAction.spec.env.PLUGIN_FLAGS_JSON",
            ),
            (
                "pruningEnabled",
                "steps.k8sRollingRollbackAction.spec.env.PLUGIN_PRUNING",
            ),
        ],
    ),
    (
        "K8sRollout",
        &[
            ("command", "steps.k8sRolloutStep.spec.env.PLUGIN_COMMAND"),
            ("flags", "steps.k8sRolloutStep.spec.env.PLUGIN_FLAGS_JSON"),
            (
                "resources.spec.manifestPaths",
                "steps.k8sRolloutStep.spec.env.PLUGIN_MANIFESTS",
            ),
            (
                "resources.spec.resourceNames",
                "steps.k8sRolloutStep.spec.env.PLUGIN_RESOURCES",
            ),
        ],
    ),
    (
        "K8sScale",
        &[
            (
                "instanceSelection.spec.count",
                "steps.k8sScaleAction.spec.env.PLUGIN_INSTANCES",
            ),
            (
                "instanceSelection.spec.percentage",
                "steps.k8sScaleAction.spec.env.PLUGIN_INSTANCES",
            ),
            (
                "instanceSelection.type",
                "steps.k8sScaleAction.spec.env.PLUGIN_INSTANCES_UNIT_TYPE",
            ),
            ("workload", "steps.k8sScaleAction.spec.env.PLUGIN_WORKLOAD"),
        ],
    ),
    (
        "K8sTrafficRouting",
        &[
            (
                "trafficRouting.provider",
                "steps.k8sTrafficShiftAction.spec.env.PLUGIN_PROVIDER",
            ),
            (
                "trafficRouting.spec.gateways",
                "steps.k8sTrafficShiftAction.spec.env.PLUGIN_GATEWAYS",
            ),
            (
                "trafficRouting.spec.hosts",
                "steps.k8sTrafficShiftAction.spec.env.PLUGIN_HOSTNAMES",
            ),
            (
                "trafficRouting.spec.name",
                "steps.k8sTrafficShiftAction.spec.env.PLUGIN_RESOURCE_NAME",
            ),
            (
                "trafficRouting.spec.routes",
                "steps.k8sTrafficShiftAction.spec.env.PLUGIN_ROUTES",
            ),
        ],
    ),
    (
        "Plugin",
        &[
            ("connectorRef", "spec.container.connector"),
            ("entrypoint", "spec.container.entrypoint"),
            ("envVariables", "spec.env"),
            ("image", "spec.container.image"),
            ("imagePullPolicy", "spec.container.pull"),
            ("privileged", "spec.container.privileged"),
            ("reports", "spec.report"),
            ("resources.limits.cpu", "spec.container.cpu"),
            ("resources.limits.memory", "spec.container.memory"),
            ("runAsUser", "spec.container.user"),
            ("settings", "spec.with"),
        ],
    ),
    ("Queue", &[("key", "spec.key"), ("scope", "spec.scope")]),
    (
        "RestoreCacheGCS",
        &[
            (
                "archiveFormat",
                "steps.restoreCacheGCS.spec.with.ARCHIVE_FORMAT",
            ),
            ("bucket", "steps.restoreCacheGCS.spec.with.BUCKET"),
            (
                "failIfKeyNotFound",
                "steps.restoreCacheGCS.spec.with.FAIL_RESTORE_IF_KEY_NOT_PRESENT",
            ),
            ("key", "steps.restoreCacheGCS.spec.with.CACHE_KEY"),
        ],
    ),
    (
        "RestoreCacheS3",
        &[
            (
                "archiveFormat",
                "steps.restoreCacheS3.spec.with.ARCHIVE_FORMAT",
            ),
            ("bucket", "steps.restoreCacheS3.spec.with.BUCKET"),
            ("endpoint", "steps.restoreCacheS3.spec.with.ENDPOINT"),
            (
                "failIfKeyNotFound",
                "steps.restoreCacheS3.spec.with.FAIL_RESTORE_IF_KEY_NOT_PRESENT",
            ),
            ("key", "steps.restoreCacheS3.spec.with.CACHE_KEY"),
            ("pathStyle", "steps.restoreCacheS3.spec.with.PATH_STYLE"),
            ("region", "steps.restoreCacheS3.spec.with.REGION"),
        ],
    ),
    (
        "Run",
        &[
            ("command", "spec.script"),
            ("connectorRef", "spec.container.connector"),
            ("envVariables", "spec.env"),
            ("image", "spec.container.image"),
            ("imagePullPolicy", "spec.container.pull"),
            ("outputVariables", "spec.output"),
            ("outputVariables[i].name", "spec.output[i].alias"),
            ("outputVariables[i].value", "spec.output[i].name"),
            ("privileged", "spec.container.privileged"),
            ("reports", "spec.report"),
            ("resources.limits.cpu", "spec.container.cpu"),
            ("resources.limits.memory", "spec.container.memory"),
            ("runAsUser", "spec.container.user"),
            ("shell", "spec.shell"),
        ],
    ),
    (
        "RunTests",
        &[
            ("connectorRef", "spec.container.connector"),
            ("envVariables", "spec.env"),
            ("image", "spec.container.image"),
            ("imagePullPolicy", "spec.container.pull"),
            ("outputVariables", "spec.output"),
            ("outputVariables[i].name", "spec.output[i].alias"),
            ("outputVariables[i].value", "spec.output[i].name"),
            ("privileged", "spec.container.privileged"),
            ("reports", "spec.report"),
            ("resources.limits.cpu", "spec.container.cpu"),
            ("resources.limits.memory", "spec.container.memory"),
            ("runAsUser", "spec.container.user"),
            ("shell", "spec.shell"),
            ("testGlobs", "spec.match"),
        ],
    ),
    (
        "S3Upload",
        &[
            ("bucket", "steps.s3Upload.spec.with.BUCKET"),
            ("endpoint", "steps.s3Upload.spec.with.ENDPOINT"),
            ("region", "steps.s3Upload.spec.with.REGION"),
            ("sourcePath", "steps.s3Upload.spec.with.SOURCE"),
            ("target", "steps.s3Upload.spec.with.TARGET"),
        ],
    ),
    (
        "SaveCacheGCS",
        &[
            (
                "archiveFormat",
                "steps.saveCacheGCS.spec.with.ARCHIVE_FORMAT",
            ),
            ("bucket", "steps.saveCacheGCS.spec.with.BUCKET"),
            ("key", "steps.saveCacheGCS.spec.with.CACHE_KEY"),
            ("override", "steps.saveCacheGCS.spec.with.OVERRIDE"),
            ("sourcePaths", "steps.saveCacheGCS.spec.with.MOUNT"),
        ],
    ),
    (
        "SaveCacheS3",
        &[
            (
                "archiveFormat",
                "steps.saveCacheS3.spec.with.ARCHIVE_FORMAT",
            ),
            ("bucket", "steps.saveCacheS3.spec.with.BUCKET"),
            ("endpoint", "steps.saveCacheS3.spec.with.ENDPOINT"),
            ("key", "steps.saveCacheS3.spec.with.CACHE_KEY"),
            ("override", "steps.saveCacheS3.spec.with.OVERRIDE"),
            ("pathStyle", "steps.saveCacheS3.spec.with.PATH_STYLE"),
            ("region", "steps.saveCacheS3.spec.with.REGION"),
            ("sourcePaths", "steps.saveCacheS3.spec.with.MOUNT"),
        ],
    ),
    (
        "ServiceNowApproval",
        &[
            ("changeWindow.endField", "spec.with.change-window.end"),
            ("changeWindow.startField", "spec.with.change-window.start"),
            ("connectorRef", "spec.with.run.env.PLUGIN_HARNESS_CONNECTOR"),
            ("retryInterval", "spec.with.retry"),
            ("ticketNumber", "spec.with.run.env.PLUGIN_TICKET_NUMBER"),
            ("ticketType", "spec.with.run.env.PLUGIN_TICKET_TYPE"),
        ],
    ),
    (
        "ServiceNowCreate",
        &[
            (
                "connectorRef",
                "steps.create.spec.env.PLUGIN_HARNESS_CONNECTOR",
            ),
            ("fields", "steps.create.spec.env.PLUGIN_FIELDS"),
            ("ticketType", "steps.create.spec.env.PLUGIN_TICKET_TYPE"),
        ],
    ),
    (
        "ServiceNowUpdate",
        &[
            (
                "connectorRef",
                "steps.update.spec.env.PLUGIN_HARNESS_CONNECTOR",
            ),
            ("fields", "steps.update.spec.env.PLUGIN_FIELDS"),
            ("ticketNumber", "steps.update.spec.env.PLUGIN_TICKET_NUMBER"),
            ("ticketType", "steps.update.spec.env.PLUGIN_TICKET_TYPE"),
        ],
    ),
    (
        "ShellScript",
        &[
            ("environmentVariables.*", "spec.env.*"),
            ("outputVariables", "spec.output"),
            ("outputVariables[i].name", "spec.output[i].alias"),
            ("outputVariables[i].value", "spec.output[i].name"),
            ("shell", "spec.shell"),
            ("source.spec.script", "spec.script"),
        ],
    ),
    (
        "ShellScriptProvision",
        &[
            ("environmentVariables.*", "spec.env.*"),
            ("source.spec.script", "spec.script"),
        ],
    ),
    (
        "Test",
        &[
            ("command", "spec.script"),
            ("connectorRef", "spec.container.connector"),
            ("envVariables", "spec.env"),
            ("globs", "spec.match"),
            ("image", "spec.container.image"),
            ("imagePullPolicy", "spec.container.pull"),
            ("outputVariables", "spec.output"),
            ("outputVariables[i].name", "spec.output[i].alias"),
            ("outputVariables[i].value", "spec.output[i].name"),
            ("privileged", "spec.container.privileged"),
            ("reports", "spec.report"),
            ("resources.limits.cpu", "spec.container.cpu"),
            ("resources.limits.memory", "spec.container.memory"),
            ("runAsUser", "spec.container.user"),
            ("shell", "spec.shell"),
        ],
    ),
    ("Wait", &[("duration", "spec.duration")]),
];

/// Outputs of steps, behind `output`, by step type in the order of the alphabet.
pub(super) const OUTPUTS: &[OfType] = &[
    (
        "HelmBGDeploy",
        &[
            (
                "primaryColor",
                "steps.helmBluegreenDeployAction.output.outputVariables.PLUGIN_STABLE_COLOR",
            ),
            (
                "primaryServiceNames",
                "steps.helmBluegreenDeployAction.output.outputVariables.PLUGIN_STABLE_SERVICE",
            ),
            (
                "releaseName",
                "steps.helmBluegreenDeployAction.output.outputVariables.PLUGIN_RELEASE_NAME",
            ),
            (
                "releaseNumber",
                "steps.helmBluegreenDeployAction.output.outputVariables.PLUGIN_NEW_RELEASE_REVISION",
            ),
            (
                "stageColor",
                "steps.helmBluegreenDeployAction.output.outputVariables.PLUGIN_STAGE_COLOR",
            ),
            (
                "stageServiceNames",
                "steps.helmBluegreenDeployAction.output.outputVariables.PLUGIN_STAGE_SERVICE",
            ),
        ],
    ),
    (
        "HelmCanaryDeploy",
        &[
            (
                "canaryWorkload",
                "steps.helmCanaryDeployAction.output.outputVariables.PLUGIN_WORKLOADS",
            ),
            (
                "previousReleaseVersion",
                "steps.helmCanaryDeployAction.output.outputVariables.PLUGIN_PREVIOUS_RELEASE_REVISION",
            ),
            (
                "releaseName",
                "steps.helmCanaryDeployAction.output.outputVariables.PLUGIN_CANARY_RELEASE_NAME",
            ),
        ],
    ),
    (
        "HelmDeploy",
        &[
            (
                "containerInfoList",
                "steps.helmBasicDeployAction.output.outputVariables.PLUGIN_CONTAINER_INFO_LIST",
            ),
            (
                "newReleaseVersion",
                "steps.helmBasicDeployAction.output.outputVariables.PLUGIN_NEW_RELEASE_REVISION",
            ),
            (
                "prevReleaseVersion",
                "steps.helmBasicDeployAction.output.outputVariables.PLUGIN_PREVIOUS_RELEASE_REVISION",
            ),
            (
                "releaseName",
                "steps.helmBasicDeployAction.output.outputVariables.PLUGIN_RELEASE_NAME",
            ),
        ],
    ),
    (
        "HelmRollback",
        &[
            (
                "containerInfoList",
                "steps.helmRollbackAction.output.outputVariables.PLUGIN_CONTAINER_INFO_LIST",
            ),
            (
                "newReleaseVersion",
                "steps.helmRollbackAction.output.outputVariables.PLUGIN_NEW_RELEASE_REVISION",
            ),
            (
                "releaseName",
                "steps.helmRollbackAction.output.outputVariables.PLUGIN_RELEASE_NAME",
            ),
            (
                "rollbackVersion",
                "steps.helmRollbackAction.output.outputVariables.PLUGIN_ROLLBACK_RELEASE_REVISION",
            ),
        ],
    ),
    (
        "Http",
        &[
            (
                "httpMethod",
                "steps.httpStep.output.outputVariables.PLUGIN_HTTP_METHOD",
            ),
            (
                "httpResponseBody",
                "steps.httpStep.output.outputVariables.PLUGIN_HTTP_RESPONSE_BODY_BYTES",
            ),
            (
                "httpResponseCode",
                "steps.httpStep.output.outputVariables.PLUGIN_HTTP_RESPONSE_CODE",
            ),
            (
                "httpUrl",
                "steps.httpStep.output.outputVariables.PLUGIN_HTTP_URL",
            ),
            (
                "responseHeaders",
                "steps.httpStep.output.outputVariables.PLUGIN_RESPONSE_HEADERS",
            ),
            (
                "status",
                "steps.httpStep.output.outputVariables.PLUGIN_EXECUTION_STATUS",
            ),
        ],
    ),
    (
        "K8sApply",
        &[
            (
                "customWorkloads",
                "steps.k8sApplyAction.output.outputVariables.PLUGIN_CUSTOM_WORKLOADS",
            ),
            (
                "existingPodNames",
                "steps.k8sApplyAction.output.outputVariables.PLUGIN_EXISTING_POD_NAMES",
            ),
            (
                "existingPods",
                "steps.k8sApplyAction.output.outputVariables.PLUGIN_EXISTING_PODS",
            ),
            (
                "instances",
                "steps.k8sApplySteadyStateCheckAction.output.outputVariables.HARNESS_INSTANCES",
            ),
            (
                "isOpenshift",
                "steps.k8sApplyAction.output.outputVariables.HARNESS_IS_OPENSHIFT",
            ),
            (
                "managedWorkloads",
                "steps.k8sApplyAction.output.outputVariables.PLUGIN_MANAGED_WORKLOADS",
            ),
            (
                "manifestOutputFilePath",
                "steps.k8sApplyAction.output.outputVariables.PLUGIN_MANIFEST_OUTPUT_FILE_PATH",
            ),
            (
                "pods",
                "steps.k8sApplySteadyStateCheckAction.output.outputVariables.PLUGIN_PODS",
            ),
            (
                "releaseName",
                "steps.k8sApplyAction.output.outputVariables.PLUGIN_RELEASE_NAME",
            ),
            (
                "releaseNumber",
                "steps.k8sApplyAction.output.outputVariables.PLUGIN_RELEASE_NUMBER",
            ),
            (
                "resources",
                "steps.k8sApplyAction.output.outputVariables.PLUGIN_RESOURCES",
            ),
            (
                "skipped",
                "steps.k8sApplySteadyStateCheckAction.output.outputVariables.PLUGIN_SKIPPED",
            ),
        ],
    ),
    (
        "K8sBGSwapServices",
        &[
            (
                "primaryColor",
                "steps.k8sBlueGreenSwapServicesSelectorsAction.output.outputVariables.PLUGIN_PRIMARY_COLOR",
            ),
            (
                "stableService",
                "steps.k8sBlueGreenSwapServicesSelectorsAction.output.outputVariables.PLUGIN_STABLE_SERVICE",
            ),
            (
                "stageColor",
                "steps.k8sBlueGreenSwapServicesSelectorsAction.output.outputVariables.PLUGIN_STAGE_COLOR",
            ),
            (
                "stageService",
                "steps.k8sBlueGreenSwapServicesSelectorsAction.output.outputVariables.PLUGIN_STAGE_SERVICE",
            ),
        ],
    ),
    (
        "K8sBlueGreenDeploy",
        &[
            (
                "primaryServiceName",
                "steps.k8sBlueGreenPrepareAction.output.outputVariables.PLUGIN_STABLE_SERVICE",
            ),
            (
                "prunedResourceIds",
                "steps.k8sBlueGreenPrepareAction.output.outputVariables.PLUGIN_RESOURCES_FOR_PRUNING",
            ),
            (
                "releaseName",
                "steps.k8sApplyAction.output.outputVariables.PLUGIN_RELEASE_NAME",
            ),
            (
                "releaseNumber",
                "steps.k8sBlueGreenPrepareAction.output.outputVariables.PLUGIN_RELEASE_NUMBER",
            ),
            (
                "stageDeploymentSkipped",
                "steps.k8sBlueGreenPrepareAction.output.outputVariables.PLUGIN_SKIPPED",
            ),
            (
                "stageServiceName",
                "steps.k8sBlueGreenPrepareAction.output.outputVariables.PLUGIN_STAGE_SERVICE",
            ),
        ],
    ),
    (
        "K8sBlueGreenStageScaleDown",
        &[(
            "scaledResources",
            "steps.k8sBlueGreenStageScaleDownAction.output.outputVariables.PLUGIN_SCALED_RESOURCES",
        )],
    ),
    (
        "K8sCanaryDeploy",
        &[
            (
                "canaryWorkload",
                "steps.k8sCanaryPrepareAction.output.outputVariables.PLUGIN_CANARY_WORKLOADS",
            ),
            (
                "releaseName",
                "steps.k8sApplyAction.output.outputVariables.PLUGIN_RELEASE_NAME",
            ),
            (
                "releaseNumber",
                "steps.k8sCanaryPrepareAction.output.outputVariables.PLUGIN_RELEASE_NUMBER",
            ),
            (
                "targetInstances",
                "steps.k8sCanaryPrepareAction.output.outputVariables.PLUGIN_TARGET_INSTANCES",
            ),
        ],
    ),
    (
        "K8sDryRun",
        &[(
            "manifestDryRun",
            "steps.k8sDryRunAction.output.outputVariables.PLUGIN_MANIFEST_OUTPUT_FILE_PATH",
        )],
    ),
    (
        "K8sRollingDeploy",
        &[
            (
                "prunedResourceIds",
                "steps.k8sRollingPrepareAction.output.outputVariables.PLUGIN_RESOURCES_FOR_PRUNING",
            ),
            (
                "releaseName",
                "steps.k8sApplyAction.output.outputVariables.PLUGIN_RELEASE_NAME",
            ),
            (
                "releaseNumber",
                "steps.k8sRollingPrepareAction.output.outputVariables.PLUGIN_RELEASE_NUMBER",
            ),
        ],
    ),
    (
        "K8sRollingRollback",
        &[(
            "recreatedResourceIds",
            "steps.k8sRollingRollbackAction.output.outputVariables.PLUGIN_RECREATED_RESOURCES",
        )],
    ),
    (
        "K8sScale",
        &[
            (
                "instances",
                "steps.k8sScaleAction.output.outputVariables.HARNESS_INSTANCES",
            ),
            (
                "pods",
                "steps.k8sScaleAction.output.outputVariables.PLUGIN_PODS",
            ),
        ],
    ),
    (
        "K8sTrafficRouting",
        &[
            (
                "manifestOutputFilePath",
                "steps.k8sTrafficShiftAction.output.outputVariables.PLUGIN_MANIFEST_OUTPUT_FILE_PATH",
            ),
            (
                "releaseNumber",
                "steps.k8sTrafficShiftAction.output.outputVariables.PLUGIN_RELEASE_NUMBER",
            ),
            (
                "resources",
                "steps.k8sTrafficShiftAction.output.outputVariables.PLUGIN_RESOURCES",
            ),
            (
                "resourcesForPruning",
                "steps.k8sTrafficShiftAction.output.outputVariables.PLUGIN_RESOURCES_FOR_PRUNING",
            ),
        ],
    ),
];
