"""A process that measures rows, seen from outside: started when it is needed, and again when it has ended."""

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from typing import Any

COMMAND = (sys.executable, "-P", "-m", "kernels.bench.worker")
Answer = dict[str, Any]


class Child:
    """Asks a process of its own, which may end of what it is asked."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self.command = command
        self.process: subprocess.Popen[str] | None = None
        self.answers: queue.Queue[Answer | None] = queue.Queue()

    def _start(self) -> subprocess.Popen[str]:
        if self.process is None or self.process.poll() is not None:
            self.stop()
            self.answers = queue.Queue()
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
            )
            threading.Thread(target=_read, args=(self.process, self.answers), daemon=True).start()
        return self.process

    def ask(self, request: Answer, seconds: float) -> list[Answer]:
        """The answers to a request; the last is a "problem" where the process ended or had not done after so long."""
        process = self._start()
        found: list[Answer] = []
        end = time.monotonic() + seconds
        try:
            assert process.stdin is not None
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
            while True:
                answer = self.answers.get(timeout=max(0.0, end - time.monotonic()))
                if answer is None:
                    raise BrokenPipeError
                if "done" in answer:
                    if "last" in answer:
                        self.stop()
                    return found
                found.append(answer)
        except queue.Empty:
            self.stop()
            return [*found, {"problem": f"it was not done after {seconds:.0f} seconds"}]
        except OSError:
            return [*found, {"problem": f"its process ended with {_ending(process.wait())}"}]

    def stop(self) -> None:
        """Ends the process."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            for stream in (self.process.stdin, self.process.stdout):
                if stream is not None:
                    stream.close()
            self.process = None

    def __enter__(self) -> "Child":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _read(process: subprocess.Popen[str], answers: "queue.Queue[Answer | None]") -> None:
    assert process.stdout is not None
    try:
        for line in process.stdout:
            answers.put(json.loads(line))
    except ValueError:  # closed under our hands, or cut off in the middle of a line
        pass
    answers.put(None)


def _ending(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
