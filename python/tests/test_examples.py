"""The programs of `examples/python` do what they say."""

import importlib.util
import io
import json
import subprocess
import sys
from pathlib import Path

import pipewright as pw
import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "python"


def load(name):
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def ask(tmp_path):
    (tmp_path / "p.yaml").write_text(
        "pipeline:\n  identifier: p\n  variables: [{name: env, type: String, value: <+input>}]\n  stages:\n"
        "    - stage: {identifier: Deploy, type: Custom, spec: {},"
        " when: {pipelineStatus: Success, condition: \"<+pipeline.variables.env> == 'prod'\"}}\n",
        encoding="utf-8",
    )
    application = load("serve").application(tmp_path / "p.yaml")

    def ask(body):
        told = []
        environ = {"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
        answer = b"".join(application(environ, lambda status, headers: told.append(status)))
        return told[0], json.loads(answer)

    return ask


def test_serve(ask):
    status, stages = ask(b"")
    deploy = stages["pipeline.stages.Deploy"]
    assert status == "200 OK" and deploy["verdict"] == "unknown"
    assert deploy["needs"] == ["pipeline.variables.env"]
    for env, verdict in (("prod", "runs"), ("qa", "skipped")):
        _, stages = ask(json.dumps({"pipeline.variables.env": env}).encode())
        assert stages["pipeline.stages.Deploy"]["verdict"] == verdict


@pytest.mark.parametrize("body", [b"[", b"[1]", b'"a"', b"\xff"])
def test_serve_refuses(ask, body):
    status, told = ask(body)
    assert status == "400 Bad Request" and told["error"]


def test_summary():
    ran = subprocess.run(
        [sys.executable, EXAMPLES / "summary.py", "examples/mistakes"], cwd=ROOT, capture_output=True, text=True
    )
    assert ran.returncode == 1
    assert ran.stdout.startswith("### Pipelines: ") and "| `parallel-step-reference` | 1 |" in ran.stdout
    assert load("summary").summary([]) == "### Pipelines: nothing found\n"
    many = load("summary").summary(pw.check("pipeline:\n" + "  name: <+\n" * 60))
    assert many.count("\n- ") <= 51


def test_conftest(tmp_path):
    (tmp_path / "conftest.py").write_text((EXAMPLES / "conftest.py").read_text())
    (tmp_path / "p.yaml").write_text(
        "pipeline: {identifier: p, stages: [{stage: {identifier: S, type: Custom, spec: {}}}]}\n"
    )
    (tmp_path / "p.test.yaml").write_text(
        "pipeline: p.yaml\ntests:\n  - {name: it runs, expect: {runs: [pipeline.stages.S]}}\n"
        "  - {name: it does not, expect: {skipped: [pipeline.stages.S]}}\n"
    )
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", tmp_path], cwd=tmp_path, capture_output=True, text=True
    )
    assert ran.returncode == 1 and "1 failed, 1 passed" in ran.stdout
    assert "pipeline.stages.S is runs, not skipped" in ran.stdout
