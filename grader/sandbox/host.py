"""The zygote seen from the program that owns it: starts it, has it fork, hears how forks end, ends it.

No torch here: the screen and the command import this module.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from grader import secret
from grader.protocol import control as messages
from grader.protocol.control import MAX_MESSAGE, Ended, Fork, Forked, Ready, RoleConfig, Settings
from grader.sandbox import readable, scratch
from grader.sandbox.confinement import WANTED
from grader.sandbox.limits import LAYERS
from lessons import interpreter
from lessons.location import default_course

BOOT_SECONDS = 120.0
TICKS = os.sysconf("SC_CLK_TCK")
"""In a second, of what /proc counts the processor's time in."""
FIXED = {
    "HOME": "/nonexistent",
    "USER": "learner",  # else libraries look for a name in /etc/passwd
    "PYTHONHASHSEED": "0",
    "JOBLIB_MULTIPROCESSING": "0",  # else scikit-learn warns that there are no semaphores
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OMP_WAIT_POLICY": "passive",  # two spinning threads on a busy machine are 100 times slower
    "MALLOC_ARENA_MAX": "2",
    "CUDA_VISIBLE_DEVICES": "",  # a fork must not inherit a device
    "PYTORCH_NVML_BASED_CUDA_CHECK": "1",
    "HF_HUB_OFFLINE": "1",  # else `datasets` waits for a network that there is not
    "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
    "MPLBACKEND": "module://grader.live.canvas",  # matplotlib draws in the terminal
    "MPL_IGNORE_SYSTEM_FONTS": "1",  # else it opens every font of the machine, and starts programs to find them
}


class SandboxError(Exception):
    """The sandbox cannot run anything; the message says why and what to do."""


def environment() -> dict[str, str]:
    """What the zygote and all its forks see of the environment: no tokens, no agent sockets, one thread."""
    return interpreter.environment(more=FIXED)


def supported() -> str | None:
    """Why learner code cannot be run on this system, or None."""
    if sys.platform != "linux":
        return (
            "Running and judging code needs Linux (on Windows: WSL2). Lessons can be read and questions answered here."
        )
    return None


@dataclass
class Child:
    """A fork of the zygote. `status` is its exit code once it has ended (negative: a signal)."""

    number: int
    pid: int
    pidfd: int
    status: int | None = None
    cpu: float = 0.0
    threads: int = 1
    """How many it had when it was looked at last."""
    reason: str | None = None
    """Why the host stopped it, a key of endings.REASONS."""

    @property
    def ended(self) -> bool:
        return self.status is not None

    @property
    def over(self) -> bool:
        """Whether it has ended, or is about to, also where the zygote has not said so yet."""
        return self.ended or self.reason is not None or bool(select.select([self.pidfd], [], [], 0)[0])

    def kill(self, reason: str) -> None:
        """SIGKILL to its whole process group, which its session made its own."""
        if self.ended:
            return
        self.reason = self.reason or reason
        with contextlib.suppress(ProcessLookupError, OSError):
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)

    def seconds(self) -> float:
        """CPU seconds used so far; counts its threads too."""
        if self.ended:
            return self.cpu
        try:
            handle = os.open(f"/proc/{self.pid}/stat", os.O_RDONLY)
        except OSError:
            return self.cpu
        try:
            fields = os.read(handle, 4096).rpartition(b")")[2].split()
        except OSError:
            return self.cpu
        finally:
            os.close(handle)
        self.cpu = (int(fields[11]) + int(fields[12])) / TICKS
        self.threads = int(fields[17])
        return self.cpu


def homes() -> list[Path]:
    """The learner's home: as the environment has it and as the system does."""
    found = [os.environ.get("HOME", "")]
    with contextlib.suppress(KeyError):
        found.append(pwd.getpwuid(os.getuid()).pw_dir)
    return [Path(home) for home in dict.fromkeys(found) if home.startswith("/")]


class Host:
    """Owns a zygote. Not thread-safe: one thread at a time.

    level: the highest level to set up; what the machine lacks of it is said in `off`. landlock_abi: the newest Landlock
    to use, 0 for none. hidden: folders that no worker may read, beside the installation's rooms, the open course, the
    secret and the learner's home. data: folders that workers may read.
    """

    START = "from grader import zygote; zygote.main()"
    NEWEST_ABI = 99

    def __init__(
        self,
        *,
        level: int = 2,
        landlock_abi: int = NEWEST_ABI,
        hidden: Iterable[Path] = (),
        data: Iterable[Path] = (),
    ) -> None:
        self.highest, self.newest_abi = level, landlock_abi
        self.hidden, self.data = [Path(path) for path in hidden], [Path(path) for path in data]
        self.off = dict.fromkeys(WANTED, "it has not been tried yet")
        """Layer -> why it is not active; known after boot."""
        self.abi = 0
        """The Landlock that is in use, 0 for none; known after boot."""
        self._kept: set[Path] = set()
        self.versions: dict[str, str] = {}
        self.scale = 1.0
        """How many times as long as the reference machine this one takes; known after boot."""
        self.scratch = ""
        """The folder of all scratch folders; the zygote removes it should this process be killed."""
        self.left: list[str] = []
        """Empty folders of those that have ended. They are removed when nobody waits: it may take milliseconds."""
        self._process: subprocess.Popen[bytes] | None = None
        self.control: socket.socket | None = None
        self._children: dict[int, Child] = {}
        self._count = 0

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None and self.control is not None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    @property
    def walls(self) -> tuple[str, ...]:
        """The layers above level 1 that every worker and judge puts on; known after boot."""
        return tuple(layer for layer in WANTED if layer not in self.off)

    @property
    def layers(self) -> tuple[str, ...]:
        """All layers that are active; known after boot."""
        return LAYERS + self.walls

    @property
    def level(self) -> int:
        """2 where all layers of level 2 are active, else 1; known after boot."""
        return 1 if self.off else 2

    def _hidden(self) -> list[Path]:
        return [*self.hidden, default_course(), secret.place()]

    def hide(self, folder: Path) -> None:
        """Makes sure that no worker can read a folder, such as an exercise's. Starts the zygote anew where it must."""
        if folder in self._kept:
            return
        if readable.covers(readable.readable(self._hidden(), homes(), self.data), folder):
            self.close()
            self.hidden.append(folder)
        self._kept.add(folder)

    def boot(self) -> None:
        """Starts the zygote and waits until it is ready, where it is not. Raises SandboxError."""
        if self.alive:
            return
        self.close()
        why = supported()
        if why:
            raise SandboxError(why)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.scratch = tempfile.mkdtemp(prefix="dl-tutor-")
        self._process = interpreter.started(
            interpreter.running(self.START, str(theirs.fileno()), self.scratch),
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment(),
            start_new_session=True,
        )
        theirs.close()
        self.control = ours
        settings = Settings(
            abi=self.newest_abi if self.highest >= 2 else 0,
            hidden=tuple(map(str, self._hidden())),
            homes=tuple(map(str, homes())),
            data=tuple(map(str, self.data)),
        )
        with contextlib.suppress(OSError):  # a process that has failed already says why below
            ours.send(messages.encode(settings))
        ready, _, _ = select.select([ours], [], [], BOOT_SECONDS)
        message = b""
        with contextlib.suppress(ConnectionResetError):  # it ended without having read what was sent
            message = ours.recv(MAX_MESSAGE) if ready else b""
        if not message:
            self._process.kill()
            assert self._process.stderr is not None
            last = self._process.stderr.read().decode("utf-8", "replace").strip().splitlines()[-1:]
            self.close()
            raise SandboxError(f"The grader's process did not start: {last[0] if last else 'no answer'}")
        news = messages.decode_news(message)
        assert isinstance(news, Ready)
        self.versions, self.abi, self.off, self.scale = news.versions, news.abi, news.off, news.scale
        if self.highest < 2:
            self.abi, self.off = 0, dict.fromkeys(WANTED, "not asked for")

    def fork(
        self,
        role: Literal["worker", "judge"],
        config: RoleConfig,
        descriptors: list[int],
        imports: tuple[str, ...] = (),
    ) -> Child:
        """A new worker or judge. Raises SandboxError where the zygote is gone."""
        self.boot()
        assert self.control is not None
        self._count += 1
        number = self._count
        order = Fork(number=number, role=role, config=config, imports=imports)
        try:
            socket.send_fds(self.control, [messages.encode(order)], descriptors)
        except OSError as error:
            self.close()
            raise SandboxError("The grader's process has ended; try again.") from error
        until = time.monotonic() + BOOT_SECONDS
        while number not in self._children:
            ready, _, _ = select.select([self.control], [], [], max(0, until - time.monotonic()))
            if not ready:
                raise SandboxError("The grader's process does not answer.")
            self.hear()
        return self._children[number]

    def catch_up(self) -> None:
        """Takes in what the zygote has said by now, and waits for nothing: a fork may have heard it already."""
        while self.control is not None and select.select([self.control], [], [], 0)[0]:
            self.hear()

    def hear(self) -> None:
        """Takes in one message of the zygote. Raises SandboxError when it has ended."""
        if self.control is None:
            raise SandboxError("The grader's process has ended; try again.")
        try:
            message, descriptors, _, _ = socket.recv_fds(self.control, MAX_MESSAGE, 1)
        except OSError:
            message, descriptors = b"", []
        if not message:
            self.close()
            raise SandboxError("The grader's process was ended from outside; try again.")
        news = messages.decode_news(message)
        if isinstance(news, Forked):
            self._children[news.number] = Child(news.number, news.pid, descriptors[0])
        elif isinstance(news, Ended):
            child = self._children.pop(news.number)
            child.cpu, child.status = news.cpu, news.status
            os.close(child.pidfd)

    def leave(self, room: str) -> None:
        """Empties the scratch folder of one that has ended."""
        scratch.empty(room)
        self.left.append(room)

    def tidy(self) -> None:
        """Removes the folders that were left."""
        while self.left:
            scratch.remove(self.left.pop())

    def close(self) -> None:
        """Ends the zygote and all its forks."""
        if self.control is not None:
            self.control.close()
            self.control = None
        for child in self._children.values():
            child.status = -signal.SIGKILL
            os.close(child.pidfd)
        self._children.clear()
        if self._process is not None:
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            if self._process.stderr is not None:
                self._process.stderr.close()
            self._process = None
        self.left.clear()
        if self.scratch:
            scratch.remove(self.scratch)
            self.scratch = ""
