"""Checks all pipelines of a checkout and prints a summary as Markdown, for a comment or a page of a build.

    python examples/python/summary.py . >> "$GITHUB_STEP_SUMMARY"

Ends with 1 where something is an error.
"""

from __future__ import annotations

import sys
from collections import Counter

import pipewright as pw

MOST_LINES = 50


def summary(found: list[pw.Diagnostic]) -> str:
    """A headline, a table of rules, and the findings."""
    if not found:
        return "### Pipelines: nothing found\n"
    severities = Counter(diagnostic.severity for diagnostic in found)
    told = ", ".join(f"{count} {severity}" for severity, count in severities.most_common())
    lines = [f"### Pipelines: {told}", "", "| rule | findings |", "|---|---|"]
    rules = Counter(diagnostic.rule for diagnostic in found)
    lines += [f"| `{rule}` | {count} |" for rule, count in rules.most_common()]
    lines += ["", "<details><summary>All findings</summary>", ""]
    for diagnostic in found[:MOST_LINES]:
        message = diagnostic.message.replace("<", "&lt;")
        lines.append(f"- `{diagnostic.file}:{diagnostic.line}` {message}")
    if len(found) > MOST_LINES:
        lines.append(f"- and {len(found) - MOST_LINES} more")
    lines += ["", "</details>"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    diagnostics = pw.check_paths(sys.argv[1:] or ["."])
    print(summary(diagnostics), end="")
    sys.exit(any(diagnostic.severity == "error" for diagnostic in diagnostics))
