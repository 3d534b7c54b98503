"""The linter's rules: a sound course gives no problem, and each rule is broken in turn."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.lint.linter import PROVED, RULES, Problem, lint, lint_exercise, waived, waivers
from lessons.lint.tally import tally
from lessons.loading.loader import load_course, load_exercise

UNIT = "1-tensors"
LESSON = f"{UNIT}/1-making"
EXERCISE = f"{LESSON}/exercises/doubling"
YAML = f"{EXERCISE}/exercise.yaml"
REFERENCE = f"{EXERCISE}/reference.py"
STARTER = f"{EXERCISE}/starter.py"
PROMPT = f"{EXERCISE}/prompt.md"
DEMO = f"{LESSON}/demos/first.yaml"
PROGRAM = f"{LESSON}/demos/first.py"
TEXT = f"{LESSON}/lesson.md"
TERMS = "glossary.yaml"
NUMBERS = f"{UNIT}/numbers.yaml"

HINTS = """\
      - {text: What is twice three?}
      - {text: Multiply.}
"""
EDIT = 'edit_alternative("a", replace={})\n\n\n@alternative\n'
NUMBERED = "numbers:\n  - {id: N1.1.1, what: The double of three., demos: [making/first]}"
SECOND_PART = """\
  - id: why
    kind: code
    covers: [E1.1.1]
    entry: treble
    hints: [{text: a}, {text: b}, {text: c, solution: true}]
  - id: third
"""

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


BROKEN = [
    # rule, file, old, new, line, column, words of the message
    ("coverage", "coverage.yaml", "{by: [making/first]}\n  N", "{}\n  N", 3, 3, "nobody covers D1.1.1"),
    ("coverage", "coverage.yaml", "{waived: It", "{by: [making/first], waived: It", 5, 3, "both covered and"),
    ("coverage", "coverage.yaml", "doubling.double,", "doubling.dble,", 2, 17, "there is no part `doubling."),
    ("coverage", "coverage.yaml", "D1.1.1: {by: [making/first", "D1.1.1: {by: [making/last", 3, 17, "demo"),
    ("coverage", "coverage.yaml", "  E1.1.2:", "  D1.1.2: {by: [making/first]}\n  E1.1.2:", 5, 17, "not say"),
    ("coverage", "coverage.yaml", "  D1.1.1: {by: [making/first]}\n", "", 2, 9, "coverage.yaml does not say"),
    ("coverage", YAML, "choice\n    covers: [E1.1.1]", "choice\n    covers: [E1.1.3]", 15, 13, "E1.1.3"),
    ("coverage", DEMO, "id: N1.1.1", "id: N1.1.2", 2, 9, "covers N1.1.2, and coverage.yaml does not"),
    ("numbers", NUMBERS, "N1.1.1", "N1.1.9", 2, 5, "coverage.yaml does not know N1.1.9"),
    ("numbers", NUMBERS, "demos: [making/first]", "demos: []", 2, 5, "are not those of coverage.yaml"),
    ("numbers", NUMBERS, NUMBERED, "numbers: []", 4, 3, "no numbers.yaml has N1.1.1"),
    ("fields", YAML, "    entry: double\n", "", 5, 5, "a part of kind code needs `entry`"),
    ("fields", YAML, "    text: Which is", "    entry: x\n    text: Which is", 16, 5, "choice has no use fo"),
    ("fields", YAML, "    text: Which is the double of 3?\n", "", 13, 5, "a part of kind choice needs `text"),
    ("fields", YAML, "kind: choice", "kind: explain", 13, 5, "a part of kind explain needs `rubric`"),
    ("hints", YAML, HINTS, "", 10, 7, "1 hints, and three are needed"),
    ("hints", YAML, ", solution: true", "", 12, 9, "the last hint is not the solution"),
    ("hints", YAML, "{text: Multiply.}", "{text: Multiply., solution: true}", 11, 9, "before the last hint"),
    ("options", YAML, ", why: That is the square.", "", 19, 9, "`nine` is wrong and does not say why"),
    ("options", YAML, "why: That is the square.", "right: true", 18, 7, "2 options are right, and a choice"),
    ("options", YAML, "right: true, ", "why: x, ", 18, 7, "0 options are right"),
    ("prompt", PROMPT, "Write `double(x)`, which returns $2x$.\n", "\n", 1, 1, "the prompt is empty"),
    ("starter", STARTER, "def double", "def twice", 1, 1, "`double` is not defined here"),
    ("starter", STARTER, "def double(x)", "def double(x", 4, 11, "this is no Python"),
    ("reference", REFERENCE, "def double", "def twice", 1, 1, "`double` is not defined here"),
    ("reference", REFERENCE, "@alternative\n", "", 1, 1, "the part `double` has 0 @alternative, and needs 1"),
    ("reference", REFERENCE, "@cases\n", "", 1, 1, "the part `double` has 0 @cases, and needs 1"),
    ("reference", REFERENCE, '@mistake("halves", "Halves.", hint="Is the double smaller?")\n', "", 1, 1, "h"),
    ("reference", REFERENCE, '"halves"', '"squares"', 25, 2, "two mistakes of the name `squares`"),
    ("reference", REFERENCE, "@cases\n", '@cases("duble")\n', 10, 2, "no part `duble` runs code. Did you me"),
    ("edit", REFERENCE, "@alternative\n", EDIT.format('("3", "4")'), 15, 1, "a: `3` does not occur in `double`"),
    ("edit", REFERENCE, "@alternative\n", EDIT.format("OLD"), 15, 1, "a: `replace` is (old, new), two texts"),
    ("edit", REFERENCE, "@alternative\n", EDIT.replace('"a", ', "").format("OLD"), 15, 1, "an edit begins with its na"),
    ("edit", REFERENCE, "@alternative\n", EDIT.format('("2", "3"), of=f'), 15, 1, "no function or class `f` is"),
    ("edit", REFERENCE, "    return x / 2", '    edit("a", "A.", hint="a", replace=("2", "3"))', 27, 5, "top level"),
    ("imports", REFERENCE, "\ndef double", "import requests\n\ndef double", 5, 1, "may not import `requests"),
    ("imports", REFERENCE, "\ndef double", "from tutor import app\n\ndef double", 5, 1, "may not import `t"),
    ("imports", REFERENCE, "\ndef double", "from grader import judge\n\ndef double", 5, 1, "may not import"),
    ("imports", REFERENCE, "\ndef double", "from . import other\n\ndef double", 5, 1, "may not import `.`"),
    ("needs", YAML, "concepts: [tensor]", "concepts: [tensor]\nneeds: [dubling]", 4, 9, "there is no `dubli"),
    ("needs", YAML, "concepts: [tensor]", "concepts: [tensor]\nneeds: [doubling]", 4, 9, "in a circle: doub"),
    ("concepts", YAML, "concepts: [tensor]", "concepts: [tensor, shape]", 3, 20, "no lesson up to here teac"),
    ("glossary", TEXT, "concepts: [tensor]", "concepts: [tensor, dtype]", 5, 20, "does not explain `dtype`"),
    ("glossary", TERMS, "row.}", "row., see: [tensr]}", 2, 63, "no entry `tensr`. Did you mean `tensor`"),
    ("glossary", TERMS, "row.}", "row., see: [tensor]}", 2, 63, "`tensor` names itself"),
    ("glossary", TERMS, "row.}", "row.}\n  array: {term: Tensor, definition: x}", 3, 3, "is a word of `tensor` too"),
    ("formulas", TERMS, "Numbers", "$bad$ numbers", 2, 38, "cannot be shown"),
    ("identifiers", TERMS, "Numbers", "E1.1.1 numbers", 2, 38, "`E1.1.1` means nothing"),
    ("demos", DEMO, "max(doubles)", "max(dubles)", 4, 39, "leaves no name `dubles`. Did you mean `doubles`?"),
    ("demos", DEMO, "max(doubles)", "max(doubles", 4, 39, "`max(doubles` is no expression of Python: '(' was ne"),
    ("demos", DEMO, "max(doubles)", "'curve(\"doble\")[-1]'", 4, 39, "logs nothing as `doble`. Did you mean `double`?"),
    ("demos", PROGRAM, "print(doubles)", "print(doubles", 7, 6, "this is no Python"),
    ("logs", PROGRAM, ", step=n", "", 6, 5, "nobody sees what is logged without a step"),
    ("logs", PROGRAM, "step=n", "step=None", 6, 5, "nobody sees what is logged without a step"),
    ("logs", PROGRAM, "print(", 'live.log({"end": 6}, 3)\nprint(', 7, 1, "a point by itself is no curve"),
    ("logs", PROGRAM, "doubles[-1]}", "[n, n]}", 6, 5, "`[n, n]` is no number"),
    ("formulas", TEXT, "$x_1$", "$x_1$ and $bad$", 9, 29, "the formula `bad` cannot be shown: no such sign"),
    ("formulas", TEXT, "$x_1$", "$$nothing$$", 9, 19, "the formula `nothing` cannot be shown: nothing comes"),
    ("formulas", PROMPT, "$2x$", "$bad$", 1, 34, "cannot be shown"),
    ("formulas", YAML, "{text: Multiply.}", "{text: Look at $bad$.}", 11, 16, "cannot be shown"),
    ("identifiers", PROMPT, "Write `d", "E1.1.1: write `d", 1, 1, "`E1.1.1` means nothing to a learner"),
    ("identifiers", YAML, "text: Multiply.", "text: See D1.1.1.", 11, 16, "`D1.1.1` means nothing"),
    ("identifiers", TEXT, "Numbers in", "(N1.1.1) Numbers in", 9, 2, "`N1.1.1` means nothing"),
    ("when", YAML, "{text: Multiply.}", "{text: Multiply., when: shap}", 11, 33, "says `shap`. Did you mean `shape`?"),
    ("when", YAML, "{text: Multiply.}", "{text: Multiply., when: haves}", 11, 33, "Did you mean `halves`?"),
    ("when", YAML, "    options:", "    hints: [{text: a, when: error}]\n    options:", 17, 29, "opens no hint: leave"),
    ("leak", STARTER, "    raise NotImplementedError", "    return 2*x", 5, 1, "reference of `double` too: `2 * x`"),
    ("leak", PROMPT, "$2x$", "`2*x`", 1, 1, "reference of `double` too: `2 * x`"),
    ("leak", PROGRAM, "print(", "x = 3\ny = 2 * x\nprint(", 8, 1, "`double` of doubling too"),
    ("leak", YAML, "{text: Multiply.}", '{text: "So: `return 2 * x`."}', 11, 16, "the whole of `double`"),
    ("todo", PROMPT, "Write `d", "TODO: say what. Write `d", 1, 1, "say what. Write `double(x)`"),
    ("todo", PROGRAM, "print(", "# TODO: more\nprint(", 7, 3, "more"),
    ("screen", TEXT, "Numbers in", "- a\n" * 36 + "\nNumbers in", 7, 1, "takes 46 lines, and 40 fit on a screen"),
    ("cards", TEXT, "Numbers in a row", "Ä" * 1030, 7, 1, "bytes of text, and 2048 fit on a screen"),
]  # fmt: skip


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
        ("hints", 11, "double", "1 hints, and three are needed"),
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
