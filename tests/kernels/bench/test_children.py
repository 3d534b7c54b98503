"""Rows are measured in a process of their own, which may end of it: each costs itself and no other."""

from __future__ import annotations

import dataclasses
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from kernels.bench import gpu, worker
from kernels.bench.__main__ import measured, warm
from kernels.bench.batch_norm_rows import rows
from kernels.bench.catalogue import ROWS, chosen
from kernels.bench.child import Child
from kernels.bench.measure import WrongResult, measure_row
from kernels.bench.roofline import H200
from kernels.bench.row import Case, Row
from kernels.bench.timing import Clock, side_by_side

CPU = torch.device("cpu")
STAND_IN = """
import json, os, sys, time
for line in sys.stdin:
    asked = json.loads(line)["do"]
    if asked == "crash":
        os.abort()
    if asked == "hang":
        time.sleep(60)
    if asked == "half":
        print('{"a": ', flush=True)
        os._exit(3)
    print(json.dumps({"pid": os.getpid()}), flush=True)
    print(json.dumps({"done": True, "last": True} if asked == "last" else {"done": True}), flush=True)
"""


def test_a_process_that_ends_is_said_and_started_again() -> None:
    with Child([sys.executable, "-c", STAND_IN]) as child:
        first = child.ask({"do": "it"}, 30)
        assert child.ask({"do": "it"}, 30) == first  # the same process
        assert child.ask({"do": "crash"}, 30) == [{"problem": "its process ended with signal 6"}]
        second = child.ask({"do": "last"}, 30)
        assert second != first and child.ask({"do": "it"}, 30) != second  # one that says it cannot go on is replaced
        assert child.ask({"do": "half"}, 30) == [{"problem": "its process ended with exit code 3"}]
        assert child.ask({"do": "hang"}, 0.2) == [{"problem": "it was not done after 0 seconds"}]
        assert "pid" in child.ask({"do": "it"}, 30)[0]


def asked(request: dict[str, Any]) -> list[dict[str, Any]]:
    out = io.StringIO()
    assert worker.serve(io.StringIO(json.dumps(request) + "\n"), out) == 0
    found = [json.loads(line) for line in out.getvalue().splitlines()]
    assert found.pop() == {"done": True}
    return found


@pytest.fixture
def two_rows(monkeypatch: pytest.MonkeyPatch) -> list[Row]:
    """A good row, and one that fails."""

    class CompilationError(Exception):
        pass

    def broken(device: torch.device) -> Case:
        raise CompilationError("at 3:4:\nand more")

    good = next(iter(rows("auto")))
    both = [good, dataclasses.replace(good, make=broken, shape="broken")]
    monkeypatch.setitem(ROWS, "batch_norm", lambda backend: both)
    return both


@pytest.mark.slow
def test_what_a_row_raises_is_a_sentence(two_rows: list[Row], monkeypatch: pytest.MonkeyPatch) -> None:
    resets: list[bool] = []
    monkeypatch.setattr(worker, "forget_compiled", lambda: resets.append(True))
    common = {"backend": "auto", "without": ["compile"], "bytes_a_second": 1e9, "flops": {"fp32": 1e9}}
    good, bad = two_rows
    assert asked({"do": "measure", "row": bad.name, **common}) == [{"problem": "CompilationError: at 3:4:"}]
    assert [one["line"]["mode"] for one in asked({"do": "measure", "row": good.name, **common})] == [
        "forward",
        "backward",
    ]
    assert asked({"do": "warm", "row": good.name, **common}) == [] and len(resets) == 3
    assert asked({"do": "warm", "row": "none", **common})[0]["problem"].startswith("KeyError")


def test_rows_are_measured_until_the_time_is_up(
    two_rows: list[Row], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class InThisProcess(Child):
        def ask(self, request: dict[str, Any], seconds: float) -> list[dict[str, Any]]:
            if request["do"] == "roofline":
                return [{"bytes_a_second": 1e9, "flops": {"fp32": 1e9}}]
            return asked(request)

    request = {"backend": "auto", "without": ["compile"]}
    lines = list(measured(InThisProcess(), two_rows, request, 1e12, 60.0))
    found = capsys.readouterr()
    assert [line.kind for line in lines] == ["batch_norm fp32"] * 2
    assert "1/2 batch_norm [64, 32] fp32\n" in found.out and "not measured: CompilationError: at 3:4:\n" in found.out
    assert list(measured(InThisProcess(), two_rows, request, 0.0, 60.0)) == []
    assert "2 of 2 rows left out: the time was up." in capsys.readouterr().err
    monkeypatch.setattr("kernels.bench.__main__.Child", InThisProcess)
    assert warm(two_rows, request, 2, 1e12) == 1
    assert "broken fp32: CompilationError: at 3:4:\n2 rows, 1 with a problem" in capsys.readouterr().out


@pytest.mark.parametrize("what", ["result", "nothing", "gradient"])
def test_what_computes_something_else_is_not_timed(what: str) -> None:
    def make(device: torch.device) -> Case:
        x = torch.ones(4, requires_grad=True)
        wrong: dict[str, Callable[[], torch.Tensor]] = {
            "result": lambda: x * 2.1, "nothing": lambda: x * float("nan"), "gradient": lambda: x + x.detach(),
        }  # fmt: skip
        return Case({"ours": wrong[what], "eager": lambda: x * 2}, lambda: x.double() * 2, (x,), torch.ones(4))

    row = Row("double", "double", "[4]", torch.float32, 4, make, moved=(1.0, 2.0))
    with pytest.raises(WrongResult, match="not timed"):
        list(measure_row(row, Clock(CPU), H200, "auto"))


def test_small_calls_follow_each_other_and_are_timed_together() -> None:
    calls: list[str] = []
    found = side_by_side(Clock(CPU), {"a": lambda: calls.append("a")}, rounds=3, enough=1e-9, small=True)
    assert len(calls) == 3 + 3 * 3 and found["a"].median > 0  # warm, then three rounds of three


def test_rows_are_known_by_what_their_calls_ask_the_crossovers_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from kernels.dispatch import choice, crossover

    seen: list[str] = []
    monkeypatch.setattr(choice, "unavailable", lambda kind, index: None)

    def least(kind: str, index: int | None) -> tuple[int, str]:
        seen.append(kind)
        return -1, ""

    monkeypatch.setattr(crossover, "least", least)
    for name in ("conv", "batch_norm", "attention", "luong"):
        monkeypatch.setattr(f"kernels.ops.{name}.surely_torch", lambda x, requested: False)
    for row in chosen(list(ROWS), "auto", True, CPU):
        if row.operation in ("conv2d", "explicit_conv2d"):
            continue  # plain ones are cuDNN's, and columns have a crossover of their own
        case = row.make(CPU)
        seen.clear()
        case.ways["ours"]()
        assert seen[0] == row.kind + (" gradient" if case.inputs else ""), row.name
        with torch.no_grad():
            case.ways["ours"]()
        assert seen[-1] == row.kind


def test_headlines_come_first() -> None:
    predicted = [row.predicted[0] is not None for row in chosen(list(ROWS), "auto", False, torch.device("cuda"))]
    assert predicted == sorted(predicted, reverse=True) and any(predicted)


def test_all_that_a_gpu_is_needed_for_takes_eight_minutes() -> None:
    names = [f"test_{number}" for number in range(30)]
    found = list(gpu.steps(names, "a.csv", "a.md"))
    assert sum(step.seconds for step in found) + 60 <= 8 * 60
    check = next(step for step in found if step.name == "check")
    assert len(check.commands) == 14 and sorted(one for own in check.commands for one in own if one in names) == sorted(
        names
    )
    assert gpu.shares(["a"], 14) == [["a"]] and gpu.run(gpu.Step("nothing", [[sys.executable, "-c", ""]], 30))
    assert not gpu.run(gpu.Step("late", [[sys.executable, "-c", "import time; time.sleep(60)"]], 0.1))


HIDING = """
import sys
class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in HIDDEN:
            raise ModuleNotFoundError(f"No module named {name!r}, which is hidden", name=name)
sys.meta_path.insert(0, Hidden())
""".replace("HIDDEN", repr(
    ("platformdirs", "click", "textual", "msgspec", "yaml", "rich", "xdist", "pytest_asyncio", "pytest_timeout",
     "matplotlib", "torchvision", "sklearn", "datasets", "grader", "lessons", "tutor")
))  # fmt: skip


@pytest.mark.slow
def test_it_runs_with_torch_triton_and_pytest_alone(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(HIDING)
    repository = Path(gpu.__file__).parents[2]
    environment = {"PYTHONPATH": f"{tmp_path}:{repository}", "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}

    def run(*command: str) -> str:
        done = subprocess.run(
            [*command], env=environment, cwd=repository, capture_output=True, text=True, timeout=170, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    assert "batch_norm [64, 32] fp32" in run(*gpu.BENCH, "batch_norm", "--quick", "--no-compile", "--seconds", "1")
    found = run(*gpu.PYTEST, "--collect-only", gpu.TESTS)
    assert found.count("::") > 50 and "Error" not in found
    probe = "import kernels; print(kernels.status().kernels); kernels.dispatch.crossover.own_file('a')"
    run(sys.executable, "-c", probe)
