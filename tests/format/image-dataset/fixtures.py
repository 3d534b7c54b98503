"""Little PNG files with a table of labels; the names are shuffled, so that the table's order is not the folder's."""

import random
from pathlib import Path

import numpy as np
from PIL import Image

calls = []


def pngs(directory, count, seed):
    draw = random.Random(seed)
    names = [f"{number:03d}.png" for number in draw.sample(range(1000), count)]
    rows = []
    for name in names:
        pixels = np.array([[draw.randrange(256) for _ in range(28)] for _ in range(28)], dtype=np.uint8)
        Image.fromarray(pixels, mode="L").save(Path(directory) / name)
        rows.append(f"{name},{draw.randrange(10)}")
    (Path(directory) / "labels.csv").write_text("\n".join(rows) + "\n")


def one_missing(directory, count, seed):
    pngs(directory, count, seed)
    first = (Path(directory) / "labels.csv").read_text().split(",")[0]
    (Path(directory) / first).unlink()


def darker(image):
    return image // 2


def shifted(label):
    return label + 100
