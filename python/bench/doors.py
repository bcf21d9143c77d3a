"""Times one decision at each door of `docs/tools.md`, in turns, and prints the best of them as multiples of the Rust call.

    cargo build --release -p pipewright-cli -p pipewright --bin pipewright --example time_condition
    python python/bench/doors.py
"""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pipewright as pw

ROOT = Path(__file__).parents[2]
RELEASE = ROOT / "target" / "release"
EXPRESSION = "<+env.name> == 'prod'"
VALUES = {"env": {"name": "prod"}}
TURNS = 3


def seconds(work: Callable[[], object], times: int) -> float:
    """The time of one of so many."""
    start = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - start) / times


def in_rust() -> float:
    ran = subprocess.run([RELEASE / "examples" / "time_condition", "100000"], capture_output=True, text=True, check=True)
    return float(ran.stdout)


def over_lines() -> float:
    times = 10_000
    question = json.dumps({"op": "condition", "expr": EXPRESSION, "context": VALUES}) + "\n"
    with subprocess.Popen(
        [RELEASE / "pipewright", "eval", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as engine:
        assert engine.stdin and engine.stdout
        asked, answered = engine.stdin, engine.stdout

        def ask() -> None:
            asked.write(question)
            asked.flush()
            answered.readline()

        took = seconds(ask, times)
        asked.close()
    return took


def by_command() -> float:
    command = [str(RELEASE / "pipewright"), "eval", "--condition", EXPRESSION, "--set", "env.name=prod"]
    return seconds(lambda: subprocess.run(command, capture_output=True, check=True), 20)


def main() -> None:
    condition, values = pw.Condition(EXPRESSION), pw.Values(VALUES)
    doors: dict[str, Callable[[], float]] = {
        "Rust, Condition::decide": in_rust,
        "Python, Condition.decide(Values)": lambda: seconds(lambda: condition.decide(values), 100_000),
        "Python, Condition.decide(dict)": lambda: seconds(lambda: condition.decide(VALUES), 100_000),
        "Python, condition(str, dict)": lambda: seconds(lambda: pw.condition(EXPRESSION, VALUES), 20_000),
        "Python, an empty lambda": lambda: seconds(lambda: None, 100_000),
        "eval --jsonl, one by one": over_lines,
        "eval --condition": by_command,
    }
    best = dict.fromkeys(doors, float("inf"))
    for _ in range(TURNS):
        for name, door in doors.items():
            best[name] = min(best[name], door())
    one = best["Rust, Condition::decide"]
    for name, took in best.items():
        print(f"{took / one:10.2f}  {name}")


if __name__ == "__main__":
    main()
