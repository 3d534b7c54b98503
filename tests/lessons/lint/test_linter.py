"""The linter's rules: a sound course gives no problem, and each rule is broken in turn."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from lessons.lint.linter import PROVED, RULES, Problem, lint, lint_exercise, waived, waivers
from lessons.lint.tally import tally
from lessons.lint.waiver import without_waived
from lessons.loading.loader import load_course, load_exercise
from tests.lessons.lint.broken import (
    BROKEN,
    EXERCISE,
    HINTS,
    LESSON,
    REFERENCE,
    SECOND_PART,
    TEXT,
    UNIT,
    YAML,
)

NAMES = {"error", "shape", "transposed"}
"""What verdicts are made to say here beside an exercise's own names."""

Edit = Callable[[str, str, str], None]


def render(formula: str) -> str:
    if "bad" in formula:
        raise ValueError("no such sign")
    return formula.replace("nothing", "")


def problems(course: Path) -> list[Problem]:
    return lint(load_course(course), render=render, names=NAMES)


def test_a_sound_course_has_no_problems(course: Path) -> None:
    assert problems(course) == []


@pytest.mark.parametrize(
    ("rule", "name", "old", "new", "line", "column", "words"),
    BROKEN,
    ids=[f"{b[0]} {b[6][:40]}" for b in BROKEN],
)
def test_each_rule_is_seen_when_it_is_broken(
    course: Path, edit: Edit, rule: str, name: str, old: str, new: str, line: int, column: int, words: str
) -> None:
    edit(name, old, new)
    found = [p for p in problems(course) if p.rule == rule and words in p.message]
    assert [(p.line, p.column) for p in found] == [(line, column)], problems(course)


def test_every_rule_is_broken_somewhere() -> None:
    tested_below = {"packages", "questions", "waivers"}
    assert {b[0] for b in BROKEN} | tested_below == set(RULES)


def test_every_rule_is_documented() -> None:
    text = (Path(__file__).parents[3] / "docs" / "lesson-format.md").read_text(encoding="utf-8")
    rows = [line for line in text[text.index("## What lint proves") :].splitlines() if line.startswith("| `")]
    assert rows == [f"| `{rule}` | {words} |" for rule, words in (RULES | PROVED).items()]


def test_code_blocks_do_not_count_against_a_card(course: Path, edit: Edit) -> None:
    edit(TEXT, "Numbers in a row", "```python\n" + f"x = 1  # {'-' * 80}\n" * 25 + "```\n")
    assert problems(course) == []


def test_an_essay_may_have_a_choice(course: Path, edit: Edit) -> None:
    edit(YAML, "kind: choice", "kind: explain\n    rubric: [it says six]\n    model_answer: Six.")
    assert problems(course) == []
    edit(YAML, "right: true, ", "why: x, ")
    assert [p.message for p in problems(course)] == ["0 options are right, and a choice has just one"]
    path = course / YAML
    text = path.read_text()
    path.write_text(text[: text.index("    options:")])
    assert problems(course) == []


def test_dollars_in_code_are_no_formulas(course: Path, edit: Edit) -> None:
    edit(TEXT, "Numbers in a row", "`$bad$` costs $5 or 6$.\n\n```\n$bad$\n```\n\nNumbers")
    assert problems(course) == []


def test_numeric_parts_have_their_questions(course: Path, edit: Edit) -> None:
    edit(
        YAML,
        "  - id: why\n    kind: choice",
        "  - {id: how-many, kind: numeric, covers: [E1.1.1], text: x}\n  - id: why\n    kind: choice",
    )
    edit("coverage.yaml", "doubling.why", "doubling.why, doubling.how-many")
    assert [p.message for p in problems(course)] == ["questions.py is missing"]
    path = course / EXERCISE / "questions.py"
    path.write_text("from grader.spec import Question\n\n\ndef how_many(rng):\n    return Question({}, 1)\n")
    assert problems(course) == []
    path.write_text("from grader.spec import Question, case\nimport torch\n\n\ndef many(rng): ...\n")
    assert [(p.rule, p.line, p.message) for p in problems(course)] == [
        ("imports", 1, "questions.py takes only Question from grader.spec"),
        ("questions", 1, "`how_many` is not defined here"),
        ("imports", 2, "questions.py may not import `torch`"),
    ]


def test_several_parts_that_run_code_are_told_apart(course: Path, edit: Edit) -> None:
    edit(YAML, "  - id: why\n", SECOND_PART)
    edit("coverage.yaml", "doubling.why", "doubling.why, doubling.third")
    messages = [p.message for p in problems(course)]
    assert messages.count("which part is this cases for? Several parts run code: say `part=...`") == 1
    assert "`treble` is not defined here" in messages
    assert "the part `why` has 0 @mistake, and needs 2" in messages


def test_edits_count_as_mistakes_and_alternatives(course: Path, edit: Edit) -> None:
    path = course / REFERENCE
    text = path.read_text()
    changes = (
        'edit_alternative("other-way-round", replace=("2 * x", "x * 2"))\n'
        'edit("squares", "Squares.", hint="What is the double of 3?", replace=("2", "x"))\n'
        'halves = edit("halves", "Halves.", hint="Is the double smaller?", replace=("*", "/"))\n'
    )
    path.write_text(text[: text.index("@alternative")] + changes)
    edit(YAML, "{text: Multiply.}", "{text: Multiply., when: halves}")
    assert problems(course) == []
    counts = tally([load_exercise(course / EXERCISE)])
    assert (counts["mistakes"], counts["alternatives"]) == (2, 1)
    edit(REFERENCE, 'edit("squares"', 'edit("halves"')
    edit(REFERENCE, 'replace=("*", "/")', 'replace=("*", "/"), part="dubl"')
    assert [(p.rule, p.line, p.message) for p in problems(course)] == [
        ("reference", 1, "the part `double` has 1 @mistake, and needs 2"),
        ("reference", 17, "no part `dubl` runs code. Did you mean `double`?"),
    ]


def test_missing_files_of_an_exercise(course: Path) -> None:
    for name in ("prompt.md", "starter.py", "reference.py"):
        (course / EXERCISE / name).unlink()
    assert sorted((p.rule, p.message) for p in problems(course)) == [
        ("prompt", "the prompt is missing"),
        ("reference", "reference.py is missing"),
        ("starter", "starter.py is missing"),
    ]


def test_files_that_nothing_needs(course: Path) -> None:
    (course / EXERCISE / "questions.py").write_text("")
    assert [p.message for p in problems(course)] == ["no part of this exercise draws a question"]


def test_the_course_holds_no_packages(course: Path) -> None:
    (course / UNIT / "__init__.py").write_text("")
    assert [(p.rule, p.path.name) for p in problems(course)] == [("packages", "__init__.py")]


def test_needs_come_before_and_form_no_circle(course: Path, edit: Edit) -> None:
    shutil.copytree(course / LESSON, course / UNIT / "2-baking")
    shutil.rmtree(course / UNIT / "2-baking" / "exercises")
    shutil.rmtree(course / UNIT / "2-baking" / "demos")
    text = "---\nid: baking\ntitle: Baking\nminutes: 5\nneeds: [making]\n---\n## Bread\n"
    (course / UNIT / "2-baking" / "lesson.md").write_text(text)
    edit(f"{UNIT}/unit.yaml", "[making]", "[making, baking]")
    assert problems(course) == []
    edit(f"{UNIT}/unit.yaml", "[making, baking]", "[baking, making]")
    (found,) = problems(course)
    assert (found.rule, found.path.parent.name, found.line, found.column) == ("needs", "2-baking", 5, 9)
    assert found.message == "`making` comes only later"
    edit(TEXT, "concepts: [tensor]", "concepts: [tensor]\nneeds: [baking]")
    assert {p.message for p in problems(course)} == {
        "needs in a circle: baking -> making -> baking",
        "needs in a circle: making -> baking -> making",
    }


def test_waivers_are_heeded_checked_and_counted(course: Path, edit: Edit) -> None:
    edit(YAML, HINTS, "")
    edit(YAML, "title: Doubling", "title: Doubling\nwaive: {hints: There is nothing to say.}")
    assert problems(course) == []
    assert [(w.where, w.rule) for w in waivers(load_course(course))] == [
        ("doubling", "hints"),
        ("E1.1.2", "coverage"),
    ]
    edit(YAML, "{hints: There", "{options: None, hint: None, hints: There")
    assert [(p.rule, p.line, p.message) for p in problems(course)] == [
        ("waivers", 3, "`options` is waived, and there is nothing to waive"),
        ("waivers", 3, "there is no rule `hint`. Did you mean `hints`?"),
    ]


def test_a_waiver_of_what_is_measured_may_have_nothing_to_waive_on_some_day(course: Path) -> None:
    exercise = load_exercise(course / EXERCISE)
    waiving = msgspec.structs.replace(exercise, waive={"budget": "Close.", "shapes": "None."})
    left = [one.message for one in without_waived(waiving, [], ["budget", "shapes"])]
    assert left == ["`shapes` is waived, and there is nothing to waive"]


def test_a_waiver_may_be_for_one_part(course: Path, edit: Edit) -> None:
    edit(YAML, HINTS, "")
    edit(YAML, "title: Doubling", "title: Doubling\nwaive: {double.hints: None.}")
    assert problems(course) == []
    assert [(w.where, w.rule, w.reason) for w in waived(load_exercise(course / EXERCISE))] == [
        ("doubling.double", "hints", "None.")
    ]
    edit(YAML, "{double.hints: None.}", "{why.hints: None.}")
    assert [(p.rule, p.line, p.part, p.message) for p in problems(course)] == [
        ("waivers", 3, "", "`why.hints` is waived, and there is nothing to waive"),
        ("hints", 11, "double", "it has 1 of the three hints that are needed"),
    ]
    edit(YAML, "{why.hints: None.}", "{double.hints: None., hints: None.}")
    assert [p.message for p in problems(course)] == ["`hints` is waived, and there is nothing to waive"]
    edit(YAML, "{double.hints: None., hints: None.}", "{duble.hints: None., double.hint: None., hints: None.}")
    assert [p.message for p in problems(course)] == [
        "there is no part `duble`. Did you mean `double`?",
        "there is no rule `hint`. Did you mean `hints`?",
    ]


def test_a_hint_may_open_for_what_the_exercise_itself_says(course: Path, edit: Edit) -> None:
    path = course / REFERENCE
    check = '@check("is even")\ndef even(got, ref, inputs):\n    return Finding("Odd.", name="odd")\n'
    path.write_text(path.read_text().replace("import Rng,", "import Finding, Rng, check,") + "\n\n" + check)
    edit(YAML, "{text: Multiply.}", "{text: Multiply., when: odd}")
    edit(YAML, "{text: What is twice three?}", "{text: What is twice three?, when: squares}")
    assert problems(course) == []
    assert lint(load_course(course), names=set()) == []
    edit(REFERENCE, 'name="odd"', 'name="od"')
    assert [p.message for p in problems(course)] == ["no verdict says `odd`. Did you mean `od`?"]
    assert lint(load_course(course)) == []  # nothing is known of verdicts, so nothing is said


BODY = """\
    total = x.sum()
    for row in x.reshape(-1, x.shape[1]):
        total += row[0] * row[1]
    return total
"""


@pytest.mark.parametrize(
    ("fixtures", "lines"),
    [
        ("def f(x):\n    return x.sum()\n", []),  # one operation is in every text
        ("def f(total, row):\n    total += row[0]*row[1]\n", [2]),
        ("def f(x):\n    for r in x.reshape(-1,x.shape[1]):\n        print(r)\n", [2]),
        ("class A:\n    def __init__(self):\n        super().__init__()\n        self.a = x.sum()\n", []),
        ("def f(x)\n    no Python\n", []),
    ],
)
def test_statements_of_the_reference_are_found_by_their_meaning(
    course: Path, edit: Edit, fixtures: str, lines: list[int]
) -> None:
    edit(REFERENCE, "    return 2 * x\n", BODY)
    (course / EXERCISE / "fixtures.py").write_text(fixtures)
    found = [(p.line, p.part) for p in problems(course) if p.rule == "leak"]
    assert found == [(line, "double") for line in lines]


def test_where_a_kernel_is_asked_for_the_function_that_launches_it_may_be_given(course: Path, edit: Edit) -> None:
    edit(YAML, "kind: code", "kind: kernel")
    kernel = "def kernel(x, out):\n    {}\n\n\n"
    launch = "def double(x):\n    kernel[(x.numel() // 8,)](x)\n    return x\n"
    edit(REFERENCE, "def double(x):\n    return 2 * x\n", kernel.format("out[0] = x[0] * x[1] + 1") + launch)
    starter = course / EXERCISE / "starter.py"
    starter.write_text(kernel.format('raise NotImplementedError("write kernel")') + launch)
    assert [p for p in problems(course) if p.rule == "leak"] == []
    (course / EXERCISE / "fixtures.py").write_text("def f(x):\n    return x[0] * x[1] + 1\n")
    assert [(p.line, p.part) for p in problems(course) if p.rule == "leak"] == [(2, "double")]


def test_a_hint_may_show_a_step_of_the_solution_but_not_all_of_it(course: Path, edit: Edit) -> None:
    edit(REFERENCE, "    return 2 * x\n", "    y = x.clone()\n    y += x\n    return y\n")
    edit(YAML, "{text: Multiply.}", '{text: "`y = x.clone()` keeps x as it is."}')
    assert problems(course) == []
    edit(YAML, "`y = x.clone()` keeps x as it is.", "```python\\ny = x.clone()\\ny += x\\n```")
    assert [(p.rule, p.line, p.part) for p in problems(course)] == [("leak", 11, "double")]


def test_an_exercise_is_linted_alone(course: Path, edit: Edit) -> None:
    edit(YAML, "title: Doubling", "title: Doubling\nwaive: {concepts: It stands alone.}")
    assert lint_exercise(load_exercise(course / EXERCISE)) == []
    edit(YAML, ", why: That is the square.", "")
    assert [p.rule for p in lint_exercise(load_exercise(course / EXERCISE))] == ["options"]


def test_a_problem_says_where_it_is() -> None:
    assert str(Problem(Path("a.yaml"), 2, 3, "hints", "no hints")) == "a.yaml:2:3: no hints [hints]"
