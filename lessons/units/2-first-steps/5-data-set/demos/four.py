"""The first mini-batch of four, drawn in a grid, and the labels of the next twelve pictures."""

import matplotlib.pyplot as plt
from torch.utils.data import DataLoader
from torchvision.datasets import FashionMNIST
from torchvision.transforms import PILToTensor

data = FashionMNIST("data", train=True, download=True, transform=PILToTensor())
loader = DataLoader(data, batch_size=4)
batches = iter(loader)
images, labels = next(batches)

fig = plt.figure()
for i in range(4):
    cell = fig.add_subplot(2, 2, i + 1)  # cells are counted from 1
    cell.imshow(images[i].squeeze(), cmap="Greys")
    cell.set_title(data.classes[labels[i]])
    cell.axis("off")
plt.show()

following = [label for _ in range(3) for label in next(batches)[1].tolist()]
print("labels:", labels.tolist(), "and then", following)
