"""Every format holds what the verdict holds, is read by whoever consumes it, and nobody's text means anything in it."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped

from grader.records.verdict import Check, Diagnosis, LoggedCurve, Output, PartVerdict, Status, Verdict, worst
from grader.report import exercism, github, gradescope, sheet, table
from grader.report.formats import FORMATS
from grader.report.names import FORMATS as NAMES
from grader.report.told import told

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = "::error::x\n::stop-commands::t\r%0A<script>alert(1)</script>]]>&=cmd|' /C calc'!A0`*_| \ufffe\x00"


def verdict(said: str = "x was 3", exercise: str = "bn-layer") -> Verdict:
    checks = (
        Check(label="three numbers", status="passed", score=1, max=1),
        Check(
            label="a transposed matrix", status="failed", score=0, max=2, message=said, where="line 7",
            hint="Which axis?", diagnosis=(Diagnosis(name="wrong-axis", message="Sums over the other axis."),),
        ),
    )  # fmt: skip
    curve = LoggedCurve(
        name="loss", steps=(0, 1, 2), values=(3.0, "nan", 1.0), reference_steps=(0, 2), reference_values=(2.0, 1.0)
    )
    parts = (
        PartVerdict(part="layer", kind="code", status="failed", score=1, max=3, checks=checks, curves=(curve,)),
        PartVerdict(
            part="train", kind="experiment", status="timeout", score=0, max=4, message=f"Took too long: {said}"
        ),
        PartVerdict(part="why", kind="choice", status="skipped", score=0, max=1, message="Not answered yet."),
        PartVerdict(part="count", kind="numeric", status="passed", score=2, max=2),
    )
    return Verdict(
        exercise=exercise, score=3, max=10, parts=parts, status="timeout", seconds=1.25, seed=7,
        output=Output(head=f"printed {said}"), versions={"torch": "2.13"},
    )  # fmt: skip


def of_parts(*statuses: Status) -> Verdict:
    parts = tuple(
        PartVerdict(part=f"part-{place}", kind="code", status=status, score=float(status == "passed"), max=1)
        for place, status in zip("abcdefg", statuses, strict=False)
    )
    score = sum(part.score for part in parts)
    return Verdict(exercise="x", score=score, max=len(parts), parts=parts, status=worst(list(statuses)))


def test_the_command_line_knows_each_by_its_name() -> None:
    assert tuple(FORMATS) == NAMES


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("said", ["x was 3", HOSTILE], ids=["plain", "hostile"])
def test_each_holds_several_verdicts_and_what_was_left_out(name: str, said: str) -> None:
    text = FORMATS[name]([verdict(said), verdict(said, "attend")], many=True, refused=["in/x.py: a link"]).decode()
    assert "bn" in text and "attend" in text and text.endswith("\n")
    assert "in/x.py: a link" in text.replace("\\", "") and "\x00" not in text
    assert FORMATS[name]([verdict()], many=False)


@pytest.mark.parametrize("name", NAMES)
def test_each_is_what_it_was_byte_for_byte(name: str) -> None:
    """Who changes a format changes what others have built on it: the file is written anew with open eyes."""
    made = FORMATS[name]([verdict()], many=False)
    assert made == (GOLDEN / f"verdict.{name}").read_bytes()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("many", [True, False])
def test_each_tells_what_was_left_out_whatever_it_is_called(name: str, many: bool) -> None:
    """One verdict or several: a name with line breaks, marks of direction and escapes is one harmless text."""
    name_of_file = 'in/a\n::error::x\r\nb\u202e\x1b[31m<b>,"=1|`.py: a link'
    made = FORMATS[name]([verdict()], many=many, refused=[name_of_file]).decode()
    assert "a link" in made.replace("\\", "") and not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", made)
    assert "<b>" not in made if name in ("html", "junit") else True
    assert not re.search(r"^\s*::error::x", made, re.MULTILINE)


ALL_PASSED = {
    "text": r"^x: passed, 2 of 2",
    "json": r'\A\{\s*"format": 1,\s*"status": "passed"',
    "junit": r'<testsuites[^>]* failures="0" errors="0" skipped="0"',
    "gradescope": r'"output": "x: passed"',
    "exercism": r'"version": 3,\s*"status": "pass"',
    "github": r"\A\Z",
    "csv": r"\A.*\n(x,part-\w,code,passed,.*\n)+\Z",
    "markdown": r"^## x: passed, 2 of 2",
    "html": r">passed, 2 of 2",
}
"""How each says that everything was passed."""


@pytest.mark.parametrize("name", NAMES)
def test_none_says_that_all_was_passed_where_something_was_skipped(name: str) -> None:
    def says_so(*statuses: Status) -> bool:
        made = FORMATS[name]([of_parts(*statuses)], many=True).decode()
        return re.search(ALL_PASSED[name], made, re.MULTILINE if "^" in ALL_PASSED[name] else 0) is not None

    assert says_so("passed", "passed")
    assert not says_so("passed", "skipped") and not says_so("skipped", "skipped") and not says_so("passed", "failed")


def test_junit_is_read_by_a_reader_of_it() -> None:
    document = FORMATS["junit"]([verdict(HOSTILE), verdict()], many=True, refused=["in/x.py: a link"])
    read = JUnitXml.fromstring(document.decode())
    assert (read.tests, read.failures, read.errors, read.skipped) == (11, 2, 3, 2)
    first, second, left = list(read)
    properties: Any = first.properties
    assert first.name == "bn-layer" and {one.name: one.value for one in properties()}["seed"] == "7"
    cases = list(second)
    assert [(one.classname, one.name) for one in cases][:2] == [
        ("bn-layer.layer", "three numbers"),
        ("bn-layer.layer", "a transposed matrix"),
    ]
    kinds = [type(one.result[0]) if one.result else None for one in cases]
    assert kinds == [None, Failure, Error, Skipped, None]
    failure = cases[1].result[0]
    assert (failure.type, failure.message) == ("wrong-axis", "x was 3") and "Which axis?" in failure.text
    assert [one.name for one in left] == ["in/x.py: a link"]
    printed = ElementTree.fromstring(document).findall("testsuite/system-out")
    assert printed[1].text == "printed x was 3"


def test_gradescopes_file_has_what_its_documentation_asks_for() -> None:
    data: dict[str, Any] = json.loads(
        gradescope.render([verdict()], refused=["x: a pipe"], visibility="after_due_date")
    )
    assert (data["score"], data["visibility"], data["stdout_visibility"]) == (3, "visible", "hidden")
    assert data["output"] == "bn-layer: out of time, 1 skipped\nleft out: x: a pipe"
    for test in data["tests"]:
        assert isinstance(test["score"], int | float) and isinstance(test["max_score"], int | float)
        assert test["status"] in ("passed", "failed") and test["output_format"] == "text"
        assert test["visibility"] == "after_due_date" and all(isinstance(tag, str) for tag in test["tags"])
    assert [test["number"] for test in data["tests"]] == ["1", "2", "3", "4", "5"]
    assert data["tests"][3]["extra_data"] == {"status": "skipped"} and data["tests"][3]["status"] == "failed"


def test_exercisms_file_keeps_its_limits() -> None:
    data: dict[str, Any] = json.loads(exercism.render([verdict("y" * 70_000)]))
    assert (data["version"], data["status"]) == (3, "fail")
    assert [(test["status"], test["task_id"]) for test in data["tests"]] == [
        ("pass", 1),
        ("fail", 1),
        ("error", 2),
        ("error", 3),
        ("pass", 4),
    ]
    for test in data["tests"]:
        assert len(test.get("message", "")) <= 65_535 and len(test.get("output", "")) <= 500
        assert ("message" in test) is (test["status"] != "pass")
    nothing: dict[str, Any] = json.loads(exercism.render([of_parts("skipped")]))
    assert (nothing["status"], nothing["message"]) == ("error", "Nothing was judged.")


def test_no_text_becomes_a_command_of_a_workflow() -> None:
    lines = FORMATS["github"]([verdict(HOSTILE)], many=False, refused=[HOSTILE]).decode().split("\n")
    command = re.compile(r"::(error|notice) (file=[^,:]*,)?(line=\d+,)?title=[^,:\n\r]*::[^\n\r]*")
    assert lines[-1] == "" and len(lines) == 5
    assert all(command.fullmatch(line) for line in lines[:-1]), lines
    many = FORMATS["github"]([verdict()] * 12, many=True, refused=["x: a link"] * 3).decode()
    assert many.count("::error ") == github.MOST and "17 more of the kind error" in many
    summary = github.summary([verdict(HOSTILE)], [HOSTILE])
    assert "<script>" not in re.sub(r"```text\n.*?\n```", "", summary, flags=re.DOTALL)
    assert "1 skipped, so not everything was judged." in summary


def test_a_table_computes_nothing() -> None:
    rows = list(csv.DictReader(io.StringIO(table.render([verdict("=1+1")], refused=["@SUM(A1)"]).decode())))
    assert [row["status"] for row in rows] == ["failed", "timeout", "skipped", "passed", "refused"]
    assert rows[0]["mistakes"] == "wrong-axis" and (rows[0]["checks"], rows[0]["passed"]) == ("2", "1")
    assert rows[0]["message"] == "'=1+1" and rows[4]["message"] == "'@SUM(A1)"
    assert [table.safe(one) for one in ("-1.5", "-x", "+3", "\t=1")] == ["-1.5", "'-x", "+3", "'\t=1"]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.attributes |= {name for name, _ in attrs}


def test_the_sheet_needs_no_other_file_and_runs_nothing() -> None:
    page = sheet.html([verdict(HOSTILE)]).decode()
    tags = _Tags()
    tags.feed(page)
    assert not {"script", "link", "img", "iframe", "a"} & set(tags.seen) and "default-src 'none'" in page
    assert not {name for name in tags.attributes if name.startswith("on") or name in ("href", "src")}
    picture = re.search(r"<svg.*?</svg>", page, re.DOTALL)
    assert picture is not None and ElementTree.fromstring(picture[0]) is not None
    assert picture[0].count("<polyline") == 2 and "nan" not in picture[0]
    markdown = sheet.markdown([verdict(HOSTILE)]).decode()
    outside = re.sub(r"(`{3,})text\n.*?\n\1\n", "", markdown, flags=re.DOTALL)
    assert "<script>" not in outside and "# Feedback: 3 of 10 points" in markdown


def test_a_check_names_the_line_that_it_is_about() -> None:
    cases = {one.name: one for one in told(verdict())}
    assert cases["a transposed matrix"].line == 7 and cases["train"].line is None
    assert cases["why"].text.startswith("Not answered yet.") and cases["count"].status == "passed"
