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
from tests.lessons.loading.mistakes import EXERCISE, LESSON, RECORDS, TEXT, YAML

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


def test_a_card_waits_for_exercises_of_its_lesson(course: Path, edit: Edit) -> None:
    edit(TEXT, ":::exercise doubling\n", ":::exercise doubling\n---\n:::earned doubling\n## Yours\n\nNow.\n")
    *_, first, last = load_course(course).lessons[0].cards
    assert (first.earned, last.earned, last.title) == ((), ("doubling",), "Yours")
    edit(TEXT, ":::earned doubling", ":::earned doubling dubling")
    error = fails(course)
    assert error.message == "there is no exercise `dubling` in this lesson" and "doubling" in error.mend
    assert error.column == len(":::earned doubling ") + 1
    edit(TEXT, ":::earned doubling dubling", ":::earned")
    assert fails(course).mend == "Write `:::exercise ID`, or `:::earned ID`."


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
    assert path.read_bytes() == json_schema.schema(name), "run: python -P -m lessons.schema.json_schema"


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


FORMER = [
    (["doubling"], "the former id `doubling` is its own"),
    (["twice", "twice"], "the former id `twice` stands here for the second time"),
    (["Twice"], None),
]


@pytest.mark.parametrize(("ids", "message"), FORMER)
def test_a_former_id_is_nobodys_today(course: Path, edit: Edit, ids: list[str], message: str | None) -> None:
    edit(f"{EXERCISE}/exercise.yaml", "title: Doubling", f"title: Doubling\nformerly: [{', '.join(ids)}]")
    error = fails(course)
    assert error.path == course / EXERCISE / "exercise.yaml" and error.line == 3
    assert message is None or error.message == message


def test_a_former_id_names_the_exercise_and_the_lesson_of_today(course: Path, edit: Edit) -> None:
    edit(f"{EXERCISE}/exercise.yaml", "title: Doubling", "title: Doubling\nformerly: [twice, two-fold]")
    edit(TEXT, "id: making", "id: making\nformerly: [made]")
    loaded = load_course(course)
    assert loaded.former == {"lesson": {"made": "making"}, "exercise": {"twice": "doubling", "two-fold": "doubling"}}
    assert loaded.named("two-fold") is loaded.named("doubling") is loaded.exercise("doubling")
    assert loaded.named("fold") is loaded.exercise("twice") is None


def test_a_former_id_is_not_another_exercises(course: Path, edit: Edit) -> None:
    shutil.copytree(course / EXERCISE, course / LESSON / "exercises/halving")
    other = course / LESSON / "exercises/halving/exercise.yaml"
    other.write_text(other.read_text().replace("id: doubling\n", "id: halving\nformerly: [doubling]\n"))
    edit(TEXT, ":::exercise doubling", ":::exercise doubling\n\n:::exercise halving")
    error = fails(course)
    assert error.path == other and error.message == "the former id `doubling` is that of doubling/exercise.yaml"
    other.write_text(other.read_text().replace("[doubling]", "[twice]"))
    edit(f"{EXERCISE}/exercise.yaml", "title: Doubling", "title: Doubling\nformerly: [twice]")
    assert fails(course).message.startswith("the former id `twice` is that of ")
