"""The whole linter over a course in which every rule is broken: all of it is found, at its place, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lessons.lint.linter import PROVED, RULES
from tutor.authoring import lint

PLANTED = Path(__file__).parent / "planted"
OF_FILES = {
    "cards",
    "concepts",
    "coverage",
    "demos",
    "facts",
    "formulas",
    "glossary",
    "identifiers",
    "imports",
    "logs",
    "needs",
    "numbers",
    "packages",
    "prompt",
    "screen",
    "todo",
    "waivers",
}
"""Rules that are broken here by what belongs to no part."""
TRIVIAL = " ".join(rule for rule in PROVED if rule.startswith("trivial-"))
"""What `plant: trivial` stands for."""
PLANT = re.compile(r"plant: ([a-z -]+[a-z])")
WITHOUT_REMARK = {("1-bad/1-first/exercises/sloppy/prompt.md", 1, "prompt")}
"""A prompt that is missing."""


def planted() -> set[tuple[str, int, str]]:
    found = set(WITHOUT_REMARK)
    for path in PLANTED.rglob("*.*"):
        if path.suffix in (".yaml", ".py", ".md") and path.name != "README.md":
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                named = re.sub(r"trivial(?!-)", TRIVIAL, " ".join(PLANT.findall(line)))
                found |= {(str(path.relative_to(PLANTED)), number, rule) for rule in named.split()}
    return found


@pytest.mark.slow
def test_all_that_is_planted_is_found_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DL_TUTOR_HOME", str(tmp_path))
    problems = lint.examine(PLANTED, again=1, jobs=2, say=lambda line: None)["problems"]
    found = {(str(Path(p["path"]).relative_to(PLANTED)), p["line"], p["rule"]) for p in problems}
    assert found - planted() == set()
    assert planted() - found == set()
    # what is about a part says so, and can be waived for that part alone
    assert {p["rule"] for p in problems if p["part"]} == (RULES.keys() | PROVED.keys()) - OF_FILES
    # and is told in a sentence of its own, with figures
    told = {p["rule"]: p["message"] for p in problems}
    assert re.search(r"took 0\.\d\d s of CPU, and the budget is 0\.3 s; .* \d.* s or more", told["budget"])
    assert "only (5, 5)" in told["shapes"] and not [text for text in told.values() if str(PLANTED) in text]


def test_every_rule_is_planted() -> None:
    assert {rule for _, _, rule in planted()} == RULES.keys() | PROVED.keys()
