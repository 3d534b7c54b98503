"""A new layer predicts at once, with random parameters. The same by hand."""

import torch
from sklearn.datasets import make_blobs

X, Y = map(torch.tensor, make_blobs(n_samples=100, n_features=2, centers=2, random_state=1))
x = X[0].float()

torch.manual_seed(0)
linear = torch.nn.Linear(2, 1)
sigmoid = torch.nn.Sigmoid()

y = sigmoid(linear(x))
print("prediction:", y)
print("weight:", linear.weight)
print("bias:  ", linear.bias)

w0, w1 = linear.weight[0]
z = w0 * x[0] + w1 * x[1] + linear.bias
print("by hand:", 1 / (1 + torch.exp(-z)))
