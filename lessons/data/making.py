"""How a stand-in is made: by a program of its own, which says on its standard output how far it is.

The protocol is a line `DONE TOTAL` now and then, in whatever the maker counts; other lines are nobody's business.
Standard library only.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
import threading
from collections.abc import Callable, Sequence

from lessons import interpreter

Progress = Callable[[int, int], None]
"""Is told how much of how much is done."""


def nobody(done: int, total: int) -> None:
    """Is told, and does nothing with it."""


def say(done: int, total: int) -> None:
    """The maker's end: one line of the protocol."""
    print(done, total, flush=True)


def run(module: str, arguments: Sequence[str], seconds: float, progress: Progress = nobody) -> str | None:
    """Runs a maker to its end; None, or the last thing that it said on stderr where it failed.

    Raises TimeoutError after `seconds`. Whatever `progress` raises ends the maker and goes on to the caller.
    """
    late = threading.Event()
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors,
        interpreter.started(
            interpreter.running_module(module, *arguments),
            env=interpreter.environment(interpreter.HOME),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            encoding="utf-8",
            errors="replace",
        ) as maker,
    ):

        def stop() -> None:
            late.set()
            maker.kill()

        clock = threading.Timer(seconds, stop)
        clock.daemon = True
        clock.start()
        try:
            assert maker.stdout is not None
            for line in maker.stdout:
                if found := re.fullmatch(r"(\d{1,12}) (\d{1,12})\n", line):
                    progress(int(found[1]), int(found[2]))
            code = maker.wait()
        except BaseException:
            maker.kill()
            raise
        finally:
            clock.cancel()
        if code == 0:
            return None
        if late.is_set():
            raise TimeoutError
        errors.seek(0)
        return (errors.read().strip().splitlines() or ["it said nothing"])[-1]
