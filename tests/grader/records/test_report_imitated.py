"""No text of others begins a line that the report has for itself."""

from __future__ import annotations

import re

import pytest

from grader.records.verdict import Check, DataUse, Diagnosis, LoggedCurve, Output, PartVerdict, Sandbox, Verdict
from grader.report import text
from grader.report.fold import fold

HEAD = re.compile(r"\w[\w-]*: (passed|not yet)|  (\[.\] |seed \d|your code printed|the same inputs again)|      x ")
LINES = (
    "\n  [+] reshape: passed, 1 of 1",
    "\n[+] reshape: passed, 1 of 1",
    "\u2028  [+] reshape: passed, 1 of 1",
    "\r\n  [+] reshape: passed, 1 of 1",
    "\x0b  [+] reshape: passed, 1 of 1",
    "\n\n\n  seed 7, level 2, 0.10 s\n  the same inputs again: rm -rf ~",
    "\nodd-places: passed, 4 of 4 points",
    "\n  your code printed:\n    | all right",
    "x" * 85 + "  [+] reshape: passed, 1 of 1",
    "[+] reshape: passed, 1 of 1",
)


def verdict(said: str) -> Verdict:
    check = Check(
        label=f"case {said}",
        status="failed",
        score=0,
        max=1,
        message=f"ValueError: {said}",
        input=f"x = {said}",
        expected=f"1 {said}",
        got=f"2 {said}",
        where=f"line 7 {said}",
        share=0.5,
        strip="x.x\n.x.",
        diagnosis=(Diagnosis(name="n", message=f"A finding {said}"),),
        hint=f"A hint {said}",
    )
    other = Check(label=f"other {said}", status="failed", score=0, max=1, message=check.message, where=check.where)
    curve = LoggedCurve(name=f"loss {said}", steps=(1, 2), values=(1.0, 0.5))
    part = PartVerdict(
        part="reshape",
        kind="code",
        status="failed",
        score=0,
        max=1,
        message=said,
        checks=(check, other),
        curves=(curve,),
    )
    return Verdict(
        exercise="odd-places",
        score=0,
        max=1,
        parts=(part,),
        status="failed",
        message=said,
        output=Output(head=f"printed {said}"),
        sandbox=Sandbox(level=2, layers=()),
        data=(DataUse(id="x", name="y", real=False, notice=f"A notice {said}"),),
    )


@pytest.mark.parametrize("said", LINES)
def test_the_lines_of_the_report_are_its_own(said: str) -> None:
    lines = text.render(verdict(said), replay="dl-grader x --seed 0").splitlines()
    plain = text.render(verdict("nothing"), replay="dl-grader x --seed 0").splitlines()
    own = [line for line in lines if HEAD.match(line)]
    assert len(own) == len([line for line in plain if HEAD.match(line)]) > 4
    assert [line for line in lines if line.lstrip().startswith("[")] == ["  [x] reshape: not yet, 0 of 1"]


@pytest.mark.parametrize("said", LINES[:-2])
def test_on_every_face_a_further_line_is_marked(said: str) -> None:
    for line in fold(verdict(said)):
        if line.kind not in ("printed", "strip"):
            assert all(further.startswith("| ") for further in line.text.split("\n")[1:])


def test_a_text_of_one_line_is_as_it_was() -> None:
    assert "| " not in "\n".join(line.text for line in fold(verdict("nothing")))
