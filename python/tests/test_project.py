"""Projects, pipelines, positions, plans and tests."""

import pipewright as pw
import pytest

RELEASE = """\
# \N{PARTY POPPER}
pipeline:
  identifier: release
  variables:
    - { name: tag, type: String, value: v1 }
  stages:
    - stage:
        identifier: Build
        type: Custom
        spec:
          execution:
            steps:
              - step: { identifier: Say, type: ShellScript, timeout: 10m, spec: { source: { spec: { script: echo <+pipeline.variables.tag> } } } }
    - stage:
        identifier: Deploy
        type: Custom
        when: { pipelineStatus: Success, condition: <+trigger.type> == 'Webhook' }
        spec: {}
"""
SAY = "pipeline.stages.Build.spec.execution.steps.Say"


@pytest.fixture
def project():
    project = pw.Project()
    project.set_text("ci/release.yaml", RELEASE)
    return project


@pytest.fixture
def pipeline(project):
    return project.pipeline("ci/release.yaml")


def test_texts(project):
    assert project.names() == ["ci/release.yaml"]
    project.set_text("other.yaml", "a: 1")
    assert project.remove("other.yaml") is True and project.remove("other.yaml") is False
    assert repr(project) == "<Project of 1 texts>"


def test_get(pipeline):
    named = pipeline.get(f"{SAY}.timeout")
    assert (named.value, named.file) == ("10m", "ci/release.yaml")
    assert RELEASE[named.start : named.end] == "10m"
    with pytest.raises(pw.Error) as caught:
        pipeline.get("pipeline.variables.tga")
    assert caught.value.kind == "not-found" and "pipeline.variables.tag" in caught.value.help


def test_positions(pipeline):
    say = pipeline.at(SAY)
    assert say.evaluate("<+step.identifier> + <+pipeline.variables.tag>") == "Sayv1"
    assert str(say.render("<+step.identifier>: <+env.name>", {"env": {"name": "qa"}})) == "Say: qa"
    assert say.condition("<+step.identifier> == 'Say'") is True
    line = next(at for at, text in enumerate(RELEASE.split("\n"), 1) if "identifier: Say" in text)
    assert pipeline.at_position(line, 30).evaluate("<+step.identifier>") == "Say"
    for wrong in (lambda: pipeline.at("Nobody"), lambda: pipeline.at_position(1, 1)):
        with pytest.raises(pw.Error) as caught:
            wrong()
        assert caught.value.kind == "not-found"


def test_runs(pipeline):
    deploy = pipeline.at("Deploy")
    assert "trigger.type" in deploy.runs().needs
    assert deploy.runs({"trigger.type": "Webhook"}).needs == ["pipeline.currentStatus"]
    assert deploy.runs({"trigger.type": "Manual"}) is False


def test_references(pipeline):
    references = {reference.path: reference for reference in pipeline.references()}
    tag = references["pipeline.variables.tag"]
    assert RELEASE[tag.start : tag.end] == "pipeline.variables.tag"
    assert (tag.to, tag.outcome) == ("pipeline.variables.tag", "resolved")
    assert tag.from_ == SAY and tag.file == "ci/release.yaml"
    assert references["trigger.type"].to is None


def test_plan(pipeline):
    plan = pipeline.plan()
    verdicts = {node.fqn: node.verdict for node in plan.nodes}
    assert verdicts["pipeline.stages.Deploy"] == "unknown"
    assert next(node.needs for node in plan.nodes if node.verdict == "unknown") == ["trigger.type"]

    plan = pipeline.plan({"trigger.type": "Webhook"}, fail=[SAY])
    assert plan.status == "FAILED"
    failed = plan.to_dict()["nodes"]
    say = next(node for node in failed if node["fqn"] == SAY)
    assert (say["verdict"], say["errorType"]) == ("failed", "Unknown")
    assert set(say) == {
        "fqn", "kind", "verdict", "status", "reason", "condition", "needs", "action", "attempts",
        "errorType", "within", "race", "rollback", "documented",
    }  # fmt: skip

    only = pipeline.plan({"trigger.type": "Webhook"}, only_stages=["Deploy"])
    assert {node.fqn: node.verdict for node in only.nodes}["pipeline.stages.Build"] != "runs"


@pytest.mark.parametrize(
    "asked", [{"fail": ["Nobody"]}, {"skip_stages": ["Nobody"]}, {"engine": "1999"}, {"reading": "mine"}]
)
def test_what_cannot_be_planned(pipeline, asked):
    with pytest.raises(pw.Error) as caught:
        pipeline.plan(**asked)
    assert caught.value.kind in ("not-found", "input")


def test_a_pipeline_stays_as_it_was(project, pipeline):
    project.set_text("ci/release.yaml", "pipeline: { identifier: other }")
    assert pipeline.get("pipeline.variables.tag").value == "v1"
    assert project.pipeline("ci/release.yaml").get("pipeline.identifier").value == "other"


def test_no_pipeline(project):
    project.set_text("values.yaml", "a: 1")
    for name in ("values.yaml", "nowhere.yaml"):
        with pytest.raises(pw.Error) as caught:
            project.pipeline(name)
        assert caught.value.kind == "not-found"


def test_open(tmp_path):
    (tmp_path / ".harness").mkdir()
    (tmp_path / ".harness" / "p.yaml").write_text(RELEASE, encoding="utf-8")
    project = pw.Project.open(tmp_path)
    assert project.names() == [".harness/p.yaml"]
    assert pw.Project.open(str(tmp_path)).pipeline(".harness/p.yaml").get(f"{SAY}.timeout").value == "10m"
    with pytest.raises(pw.Error) as caught:
        pw.Project.open(tmp_path / "nowhere")
    assert caught.value.kind == "not-found"


TESTS = """\
pipeline: release.yaml
tests:
  - name: a push deploys
    given: { trigger.type: Webhook }
    expect: { runs: [pipeline.stages.Deploy] }
  - name: by hand nothing is deployed
    expect: { skipped: [pipeline.stages.Deploy] }
"""


def test_run_tests(tmp_path):
    (tmp_path / "release.yaml").write_text(RELEASE, encoding="utf-8")
    (tmp_path / "release.test.yaml").write_text(TESTS, encoding="utf-8")
    report = pw.run_tests([tmp_path])
    assert (report.ok, report.passed, report.failed) == (False, 1, 1)
    first, second = report.tests
    assert first.ok and first.name == "a push deploys" and first.line == 3
    [difference] = second.differences
    assert (difference.expected, difference.got, difference.line) == ("skipped", "unknown", 7)
    assert "give trigger.type" in str(difference)
    [coverage] = report.coverage.values()
    assert 0 < coverage.percent < 100 and coverage.missing
    with pytest.raises(pw.Error) as caught:
        pw.run_tests([tmp_path / "release.yaml"])
    assert caught.value.kind == "not-found"
