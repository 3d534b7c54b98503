"""pydoc-50d: word vectors of 50 numbers, from the texts that explain Python itself, in the files of GloVe.

How often two words stand near each other, weighed (positive pointwise mutual information), and the directions in which
that varies most (a truncated singular value decomposition). Source of the method: O. Levy and Y. Goldberg, Neural Word
Embedding as Implicit Matrix Factorization (2014). The texts are those of the module `pydoc_data.topics`, PSF licence.
`python -P -m lessons.data.word_vectors FOLDER` writes the files.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lessons.data.making import Progress, nobody, say

WORDS, SIZE, NEAR = 2000, 50, 5
"""How many words, how many numbers each, and how far apart two words may stand."""
FILE = "glove.6B.50d.txt"
"""What `torchtext.vocab.GloVe(name="6B", dim=50, cache=...)` looks for."""


def words() -> list[str]:
    """All words of the texts, in order, in lower case."""
    from pydoc_data import topics

    texts = (topics.topics[name] for name in sorted(topics.topics))
    return [word for text in texts for word in re.findall(r"[a-z]+", text.lower())]


def vectors(text: list[str]) -> tuple[list[str], NDArray[np.float64]]:
    """The most frequent words and a vector for each, (WORDS, SIZE)."""
    counts = Counter(text)
    known = sorted(counts, key=lambda word: (-counts[word], word))[:WORDS]
    place = {word: index for index, word in enumerate(known)}
    indices = np.array([place.get(word, -1) for word in text])
    near = np.zeros((len(known), len(known)))
    for distance in range(1, NEAR + 1):
        left, right = indices[:-distance], indices[distance:]
        both = (left >= 0) & (right >= 0)
        np.add.at(near, (left[both], right[both]), 1 / distance)
    near += near.T
    total = near.sum()
    expected = np.outer(near.sum(1), near.sum(0)) / total
    with np.errstate(divide="ignore", invalid="ignore"):
        information = np.maximum(np.nan_to_num(np.log(near / expected), neginf=0.0), 0)
    left, values, _ = np.linalg.svd(information, hermitian=True)
    found = left[:, :SIZE] * np.sqrt(values[:SIZE])
    signs = np.sign(found[np.abs(found).argmax(0), range(SIZE)])  # else they depend on the library
    return known, found * signs


def make(folder: Path, progress: Progress = nobody) -> None:
    """Writes the text file, and beside it the form that torchtext would write there when it first reads the text."""
    import torch

    text = words()
    progress(1, 3)
    known, found = vectors(text)
    progress(2, 3)
    lines = (f"{word} {' '.join(f'{number:.5f}' for number in row)}\n" for word, row in zip(known, found, strict=True))
    (folder / FILE).write_text("".join(lines), encoding="utf-8")
    numbers = torch.tensor([[float(f"{number:.5f}") for number in row] for row in found.tolist()])
    torch.save((known, {word: index for index, word in enumerate(known)}, numbers, SIZE), folder / f"{FILE}.pt")
    progress(3, 3)


if __name__ == "__main__":
    make(Path(sys.argv[1]), progress=say)
