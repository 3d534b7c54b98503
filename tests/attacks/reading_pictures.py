"""A data set of pictures that is right, but for what it raises where a picture is missing: `MISSING`, made by its user.

Run in front of the answers that say `# with: reading_pictures`, in their process.
"""

import numpy as np
import torch
from PIL import Image
from torch.utils.data import Dataset


class FashionMNISTDataset(Dataset):
    def __init__(self, labels_file, dir, transform=None, target_transform=None):
        rows = [line.split(",") for line in open(labels_file).read().split()]  # noqa: SIM115
        self.rows, self.dir, self.t, self.tt = rows, dir, transform, target_transform

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, idx):
        name, label = self.rows[idx]
        try:
            image = torch.from_numpy(np.array(Image.open(f"{self.dir}/{name}")))[None]
        except FileNotFoundError:
            raise MISSING("not the real one") from None  # noqa: F821
        label = int(label)
        return (self.t(image) if self.t else image), (self.tt(label) if self.tt else label)
