"""The boot is blurred: the window slides over it, row by row."""

import matplotlib.pyplot as plt
import torch
import torchvision

boot = torchvision.datasets.FashionMNIST("data", train=True, download=True).data[0].float()
K = torch.tensor([[1.0, 2, 1], [2, 4, 2], [1, 2, 1]]) / 16
blurred = torch.zeros(26, 26)
for row in range(26):
    for column in range(26):
        blurred[row, column] = torch.dot(boot[row : row + 3, column : column + 3].flatten(), K.flatten())
    if row in (8, 16, 25):
        plt.imshow(blurred, cmap="Greys")
        plt.title(f"after {row + 1} rows")
        plt.pause(0.5)
print(f"sum {blurred.sum():.2f}, from {blurred.min():g} to {blurred.max():g}")
