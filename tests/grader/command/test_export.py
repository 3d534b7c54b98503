"""The public copy of a course: it loads, it can be read, and no answer is in it."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli import main
from grader.command import export
from grader.questions.sampling import sample
from grader.spec import Question
from lessons.error import LessonError
from lessons.loading.loader import load_course
from lessons.loading.public import PUBLIC, elsewhere, insist_on_answers
from lessons.location import UNITS
from lessons.schema import Exercise
from tests.grader.command.test_package import COURSE

SLOPES = "1-lines/1-slopes"
DOUBLE = f"{SLOPES}/exercises/double"
SECRETS = {
    f"{DOUBLE}/reference.py": """
@mistake("squares", "SECRET of a mistake", "code")
def squares(x):
    return x ** 2  # SECRET
""",
    f"{DOUBLE}/fixtures.py": "SECRET = 4\n",
    f"{DOUBLE}/mutants.yaml": "right: {code: {'*': SECRET}}\n",
    f"{DOUBLE}/notes.txt": "SECRET\n",
    "proofs.json": '{"SECRET": 1}',
    "mutants.json": '{"SECRET": 1}',
    "homework.yaml": "seed: 5000000000 # SECRET\n",
    ".git/config": "SECRET",
}
EARNED = """---
:::earned double
## Afterwards

SECRET: `return 2 * x` was what was wanted.

```python demo=count
```
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    root = tmp_path / "course"
    shutil.copytree(COURSE, root, ignore=shutil.ignore_patterns("__pycache__"))
    for name, text in SECRETS.items():
        (root / name).parent.mkdir(exist_ok=True)
        with (root / name).open("a") as file:
            file.write(text)
    with (root / SLOPES / "lesson.md").open("a") as file:
        file.write(EARNED)
    yaml = root / DOUBLE / "exercise.yaml"
    hint = "      - {text: 'Write `return 2 * x  # SECRET`'}\n"
    yaml.write_text(yaml.read_text().replace("    hints:\n", f"    hints:\n{hint}", 1))
    reference = root / DOUBLE / "reference.py"
    text = reference.read_text().replace("    return 2 * x\n", "    return 2 * x  # SECRET\n")
    reference.write_text(text.replace("import alternative, ", "import alternative, mistake, "))
    return root


@pytest.fixture(autouse=True)
def no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions are not drawn, which takes a process each."""
    monkeypatch.setattr(export, "sample", lambda *_: Question(values={"n": 3}, answer=6))


def exported(course: Path, out: Path, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["export", str(course), "--out", str(out), *words])
    return done.exit_code, done.stderr


def files(root: Path) -> Iterator[tuple[Path, str]]:
    yield from ((path.relative_to(root), path.read_text()) for path in sorted(root.rglob("*")) if path.is_file())


def test_no_answer_is_in_the_copy(course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "sample", sample)
    public = tmp_path / "public"
    assert exported(course, public) == (0, f"{public}: 14 files, 1 exercise without answers.\n")
    texts = dict(files(public))
    names = {path.name for path in texts}
    assert not names & {"reference.py", "fixtures.py", "mutants.yaml", "proofs.json", "mutants.json", "homework.yaml"}
    for path, text in texts.items():
        for told in ("SECRET", "return 2 * x", "x + x", "right:", "why:", "That is the slope", "Says that", "2 * n"):
            assert told not in text, (path, told)


def test_what_learners_read_is_in_the_copy(course: Path, tmp_path: Path) -> None:
    exported(course, tmp_path / "public", "--judged", "Hand it in at the office: by Friday.")
    whole, copy = load_course(course), load_course(tmp_path / "public")
    (mine,), (theirs,) = whole.exercises, copy.exercises
    assert (theirs.prompt, theirs.starter, theirs.title) == (mine.prompt, mine.starter, mine.title)
    assert [(one.id, one.kind, one.points, one.text) for one in theirs.parts] == [
        (one.id, one.kind, one.points, one.text) for one in mine.parts
    ]
    assert {one.id for one in theirs.parts[1].options} == {"one", "two"}
    assert [hint.text for hint in theirs.parts[0].hints] == [r"What is $2 \times 3$?"]
    assert [one.title for one in copy.lessons[0].cards] == ["A mean", "A demo", "Try it"]
    assert copy.lessons[0].demos[0].source == whole.lessons[0].demos[0].source
    assert elsewhere(mine) == "" and elsewhere(theirs) == (
        "This copy of the course has no answers, so double is not judged here. Hand it in at the office: by Friday."
    )
    with pytest.raises(LessonError, match="no answers to prove"):
        insist_on_answers(copy.exercises)


def test_private_exercises_take_the_place_of_those_of_a_copy(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exported(course, tmp_path / "public")
    monkeypatch.setenv("DL_TUTOR_PRIVATE", str(course))
    (exercise,) = load_course(tmp_path / "public").exercises
    assert exercise.reference == course / DOUBLE / "reference.py" and elsewhere(exercise) == ""
    monkeypatch.setenv("DL_TUTOR_PRIVATE", str(tmp_path / "nowhere"))
    with pytest.raises(LessonError, match="no such folder"):
        load_course(tmp_path / "public")


def test_a_copy_is_made_again_and_what_lies_beside_it_is_named(course: Path, tmp_path: Path) -> None:
    public = tmp_path / "public"
    exported(course, public)
    before = dict(files(public))
    (public / ".git").mkdir()
    (public / ".git" / "config").write_text("")
    assert exported(course, public)[0] == 0
    assert {path: text for path, text in files(public) if path.parts[0] != ".git"} == before
    (public / DOUBLE / "reference.py").write_text("left by somebody")
    code, said = exported(course, public)
    assert code == 0 and f"{public / DOUBLE / 'reference.py'} is not of this copy: delete it" in said


def test_a_folder_that_is_something_else_is_left_alone(course: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.txt").write_text("mine")
    for out, said in ((other, "is not empty"), (other / "mine.txt", "is no folder"), (course / "public", "outside")):
        code, err = exported(course, out)
        assert code == 2 and said in err, err
    assert [path.name for path in other.iterdir()] == ["mine.txt"]
    assert exported(tmp_path / "none", tmp_path / "x")[0] == 2


def test_what_is_judged_elsewhere_is_said_by_each_command(course: Path, tmp_path: Path) -> None:
    public, answers = tmp_path / "public", tmp_path / "in" / "ada"
    exported(course, public)
    answers.mkdir(parents=True)
    (answers / "double.py").write_text("def double(x): ...\n")
    homework = tmp_path / "homework.yaml"
    homework.write_text("format: 1\ntitle: One\nexercises: [{id: double}]\n")
    for words in (
        ["grade", answers],
        ["grade", "double", "--file", answers / "double.py"],
        ["class", tmp_path / "in", "--out", tmp_path / "out"],
        ["package", "gradescope", homework, "--out", tmp_path / "grader.zip"],
    ):
        done = CliRunner().invoke(main, [*map(str, words), "--course", str(public)])
        assert (done.exit_code, done.stdout) == (3, "") and "double is not judged here. It is judged" in done.stderr
    assert not (tmp_path / "grader.zip").exists() and not (tmp_path / "out").exists()


def test_an_exercise_without_its_reference_says_so(course: Path) -> None:
    (course / DOUBLE / "reference.py").unlink()
    (exercise,) = load_course(course).exercises
    assert "double is not judged here, because its reference.py is not in" in elsewhere(exercise)
    assert "DL_TUTOR_PRIVATE" in elsewhere(exercise)


def bodies(exercise: Exercise) -> set[str]:
    """The lines of code in a reference that say something."""
    source = exercise.reference.read_text()
    defined = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    texts = [ast.get_source_segment(source, node) or "" for one in defined for node in one.body]
    return {line.strip() for text in texts for line in text.splitlines() if len(line.strip()) > 20}


@pytest.mark.slow
def test_no_line_of_a_reference_is_in_a_copy_of_our_own_course(tmp_path: Path) -> None:
    course = load_course(UNITS)
    export.command(course, tmp_path)
    assert (tmp_path / PUBLIC).is_file()
    for lesson in course.lessons:
        for exercise in lesson.exercises:
            if exercise.reference.is_file():
                own = tmp_path / lesson.path.relative_to(UNITS) / "exercises" / exercise.folder.name
                read = f"{exercise.starter}\n{exercise.prompt}"
                secret = {line for line in bodies(exercise) if line not in read}
                for path, text in files(own):
                    assert not {line for line in secret if line in text}, path
