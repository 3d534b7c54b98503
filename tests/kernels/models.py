"""Small networks, made of PyTorch's modules or of ours, and a training run that returns its curve."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F

import kernels.nn

BACKEND = "backend"


class Kit:
    """Where the modules come from: PyTorch, or `kernels.nn` with a backend."""

    def __init__(self, backend: str | None = None, ours: bool = True) -> None:
        self.named: dict[str, Any] = {BACKEND: backend} if ours else {}
        self.ours = ours

    def __getattr__(self, name: str) -> Callable[..., torch.nn.Module]:
        if self.ours and hasattr(kernels.nn, name):
            module = getattr(kernels.nn, name)
            return lambda *arguments, **named: module(*arguments, **named, **self.named)
        found: Callable[..., torch.nn.Module] = getattr(torch.nn, name)
        return found


def mlp(kit: Kit) -> torch.nn.Module:
    """A classifier of points in four dimensions, with batch norm."""
    return torch.nn.Sequential(
        torch.nn.Linear(4, 16), kit.BatchNorm1d(16), torch.nn.ReLU(), torch.nn.Linear(16, 8), kit.BatchNorm1d(8),
        torch.nn.ReLU(), torch.nn.Linear(8, 3),
    )  # fmt: skip


def lenet(kit: Kit) -> torch.nn.Module:
    """LeNet-5 for pictures of 28 by 28, LeCun et al. (1998), with ReLUs and maxima."""
    return torch.nn.Sequential(
        kit.Conv2d(1, 6, 5, padding=2), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
        kit.Conv2d(6, 16, 5), torch.nn.ReLU(), torch.nn.MaxPool2d(2), torch.nn.Flatten(),
        torch.nn.Linear(400, 120), torch.nn.ReLU(), torch.nn.Linear(120, 84), torch.nn.ReLU(), torch.nn.Linear(84, 10),
    )  # fmt: skip


class Block(torch.nn.Module):
    """A residual block: two convolutions with batch norm beside a shortcut, He et al. (2016)."""

    def __init__(self, kit: Kit, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.fused = kit.ours
        self.first = kit.Conv2d(inputs, outputs, 3, stride=stride, padding=1, bias=False)
        self.second = kit.Conv2d(outputs, outputs, 3, padding=1, bias=False)
        self.short = kit.Conv2d(inputs, outputs, 1, stride=stride, bias=False)
        fused = {"relu": True} if kit.ours else {}
        self.norms = torch.nn.ModuleList([kit.BatchNorm2d(outputs, **fused), kit.BatchNorm2d(outputs, **fused)])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        short = self.short(x)
        if self.fused:
            y: torch.Tensor = self.norms[1](self.second(self.norms[0](self.first(x))), short)
            return y
        return F.relu(self.norms[1](self.second(F.relu(self.norms[0](self.first(x))))) + short)


def residual(kit: Kit) -> torch.nn.Module:
    """Two residual blocks and a transposed convolution back, before the classifier."""
    return torch.nn.Sequential(
        Block(kit, 1, 4, 2), Block(kit, 4, 8, 2), kit.ConvTranspose2d(8, 4, 2, stride=2), torch.nn.AdaptiveAvgPool2d(1),
        torch.nn.Flatten(), torch.nn.Linear(4, 10),
    )  # fmt: skip


SHAPES: dict[str, tuple[Callable[[Kit], torch.nn.Module], tuple[int, ...], int]] = {
    "batch-norm MLP": (mlp, (4,), 3),
    "LeNet-5": (lenet, (1, 28, 28), 10),
    "residual network": (residual, (1, 16, 16), 10),
}


def curve(name: str, kit: Kit, steps: int, batch: int, dtype: torch.dtype) -> list[float]:
    """The costs of a training run from one seed, and then those in evaluation, with running statistics."""
    make, shape, classes = SHAPES[name]
    torch.manual_seed(0)
    model = make(kit).to(dtype)
    optimiser = torch.optim.SGD(model.parameters(), lr=0.03, momentum=0.9)
    x, labels = torch.randn(batch, *shape, dtype=dtype), torch.randint(classes, (batch,))
    costs = []
    for _ in range(steps):
        optimiser.zero_grad()
        cost = F.cross_entropy(model(x), labels)
        cost.backward()
        optimiser.step()
        costs.append(cost.item())
    model.eval()
    with torch.no_grad():
        costs.append(F.cross_entropy(model(x), labels).item())
    return costs
