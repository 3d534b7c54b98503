"""`dl-tutor new`: what is made loads, registers itself, is told apart from finished work, and harms nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from lessons.error import LessonError
from lessons.loading.loader import load_course
from tests.tutor.process import tutor
from tutor.authoring import scaffold

LESSON = "---\nid: making\ntitle: Making\nminutes: 5\n---\n## A tensor\n\nNumbers in a row.\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    root = tmp_path / "units"
    for name, text in {
        "course.yaml": "format: 1\nid: small\ntitle: Small\nunits: [tensors]\n",
        "coverage.yaml": "covered: {}\n",
        "1-tensors/unit.yaml": "id: tensors\ntitle: Tensors\nlessons: [making]  # more to come\n",
        "1-tensors/numbers.yaml": "numbers: []\n",
        "1-tensors/1-making/lesson.md": LESSON,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


LISTS = {
    "lessons: [making]  # more to come\n": "lessons: [making, slices]  # more to come\n",
    'lessons: [  # in order\n  "making",\n]\n': 'lessons: [  # in order\n  "making", slices,\n]\n',
    "lessons:\n  # the first\n  - making  # short\n  # the end\n": (
        "lessons:\n  # the first\n  - making  # short\n  - slices\n  # the end\n"
    ),
    "lessons:\n- making": "lessons:\n- making\n- slices",
}


@pytest.mark.parametrize("before", LISTS)
def test_a_lesson_enters_the_list_of_its_unit_and_leaves_the_rest_of_the_file(course: Path, before: str) -> None:
    head = "# A unit.\nid: tensors\ntitle: Tensors\n"
    (course / "1-tensors/unit.yaml").write_text(head + before)
    folder = scaffold.new_lesson(course, "tensors/slices", 'Slices: "how"')
    assert folder.name == "2-slices"
    assert (course / "1-tensors/unit.yaml").read_text() == head + LISTS[before]
    assert [(one.id, one.title) for one in load_course(course).lessons][1:] == [("slices", 'Slices: "how"')]


def test_a_lesson_in_an_empty_unit(course: Path) -> None:
    (course / "1-tensors/1-making/lesson.md").unlink()
    (course / "1-tensors/1-making").rmdir()
    (course / "1-tensors/unit.yaml").write_text("id: tensors\ntitle: Tensors\nlessons: []  # none yet\n")
    assert scaffold.new_lesson(course, "tensors/slices", "Slices").name == "1-slices"
    assert (course / "1-tensors/unit.yaml").read_text().endswith("lessons: [slices]  # none yet\n")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["code", "choice", "numeric"])
def test_an_exercise_owes_only_what_is_marked(course: Path, kind: str) -> None:
    made = tutor("new", "exercise", "making/two-fold", "Two: fold", "--kind", kind, "--course", course)
    assert made.code == 0 and "prompt.md:1: say what" in made.out
    (exercise,) = load_course(course).exercises
    assert (exercise.id, exercise.title, [part.kind for part in exercise.parts]) == ("two-fold", "Two: fold", [kind])
    assert (
        course / "1-tensors/1-making/lesson.md"
    ).read_text() == LESSON + "\n---\n## Two: fold\n\n:::exercise two-fold\n".lstrip("\n")
    for words in ([exercise.folder], []):
        report = tutor("lint", "--json", *words, DL_TUTOR_COURSE=str(course))
        assert report.code == 1 and {one["rule"] for one in report.data["problems"]} == {"todo"}
        places = {(Path(one["path"]).name, one["line"], one["message"]) for one in report.data["problems"]}
        assert ("exercise.yaml", 3) in {place[:2] for place in places} and len(places) > 5
    for path in exercise.folder.iterdir():
        path.write_text(path.read_text().replace("TODO: ", ""))
    assert tutor("lint", exercise.folder).code == 0


def test_a_lesson_and_its_demo_owe_only_what_is_marked(course: Path) -> None:
    made = tutor("new", "lesson", "tensors/slices", "Slices", DL_TUTOR_COURSE=str(course))
    assert made.code == 0 and "lesson.md:6: name the concepts" in made.out and f"dl-tutor lint {course}" in made.out
    problems = tutor("lint", "--json", course).data["problems"]
    assert {one["rule"] for one in problems} == {"todo"} and len(problems) == 8
    assert tutor("demo", "slices/first", DL_TUTOR_COURSE=str(course)).out.startswith("tensor(6)")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["lesson", "tensors/making", "Again"], "There is a lesson `making` already"),
        (["lesson", "tensor/slices", "Slices"], "Did you mean `tensors`?"),
        (["lesson", "slices", "Slices"], "is not of the form UNIT/ID"),
        (["lesson", "tensors/Slices-2", "Slices"], "is no name: use small letters"),
        (["lesson", "tensors/../away", "Slices"], "is no name"),
        (["lesson", "tensors/no", "No"], "means something else"),
        (["lesson", "tensors/slices", "One\nTwo"], "The title must be one line"),
        (["exercise", "makin/two", "Two"], "Did you mean `making`?"),
        (["exercise", "making/lambda", "Two"], "means something else"),
        (["exercise", "making/two", "Two", "--kind", "essay"], "essay"),
    ],
)
def test_what_cannot_be_made_changes_nothing(course: Path, words: list[str], told: str) -> None:
    before = files(course)
    done = tutor("new", *words, "--course", course)
    assert done.code == 2 and told in done.err and files(course) == before


def test_nothing_is_written_over(course: Path) -> None:
    scaffold.new_exercise(course, "making/two", "Two", "choice")
    before = files(course)
    with pytest.raises(scaffold.ScaffoldError, match="`two` already"):
        scaffold.new_exercise(course, "making/two", "Two", "code")
    (course / "1-tensors/1-making/exercises/three").mkdir()
    with pytest.raises((scaffold.ScaffoldError, LessonError)):
        scaffold.new_exercise(course, "making/three", "Three", "code")
    assert files(course) == before
