"""A loader over pictures, and one over tensors."""

from torch.utils.data import DataLoader
from torchvision.datasets import FashionMNIST
from torchvision.transforms import PILToTensor

pictures = FashionMNIST("data", train=True, download=True)
try:
    next(iter(DataLoader(pictures, batch_size=4)))
except TypeError as error:
    print("TypeError:", error)

tensors = FashionMNIST("data", train=True, download=True, transform=PILToTensor())
images, labels = next(iter(DataLoader(tensors, batch_size=4)))
print("pictures:", images.shape, " labels:", labels.shape)
