"""The first picture, drawn."""

import matplotlib.pyplot as plt
import torch
from torchvision.datasets import FashionMNIST
from torchvision.transforms import PILToTensor

data = FashionMNIST("data", train=True, download=True, transform=PILToTensor())
image, label = data[0]
matrix = torch.squeeze(image)

plt.imshow(matrix, cmap="Greys")
plt.title(data.classes[label])
plt.show()
