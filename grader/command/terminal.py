"""The streams that a command prints to: whatever is written to them is harmless, and can be written.

They stand in the places of `sys.stdout` and `sys.stderr` as long as a command runs, so that no message, no error of the
command line and no traceback has to remember. Bytes of our own making go past them: JSON, and bars that move.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

import click

from grader.records.printable import clean, cleaned, one_line


class HarmlessStream:
    """A text stream that cleans what is written to it, and replaces what its encoding does not have."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError("only text is written here")
        harmless, encoding = clean(text), self.stream.encoding
        if encoding:
            harmless = harmless.encode(encoding, "replace").decode(encoding)
        self.stream.write(harmless)
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        if name in ("buffer", "detach", "reconfigure"):  # a way past it, which Click takes where the encoding is ASCII
            raise AttributeError(name)
        return getattr(self.stream, name)


@contextlib.contextmanager
def harmless_streams() -> Iterator[None]:
    """Both streams are harmless. After an exception that nobody expected they stay so, for its traceback."""
    before = sys.stdout, sys.stderr
    ours: Any = tuple(HarmlessStream(one) if one and not isinstance(one, HarmlessStream) else one for one in before)
    sys.stdout, sys.stderr = ours
    try:
        yield
    except Exception:
        raise
    except BaseException:
        _put_back(before, ours)
        raise
    _put_back(before, ours)


def _put_back(before: tuple[TextIO, TextIO], ours: tuple[Any, Any]) -> None:
    """Unless somebody else has put a stream there meanwhile."""
    sys.stdout = before[0] if sys.stdout is ours[0] else sys.stdout
    sys.stderr = before[1] if sys.stderr is ours[1] else sys.stderr


def own(stream: TextIO) -> TextIO:
    """The stream itself, for what moves the terminal on our own account."""
    return stream.stream if isinstance(stream, HarmlessStream) else stream


def echo_bytes(data: bytes) -> None:
    """Writes UTF-8 of our own making to stdout, whatever its encoding is."""
    stream = own(sys.stdout)
    if stream:  # there is none where it was closed
        stream.flush()
        stream.buffer.write(data)
        stream.buffer.flush()


def echo_json(data: Any, *, ascii: bool = True) -> None:
    """Writes plain data to stdout as JSON in UTF-8; its texts are clean, for whoever reads it may print them."""
    echo_bytes(f"{json.dumps(cleaned(data), indent=2, ensure_ascii=ascii)}\n".encode())


class HarmlessCommand(click.Command):
    """A command that prints to harmless streams, and whose errors are one line each."""

    def main(self, *args: Any, **extra: Any) -> Any:
        with harmless_streams():
            return super().main(*args, **extra)

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        with _on_one_line():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with _on_one_line():
            return super().invoke(ctx)


class HarmlessGroup(HarmlessCommand, click.Group):
    """The same for a command with verbs."""


@contextlib.contextmanager
def _on_one_line() -> Iterator[None]:
    try:
        yield
    except click.ClickException as error:
        vars(error)["message"] = one_line(error.message)
        raise
