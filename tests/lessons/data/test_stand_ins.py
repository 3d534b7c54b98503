"""The stand-ins: in the files of the real sets, read by the real classes, the same each time, and worth learning."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from grader.sandbox.packages import torchtext_in_python, torchvision_without_cuda
from lessons.data import digits, garments, idx, sentiment, word_vectors
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


def test_torchvision_reads_the_garments(few: Path) -> None:
    from torchvision.datasets import FashionMNIST

    data = FashionMNIST(few, train=True, download=False)
    image, label = data[0]
    assert len(data) == 20_000 and image.size == (28, 28) and image.mode == "L" and label == 9
    assert data.targets[:16].tolist() == list(garments.FIRST)
    assert torch.bincount(data.targets).tolist() == [2000] * 10
    assert len(FashionMNIST(few, train=False)) == 1000


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


# --- text -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    mirror = tmp_path_factory.mktemp("texts")
    sentiment.make(mirror / "glue")
    return mirror


def test_sentences_are_read_as_everybody_reads_sst2(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from datasets import load_dataset

    monkeypatch.chdir(texts)  # as the sandbox's working directory shows the mirror
    monkeypatch.setenv("HF_DATASETS_CACHE", str(texts / "cache"))
    found = load_dataset("glue", "sst2", cache_dir=str(texts / "cache"))
    assert {split: len(rows) for split, rows in found.items()} == {"train": 6000, "validation": 800}
    assert found["train"].features["label"].names == ["negative", "positive"]
    assert found["train"].column_names == ["sentence", "label", "idx"] and found["train"][7]["idx"] == 7


def test_sentences_are_the_same_each_time_and_their_labels_nearly_right() -> None:
    columns = sentiment.rows(2000, random.Random(5), unseen=False)
    assert columns == sentiment.rows(2000, random.Random(5), unseen=False)
    assert 0.45 < sum(columns["label"]) / 2000 < 0.55  # type: ignore[arg-type]
    known = set(" ".join(map(str, columns["sentence"])).split())
    unseen = set(" ".join(map(str, sentiment.rows(2000, random.Random(6), unseen=True)["sentence"])).split()) - known
    assert unseen == {*sentiment.GOOD[-sentiment.UNSEEN :], *sentiment.BAD[-sentiment.UNSEEN :]}
    wrong = 0
    for text, label in zip(columns["sentence"], columns["label"], strict=True):
        last = [word for word in str(text).split() if word in (*sentiment.GOOD, *sentiment.BAD)][-1]
        turned = any(f" {turn} {end}" in f" {text}" for turn in sentiment.TURNS for end in (last, "so"))
        wrong += ((last in sentiment.GOOD) != turned) != bool(label)
    assert 0.02 < wrong / 2000 < 0.12


def test_counting_words_does_less_than_half_of_it() -> None:
    """Sense is in the order: a model of word counts stays well below the share of right labels."""
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    train, test = (sentiment.rows(2000, random.Random(seed), unseen=False) for seed in (1, 2))
    counter = CountVectorizer()
    model = LogisticRegression(max_iter=500).fit(counter.fit_transform(train["sentence"]), train["label"])
    assert 0.5 < model.score(counter.transform(test["sentence"]), test["label"]) < 0.8


@pytest.mark.slow
def test_word_vectors_are_read_as_everybody_reads_glove(tmp_path: Path) -> None:
    torchtext_in_python.install()
    word_vectors.make(tmp_path)
    for path in tmp_path.iterdir():
        path.chmod(0o400)
    from torchtext.vocab import GloVe

    glove = GloVe(name="6B", dim=50, cache=str(tmp_path))
    assert glove.vectors.shape == (2000, 50)
    lines = (tmp_path / word_vectors.FILE).read_text().splitlines()
    assert lines[0].split()[0] == glove.itos[0] == "the"
    assert torch.equal(glove["the"], torch.tensor([float(number) for number in lines[0].split()[1:]]))
    unit = torch.nn.functional.normalize(glove.vectors)
    nearest = (unit @ unit[glove.stoi["two"]]).topk(4).indices.tolist()
    assert {"three", "four"} <= {glove.itos[index] for index in nearest}


def test_a_set_of_the_hub_is_put_where_its_name_finds_it(texts: Path, tmp_path: Path) -> None:
    """The package takes a folder in the same form for a name on the hub."""
    program = [sys.executable, "-P", "-m", "lessons.data.hub", str(texts / "glue"), "sst2", str(tmp_path / "glue")]
    env = {**os.environ, "HF_HOME": str(tmp_path / "hf"), "HF_HUB_OFFLINE": "1"}
    subprocess.run(program, check=True, env=env, cwd=Path(__file__).parents[3], capture_output=True)
    from datasets import load_dataset

    found = load_dataset(str(tmp_path / "glue"), "sst2", cache_dir=str(tmp_path / "cache"))
    assert len(found["validation"]) == 800 and (tmp_path / "glue" / "sst2" / "train.parquet").is_file()
