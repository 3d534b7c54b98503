"""Tries to pass with an exception of its own that is called OSError."""
# exercise: own-data-set.dataset
# ends: failed error

import numpy as np
import torch
from PIL import Image
from torch.utils.data import Dataset


class OSError(Exception):
    pass


class FashionMNISTDataset(Dataset):
    def __init__(self, labels_file, dir, transform=None, target_transform=None):
        rows = [line.split(",") for line in open(labels_file).read().split()]
        self.rows, self.dir, self.t, self.tt = rows, dir, transform, target_transform

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, idx):
        name, label = self.rows[idx]
        try:
            image = torch.from_numpy(np.array(Image.open(f"{self.dir}/{name}")))[None]
        except FileNotFoundError:
            raise OSError("not the real one")
        label = int(label)
        return (self.t(image) if self.t else image), (self.tt(label) if self.tt else label)
