"""The cost of the single neuron as a function of its two weights, with b = 5."""

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import make_blobs

X, Y = map(torch.tensor, make_blobs(n_samples=100, n_features=2, centers=2, random_state=1))


def cost(w):
    z = X @ w + 5
    return (torch.nn.functional.softplus(z) - Y * z).mean()


grid = torch.linspace(-2, 2, 50, dtype=torch.float64)
surface = torch.tensor([[cost(torch.stack([w0, w1])) for w0 in grid] for w1 in grid])
plt.clabel(plt.contour(grid, grid, surface, levels=[0.1, 0.5, 2, 5, 10, 15]))
plt.plot(1.4, 1.4, "o")
plt.xlabel("w0")
plt.ylabel("w1")
plt.show()

start = torch.tensor([1.4, 1.4], dtype=torch.float64, requires_grad=True)
cost(start).backward()
print(f"at (1.4, 1.4): cost {cost(start).item():.4f}, gradient ({start.grad[0]:.4f}, {start.grad[1]:.4f})")
