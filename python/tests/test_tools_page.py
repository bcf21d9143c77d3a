"""What `docs/tools.md` and the README show is what happens."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

def blocks(language, page="docs/tools.md"):
    text = (ROOT / page).read_text(encoding="utf-8")
    found = re.findall(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)
    assert found
    return found


ENVIRONMENT = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def run(*command):
    ran = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, encoding="utf-8")
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


def shown(block, comment):
    return re.findall(rf"{comment} (.*)$", block, re.M)


@pytest.mark.parametrize("block", blocks("python") + blocks("python", "README.md"))
def test_python(block):
    assert run(sys.executable, "-c", block) == shown(block, "  #")


@pytest.mark.skipif(not shutil.which("node"), reason="there is no Node")
@pytest.mark.parametrize("block", blocks("js"))
def test_node(block):
    assert run("node", "-e", block) == shown(block, "//")


def test_shell():
    with_jq, command = blocks("bash")
    assert run("bash", "-c", command) == ["production"]
    if shutil.which("jq"):
        assert run("bash", "-c", with_jq) == ["true", "false"]
