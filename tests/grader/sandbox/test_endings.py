"""How runs end that do not end well: the right status, one clear sentence, and the next run is fine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.grading import Cancel, Cancelled, Grader
from grader.records.verdict import PartVerdict
from grader.report import text
from grader.sandbox.endings import REASONS, SIGNALS, ending
from grader.sandbox.host import Host
from lessons.schema import Exercise

REFERENCE = """
    from grader.spec import case, cases

    def f(x):
        return 2 * x

    @cases
    def vectors(rng):
        yield case(x=rng.normal(3))
        yield case(x=rng.normal(4))
"""
RIGHT = "def f(x):\n    return 2 * x\n"


@pytest.fixture
def exercise(exercise_of: Callable[..., Exercise]) -> Exercise:
    return exercise_of(REFERENCE, extra="budget: {seconds: 1}")


def judged(grader: Grader, exercise: Exercise, source: str) -> PartVerdict:
    verdict = grader.grade(exercise, source, {}).parts[0]
    after = grader.grade(exercise, RIGHT, {})
    assert after.passed, after
    return verdict


FORGED = """
import os, struct, json
def f(x):
    header = json.dumps({header}).encode()
    frame = struct.pack("<4s16sIQ", b"DLT1", {nonce}, len(header), 0) + header
    os.write(3, frame)
    return x
"""

CASES = {
    "an endless loop": ("def f(x):\n    while True: pass", "timeout", "computed longer than this exercise allows"),
    "a long sleep": ("import time\ndef f(x):\n    time.sleep(1000)", "timeout", "gave no answer for 7 s"),
    "100 GB": (
        "import torch\ndef f(x):\n    return torch.empty(25 << 30)",
        "memory",
        "more memory than the sandbox gives",
    ),
    "a growing list": (
        "import torch\ndef f(x):\n    y = []\n    while True: y.append(torch.empty(1 << 28))",
        "memory",
        "more memory than the sandbox gives",
    ),
    "100 GB of bytes": ("def f(x):\n    return bytearray(100 << 30)", "memory", "MemoryError"),
    "os._exit(0)": ("import os\ndef f(x):\n    os._exit(0)", "crashed", "exit status 0"),
    "sys.exit()": ("import sys\ndef f(x):\n    sys.exit(0)", "error", "SystemExit"),
    "a segmentation fault": ("import ctypes\ndef f(x):\n    ctypes.string_at(0)", "crashed", "SIGSEGV"),
    "a gigabyte of prints": (
        "def f(x):\n    while True: print('x' * 10000)",
        "forbidden",
        "printed more than 1,000 kB",
    ),
    "a forged PASSED": ("def f(x):\n    print('PASSED 4/4')\n    return x", "failed", "elements differ"),
    "a frame of another run": (
        FORGED.format(header='{"v": 1, "b": []}', nonce='b"0" * 16'),
        "crashed",
        "something that is not a result",
    ),
    "an exception that cannot be shown": (
        "class E(Exception):\n    def __str__(self): raise E\ndef f(x):\n    raise E",
        "error",
        "text could not be made",
    ),
    "a result too large": ("import torch\ndef f(x):\n    return torch.zeros(30 << 20)", "error", "could not be sent"),
    "a result of 4 TB by strides": (
        "import torch\ndef f(x):\n    return x[:1].expand(1 << 40)",
        "error",
        "larger than 64",
    ),
    "a list of generators": ("def f(x):\n    return [(y for y in x)]", "failed", "a list where a tensor was expected"),
    "a generator": ("def f(x):\n    yield x", "failed", "a generator where a tensor was expected"),
    "closed descriptors": ("import os\ndef f(x):\n    os.closerange(0, 100)\n    return 2 * x", "crashed", "result"),
    "a file of 1 GB": (
        "def f(x):\n    with open('big', 'wb') as f:\n        for _ in range(1000): f.write(bytes(1 << 20))",
        "error",
        "File too large",
    ),
    "a syntax error": ("def f(x)\n    return x", "error", "SyntaxError"),
    "an absent name": ("def g(x):\n    return x", "error", "f is not defined in your file"),
    "a loop at the top": ("while True: pass", "timeout", "computed longer"),
}


LONG = ("a loop at the top",)
"""What takes all the time that loading has."""
NAMES = [pytest.param(name, marks=pytest.mark.slow) if name in LONG else name for name in CASES]


@pytest.mark.parametrize("name", NAMES)
def test_ending(grader: Grader, exercise: Exercise, name: str) -> None:
    source, status, sentence = CASES[name]
    began = time.monotonic()
    verdict = judged(grader, exercise, source)
    said = " ".join([verdict.message, *(check.message for check in verdict.checks)])
    assert verdict.status == status and sentence in said, (verdict.status, said)
    assert verdict.score == 0
    assert time.monotonic() - began < 40  # a hang guard


def test_a_forged_frame_with_the_runs_own_nonce_is_still_only_a_value(grader: Grader, exercise: Exercise) -> None:
    source = """
import gc, json, os, struct
def f(x):
    import sys
    frame = sys._getframe()
    while frame and "nonce" not in frame.f_locals:
        frame = frame.f_back
    said = [["number", 3], ["status", "passed"], ["score", 4]]
    header = json.dumps({"v": {"$": "dict", "v": said}, "b": []}).encode()
    os.write(3, struct.pack("<4s16sIQ", b"DLT1", frame.f_locals["nonce"], len(header), 0) + header)
    return x
"""
    verdict = judged(grader, exercise, source)
    assert verdict.status in ("crashed", "failed") and verdict.score == 0


def test_control_characters_do_not_reach_the_terminal(grader: Grader, exercise: Exercise) -> None:
    printed, raised = "\\x1b]52;c;aGk=\\x07\\x1b[31mred\\x1b[0m\\x9b2J", "\\x1b[2J\\x07bell"
    source = f"def f(x):\n    print('{printed}')\n    raise ValueError('{raised}')"
    verdict = grader.grade(exercise, source, {})
    text = verdict.output.text + verdict.parts[0].checks[0].message
    assert "\x1b" not in text and "\x9b" not in text and "\x07" not in text and "red" in text and "bell" in text


FLOODS = {
    "as long as it may": ("def f(x):\n    while True: print('x' * 1000)\n", "1,000 kB", "x" * 1000),
    "until the time is over": (
        "def f(x):\n    for n in range(20_000): print('line', n)\n    while True: pass\n",
        "100 kB",
        "line 0",
    ),
    "while the file is loaded": ("while True: print('x' * 1000)\n", "1,000 kB", "x" * 1000),
}


@pytest.mark.parametrize("name", FLOODS)
def test_who_prints_without_end_is_told_so_with_the_first_lines(grader: Grader, exercise: Exercise, name: str) -> None:
    source, limit, first = FLOODS[name]
    verdict = grader.grade(exercise, source, {})
    (part,) = verdict.parts
    said = part.message or part.checks[0].message
    number = source[: source.index("while True")].count("\n") + 1
    assert verdict.status == "forbidden"
    assert said.startswith(f"Your code printed more than {limit} and was stopped: a flood. It was in line {number}: `")
    shown = verdict.output.head.splitlines()
    assert shown[0] == first and len(shown) <= 20 and verdict.output.tail == "" and verdict.output.omitted
    assert len(text.render(verdict)) < 4000


def test_output_is_kept_head_and_tail(grader: Grader, exercise: Exercise) -> None:
    source = "print('first')\nprint('x' * 200_000)\nprint('last')\n" + RIGHT
    verdict = grader.grade(exercise, source, {})
    assert verdict.passed and verdict.output.omitted > 100_000
    assert verdict.output.head.startswith("first") and verdict.output.tail.endswith("last\n")


@pytest.mark.slow
def test_the_environment_and_home_stay_outside(
    grader: Grader, exercise: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "hunter2")
    with Grader() as fresh:
        source = "import os\nprint(sorted(os.environ), os.path.expanduser('~'))\n" + RIGHT
        text = fresh.grade(exercise, source, {}).output.text
    assert "SECRET_TOKEN" not in text and f" {Path.home()}\n" not in text


def test_a_host_that_is_killed_leaves_nothing_behind(exercise: Exercise, tmp_path: Path) -> None:
    code = f"""
import os, pathlib
from grader.grading import Grader
from lessons.loading.loader import load_exercise
grader = Grader()
grader.warm()
print(grader.host.pid, flush=True)
grader.grade(load_exercise(pathlib.Path({str(exercise.folder)!r})), "import time\\ndef f(x):\\n    time.sleep(9)", {{}})
"""
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=env) as host:
        assert host.stdout is not None
        zygote = Path(f"/proc/{int(host.stdout.readline())}")
        until = time.monotonic() + 30
        # the second folder is the worker's: by then the zygote has been told of the first
        while len(list(tmp_path.glob("dl-tutor-*/*/*/"))) < 2 and time.monotonic() < until:
            time.sleep(0.02)
        host.kill()
    while zygote.exists() and time.monotonic() < until:
        time.sleep(0.02)
    assert not zygote.exists() and not list(tmp_path.glob("dl-tutor-*"))


def test_cancelling_ends_a_run_at_once(grader: Grader, exercise: Exercise) -> None:
    cancel = Cancel()
    threading.Timer(0.5, cancel.set).start()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        grader.grade(exercise, "import time\ndef f(x):\n    time.sleep(100)", {}, cancel=cancel)
    assert time.monotonic() - began < 10
    assert grader.grade(exercise, RIGHT, {}).passed


def _forks(grader: Grader) -> list[int]:
    pid = grader.host.pid
    return [int(text) for text in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _kill_when_running(grader: Grader, who: str) -> None:
    """Kills the worker, the judge or the zygote while learner code runs."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        forks = _forks(grader)
        if len(forks) == 2:
            time.sleep(0.3)
            victims = {"judge": forks[0], "worker": forks[1], "zygote": grader.host.pid}
            victim = victims[who]
            assert victim is not None
            os.kill(victim, signal.SIGKILL)
            return
        time.sleep(0.01)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("who", "status", "sentence"),
    [
        ("worker", "crashed", "killed from outside"),
        ("judge", "grader_error", "judge's process ended"),
        ("zygote", "grader_error", "ended from outside; try again"),
    ],
)
def test_a_killed_process_is_one_sentence_and_a_restart(
    exercise: Exercise, who: str, status: str, sentence: str
) -> None:
    with Grader() as grader:
        grader.warm()
        threading.Thread(target=_kill_when_running, args=(grader, who)).start()
        verdict = grader.grade(exercise, "import time\ndef f(x):\n    time.sleep(5)\n    return x", {})
        assert verdict.status == status and sentence in str(verdict.parts), verdict
        assert grader.grade(exercise, RIGHT, {}).passed


@pytest.mark.slow
def test_closing_leaves_no_process_behind(exercise: Exercise) -> None:
    grader = Grader(host=Host(level=1), allow_level_1=True)  # level 2 allows no process in the first place
    source = "import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(300)\n" + RIGHT
    assert grader.grade(exercise, source, {}).passed
    pid = grader.host.pid
    grader.close()
    assert pid is not None and not Path(f"/proc/{pid}").exists()
    left = [p for p in Path("/proc").glob("[0-9]*/stat") if f" {pid} " in p.read_text(errors="replace")]
    assert not left


def test_every_reason_and_signal_has_a_sentence() -> None:
    for reason in REASONS:
        assert ending(-9, reason, "2 s", ready=True).message
    for number in SIGNALS:
        assert ending(-number, None, ready=True).message
    assert "SIGABRT" in ending(-signal.SIGABRT, None, ready=True).message
    assert "signal 63" in ending(-63, None, ready=True).message
    assert ending(96, None, ready=False).status == "grader_error"
