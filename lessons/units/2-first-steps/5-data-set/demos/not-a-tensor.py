"""A loader over pictures, and one over tensors."""

from torch.utils.data import DataLoader
from torchvision.datasets import FashionMNIST
from torchvision.transforms import PILToTensor

from tutor import live

pictures = FashionMNIST("data", train=True, download=True)
try:
    next(iter(DataLoader(pictures, batch_size=4)))
    raised = ""
except TypeError as error:
    raised = type(error).__name__
    print(raised, error, sep=": ")

tensors = FashionMNIST("data", train=True, download=True, transform=PILToTensor())
images, labels = next(iter(DataLoader(tensors, batch_size=4)))
print("pictures:", images.shape, " labels:", labels.shape)

live.log({"raised": raised, "pictures": list(images.shape), "labels": list(labels.shape)})
