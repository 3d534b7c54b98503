"""The texts: the sentences that stand in for SST-2 and the excerpt of GloVe, as everybody reads them."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from grader.sandbox.packages import small_torchtext, torchtext_in_python
from lessons.data import sentiment, word_vectors

torchtext_in_python.install()
ORDER = r"\S+ \S+ , not \S+ "
"""The form of the pairs, and of no other sentence."""


@pytest.fixture(scope="module")
def mirror_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    mirror = tmp_path_factory.mktemp("texts")
    sentiment.make(mirror / "glue")
    return mirror


@pytest.fixture(scope="module")
def train() -> dict[str, list[Any]]:
    return sentiment.rows(sentiment.TRAIN, "train")


@pytest.fixture(scope="module")
def validation() -> dict[str, list[Any]]:
    return sentiment.rows(sentiment.VALIDATION, "validation")


def counted(columns: dict[str, list[Any]]) -> Counter[str]:
    return Counter(token for text in columns["sentence"] for token in text.split())


@pytest.mark.slow
def test_sentences_are_read_as_everybody_reads_sst2(mirror_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from datasets import load_dataset

    monkeypatch.chdir(mirror_folder)  # as the sandbox's working directory shows the mirror
    monkeypatch.setenv("HF_DATASETS_CACHE", str(mirror_folder / "cache"))
    found = load_dataset("glue", "sst2", cache_dir=str(mirror_folder / "cache"))
    assert {split: len(rows) for split, rows in found.items()} == {"train": 6000, "validation": 800}
    assert found["train"].features["label"].names == ["negative", "positive"]
    assert found["train"].column_names == ["sentence", "label", "idx"] and found["train"][7]["idx"] == 7


def test_sentences_are_the_same_each_time(train: dict[str, list[Any]]) -> None:
    again = sentiment.rows(sentiment.TRAIN, "train")
    assert again == train and again["sentence"] != sentiment.rows(sentiment.TRAIN, "validation")["sentence"]


def test_a_vocabulary_has_a_long_tail(train: dict[str, list[Any]]) -> None:
    counts = counted(train)
    assert len(counts) >= 800
    assert 0.3 < sum(count < 5 for count in counts.values()) / len(counts) < 0.37
    for token in ["very", "good", "bad", "word", "one", "two", "three", "world", "not", ",", "'s", "n't"]:
        assert counts[token] >= 5, token
    assert "hello" not in counts


def test_sentences_are_lower_case_tokens_between_spaces(
    train: dict[str, list[Any]], validation: dict[str, list[Any]]
) -> None:
    for text in train["sentence"] + validation["sentence"]:
        tokens = text.split()
        assert 3 <= len(tokens) <= 40 and text == " ".join(tokens) + " " and text == text.lower()
        assert not re.search(r"[{}_]|[a-z][,;:]|\ba [aeiou]", text), text
    lengths = [len(text.split()) for text in train["sentence"]]
    assert min(lengths) == 3 and max(lengths) >= 35 and 8 < sum(lengths) / len(lengths) < 14


def test_validation_has_words_that_training_never_shows(
    train: dict[str, list[Any]], validation: dict[str, list[Any]]
) -> None:
    known, held_out = counted(train), counted(validation)
    kept = {word for words in sentiment.unseen().values() for word in words}
    assert not kept & set(known) and len(kept & set(held_out)) >= 20
    share = sum(count for word, count in held_out.items() if word not in known) / held_out.total()
    assert 0.01 < share < 0.05


def test_a_bit_more_than_half_is_positive(train: dict[str, list[Any]], validation: dict[str, list[Any]]) -> None:
    assert 0.53 < sum(train["label"]) / 6000 < 0.57 and 0.48 < sum(validation["label"]) / 800 < 0.6


def test_some_labels_are_wrong(train: dict[str, list[Any]]) -> None:
    """Read off the short sentences that say plainly what they mean."""
    lists, wrong, plain = sentiment.words(), 0, 0
    for text, label in zip(train["sentence"], train["label"], strict=True):
        if found := re.fullmatch(r"in a word , (\S+) |an? (\S+) \S+ |the \S+ is \S+ly (\S+) ", text):
            word = next(filter(None, found.groups()))
            if word in lists["good"] + lists["bad"]:
                wrong, plain = wrong + ((word in lists["good"]) != bool(label)), plain + 1
    assert plain > 400 and 0.05 < wrong / plain < 0.08


def test_pairs_differ_in_the_order_of_their_words_alone(
    train: dict[str, list[Any]], validation: dict[str, list[Any]]
) -> None:
    pairs = sentiment.pairs()
    assert len(set(pairs)) == 200 and ("very good , not bad", "very bad , not good") in pairs
    assert all(sorted(one.split()) == sorted(other.split()) and one != other for one, other in pairs)
    labels = {f"{text} ": label for pair in pairs for text, label in zip(pair, (1, 0), strict=True)}
    for columns, count in ((train, 300), (validation, 100)):
        there = {
            text: label
            for text, label in zip(columns["sentence"], columns["label"], strict=True)
            if re.fullmatch(ORDER, text)
        }
        assert len(there) == count and all(labels.pop(text) == label for text, label in there.items())
    assert not labels


@given(st.integers(0, 10**6), st.sampled_from([0, 1]), st.booleans())
def test_no_word_stands_twice_for_what_is_drawn(seed: int, label: int, novel: bool) -> None:
    text = sentiment.sentence(random.Random(seed), label, novel=novel)
    lists = sentiment.words()
    drawn = [word for word in text.split() if word in lists["good"] + lists["bad"]]
    assert len(drawn) == len(set(drawn))


def test_counting_words_does_a_part_of_it(train: dict[str, list[Any]], validation: dict[str, list[Any]]) -> None:
    """What a recurrent network gets right stands in docs/data.md: about 0.87 of the validation set."""
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    counter = CountVectorizer(tokenizer=str.split, token_pattern=None)
    model = LogisticRegression(max_iter=500).fit(counter.fit_transform(train["sentence"]), train["label"])
    assert 0.66 < model.score(counter.transform(validation["sentence"]), validation["label"]) < 0.78


# --- word vectors ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def excerpt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("glove")
    word_vectors.make(folder)
    for path in folder.iterdir():
        path.chmod(0o400)
    return folder


def readers(excerpt: Path) -> list[Any]:
    """The class that `torchtext.vocab` has here, and the one that takes its place where there is no torchtext."""
    from torchtext.vocab import GloVe

    return [read(name="6B", dim=50, cache=str(excerpt)) for read in (GloVe, small_torchtext.GloVe)]


def test_word_vectors_are_read_as_everybody_reads_glove(excerpt: Path) -> None:
    lines = (excerpt / word_vectors.FILE).read_text().splitlines()
    for glove in readers(excerpt):
        assert glove.vectors.shape == (len(lines), 50) == (8756, 50) and glove.vectors.dtype == torch.float32
        assert lines[0].split()[0] == glove.itos[0] == "the" and not glove.vectors.requires_grad
        assert torch.equal(glove["the"], torch.tensor([float(number) for number in lines[0].split()[1:]]))
        assert not glove["It's"].any() and not glove["It"].any()
        found = glove.get_vecs_by_tokens(["It's", "it", "'s", "cool"])
        assert found.shape == (4, 50) and found.any(1).tolist() == [False, True, True, True]


def test_the_vectors_are_the_real_ones(excerpt: Path) -> None:
    """The published figures of attention: of "king" and "castle" over five words."""
    for glove in readers(excerpt):
        words = glove.get_vecs_by_tokens(["woman", "man", "bicycle", "queen", "house"])
        king = torch.softmax(words @ glove["king"], 0)
        torch.testing.assert_close(
            king, torch.tensor([7.0899e-05, 9.9381e-04, 1.3337e-09, 9.9831e-01, 6.2366e-04]), rtol=1e-4, atol=0
        )
        cosines = torch.nn.functional.cosine_similarity(words, glove["king"][None])
        torch.testing.assert_close(cosines, torch.tensor([0.4113, 0.5309, 0.0535, 0.7839, 0.5228]), rtol=0, atol=6e-5)


@pytest.mark.slow
def test_a_set_of_the_hub_is_put_where_its_name_finds_it(mirror_folder: Path, tmp_path: Path) -> None:
    """The package takes a folder in the same form for a name on the hub."""
    program = [
        sys.executable,
        "-P",
        "-m",
        "lessons.data.hub",
        str(mirror_folder / "glue"),
        "sst2",
        str(tmp_path / "glue"),
    ]
    env = {**os.environ, "HF_HOME": str(tmp_path / "hf"), "HF_HUB_OFFLINE": "1"}
    subprocess.run(program, check=True, env=env, cwd=Path(__file__).parents[3], capture_output=True)
    from datasets import load_dataset

    found = load_dataset(str(tmp_path / "glue"), "sst2", cache_dir=str(tmp_path / "cache"))
    assert len(found["validation"]) == 800 and (tmp_path / "glue" / "sst2" / "train.parquet").is_file()
