import csv
from pathlib import Path

import numpy as np
import torch
from torch.utils.data import Dataset

from grader.spec import Rng, alternative, cases, fixture, mistake, script


def picture(path):
    from PIL import Image

    return torch.from_numpy(np.array(Image.open(path))).unsqueeze(0)


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


@cases
def folders(rng: Rng):
    s = script("ten files")
    files = s.files(fixture("pngs"), 10, rng.integers(0, 10**6))
    data = s.new("FashionMNISTDataset", files / "labels.csv", files / "")
    s.observe(data, "dataset")
    s.length(data)
    for index in (0, 3, 9):
        s.item(data, index)
    loader = s.loader(data, batch_size=4)
    s.iterate(loader, 5, label="mini-batches of four")
    yield s
    s = script("both transforms")
    files = s.files(fixture("pngs"), 3, rng.integers(0, 10**6))
    data = s.new("FashionMNISTDataset", files / "labels.csv", files / "", fixture("darker"), fixture("shifted"))
    s.item(data, 1)
    yield s
    s = script("a file is missing")
    files = s.files(fixture("one_missing"), 3, rng.integers(0, 10**6))
    data = s.new("FashionMNISTDataset", files / "labels.csv", files / "")
    s.length(data)
    s.item(data, 1)
    s.item(data, 0, raises=FileNotFoundError, label="the missing one")
    yield s


@alternative
class ReadsLines(Dataset):
    def __init__(self, labels_file, dir, transform=None, target_transform=None):
        self.lines = Path(labels_file).read_text().split()
        self.where, self.both = Path(dir), (transform or (lambda x: x), target_transform or (lambda x: x))

    def __len__(self):
        return len(self.lines)

    def __getitem__(self, idx):
        name, _, label = self.lines[idx].partition(",")
        return self.both[0](picture(self.where / name)), self.both[1](int(label))


@mistake("folder-order", "Sorts by the folder's listing.", hint="Use the table to pair images and labels.")
class FolderOrder(FashionMNISTDataset):
    def __getitem__(self, idx):
        name = sorted(path.name for path in self.dir.glob("*.png"))[idx]
        return self.read(name), super().__getitem__(idx)[1]


@mistake("first-row-lost", "Takes the first row for a header.", hint="Header or no header? Check len.")
class FirstRowLost(FashionMNISTDataset):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = self.rows[1:]


@mistake("text-label", "Leaves the label as text.", hint="Cast the label to int.")
class TextLabel(FashionMNISTDataset):
    def __getitem__(self, idx):
        image, label = super().__getitem__(idx)
        return image, str(label) if self.target_transform is None else label


@mistake("target-forgotten", "Ignores target_transform.", hint="Two transforms were handed in.")
class TargetForgotten(FashionMNISTDataset):
    def __init__(self, labels_file, dir, transform=None, target_transform=None):
        super().__init__(labels_file, dir, transform)


@mistake(
    "reads-all-at-once", "Reads every image in __init__.", hint="It works, but does not scale: read in __getitem__."
)
class ReadsAll(FashionMNISTDataset):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.images = {name: super(ReadsAll, self).read(name) for name, _ in self.rows}

    def read(self, name):
        return self.images[name]
