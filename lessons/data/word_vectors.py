"""glove-excerpt: 8,756 of the 400,000 word vectors of GloVe 6B, 50 numbers each, as they are, in GloVe's own file.

The 8,000 most frequent words and those that lessons on text name. They are packed beside this module; the source is
J. Pennington, R. Socher and C. Manning, GloVe: Global Vectors for Word Representation (2014), public domain.
`python -P -m lessons.data.word_vectors FOLDER` unpacks them.
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

from lessons.data.making import Progress, nobody, say

PACKED = "glove-6b-50d-common.txt.gz"
"""A word and its numbers in each line, the most frequent word first."""
FILE = "glove.6B.50d.txt"
"""What `torchtext.vocab.GloVe(name="6B", dim=50, cache=...)` looks for."""


def lines() -> list[str]:
    """The lines of the file."""
    with gzip.open(Path(__file__).with_name(PACKED), "rt", encoding="utf-8") as packed:
        return packed.read().splitlines()


def make(folder: Path, progress: Progress = nobody) -> None:
    """Writes the text file, and beside it the form that torchtext would write there when it first reads the text."""
    text = lines()
    (folder / FILE).write_text("".join(f"{line}\n" for line in text), encoding="utf-8")
    progress(1, 2)
    save(folder, text)
    progress(2, 2)


def finish(folder: Path) -> None:
    """Looks through a file that was fetched, and writes torchtext's form of it: the sandbox may write nothing there.

    Nobody states a sum for it, so it is compared with the excerpt. Raises ValueError.
    """
    text = (folder / FILE).read_text(encoding="utf-8").splitlines()
    known = set(lines())
    if missing := known.difference(text):
        raise ValueError(f"{len(missing)} of {len(known)} known vectors are not in {FILE}")
    save(folder, text)


def save(folder: Path, text: list[str]) -> None:
    """Writes the vectors of the text file in torchtext's form."""
    import torch

    words = [line.partition(" ")[0] for line in text]
    vectors = torch.tensor([[float(number) for number in line.split(" ")[1:]] for line in text])
    places = {word: index for index, word in enumerate(words)}
    torch.save((words, places, vectors, vectors.shape[1]), folder / f"{FILE}.pt")


if __name__ == "__main__":
    if sys.argv[1] == "--finish":
        finish(Path(sys.argv[2]))
    else:
        make(Path(sys.argv[1]), progress=say)
