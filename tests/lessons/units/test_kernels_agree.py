"""The course's references and `kernels` hold each other: both give the same on the course's own cases.

Where an exercise forbids PyTorch's own operation, which `kernels` uses on a CPU, an alternative could not say so.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

import kernels
from grader.judge.reference import load, sample
from grader.judge.rehearsal import Rehearsals
from grader.judge.trial import Trial, deviation
from grader.records.job import Job
from lessons.loading.loader import load_exercise

UNITS = Path(__file__).parents[3] / "lessons" / "units"


class BatchNorm(nn.Module):
    def __init__(self, in_features: int) -> None:
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(in_features))
        self.beta = nn.Parameter(torch.zeros(in_features))
        self.register_buffer("mean", torch.zeros(in_features))
        self.register_buffer("variance", torch.ones(in_features))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        mean, variance = self.get_buffer("mean"), self.get_buffer("variance")
        if not self.training:
            return kernels.batch_norm(x, mean, variance, self.gamma, self.beta, training=False)
        with torch.no_grad():  # the course keeps the variance of the mini-batch, PyTorch the unbiased one
            mean.lerp_(x.mean(0), 0.1)
            variance.lerp_(x.var(0, correction=0), 0.1)
        return kernels.batch_norm(x, None, None, self.gamma, self.beta, training=True)


def bn_backward(dy: torch.Tensor, xhat: torch.Tensor, gamma: torch.Tensor, sigma2: torch.Tensor, eps: float) -> Any:
    x = (xhat * torch.sqrt(sigma2 + eps)).requires_grad_()
    gamma, beta = gamma.detach().requires_grad_(), torch.zeros_like(gamma).requires_grad_()
    y = kernels.batch_norm(x, None, None, gamma, beta, training=True, eps=eps)
    return torch.autograd.grad(y, [x, gamma, beta], dy)


class Convolution(nn.Module):
    def __init__(self, in_channels: int = 1, out_channels: int = 1, kernel_size: tuple[int, int] = (1, 1)) -> None:
        super().__init__()
        self.kern = nn.Parameter(torch.randn(out_channels, in_channels, *kernel_size))

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        return kernels.conv2d(X, self.kern)


def by_columns(X: torch.Tensor, W: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    return kernels.explicit_conv2d(X, W, b)


AGREE = [
    ("bn-layer", "layer", BatchNorm),
    ("backward-through-bn", "backward", bn_backward),
    ("many-channels", "layer", Convolution),
    ("by-columns", None, by_columns),
    ("stamping", "layer", kernels.conv_transpose2d),
    ("attend", "batch", lambda Q, K, V, lengths: kernels.luong_attention(Q, K, V, lengths=lengths)),
]


@pytest.mark.parametrize(("exercise", "part", "ours"), AGREE, ids=[one[0] for one in AGREE])
def test_kernels_give_what_the_reference_gives(tmp_path: Path, exercise: str, part: str | None, ours: Any) -> None:
    (folder,) = UNITS.glob(f"*/*/exercises/{exercise}")
    found = load_exercise(folder)
    entries = {one.id: one.entry for one in found.parts if one.entry}
    part = part or next(iter(entries))
    job = Job(
        exercise=exercise, path=str(found.reference), reference=found.reference.read_text(encoding="utf-8"),
        fixtures=found.fixtures.read_text(encoding="utf-8") if found.fixtures.is_file() else "", name="f.py",
        entries=entries, answers=(),
    )  # fmt: skip
    reference = load(job)
    rehearsals = Rehearsals(reference, exercise, tmp_path, None)  # type: ignore[arg-type]  # nothing is recorded
    for case in sample(reference, part, exercise, 1):
        expected, got = rehearsals.afresh(case), rehearsals.instead(part, ours, case)
        wrong = deviation(Trial(case, expected, got), got, expected, "matmul", ())
        assert wrong is None, (case.label, wrong.message)
