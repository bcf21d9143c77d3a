"""The command that the package installs."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).with_name("pipewright.exe" if os.name == "nt" else "pipewright")


def run(*arguments, **options):
    return subprocess.run([COMMAND, *arguments], capture_output=True, text=True, encoding="utf-8", cwd=ROOT, **options)


def test_it_finds_the_mistakes_of_the_examples():
    ran = run("check", "--format", "short", "examples/mistakes")
    assert ran.returncode == 1
    assert "error[parallel-step-reference]" in ran.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["eval", "--condition", "<+env.name> == 'prod'", "--set", "env.name=prod"], 0),
        (["eval", "--condition", "<+env.name> == 'prod'", "--set", "env.name=qa"], 1),
        (["check", "nowhere.yaml"], 2),
        (["eval", "--condition", "<+env.name> == 'prod'"], 3),
    ],
)
def test_exit_codes(arguments, code):
    assert run(*arguments).returncode == code


def test_it_reads_standard_input():
    ran = run("eval", "--jsonl", input='{"id":"1","op":"evaluate","expr":"1 + 1"}\n')
    assert '"value":2' in ran.stdout.replace(" ", "")


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_ctrl_c_ends_it():
    with subprocess.Popen([COMMAND, "eval", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) != 0


@pytest.mark.skipif(os.name == "nt", reason="pipes")
def test_a_reader_that_goes_away_is_no_error():
    ran = subprocess.run(
        f"'{COMMAND}' rules | head -1", shell=True, cwd=ROOT, capture_output=True, text=True
    )
    assert ran.stderr == "" and ran.stdout
