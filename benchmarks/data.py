"""How hard the stand-ins are: what simple and deep models get right of them. Prints the tables of docs/data.md.

    .venv/bin/python -m benchmarks.data [--real]

Each stand-in is made anew in a temporary folder and read through torchvision, as lessons read it. Three models are
trained by stochastic gradient descent, step size 0.1 and mini-batches of 64, from seed 0 on one thread; printed is
the accuracy on the test set after the last epoch. It is the same on every run of one machine; on another one, or with
another torch, the last digit may differ. On the sentences a bag of embeddings and an Elman network are trained by
Adam, step size 0.005, mini-batches of 32, six epochs. With --real the sets in your own mirror are measured, real ones
included.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from grader.sandbox.packages import torchvision_without_cuda
from lessons.data import mirror, sentiment
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


class Classifier(nn.Module):
    """Embeddings of ten numbers; their sum, or the last state of an Elman cell of 24; two scores."""

    def __init__(self, size: int, recurrent: bool) -> None:
        super().__init__()
        self.embedding = nn.Embedding(size, 10)
        nn.init.normal_(self.embedding.weight, 0, 0.1)
        self.cell = nn.RNN(10, 24) if recurrent else None
        self.head = nn.Linear(24 if recurrent else 10, 2)

    def forward(self, texts: list[Tensor]) -> Tensor:
        """(n, 2)"""
        if self.cell is None:
            features = torch.stack([self.embedding(text).sum(0) for text in texts])
        else:
            states, _ = self.cell(self.embedding(nn.utils.rnn.pad_sequence(texts)))
            features = states[torch.tensor([len(text) - 1 for text in texts]), torch.arange(len(texts))]
        scores: Tensor = self.head(features)
        return scores


def right(recurrent: bool, size: int, train: tuple[list[Tensor], Tensor], test: tuple[list[Tensor], Tensor]) -> Tensor:
    """Whether each sentence of the test set is classified rightly after six epochs, (n,)."""
    torch.manual_seed(0)
    model = Classifier(size, recurrent)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    texts, labels = train
    for _ in range(6):
        for places in torch.randperm(len(texts)).split(32):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model([texts[place] for place in places]), labels[places]).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
    with torch.no_grad():
        return model(test[0]).argmax(dim=1).eq(test[1]).float()  # type: ignore[no-any-return]


def text_row(data: DataSet, folder: Path) -> str:
    """A line of the second table: sizes, and each model's accuracy on the validation set and on the pairs in it."""
    from pyarrow import parquet

    files = [folder / f"glue/sst2/{split}.parquet" for split in ("train", "validation")]
    columns: list[dict[str, Any]] = [parquet.read_table(file).to_pydict() for file in files]
    counts = Counter(token for text in columns[0]["sentence"] for token in text.split())
    vocabulary = {token: place for place, (token, count) in enumerate(counts.most_common(), 1) if count >= 5}
    train, test = (
        (
            [torch.tensor([vocabulary.get(token, 0) for token in text.split()]) for text in split["sentence"]],
            torch.tensor(split["label"]),
        )
        for split in columns
    )
    pairs = {f"{text} " for pair in sentiment.pairs() for text in pair}
    paired = torch.tensor([text in pairs for text in columns[1]["sentence"]])
    found = [right(recurrent, len(vocabulary) + 1, train, test) for recurrent in (False, True)]
    shares = [float(share) for one in found for share in (one.mean(), one[paired].mean())]
    name = data.title if mirror.state(data, folder) == "real" else data.stand_in
    return f"| {name} | {len(counts)} | {len(vocabulary) + 1} | {' | '.join(f'{one:.3f}' for one in shares)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description="What simple and deep models get right of the data sets.")
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
        data = named("sst2")
        if data is not None:
            if mirror.state(data, folder) == "absent":
                mirror.make(data, folder)
            print("\n| data set | tokens | vocabulary | bag | on pairs | recurrent | on pairs |")
            print("|---|---|---|---|---|---|---|")
            print(text_row(data, folder), flush=True)
    print(f"\ntorch {torch.__version__}, {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
