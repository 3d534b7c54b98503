"""Little PNG files with a table of labels; the names are shuffled, so that the table's order is not the folder's."""

import random
from pathlib import Path

from PIL import Image


def pngs(directory, count, seed):
    draw = random.Random(seed)
    numbers = draw.sample(range(1000), count)
    while numbers == sorted(numbers):
        draw.shuffle(numbers)
    rows = []
    for number in numbers:
        image = Image.frombytes("L", (28, 28), draw.randbytes(28 * 28))
        image.save(Path(directory) / f"{number:03d}.png")
        rows.append(f"{number:03d}.png,{draw.randrange(10)}\n")
    (Path(directory) / "labels.csv").write_text("".join(rows))


def one_missing(directory, count, seed):
    """As above, without the first picture of the table."""
    pngs(directory, count, seed)
    first = (Path(directory) / "labels.csv").read_text().split(",")[0]
    (Path(directory) / first).unlink()


def darker(image):
    return image // 2


def shifted(label):
    return label + 100
