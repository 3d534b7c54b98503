"""A data set over a directory of PNG files: the table is read at once, each picture when it is asked for."""

import csv
import re
import zlib
from pathlib import Path

import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset

from grader.spec import Finding, Rng, alternative, cases, check, edit, fixture, mistake, script


def picture(path):
    """The bytes of a PNG file in grey, (1, height, width): https://www.w3.org/TR/png-3, chapters 5 and 9."""
    data = Path(path).read_bytes()
    width, height = (int.from_bytes(data[start : start + 4], "big") for start in (16, 20))
    packed, place = b"", 8
    while place < len(data):
        size, kind = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8]
        if kind == b"IDAT":
            packed += data[place + 8 : place + 8 + size]
        place += size + 12
    lines = zlib.decompress(packed)
    above, rows = bytearray(width), []
    for start in range(0, (width + 1) * height, width + 1):
        row = bytearray(lines[start + 1 : start + 1 + width])
        unfilter(lines[start], row, above)
        rows.append(row)
        above = row
    return torch.tensor(np.array([list(row) for row in rows], dtype=np.uint8)).unsqueeze(0)


def unfilter(kind, row, above):
    """Adds to each byte what the filter has subtracted from it: of the bytes to the left, above, and left above."""
    for i in range(len(row)):
        left, corner = (row[i - 1], above[i - 1]) if i else (0, 0)
        up = above[i]
        nearest = min((left, up, corner), key=lambda one: abs(left + up - corner - one))
        row[i] = (row[i] + (0, left, up, (left + up) // 2, nearest)[kind]) % 256


class FashionMNISTDataset(Dataset):
    def __init__(self, labels_file, dir, transform=None, target_transform=None):
        with open(labels_file) as file:
            self.rows = [(name, int(label)) for name, label in csv.reader(file)]
        self.dir, self.transform, self.target_transform = Path(dir), transform, target_transform

    def __len__(self):
        return len(self.rows)

    def read(self, name):
        return picture(self.dir / name)

    def __getitem__(self, idx):
        name, label = self.rows[idx]
        image = self.read(name)
        if self.transform:
            image = self.transform(image)
        if self.target_transform:
            label = self.target_transform(label)
        return image, label


def first_four(labels_file, dir):
    images, labels = next(iter(DataLoader(FashionMNISTDataset(labels_file, dir), batch_size=4)))
    return images, labels


@cases("dataset")
def folders(rng: Rng):
    s = script("ten files")
    files = s.files(fixture("pngs"), 10, rng.integers(0, 10**6))
    data = s.new("FashionMNISTDataset", files / "labels.csv", files / "")
    s.observe(data, "dataset")
    s.length(data)
    for index in (0, 3, 9):
        s.item(data, index)
    s.iterate(s.loader(data, batch_size=4), 5, label="mini-batches of four")
    yield s
    for label, transforms in (
        ("both transforms", {"transform": fixture("darker"), "target_transform": fixture("shifted")}),
        ("a transform of the picture", {"transform": fixture("darker")}),
        ("a transform of the label", {"target_transform": fixture("shifted")}),
    ):
        s = script(label)
        files = s.files(fixture("pngs"), 3, rng.integers(0, 10**6))
        data = s.new("FashionMNISTDataset", files / "labels.csv", files / "", **transforms)
        s.item(data, 1)
        yield s
    s = script("a picture is missing")
    files = s.files(fixture("one_missing"), 3, rng.integers(0, 10**6))
    data = s.new("FashionMNISTDataset", files / "labels.csv", files / "")
    s.length(data)
    s.item(data, 1)
    s.item(data, 0, raises=OSError, label="the missing one")
    yield s


@cases("drawn")
def grids(rng: Rng):
    for count in (4, 7):
        s = script(f"{count} files")
        files = s.files(fixture("pngs"), count, rng.integers(0, 10**6))
        s.call("first_four", files / "labels.csv", files / "", label="mini-batch", compare=False)
        yield s


@check("the first four of the table, with their labels", part="drawn")
def four(got, ref, inputs):
    pair = got["mini-batch"]
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        return Finding("A pair of pictures and labels is expected.", "no-pair", hint="Return both at the end.")
    for name, mine, right in zip(("pictures", "labels"), pair, ref["mini-batch"], strict=True):
        if not isinstance(mine, torch.Tensor) or mine.shape != right.shape:
            size = tuple(mine.shape) if isinstance(mine, torch.Tensor) else type(mine).__name__
            return Finding(f"The {name} have the wrong size.", "sizes", expected=str(tuple(right.shape)), got=str(size))
        if not torch.equal(mine.double(), right.double()):
            return Finding(
                f"These are not the {name} of the first four samples.",
                "others",
                hint="Not shuffled: in the table's order.",
            )
    return None


# --- the class ----------------------------------------------------------------------------------------------------


@alternative(part="dataset")
class SplitsLines(Dataset):
    def __init__(self, labels_file, dir, transform=None, target_transform=None):
        self.lines = Path(labels_file).read_text().split()
        self.where, self.both = Path(dir), (transform or (lambda x: x), target_transform or (lambda x: x))

    def __len__(self):
        return len(self.lines)

    def __getitem__(self, idx):
        name, _, label = self.lines[idx].partition(",")
        return self.both[0](picture(self.where / name)), self.both[1](int(label))


@alternative(part="dataset")
class WithNumPy(Dataset):
    def __init__(self, labels_file, dir, transform=None, target_transform=None):
        table = np.loadtxt(labels_file, delimiter=",", dtype=str, ndmin=2)
        self.names, self.labels = table[:, 0], table[:, 1].astype(int)
        self.dir, self.transform, self.target_transform = dir, transform, target_transform

    def __len__(self):
        return self.names.shape[0]

    def __getitem__(self, idx):
        image, label = picture(f"{self.dir}/{self.names[idx]}"), self.labels[idx].item()
        image = image if self.transform is None else self.transform(image)
        return image, label if self.target_transform is None else self.target_transform(label)


@alternative(part="dataset")
class TwoLists(torch.utils.data.Dataset):
    def __init__(self, labels_file, dir, transform=None, target_transform=None):
        super().__init__()
        self.paths, self.labels = [], []
        with open(labels_file, newline="") as file:
            for line in file:
                name, label = line.strip().split(",")
                self.paths.append(Path(dir, name))
                self.labels.append(int(label))
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, idx):
        image = picture(self.paths[idx])
        label = self.labels[idx]
        if self.transform is not None:
            image = self.transform(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return (image, label)


@alternative(part="dataset")
class TableByNumber(Dataset):
    def __init__(self, labels_file, dir, transform=None, target_transform=None):
        with open(labels_file) as file:
            self.table = {i: row for i, row in enumerate(csv.DictReader(file, fieldnames=["name", "label"]))}
        self.dir, self.transforms = dir, [transform, target_transform]

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        row = self.table[idx]
        sample = [picture(Path(self.dir).joinpath(row["name"])), int(row["label"])]
        return tuple(
            one if change is None else change(one) for one, change in zip(sample, self.transforms, strict=True)
        )


@alternative(part="dataset")
class RemembersPictures(FashionMNISTDataset):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kept = {}

    def read(self, name):
        if name not in self.kept:
            self.kept[name] = super().read(name)
        return self.kept[name].clone()


edit(
    "picture-left",
    "Returns pictures as PIL has them.",
    hint="A loader can only stack tensors: batch must contain tensors. Convert in __getitem__, with PILToTensor.",
    part="dataset",
    replace=("picture(self.dir / name)", "Opened()"),
    when=lambda got, ref, inputs: (
        not isinstance(first_of(got), torch.Tensor)
        and re.search("^$|could not be sent|must contain tensors", inputs["raised"]) is not None
    ),
)


class Opened:
    """In the place of a picture that is no tensor."""

    size, mode = (28, 28), "L"


def first_of(got):
    """The picture of the first sample that was looked at."""
    return got["[0]" if "[0]" in got else "[1]"][0]


@mistake(
    "folder-order",
    "Pairs the labels with the directory's listing.",
    hint="The directory has an order of its own. Use the table to pair images and labels: it has the names.",
    part="dataset",
)
class FolderOrder(FashionMNISTDataset):
    def __getitem__(self, idx):
        name = sorted(path.name for path in self.dir.glob("*.png"))[idx]
        image = self.read(name)
        label = self.rows[idx][1]
        image = self.transform(image) if self.transform else image
        return image, self.target_transform(label) if self.target_transform else label


edit(
    "first-row-lost",
    "Takes the first line for a header.",
    hint="One sample is missing. Header or no header? Check len.",
    part="dataset",
    replace=("csv.reader(file)]", "csv.reader(file)][1:]"),
)
edit(
    "text-label",
    "Leaves the label as a string.",
    hint="What comes from a file is a string. Cast the label to int.",
    part="dataset",
    replace=("int(label)", "label"),
    when=lambda got, ref, inputs: isinstance(got["[0]"][1], str),
)


@mistake(
    "reads-all-at-once",
    "Reads every picture in __init__.",
    hint="It works, but does not scale to millions of pictures. Read in __getitem__.",
    part="dataset",
)
class ReadsAll(FashionMNISTDataset):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.images = {name: picture(self.dir / name) for name, _ in self.rows}

    def read(self, name):
        return self.images[name]


edit(
    "target-transform-ignored",
    "Ignores target_transform.",
    hint="Two transforms can be passed. What happens to the label?",
    part="dataset",
    replace=("Path(dir), transform, target_transform", "Path(dir), transform, None"),
)
edit(
    "transform-ignored",
    "Ignores transform.",
    hint="Two transforms can be passed. What happens to the picture?",
    part="dataset",
    replace=("Path(dir), transform", "Path(dir), None"),
)


@mistake(
    "label-transformed-by-transform",
    "Applies the transform of the picture to the label too.",
    hint="`transform` is for the picture and `target_transform` for the label.",
    part="dataset",
)
class WrongElement(FashionMNISTDataset):
    def __getitem__(self, idx):
        image, label = super().__getitem__(idx)
        return image, self.transform(label) if self.transform else label


@mistake(
    "transforms-as-a-pair",
    "Applies a transform only if both are there.",
    hint="Either transform may be missing on its own: check each one.",
    part="dataset",
)
class AsAPair(FashionMNISTDataset):
    def __init__(self, labels_file, dir, transform=None, target_transform=None):
        both = (transform, target_transform) if transform and target_transform else (None, None)
        super().__init__(labels_file, dir, *both)


edit(
    "transform-twice",
    "Applies transform twice.",
    hint="The picture has been transformed twice. Once is enough.",
    part="dataset",
    replace=("self.transform(image)", "self.transform(self.transform(image))"),
)
edit(
    "converted-to-floats",
    "Converts the bytes to floats.",
    hint="Leave the bytes as they are: anyone who wants floats can pass a transform.",
    part="dataset",
    replace=("picture(self.dir / name)", "picture(self.dir / name) / 255"),
)
edit(
    "matrix",
    "Removes the dimension of the colours.",
    hint="PILToTensor gives (1, 28, 28), and so should you. Squeeze only to draw.",
    part="dataset",
    replace=("picture(self.dir / name)", "picture(self.dir / name).squeeze()"),
)
edit(
    "not-derived",
    "Is not derived from Dataset.",
    hint="The class works, but nothing says what it is: derive it, `class FashionMNISTDataset(Dataset)`.",
    part="dataset",
    replace=("(Dataset)", ""),
)


@mistake(
    "ready-made",
    "Is derived from the ready-made data set.",
    hint="Not from FashionMNIST: derive from Dataset, and read the files of the directory that is passed.",
    part="dataset",
)
class ReadyMade(FashionMNISTDataset):
    def __init__(self, *args, **kwargs):
        raise RuntimeError("Dataset not found. You can use download=True to download it")


# --- loaded and drawn ---------------------------------------------------------------------------------------------


@alternative(part="drawn")
def in_a_loop(labels_file, dir):
    for images, labels in DataLoader(FashionMNISTDataset(labels_file, dir), 4, shuffle=False):
        return images, labels


@alternative(part="drawn")
def as_the_loader_gives_it(labels_file, dir):
    return next(iter(DataLoader(FashionMNISTDataset(labels_file, dir), batch_size=4)))
