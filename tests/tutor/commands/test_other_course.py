"""A course of a teacher's own, and the public copy of one: every verb takes it, and says where it is judged."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from grader.command.export import command as export
from grader.submission import read_answers
from lessons.loading.loader import load_course
from tests.tutor.process import tutor
from tutor import cli

COURSE = Path(__file__).parents[1] / "course"
AWAY = "double is not judged here. It is judged where you hand it in."


@pytest.fixture
def public(tmp_path: Path) -> Path:
    export(load_course(COURSE), tmp_path / "public")
    return tmp_path / "public"


def verbs(command: click.Command) -> Iterator[click.Command]:
    yield command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            verb = command.get_command(context, name)
            assert verb is not None and verb.name == name
            yield from verbs(verb)


def test_each_verb_takes_a_course() -> None:
    found = list(verbs(cli.main))
    assert len(found) > 30
    for verb in found:
        assert sum(param.name == "course" for param in verb.params) == 1, verb.name


READING = [
    (["list"], "A tiny course"),
    (["read", "slopes"], "A mean"),
    (["glossary", "slope"], "How steep a line is"),
    (["progress"], "double"),
    (["start", "double"], "double.py"),
    (["hint", "double.code"], "2 × 3"),
    (["answer", "double.slope"], "What is the slope of y = 2x?"),
]


@pytest.mark.parametrize(("words", "said"), READING, ids=[" ".join(words) for words, _ in READING])
def test_what_is_read_in_a_course_is_read_in_its_copy(words: list[str], said: str, public: Path) -> None:
    """Named before a verb or behind it, a course is open for this command alone."""
    for done in (tutor("--course", COURSE, *words), tutor(*words, "--course", public)):
        assert done.code == 0 and said in done.out, done
    assert "DL_TUTOR_COURSE" not in os.environ


@pytest.mark.slow
def test_a_demo_of_a_copy_runs(public: Path) -> None:
    assert tutor("demo", "slopes/count", "--course", public).out == "1\n2\n3\n"


def test_a_course_that_is_none_is_said(tmp_path: Path) -> None:
    done = tutor("--course", tmp_path, "list")
    assert done.code == 2 and "course.yaml:1:1: this file is missing" in done.err


def test_where_a_public_copy_is_judged(public: Path, home: Path) -> None:
    option = ["--course", str(public)]
    shown = tutor("start", "double", *option)
    assert "What is twice n?" in shown.err and "rows: one, two, three" in shown.err
    for words, said in (
        (["grade", "double"], AWAY),
        (["answer", "double.slope", "two"], f"{AWAY} Your answer is written down."),
        (["answer", "double.area", "4"], f"{AWAY} The numbers of this question are drawn there."),
        (["solution", "double", "--give-up"], AWAY),
    ):
        done = tutor(*words, *option)
        assert (done.code, done.out) == (3, "") and done.err.endswith(f"{said}\n"), done
    assert read_answers(next(home.rglob("answers.yaml")))["double"]["slope"].value == "two"
    assert tutor("answer", "double.slope", "tow", *option).code == 2, "a slip of the hand is one here too"
    linted = tutor("lint", *option)
    assert linted.code == 2 and "public.yaml:1:1: this course is a public copy" in linted.err


def test_private_exercises_are_judged_in_a_public_copy(public: Path) -> None:
    done = tutor("answer", "double.slope", "two", "--course", public, DL_TUTOR_PRIVATE=str(COURSE))
    assert (done.code, done.out) == (0, "  [+] slope: passed, 1 of 1\n")
