"""The recorded answers of the real engine, asked through Python: those under the flag that the library follows."""

import json
from pathlib import Path

import pipewright as pw

DATA = Path(__file__).parents[2] / "tests" / "data" / "conformance"
CONTEXTS = json.loads((DATA / "contexts.json").read_text(encoding="utf-8"))

# Where the library knows more than the bare engine of the recording, which has no secrets and lets a script put a name into
# a map of the host.
DIFFERENT = {"engine/inside-0667", "engine/text-eval-0242", "engine/text-eval-0246"}


def recorded():
    with (DATA / "engine.jsonl").open(encoding="utf-8") as lines:
        for case in map(json.loads, lines):
            is_asked = case["op"] in ("evaluate", "render") and case.get("mode") == "null"
            if is_asked and case.get("flags") == "PIE_EXPRESSION_CONCATENATION":
                yield case


def values_of(case):
    context = case.get("context") or {}
    return CONTEXTS[context["$ref"]] if "$ref" in context else context


def same(ours, case):
    """Whether an answer is the recorded one. Numbers that JSON has as texts and dates are compared as texts."""
    theirs = case["expect"]["value"]
    if isinstance(ours, (dict, list)) or ours is None or isinstance(ours, bool):
        return json.loads(json.dumps(ours, default=str)) == theirs
    return ours == theirs or str(ours) == str(theirs)


def test_recorded_answers():
    asked, differ = 0, {}
    for case in recorded():
        ask = pw.evaluate if case["op"] == "evaluate" else pw.render
        try:
            ours = ask(case["expr"], values_of(case))
        except pw.Error as error:
            asked += 1
            if case["expect"]["ok"]:
                differ[case["id"]] = (case["expr"], str(error), case["expect"])
            continue
        # The bare engine has null for a name that only a run has and that nobody gave.
        if isinstance(ours, pw.Unknown) or getattr(ours, "unknown", None):
            continue
        asked += 1
        ours = ours.text if isinstance(ours, pw.Rendered) else ours
        if not case["expect"]["ok"] or not same(ours, case):
            differ[case["id"]] = (case["expr"], ours, case["expect"])
    assert {case: told for case, told in differ.items() if case not in DIFFERENT} == {}
    assert DIFFERENT <= differ.keys()
    assert asked >= 500
