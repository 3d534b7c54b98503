"""Answering from the command line what the course's own exercises do not ask yet: numbers of one's own, essays."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grader.records.given import Given
from grader.submission import read_answers
from lessons.loading.loader import load_exercise
from lessons.schema import Course, Lesson, Unit
from tutor.commands import practice
from tutor.learner.progress import Progress

YAML = """\
id: asked
title: Asked
parts:
  - {id: difference, kind: numeric, covers: [E1.1.1], points: 2, text: 'What is {a} - {b}?'}
  - id: choice-and-text
    kind: explain
    covers: [E1.1.1]
    text: Which, and why?
    rubric: [Says it]
    model_answer: So it is.
    options: [{id: one, right: true, text: One}, {id: two, text: Two, why: No.}]
  - {id: text, kind: explain, covers: [E1.1.1], text: Why?, rubric: [Says it], model_answer: Because it is so.}
"""
QUESTIONS = """
from grader.spec import Question

def difference(rng):
    a = rng.randrange(1000)
    b = a + rng.randrange(1, 1000)
    return Question({"a": a, "b": b}, answer=a - b, slips={b - a: "That is the other way round."})
"""

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a verb with a course that holds the exercise above."""
    folder = tmp_path / "asked"
    folder.mkdir()
    for name, text in {"exercise.yaml": YAML, "prompt.md": "Answer.\n", "questions.py": QUESTIONS}.items():
        (folder / name).write_text(textwrap.dedent(text))
    lesson = Lesson(
        id="asking",
        unit="unit",
        title="Asking",
        minutes=1,
        needs=(),
        concepts=(),
        cards=(),
        demos=(),
        exercises=(load_exercise(folder),),
        path=tmp_path,
    )
    unit = Unit(id="unit", title="Unit", lessons=(lesson,), numbers=(), path=tmp_path)
    course = Course(id="small", title="Small", units=(unit,), coverage={}, path=tmp_path)
    monkeypatch.setattr(practice, "the_course", lambda: course)
    verbs = {verb.name: verb for verb in practice.VERBS}
    return lambda verb, *words: CliRunner().invoke(verbs[verb], list(words))


def kept(home: Path) -> dict[str, Given]:
    files = list(home.rglob("answers.yaml"))
    return read_answers(files[0])["asked"] if files else {}


def numbers(run: Run) -> tuple[int, int]:
    shown = run("answer", "asked.difference")
    found = re.match(r"What is (\d+) - (\d+)\?\n", shown.stdout)
    assert found and shown.exit_code == 0, shown.output
    assert "dl-tutor answer asked.difference VALUE" in shown.stdout
    return int(found[1]), int(found[2])


def test_the_numbers_stay_and_the_answer_may_be_negative(run: Run, home: Path) -> None:
    a, b = numbers(run)
    assert numbers(run) == (a, b)
    wrong = run("answer", "asked.difference", str(b - a))
    assert wrong.exit_code == 1 and "That is the other way round." in wrong.stdout
    right = run("answer", "asked.difference", str(a - b))
    assert right.exit_code == 0 and "[+] difference: passed, 2 of 2" in right.stdout
    assert kept(home)["difference"].value == str(a - b)
    assert Progress().part("asked", "difference").attempts == 2


def test_the_solution_answers_the_numbers_that_were_shown(run: Run) -> None:
    a, b = numbers(run)
    shown = run("solution", "asked", "--give-up")
    assert f"difference: {a - b} (What is {a} - {b}?)" in shown.stdout
    assert "choice-and-text: One\nSo it is." in shown.stdout and "text: Because it is so." in shown.stdout


def test_an_essay_is_kept_beside_the_choice(run: Run, home: Path, tmp_path: Path) -> None:
    (tmp_path / "essay.txt").write_text("It is so\nbecause it is: ‘so’.\n")
    done = run("answer", "asked.choice-and-text", "one", "--essay", str(tmp_path / "essay.txt"))
    assert done.exit_code == 0 and "(7 words) is kept beside the choice" in " ".join(done.stdout.split())
    value = kept(home)["choice-and-text"].value
    assert value == {"choice": "one", "essay": "It is so\nbecause it is: ‘so’."}


def test_an_essay_without_its_choice_is_asked_for_it(run: Run, home: Path, tmp_path: Path) -> None:
    (tmp_path / "essay.txt").write_text("It is so.")
    done = run("answer", "asked.choice-and-text", "--essay", str(tmp_path / "essay.txt"))
    assert done.exit_code == 2 and "Choose one of one, two." in done.stderr and not kept(home)


@pytest.mark.parametrize("words", [("Because.",), ("--essay", "essay.txt")])
def test_an_essay_alone_is_kept_and_not_judged(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "essay.txt").write_text("Because.\n")
    done = run("answer", "asked.text", *words)
    assert done.exit_code == 0 and "[-] text: skipped" in done.stdout and "It is not judged here" in done.stdout
    assert kept(home)["text"].value == "Because."


def test_a_fault_of_the_lesson_is_not_the_learners(run: Run, home: Path, tmp_path: Path) -> None:
    (tmp_path / "asked" / "questions.py").write_text("1 / 0\n")
    for words in (
        ("answer", "asked.difference"),
        ("answer", "asked.difference", "3"),
        ("solution", "asked", "--give-up"),
    ):
        done = run(*words)
        assert done.exit_code == 3 and "questions.py:1: ZeroDivisionError" in done.stderr and done.stdout == ""
    assert not kept(home) and Progress().part("asked", "difference").attempts == 0


def test_what_has_no_file_is_not_reset(run: Run) -> None:
    done = run("reset", "asked")
    assert done.exit_code == 2 and "asked has no file; answer it again with" in done.stderr
    started = run("start", "asked")
    assert started.exit_code == 0 and started.stdout == "" and "Part difference:" in started.stderr


def test_what_has_no_file_cannot_be_watched(run: Run) -> None:
    done = run("watch", "asked")
    assert done.exit_code == 2 and "asked has no file; answer it with: dl-tutor answer asked.PART VALUE" in done.stderr
