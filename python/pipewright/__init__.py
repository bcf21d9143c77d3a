"""The expressions of Harness pipelines, offline.

Evaluate a condition, render a text, ask a pipeline for its names, check files: everything is what the real engine would do,
and what only a run can tell is `Unknown` with the names that would decide it.

>>> import pipewright as pw
>>> pw.condition("<+env.name> == 'prod'", {"env": {"name": "prod"}})
True
>>> pw.condition("<+env.name> == 'prod'").needs
['env.name']
"""

from pipewright._error import Error
from pipewright._native import (
    Condition,
    Coverage,
    Diagnostic,
    Difference,
    Edit,
    Fix,
    Name,
    Named,
    Pipeline,
    Plan,
    PlanNode,
    Project,
    Reference,
    Rendered,
    Scope,
    Test,
    TestReport,
    Unknown,
    Unresolved,
    Values,
    check,
    check_paths,
    condition,
    evaluate,
    names,
    predicate,
    render,
    run_tests,
)

__all__ = [
    "Condition",
    "Coverage",
    "Diagnostic",
    "Difference",
    "Edit",
    "Error",
    "Fix",
    "Name",
    "Named",
    "Pipeline",
    "Plan",
    "PlanNode",
    "Project",
    "Reference",
    "Rendered",
    "Scope",
    "Test",
    "TestReport",
    "Unknown",
    "Unresolved",
    "Values",
    "check",
    "check_paths",
    "condition",
    "evaluate",
    "names",
    "predicate",
    "render",
    "run_tests",
]
