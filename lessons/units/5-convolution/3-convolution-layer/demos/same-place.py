"""One place of the window, for all pictures of a mini-batch."""

import torch

torch.manual_seed(0)
batch = torch.rand(512, 28, 28)
kernel = torch.rand(3, 3)
windows = batch[:, 10:13, 4:7]
products = windows * kernel
print("windows", tuple(windows.shape), "times", tuple(kernel.shape), "are", tuple(products.shape))
numbers = products.flatten(start_dim=1).sum(dim=1)
print("a number for each picture:", tuple(numbers.shape))
