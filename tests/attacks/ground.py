"""Where attacks take place: a home with secrets, a neighbour, open ports - and who looks on from outside.

Nothing here asks the attacking process. A secret has leaked when it turns up in a verdict; a file, a process, a limit
or a connection is looked at from this process.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import resource
import secrets
import shutil
import socket
import subprocess
import sysconfig
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import torch

from grader.grading import Answer, Grader
from grader.records.verdict import Verdict
from grader.sandbox.host import Host
from lessons.loading.loader import load_exercise
from lessons.schema import Exercise
from tests.attacks import header
from tests.attacks.belongings import Belongings, attributes, made
from tests.attacks.monitor import Monitor

CORPUS = Path(__file__).parent / "corpus"
RIGHT = "import torch\ndef f(x):\n    return torch.softmax(x, -1)\n"
WRONG = "import torch\ndef f(x):\n    return torch.softmax(x, 0)\n"
SECONDS = 0.5
"""The budget of the exercise, CPU time; sleeping is stopped after five times that and two seconds."""
HARMED = "HARMED"
"""What an attack prints where it got through in a way that only it can see."""
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
SEGMENT = 0x5151
"""The key of what attacks make of System V's objects."""
DATA = "data-sets"
"""In the home, as the data sets of a learner are: the one folder there that code may read."""
OUTSIDE = ("/tmp", "/var/tmp", "/dev/shm", "/run", "/")

EXERCISE = f"""id: softmax
title: Softmax
parts:
  - id: code
    kind: code
    covers: [E1.1.1]
    entry: f
    points: 4
    budget: {{seconds: {SECONDS}}}
"""
REFERENCE = """
import torch
from grader.spec import case, cases

MARKER = "{marker}"


def f(x):
    return torch.softmax(x, -1)


@cases
def rows(rng):
    yield case(x=rng.normal(3, 4), label="three rows", observe=("unchanged_inputs",))
    yield case(x=rng.normal(5, 7), label="five rows", observe=("unchanged_inputs",))
"""


@dataclass(frozen=True)
class Attack:
    """A file of the corpus: what it tries, in which statuses it may end, and from which level it is stopped."""

    name: str
    tries: str
    ends: frozenset[str]
    level: int
    waits: float
    slow: bool
    """Whether it takes more than a second of computing."""
    seed: int | None
    """The seed that it is judged with, where it needs one that it could guess."""
    source: str


def attacks() -> list[Attack]:
    """The corpus, by name. Raises ValueError for a file without its header."""
    return [_attack(path) for path in sorted(CORPUS.glob("*.py"))]


def _attack(path: Path) -> Attack:
    form = 'an attack begins with """Tries to ...""", `# ends: STATUS...` and `# from: level N`'
    found = header.read(path, form, from_=r"level \d")
    seed = found.named.get("seed")
    return Attack(
        name=path.stem,
        tries=found.tries,
        ends=found.ends,
        level=int(found.named["from"].removeprefix("level ")),
        waits=float(found.named.get("waits", 0)),
        slow=found.slow,
        seed=int(seed) if seed else None,
        source=found.source,
    )


class Listeners:
    """Sockets that note who comes."""

    def __init__(self, home: Path) -> None:
        self.hits: list[str] = []
        self.abstract = f"dl-tutor-{secrets.token_hex(8)}"
        self.path = str(home / "agent.sock")
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", 0))
        self.unix, self.unnamed = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
        self.unix.bind(self.path)
        self.unnamed.bind("\0" + self.abstract)
        for name, one in (("tcp", self.tcp), ("unix", self.unix), ("abstract", self.unnamed)):
            one.listen(8)
            threading.Thread(target=self._accept, args=(name, one), daemon=True).start()
        threading.Thread(target=self._receive, daemon=True).start()

    def _accept(self, name: str, server: socket.socket) -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            self.hits.append(name)
            connection.close()

    def _receive(self) -> None:
        while True:
            try:
                self.udp.recv(100)
            except OSError:
                return
            self.hits.append("udp")

    def close(self) -> None:
        for one in (self.tcp, self.udp, self.unix, self.unnamed):
            one.close()


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """One attack at a time on this machine: some of what is looked at is counted for all processes together."""
    folder = os.open(CORPUS, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


class Ground:
    """One grader at one level, and what stands around it."""

    def __init__(self, folder: Path, level: int, landlock_abi: int = Host.NEWEST_ABI) -> None:
        self.home, self.level = folder / "home", level
        self.key, self.token, self.marker = (f"secret-{secrets.token_hex(16)}" for _ in range(3))
        self.exercise = self._exercise(folder / "softmax")
        self._build_home()
        # a Unix socket's path is short: the test's folder may be too deep for one
        self.sockets = Path(tempfile.mkdtemp(prefix="dl-tutor-attacks-"))
        self.listeners = Listeners(self.sockets)
        self.victim = self._neighbour()
        self.belongings = Belongings(self.key)
        self.environment = {"HOME": os.environ.get("HOME", ""), "HF_TOKEN": os.environ.get("HF_TOKEN", "")}
        os.environ.update(HOME=str(self.home), HF_TOKEN=self.token)
        host = Host(level=level, landlock_abi=landlock_abi, data=[self.home / DATA])
        self.grader = Grader(allow_level_1=level < 2, host=host)
        self.grader.warm()

    def _exercise(self, folder: Path) -> Exercise:
        folder.mkdir(parents=True)
        (folder / "exercise.yaml").write_text(EXERCISE)
        (folder / "prompt.md").write_text("Write `f(x)`, the softmax of each row.\n")
        (folder / "starter.py").write_text("def f(x):\n    raise NotImplementedError\n")
        (folder / "reference.py").write_text(REFERENCE.format(marker=self.marker))
        return load_exercise(folder)

    def _build_home(self) -> None:
        if self.home.exists():
            self.home.chmod(0o755)
            shutil.rmtree(self.home)
        (self.home / ".ssh").mkdir(parents=True)
        (self.home / "thesis.txt").write_text("precious")
        (self.home / ".ssh" / "id_rsa").write_text(self.key)
        (self.home / ".ssh" / "link").symlink_to(self.key)
        with contextlib.suppress(OSError):  # not every file system has them
            os.setxattr(self.home / "thesis.txt", "user.origin", self.key.encode())
        (self.home / DATA / "MNIST").mkdir(parents=True)
        (self.home / DATA / "MNIST" / "labels").write_text("7 2 1 0 4")
        self.kept = self._state_of_home()

    def _state_of_home(self) -> list[tuple[Any, ...]]:
        paths = [self.home, *sorted(self.home.rglob("*"))]
        states = ((path, path.lstat()) for path in paths)
        return [
            (str(path), one.st_mode, one.st_mtime_ns, path.read_bytes() if path.is_file() else b"", attributes(path))
            for path, one in states
        ]

    def _neighbour(self) -> subprocess.Popen[bytes]:
        victim = subprocess.Popen(["sleep", "3600"])
        self.rights = _rights(victim.pid)
        return victim

    def close(self) -> None:
        self.grader.close()
        self.listeners.close()
        self.victim.kill()
        self.victim.wait()
        self.belongings.close()
        shutil.rmtree(self.sockets, ignore_errors=True)
        os.environ.update(self.environment)

    # --- a run ---

    def judge(self, source: str, seed: int | None = None) -> Verdict:
        labels = self.home / DATA / "MNIST" / "labels"
        with alone(), Monitor(lambda: self.grader.host.pid, self.victim.pid, labels) as self.monitor:
            return self.grader.grade(self.exercise, source, {}, seed=seed)

    def passed(self, *sources: str) -> list[bool]:
        """Whether these answers pass, judged one after the other."""
        parts = self.exercise.parts
        answers = [Answer(source=source, parts=parts, seed=seed, given={}) for seed, source in enumerate(sources)]
        return [graded.verdict.passed for graded in self.grader.grade_all(self.exercise, answers)]

    def armed(self, attack: Attack) -> str:
        """The attack's source with what it must know of its surroundings, in one line before it."""
        known = {
            "HOME": str(self.home),
            "REFERENCE": str(self.exercise.folder / "reference.py"),
            "GRADER": os.getpid(),
            "VICTIM": self.victim.pid,
            "TCP": self.listeners.tcp.getsockname()[1],
            "UDP": self.listeners.udp.getsockname()[1],
            "SOCKET": self.listeners.path,
            "ABSTRACT": self.listeners.abstract,
            "LABELS": str(self.home / DATA / "MNIST" / "labels"),
            **self.belongings.known(),
        }
        return "; ".join(f"{name} = {value!r}" for name, value in known.items()) + "\n" + attack.source

    def restore(self) -> None:
        """Puts back what an attack may have harmed, so that the next one is judged by itself."""
        self.listeners.hits.clear()
        if self._state_of_home() != self.kept:
            self._build_home()
        if self.victim.poll() is not None or _rights(self.victim.pid) != self.rights:
            self.victim.kill()
            self.victim.wait()
            self.victim = self._neighbour()
        if any(self.belongings.changes()):
            self.belongings.close()
            self.belongings = Belongings(self.key)

    # --- the look from outside ---

    def harm(self, verdict: Verdict) -> list[str]:
        """Everything that an attack got through to."""
        return [*self._leaks(verdict), *self._changes(), *self.monitor.taken(), *self._left_behind()]

    def _leaks(self, verdict: Verdict) -> Iterator[str]:
        texts = list(_texts(msgspec.to_builtins(verdict)))
        for name, secret in (("key", self.key), ("token", self.token), ("reference", self.marker)):
            if any(secret in text for text in texts):
                yield f"the {name} has leaked into the verdict"
        for text in texts:
            if HARMED in text and "name '" not in text:
                yield f"it says itself: {text[text.index(HARMED) :][:200]}"
            if CONTROL.search(text):
                yield f"control characters: {CONTROL.findall(text)[:5]}"
        if sum(map(len, texts)) > 300_000:
            yield "the verdict is flooded"

    def _changes(self) -> Iterator[str]:
        if self._state_of_home() != self.kept:
            yield "the home was changed"
        if self.victim.poll() is not None:
            yield "the neighbour was killed"
        elif (now := _rights(self.victim.pid)) != self.rights:
            yield f"the neighbour was changed: {now} instead of {self.rights}"
        yield from self.belongings.changes()
        for hit in self.listeners.hits:
            yield f"somebody connected: {hit}"
        for folder in (sysconfig.get_path("purelib"), sysconfig.get_path("stdlib"), os.path.dirname(torch.__file__)):
            for name in ("sitecustomize.py", "dl_tutor_harmed.pth"):
                if os.path.exists(f"{folder}/{name}"):
                    yield f"{folder}/{name} was written"

    def _left_behind(self) -> Iterator[str]:
        for folder in OUTSIDE:
            if os.path.lexists(f"{folder}/dl-tutor-harmed"):
                Path(folder, "dl-tutor-harmed").unlink()
                yield f"a file was left in {folder}"
        rooms = Path(self.grader.host.scratch).iterdir()
        if left := [name for room in rooms for name in (os.listdir(room) if room.is_dir() else [room.name])]:
            yield f"files were left in the scratch folder: {left[:3]}"
        zygote = self.grader.host.pid
        until = time.monotonic() + 5
        while (running := Path(f"/proc/{zygote}/task/{zygote}/children").read_text().split()) and (
            time.monotonic() < until
        ):
            time.sleep(0.02)
        if running:
            yield f"processes were left: {running}"
        for kind in made(SEGMENT):
            yield f"something of System V was left: {kind}"


def _rights(pid: int) -> tuple[Any, ...]:
    """What can be taken away from a process without killing it: limits, processors, priority, running at all."""
    stopped = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "Tt"
    limits = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    return limits, os.sched_getaffinity(pid), os.getpriority(os.PRIO_PROCESS, pid), os.sched_getscheduler(pid), stopped


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(key)
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
