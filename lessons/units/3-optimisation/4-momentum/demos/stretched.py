"""The hundred points with a stretched feature, and the cost as a function of the two weights."""

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import make_blobs
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

points, labels = make_blobs(n_samples=100, n_features=2, centers=2, random_state=1)
X, Y = torch.tensor(points), torch.tensor(labels).double()
X[:, 0] *= 2.5


def cost(w):
    return cross_entropy(X @ w + 5, Y)


left, right = plt.subplots(1, 2)[1]
left.scatter(*X.T, c=Y)
line = torch.linspace(-2, 2, 41, dtype=torch.float64)
heights = [[cost(torch.stack([u, v])).item() for u in line] for v in line]
right.contour(line, line, heights, levels=8)
plt.show()

w = torch.tensor([1.4, 1.4], dtype=torch.float64, requires_grad=True)
C = cost(w)
C.backward()
print(f"at (1.4, 1.4): cost {C.item():.3f}, gradient ({w.grad[0]:.3f}, {w.grad[1]:.3f})")
print(f"x0 from {X[:, 0].min():.1f} to {X[:, 0].max():.1f}, x1 from {X[:, 1].min():.1f} to {X[:, 1].max():.1f}")
