"""The benchmark of the kernels: what it computes of its measurements, and its command."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import nn

from kernels.bench import attention_rows, batch_norm_rows, conv_rows
from kernels.bench.__main__ import crossovers, main
from kernels.bench.catalogue import ROWS, chosen
from kernels.bench.measure import measure_row
from kernels.bench.roofline import H200
from kernels.bench.row import Case, Row
from kernels.bench.table import Line, append, markdown, text
from kernels.bench.timing import Clock, Timed, side_by_side

CPU = torch.device("cpu")
LINE = Line(
    name="batch_norm [2, 3] fp32", kind="batch_norm fp32", size=6, mode="forward", floor=10.0, ours=20.0, noise=0.05,
    eager=40.0, compile=20.5, library=None, library_name="", graph=None, error=1e-7, eager_error=2e-7, memory=None,
    eager_memory=None, predicted=19.0, backend="triton",
)  # fmt: skip


def test_a_gain_within_the_noise_is_none() -> None:
    assert (LINE.gain(LINE.eager), LINE.gain(LINE.compile), LINE.gain(None)) == ("2.00x", "=", "")
    assert LINE.faster_than(LINE.eager) and not LINE.faster_than(LINE.compile) and not LINE.faster_than(None)
    assert LINE.of_floor == 0.5


def test_a_table_leaves_out_what_nobody_measured() -> None:
    head, row = text([LINE])
    assert "MB" not in head and "library" not in head and "eager µs" in head
    assert "19.0 no" in row and "2.00x" in row and row.startswith("batch_norm [2, 3] fp32")
    assert list(markdown([LINE]))[1].startswith("|---|---|--:")


def test_a_csv_grows_line_by_line_and_says_which_machine(tmp_path: Path) -> None:
    for ours in (1.0, 2.0):
        append(tmp_path / "lines.csv", dataclasses.replace(LINE, ours=ours), {"device": "D"})
    with (tmp_path / "lines.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["device"], row["ours"]) for row in rows] == [("D", "1.0"), ("D", "2.0")]


def test_a_crossover_is_where_every_larger_size_is_faster_both_ways() -> None:
    def line(size: int, mode: str, ours: float) -> Line:
        return dataclasses.replace(LINE, size=size, mode=mode, ours=ours)

    lines = [
        line(10, "forward", 20), line(10, "backward", 20),
        line(100, "forward", 20), line(100, "backward", 50),
        line(1000, "forward", 20), line(1000, "backward", 30),
        line(5000, "forward", 20), line(5000, "backward", 30),
    ]  # fmt: skip
    assert crossovers(lines) == {"batch_norm fp32": 10, "batch_norm fp32 gradient": 1000}
    assert crossovers([line(10, "forward", 40)]) == {"batch_norm fp32": None}


def test_ways_take_turns_and_the_slower_is_slower() -> None:
    order: list[str] = []

    def squared(name: str, size: int) -> Callable[[], object]:
        matrix = torch.randn(size, size)

        def run() -> object:
            order.append(name)
            return matrix @ matrix

        return run

    ways = {"small": squared("small", 64), "big": squared("big", 512)}
    times = side_by_side(Clock(CPU), ways, rounds=3, enough=0.002)
    assert times["big"].median > 3 * times["small"].median  # 512 times the work
    assert "".join(name[0] for name in order).count("bs") >= 1 and isinstance(times["big"], Timed)


def test_a_row_is_measured_forward_and_backward() -> None:
    layer = nn.Linear(8, 8)

    def make(device: torch.device) -> Case:
        x = torch.randn(4, 8, requires_grad=True)
        return Case(
            {"ours": lambda: layer(x), "eager": lambda: layer(x)}, lambda: layer(x).double(), (x,), torch.ones(4, 8)
        )

    row = Row("linear", "linear", "[4, 8]", torch.float32, 32, make, moved=(1.0, 2.0))
    lines = list(measure_row(row, Clock(CPU), H200, "auto"))
    assert [line.mode for line in lines] == ["forward", "backward"]
    assert lines[0].error == 0.0 and lines[1].error is None and lines[0].compile is None
    assert lines[1].floor == 2 * lines[0].floor > 0


def test_floors_are_arithmetic(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--floors", "batch_norm"]) == 0
    lines = capsys.readouterr().out.splitlines()
    line = next(
        one for one in lines if one.startswith("batch_norm+residual+relu [256, 64, 56, 56] bf16 channels last forward")
    )
    # four passes of 256·64·56·56 numbers of two bytes, at 4.3 TB/s
    assert line.split()[-4:] == ["411.0", "0.0", "95.6", "112"]


@pytest.fixture
def nothing_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only to ask for it loads the compiler, which takes seconds."""
    monkeypatch.setattr(torch, "compile", lambda function, **_: function)


def test_rows_have_the_sizes_that_they_say(nothing_compiled: None) -> None:
    fits = chosen(list(ROWS), "auto", True, CPU)
    names = {row.operation for row in fits}
    assert names >= {"batch_norm", "batch_norm+residual+relu", "conv2d", "conv2d+norm+relu", "attention+lengths"}
    assert all(row.dtype == torch.float32 for row in fits)
    layer = conv_rows.LAYERS[3]
    assert layer.multiplications == 256 * 56 * 56 * 64 * 64 * 9
    assert layer.text() == "256x64x56x56 to 64, 3x3"
    for row in fits:
        case = row.make(CPU)
        error = (case.ways["ours"]().detach().double() - case.exact()).abs().max()
        assert error < 1e-4 and set(case.ways) >= set(batch_norm_rows.WAYS)


def test_each_back_end_of_pytorch_that_takes_the_call_is_measured_and_no_other(nothing_compiled: None) -> None:
    size = attention_rows.AttentionSize((2, 2, 64, 32), torch.float32)
    made = attention_rows.case(CPU, size, "auto")
    assert "flash" in made.ways and "cudnn" not in made.ways  # PyTorch has flash attention for the CPU too
    row = Row("attention", "attention", "", torch.float32, size.scores, lambda device: made, moved=(1.0, 1.0))
    lines = list(measure_row(row, Clock(CPU), H200, "auto", without=frozenset({"compile"})))
    assert [line.library_name for line in lines] == ["flash", "flash"] and lines[0].compile is None
    assert lines[0].error is not None and lines[0].error < 1e-5


def test_padded_queries_are_measured_as_zeros(nothing_compiled: None) -> None:
    size = attention_rows.AttentionSize((2, 2, 16, 8), torch.float32, padded=True, queries=True)
    made = attention_rows.case(CPU, size, "auto")
    assert size.operation == "attention+lengths+query_lengths" and size.seen == 0.25
    torch.testing.assert_close(made.ways["ours"](), made.exact().float())
    assert (made.exact()[:, :, 8:] == 0).all()


def test_the_work_of_attention_is_counted() -> None:
    size = attention_rows.AttentionSize((16, 16, 4096, 64), torch.bfloat16, causal=True)
    row = next(
        row for row in attention_rows.rows("auto") if row.operation == "attention+causal" and row.size == size.scores
    )
    assert row.operations[0] == 0.5 * 2 * 2 * 16 * 16 * 4096**2 * 64 and row.operations[1] == 2.5 * row.operations[0]
    assert row.moved[0] == 4 * 16 * 16 * 4096 * 64 * 2
    whole = {row.shape: row for row in attention_rows.luong_rows("auto")}["[512, 2048, 1024]"]
    assert whole.moved[0] == 0.75 * 512 * 2048 * 1024 * 2


def test_bad_usage_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["softmax"]) == 2
    assert "'softmax' is no operation: there are batch_norm" in capsys.readouterr().err
    if not torch.cuda.is_available():
        assert main(["--keep"]) == 2
        assert "--keep is for a GPU" in capsys.readouterr().err


@pytest.mark.slow
def test_the_quick_table_of_this_machine(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    files = ["--csv", str(tmp_path / "a.csv"), "--markdown", str(tmp_path / "a.md")]
    assert main(["--quick", "--no-compile", "batch_norm", *files]) == 0
    out = capsys.readouterr().out
    assert out.count("backward") == out.count("forward") == 2 * 6  # as each row is done, and in the table
    assert (tmp_path / "a.md").read_text().startswith("Measured on 20") and (tmp_path / "a.csv").exists()
