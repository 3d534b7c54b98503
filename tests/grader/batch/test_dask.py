"""A real scheduler and two workers on loopback: the verdicts of this machine, also where a worker is killed."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from grader.batch import dask_carrier
from grader.batch.cluster import ClusterError
from grader.batch.dask_carrier import DaskCarrier
from grader.batch.ledger import NAME, Entry
from grader.command import class_grade
from grader.command.class_grade import ClassOptions
from grader.submission import BadSubmission
from lessons import interpreter
from lessons.loading.loader import load_course
from lessons.schema import Course

installed = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None, reason="distributed is not installed: pip install -e '.[dev]'"
)
EXERCISES, SEED, LEARNERS = ("mixed-list", "random-bits"), 5, 60
ANSWERS = (
    "import torch\n\n\ndef describe_conversion(items):\n    return True, torch.tensor(items).dtype\n",
    "import os\n\nos._exit(3)\n",
    "def describe_conversion(items):\n    return False, None\n",
)
LETHAL = "# lethal\n" + ANSWERS[0]
PRELOAD = """
import os
from grader.batch import errand
judge = vars(errand).setdefault("plain", errand.judge)  # a worker that is started again loads this twice
def judged_or_killed(grader, exercise, answers):
    if any("lethal" in (answer.source or "") for answer in answers):
        os._exit(1)
    return judge(grader, exercise, answers)
errand.judge = judged_or_killed
"""


class Cluster:
    """A scheduler and workers, each a process in a folder of its own."""

    def __init__(self, folder: Path, stack: contextlib.ExitStack) -> None:
        self.folder, self.stack = folder, stack
        self.said = folder / "scheduler.json"
        # another machine has another secret
        self.env = {
            **os.environ,
            "DL_TUTOR_HOME": str(folder / "home"),
            "DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "error",
        }
        self.start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--dashboard-address", "127.0.0.1:0")
        until = time.monotonic() + 60
        while not self.said.exists() and time.monotonic() < until:
            time.sleep(0.05)
        self.address = msgspec.json.decode(self.said.read_bytes())["address"]

    def start(self, program: str, *options: str) -> subprocess.Popen[bytes]:
        command = interpreter.running_module(f"distributed.cli.{program}", "--scheduler-file", str(self.said), *options)
        process = subprocess.Popen(
            command, cwd=self.folder, env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.stack.callback(process.wait)
        self.stack.callback(process.terminate)
        return process

    def worker(self, *options: str) -> subprocess.Popen[bytes]:
        return self.start("dask_worker", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1", *options)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with contextlib.ExitStack() as stack:
        (tmp_path / "cluster").mkdir()
        yield Cluster(tmp_path / "cluster", stack)


def a_class(folder: Path, learners: int, lethal: int = -1) -> Path:
    for number in range(learners):
        own = folder / f"learner-{number:02}"
        own.mkdir(parents=True)
        (own / "mixed-list.py").write_text(LETHAL if number == lethal else ANSWERS[number % 3])
        (own / "random-bits.py").write_text(f"def random_bits(size):\n    return {number}\n")
    return folder


def entries(out: Path) -> dict[tuple[str, str], Entry]:
    """The verdicts without what differs from run to run: how long they took, and how fast the machine was just then."""
    lines = (out / NAME).read_bytes().splitlines()[1:]
    found = [msgspec.json.decode(line, type=Entry) for line in lines]
    assert len({(one.learner, one.verdict.exercise) for one in found}) == len(found), "nothing is judged twice"
    replace = msgspec.structs.replace
    return {
        (one.learner, one.verdict.exercise): replace(
            one, verdict=replace(one.verdict, seconds=0.0, scale=msgspec.UNSET)
        )
        for one in found
    }


def judged(out: Path) -> int:
    return max(0, (out / NAME).read_bytes().count(b"\n") - 1) if (out / NAME).exists() else 0


def until(out: Path, count: int, running: subprocess.Popen[bytes]) -> int:
    """Waits until there are as many verdicts; how many there are."""
    end = time.monotonic() + 150
    while judged(out) < count and running.poll() is None and time.monotonic() < end:
        time.sleep(0.01)
    return judged(out)


def children(pid: int) -> list[str]:
    return [one for task in Path(f"/proc/{pid}/task").iterdir() for one in (task / "children").read_text().split()]


def alive(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@installed
@pytest.mark.slow
@pytest.mark.timeout(400)
def test_a_cluster_comes_to_the_verdicts_of_this_machine_whoever_is_killed(tmp_path: Path, cluster: Cluster) -> None:
    folder, out, here = a_class(tmp_path / "in", LEARNERS), tmp_path / "out", tmp_path / "here"
    first, _ = cluster.worker("--no-nanny"), cluster.worker("--no-nanny")
    command = [sys.executable, "-P", "-m", "grader", "class", str(folder), "--out", str(out), "--seed", str(SEED)]
    command += ["--engine", "dask", "--scheduler", cluster.address]
    command += [word for name in EXERCISES for word in ("--exercise", name)]
    client = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    kept = until(out, 1, client)
    client.send_signal(signal.SIGKILL)
    client.communicate()
    kept = judged(out)
    assert 0 < kept < 2 * LEARNERS
    again = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert until(out, kept + 13, again) < 2 * LEARNERS, "the worker is killed in the middle"
    zygotes = children(first.pid)
    first.send_signal(signal.SIGKILL)
    _, said = again.communicate(timeout=200)
    assert again.returncode == 0, said
    assert zygotes and not any(map(alive, zygotes)), "a zygote ends with its worker"
    assert b"dashboard: http://127.0.0.1:" in said and f"{kept} judged before".encode() in said
    course = load_course()
    options = ClassOptions(folder=folder, out=here, exercises=EXERCISES, seed=SEED)
    assert class_grade.command(options, course) == 0
    assert entries(out) == entries(here) and len(entries(out)) == 2 * LEARNERS
    for table in ("marks.csv", "verdicts.csv", "exercises.csv"):
        assert (out / table).read_bytes() == (here / table).read_bytes()


@installed
@pytest.mark.slow
@pytest.mark.timeout(400)
def test_an_answer_that_kills_its_workers_is_one_line(tmp_path: Path, cluster: Cluster) -> None:
    (tmp_path / "lethal.py").write_text(PRELOAD)
    for _ in range(2):
        cluster.worker("--nanny", "--preload", str(tmp_path / "lethal.py"))
    folder, out = a_class(tmp_path / "in", 14, lethal=4), tmp_path / "out"
    options = ClassOptions(
        folder=folder, out=out, exercises=EXERCISES, seed=SEED, engine="dask", scheduler=cluster.address
    )
    assert class_grade.command(options, load_course()) == 3
    found = entries(out)
    ours = [key for key, entry in found.items() if entry.verdict.status == "grader_error"]
    assert len(found) == 28 and ours == [("learner-04", "mixed-list")]
    assert "died" in found[ours[0]].verdict.parts[0].message


def test_what_is_missing_is_a_sentence(tmp_path: Path, small_course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = a_class(tmp_path / "in", 1)
    for options, said in (
        ({"engine": "dask"}, "needs the scheduler's address"),
        ({"scheduler": "tcp://127.0.0.1:8786"}, "belongs to --engine dask"),
        ({"engine": "dask", "scheduler": "x", "jobs": 2}, "--jobs is for this machine"),
    ):
        with pytest.raises(BadSubmission, match=said):
            class_grade.command(ClassOptions(folder=folder, out=tmp_path / "o", **options), small_course)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(BadSubmission, match=r"pip install 'dl-tutor\[cluster\]'"):
        DaskCarrier("tcp://127.0.0.1:1")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (RuntimeError("Error during deserialization of the task graph. This"), "the scheduler has no dl-tutor"),
        (ModuleNotFoundError("No module named 'grader'"), "it has no dl-tutor, or not all of it"),
        (type("KilledWorker", (Exception,), {})("x"), "one worker after another died"),
        (type("FutureCancelledError", (Exception,), {})("x"), "the connection is lost"),
        (ValueError("two\nlines."), "ValueError: two lines"),
    ],
)
def test_what_the_cluster_raises_is_told_in_our_words(error: Exception, told: str) -> None:
    assert dask_carrier._told(error).startswith(told) and not dask_carrier._told(error).endswith(".")


@installed
@pytest.mark.slow
def test_a_scheduler_that_is_not_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_carrier, "SECONDS", 1.0)
    with pytest.raises(ClusterError, match="No scheduler answers at tcp:"):
        DaskCarrier("tcp://127.0.0.1:1")
    with pytest.raises(BadSubmission, match="is no address of a scheduler"):
        DaskCarrier("tcp://127.0.0.1:port")
