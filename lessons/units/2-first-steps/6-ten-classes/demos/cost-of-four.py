"""The cost of four pictures, by the formula and by PyTorch's function, for a network that has learnt nothing."""

import torch
from torch import nn
from torch.utils.data import DataLoader
from torchvision.datasets import FashionMNIST
from torchvision.transforms import Compose, ConvertImageDtype, PILToTensor

pixels = Compose([PILToTensor(), ConvertImageDtype(torch.float32)])
data = FashionMNIST("data", train=True, download=True, transform=pixels)
images, labels = next(iter(DataLoader(data, batch_size=4)))

torch.manual_seed(0)
z, y = nn.Linear(784, 10), nn.Softmax(dim=1)
with torch.no_grad():
    Z = z(images.flatten(start_dim=1))
    Y = y(Z)
    Yt = nn.functional.one_hot(labels, num_classes=10)
    H = -(Yt * torch.log(Y)).sum(1)

for n in range(4):
    k = labels[n]
    print(f"{data.classes[k]:12} gets {Y[n, k]:.4f}, which costs {H[n]:.4f}")
cost = H.mean()
short = nn.functional.cross_entropy(Z, labels)  # softmax, logarithm and mean in one: it takes the sums
print("cost:", cost.item(), " by cross_entropy:", short.item())
