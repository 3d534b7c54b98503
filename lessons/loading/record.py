"""From a file's plain data to its record; a mismatch becomes an error at the place in the file.

msgspec says where it stopped as a path such as `$.parts[0].kind`. It leaves out the keys of free mappings
(`$.covered[...]`); those are found by trying their entries one by one.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import inspect

from lessons.error import LessonError, did_you_mean
from lessons.loading.source import KeyPath, Source, read
from lessons.schema import FileRecord

R = TypeVar("R", bound=FileRecord)

PLACE = re.compile(r" - at (`key` in )?`\$(.*)`$")
STEP = re.compile(r"\.([^.\[]+)|\[(\d+)\]|(\[\.\.\.\])")


def read_record(path: Path, record: type[R]) -> tuple[R, Source]:
    """The YAML file at `path` as a record, and its source for later errors. Raises LessonError."""
    source = read(path)
    return to_record(source, record), source


def to_record(source: Source, record: type[R]) -> R:
    """The data of a source as a record. Raises LessonError."""
    try:
        return msgspec.convert(source.data, type=record, strict=True)
    except msgspec.ValidationError as error:
        raise _explain(source, record, str(error)) from None


def _explain(source: Source, record: type[FileRecord], message: str) -> LessonError:
    place = PLACE.search(message)
    problem = message[: place.start()] if place else message
    in_key = bool(place and place[1])
    at = _path(source, record, message, place[2] if place else "", in_key)
    kind = _type_at(inspect.type_info(record), at[:-1] if in_key else at)
    if in_key and isinstance(kind, inspect.DictType):
        kind = kind.key_type
    if unknown := re.fullmatch(r"Object contains unknown field `(.*)`", problem):
        known = [field.encode_name for field in kind.fields] if isinstance(kind, inspect.StructType) else []
        return source.error(
            f"the key `{unknown[1]}` is not known here",
            did_you_mean(unknown[1], [name for name in known if name not in _keys(source, at)]),
            (*at, unknown[1]),
            key=True,
        )
    if missing := re.fullmatch(r"Object missing required field `(.*)`", problem):
        return source.error(f"the key `{missing[1]}` is missing", f"Add `{missing[1]}: ...` here.", at)
    got = _value(source, at)
    if problem.startswith("Invalid enum value"):
        literal = _literal(kind)
        return source.error(f"`{got}` is not one of the values that may stand here", did_you_mean(got, literal), at)
    if "matching regex" in problem:
        wanted = _description(kind)
        word = at[-1] if in_key else got
        return source.error(f"`{word}` is not {wanted}", "Write it in that form.", at, key=in_key)
    if bound := re.fullmatch(r"Expected `(\w+)` (of length )?([<>]=?) (.+)", problem):
        what = "this is too short or too long" if bound[2] else f"`{got}` is out of range"
        unit = {"str": "characters", "array": "items"}.get(bound[1], "entries") if bound[2] else ""
        return source.error(what, f"It must be {bound[3]} {bound[4]} {unit}".rstrip() + ".", at)
    if types := re.fullmatch(r"Expected `(.*)`, got `(.*)`", problem):
        wanted = " or ".join(TYPES.get(name, name) for name in types[1].split(" | "))
        found = TYPES.get(types[2], types[2])
        number = types[2] in ("int", "float", "bool", "null") and "str" in types[1]
        mend = f'Write "{_plain(got)}" in quotes.' if number else f"Write {wanted}."
        return source.error(f"{wanted} is expected here, not {found}", mend, at, key=in_key)
    return source.error(problem[0].lower() + problem[1:], "Compare it with docs/lesson-format.md.", at)


TYPES = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "null": "nothing",
    "array": "a list",
    "object": "a mapping",
}


def _plain(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _keys(source: Source, at: KeyPath) -> list[str]:
    value = _value(source, at)
    return list(value) if isinstance(value, dict) else []


def _value(source: Source, at: KeyPath) -> Any:
    value: Any = source.data
    for step in at:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _path(source: Source, record: type[FileRecord], message: str, steps: str, in_key: bool) -> KeyPath:
    at: KeyPath = ()
    for step in STEP.finditer(steps):
        if step[1]:
            at = (*at, step[1])
        elif step[2]:
            at = (*at, int(step[2]))
        else:
            at = (*at, _culprit(source, record, message, at))
    return (*at, _culprit(source, record, message, at)) if in_key else at


def _culprit(source: Source, record: type[FileRecord], message: str, at: KeyPath) -> str:
    """Which key of the free mapping at `at` gives the message: the one that gives it alone."""
    mapping = _value(source, at)
    for key, value in mapping.items():
        try:
            msgspec.convert(_replaced(source.data, at, {key: value}), type=record, strict=True)
        except msgspec.ValidationError as error:
            if str(error) == message:
                return str(key)
    return str(next(iter(mapping)))


def _replaced(data: Any, at: KeyPath, value: Any) -> Any:
    if not at:
        return value
    copy: Any = data.copy()
    copy[at[0]] = _replaced(data[at[0]], at[1:], value)
    return copy


def _type_at(kind: inspect.Type, at: KeyPath) -> inspect.Type:
    """The declared type at a path, with its description but without `| None`."""
    for step in at:
        kind = _bare(kind)
        if isinstance(kind, inspect.StructType):
            kind = next((f.type for f in kind.fields if f.encode_name == step), inspect.AnyType())
        elif isinstance(kind, inspect.ListType):
            kind = kind.item_type
        elif isinstance(kind, inspect.DictType):
            kind = kind.value_type
    kind = _something(kind)
    return kind if isinstance(kind, inspect.Metadata) else _bare(kind)


def _something(kind: inspect.Type) -> inspect.Type:
    """What may stand there instead of nothing."""
    if isinstance(kind, inspect.UnionType):
        return next((t for t in kind.types if not isinstance(t, inspect.NoneType)), kind)
    return kind


def _bare(kind: inspect.Type) -> inspect.Type:
    if isinstance(kind, inspect.Metadata):
        return _bare(kind.type)
    return _bare(_something(kind)) if isinstance(kind, inspect.UnionType) else kind


def _literal(kind: inspect.Type) -> list[object]:
    bare = _bare(kind)
    return list(bare.values) if isinstance(bare, inspect.LiteralType) else []


def _description(kind: inspect.Type) -> str:
    extra = (kind.extra_json_schema or {}) if isinstance(kind, inspect.Metadata) else {}
    return str(extra.get("description", "in the form that is asked for here"))
