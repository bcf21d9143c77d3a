"""Runs `*.test.yaml` files as tests of pytest: put it beside your pipelines and call `pytest`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pipewright as pw
import pytest


def pytest_collect_file(parent: pytest.Collector, file_path: Path) -> pytest.Collector | None:
    if file_path.name.endswith((".test.yaml", ".test.yml")):
        return Expectations.from_parent(parent, path=file_path)
    return None


class Expectations(pytest.File):
    """A file of tests."""

    def collect(self) -> Iterator[pytest.Item]:
        for number, test in enumerate(pw.run_tests([self.path]).tests, 1):
            yield Expectation.from_parent(self, name=test.name or f"test {number}", test=test)


class Expectation(pytest.Item):
    """One test, which has been run with its file."""

    def __init__(self, *, test: pw.Test, name: str, parent: pytest.Collector) -> None:
        super().__init__(name, parent)
        self.test = test

    def runtest(self) -> None:
        if not self.test.ok:
            told = [self.test.error] if self.test.error else map(str, self.test.differences)
            pytest.fail("\n".join(told), pytrace=False)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.test.line - 1, self.name
