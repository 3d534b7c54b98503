"""A course changes - lessons and exercises are renamed, moved, reordered - and the learner's work is found."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.records.given import Given
from grader.submission import read_answers, write_answer
from lessons.loading.loader import load_course
from lessons.schema import Course, Exercise
from tests.tutor.process import tutor
from tests.tutor.screen import COURSE
from tutor.learner import attempt_curves, locations, moves, notes, workspace
from tutor.learner.events import Attempt, DemoRun, Hint, Opened
from tutor.learner.progress import Progress

MINE = "def double(x):\n    return x + x\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    shutil.copytree(COURSE, folder)
    return folder


def exercise_of(course: Course) -> Exercise:
    (found,) = [one for one in course.exercises if "double" in (one.id, *one.formerly)]
    return found


def work_through(root: Path) -> None:
    """Everything that a learner can have of an exercise and a lesson."""
    course = load_course(root)
    exercise = exercise_of(course)
    workspace.save(workspace.path_of(exercise), MINE)
    notes.add(exercise, "Twice.")
    workspace.back_up(workspace.path_of(exercise), "old")
    (workspace.folder_of(exercise) / "curves").mkdir()
    for part in ("code", "other"):
        (workspace.folder_of(exercise) / "curves" / f"double-{part}.2026-01-01-7.json").write_text("{}")
    write_answer(workspace.answers_of(exercise), "double", "slope", Given("two"))
    copy = locations.scratch() / "slopes" / "count.py"
    workspace.save(copy, "mine")
    progress = Progress()
    progress.record(Attempt(exercise="double", part="code", status="passed", score=2.0, max=2.0, seed=1))
    progress.record(Hint(exercise="double", part="code", rung=0))
    progress.record(Opened(lesson="slopes", card=1))
    progress.record(DemoRun(lesson="slopes", demo="count"))
    progress.close()


def is_found(root: Path) -> None:
    course = load_course(root)
    exercise = exercise_of(course)
    moves.settle(course)
    assert workspace.read(workspace.path_of(exercise)) == MINE and notes.read(exercise) == "Twice."
    (backup,) = (workspace.folder_of(exercise) / workspace.BACKUPS).iterdir()
    assert backup.read_text() == "old" and backup.name.startswith(f"{exercise.id}.")
    assert [one.name for one in attempt_curves._files(exercise, "code")] == [f"{exercise.id}-code.2026-01-01-7.json"]
    assert read_answers(workspace.answers_of(exercise))[exercise.id] == {"slope": Given("two")}
    lesson = course.lessons[0]
    assert (locations.scratch() / lesson.id / "count.py").read_text() == "mine"
    progress = Progress(former=course.former)
    assert progress.exercise(exercise).score == 2.0 and progress.rungs(exercise.id, "code") == {0}
    assert progress.cards(lesson.id) == {1} and progress.demo_ran(lesson.id, "count")
    assert moves.settle(course) == []


def edited(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text)


def rename_exercise(root: Path) -> None:
    lesson = root / "1-lines/1-slopes"
    (lesson / "exercises/double").rename(lesson / "exercises/twofold")
    edited(lesson / "exercises/twofold/exercise.yaml", ("id: double\n", "id: twofold\nformerly: [double]\n"))
    edited(lesson / "lesson.md", (":::exercise double", ":::exercise twofold"))


def rename_lesson(root: Path) -> None:
    (root / "1-lines/1-slopes").rename(root / "1-lines/1-gradients")
    edited(root / "1-lines/1-gradients/lesson.md", ("id: slopes\n", "id: gradients\nformerly: [slopes]\n"))
    edited(root / "1-lines/unit.yaml", ("slopes", "gradients"))
    for file in root.rglob("*"):
        if file.name == "lesson.md" and "needs: [slopes]" in file.read_text():
            edited(file, ("needs: [slopes]", "needs: [gradients]"))


def rename_both(root: Path) -> None:
    rename_exercise(root)
    rename_lesson(root)


def move_exercise(root: Path) -> None:
    slopes, reading = root / "1-lines/1-slopes", root / "1-lines/2-reading"
    (reading / "exercises").mkdir(exist_ok=True)
    (slopes / "exercises/double").rename(reading / "exercises/double")
    edited(slopes / "lesson.md", (":::exercise double\n", ""))
    with (reading / "lesson.md").open("a") as file:
        file.write("\n:::exercise double\n")


def rename_unit(root: Path) -> None:
    (root / "1-lines").rename(root / "1-straight")
    edited(root / "1-straight/unit.yaml", ("id: lines\n", "id: straight\n"))
    edited(root / "course.yaml", ("units: [lines", "units: [straight"))


def reorder(root: Path) -> None:
    (root / "1-lines/1-slopes").rename(root / "1-lines/7-slopes")
    (root / "1-lines").rename(root / "4-lines")


CHANGES: list[Callable[[Path], None]] = [
    rename_exercise,
    rename_lesson,
    rename_both,
    move_exercise,
    rename_unit,
    reorder,
]


@pytest.mark.parametrize("change", CHANGES)
def test_what_the_learner_has_is_found_again(course: Path, change: Callable[[Path], None]) -> None:
    work_through(course)
    change(course)
    is_found(course)


def test_nothing_is_written_over(course: Path) -> None:
    work_through(course)
    rename_exercise(course)
    changed = load_course(course)
    exercise = exercise_of(changed)
    old = workspace.folder_of(exercise) / "double.py"
    workspace.save(workspace.path_of(exercise), "newer")
    write_answer(workspace.answers_of(exercise), "twofold", "slope", Given("one"))
    assert moves.settle(changed) == []
    assert workspace.read(workspace.path_of(exercise)) == "newer" and old.read_text() == MINE
    assert read_answers(workspace.answers_of(exercise))["twofold"] == {"slope": Given("one")}


def test_the_command_says_it_once_and_knows_the_old_name(course: Path) -> None:
    work_through(course)
    old = locations.workspace() / "lines/slopes/double.py"
    rename_both(course)
    first = tutor("start", "double", DL_TUTOR_COURSE=str(course))
    new = locations.workspace() / "lines/gradients/twofold.py"
    assert first.out == f"{new}\n" and new.read_text() == MINE and not old.exists()
    assert f"{old} is now {new}: the course has moved or renamed this exercise." in first.err
    again = tutor("read", "slopes", "--card", "1", DL_TUTOR_COURSE=str(course))
    assert again.code == 0 and "is now" not in again.err
    (found,) = tutor("progress", "--json", DL_TUTOR_COURSE=str(course)).data["exercises"]
    assert (found["id"], found["score"]) == ("twofold", 2.0)


def test_files_of_the_learners_own_stay_where_they_are(course: Path) -> None:
    work_through(course)
    folder = locations.workspace() / "lines/slopes"
    for name in ("mine.py", "double.txt", "backups/mine.py"):
        (folder / name).write_text("x")
    rename_both(course)
    moves.settle(load_course(course))
    assert all((folder / name).read_text() == "x" for name in ("mine.py", "double.txt", "backups/mine.py"))
    assert (folder / "curves/double-other.2026-01-01-7.json").exists()  # of no part that there is
