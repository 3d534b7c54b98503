"""What is handed in: a file per exercise found by name, and `answers.yaml` beside it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import yaml

from grader import handed_in
from grader.handed_in import MAX_SOURCE, HandedIn
from grader.records.given import Given
from lessons import atomic, regular_file
from lessons.error import LessonError, did_you_mean
from lessons.loading.source import Source, decoded, parse
from lessons.schema import RUN_KINDS, Course, Exercise

ANSWERS = "answers.yaml"


class BadSubmission(Exception):
    """Input that cannot be graded: what, where, and what to do."""


class BadAnswers(BadSubmission):
    """An answers file that cannot be read."""


@dataclass(frozen=True)
class Submission:
    """One exercise as handed in. `source` is None where there is no file, answers may be empty.

    refused: why there is a file and it is not taken, in a line.
    """

    exercise: Exercise
    source: str | None
    path: Path | None = None
    answers: Mapping[str, Given] = field(default_factory=dict)
    parts: tuple[str, ...] | None = None
    refused: str = ""


def read_source(path: Path) -> str:
    """A file that is handed in, as text. Raises BadSubmission, with the line where it is no UTF-8."""
    return _source(handed_in.file(path))


def _source(handed: HandedIn) -> str:
    if handed.data is None:
        raise BadSubmission(handed.refusal)
    return as_source(handed.data, str(handed.path))


def as_source(data: bytes, name: str) -> str:
    """What was handed in as text; `name` is what messages call it. Raises BadSubmission."""
    if len(data) > MAX_SOURCE:
        raise BadSubmission(f"{name}: larger than {MAX_SOURCE >> 10} KiB; hand in the exercise's code only.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadSubmission(f"{name}:{line}: not UTF-8 text; save the file as UTF-8.") from error


def read_answers(path: Path, course: Course | None = None) -> dict[str, dict[str, Given]]:
    """The answers file: {exercise: {part: Given}}; {} where there is none.

    Raises BadAnswers, with `course` also for a name that the course does not know.
    """
    try:
        return answers_in(regular_file.read(path), path, course)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise BadAnswers(f"{path}: cannot be read ({error.strerror}).") from error


def answers_in(data: bytes, path: Path, course: Course | None = None) -> dict[str, dict[str, Given]]:
    """The same for what has been read of the file at `path`."""
    if not data.strip():
        return {}
    try:
        source = parse(decoded(data, path), path, any_text=True)
    except LessonError as error:
        raise BadAnswers(str(error)) from error
    answers: dict[str, dict[str, Given]] = {}
    mend = "Write `EXERCISE: {PART: {value: ANSWER}}`, or let `dl-tutor answer` write it."
    if not isinstance(source.data, dict):
        raise BadAnswers(str(source.error("answers are grouped by exercise", mend)))
    for exercise, parts in source.data.items():
        if not isinstance(parts, dict):
            raise BadAnswers(str(source.error("answers are grouped by part", mend, (exercise,))))
        for part, given in parts.items():
            try:
                answers.setdefault(exercise, {})[part] = msgspec.convert(given, type=Given)
            except msgspec.ValidationError:
                at = (exercise, part)
                raise BadAnswers(str(source.error("an answer has a value, and perhaps a nonce", mend, at))) from None
    if course is not None:
        _check_names(source, answers, course)
    return answers


def _check_names(source: Source, answers: dict[str, dict[str, Given]], course: Course) -> None:
    for name, parts in answers.items():
        exercise = course.exercise(name)
        if exercise is None:
            known = [other.id for other in course.exercises]
            error = source.error(f"there is no exercise `{name}`", did_you_mean(name, known), (name,), key=True)
            raise BadAnswers(str(error))
        for part in parts:
            if (one := exercise.part(part)) is None or one.kind in RUN_KINDS:
                known = [other.id for other in exercise.parts if other.kind not in RUN_KINDS]
                message = f"{name} has no part `{part}` that is answered with a value"
                raise BadAnswers(str(source.error(message, did_you_mean(part, known), (name, part), key=True)))


def write_answer(path: Path, exercise: str, part: str, given: Given) -> None:
    """Puts one answer into the file and keeps the others; the file is replaced whole. Raises BadAnswers, OSError."""
    answers = read_answers(path)
    answers.setdefault(exercise, {})[part] = given
    text = yaml.dump(msgspec.to_builtins(answers), Dumper=_Dumper, allow_unicode=True, sort_keys=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    atomic.replace(path, text.encode())


class _Dumper(yaml.SafeDumper):
    """Quotes whatever the strict reader could take for something else than text."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    value = value.encode("utf-8", "replace").decode("utf-8")  # half a character of a terminal; YAML has no word for it
    plain = re.fullmatch(r"[a-z]+(-[a-z]+)*", value) and value not in _WORDS
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=None if plain else '"')


_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
_Dumper.add_representer(str, _text)


def find(paths: Iterable[Path], course: Course, refused: list[str] | None = None) -> list[Submission]:
    """The submissions in files and folders: `EXERCISE.py` anywhere, by name, and the answers beside them.

    refused: takes a line for each file or folder that is not taken and is no exercise's; without it, such a line is
    raised. Raises BadSubmission for a path that is absent, a file that names no exercise, and two files for one.
    """
    lines: list[str] = []
    sources: dict[str, HandedIn] = {}
    answers: dict[str, dict[str, Given]] = {}
    answered: dict[str, Path] = {}
    for path in paths:
        alone = not path.is_dir()
        for one in _beside(path) if alone else handed_in.files(path, _wanted):
            if one.path.name == ANSWERS and one.data is not None:
                for exercise, given in answers_in(one.data, one.path, course).items():
                    if alone and path.stem not in (exercise, Path(ANSWERS).stem):
                        continue
                    if answered.setdefault(exercise, one.path).resolve() != one.path.resolve():
                        other = answered[exercise]
                        raise BadSubmission(f"{one.path}: {exercise} is answered in {other} too; keep one.")
                    answers[exercise] = given
            elif (alone or one.path.suffix == ".py") and course.exercise(one.path.stem) is not None:
                _take(sources, one, lines)
            elif one.data is None and (alone or one.path.suffix != ".py"):
                lines.append(one.refusal)
            elif alone:
                near = did_you_mean(one.path.stem, [exercise.id for exercise in course.exercises])
                raise BadSubmission(
                    f"{one.path}: {one.path.stem!r} is no exercise. {near} "
                    "Name the file after one, or use: grade EXERCISE --file FILE"
                )
    found = []
    for known in course.exercises:
        if known.id in sources or known.id in answers:
            found.append(_submission(known, sources.get(known.id), answers.get(known.id, {})))
    if lines and refused is None:
        raise BadSubmission(lines[0])
    if refused is not None:
        refused += lines
    return found


def _take(sources: dict[str, HandedIn], one: HandedIn, lines: list[str]) -> None:
    """The file of an exercise: a second one is an error, unless one of the two is refused anyway."""
    other = sources.setdefault(one.path.stem, one)
    if one is other:
        return
    if one.data is not None and other.data is not None:
        if other.path.resolve() != one.path.resolve():
            raise BadSubmission(f"{one.path}: {one.path.stem} is handed in twice, also as {other.path}; keep one.")
        return
    taken, left = (one, other) if other.data is None else (other, one)
    sources[one.path.stem] = taken
    if left.path != taken.path:
        lines.append(left.refusal)


def _submission(exercise: Exercise, handed: HandedIn | None, answers: dict[str, Given]) -> Submission:
    if handed is None:
        return Submission(exercise, None, None, answers)
    try:
        return Submission(exercise, _source(handed), handed.path, answers)
    except BadSubmission as error:
        return Submission(exercise, None, handed.path, answers, refused=str(error))


def _wanted(name: str) -> bool:
    return name == ANSWERS or name.endswith(".py")


def _beside(path: Path) -> list[HandedIn]:
    """A file that is named by itself, and the answers that lie beside it. Raises BadSubmission where it is absent."""
    if not os.path.lexists(path):
        raise BadSubmission(f"{path}: there is no such file or folder.")
    beside = path.with_name(ANSWERS)
    with_it = [handed_in.file(beside)] if path.name != ANSWERS and os.path.lexists(beside) else []
    return [handed_in.file(path), *with_it]
