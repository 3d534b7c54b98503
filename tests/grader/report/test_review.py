"""A review is what it was byte for byte on each of its faces, and nobody's text means anything in it."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from grader.report.review.formats import FORMATS
from grader.report.review.record import (
    ClassReview,
    Cluster,
    ExerciseReview,
    Mistake,
    Pair,
    PartRate,
    Practice,
    Side,
    Variant,
)
from grader.report.review.words import names, places, practised

GOLDEN = Path(__file__).parent / "golden"
SKELETON = 'edit(\n    "name-it", "TODO: what it does, in a sentence.", hint="?",\n    replace=("a", "b"),\n)\n'


def review(who: str = "ada", said: str = "x was 3") -> ClassReview:
    lines = ("def f(x):", f"    # {said}", "    y = x", "    z = y", "    return z", "", "", f"print('{said}')")
    pair = Pair(
        left=Side(learner=who, lines=lines, marked=(3, 4)),
        right=Side(learner="emmy", lines=lines[:5], marked=(1, 3, 4)),
        shared=14,
        share=0.75,
        same=False,
    )
    one = ExerciseReview(
        exercise="bn-layer",
        title="A layer",
        handed_in=8,
        passed=3,
        skipped=1,
        ours=1,
        parts=(PartRate(part="layer", passed=3, judged=7), PartRate(part="why", passed=0, judged=0)),
        mistakes=(
            Mistake(name="wrong-axis", message="Sums over the other axis.", learners=(who, "emmy")),
            Mistake(name="copied", message=f"Is a copy: {said}", learners=("zoe",), own=False),
        ),
        clusters=(
            Cluster(
                part="layer",
                checks=("three numbers", "a matrix"),
                finding="copied",
                outcome=said,
                learners=(who, "zoe"),
                variants=(Variant(learners=(who,), skeleton=SKELETON), Variant(learners=("zoe",))),
            ),
        ),
        pairs=(pair, Pair(left=pair.left, right=pair.right, shared=20, share=1.0, same=True)),
        more=2,
        uncompared=1,
        practice=Practice(records=3, hints=1.5, solutions=1, minutes=12.25),
    )
    other = ExerciseReview(exercise="attend", title="Attention", handed_in=2, passed=2)
    return ClassReview(course="Small", learners=8, exercises=(one, other), notes=("zoe.jsonl: left out; a pipe",))


@pytest.mark.parametrize("name", FORMATS)
def test_each_face_is_what_it_was_byte_for_byte(name: str) -> None:
    """Who changes one writes its file anew with open eyes."""
    assert FORMATS[name](review()) == (GOLDEN / f"review.{name}").read_bytes()


HOSTILE = "=cmd|'/C calc'!A0\n@SUM(1)\n\x1b]0;pwned\x07\u202e<script>alert(1)</script>\"'><img src=x>"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)


@pytest.mark.parametrize("name", FORMATS)
def test_text_of_learners_means_nothing(name: str) -> None:
    made = FORMATS[name](review(HOSTILE, HOSTILE)).decode()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", made) and "pwned" not in made
    if name == "html":
        plain, seen = _Tags(), _Tags()
        plain.feed(FORMATS[name](review()).decode())
        seen.feed(made)
        assert seen.seen == plain.seen and "script" not in seen.seen
        assert "default-src 'none'" in made
    if name == "csv":
        cells = [cell for row in csv.reader(io.StringIO(made)) for cell in row]
        assert cells and not [cell for cell in cells if cell.startswith(("=", "@", "+", "-"))]
    if name == "text":
        assert not re.search(r"^\s*@SUM", made, re.MULTILINE)


def test_a_pair_is_no_verdict() -> None:
    for name in ("text", "html"):
        text = " ".join(FORMATS[name](review()).decode().split())
        assert "Similar code is no proof of copying." in text and "plagiar" not in text.casefold()
    assert "no proof" not in FORMATS["text"](ClassReview(course="x", learners=0, exercises=())).decode()


def test_lines_and_names_are_said_in_short() -> None:
    short = Practice(records=1, hints=1, solutions=0, minutes=0.2)
    assert practised(short) == "Own records (1): a median of 1 hint and less than a minute."
    assert places(Side(learner="a", lines=(), marked=(3, 4, 5, 9))) == "lines 3-5, 9"
    assert places(Side(learner="a", lines=(), marked=(3,))) == "line 3"
    assert names(["a", "b", "c"], 2) == "a, b and 1 more" and names(["a"]) == "a"
