"""The reference files in docs/checks.md are whole: they are judged, with their alternatives and mistakes."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.grading import Grader
from grader.proof.claims import prove
from lessons.schema import Exercise

PAGE = (Path(__file__).parents[3] / "docs" / "checks.md").read_text(encoding="utf-8")
FILES = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def entry_of(source: str) -> str:
    return next(node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef))


@pytest.mark.slow
@pytest.mark.parametrize("source", FILES, ids=[entry_of(source) for source in FILES])
def test_a_documented_reference_is_proved(grader: Grader, exercise_of: Callable[..., Exercise], source: str) -> None:
    kind, extra = "code", "operation: matmul"
    if "live.log" in source:
        kind, extra = "experiment", "operation: training\nbudget: {seconds: 10}"
    exercise = exercise_of(source, kind=kind, entry=entry_of(source), extra=extra)
    assert list(prove(exercise, grader, drawn=3)) == []


def test_what_is_said_of_a_single_row_is_what_comes(grader: Grader, exercise_of: Callable[..., Exercise]) -> None:
    source = next(source for source in FILES if "one_row_squeezed" in source)
    answer = "import torch\ndef probabilities(z):\n    return torch.softmax(z, dim=1).squeeze(0)\n"
    verdict = grader.grade(exercise_of(source, entry="probabilities"), answer, {}).parts[0]
    message = next(check.message for check in verdict.checks if check.label == "scores of any size")
    said = re.search(r"\*(For n = 1, k = 2) \(\.\.\.\): (.*?)\*", PAGE)
    assert said is not None and message.startswith(said[1]) and said[2] in message
