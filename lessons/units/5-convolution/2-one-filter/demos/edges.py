"""Where the boot becomes lighter or darker from left to right; and what happens to uint8."""

import matplotlib.pyplot as plt
import torch
import torchvision

pixels = torchvision.datasets.FashionMNIST("data", train=True, download=True).data[0]
boot = pixels.float()
edges = boot.diff(dim=1)
print(tuple(edges.shape), f"sum {edges.sum():g}, from {edges.min():g} to {edges.max():g}, zero {(edges == 0).float().mean():.1%}")
wrapped = pixels.diff(dim=1)
print("the same in uint8: from", wrapped.min().item(), "to", wrapped.max().item(), "and sum", wrapped.sum().item())
plt.imshow(edges, cmap="Greys")
plt.show()
