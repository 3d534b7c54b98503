"""The gradient of the cost, by automatic differentiation."""

import torch
from sklearn.datasets import make_blobs

X, Y = map(torch.tensor, make_blobs(n_samples=100, n_features=2, centers=2, random_state=1))
linear, sigmoid = torch.nn.Linear(2, 1).double(), torch.nn.Sigmoid()
with torch.no_grad():
    linear.weight[:] = torch.tensor([[1.0, -1.0]])
    linear.bias[:] = 5.5

y = torch.squeeze(sigmoid(linear(X)))
C = -(Y * torch.log(y) + (1 - Y) * torch.log(1 - y)).mean()
C.backward()
print(linear.weight.grad)
print(linear.bias.grad)
