"""Rows put one after the other; and the pictures of a mini-batch, each by itself."""

import torch

A = torch.arange(10).reshape(2, 5)
a = A.flatten()
print(A, A.size())
print(a, a.size())

images = torch.zeros(4, 1, 28, 28)  # a mini-batch of four pictures
print("everything in one vector:  ", images.flatten().size())
print("a vector for each picture: ", images.flatten(start_dim=1).size())
