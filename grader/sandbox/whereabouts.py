"""Where a worker is when it has to be stopped: which line of the learner's file the time goes into.

The worker writes its stack to a pipe when a signal comes - in the handler itself, so that a long call into C is no
hindrance - and the program takes a line number from that, and nothing else: the line's text is in the program already.
"""

from __future__ import annotations

import contextlib
import faulthandler
import io
import os
import re
import select
import signal
import time

SIGNAL = signal.SIGUSR1
SECONDS = 2.0
"""How long an answer is waited for. It takes a millisecond, unless the machine is busy or the code does not want it."""
MOST = 1 << 16
LONGEST = 60
"""How much of a line is quoted."""
_OUTERMOST = re.compile(rb'\n  (?:File "<string>", line 1 in <module>|\.\.\.)\n')
"""The end of a stack: the zygote's first frame, or what stands for frames that are left out."""


def answer_on(descriptor: int) -> None:
    """In the worker: from now on the signal has the stack of its main thread written to this descriptor."""
    faulthandler.register(SIGNAL, file=descriptor, all_threads=False)


class Whereabouts:
    """The reading end of a worker's pipe. `end` is the other one, for the worker."""

    def __init__(self) -> None:
        self._pipe, self.end = os.pipe()
        os.set_blocking(self._pipe, False)

    def close(self) -> None:
        os.close(self._pipe)

    def line(self, pidfd: int, name: str) -> int | None:
        """The line of the file `name` that the worker is in now; None where it is elsewhere, or does not say."""
        self._read()  # what it has written unasked
        with contextlib.suppress(OSError):
            signal.pidfd_send_signal(pidfd, SIGNAL)
        frame = re.compile(rb'File "%s", line (\d{1,6}) in ' % re.escape(name.encode("ascii", "backslashreplace")))
        said, until = b"", time.monotonic() + SECONDS
        while len(said) < MOST and (left := until - time.monotonic()) > 0:
            if not select.select([self._pipe], [], [], left)[0] or not (more := self._read()):
                break
            said += more
            if found := frame.search(said):
                return int(found[1])
            if _OUTERMOST.search(said):
                break
        return None

    def _read(self) -> bytes:
        with contextlib.suppress(OSError):
            return os.read(self._pipe, MOST)
        return b""


def quoted(source: str, number: int) -> str:
    """``line 12: `while True:` `` of a file; nothing where it has no such line."""
    lines = io.StringIO(source, newline=None).read().split("\n")
    text = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    if not text:
        return ""
    if "`" in text:  # it would end the quotation
        return f"line {number}"
    return f"line {number}: `{text if len(text) <= LONGEST else text[:LONGEST].rstrip() + '...'}`"
