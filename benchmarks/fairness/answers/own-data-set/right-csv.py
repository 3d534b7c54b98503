# right
# part: dataset
import csv

import torch
from PIL import Image
from torch.utils.data import Dataset
from torchvision.transforms import PILToTensor


class FashionMNISTDataset(Dataset):
    def __init__(self, labels_file, dir, transform=None, target_transform=None):
        self.rows, self.dir = list(csv.reader(open(labels_file))), dir
        self.transform, self.target_transform = transform, target_transform

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, idx):
        name, label = self.rows[idx][0], int(self.rows[idx][1])
        image = PILToTensor()(Image.open(f"{self.dir}/{name}"))
        if self.transform:
            image = self.transform(image)
        if self.target_transform:
            label = self.target_transform(label)
        return image, label
