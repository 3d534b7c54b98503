"""The cost of all points in one line, with and without a bug."""

import torch
from sklearn.datasets import make_blobs

X, Y = map(torch.tensor, make_blobs(n_samples=100, n_features=2, centers=2, random_state=1))
linear, sigmoid = torch.nn.Linear(2, 1).double(), torch.nn.Sigmoid()
with torch.no_grad():
    linear.weight[:] = torch.tensor([[1.0, -1.0]])
    linear.bias[:] = 5.5

column = sigmoid(linear(X))
y = column.squeeze()
print("the layer gives", column.shape, "and squeezed it is", y.shape, "like the labels,", Y.shape)

cost = -(Y * torch.log(y) + (1 - Y) * torch.log(1 - y)).sum() / 100
print("cost:", cost)

terms = Y * torch.log(column) + (1 - Y) * torch.log(1 - column)
wrong = -terms.sum() / 100
print("without squeeze:", wrong, "from terms of size", terms.shape)
print("every term of the sum is negative:", bool((Y * torch.log(y) + (1 - Y) * torch.log(1 - y) < 0).all()))
