"""Through the whole training set, mini-batch by mini-batch."""

import time

from torch.utils.data import DataLoader
from torchvision.datasets import FashionMNIST
from torchvision.transforms import PILToTensor

data = FashionMNIST("data", train=True, download=True, transform=PILToTensor())

lengths = {size: len(DataLoader(data, batch_size=size)) for size in (4, 64, 256)}
rest = {size: len(data) - size * (length - 1) for size, length in lengths.items()}
for size in lengths:
    print(f"{lengths[size]:5} mini-batches of {size}, and {rest[size]} pictures in the last one")

for imgs, labels in DataLoader(data, batch_size=4):
    print("the first four:", imgs.shape, labels)
    break

start, seen = time.perf_counter(), 0
for number, (imgs, labels) in enumerate(DataLoader(data, batch_size=256)):
    seen += len(imgs)
    if number % 60 == 0:
        print("number", number, "has", len(imgs), "pictures")
print("number", number, "has", len(imgs), "pictures")
print(f"{seen} pictures in {time.perf_counter() - start:.1f} seconds")
