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


class Translator(torch.nn.Module):
    """A recurrent encoder and a decoder that attends to its states: Luong et al. (2015). It is told the right token.

    Tokens are [N, S], 0 where a sentence is over; the result is [N · S, tokens].
    """

    def __init__(self, kit: Kit, tokens: int, width: int) -> None:
        super().__init__()
        self.embedding = torch.nn.Embedding(tokens, width)
        self.encoder = torch.nn.RNN(width, width, batch_first=True)
        self.cell = torch.nn.RNNCell(2 * width, width)
        self.output = torch.nn.Linear(width, tokens)
        self.attention = kit.LuongAttention() if kit.ours else luong_by_hand

    def forward(self, source: torch.Tensor) -> torch.Tensor:
        annotations, _ = self.encoder(self.embedding(source))
        lengths = (source > 0).sum(1)
        target = backwards(source)
        given = F.pad(target, (1, -1))  # at each step the token before
        state = annotations.new_zeros(annotations[:, 0].shape)
        logits = []
        for step in range(source.shape[1]):
            context, _ = self.attention(state, annotations, lengths=lengths)
            state = self.cell(torch.cat([self.embedding(given[:, step]), context], 1), state)
            logits.append(self.output(state))
        return torch.stack(logits, 1).flatten(0, 1)


def luong_by_hand(
    query: torch.Tensor, states: torch.Tensor, lengths: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """As the course writes it, for a batch."""
    scores = torch.einsum("nsh,nh->ns", states, query)
    hidden = torch.arange(states.shape[1]) >= lengths[:, None]
    weights = torch.softmax(scores.masked_fill(hidden, float("-inf")), 1)
    return torch.einsum("ns,nsh->nh", weights, states), weights


def backwards(tokens: torch.Tensor) -> torch.Tensor:
    """Each sentence from its last token to its first."""
    lengths = (tokens > 0).sum(1, keepdim=True)
    places = (lengths - 1 - torch.arange(tokens.shape[1])).clamp_min(0)
    return tokens.gather(1, places) * (torch.arange(tokens.shape[1]) < lengths)


def translator(kit: Kit) -> torch.nn.Module:
    """Learns to say a sentence backwards."""
    return Translator(kit, tokens=8, width=16)


def random_data(
    shape: tuple[int, ...], classes: int
) -> Callable[[int, torch.dtype], tuple[torch.Tensor, torch.Tensor]]:
    """Random inputs of a shape with random labels."""
    return lambda batch, dtype: (torch.randn(batch, *shape, dtype=dtype), torch.randint(classes, (batch,)))


def sentences(batch: int, dtype: torch.dtype) -> tuple[torch.Tensor, torch.Tensor]:
    """Sentences of 2 to 6 tokens, and what to say; -100 where nothing is to be said."""
    tokens = torch.randint(1, 8, (batch, 6)) * (torch.arange(6) < torch.randint(2, 7, (batch, 1)))
    target = backwards(tokens).flatten()
    return tokens, target.masked_fill(target == 0, -100)


Data = Callable[[int, torch.dtype], tuple[torch.Tensor, torch.Tensor]]
MODELS: dict[str, tuple[Callable[[Kit], torch.nn.Module], Data, float]] = {
    # a network, its data, and a step size
    "batch-norm MLP": (mlp, random_data((4,), 3), 0.03),
    "LeNet-5": (lenet, random_data((1, 28, 28), 10), 0.03),
    "residual network": (residual, random_data((1, 16, 16), 10), 0.03),
    "attention decoder": (translator, sentences, 0.1),
}


def curve(name: str, kit: Kit, steps: int, batch: int, dtype: torch.dtype) -> list[float]:
    """The costs of a training run from one seed, and then those in evaluation, with running statistics."""
    make, data, rate = MODELS[name]
    torch.manual_seed(0)
    model = make(kit).to(dtype)
    optimiser = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
    x, labels = data(batch, dtype)
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
