"""The examples of docstrings are run, and what is exported has one."""

import doctest
import inspect
import subprocess
import sys

import pipewright as pw
import pytest


def documented():
    yield "pipewright", pw.__doc__
    for name in pw.__all__:
        thing = getattr(pw, name)
        yield name, thing.__doc__
        if inspect.isclass(thing):
            for member, value in vars(thing).items():
                if not member.startswith("_"):
                    yield f"{name}.{member}", value.__doc__


@pytest.mark.parametrize(("name", "text"), list(documented()))
def test_docstring(name, text):
    if name.startswith("Error."):
        return
    assert text, f"{name} is not documented"
    examples = doctest.DocTestParser().get_doctest(text, {}, name, None, 0)
    told = []
    result = doctest.DocTestRunner().run(examples, out=told.append)
    assert result.failed == 0, "".join(told)


def test_functions_have_examples():
    for name in ("condition", "predicate", "evaluate", "render", "names", "check", "Condition", "Values", "Project"):
        assert ">>> " in getattr(pw, name).__doc__, name


def test_signatures_can_be_asked():
    assert list(inspect.signature(pw.condition).parameters) == ["text", "values"]
    assert inspect.signature(pw.check).parameters["name"].default == "pipeline.yaml"


def test_the_module_runs_as_the_command():
    ran = subprocess.run([sys.executable, "-m", "pipewright", "eval", "<+1 + 1>"], capture_output=True, text=True)
    assert (ran.returncode, ran.stdout) == (0, "2\n")
