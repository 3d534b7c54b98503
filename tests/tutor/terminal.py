"""A real terminal for tests: a program behind a pty, and the screen that its escape sequences draw."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
import unicodedata
from collections.abc import Mapping, Sequence

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f8": "\x1b[19~",
    "ctrl+q": "\x11",
}
_SEQUENCE = re.compile(
    rb"\x1b\[([0-9;?<>=$ ]*)([@-~])|\x1b\].*?(?:\x07|\x1b\\)|\x1bP.*?\x1b\\|\x1b[()].|\x1b[=>78]", re.S
)


class Terminal:
    """Runs a program in a terminal of its own. Knows as much of a terminal's language as the app speaks."""

    def __init__(
        self, command: Sequence[str], env: Mapping[str, str], *, columns: int = 80, rows: int = 24, cwd: str = "/"
    ) -> None:
        self.cells = [[" "] * columns for _ in range(rows)]
        self.row = self.column = 0
        self.unread = b""
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=dict(env),
            cwd=cwd,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # it hears when its terminal is closed
        )
        os.close(slave)

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join("".join(row).rstrip() for row in self.cells)

    def press(self, *keys: str) -> None:
        """Presses keys, by name or as they are."""
        for key in keys:
            os.write(self.master, KEYS.get(key, key).encode())
            self.read(0.15)

    def wait(self, *words: str, seconds: float = 60) -> None:
        """Waits until all of the words stand on the screen."""
        until = time.monotonic() + seconds
        while not all(word in self.text for word in words):
            assert time.monotonic() < until, f"{words} did not come in {seconds} s; the screen:\n{self.text}"
            assert self.read(0.2) or self.process.poll() is None, f"the program has ended; the screen:\n{self.text}"

    def ended(self, seconds: float = 30) -> int:
        """Waits for the program's end. Returns its exit code."""
        until = time.monotonic() + seconds
        while self.process.poll() is None:
            assert time.monotonic() < until, f"it has not ended in {seconds} s; the screen:\n{self.text}"
            self.read(0.1)
        return self.process.wait()

    def kill(self) -> None:
        """Ends the program with no chance to tidy up."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def close(self) -> None:
        self.kill()
        os.close(self.master)

    def read(self, seconds: float) -> bool:
        """Takes in what is drawn within some seconds. False where nothing was."""
        until, drawn = time.monotonic() + seconds, False
        while (left := until - time.monotonic()) > 0:
            if not select.select([self.master], [], [], left)[0]:
                break
            try:
                data = os.read(self.master, 65536)
            except OSError:  # the other side is closed
                return drawn
            if not data:
                return drawn
            self._draw(data)
            drawn = True
        return drawn

    def _draw(self, data: bytes) -> None:
        data = self.unread + data
        at = 0
        while at < len(data):
            if data[at : at + 1] == b"\x1b":
                match = _SEQUENCE.match(data, at)
                if match is None and len(data) - at < 4096:
                    break  # the rest comes with the next piece
                if match is not None:
                    self._obey(match)
                at = match.end() if match else at + 1
                continue
            end = data.find(b"\x1b", at)
            piece = data[at : end if end >= 0 else len(data)]
            try:
                shown = piece.decode()
            except UnicodeDecodeError as error:
                if end >= 0 or error.end < len(piece):
                    shown = piece.decode(errors="replace")
                else:  # a character in two pieces
                    shown, piece = piece[: error.start].decode(), piece[: error.start]
                    self._type(shown)
                    at += len(piece)
                    break
            self._type(shown)
            at += len(piece)
        self.unread = data[at:]

    def _type(self, text: str) -> None:
        for char in text:
            if char == "\n":
                self.row += 1
            elif char == "\r":
                self.column = 0
            elif char >= " " and not unicodedata.combining(char):
                if self.row < len(self.cells) and self.column < len(self.cells[0]):
                    self.cells[self.row][self.column] = char
                self.column += 2 if unicodedata.east_asian_width(char) in "WF" else 1

    def _obey(self, match: re.Match[bytes]) -> None:
        if match[2] is None:
            return
        numbers = [int(one) if one.isdigit() else 1 for one in match[1].split(b";")]
        if match[2] == b"H":
            self.row, self.column = numbers[0] - 1, (numbers[1] if len(numbers) > 1 else 1) - 1
        elif match[2] == b"J":
            self.cells = [[" "] * len(row) for row in self.cells]
        elif match[2] == b"C":
            self.column += numbers[0]
