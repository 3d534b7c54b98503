"""The stand-ins: in the files of the real sets, read by the real classes, the same each time, and worth learning."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from grader.sandbox.packages import torchvision_without_cuda
from lessons.data import digits, garments, idx
from lessons.data.catalogue import IDX

torchvision_without_cuda.install()


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A part of the garments, as a root for torchvision."""
    root = tmp_path_factory.mktemp("garments")
    garments.make(root / "FashionMNIST", train=20_000, test=1000)
    return root


def split(root: Path, train: bool) -> tuple[torch.Tensor, torch.Tensor]:
    from torchvision.datasets import FashionMNIST

    data = FashionMNIST(root, train=train, download=True)
    return data.data.flatten(1) / 255, data.targets


@pytest.mark.slow
def test_torchvision_reads_the_garments(few: Path) -> None:
    from torchvision.datasets import FashionMNIST

    data = FashionMNIST(few, train=True, download=False)
    image, label = data[0]
    assert len(data) == 20_000 and image.size == (28, 28) and image.mode == "L" and label == 9
    assert data.targets[:16].tolist() == list(garments.FIRST)
    assert torch.bincount(data.targets).tolist() == [2000] * 10
    assert len(FashionMNIST(few, train=False)) == 1000


@pytest.mark.slow
def test_torchvision_reads_the_digits(tmp_path: Path) -> None:
    from torchvision.datasets import MNIST

    digits.make(tmp_path / "MNIST")
    train, test = MNIST(tmp_path, train=True), MNIST(tmp_path, train=False)
    assert len(train) == 1437 and len(test) == 360
    assert train.data.shape == (1437, 28, 28) and train.data.dtype == torch.uint8
    assert int(train.data[:, :4].sum()) == 0 and int(train.data.max()) > 200


def test_the_same_garments_each_time() -> None:
    kinds = np.arange(10).repeat(3)
    one, other = (garments.pictures(kinds, 4, np.random.default_rng(1)) for _ in range(2))
    assert one.dtype == np.uint8 and one.shape == (30, 28, 28) and bool((one == other).all())
    assert not bool((one == garments.pictures(kinds, 4, np.random.default_rng(2))).all())


@pytest.mark.slow
def test_a_linear_model_learns_something_and_a_deep_one_more(few: Path) -> None:
    """The table in docs/data.md has the figures of the whole set; here it is only asked that there is a difference."""
    torch.set_num_threads(1)  # two that wait for each other take ten times as long
    (x, y), (held_out, labels) = split(few, True), split(few, False)
    accuracy = []
    for layers in ([torch.nn.Linear(784, 10)], [torch.nn.Linear(784, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10)]):
        torch.manual_seed(0)
        model = torch.nn.Sequential(*layers)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        for rate in (0.1, 0.1, 0.02):  # the last one lets the accuracy settle: at 0.1 it swings by what is measured
            optimizer.param_groups[0]["lr"] = rate
            for batch in torch.randperm(len(x)).split(32):
                optimizer.zero_grad()
                torch.nn.functional.cross_entropy(model(x[batch]), y[batch]).backward()
                optimizer.step()
        accuracy.append(float((model(held_out).argmax(1) == labels).float().mean()))
    assert 0.65 < accuracy[0] < 0.92 and accuracy[1] > accuracy[0] + 0.01


def test_idx_files_say_their_sizes(tmp_path: Path) -> None:
    path = tmp_path / IDX[0]
    idx.write(path, np.zeros((2, 3, 4), dtype=np.uint8))
    assert idx.sizes(path) == (2, 3, 4) and path.stat().st_size == 4 + 3 * 4 + 24
    path.write_bytes(b"nothing")
    with pytest.raises(ValueError, match="no IDX file"):
        idx.sizes(path)
