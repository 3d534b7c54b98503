"""What is handed in: a file per exercise found by name, and `answers.yaml` beside it."""

from __future__ import annotations

import os
import re
from collections import Counter
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
COPIES = 50
"""How many files for one exercise are looked at in a folder."""


class BadSubmission(Exception):
    """Input that cannot be graded: what, where, and what to do."""


class BadAnswers(BadSubmission):
    """An answers file that cannot be read."""


@dataclass(frozen=True)
class Submission:
    """One exercise as handed in. `source` is None where there is no file, answers may be empty.

    refused: why there is a file and it is not taken, in a line. note: which other name it has, in a line.
    """

    exercise: Exercise
    source: str | None
    path: Path | None = None
    answers: Mapping[str, Given] = field(default_factory=dict)
    parts: tuple[str, ...] | None = None
    refused: str = ""
    note: str = ""


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
    if course is None:
        return answers
    _check_names(source, answers, course)
    former = course.former["exercise"]
    return {former[name]: given for name, given in answers.items() if name in former} | {
        name: given for name, given in answers.items() if name not in former
    }


def _check_names(source: Source, answers: dict[str, dict[str, Given]], course: Course) -> None:
    for name, parts in answers.items():
        exercise = course.named(name)
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

    A name may be written in another way, such as `Exercise_Name.py`; of several files for one exercise the one counts
    whose name is the exact one, and that lies least deep.
    refused: takes a line for each file or folder that is not taken; without it, the first such line is raised.
    Raises BadSubmission for a path that is absent and a file that names no exercise.
    """
    lines: list[str] = []
    sources: dict[str, HandedIn] = {}
    answers: dict[str, dict[str, Given]] = {}
    answered: dict[str, Path] = {}
    for path in paths:
        alone = not path.is_dir()
        for one in _beside(path) if alone else handed_in.files(path, _Wanted(course, path, lines)):
            if one.path.name == ANSWERS and one.data is not None:
                only = path.stem if alone and path.name != ANSWERS else ""
                _take_answers(one, answers, answered, course, only, lines)
            elif (alone or _is_python(one.path.name)) and (meant := meant_by(one.path.stem, course)) is not None:
                _take(sources, one, meant.id, lines)
            elif one.data is None and (alone or not _is_python(one.path.name)):
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


def meant_by(name: str, course: Course) -> Exercise | None:
    """The exercise that a file's name, without its ending, means: capitals, spaces, `_` and `-` make no difference,
    and an id that it had before is one of its names."""
    plain = "-".join(re.findall(r"[^\W_]+", name.casefold()))
    return course.named(name) or course.named(plain)


def _is_python(name: str) -> bool:
    return name.casefold().endswith(".py")


class _Wanted:
    """Whether a file of a folder is looked at; of a great many for one exercise the rest is not."""

    def __init__(self, course: Course, folder: Path, lines: list[str]) -> None:
        self.course, self.folder, self.lines = course, folder, lines
        self.seen: Counter[str] = Counter()

    def __call__(self, name: str) -> bool:
        meant = meant_by(name[:-3], self.course) if _is_python(name) else None
        if name != ANSWERS and meant is None:
            return False
        key = meant.id if meant else ANSWERS
        self.seen[key] += 1
        if self.seen[key] == COPIES + 1:
            what = f"files for {key}" if meant else f"files {ANSWERS}"
            self.lines.append(f"{self.folder}: more than {COPIES} {what}; the others were not looked at.")
        return self.seen[key] <= COPIES


def _take(sources: dict[str, HandedIn], one: HandedIn, meant: str, lines: list[str]) -> None:
    """The file of an exercise; of a second one a line says that it does not count."""
    other = sources.setdefault(meant, one)
    if one is other or (one.path == other.path and one.data == other.data):
        return
    taken, left = sorted((one, other), key=lambda file: _rank(file, meant))
    sources[meant] = taken
    if left.data is None:
        lines.append(left.refusal)
    elif left.path.resolve() != taken.path.resolve():
        lines.append(f"{left.path}: a second file for {meant}; {taken.path} is judged.")


def _rank(file: HandedIn, meant: str) -> tuple[bool, bool, int, str]:
    """Smaller is better: a file that can be read, by the exact name, in the uppermost folder."""
    return file.data is None, file.path.name != f"{meant}.py", len(file.path.parts), str(file.path)


def _take_answers(
    one: HandedIn,
    answers: dict[str, dict[str, Given]],
    answered: dict[str, Path],
    course: Course,
    only: str,
    lines: list[str],
) -> None:
    """The answers of a file. only: the name of the file that they lie beside, where nothing else is asked for."""
    assert one.data is not None
    meant = meant_by(only, course) if only else None
    try:
        read = answers_in(one.data, one.path, course)
    except BadAnswers as error:
        lines.append(str(error))
        return
    for exercise, given in read.items():
        if only and (meant is None or exercise != meant.id):
            continue
        other = answered.setdefault(exercise, one.path)
        if other.resolve() != one.path.resolve():
            lines.append(f"{one.path}: {exercise} is answered here too; {other} is judged.")
        else:
            answers[exercise] = given


def _submission(exercise: Exercise, handed: HandedIn | None, answers: dict[str, Given]) -> Submission:
    if handed is None:
        return Submission(exercise, None, None, answers)
    try:
        note = "" if handed.path.stem == exercise.id else f"{handed.path.name}: taken for {exercise.id}."
        return Submission(exercise, _source(handed), handed.path, answers, note=note)
    except BadSubmission as error:
        return Submission(exercise, None, handed.path, answers, refused=str(error))


def _beside(path: Path) -> list[HandedIn]:
    """A file that is named by itself, and the answers that lie beside it. Raises BadSubmission where it is absent."""
    if not os.path.lexists(path):
        raise BadSubmission(f"{path}: there is no such file or folder.")
    beside = path.with_name(ANSWERS)
    with_it = [handed_in.file(beside)] if path.name != ANSWERS and os.path.lexists(beside) else []
    return [handed_in.file(path), *with_it]
