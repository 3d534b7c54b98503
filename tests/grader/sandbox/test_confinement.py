"""The reference is out of reach of the code that it judges, although it lies in the same installation.

Each attempt runs as a learner's answer and prints all that it gets hold of; the reference holds a word that is drawn
for the test, and nothing that the worker prints or returns may contain it. The attempts that need no luck are first
tried where they must succeed: at level 1.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.grading import Grader
from grader.sandbox.host import Host
from grader.sandbox.readable import ROOT
from grader.sandbox.session import Session
from lessons.schema import Exercise

PREFIX = "course-" + "secret-"
REFERENCE = """
    from grader.spec import case, cases
    ANSWER = "{secret}"

    def f(x):
        return 2 * x

    @cases
    def vectors(rng):
        yield case(x=rng.normal(3))
"""
RIGHT = "def f(x):\n    return 2 * x\n"

FRAME = """
import ctypes, gc, glob, importlib.util, inspect, io, linecache, mmap, os, runpy, shutil, sys, tokenize
import numpy, torch
FOLDER, ROOT = {folder!r}, {root!r}
REFERENCE = FOLDER + "/reference.py"
libc = ctypes.CDLL(None, use_errno=True)
def attempt():
{body}
def f(x):
    try:
        print(attempt())
    except BaseException as error:
        print(type(error).__name__, error)
    return 2 * x
"""

READING = {
    "open": "return open(REFERENCE).read()",
    "open_code": "return io.open_code(REFERENCE).read()",
    "os.open": "return os.read(os.open(REFERENCE, os.O_RDONLY), 9999)",
    "memory map": "with open(REFERENCE, 'rb') as file: return mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)[:]",
    "folder descriptor": "return os.read(os.open('reference.py', 0, dir_fd=os.open(FOLDER, os.O_PATH)), 9999)",
    "working folder": "os.chdir(FOLDER); return open('reference.py').read()",
    "symbolic link": "os.symlink(REFERENCE, 'link'); return open('link').read()",
    "hard link": "os.link(REFERENCE, 'link'); return open('link').read()",
    "/proc/self/root": "return open('/proc/self/root' + REFERENCE).read()",
    "/proc/self/cwd": "os.chdir(FOLDER); return open('/proc/self/cwd/reference.py').read()",
    "/proc/self/fd": "place = os.open(REFERENCE, os.O_PATH); return open(f'/proc/self/fd/{place}').read()",
    "copy": "shutil.copyfile(REFERENCE, 'mine'); return open('mine').read()",
    "move": "os.rename(REFERENCE, 'mine'); os.rename('mine', REFERENCE); return open(REFERENCE).read()",
    "list and open": "return [open(path).read() for path in glob.glob(FOLDER + '/*.py')]",
    "sys.path": "sys.path.insert(0, FOLDER); import reference; return reference.ANSWER",
    "runpy": "return runpy.run_path(REFERENCE)['ANSWER']",
    "import by path": (
        "spec = importlib.util.spec_from_file_location('r', REFERENCE)\n"
        "module = importlib.util.module_from_spec(spec)\n"
        "spec.loader.exec_module(module)\n"
        "return module.ANSWER"
    ),
    "linecache": "return linecache.getlines(REFERENCE) or 1 / 0",
    "tokenize": "return tokenize.open(REFERENCE).read()",
    "inspect": (
        "names = {}\n"
        "exec(compile('\\n' * 5 + 'def f(x): pass', REFERENCE, 'exec'), names)\n"
        "return inspect.findsource(names['f'])"
    ),
    "numpy": "return numpy.fromfile(REFERENCE, dtype='u1').tobytes()",
    "torch": "return bytes(torch.from_file(REFERENCE, size=os.stat(REFERENCE).st_size, dtype=torch.uint8))",
    "libc": (
        "libc.fopen.restype = ctypes.c_void_p\n"
        "file = libc.fopen(REFERENCE.encode(), b'r')\n"
        "text = ctypes.create_string_buffer(9999)\n"
        "libc.fread(text, 1, 9999, ctypes.c_void_p(file)) if file else 1 / 0\n"
        "return text.value"
    ),
}
"""Ways to the file by its name. At level 1 they get there, apart from the ones that change it or its folder."""

SEARCHING = {
    "another program": "import subprocess; return subprocess.run(['cat', REFERENCE], capture_output=True).stdout",
    "openat2": (
        "import struct\n"
        "how = struct.pack('QQQ', 0, 0, 0)\n"
        "place = libc.syscall(437, -100, REFERENCE.encode(), how, 24)\n"
        "return os.read(place, 9999)"
    ),
    "file handle": (
        "handle = ctypes.create_string_buffer((128).to_bytes(4, 'little'), 256)\n"
        "mount = ctypes.c_int()\n"
        "assert libc.name_to_handle_at(-100, REFERENCE.encode(), handle, ctypes.byref(mount), 0) == 0, 'no handle'\n"
        "return os.read(libc.open_by_handle_at(os.open('/', 0), handle, 0), 9999)"
    ),
    "objects in memory": (
        "found = [o for o in gc.get_objects() if isinstance(o, (dict, list, tuple))]\n"
        "texts = {t for o in found for t in (o.values() if isinstance(o, dict) else o) if isinstance(t, str)}\n"
        "return [text for text in texts if 'course-' + 'secret-' in text]"
    ),
    "modules": "return [(name, vars(m).get('ANSWER')) for name, m in sys.modules.items() if hasattr(m, 'ANSWER')]",
    "frames": (
        "frame, found = sys._getframe(), []\n"
        "while frame:\n"
        "    found.append(repr({k: v for k, v in frame.f_locals.items() if k != 'found'}))\n"
        "    frame = frame.f_back\n"
        "return found"
    ),
    "environment": "return dict(os.environ), open('/proc/self/environ').read(), open('/proc/self/cmdline').read()",
    "own memory": (
        "found = []\n"
        "memory = open('/proc/self/mem', 'rb')\n"
        "for line in open('/proc/self/maps'):\n"
        "    start, end = (int(n, 16) for n in line.split()[0].split('-'))\n"
        "    if ' rw' in line and end - start < 64 << 20:\n"
        "        try: memory.seek(start); data = memory.read(end - start)\n"
        "        except (OSError, ValueError, OverflowError): continue\n"
        "        at = data.find(b'course-' + b'secret-')\n"
        "        if at >= 0: found.append(data[at:at + 60])\n"
        "return found"
    ),
    "descriptors": (
        "found = []\n"
        "for place in range(64):\n"
        "    if place not in (1, 2, 3, 4):\n"
        "        try: found.append((place, os.read(place, 9999), os.readlink(f'/proc/self/fd/{place}')))\n"
        "        except OSError: pass\n"
        "return found"
    ),
    "neighbours' files in /proc": (
        "found = []\n"
        "for pid in [os.getppid(), *range(max(2, os.getpid() - 40), os.getpid())]:\n"
        "    for name in ('mem', 'environ', 'maps', 'cwd/reference.py', 'root' + REFERENCE, 'fd', 'auxv', 'syscall'):\n"
        "        path = f'/proc/{pid}/{name}'\n"
        "        try: found.append((path, os.listdir(path) if name == 'fd' else open(path, 'rb').read(1)))\n"
        "        except OSError: continue\n"
        "assert not found, f'NEIGHBOUR {found}'"
    ),
    "neighbours' memory": (
        "found = []\n"
        "for pid in [os.getppid(), *range(max(2, os.getpid() - 40), os.getpid())]:\n"
        "    if libc.ptrace(16, pid, 0, 0) == 0: found.append(pid)\n"
        "    buffer = ctypes.create_string_buffer(8)\n"
        "    part = (ctypes.c_size_t * 2)(ctypes.addressof(buffer), 8)\n"
        "    there = (ctypes.c_size_t * 2)(0x400000, 8)\n"
        "    for call in (libc.process_vm_readv, libc.process_vm_writev):\n"
        "        if call(pid, part, 1, there, 1, 0) >= 0: found.append(pid)\n"
        "        assert ctypes.get_errno() == 1, f'NEIGHBOUR errno {ctypes.get_errno()}'\n"
        "assert not found, f'NEIGHBOUR {found}'"
    ),
}
"""Ways around the name."""


@pytest.fixture
def secret() -> str:
    return PREFIX + secrets.token_hex(8)


@pytest.fixture
def exercise(exercise_of: Callable[..., Exercise], secret: str) -> Exercise:
    return exercise_of(REFERENCE.format(secret=secret), extra="budget: {seconds: 10}")


def source_of(exercise: Exercise, body: str) -> str:
    indented = "".join(f"    {line}\n" for line in body.splitlines())
    return FRAME.format(folder=str(exercise.folder), root=str(ROOT), body=indented)


@pytest.fixture(scope="module")
def weak() -> Iterator[Grader]:
    with Grader(host=Host(level=1), allow_level_1=True) as grader:
        yield grader


@pytest.fixture
def strong(grader: Grader) -> Grader:
    grader.warm()
    if grader.host.level < 2:
        pytest.skip(f"level 2 is not to be had here: {grader.host.off}")
    return grader


@pytest.mark.parametrize("name", READING)
def test_at_level_1_the_attempt_gets_there(weak: Grader, exercise: Exercise, secret: str, name: str) -> None:
    if "link" in name and Path("/tmp").stat().st_dev != exercise.folder.stat().st_dev:
        pytest.skip("on another file system")
    output = weak.grade(exercise, source_of(exercise, READING[name]), {}).output.text
    assert secret in output, output


@pytest.mark.parametrize("name", [*READING, *SEARCHING])
def test_the_reference_is_out_of_reach(strong: Grader, exercise: Exercise, secret: str, name: str) -> None:
    verdict = strong.grade(exercise, source_of(exercise, {**READING, **SEARCHING}[name]), {})
    said = str(verdict)
    assert verdict.passed and verdict.sandbox.level == 2
    assert secret not in said and "NEIGHBOUR" not in said, said
    assert "ANSWER" in (exercise.folder / "reference.py").read_text()


ROOMS = {
    "import lessons": "import lessons.loading.loader",
    "import tutor": "import tutor.cli",
    "import the judge anew": "import sys; sys.modules.pop('grader.judge.process', None); import grader.judge.process",
    "read a lesson": "open(ROOT + '/lessons/units/course.yaml').read()",
    "list the lessons": "import os; os.listdir(ROOT + '/lessons/units')",
    "resources": "import importlib.resources as r; (r.files('grader.judge') / 'process.py').read_text()",
    "source of the judge": "import inspect, grader.judge.process; inspect.getsource(grader.judge.process)",
    "loader's data": "import grader.judge.process as j; j.__loader__.get_data(j.__file__)",
    "package walk": "import pkgutil; names = [m.name for m in pkgutil.iter_modules([ROOT + '/lessons'])]; names[0]",
    "the tests": "open(ROOT + '/tests/conftest.py').read()",
    "the history": "import os; os.listdir(ROOT + '/.git')",
    "the home": "import os, pwd; os.listdir(pwd.getpwuid(os.getuid()).pw_dir)",
    "the temporary folder": "import os; os.listdir('/tmp')",
}


@pytest.mark.parametrize("name", ROOMS)
def test_no_room_but_its_own_is_open(strong: Grader, name: str) -> None:
    run = strong.run(f"ROOT = {str(ROOT)!r}\n{ROOMS[name]}\nprint('GOT THERE')", name="rooms.py")
    assert run.status == "error" and "GOT THERE" not in run.output.text, run


@pytest.mark.slow
def test_a_course_in_a_folder_that_is_readable_is_closed_before_it_is_judged(
    exercise: Exercise, secret: str, tmp_path: Path
) -> None:
    # data names a folder that workers may read: as if the course lay among the system's libraries
    with Grader(host=Host(data=[tmp_path])) as grader:
        body = "return open(REFERENCE).read()"
        (tmp_path / "data").write_text("open")
        data = source_of(exercise, f"return open({str(tmp_path / 'data')!r}).read()")
        verdict = grader.grade(exercise, source_of(exercise, body), {})
        if verdict.sandbox.level < 2:
            pytest.skip("level 2 is not to be had here")
        assert secret not in str(verdict) and "PermissionError" in verdict.output.text
        assert grader.grade(exercise, data, {}).output.text == "open\n" * 2  # the first case is played twice


JUDGE = """
    import os, socket, torch
    from pathlib import Path
    from grader.spec import case, cases

    def refused(attempt):
        try:
            attempt()
        except OSError as error:
            return float(error.errno in (1, 13))
        return 0.0

    def f(x):
        here = Path(__file__).parent
        return torch.tensor([
            float(len((here / "prompt.md").read_text()) > 0),
            refused(lambda: (here / "prompt.md").write_text("x")),
            refused(lambda: os.listdir(here.parent)),
            refused(lambda: os.listdir({home!r})),
            refused(lambda: open("/etc/passwd")),
            refused(socket.socket),
            refused(os.fork),
            refused(lambda: os.kill(os.getppid(), 0)),
            float(os.stat("/proc/self/mem").st_uid == 0),  # root's although it is ours: not dumpable
        ])

    @cases
    def one(rng):
        yield case(x=rng.normal(1))
"""


def test_the_judge_is_shut_in_too_with_its_own_exercise(strong: Grader, exercise_of: Callable[..., Exercise]) -> None:
    exercise = exercise_of(JUDGE.replace("{home!r}", repr(str(Path.home()))))
    verdict = strong.grade(exercise, "import torch\ndef f(x):\n    return torch.ones(9)\n", {})
    assert verdict.passed, verdict


# --- fail closed ------------------------------------------------------------------------------------------------------

SABOTAGE = """
from grader import zygote
from grader.sandbox import confinement, landlock, limits, seccomp
examine = confinement.examine
def then_broken(*args, **kwargs):
    found = examine(*args, **kwargs)
    def broken(*_, **__):
        raise OSError(1, "sabotage")
    {target} = broken
    return found
confinement.examine = then_broken
zygote.main()
"""


@pytest.mark.parametrize(
    "target",
    [
        "landlock.restrict",
        *(
            pytest.param(one, marks=pytest.mark.slow)
            for one in ("landlock._grant", "seccomp.install", "limits.lock", "limits.no_new_privs")
        ),
    ],
)
def test_a_layer_that_cannot_be_set_up_lets_nothing_run(exercise: Exercise, target: str) -> None:
    class Sabotaged(Host):
        START = SABOTAGE.format(target=target)

    with Grader(host=Sabotaged()) as grader:
        grader.warm()
        if grader.host.level < 2:
            pytest.skip(f"level 2 is not to be had here: {grader.host.off}")
        verdict = grader.grade(exercise, "print('RAN')\n" + RIGHT, {})
        assert verdict.status == "grader_error" and verdict.score == 0
        assert "The sandbox could not be set up, so your code did not run." in str(verdict.parts)
        assert "RAN" not in str(verdict)
        run = grader.run("print('RAN')", name="x.py")
        assert run.status == "grader_error" and "RAN" not in run.output.text and "sabotage" in run.output.text


def test_a_layer_that_nobody_knows_lets_nothing_run(strong: Grader) -> None:
    with Session(strong.host, cpu=5, walls=("landlock", "moat")) as session:
        run = session.script("print('RAN')", name="x.py", seed=0, seconds=5)
    assert run.status == "grader_error" and "RAN" not in run.output.text


@pytest.mark.parametrize("abi", [1, *(pytest.param(abi, marks=pytest.mark.slow) for abi in (2, 4))])
def test_older_landlocks_keep_the_reference_too(exercise: Exercise, secret: str, abi: int) -> None:
    with Grader(host=Host(landlock_abi=abi)) as grader:
        grader.warm()
        if grader.host.level < 2:
            pytest.skip(f"level 2 is not to be had here: {grader.host.off}")
        for name in ("open", "hard link", "move", "copy", "/proc/self/root", "neighbours' files in /proc"):
            verdict = grader.grade(exercise, source_of(exercise, {**READING, **SEARCHING}[name]), {})
            assert verdict.passed and secret not in str(verdict) and "NEIGHBOUR" not in str(verdict), (name, verdict)
        assert verdict.sandbox.landlock_abi == abi
