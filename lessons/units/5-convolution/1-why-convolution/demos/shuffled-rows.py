"""Four garments, and the same garments with their rows in another order."""

import torch
import torchvision

from tutor import live

data = torchvision.datasets.FashionMNIST("data", train=True, download=True)
images = data.data[:4].reshape(4, 1, 28, 28)
mix = torch.tensor(
    [21, 6, 18, 0, 11, 23, 4, 12, 27, 9, 7, 13, 24, 3, 5, 16, 22, 8, 20, 26, 19, 14, 10, 17, 1, 25, 2, 15]
)
shuffled = images[:, :, mix, :]
print("the size stays", tuple(shuffled.shape), "and so does the sum:", bool(images.sum() == shuffled.sum()))
live.show(torch.cat([images, shuffled]))
