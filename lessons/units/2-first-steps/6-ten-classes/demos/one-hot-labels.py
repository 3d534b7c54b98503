"""The labels of a mini-batch, one-hot."""

from torch.nn.functional import one_hot
from torch.utils.data import DataLoader
from torchvision.datasets import FashionMNIST
from torchvision.transforms import PILToTensor

data = FashionMNIST("data", train=True, download=True, transform=PILToTensor())
images, labels = next(iter(DataLoader(data, batch_size=4)))
Yt = one_hot(labels, num_classes=10)
print(labels)
print(Yt, Yt.dtype)

_, others = next(iter(DataLoader(data, batch_size=4, shuffle=True)))
print("at random:", others)
print(one_hot(others, num_classes=10))
