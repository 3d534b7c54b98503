"""The first sample of the training set: a pair of a picture and a label."""

from torchvision.datasets import FashionMNIST

data = FashionMNIST("data", train=True, download=True)
sample = data[0]
print(type(sample), "of length", len(sample))

image, label = sample
print("the picture:", image)
print("its mode:", image.mode, " its size:", image.size)
print("the label:", label, "which means", data.classes[label])
