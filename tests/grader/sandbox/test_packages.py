"""Packages that need help to be imported: only where they do, once, and with nothing imported before its time."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from grader.sandbox.packages import sqlite_without_locks

INSTALL = "import sys; from grader.sandbox.packages import torchvision_without_cuda as tv; tv.install()\n"
HOOKS = "sum('Hook' in repr(finder) for finder in sys.meta_path)"
PROGRAMS = {
    "before": INSTALL + f"print({HOOKS}, 'torchvision' in sys.modules)",
    "used": INSTALL
    + f"""
import torch
tv.install()
import torchvision
print({HOOKS})
from torchvision import transforms, models
print(tuple(transforms.PILToTensor()(transforms.ToPILImage()(torch.zeros(1, 28, 28))).shape))
print(tuple(models.resnet18().eval()(torch.zeros(1, 3, 32, 32)).shape))
try:
    torchvision.ops.nms(torch.rand(3, 4), torch.rand(3), 0.5)
    print("native")
except (RuntimeError, NotImplementedError) as error:
    print(type(error).__name__)
""",
    **{
        f"loads {loads}": f"""
import torch
from grader.sandbox.packages import torchvision_without_cuda as tv
def load(path):
    if not {loads}: raise OSError(path)
torch.ops.load_library = load
print(tv.mend(), len(tv._kept))
"""
        for loads in (True, False)
    },
    "absent": """
import importlib.machinery as m
find = m.PathFinder.find_spec
m.PathFinder.find_spec = classmethod(lambda c, name, *a: None if name == 'torchvision' else find(name, *a))
from grader.sandbox.packages import torchvision_without_cuda as tv
print(tv.installed(), tv.mend())
""",
}
FORKS = """
import json, os, sys, traceback
import torch
for program in json.load(sys.stdin):
    sys.stdout.flush()
    if not os.fork():
        try:
            exec(program, {"__name__": "__main__"})
        except BaseException:
            traceback.print_exc()
        print("END", flush=True)
        os._exit(0)
    os.wait()
"""


def python(program: str, stdin: str = "") -> str:
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def said() -> dict[str, list[str]]:
    """What each program prints, in a process of its own that has torch and nothing else."""
    found = python(FORKS, json.dumps(list(PROGRAMS.values()))).split("END")
    return {name: lines.split("\n")[:-1] for name, lines in zip(PROGRAMS, map(str.lstrip, found), strict=False)}


@pytest.mark.slow
def test_nothing_is_imported_before_its_time(said: dict[str, list[str]]) -> None:
    assert python(INSTALL + "print('torch' in sys.modules)") == "False"
    assert said["before"] == ["1 False"] and said["used"][0] == "0"


@pytest.mark.slow
def test_torchvision_works_beside_this_torch(said: dict[str, list[str]]) -> None:
    assert said["used"][1:3] == ["(1, 28, 28)", "(1, 1000)"]


def test_an_operator_of_the_missing_extension_is_a_clear_error(said: dict[str, list[str]]) -> None:
    assert said["used"][3] in ("native", "RuntimeError", "NotImplementedError")


def test_operators_are_declared_only_where_the_extension_does_not_load(said: dict[str, list[str]]) -> None:
    """With a torchvision that fits, nothing is declared: its own schemas would be there twice."""
    assert said["loads True"] == ["native 0"] and said["loads False"] == ["declared 1"]


def test_without_a_torchvision_nothing_is_done(said: dict[str, list[str]]) -> None:
    assert said["absent"] == ["False absent"]


@pytest.mark.parametrize(
    ("name", "is_uri", "opened"),
    [
        ("kept", False, "file:kept?nolock=1"),
        ("/a b/100%?#.db", False, "file:/a%20b/100%25%3F%23.db?nolock=1"),
        (":memory:", False, "file::memory:"),
        ("", False, "file:"),
        ("file:kept", True, "file:kept?nolock=1"),
        ("file:kept?mode=ro#end", True, "file:kept?mode=ro&nolock=1#end"),
        ("kept", True, "file:kept?nolock=1"),
    ],
)
def test_a_database_is_opened_without_locks(name: str, is_uri: bool, opened: str) -> None:
    assert sqlite_without_locks.unlocked(name, is_uri=is_uri) == opened


def test_databases_work_as_ever() -> None:
    said = python(
        "import sys; from grader.sandbox.packages import sqlite_without_locks as without; without.install()\n"
        "early = 'sqlite3' in sys.modules\n"
        "import os, pathlib, sqlite3, tempfile\n"
        "os.chdir(tempfile.mkdtemp())\n"
        "for name in (':memory:', pathlib.Path('a b?'), b'c'):\n"
        "    with sqlite3.connect(name, timeout=1) as one: one.execute('create table t (x)')\n"
        "sqlite3.dbapi2.connect('file:c?mode=ro', uri=True).execute('select * from t')\n"
        "print(early, sorted(os.listdir()))"
    )
    assert said == "False ['a b?', 'c']"


LINKS = """
import errno, os, pathlib, tempfile
from grader.sandbox.packages import realpath_without_links as without
os.chdir(os.path.realpath(tempfile.mkdtemp()))
os.mkdir("folder"); os.symlink("folder", "link"); here = os.getcwd()
without.install(); without.install()
known = os.path.realpath("link/a") == here + "/folder/a"
def refused(path, *, dir_fd=None):
    raise OSError(errno.EINVAL, "Invalid argument", path)
os.readlink = refused
print(known, os.path.realpath("link/../a") == here + "/a", str(pathlib.Path("link").resolve()) == here + "/link")
try:
    os.path.realpath("link", strict=True)
except OSError as error:
    print(error.errno == errno.EINVAL)
"""


def test_a_link_that_says_nothing_stays_in_the_path() -> None:
    assert python(LINKS) == "True True True\nTrue"
