"""A layer of float32 and points of float64."""

import torch
from sklearn.datasets import make_blobs

X, Y = map(torch.tensor, make_blobs(n_samples=100, n_features=2, centers=2, random_state=1))
linear = torch.nn.Linear(2, 1)
print("the points:", X.dtype, " the weights:", linear.weight.dtype)

try:
    linear(X[0])
except RuntimeError as error:
    print("RuntimeError:", error)

print("points converted:", linear(X[0].float()).dtype)
print("layer converted: ", linear.double()(X[0]).dtype)
