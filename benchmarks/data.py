"""How hard the stand-ins are: what linear and deep models get right of them. Prints the table of docs/data.md.

    .venv/bin/python -m benchmarks.data [--real]

Each stand-in is made anew in a temporary folder and read through torchvision, as lessons read it. Three models are
trained by stochastic gradient descent, step size 0.1 and mini-batches of 64, from seed 0 on one thread; printed is the
accuracy on the test set after the last epoch. It is the same on every run of one machine; on another one, or with
another torch, the last digit may differ. With --real the sets in your own mirror are measured, real ones included.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import torch
from torch import Tensor, nn

from grader.sandbox.packages import torchvision_without_cuda
from lessons.data import mirror
from lessons.data.catalogue import DataSet, named

torchvision_without_cuda.install()
import torchvision  # noqa: E402  after what lets it import beside a torch for the CPU

EPOCHS = {"fashion-mnist": 5, "mnist": 40}
"""Of the small set more, so that both see some thousand mini-batches."""
WIDTHS = (0, 20, 128)
"""Neurons of the hidden layer; 0 is a flat network."""
RATE, BATCH = 0.1, 64
READERS = {"fashion-mnist": torchvision.datasets.FashionMNIST, "mnist": torchvision.datasets.MNIST}


def pictures(data: DataSet, folder: Path, train: bool) -> tuple[Tensor, Tensor]:
    """Rows of floats from 0 to 1, (n, 784), and labels, (n,)."""
    read = READERS[data.id](str(folder), train=train)
    return read.data.flatten(start_dim=1).float() / 255, read.targets


def network(width: int) -> nn.Sequential:
    """784 -> 10, or 784 -> width -> 10 with a ReLU between."""
    layers = [nn.Linear(784, width), nn.ReLU(), nn.Linear(width, 10)] if width else [nn.Linear(784, 10)]
    return nn.Sequential(*layers, nn.LogSoftmax(dim=1))


def accuracy(width: int, train: tuple[Tensor, Tensor], test: tuple[Tensor, Tensor], epochs: int) -> float:
    """Of the test set, after so many epochs."""
    torch.manual_seed(0)
    model = network(width)
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE)
    images, labels = train
    for _ in range(epochs):
        for places in torch.randperm(len(images)).split(BATCH):
            optimizer.zero_grad()
            nn.functional.nll_loss(model(images[places]), labels[places]).backward()
            optimizer.step()
    with torch.no_grad():
        return float((model(test[0]).argmax(dim=1) == test[1]).float().mean())


def row(data: DataSet, folder: Path) -> str:
    """A line of the table."""
    train, test = pictures(data, folder, train=True), pictures(data, folder, train=False)
    name = data.title if mirror.state(data, folder) == "real" else data.stand_in
    found = [accuracy(width, train, test, EPOCHS[data.id]) for width in WIDTHS]
    counts = f"{len(train[0]):,} + {len(test[0]):,}"
    return f"| {name} | {counts} | {EPOCHS[data.id]} | {' | '.join(f'{one:.3f}' for one in found)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description="What linear and deep models get right of the data sets.")
    parser.add_argument("--real", action="store_true", help="the sets in your own mirror, not fresh stand-ins")
    real = parser.parse_args().real
    torch.set_num_threads(1)
    print("| data set | pictures | epochs | flat | 20 hidden | 128 hidden |")
    print("|---|---|---|---|---|---|")
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as temporary:
        folder = mirror.default() if real else Path(temporary)
        for id in EPOCHS:
            data = named(id)
            if data is None:
                continue
            if mirror.state(data, folder) == "absent":
                mirror.make(data, folder)
            print(row(data, folder), flush=True)
    print(f"\ntorch {torch.__version__}, {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
