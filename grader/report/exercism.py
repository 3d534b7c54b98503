"""A verdict as results.json of exercism's test runners, version 3: a test a check, a task a part.

https://exercism.org/docs/building/tooling/test-runners/interface
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from grader.records.printable import one_line
from grader.records.verdict import Verdict
from grader.report.json import indented
from grader.report.told import FAILED, Told, told

MOST_OUTPUT, MOST_MESSAGE = 500, 65_535
"""Characters of what was printed, and of a message, that the interface allows."""
CUT = "\n[Output was truncated. Please limit to 500 chars.]"


def render(verdicts: Sequence[Verdict], *, many: bool = True, refused: Sequence[str] = ()) -> bytes:
    """The file. Of several verdicts the tests stand one after the other; what was left out is an error of the whole.

    What was skipped is an error too, for the interface has no word for it, and a file without it would say "pass".
    """
    tests: list[dict[str, Any]] = []
    tasks, judged = 0, False
    for verdict in verdicts:
        places = {part.part: tasks + number for number, part in enumerate(verdict.parts, 1)}
        tasks += len(verdict.parts)
        printed = _short(verdict.output.text)
        for one in told(verdict):
            judged = judged or one.status != "skipped"
            before = f"{verdict.exercise}." if len(verdicts) > 1 else ""
            shown = "" if one.status in ("passed", "skipped") else printed
            tests.append(_test(one, before, places[one.part], shown))
    result: dict[str, Any] = {"version": 3, "status": _status(tests), "tests": tests}
    if refused or not judged:
        said = "\n".join(map(one_line, refused)) or "; ".join(filter(None, (verdict.message for verdict in verdicts)))
        result |= {"status": "error", "message": (said or "Nothing was judged.")[:MOST_MESSAGE]}
    return indented(result)


def _status(tests: list[dict[str, Any]]) -> str:
    return "pass" if tests and all(test["status"] == "pass" for test in tests) else "fail"


def _test(one: Told, before: str, task: int, printed: str) -> dict[str, Any]:
    status = "pass" if one.status == "passed" else "fail" if one.status in FAILED else "error"
    test: dict[str, Any] = {
        "name": f"{before}{one.part}: {one.name}",
        "status": status,
        "task_id": task,
        "test_code": one.name,
    }
    if status != "pass":
        test["message"] = (one.text or one.message)[:MOST_MESSAGE]
    if printed:
        test["output"] = printed
    return test


def _short(text: str) -> str:
    text = text.strip("\n")
    return text if len(text) <= MOST_OUTPUT else text[: MOST_OUTPUT - len(CUT)] + CUT
