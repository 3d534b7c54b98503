"""Which layers stand between learner code and this machine? Each is proved by attacking it in a throw-away worker,
never inferred from a version number.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from grader.sandbox.host import Host, SandboxError, supported
from grader.sandbox.limits import LAYERS, STRONGER_LAYERS
from grader.sandbox.session import Run, Session

CANARY = "DL_TUTOR_CANARY_TOKEN"

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
for fd in range(5, 4096):
    try:
        os.fstat(fd)
    except OSError:
        continue
    open_ones.append(fd)
assert not open_ones, f"open: {open_ones}"
""",
    ),
    "environment": (
        "tokens and paths of your environment are not handed on",
        f"""
import os
assert {CANARY!r} not in os.environ, "the environment is handed on"
assert {CANARY!r}.encode() not in open("/proc/self/environ", "rb").read(), "the environment is still in memory"
""",
    ),
    "rlimits": (
        "memory, CPU time, file size and open files are limited",
        """
import resource
try:
    bytearray(100 << 30)
except MemoryError:
    pass
else:
    raise AssertionError("100 GiB were handed out")
for name in ("CPU", "FSIZE", "NOFILE", "AS"):
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
        "root's powers are given up, also where the grader runs as root",
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
}
"""Layer -> what it keeps away, and a program that ends without an exception only where the layer holds.
The last two must be stopped from outside."""

STOPPED = {"output": "forbidden", "clock": "timeout"}
LATER = "off: this version of dl-tutor does not set it up yet"


@dataclass(frozen=True)
class Layer:
    """A layer, whether it is active, and what was seen."""

    name: str
    active: bool
    detail: str


def examine() -> list[Layer]:
    """All layers, the stronger ones included. Takes two to four seconds."""
    if why := supported():
        return [Layer(name, False, why) for name in LAYERS + STRONGER_LAYERS]
    os.environ[CANARY] = "secret"
    host = Host()
    try:
        host.boot()
        found = [_attack(host, name) for name in LAYERS]
    except (SandboxError, OSError) as error:
        found = [Layer(name, False, f"could not be tried: {error}") for name in LAYERS]
    finally:
        host.close()
        del os.environ[CANARY]
    return found + [Layer(name, False, LATER) for name in STRONGER_LAYERS]


def level(layers: list[Layer]) -> int:
    """1 where every layer of level 1 is active, else 0."""
    return int(all(layer.active for layer in layers if layer.name in LAYERS))


def _attack(host: Host, name: str) -> Layer:
    what, source = ATTACKS[name]
    with Session(host, cpu=5) as session:
        run: Run = session.script(source, name="doctor.py", seed=0, seconds=0.5 if name == "clock" else 5.0)
    wanted = STOPPED.get(name, "passed")
    if run.status == wanted:
        return Layer(name, True, what)
    return Layer(name, False, f"NOT holding: {run.message or run.status}")
