"""A public copy of a course: all that learners read, and nothing that answers what they are asked.

What goes along is listed here, and nothing else does: a file that somebody lays into the folder stays there.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from grader.command.course_copy import frame, place_of, within
from grader.questions.sampling import function_of, sample
from grader.records.printable import one_line
from grader.report.counted import counted
from grader.submission import BadSubmission
from lessons.loading.loader import load_course
from lessons.loading.public import PUBLIC
from lessons.loading.source import read, text_of
from lessons.loading.text import read_lesson
from lessons.schema import Course, Exercise, Lesson, Part

JUDGED = "It is judged where you hand it in."
PRIVATE_KEYS = ("formula", "slips", "model_answer", "rubric", "predict")
"""Of a part."""
PRIVATE_OF_OPTIONS = ("right", "why")
LEAST = 12
"""Characters of a line of code that tells something."""
WORDS = ("y", "n", "yes", "no", "on", "off", "true", "false", "null")
"""What is no text to every reader of YAML."""
HEAD = "# A public copy, made by dl-grader export: it has no answers.\n"


def command(course: Course, out: Path, judged: str = JUDGED) -> list[str]:
    """Writes the copy into a folder, and gives what is to be said of it. Raises BadSubmission, LessonError, OSError.

    out: a folder that is empty, not there, or an earlier copy. What it has beside the copy is named, and stays.
    """
    if (
        course.path.resolve() in (out.resolve(), *out.resolve().parents)
        or out.resolve() in course.path.resolve().parents
    ):
        raise BadSubmission(f"{out}: the copy must lie outside the course, and the course outside the copy.")
    if out.exists() and not out.is_dir():
        raise BadSubmission(f"{out} is no folder.")
    if out.is_dir() and any(out.iterdir()) and not (out / PUBLIC).is_file():
        raise BadSubmission(f"{out} is not empty, and no earlier copy: name another folder with --out.")
    files = dict(_files(course, one_line(judged)))
    for path, data in files.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(data)
    beside = [path for path in _below(out) if path not in files]
    if not beside:
        load_course(out)  # what does not load is no course
    said = [f"{out}: {counted(len(files), 'file')}, {counted(len(course.exercises), 'exercise')} without answers."]
    return said + [f"{out / path} is not of this copy: delete it, unless it belongs there." for path in beside]


def _below(folder: Path) -> Iterator[PurePosixPath]:
    """The files in a folder, but for hidden ones such as those of git."""
    for path in sorted(folder.rglob("*")):
        inside = within(folder, path)
        if not path.is_dir() and not any(part.startswith(".") or part == "__pycache__" for part in inside.parts):
            yield inside


def _files(course: Course, judged: str) -> Iterator[tuple[PurePosixPath, bytes]]:
    kept = {lesson.id: _Kept(lesson) for lesson in course.lessons}
    demos = {
        path
        for lesson in course.lessons
        for demo in lesson.demos
        if demo.id not in kept[lesson.id].demos
        for path in (within(course.path, demo.path), within(course.path, demo.path.with_suffix(".yaml")))
    }
    texts = {within(course.path, lesson.path / "lesson.md"): kept[lesson.id].text for lesson in course.lessons}
    for path, data in frame(course):
        if path not in demos:
            yield path, texts[path].encode() if path in texts else data
    yield PurePosixPath(PUBLIC), f"{HEAD}format: 1\njudged: {_yaml(judged)}".encode()
    for lesson in course.lessons:
        for exercise in lesson.exercises:
            if exercise.id in kept[lesson.id].exercises:
                place = place_of(course, lesson, exercise)
                yield from ((place / name, text.encode()) for name, text in _of_exercise(exercise))


class _Kept:
    """What is left of a lesson without the cards that open to who has passed its exercises: they tell the answers."""

    def __init__(self, lesson: Lesson) -> None:
        path = lesson.path / "lesson.md"
        read_text = read_lesson(path)
        lines = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n").split("\n")
        starts = [mark.line - 1 for mark in read_text.card_marks]
        ends = [start - 1 for start in starts[1:]] + [len(lines)]
        kept = [
            "\n".join(lines[start:end])
            for card, start, end in zip(read_text.cards, starts, ends, strict=True)
            if not card.earned
        ]
        self.text = "\n".join(lines[: starts[0]]) + "\n" + "\n---\n".join(kept)
        blocks = [block for card in read_text.cards if not card.earned for block in card.blocks]
        self.demos = {getattr(block, "demo", None) for block in blocks}
        self.exercises = {getattr(block, "exercise", None) for block in blocks}


def _of_exercise(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """The names and texts of an exercise's public files."""
    written = read(exercise.folder / "exercise.yaml").data
    yield "exercise.yaml", HEAD + _yaml(_public(written, _answer_lines(exercise)))
    yield "prompt.md", exercise.prompt
    if exercise.starter:
        yield "starter.py", exercise.starter
    numeric = [part for part in exercise.parts if part.kind == "numeric"]
    if numeric:
        yield "questions.py", _QUESTIONS + "".join(_question(exercise, part) for part in numeric)


def _answer_lines(exercise: Exercise) -> frozenset[str]:
    """The lines of the functions and classes of a reference, but for those that learners read anyway."""
    source = text_of(exercise.reference)
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return frozenset()
    defined = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    bodies = [ast.get_source_segment(source, one) or "" for node in defined for one in node.body]
    lines = {line.strip() for body in bodies for line in body.splitlines()}
    return frozenset(
        line for line in lines if len(line) >= LEAST and line not in exercise.starter and line not in exercise.prompt
    )


def _tells(hint: dict[str, Any], answers: frozenset[str]) -> bool:
    """Whether a hint is no help but an answer, or names a mistake."""
    return bool(hint.get("solution")) or "when" in hint or any(line in hint["text"] for line in answers)


def _public(data: dict[str, Any], answers: frozenset[str]) -> dict[str, Any]:
    """The keys of an `exercise.yaml` that answer nothing."""
    parts = []
    for part in data["parts"]:
        one = {key: value for key, value in part.items() if key not in PRIVATE_KEYS}
        if "options" in one:
            one["options"] = [
                {key: value for key, value in option.items() if key not in PRIVATE_OF_OPTIONS}
                for option in sorted(one["options"], key=lambda option: str(option["id"]))
            ]
        if "hints" in one:
            one["hints"] = [hint for hint in one["hints"] if not _tells(hint, answers)]
        parts.append(one)
    return {**{key: value for key, value in data.items() if key != "waive"}, "parts": parts}


_QUESTIONS = '''"""The numbers of these questions are drawn where they are judged; here a name stands for each."""

from grader.spec import Question
'''


def _question(exercise: Exercise, part: Part) -> str:
    """A function that asks the question without numbers. Its rows are those of the real one; its answer is none."""
    drawn = sample(exercise, part, 0)
    values = {name: name if len(name) == 1 else f"[{name}]" for name in drawn.values}
    answer: Any = dict.fromkeys(drawn.answer, 0) if isinstance(drawn.answer, dict) else 0
    return f"\n\ndef {function_of(part)}(rng):\n    return Question(values={values!r}, answer={answer!r})\n"


class _Dumper(yaml.SafeDumper):
    """Writes what the strict reader takes for what it is."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    plain = re.fullmatch(r"[a-z]+([_-][a-z]+)*", value) and value not in WORDS
    style = "|" if "\n" in value and not re.search(r"[ \t]\n|^\s", value) else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=None if plain else style)


_Dumper.add_representer(str, _text)


def _yaml(data: Any) -> str:
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)
