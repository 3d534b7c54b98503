"""The course as records, and what is said of files that do not make one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.error import LessonError
from lessons.loading.loader import load_course, load_exercise
from lessons.location import default_course
from lessons.schema import FILES, DemoBlock, ExerciseBlock, Prose, json_schema

LESSON = "1-tensors/1-making"
EXERCISE = f"{LESSON}/exercises/doubling"
YAML = f"{EXERCISE}/exercise.yaml"
TEXT = f"{LESSON}/lesson.md"

Edit = Callable[[str, str, str], None]


def fails(root: Path) -> LessonError:
    with pytest.raises(LessonError) as caught:
        load_course(root)
    return caught.value


def test_a_course_is_loaded_in_reading_order(course: Path) -> None:
    loaded = load_course(course)
    (lesson,) = loaded.lessons
    assert (loaded.id, loaded.units[0].id, lesson.id, lesson.minutes) == ("small", "tensors", "making", 10)
    first, second = lesson.cards
    assert first.title == "A tensor"
    assert first.blocks == (Prose(text="## A tensor\n\nNumbers in a row, $x_1$."), DemoBlock(demo="first"))
    assert second.blocks == (Prose(text="## Your turn"), ExerciseBlock(exercise="doubling"))
    demo = lesson.demo("first")
    assert demo is not None and demo.facts[0].stated == 6 and "live.log" in demo.source
    exercise = loaded.exercise("doubling")
    assert exercise is not None
    assert (exercise.lesson, exercise.unit, exercise.points) == ("making", "tensors", 2)
    assert exercise.runs_code and "2x" in exercise.prompt and "NotImplemented" in exercise.starter
    assert loaded.coverage["E1.1.2"].waived == "It comes with a later unit."


def test_an_exercise_stands_alone_or_in_its_lesson(course: Path, tmp_path: Path) -> None:
    assert load_exercise(course / EXERCISE).lesson == "making"
    assert load_exercise(course / EXERCISE).unit == "tensors"
    alone = tmp_path / "doubling"
    (course / EXERCISE).rename(alone)
    assert (load_exercise(alone).id, load_exercise(alone).lesson, load_exercise(alone).unit) == (
        "doubling",
        "",
        "",
    )


def test_a_course_may_have_no_glossary(course: Path) -> None:
    assert [entry.term for entry in load_course(course).glossary.values()] == ["tensor"]
    (course / "glossary.yaml").unlink()
    assert load_course(course).glossary == {}


def test_the_unit_of_the_tour_is_not_counted(course: Path) -> None:
    assert [unit.id for unit in load_course(course).numbered] == ["tensors"]
    with (course / "course.yaml").open("a") as file:
        file.write("tour: making\n")
    loaded = load_course(course)
    assert loaded.tour is not None and loaded.tour.id == "making" and loaded.numbered == []


def test_folder_numbers_are_decoration(course: Path) -> None:
    (course / "1-tensors").rename(course / "27-tensors")
    assert load_course(course).units[0].id == "tensors"


RECORDS = [
    (
        YAML,
        "title: Doubling",
        "titel: Doubling",
        2,
        1,
        "the key `titel` is not known",
        "Did you mean `title`?",
    ),
    (
        YAML,
        "    entry: double",
        "    entries: double",
        8,
        5,
        "`entries` is not known",
        "Did you mean `entry`?",
    ),
    (YAML, "{text: Multiply.}", "{txt: Multiply.}", 11, 10, "`txt` is not known", "Did you mean `text`?"),
    (
        YAML,
        "kind: choice",
        "kind: choise",
        14,
        11,
        "`choise` is not one of the values",
        "Did you mean `choice`?",
    ),
    (YAML, "title: Doubling\n", "", 1, 1, "the key `title` is missing", "Add `title: ...` here."),
    (
        YAML,
        "  - id: why\n    kind: choice",
        "  - id: why",
        13,
        5,
        "the key `kind` is missing",
        "Add `kind: ...` here.",
    ),
    (
        YAML,
        "title: Doubling",
        "title: 2",
        2,
        8,
        "text is expected here, not a whole number",
        'Write "2" in quotes.',
    ),
    (
        YAML,
        "concepts: [tensor]",
        "concepts: tensor",
        3,
        11,
        "a list is expected here, not text",
        "Write a list.",
    ),
    (YAML, "    entry: double", "    points: 0", 8, 13, "`0` is out of range", "It must be >= 1."),
    (YAML, "id: six", "id: Six", 18, 14, "`Six` is not kebab-case, letters only", "Write it in that form."),
    (YAML, "title: Doubling", 'title: ""', 2, 8, "too short", "It must be >= 1 characters."),
    (
        YAML,
        "id: why",
        "id: double",
        13,
        9,
        "`double` stands here for the second time",
        "Each part is named once.",
    ),
    (
        YAML,
        "id: nine",
        "id: six",
        19,
        14,
        "`six` stands here for the second time",
        "Each option is named once.",
    ),
    (
        YAML,
        "id: doubling",
        "id: trebling",
        1,
        5,
        "is not that of the folder `doubling`",
        "Write `id: doubling`, or",
    ),
    (
        "coverage.yaml",
        "D1.1.1:",
        "X1.1.1:",
        3,
        3,
        "`X1.1.1` is not an identifier of",
        "Write it in that form.",
    ),
    ("coverage.yaml", "{waived: It", "{waved: It", 5, 12, "`waved` is not known", "Did you mean `waived`?"),
    (
        "course.yaml",
        "units: [tensors]",
        "units: [tensor]",
        4,
        9,
        "no folder for `tensor`",
        "Did you mean `tensors`?",
    ),
    (
        "course.yaml",
        "units: [tensors]",
        "units: [tensors, tensors]",
        4,
        18,
        "for the second time",
        "Each units",
    ),
    ("glossary.yaml", ", definition: Numbers in a row.", "", 2, 11, "`definition` is missing", "Add `definition"),
    ("glossary.yaml", "row.}", "row., sea: [tensor]}", 2, 57, "`sea` is not known", "Did you mean `see`?"),
    ("course.yaml", "format: 1", "format: 1\ntour: makin", 2, 7, "no lesson `makin`", "Did you mean `making`?"),
    ("course.yaml", "format: 1", "format: 2", 1, 9, "`2` is not one of the values", "Known: `1`."),
    (
        "1-tensors/unit.yaml",
        "[making]",
        "[making, later]",
        3,
        19,
        "no folder for `later`",
        "Make it, or delete",
    ),
    (
        "1-tensors/unit.yaml",
        "id: tensors",
        "id: numbers",
        1,
        5,
        "is not that of the folder `1-tensors`",
        "Write `id: t",
    ),
    (
        "1-tensors/numbers.yaml",
        "what: The",
        "that: The",
        2,
        18,
        "`that` is not known",
        "Did you mean `what`?",
    ),
    (
        f"{LESSON}/demos/first.yaml",
        "stated: 6",
        "stated: {a: 1}",
        4,
        26,
        "is expected here, not a mapping",
        "Write ",
    ),
    (
        TEXT,
        "minutes: 10",
        "minutes: soon",
        4,
        10,
        "a whole number is expected here, not text",
        "Write a whole",
    ),
    (
        TEXT,
        "id: making",
        "id: baking",
        2,
        5,
        "is not that of the folder `1-making`",
        "Write `id: making`, or",
    ),
    (
        TEXT,
        "---\nid: making",
        "id: making",
        1,
        1,
        "the front matter is missing",
        "Begin the file with a line",
    ),
    (TEXT, "demo=first", "demo=fist", 11, 16, "there is no demo `fist`", "Did you mean `first`?"),
    (TEXT, "demo=first", "demo=First one", 11, 4, "places no demo", "Write `python demo=NAME`."),
    (
        TEXT,
        "demo=first\n",
        "demo=first\nx = 1\n",
        12,
        1,
        "code in the block of a demo",
        "Leave the block empty",
    ),
    (
        TEXT,
        "```python demo=first\n```",
        "````python\n```",
        11,
        1,
        "does not end",
        "Close it with a line `````",
    ),
    (
        TEXT,
        ":::exercise doubling",
        ":::exercise doublin",
        16,
        13,
        "no exercise `doublin`",
        "Did you mean `doubling`?",
    ),
    (TEXT, ":::exercise doubling", ":::task doubling", 16, 1, "places nothing", "Write `:::exercise ID`."),
    (TEXT, "## Your turn", "---\n## Your turn", 14, 1, "a card with nothing on it", "Delete one of the two"),
    (TEXT, "## Your turn", "Your turn", 14, 1, "a card without a title", "Begin it with a heading"),
]


@pytest.mark.parametrize(("name", "old", "new", "line", "column", "message", "mend"), RECORDS)
def test_each_mistake_has_its_place_and_mend(
    course: Path, edit: Edit, name: str, old: str, new: str, line: int, column: int, message: str, mend: str
) -> None:
    edit(name, old, new)
    error = fails(course)
    assert str(error).startswith(f"{course / name}:{line}:{column}: "), str(error)
    assert message in error.message
    assert error.mend.startswith(mend), error.mend


def test_front_matter_that_does_not_end(course: Path) -> None:
    (course / TEXT).write_text("---\nid: making\n")
    assert "does not end" in str(fails(course))


def test_what_the_text_does_not_place(course: Path, edit: Edit) -> None:
    edit(TEXT, "```python demo=first\n```\n", "")
    error = fails(course)
    assert error.path.name == "first.yaml"
    assert (error.line, error.message) == (1, "lesson.md does not place the demo `first`")
    assert error.mend == "Place it with a block `python demo=first`, or delete it."
    edit(TEXT, "Numbers in a row", "```python demo=first\n```\nNumbers in a row")
    edit(TEXT, ":::exercise doubling\n", "")
    error = fails(course)
    assert error.path == course / YAML
    assert error.mend == "Place it with a line `:::exercise doubling`, or delete it."


def test_half_a_demo(course: Path) -> None:
    (course / LESSON / "demos" / "first.py").unlink()
    error = fails(course)
    assert (error.path.name, error.message) == ("first.py", "the code of the demo `first` is missing")


def test_folders_that_no_list_names(course: Path) -> None:
    (course / "2-more").mkdir()
    assert str(fails(course)).endswith("`more` is not in the list `units` of course.yaml. Add `- more` to the list.")
    (course / "2-more").rename(course / "2-tensors")
    assert "has the same id, `tensors`" in str(fails(course))
    (course / "2-tensors").rename(course / "Two")
    assert "`Two` is no name for a folder here" in str(fails(course))


def test_an_id_is_used_once_in_the_course(course: Path, edit: Edit) -> None:
    twin = course / "1-tensors" / "2-baking"
    (course / LESSON).rename(twin)
    text = twin / "lesson.md"
    text.write_text(text.read_text().replace("id: making", "id: baking"))
    edit("1-tensors/unit.yaml", "[making]", "[baking]")
    load_course(course)
    shutil.copytree(twin, course / LESSON)
    text = course / TEXT
    text.write_text(text.read_text().replace("id: baking", "id: making"))
    edit("1-tensors/unit.yaml", "[baking]", "[making, baking]")
    error = fails(course)
    assert error.path == twin / "exercises" / "doubling" / "exercise.yaml"
    assert error.message == "the id `doubling` is that of another exercise"
    assert error.mend.endswith("exercises/doubling/exercise.yaml has it already: rename one of the two.")


def test_a_line_of_dashes_in_code_ends_no_card(course: Path, edit: Edit) -> None:
    edit(TEXT, "Numbers in a row, $x_1$.", "```yaml\na: 1\n---\n# no title\n```")
    assert len(load_course(course).lessons[0].cards) == 2


def test_the_course_is_found_by_default_and_by_name(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DL_TUTOR_COURSE", raising=False)
    assert default_course().name == "units" and default_course().parent.name == "lessons"
    monkeypatch.setenv("DL_TUTOR_COURSE", str(course))
    assert load_course().id == "small"


@pytest.mark.parametrize("name", FILES)
def test_the_shipped_schemas_are_current(name: str) -> None:
    path = json_schema.FOLDER / f"{name}.json"
    assert path.read_bytes() == json_schema.schema(name), "run: python -m lessons.schema.json_schema"


def test_loading_imports_nothing_heavy_and_is_quick(course: Path) -> None:
    code = (
        "import sys, lessons.loading.loader; lessons.loading.loader.load_course();"
        "print([m for m in ('torch', 'numpy', 'grader', 'tutor', 'textual') if m in sys.modules])"
    )
    env = {**os.environ, "DL_TUTOR_COURSE": str(course)}
    run = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
    start = time.perf_counter()
    load_course(course)
    assert time.perf_counter() - start < 10.1, "a hang guard: 100 ms are allowed, see benchmarks for the figure"
