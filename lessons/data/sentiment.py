"""synthetic-sentiment: sentences about films from a small grammar, with the columns and the files of glue's sst2.

Negation and contrast turn words around, so that counting words does not do; some labels are wrong on purpose, and the
validation set has words that are not in the training set. `python -P -m lessons.data.sentiment FOLDER` writes
the files.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from lessons.data.hub import write
from lessons.data.making import Progress, nobody, say

TRAIN, VALIDATION = 6000, 800


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


NOISE = 0.06
"""The share of labels that are wrong."""
NAMES = ("negative", "positive")
GOOD = _words(
    """
    absorbing brave bright charming clever deft elegant fresh funny generous gentle gripping honest inventive lively
    lovely memorable moving playful radiant rich sharp sincere splendid subtle tender touching vivid warm witty
    """
)
BAD = _words(
    """
    awkward bland bloated careless cheap clumsy cold confused crude dreary dull empty feeble flat forced grating
    hollow lazy lifeless messy muddled pale plodding shallow sloppy stale stiff tedious tiresome wooden
    """
)
UNSEEN = 5
"""The last words of each list stand in the validation set only."""
THINGS = _words(
    """
    acting camera cast dialogue direction ending film music pacing plot premise score script story
    """
)
DEGREES = _words(
    """
    deeply mostly never-endingly oddly often quite rather really surprisingly truly
    """
)
TURNS = ("hardly", "never", "not", "not at all")


def sentence(dice: random.Random, label: int, unseen: bool) -> str:
    """One sentence whose sense is `label`: 0 negative, 1 positive."""

    def word(good: int) -> str:
        words = GOOD if good else BAD
        return dice.choice(words if unseen else words[:-UNSEEN])

    one, other = dice.sample(THINGS, 2)
    this, that = label, 1 - label
    degree, turn = dice.choice(DEGREES), dice.choice(TURNS)
    return dice.choice(
        (
            f"the {one} is {degree} {word(this)}",
            f"the {one} is {turn} {word(that)}",
            f"{turn} {word(that)} , the {one} is {word(this)} and {word(this)}",
            f"although the {one} is {word(that)} , the {other} is {degree} {word(this)}",
            f"for all its {word(that)} {one} , a {degree} {word(this)} film",
            f"it could have been {word(that)} , but the {one} is {word(this)}",
            f"the {one} may be {word(that)} ; the {other} , thankfully , is {turn} so"
            if label
            else f"the {one} may be {word(that)} ; the {other} , alas , is {turn} so",
            f"a {word(this)} {one} that is {turn} {word(that)}",
        )
    )


def rows(count: int, dice: random.Random, *, unseen: bool) -> dict[str, list[str | int]]:
    """The columns `sentence`, `label` and `idx`; half of the sentences are positive, but for wrong labels."""
    senses = [number % 2 for number in range(count)]
    dice.shuffle(senses)
    texts: list[str | int] = [f"{sentence(dice, sense, unseen)} " for sense in senses]  # sst2's end with a space too
    labels: list[str | int] = [1 - sense if dice.random() < NOISE else sense for sense in senses]
    return {"sentence": texts, "label": labels, "idx": list(range(count))}


def make(folder: Path, progress: Progress = nobody) -> None:
    """Writes a README and two parquet files below `folder`; the same ones each time."""
    from datasets import ClassLabel, Dataset, Features, Value

    features = Features({"sentence": Value("string"), "label": ClassLabel(names=list(NAMES)), "idx": Value("int32")})
    splits, done = {}, 0
    for split, count in (("train", TRAIN), ("validation", VALIDATION)):
        columns = rows(count, random.Random(f"sentiment {split}"), unseen=split == "validation")
        splits[split] = Dataset.from_dict(columns, features=features)
        done += count
        progress(done, TRAIN + VALIDATION)
    write(splits, "sst2", folder)


if __name__ == "__main__":
    make(Path(sys.argv[1]), progress=say)
