"""What is granted for reading, worked out on folders made up for it; and Landlock of every version, tried for real."""

from __future__ import annotations

import struct
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.grading import Grader, Refused
from grader.sandbox import landlock, readable
from grader.sandbox.host import Host
from grader.sandbox.readable import covers, grants
from grader.sandbox.session import Session

TREE = (
    "python/lib/os.py",
    "python/lib/site-packages/torch/nn/linear.py",
    "python/lib/site-packages/six.py",
    "python/lib/site-packages/lessons/units/reference.py",
    "python/lib/site-packages/tutor/cli.py",
    "home/diary",
    "home/.pyenv/lib/os.py",
    "home/.pyenv/lib/json/decoder.py",
    "home/.pyenv/bin/python",
    "empty/.keep",
)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in TREE:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


def granted(tree: Path, roots: str, forbidden: str) -> set[str]:
    found = grants([tree / name for name in roots.split()], [tree / name for name in forbidden.split()])
    return {str(path.relative_to(tree)) for path in found}


def test_a_folder_without_anything_forbidden_is_granted_whole(tree: Path) -> None:
    assert granted(tree, "python/lib", "home") == {"python/lib"}
    assert granted(tree, "python/lib python/lib/site-packages/torch", "home") == {"python/lib"}
    assert granted(tree, "python/lib absent", "absent") == {"python/lib"}


def test_a_folder_with_something_forbidden_is_granted_child_by_child(tree: Path) -> None:
    assert granted(tree, "python", "python/lib/site-packages/lessons python/lib/site-packages/tutor") == {
        "python/lib/os.py",
        "python/lib/site-packages/torch",
        "python/lib/site-packages/six.py",
    }


def test_the_deepest_folder_decides(tree: Path) -> None:
    assert granted(tree, "home/.pyenv/lib", "home") == {"home/.pyenv/lib"}
    assert granted(tree, "home home/.pyenv/lib", "home home/.pyenv/lib/json") == {"home/.pyenv/lib/os.py"}
    assert granted(tree, "home", "home") == set()


def test_links_open_nothing(tree: Path) -> None:
    site = tree / "python/lib/site-packages"
    (site / "diary").symlink_to(tree / "home")
    (tree / "away").symlink_to(tree / "python/lib/site-packages/lessons")
    (tree / "short").symlink_to(tree / "python/lib")
    (tree / "hidden").symlink_to(tree / "python/lib/site-packages/tutor")
    assert granted(tree, "short", "home away hidden") == {
        "python/lib/os.py",
        "python/lib/site-packages/torch",
        "python/lib/site-packages/six.py",
    }
    assert granted(tree, "away", "python/lib/site-packages/lessons") == set()


def test_what_the_grants_cover(tree: Path) -> None:
    paths = [str(tree / "python/lib")]
    (tree / "link").symlink_to(tree / "python/lib/site-packages")
    assert covers(paths, tree / "python/lib/site-packages/lessons") and covers(paths, tree / "link/lessons")
    assert not covers(paths, tree / "python/library") and not covers(paths, tree / "home")


def test_neither_lessons_nor_home_nor_course_are_granted_here(tmp_path: Path) -> None:
    course = tmp_path / "course"
    found = readable.readable([course], [Path.home()])
    for path in (readable.ROOT / "lessons/units", readable.ROOT / ".git", Path.home(), course, Path("/tmp"), Path("/")):
        assert not covers(found, path), path
    assert any("site-packages" in path or path.endswith("/lib") for path in found)


def test_packages_outside_every_prefix_are_granted_and_projects_are_not(
    monkeypatch: pytest.MonkeyPatch, tree: Path
) -> None:
    monkeypatch.setattr(sys, "path", [str(tree / "python/lib/site-packages"), str(tree / "home")])
    found = set(readable.interpreter())
    assert tree / "python/lib/site-packages" in found and tree / "home" not in found


def test_a_prefix_that_is_a_home_is_not_granted_as_one(monkeypatch: pytest.MonkeyPatch, tree: Path) -> None:
    for name in ("prefix", "exec_prefix", "base_prefix", "base_exec_prefix"):
        monkeypatch.setattr(sys, name, str(tree / "home"))
    assert tree / "home/lib" in set(readable.interpreter())
    assert tree / "home/lib" not in set(readable.interpreter([tree / "home"]))


def test_rooms_that_lie_among_the_packages_are_left_out_one_by_one(monkeypatch: pytest.MonkeyPatch, tree: Path) -> None:
    site = tree / "python/lib/site-packages"
    monkeypatch.setattr(readable, "ROOT", site)
    monkeypatch.setattr(sysconfig, "get_path", lambda name: str(site))
    found = readable.readable([], [tree / "home"])
    assert covers(found, site / "torch/nn") and str(site / "six.py") in found
    assert not any(covers(found, site / name) for name in ("lessons/units", "tutor", "grader", "."))


def test_a_checkout_is_left_out_whole_but_for_its_environment(monkeypatch: pytest.MonkeyPatch, tree: Path) -> None:
    monkeypatch.setattr(readable, "ROOT", tree)
    monkeypatch.setattr(sysconfig, "get_path", lambda name: str(tree / "python/lib/site-packages"))
    (tree / ".git").mkdir()
    found = readable.readable([], [tree / "home"], more=[tree / ".git/../empty"])
    assert covers(found, tree / "python/lib/site-packages/torch") and covers(found, tree / "empty")
    assert not any(covers(found, tree / name) for name in (".git", "home", "grader", "."))


@pytest.mark.parametrize(
    ("abi", "bits", "length"), [(1, 13, 8), (2, 14, 8), (3, 15, 8), (4, 15, 16), (5, 16, 16), (6, 16, 24), (7, 16, 24)]
)
def test_each_version_is_told_no_more_than_it_knows(abi: int, bits: int, length: int) -> None:
    described = landlock.attributes(abi, 3)
    assert len(described) == length and struct.unpack_from("<Q", described)[0] == (1 << bits) - 1


def test_a_kernel_that_knows_fewer_scopes_than_it_says_is_asked_for_less(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []

    def create(number: int, described: bytes, *_: object) -> int:
        scope = struct.unpack("<QQQ", described)[2]
        tried.append(scope)
        if scope:
            raise OSError(22, "EINVAL")
        return 77

    monkeypatch.setattr(landlock, "_call", create)
    assert landlock._ruleset(6) == 77 and tried == [3, 1, 0]


def test_another_refusal_of_the_kernel_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    def create(*_: object) -> int:
        raise OSError(12, "ENOMEM")

    monkeypatch.setattr(landlock, "_call", create)
    with pytest.raises(OSError, match="ENOMEM"):
        landlock._ruleset(6)


# --- for real ---------------------------------------------------------------------------------------------------------


@pytest.fixture(
    scope="module", params=[*(pytest.param(abi, marks=pytest.mark.slow) for abi in (2, 4)), 1, Host.NEWEST_ABI]
)
def host(request: pytest.FixtureRequest) -> Iterator[Host]:
    one = Host(landlock_abi=request.param)
    one.boot()
    if "landlock" in one.off:
        pytest.skip(f"no Landlock here: {one.off['landlock']}")
    yield one
    one.close()


OUTSIDE = """
import os
told = []
for what, attempt in {{
    "read": lambda: open({file!r}),
    "list": lambda: os.listdir({folder!r}),
    "write": lambda: open({file!r}, "r+"),
    "append": lambda: open({file!r}, "a"),
    "make": lambda: open({file!r} + ".new", "w"),
    "delete": lambda: os.unlink({file!r}),
    "move away": lambda: os.rename({file!r}, {file!r} + ".moved"),
    "move here": lambda: os.rename({file!r}, "mine"),
    "link here": lambda: os.link({file!r}, "mine"),
    "folder": lambda: os.mkdir({file!r} + ".d"),
    "pipe": lambda: os.mkfifo("pipe"),
    "symbolic link": lambda: os.symlink({file!r}, "link"),
    "truncate": lambda: os.truncate({file!r}, 0),
    "truncate by reading": lambda: os.open({file!r}, os.O_RDONLY | os.O_TRUNC),
    "truncate by neither": lambda: os.open({file!r}, 3 | os.O_TRUNC),
    "shared memory": lambda: open("/dev/shm/mine", "w"),
    "passwords": lambda: open("/etc/passwd"),
}}.items():
    try:
        attempt()
    except OSError:
        continue
    told.append(what)
print(told)
"""


@pytest.mark.slow
def test_nothing_outside_is_read_or_written(host: Host, tmp_path: Path) -> None:
    file = tmp_path / "thesis"
    file.write_text("precious")
    with Session(host, cpu=5) as session:
        source = OUTSIDE.format(file=str(file), folder=str(tmp_path))
        run = session.script(source, name="outside.py", seed=0, seconds=5)
    assert (run.status, run.output.text) == ("passed", "[]\n"), run
    assert file.read_text() == "precious" and [*tmp_path.iterdir()] == [file]


ITSELF = """
import os
me, thread = "/proc/self", "/proc/thread-self"
for name in ("status", "statm", "stat", "maps", "limits", "io", "fdinfo/0"):
    with open(f"{me}/{name}") as file:
        assert file.read(), name
assert len(os.listdir(f"{me}/task")) == 1 and "0" in os.listdir(f"{me}/fd")
told = []
for place in (me, f"{me}/task/{os.getpid()}", thread, f"/proc/{os.getppid()}"):
    for name in (
        "net/unix", "net/tcp", "net/dev", "net/stat/rt_cache", "mountinfo", "mounts", "mountstats", "cgroup", "mem",
        "pagemap", "attr/current", "sched", "wchan", "stack", "uid_map", "root/etc/passwd", "oom_score_adj",
    ):
        try:
            open(f"{place}/{name}", "rb").close()
        except OSError:
            continue
        told.append(f"{place}/{name}")
for name in ("net/unix", "mounts", "self/../1/status", "sysvipc/msg", "locks", "partitions", "sys/fs/aio-nr", "keys"):
    try:
        told.append(open(f"/proc/{name}").name)
    except OSError:
        pass
print(told)
"""


@pytest.mark.slow
def test_of_itself_it_reads_what_it_needs_and_nothing_of_the_machine(host: Host) -> None:
    with Session(host, cpu=5) as session:
        run = session.script(ITSELF, name="itself.py", seed=0, seconds=5)
    assert (run.status, run.output.text) == ("passed", "[]\n"), run


def test_the_own_folder_can_be_worked_in(host: Host) -> None:
    source = """
import os, shutil, tempfile
os.makedirs("a/b")
open("a/b/x", "w").write("1")
os.rename("a/b/x", "a/b/z")
with open("a/b/z", "r+") as file:
    file.truncate(0)
if ABI > 1:
    os.rename("a/b/z", "z")
    os.unlink("z")
else:
    os.unlink("a/b/z")
with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as file:
    open(folder + "/y", "w").write("2")
    file.write(b"3")
shutil.rmtree("a")
print(os.listdir("."))
"""
    with Session(host, cpu=5) as session:
        run = session.script(f"ABI = {host.abi}\n{source}", name="inside.py", seed=0, seconds=5)
    assert (run.status, run.output.text) == ("passed", "[]\n"), run


def test_another_run_of_the_same_host_is_outside(host: Host) -> None:
    with Session(host, cpu=5) as session, Session(host, cpu=5) as neighbour:
        neighbour.start_worker().close()
        (secret := Path(neighbour.room, "secret")).write_text("x")
        run = session.script(f"open({str(secret)!r})", name="neighbour.py", seed=0, seconds=5)
        assert run.status == "error" and "Errno 13" in run.message
        assert "read and write its own folder; nothing else (line 1)" in run.message


@pytest.mark.slow
def test_without_landlock_nothing_runs_that_nobody_has_allowed() -> None:
    with Grader(host=Host(landlock_abi=0)) as grader:
        with pytest.raises(Refused, match=r"level 1 only.*landlock: switched off.*--allow-level-1"):
            grader.run("print('ran')", name="x.py")
        assert grader.host.level == 1 and "seccomp" in grader.host.walls
        grader.allow_level_1 = True
        assert grader.run("print('ran')", name="x.py").output.text == "ran\n"
