"""drawn-garments: pictures of ten kinds of clothing that we draw, in the files and with the counts of Fashion-MNIST.

Outlines of each kind are drawn with jittered corners, a few hundred for training and others for testing; each picture
is one of them, moved, turned, stretched, bent, shaded and blurred anew. The numbers below are chosen so that a linear
model gets about eight of ten right and a small deep network clearly more (docs/data.md has the table).
`python -P -m lessons.data.garments FOLDER` writes the files.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from lessons.data import idx
from lessons.data.catalogue import IDX
from lessons.data.making import Progress, nobody, say

if TYPE_CHECKING:
    from numpy.random import Generator

TRAIN, TEST, CLASSES = 60_000, 10_000, 10
OUTLINES, TEST_OUTLINES = 320, 160
"""Drawn for each kind."""
FIRST = (9, 0, 0, 3, 0, 2, 7, 2, 5, 5, 0, 9, 5, 5, 7, 9)
"""The first labels of Fashion-MNIST's training set: a lesson that looks at them sees the same kinds."""
SCALE, SIDE = 3, 28
WARPED = 2000
"""Pictures that are made at a time."""
JITTER = 1.15
"""Standard deviation of a corner, in pixels."""
SHIFT, TURN, STRETCH, BEND = 0.9, 0.085, 0.075, 0.75
"""Of a picture: pixels, radians, factor, pixels."""
NOISE = 12.0

Corners = tuple[tuple[float, float], ...]
BODY: Corners = ((9, 4), (19, 4), (19, 25), (9, 25))
SHORT: Corners = ((9, 4), (19, 4), (25, 9), (22, 13), (19, 11), (19, 25), (9, 25), (9, 11), (6, 13), (3, 9))
LONG: Corners = (
    (9, 4),
    (19, 4),
    (24, 8),
    (26, 24),
    (22, 24),
    (20, 12),
    (20, 25),
    (8, 25),
    (8, 12),
    (6, 24),
    (2, 24),
    (4, 8),
)
OUTLINE: tuple[Corners, ...] = (
    SHORT,  # T-shirt/top
    ((9, 2), (19, 2), (20, 26), (15, 26), (14, 10), (13, 26), (8, 26)),  # Trouser
    LONG,  # Pullover
    ((11, 2), (17, 2), (17, 9), (20, 26), (8, 26), (11, 9)),  # Dress
    LONG,  # Coat
    ((2, 20), (26, 19), (26, 22), (2, 23)),  # Sandal
    LONG,  # Shirt
    ((2, 14), (8, 12), (14, 16), (25, 19), (26, 22), (2, 22)),  # Sneaker
    ((4, 11), (24, 11), (25, 25), (3, 25)),  # Bag
    ((7, 3), (14, 3), (14, 14), (25, 18), (26, 23), (7, 23)),  # Ankle boot
)


def outline(kind: int, dice: Generator) -> NDArray[np.float32]:
    """One garment of a kind, (28, 28), from 0 (nothing) to 1."""
    image = Image.new("L", (SIDE * SCALE, SIDE * SCALE))
    pen = ImageDraw.Draw(image)

    def at(x: float, y: float, spread: float = JITTER) -> tuple[float, float]:
        return (x + dice.normal(0, spread)) * SCALE, (y + dice.normal(0, spread)) * SCALE

    corners = OUTLINE[kind]
    if kind == 0 and dice.random() < 0.25:
        corners = BODY  # a top without sleeves
    elif kind == 6 and dice.random() < 0.35:
        corners = SHORT  # a shirt with short sleeves
    elif kind == 3 and dice.random() < 0.3:
        corners = LONG  # a dress with sleeves
    pen.polygon([at(x, y) for x, y in corners], fill=220)
    if kind == 4:  # it opens in front
        pen.line([at(14, 3, 0.6), at(14, 26, 0.6)], fill=60, width=SCALE)
    elif kind == 5:
        for x in (6.0, 12.0, 18.0):
            pen.line([at(x, 20, 0.8), at(x + 5, 11)], fill=220, width=int(1.5 * SCALE))
    elif kind == 6:  # buttons, and a collar
        for y in range(8, 24, 4):
            x, down = at(14, y, 0.4)
            pen.ellipse([x - SCALE, down - SCALE, x + SCALE, down + SCALE], fill=90)
        pen.polygon([at(11, 3, 0.6), at(14, 8, 0.6), at(17, 3, 0.6)], fill=70)
    elif kind == 7:
        pen.line([at(2, 22, 0.4), at(26, 22, 0.4)], fill=255, width=SCALE)
    elif kind == 8:
        x, down = at(9, 4)
        pen.arc([x, down, x + 10 * SCALE, down + 12 * SCALE], 180, 360, fill=220, width=SCALE)
    small = image.resize((SIDE, SIDE), Image.Resampling.BILINEAR)
    return np.asarray(small, dtype=np.float32) / np.float32(255)


def pictures(
    labels: NDArray[np.int64], outlines: int, dice: Generator, drew: Callable[[int], None] = lambda count: None
) -> NDArray[np.uint8]:
    """A picture for each label, (n, 28, 28) bytes. drew: is told how many there are already."""
    drawn = np.stack([[outline(kind, dice) for _ in range(outlines)] for kind in range(CLASSES)])
    chosen = drawn[labels, dice.integers(0, outlines, len(labels))]
    made = []
    for start in range(0, len(labels), WARPED):
        made.append(_warped(chosen[start : start + WARPED], dice))
        drew(min(start + WARPED, len(labels)))
    return np.concatenate(made)


def _warped(chosen: NDArray[np.float32], dice: Generator) -> NDArray[np.uint8]:
    """Moved, turned, stretched, bent, shaded, with noise: where each pixel comes from, looked up between pixels."""
    count = len(chosen)
    middle = (SIDE - 1) / 2
    down, across = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32) - middle

    def drawn(spread: float, mean: float = 0.0) -> NDArray[np.float32]:
        return dice.normal(mean, spread, (count, 1, 1)).astype(np.float32)

    angle = drawn(TURN)
    wide, high = np.exp(drawn(STRETCH)), np.exp(drawn(STRETCH))
    x = (np.cos(angle) * across - np.sin(angle) * down) * wide
    y = (np.sin(angle) * across + np.cos(angle) * down) * high
    x = x + drawn(BEND) * np.sin(down / 6 + drawn(2)) + drawn(SHIFT) + middle
    y = y + drawn(BEND) * np.sin(across / 6 + drawn(2)) + drawn(SHIFT) + middle
    found = _between(chosen, x, y)
    stripes = np.sin(down * (1.2 + 0.4 * drawn(1)) + drawn(3)) * np.clip(drawn(0.18), 0, 0.4)
    lit = np.clip(drawn(45, mean=165), 50, 250)
    seen = found * lit * (1 + stripes) + dice.normal(0, NOISE, found.shape).astype(np.float32) * (found > 0.05)
    return np.asarray(np.clip(seen, 0, 255), dtype=np.uint8)


def _between(images: NDArray[np.float32], x: NDArray[np.float32], y: NDArray[np.float32]) -> NDArray[np.float32]:
    """The values of images at places between their pixels, bilinear; outside there is nothing."""
    left, top = np.floor(x).astype(np.int32), np.floor(y).astype(np.int32)
    right_share, low_share = x - left, y - top
    padded = np.pad(images, ((0, 0), (1, 2), (1, 2)))
    inside = (left >= -1) & (left < SIDE) & (top >= -1) & (top < SIDE)
    left, top = np.clip(left, -1, SIDE - 1) + 1, np.clip(top, -1, SIDE - 1) + 1
    number = np.arange(len(images))[:, None, None]
    upper = padded[number, top, left] * (1 - right_share) + padded[number, top, left + 1] * right_share
    lower = padded[number, top + 1, left] * (1 - right_share) + padded[number, top + 1, left + 1] * right_share
    return np.asarray((upper * (1 - low_share) + lower * low_share) * inside, dtype=np.float32)


def labels(count: int, dice: Generator, first: tuple[int, ...] = ()) -> NDArray[np.int64]:
    """As many of each kind, in random order after the first ones."""
    left = np.repeat(np.arange(CLASSES), count // CLASSES)
    for kind in first:
        left = np.delete(left, np.argmax(left == kind))
    return np.concatenate([np.array(first, dtype=np.int64), dice.permutation(left)])


def make(folder: Path, train: int = TRAIN, test: int = TEST, progress: Progress = nobody) -> None:
    """Writes the four files below `folder`; the same ones each time."""
    for number, (count, outlines, first, names) in enumerate(
        ((train, OUTLINES, FIRST, IDX[:2]), (test, TEST_OUTLINES, (), IDX[2:]))
    ):
        dice = np.random.default_rng([28, number])
        kinds = labels(count, dice, first)

        def drew(pictures: int, before: int = number * train) -> None:
            progress(before + pictures, train + test)

        drawn = pictures(kinds, outlines, dice, drew)
        idx.write(folder / names[0], drawn)
        idx.write(folder / names[1], kinds.astype(np.uint8))


if __name__ == "__main__":
    make(Path(sys.argv[1]), progress=say)
