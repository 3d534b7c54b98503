"""What a file of somebody's defines is timed beside PyTorch's and ours, and said to differ where it does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from kernels.bench import mine
from kernels.bench.timing import Clock, Timed


@pytest.fixture(autouse=True)
def once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each way is run once, and takes a time by its name."""
    took = {"yours": 6.0, "PyTorch": 3.0, "ours": 2.0}

    def side_by_side(clock: Clock, ways: dict[str, Any]) -> dict[str, Timed]:
        for run in ways.values():
            run()
        return {name: Timed(took[name], took[name], took[name]) for name in ways}

    monkeypatch.setattr(mine, "side_by_side", side_by_side)


def small(monkeypatch: pytest.MonkeyPatch, rival: mine.Rival, definition: Any) -> list[str]:
    return list(mine.lines(rival, definition, Clock(torch.device("cpu"))))


RIVALS = {rival.name: rival for rival in mine.RIVALS}


class Layer(torch.nn.Module):
    def __init__(self, features: int) -> None:
        super().__init__()
        self.shift = torch.nn.Parameter(torch.randn(features))
        self.factor = torch.nn.Parameter(torch.ones(features))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return (x - x.mean(0)) / (x.var(0, unbiased=False) + 1e-5).sqrt() * self.factor + self.shift


class Block(torch.nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv = torch.nn.Conv2d(channels, 2 * channels, 3, stride=2)
        self.norm = torch.nn.BatchNorm2d(2 * channels)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        found: torch.Tensor = self.norm(self.conv(x))
        return found


def test_each_way_has_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    assert small(monkeypatch, RIVALS["softmax"], lambda x: x.softmax(1)) == [
        "softmax: 4,096 x 1,024, float32",
        "  yours           6.0 µs",
        "  PyTorch         3.0 µs   yours takes 2.00 times as long",
    ]
    told = small(monkeypatch, RIVALS["ResBlockDownSamp"], Block)
    assert told[2] == "  ours            2.0 µs   yours takes 3.00 times as long" and len(told) == 3


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("ConvLayer", torch.nn.Conv2d),
        ("transposed", torch.nn.functional.conv_transpose2d),
        ("attend_lengths", None),
    ],
)
def test_what_is_right_agrees_with_both(monkeypatch: pytest.MonkeyPatch, name: str, right: Any) -> None:
    def by_hand(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        scores = (q @ k.mT / q.shape[-1] ** 0.5).masked_fill(
            (torch.arange(k.shape[1]) >= lengths[:, None])[:, None], -torch.inf
        )
        found: torch.Tensor = scores.softmax(-1) @ v
        return found

    told = small(monkeypatch, RIVALS[name], right or by_hand)
    assert not any("differ" in line or "not" in line for line in told) and len(told) == 4, told


def test_what_differs_and_what_fails_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    shifted = small(monkeypatch, RIVALS["softmax"], lambda x: x.softmax(0))
    assert shifted[-1].startswith("  PyTorch does not compute what yours does: the relative difference is ")
    assert small(monkeypatch, RIVALS["softmax"], lambda x: x[:, 0])[-1].endswith("the relative difference is inf.")

    def broken(x: torch.Tensor) -> torch.Tensor:
        raise ValueError("too wide\nby far")

    assert small(monkeypatch, RIVALS["softmax"], broken) == [
        "softmax: 4,096 x 1,024, float32",
        "  not timed: ValueError: too wide",
    ]
    assert not any("not compute" in line for line in small(monkeypatch, RIVALS["BN"], Layer)), "its own parameters"


def test_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.py"
    file.write_text(
        "def softmax(x):\n    return x.softmax(1)\ndef attend():\n    pass\ndef attend_batch():\n    pass\n"
    )
    assert mine.main([str(file)]) == 0
    out = capsys.readouterr().out
    assert "softmax: 4,096" in out and "attend_batch: " in out and "attend: " not in out
    for text, said in (
        ("x = 1\n", "defines nothing that can be timed here"),
        ("1 / 0\n", "cannot be run: ZeroDivisionError"),
        ("import sys\nsys.exit(3)\n", "cannot be run: SystemExit"),
    ):
        file.write_text(text)
        assert mine.main([str(file)]) == 2 and said in capsys.readouterr().err
    file.write_text("def softmax(x):\n    raise ValueError\n")
    assert mine.main([str(file)]) == 1
