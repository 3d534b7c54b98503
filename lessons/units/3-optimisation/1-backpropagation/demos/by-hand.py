"""The whole way back with every Jacobian as a matrix, beside what backward() finds."""

import torch
from torch import nn

torch.manual_seed(0)
first, second = nn.Linear(784, 20).double(), nn.Linear(20, 10).double()
X, true_class = torch.rand(784).double(), 3
Z1 = first(X)
Y1 = torch.relu(Z1)
log_Y2 = torch.log_softmax(second(Y1), dim=0)
(-log_Y2[true_class]).backward()

with torch.no_grad():
    g = torch.zeros(10).double()
    g[true_class] = -1  # the derivative with respect to the logarithms
    g = g @ (torch.eye(10).double() - log_Y2.exp())  # Jacobian of LogSoftmax, 10 x 10
    found = {"W2": g[:, None] * Y1, "b2": g}
    g = g @ second.weight  # Jacobian of the second layer, 10 x 20
    g = g @ torch.diag(torch.where(Z1 > 0, 1.0, 0.0).double())  # of the ReLU, 20 x 20
    found |= {"W1": g[:, None] * X, "b1": g}

theirs = {"W2": second.weight, "b2": second.bias, "W1": first.weight, "b1": first.bias}
differences = [(theirs[name].grad - mine).abs().max().item() for name, mine in found.items()]
for name, difference in zip(found, differences, strict=True):
    print(f"d{name}: largest difference {difference:.1e}")
