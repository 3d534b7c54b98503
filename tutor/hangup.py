"""When the terminal is closed, or the program is told to end: what was typed last is saved first."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable


def on_hangup(store: Callable[[], object], leave: Callable[[], object]) -> None:
    """Has `store` called by the running loop when the terminal goes or the program is asked to end.

    Who is asked leaves in good order. Where the terminal has gone, nothing can be drawn and there is nothing to put
    back: writing to it may block for ever, so the process ends at once. What it started ends by itself.
    """

    def terminal_gone() -> None:
        try:
            store()
        finally:
            os._exit(128 + signal.SIGHUP)

    def asked_to_end() -> None:
        store()
        leave()

    loop = asyncio.get_running_loop()
    # outside of the main thread, where a test may run the app, there are no signals to be had
    with contextlib.suppress(RuntimeError, ValueError, NotImplementedError):
        loop.add_signal_handler(signal.SIGHUP, terminal_gone)
        loop.add_signal_handler(signal.SIGTERM, asked_to_end)
