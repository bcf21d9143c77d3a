"""Answers over HTTP whether stages of a pipeline would run for given values.

    python examples/python/serve.py examples/release/pipeline.yaml
    curl -s localhost:8000 -d '{"pipeline.variables.env": "prod"}'

The answer is JSON: what becomes of each stage, why, and which values would decide what is unknown.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import make_server

import pipewright as pw

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LONGEST_REQUEST = 1_000_000


def application(path: Path) -> WSGIApplication:
    """A WSGI application about one pipeline, which is read once: objects of the package are shared by threads."""
    project = pw.Project.open(path.parent)
    pipeline = project.pipeline(path.name)

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            status, told = "200 OK", stages(pipeline, values_of(environ))
        except (pw.Error, TypeError, ValueError) as error:
            status, told = "400 Bad Request", {"error": str(error)}
        start_response(status, [("Content-Type", "application/json")])
        return [json.dumps(told, indent=2).encode() + b"\n"]

    return answer


def values_of(environ: WSGIEnvironment) -> dict[str, Any]:
    """The values that a request gives."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if length > LONGEST_REQUEST:
        raise ValueError("the request is too long")
    values = json.loads(environ["wsgi.input"].read(length) or "{}")
    if not isinstance(values, dict):
        raise ValueError("the request is no object of names and values")
    return values


def stages(pipeline: pw.Pipeline, values: dict[str, Any]) -> dict[str, Any]:
    """What becomes of each stage."""
    plan = pipeline.plan(values)
    return {
        node.fqn: {"verdict": node.verdict, "reason": node.reason, "needs": node.needs}
        for node in plan.nodes
        if node.kind == "stage"
    }


if __name__ == "__main__":
    with make_server("localhost", 8000, application(Path(sys.argv[1]))) as server:
        server.serve_forever()
