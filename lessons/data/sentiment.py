"""synthetic-sentiment: sentences about films from a small grammar, with the columns and the files of glue's sst2.

Negation and contrast turn words around, so counting words does not do; some labels are wrong on purpose; a few words
are frequent and many rare; the validation set has words that are not in the training set. Words and sentences stand in
the two files beside this one. `python -P -m lessons.data.sentiment FOLDER` writes the files.
"""

from __future__ import annotations

import random
import re
import sys
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from lessons.data.hub import write
from lessons.data.making import Progress, nobody, say

TRAIN, VALIDATION = 6000, 800
POSITIVE = 0.55
"""The share of sentences whose sense is positive."""
NOISE = 0.065
"""The share of labels that are wrong; those of `pairs` are all right."""
NAMES = ("negative", "positive")
SHORTEST, LONGEST = 3, 40
"""Tokens in a sentence."""
DECLINE = 1.28
"""The k-th word of a list is drawn in proportion to k to the power -DECLINE."""
UNSEEN_SHARE = 0.15
"""Of the words that the validation set draws from a list with unseen ones."""
PAIR_DEGREES = ("very", "really", "quite", "truly", "often", "rather", "deeply", "mostly")
PAIRS_SEEN = 150
"""So many of the 200 pairs stand in the training set, the others in the validation set."""


@cache
def words() -> dict[str, tuple[str, ...]]:
    """The lists of words, the frequent ones first."""
    lists = _read("film-words.yaml")
    return {name: tuple(dict.fromkeys(text.split())) for name, text in lists.items() if name != "unseen"}


@cache
def unseen() -> dict[str, tuple[str, ...]]:
    """Of each list the words that stand in the validation set only."""
    return {name: words()[name][-count:] for name, count in _read("film-words.yaml")["unseen"].items()}


@cache
def sentences() -> dict[str, Any]:
    """The forms of sentences, and how often each kind is drawn."""
    return _read("film-sentences.yaml")


def _read(name: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))
    return read


def pairs() -> list[tuple[str, str]]:
    """200 pairs of a positive and a negative sentence that differ in the order of their words alone."""
    few = product(PAIR_DEGREES, words()["good"][:5], words()["bad"][:5])
    return [(f"{degree} {good} , not {bad}", f"{degree} {bad} , not {good}") for degree, good, bad in few]


def word(dice: random.Random, name: str, *, novel: bool) -> str:
    """A word of a list; novel: it may be one that the training set never shows."""
    rare = unseen().get(name, ())
    if novel and rare and dice.random() < UNSEEN_SHARE:
        return dice.choice(rare)
    known = words()[name][: -len(rare) or None]
    return dice.choices(known, [rank**-DECLINE for rank in range(1, len(known) + 1)])[0]


def sentence(dice: random.Random, label: int, *, novel: bool) -> str:
    """One sentence whose sense is `label`: 0 negative, 1 positive."""
    this, that = ("good", "bad") if label else ("bad", "good")
    forms, shares = sentences(), sentences()["shares"]
    kinds = ("plain", "turned", "contrasted")

    def fill(form: str) -> str:
        used = set()

        def drawn(slot: re.Match[str]) -> str:
            name = re.sub("this$", this, re.sub("that$", that, slot[1]))
            while (found := word(dice, name, novel=novel)) in used:
                pass
            used.add(found)
            return found

        filled = re.sub(r"\{(\w+)\}", drawn, form).replace("_", " ")
        return re.sub(r"\ba (?=[aeiou])", "an ", filled)

    while True:
        kind = dice.choices(kinds, [shares[one] for one in kinds])[0]
        text = dice.choice(forms[kind])
        before = (dice.random() < shares["before"]) + (dice.random() < shares["twice"])
        text = "".join(dice.sample(forms["neutral"]["before"], before)) + text
        if dice.random() < shares["after"]:
            text += dice.choice(forms["neutral"]["after"])
        text = fill(text)
        if SHORTEST <= len(text.split()) <= LONGEST:
            return text


def rows(count: int, split: str) -> dict[str, list[str | int]]:
    """The columns `sentence`, `label` and `idx` of "train" or "validation", its share of the pairs among them."""
    dice, novel = random.Random(f"sentiment {split}"), split == "validation"
    both = pairs()
    random.Random("pairs").shuffle(both)
    part = both[PAIRS_SEEN:] if novel else both[:PAIRS_SEEN]
    found = [(text, label) for pair in part for text, label in zip(pair, (1, 0), strict=True)][:count]
    for _ in range(count - len(found)):
        sense = int(dice.random() < POSITIVE)
        found.append((sentence(dice, sense, novel=novel), 1 - sense if dice.random() < NOISE else sense))
    dice.shuffle(found)
    texts: list[str | int] = [f"{text} " for text, _ in found]  # sst2's end with a space too
    return {"sentence": texts, "label": [label for _, label in found], "idx": list(range(count))}


def make(folder: Path, progress: Progress = nobody) -> None:
    """Writes a README and two parquet files below `folder`; the same ones each time."""
    from datasets import ClassLabel, Dataset, Features, Value

    features = Features({"sentence": Value("string"), "label": ClassLabel(names=list(NAMES)), "idx": Value("int32")})
    splits, done = {}, 0
    for split, count in (("train", TRAIN), ("validation", VALIDATION)):
        splits[split] = Dataset.from_dict(rows(count, split), features=features)
        done += count
        progress(done, TRAIN + VALIDATION)
    write(splits, "sst2", folder)


if __name__ == "__main__":
    make(Path(sys.argv[1]), progress=say)
