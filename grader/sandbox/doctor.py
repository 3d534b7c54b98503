"""Which layers stand between learner code and this machine? Each is proved by attacking it in a throw-away worker,
never inferred from a version number.
"""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from grader.sandbox.confinement import WANTED
from grader.sandbox.host import Host, SandboxError, supported
from grader.sandbox.limits import LAYERS, STRONGER_LAYERS
from grader.sandbox.session import Run, Session
from lessons.location import default_course

CANARY = "DL_TUTOR_CANARY_TOKEN"

REFUSED = """
import os, socket
def refused(what, attempt, kind=PermissionError):
    try:
        attempt()
    except kind:
        return
    raise AssertionError(what)
"""

ATTACKS: dict[str, tuple[str, str]] = {
    "session": (
        "learner code cannot reach the terminal, and ends with the grader",
        """
import os, ctypes
assert os.getsid(0) == os.getpid(), "still in the grader's session"
death = ctypes.c_int()
ctypes.CDLL(None).prctl(2, ctypes.byref(death), 0, 0, 0)
assert death.value == 9, "it would outlive the grader"
try:
    open("/dev/tty")
except OSError:
    pass
else:
    raise AssertionError("the terminal can be opened")
""",
    ),
    "descriptors": (
        "no file or connection of the grader is left open",
        """
import os
open_ones = []
for fd in range(6, 4096):
    try:
        os.fstat(fd)
    except OSError:
        continue
    open_ones.append(fd)
assert not open_ones, f"open: {open_ones}"
""",
    ),
    "environment": (
        "tokens and paths of your environment are not passed on",
        f"""
import os
assert {CANARY!r} not in os.environ, "the environment is handed on"
assert {CANARY!r}.encode() not in open("/proc/self/environ", "rb").read(), "the environment is still in memory"
""",
    ),
    "rlimits": (
        "memory, CPU time, file size, open files and queued signals are limited",
        """
import resource
try:
    bytearray(100 << 30)
except MemoryError:
    pass
else:
    raise AssertionError("100 GiB were handed out")
for name in ("CPU", "FSIZE", "NOFILE", "AS", "SIGPENDING", "RTPRIO"):
    assert resource.getrlimit(getattr(resource, "RLIMIT_" + name))[1] != resource.RLIM_INFINITY, name
try:
    resource.setrlimit(resource.RLIMIT_CPU, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
except (ValueError, OSError):
    pass
else:
    raise AssertionError("limits can be lifted again")
""",
    ),
    "capabilities": (
        "root's powers are given up, even where the grader runs as root",
        """
import os
fields = dict(line.split(":", 1) for line in open("/proc/self/status") if ":" in line)
assert int(fields["CapEff"], 16) == 0 and int(fields["CapPrm"], 16) == 0, fields["CapEff"].strip()
try:
    os.chroot("/")
except PermissionError:
    pass
else:
    raise AssertionError("chroot is allowed")
""",
    ),
    "no_new_privs": (
        "no set-user-id program gives powers back",
        """
fields = dict(line.split(":", 1) for line in open("/proc/self/status") if ":" in line)
assert fields["NoNewPrivs"].strip() == "1"
""",
    ),
    "output": (
        "a flood of output is stopped",
        "while True: print('x' * 4096)",
    ),
    "clock": (
        "a run that does not end is stopped",
        "while True: pass",
    ),
    "landlock": (
        "learner code reads Python and its packages, and writes its own folder: no file of yours, no solution",
        REFUSED
        + """
refused("a file of yours can be read", lambda: open(CANARY))
refused("a solution can be read", lambda: open(REFERENCE))
refused("a file of yours can be written to", lambda: open(CANARY, "a"))
refused("a file of yours can be deleted", lambda: os.unlink(CANARY))
refused("a file of yours can be moved", lambda: os.rename(CANARY, CANARY + ".moved"))
refused("a file of yours can be linked to", lambda: os.link(CANARY, "linked"), OSError)
refused("files can be made anywhere", lambda: open(CANARY + ".new", "w"))
refused("programs can be run", lambda: os.execv("/bin/true", ["true"]))
refused("the memory of other processes can be read", lambda: open(f"/proc/{os.getppid()}/mem"))
refused("the connections of the machine can be listed", lambda: open("/proc/self/net/unix"))
refused("what is mounted can be listed", lambda: open("/proc/self/mountinfo"))
open("own", "w").write("own")
assert open("own").read() == "own"
if ABI >= 4:
    refused("the network can be reached", lambda: socket.create_connection(("127.0.0.1", PORT)))
if ABI >= 6:
    refused("other processes get signals", lambda: os.kill(os.getppid(), 0))
""",
    ),
    "seccomp": (
        "no sockets, processes, programs, signals to others, queues or locks, no changes of owner or mode",
        REFUSED
        + """
import ctypes, fcntl, resource
libc = ctypes.CDLL(None, use_errno=True)
def asks(name, *arguments):
    def attempt():
        if getattr(libc, name)(*arguments) == -1:
            raise OSError(ctypes.get_errno(), name)
    return attempt
refused("sockets can be made", socket.socket)
refused("datagrams can be sent", lambda: socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM))
refused("processes can be made", lambda: os.fork() or os._exit(0))
refused("programs can be run", lambda: os.execv("/bin/true", ["true"]))
refused("other processes get signals", lambda: os.kill(os.getppid(), 0))
refused("other processes can be limited", lambda: resource.prlimit(os.getppid(), resource.RLIMIT_CPU))
refused("the mode of your files can be changed", lambda: os.chmod(CANARY, 0))
refused("the times of your files can be changed", lambda: os.utime(CANARY, (0, 0)))
refused("your files can be emptied", lambda: os.truncate(CANARY, 0))
refused("namespaces can be made", asks("unshare", 0x10000000))
refused("queues of messages can be made", asks("msgget", 0, 0o600))
refused("semaphores can be made", asks("semget", 0, 1, 0o600))
refused("memory can be shared", asks("shmget", 0, 4096, 0o600))
near, far = socket.socketpair()
refused("open files can be sent", lambda: socket.send_fds(near, [b"x"], [near.fileno()]))
with open(CANARY) as file:
    refused("your files can be locked", lambda: fcntl.flock(file, fcntl.LOCK_SH), OSError)
    refused("flags of your files can be asked for", lambda: fcntl.ioctl(file, 0x80086601, bytes(8)))
refused("attributes of your files can be read", lambda: os.listxattr(CANARY), OSError)
refused("it can be read where links lead to", lambda: os.readlink("/proc/self/exe"), OSError)
""",
    ),
}
"""Layer -> what it keeps away, and a program that ends without an exception only where the layer holds.
Output and clock must be stopped from outside. The last two are attacked alone: none of the other does their work."""

STOPPED = {"output": "forbidden", "clock": "timeout"}
LATER = "off: this version of dl-tutor does not set it up yet"


@dataclass(frozen=True)
class Layer:
    """A layer, whether it is active, and what was seen."""

    name: str
    active: bool
    detail: str


@dataclass(frozen=True)
class Examined:
    """All layers, the stronger ones included, and how many times as long as the reference machine this one takes."""

    layers: list[Layer]
    scale: float | None
    """None where nothing could be run."""


def examine() -> Examined:
    """Takes two to five seconds."""
    if why := supported():
        return Examined([Layer(name, False, why) for name in LAYERS + STRONGER_LAYERS], None)
    os.environ[CANARY] = "secret"
    host, scale = Host(), None
    try:
        host.boot()
        scale = host.scale
        found = [_attack(host, name) for name in LAYERS + WANTED]
    except (SandboxError, OSError) as error:
        found = [Layer(name, False, f"could not be tried: {error}") for name in LAYERS + WANTED]
    finally:
        host.close()
        del os.environ[CANARY]
    return Examined(found + [Layer(name, False, LATER) for name in STRONGER_LAYERS if name not in WANTED], scale)


def level(layers: list[Layer]) -> int:
    """The level that these layers make: 0 where one of level 1 does not hold."""
    active = {layer.name for layer in layers if layer.active}
    if not active.issuperset(LAYERS):
        return 0
    return 2 if active.issuperset(WANTED) else 1


@dataclass(frozen=True)
class Bait:
    """What attacks go for: a file of the learner's, a solution, a port that listens."""

    canary: Path
    reference: Path
    listener: socket.socket

    def said(self, abi: int) -> str:
        """The names that an attack's program finds."""
        port = self.listener.getsockname()[1]
        return f"CANARY, REFERENCE, PORT, ABI = {str(self.canary)!r}, {str(self.reference)!r}, {port}, {abi}\n"

    @property
    def harm(self) -> str:
        """What has come of it, seen from outside; or nothing."""
        if [*self.canary.parent.iterdir()] != [self.canary] or self.canary.read_text() != CANARY:
            return "a file of yours was changed"
        if self.canary.stat().st_mode & 0o777 != 0o600 or self.canary.stat().st_mtime == 0:
            return "the mode or times of a file of yours were changed"
        try:
            self.listener.accept()[0].close()
        except BlockingIOError:
            return ""
        return "a connection came through"


@contextmanager
def bait() -> Iterator[Bait]:
    """Lays it out, and takes it away."""
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        canary = Path(folder, "canary")
        canary.write_text(CANARY)
        canary.chmod(0o600)
        here = next(default_course().rglob("reference.py"), canary)
        yield Bait(canary, here.resolve(), listener)


def _attack(host: Host, name: str) -> Layer:
    what, source = ATTACKS[name]
    if name in host.off:
        return Layer(name, False, f"off: {host.off[name]}")
    walls = (name,) if name in WANTED else None
    seconds = 0.5 if name == "clock" else 5.0
    with bait() as laid, Session(host, cpu=5, walls=walls) as session:
        run: Run = session.script(laid.said(host.abi) + source, name="doctor.py", seed=0, seconds=seconds)
        harm = laid.harm
    if run.status == STOPPED.get(name, "passed") and not harm:
        return Layer(name, True, f"{what} (version {host.abi})" if name == "landlock" else what)
    return Layer(name, False, f"NOT holding: {harm or run.message or run.status}")
