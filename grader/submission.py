"""What is handed in: a file per exercise found by name, and `answers.yaml` beside it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import yaml

from grader.records.given import Given
from lessons import atomic
from lessons.error import LessonError, did_you_mean
from lessons.loading.source import Source, read
from lessons.schema import RUN_KINDS, Course, Exercise

ANSWERS = "answers.yaml"
SKIPPED_FOLDERS = {".git", ".venv", "venv", "__pycache__", "node_modules", "backups"}
MAX_SOURCE = 1 << 20


class BadSubmission(Exception):
    """Input that cannot be graded: what, where, and what to do."""


class BadAnswers(BadSubmission):
    """An answers file that cannot be read."""


@dataclass(frozen=True)
class Submission:
    """One exercise as handed in. `source` is None where there is no file, answers may be empty."""

    exercise: Exercise
    source: str | None
    path: Path | None = None
    answers: Mapping[str, Given] = field(default_factory=dict)
    parts: tuple[str, ...] | None = None


def read_source(path: Path) -> str:
    """A learner's file as text. Raises BadSubmission with the line where it is no UTF-8."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadSubmission(f"{path}: cannot be read ({error.strerror}).") from error
    return as_source(data, str(path))


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
        if not path.exists() or not path.read_bytes().strip():
            return {}
        source = read(path)
    except LessonError as error:
        raise BadAnswers(str(error)) from error
    except OSError as error:
        raise BadAnswers(f"{path}: cannot be read ({error.strerror}).") from error
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


def find(paths: Iterable[Path], course: Course) -> list[Submission]:
    """The submissions in files and folders: `EXERCISE.py` anywhere, by name, and the answers beside them.

    Raises BadSubmission for a path that is absent, a file that names no exercise, or two files for one exercise.
    """
    sources: dict[str, Path] = {}
    answers: dict[str, dict[str, Given]] = {}
    answered: dict[str, Path] = {}
    for path in paths:
        if not path.exists():
            raise BadSubmission(f"{path}: there is no such file or folder.")
        for file in _files(path):
            if file.name == ANSWERS:
                for exercise, given in read_answers(file, course).items():
                    if path.is_file() and path.stem not in (exercise, Path(ANSWERS).stem):
                        continue
                    if answered.setdefault(exercise, file).resolve() != file.resolve():
                        raise BadSubmission(f"{file}: {exercise} is answered in {answered[exercise]} too; keep one.")
                    answers[exercise] = given
            elif course.exercise(file.stem) is not None:
                if file.stem in sources and sources[file.stem].resolve() != file.resolve():
                    raise BadSubmission(
                        f"{file}: {file.stem} is handed in twice, also as {sources[file.stem]}; keep one."
                    )
                sources[file.stem] = file
            elif path.is_file():
                near = did_you_mean(file.stem, [exercise.id for exercise in course.exercises])
                raise BadSubmission(
                    f"{file}: {file.stem!r} is no exercise. {near} "
                    "Name the file after one, or use: grade EXERCISE --file FILE"
                )
    found = []
    for known in course.exercises:
        if known.id in sources or known.id in answers:
            file_ = sources.get(known.id)
            source = read_source(file_) if file_ else None
            found.append(Submission(known, source, file_, answers.get(known.id, {})))
    return found


def _files(path: Path) -> list[Path]:
    if path.is_file():
        beside = path.with_name(ANSWERS)
        return [path, beside] if beside.is_file() and path.name != ANSWERS else [path]
    files = []
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS)
        files += [Path(folder, name) for name in sorted(names) if name == ANSWERS or name.endswith(".py")]
    return files
