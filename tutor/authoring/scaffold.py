"""A new lesson or exercise from the templates, and what is still to be written in it. For `dl-tutor new`.

What is made loads and is judged at once; each thing that its author owes is a text `TODO: ...`, which lint repeats.
"""

from __future__ import annotations

import json
import keyword
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from lessons.error import LessonError, did_you_mean
from lessons.lint.rules.todo import unfinished
from lessons.loading.loader import FOLDER, load_course
from lessons.loading.source import parse, read, read_text
from lessons.schema import Unit

TEMPLATES = Path(__file__).with_name("templates")


class ScaffoldError(Exception):
    """Nothing was made, and why."""


def new_lesson(root: Path, place: str, title: str) -> Path:
    """Makes the lesson `place`, UNIT/ID, last in its unit; gives its folder. Raises ScaffoldError, LessonError."""
    course = load_course(root)
    unit_id, id = _names(place, "UNIT/ID")
    unit = next((unit for unit in course.units if unit.id == unit_id), None)
    if unit is None:
        raise ScaffoldError(f"There is no unit `{unit_id}`. {did_you_mean(unit_id, [one.id for one in course.units])}")
    if course.lesson(id) is not None:
        raise ScaffoldError(f"There is a lesson `{id}` already, in {course.path}.")
    registry = unit.path / "unit.yaml"
    folder = unit.path / f"{_next_number(unit)}-{id}"
    _make(folder, "lesson", id, title, registry, _with_lesson(registry, id))
    load_course(root)
    return folder


def new_exercise(root: Path, place: str, title: str, kind: str) -> Path:
    """Makes the exercise `place`, LESSON/ID, on a last card of its lesson; gives its folder.

    Raises ScaffoldError, LessonError.
    """
    course = load_course(root)
    lesson_id, id = _names(place, "LESSON/ID")
    lesson = course.lesson(lesson_id)
    if lesson is None:
        known = [one.id for one in course.lessons]
        raise ScaffoldError(f"There is no lesson `{lesson_id}`. {did_you_mean(lesson_id, known)}")
    if course.exercise(id) is not None:
        raise ScaffoldError(f"There is an exercise `{id}` already; exercises have unique names in a course.")
    registry = lesson.path / "lesson.md"
    text = read_text(registry).rstrip("\n") + f"\n---\n## {title}\n\n:::exercise {id}\n"
    folder = lesson.path / "exercises" / id
    _make(folder, kind, id, title, registry, text)
    load_course(root)
    return folder


def what_next(folder: Path, course: Path) -> Iterator[str]:
    """What to do with what has just been made."""
    yield f"{folder}: to be written"
    for todo in unfinished(folder):
        yield f"  {todo.path.relative_to(folder)}:{todo.line}: {todo.message}"
    exercise = (folder / "exercise.yaml").is_file()
    yield f"Then: dl-tutor lint {folder if exercise else course}"


def _names(place: str, form: str) -> tuple[str, str]:
    above, slash, id = place.partition("/")
    if not slash or not above or not id:
        raise ScaffoldError(f"`{place}` is not of the form {form}.")
    if re.fullmatch(r"[a-z]+(?:-[a-z]+)*", id) is None:
        raise ScaffoldError(f"`{id}` is no name: use small letters a to z, and single hyphens between words.")
    if keyword.iskeyword(id) or not _plain(id):
        raise ScaffoldError(f"`{id}` means something else in Python or YAML: choose another name.")
    return above, id


def _plain(id: str) -> bool:
    try:
        return bool(parse(f"- {id}", Path(id)).data == [id])
    except LessonError:
        return False


def _next_number(unit: Unit) -> int:
    """One more than the number of any folder here, so that listings keep the order of the unit."""
    names = [path.name for path in unit.path.iterdir() if path.is_dir() and FOLDER.fullmatch(path.name)]
    return max([len(unit.lessons), *(int(name.split("-")[0]) for name in names if name[0].isdigit())]) + 1


def _make(folder: Path, kind: str, id: str, title: str, registry: Path, text: str) -> None:
    """Fills the folder and then registers it; what cannot be registered is taken away again."""
    if not title.strip() or not title.isprintable():
        raise ScaffoldError("The title must be one line of text.")
    if folder.exists():
        raise ScaffoldError(f"{folder} is there already; nothing is ever written over.")
    if not os.access(registry, os.W_OK) or not os.access(registry.parent, os.W_OK):
        raise ScaffoldError(f"{registry.parent} cannot be written to: name a course with --course or DL_TUTOR_COURSE.")
    words = {
        "id": id,
        "title": json.dumps(title, ensure_ascii=False),  # a JSON string is a YAML string, whatever is in it
        "heading": title,
        "entry": id.replace("-", "_"),
    }
    folder.mkdir(parents=True)
    try:
        for template in sorted((TEMPLATES / kind).rglob("*.template")):
            path = folder / template.relative_to(TEMPLATES / kind).with_suffix("")
            path.parent.mkdir(exist_ok=True)
            path.write_text(_filled(template.read_text(encoding="utf-8"), words), encoding="utf-8")
        registry.write_text(text, encoding="utf-8")
    except OSError:
        shutil.rmtree(folder)
        raise


def _filled(template: str, words: dict[str, str]) -> str:
    return re.sub(r"<<([a-z]+)>>", lambda place: words[place[1]], template)


def _with_lesson(registry: Path, id: str) -> str:
    """The text of a unit.yaml with one more lesson in its list; the rest of it stays as it is, remarks too."""
    source = read(registry)
    ids: list[str] = source.data["lessons"]
    lines = read_text(registry).split("\n")
    mark = source.mark(("lessons", len(ids) - 1) if ids else ("lessons",))
    number, column = mark.line - 1, mark.column - 1
    line = lines[number]
    if not ids:
        lines[number] = line[:column] + re.sub(r"\[\s*\]", f"[{id}]", line[column:], count=1)
    elif re.fullmatch(r"\s*- *", line[:column]):
        lines.insert(number + 1, f"{line[: line.index('-')]}- {id}")
    else:
        end = column + len(ids[-1]) + 2 * (line[column] in "\"'")
        lines[number] = f"{line[:end]}, {id}{line[end:]}"
    text = "\n".join(lines)
    if parse(text, registry).data != {**source.data, "lessons": [*ids, id]}:
        raise ScaffoldError(f"The list `lessons` of {registry} is written in a way that cannot be added to by machine.")
    return text
