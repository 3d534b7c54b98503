"""Strict YAML: plain data, and where in the file each value and each key stands.

The parser is libyaml where PyYAML was built with it. It is read event by event, because only events show
anchors, aliases and tags, which a lesson file may not use: what it says must be readable where it stands.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from lessons import regular_file
from lessons.error import LessonError, Mark
from lessons.loading.scalar import Surprise, resolve

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEPTH = 20
"""Deeper nesting than this is a slip, and a recursive reader must stop somewhere."""

UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
"""What no text of a course needs: control characters, and what turns the direction of text around or cannot be seen."""

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Source:
    """A YAML text as plain data. `values` and `keys` say where the value and the key of a path stand."""

    path: Path
    data: Any
    values: dict[KeyPath, Mark] = field(default_factory=dict)
    keys: dict[KeyPath, Mark] = field(default_factory=dict)

    def mark(self, at: KeyPath = (), *, key: bool = False) -> Mark:
        """Where the value (or the key) of a path stands; for a path that is not there, its nearest parent."""
        if key and at in self.keys:
            return self.keys[at]
        while at not in self.values and at:
            at = at[:-1]
        return self.values.get(at, Mark())

    def error(self, message: str, mend: str, at: KeyPath = (), *, key: bool = False) -> LessonError:
        """A mistake at a path."""
        return LessonError(self.path, *self.mark(at, key=key), message, mend)


def read_text(path: Path) -> str:
    """A file of the course as text. Raises LessonError where it is absent or not UTF-8."""
    try:
        data = regular_file.read(path)
    except (FileNotFoundError, NotADirectoryError):
        raise LessonError(path, 1, 1, "this file is missing", "Write it.") from None
    except OSError as error:
        raise _unreadable(path, error) from None
    return _harmless(decoded(data, path), path)


def check(path: Path) -> None:
    """Raises LessonError where a file is there that `read_text` would not read: a pipe, a device, one too large."""
    try:
        state = path.stat()
    except OSError:  # nothing, or a link that leads nowhere: what needs it will say so
        return
    if not stat.S_ISREG(state.st_mode):
        raise LessonError(path, 1, 1, "not a regular file", "Put a file of text in its place.")
    if state.st_size > regular_file.LARGEST:
        raise LessonError(path, 1, 1, f"larger than {regular_file.LARGEST >> 10} KiB", "Make it smaller.")


def _unreadable(path: Path, error: OSError) -> LessonError:
    reason = error.strerror or str(error)
    mend = "Make it smaller." if isinstance(error, regular_file.TooLarge) else "Make it readable."
    return LessonError(path, 1, 1, f"this file cannot be read: {reason[:1].lower()}{reason[1:]}", mend)


def decoded(data: bytes, path: Path) -> str:
    """What has been read of the file at `path` as text. Raises LessonError where it is not UTF-8."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        mark = _mark_of(before, len(before))
        raise LessonError(path, *mark, "this byte is not UTF-8", "Save the file as UTF-8.") from None


def text_of(path: Path) -> str:
    """A file that need not be there, as text; what is not UTF-8 in it is the linter's to say."""
    try:
        data = regular_file.read(path)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        raise _unreadable(path, error) from None
    return _harmless(data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n"), path)


def _harmless(text: str, path: Path) -> str:
    """The text of a file of the course, which holds nothing that moves a terminal or that nobody sees."""
    if odd := UNSEEN.search(text):
        raise LessonError(path, *_mark_of(text, odd.start()), f"a control character, U+{ord(odd[0]):04X}", "Delete it.")
    return text


def read(path: Path) -> Source:
    """The YAML file at `path`. Raises LessonError."""
    return parse(read_text(path), path)


def parse(text: str, path: Path, first_line: int = 1, *, any_text: bool = False) -> Source:
    """YAML text that begins on line `first_line` of the file at `path`. Raises LessonError.

    any_text: whether what it says may hold whatever YAML can write; else no control characters. A course is shown as it
    is; what a learner has typed is kept as it is, and made harmless where it is shown.
    """
    # The lines before are stood in for by empty ones, so that every mark is right as it comes.
    return _Reader("\n" * (first_line - 1) + text, path, any_text).source()


def _mark_of(text: str, index: int) -> Mark:
    return Mark(text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1)


def _start(event: Any) -> Mark:
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)


class _Reader:
    """Builds data from the events of one text."""

    def __init__(self, text: str, path: Path, any_text: bool = False) -> None:
        self.text = text
        self.path = path
        self.any_text = any_text
        self.values: dict[KeyPath, Mark] = {}
        self.keys: dict[KeyPath, Mark] = {}
        self.events: Iterator[Any] = iter(())

    def fail(self, mark: Mark, message: str, mend: str) -> LessonError:
        return LessonError(self.path, *mark, message, mend)

    def source(self) -> Source:
        if odd := re.search("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", self.text):
            mark = _mark_of(self.text, odd.start())
            raise self.fail(mark, f"a control character, U+{ord(odd[0]):04X}", "Delete it.")
        self.events = (e for e in yaml.parse(self.text, Loader=LOADER) if not isinstance(e, yaml.StreamStartEvent))
        try:
            if isinstance(next(self.events), yaml.StreamEndEvent):
                raise self.fail(Mark(), "there is nothing in it", "Write the keys that this file must have.")
            data = self.build(next(self.events), ())
            next(self.events)  # the document's end
            more = next(self.events)
            if not isinstance(more, yaml.StreamEndEvent):
                raise self.fail(_start(more), "a second document begins here", "Keep one document in a file.")
        except yaml.MarkedYAMLError as error:
            raise self.syntax(error) from None
        return Source(self.path, data, self.values, self.keys)

    def syntax(self, error: yaml.MarkedYAMLError) -> LessonError:
        place = error.problem_mark or error.context_mark
        mark = Mark(place.line + 1, place.column + 1) if place is not None else Mark()
        lines = self.text.split("\n")
        for number in (mark.line, mark.line - 1):
            line = lines[number - 1] if 0 < number <= len(lines) else ""
            indent = line[: len(line) - len(line.lstrip())]
            if "\t" in indent:
                tab = Mark(number, indent.index("\t") + 1)
                return self.fail(tab, "a tab in the indentation", "Indent with spaces.")
        problem = error.problem or "this cannot be read"
        around = f"{problem} {error.context or ''}"
        mend = next((mend for words, mend in MENDS if words in around), "Look at the indentation and the quotes.")
        return self.fail(mark, f"not YAML: {problem}", mend)

    def build(self, event: Any, at: KeyPath) -> Any:
        mark = _start(event)
        self.values[at] = mark
        if isinstance(event, yaml.AliasEvent):
            raise self.fail(mark, f"an alias, `*{event.anchor}`", "Write the value out where it is used.")
        if event.anchor is not None:
            raise self.fail(mark, f"an anchor, `&{event.anchor}`", "Write the value out wherever it is used.")
        if event.tag is not None:
            raise self.fail(mark, f"a tag, `{_short(event.tag)}`", "Leave it out: the format knows the type.")
        if len(at) > DEPTH:
            raise self.fail(mark, f"nested more than {DEPTH} deep", "No file of the format is.")
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, mark)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(child := next(self.events), yaml.SequenceEndEvent):
                items.append(self.build(child, (*at, len(items))))
            return items
        mapping: dict[str, Any] = {}
        while not isinstance(child := next(self.events), yaml.MappingEndEvent):
            key = self.key(child, at)
            if key in mapping:
                first = self.keys[(*at, key)].line
                raise self.fail(
                    _start(child),
                    f"the key `{key}` stands here for the second time",
                    f"The first is on line {first}.",
                )
            self.keys[(*at, key)] = _start(child)
            mapping[key] = self.build(next(self.events), (*at, key))
        return mapping

    def key(self, event: Any, at: KeyPath) -> str:
        mark = _start(event)
        if isinstance(event, yaml.ScalarEvent) and event.value == "<<" and event.implicit[0]:
            raise self.fail(mark, "a merge key, `<<`", "Write the keys out.")
        key = self.build(event, (*at, ""))
        del self.values[(*at, "")]
        if isinstance(key, str):
            return key
        if isinstance(key, dict | list):
            raise self.fail(mark, "a key is text, not a list or a mapping", "Quote it if it begins with a bracket.")
        raise self.fail(mark, f"a key is text, and `{event.value}` is not", f'Write "{event.value}" in quotes.')

    def scalar(self, event: Any, mark: Mark) -> Any:
        if not self.any_text and (odd := UNSEEN.search(event.value)):  # written as an escape such as "\x1b"
            raise self.fail(mark, f"a control character, U+{ord(odd[0]):04X}, in this text", "Leave it out.")
        if not event.implicit[0]:
            return event.value
        try:
            return resolve(event.value)
        except Surprise as surprise:
            raise self.fail(mark, surprise.message, surprise.mend) from None


def _short(tag: str) -> str:
    prefix = "tag:yaml.org,2002:"
    return "!!" + tag.removeprefix(prefix) if tag.startswith(prefix) else tag


MENDS = (
    ("mapping values are not allowed", 'Put text that holds ": " in quotes.'),
    ("quoted scalar", "Close the quote."),
    ("flow mapping", "Close the brace, and put a comma between the entries."),
    ("flow sequence", "Close the bracket, and put a comma between the items."),
    ("could not find expected ':'", "Write `key: value`."),
    ("cannot start any token", "Put text that begins with this character in quotes."),
    ("block mapping", "Indent the keys of one mapping alike."),
    ("block collection", "Indent the items of one list alike."),
)
"""Words of the parser's complaint -> how to mend it."""
