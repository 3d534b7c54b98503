"""digits28: the written digits that come with scikit-learn, enlarged to 28 x 28, in the files of MNIST.

`python -P -m lessons.data.digits FOLDER` writes them. Source of the digits: E. Alpaydin and C. Kaynak,
Optical Recognition of Handwritten Digits, UCI Machine Learning Repository (1998), CC BY 4.0, as scikit-learn ships
them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image

from lessons.data import idx
from lessons.data.catalogue import IDX
from lessons.data.making import Progress, nobody, say

TRAIN = 1437
"""scikit-learn's order keeps the writers of the tail apart from those of the head."""
SIDE, INNER = 28, 20
"""As in MNIST, a digit fills the inner 20 x 20 pixels."""


def make(folder: Path, progress: Progress = nobody) -> None:
    """Writes the four files below `folder`."""
    from sklearn.datasets import load_digits

    digits = load_digits()
    pictures = np.zeros((len(digits.images), SIDE, SIDE), dtype=np.uint8)
    edge = (SIDE - INNER) // 2
    for number, image in enumerate(digits.images):
        small = Image.fromarray((image / 16 * 255).astype(np.uint8))
        inner = np.asarray(small.resize((INNER, INNER), Image.Resampling.BICUBIC))
        pictures[number, edge : edge + INNER, edge : edge + INNER] = inner
        if number % 100 == 99 or number == len(pictures) - 1:
            progress(number + 1, len(pictures))
    kinds = digits.target.astype(np.uint8)
    for part, (images, labels) in ((slice(0, TRAIN), IDX[:2]), (slice(TRAIN, None), IDX[2:])):
        idx.write(folder / images, pictures[part])
        idx.write(folder / labels, kinds[part])


if __name__ == "__main__":
    make(Path(sys.argv[1]), progress=say)
