"""The direction of the gradient on a grid of weights: stretched points, and the same points standardised."""

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import make_blobs
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

points, labels = make_blobs(n_samples=100, n_features=2, centers=2, random_state=1)
Y = torch.tensor(labels).double()
stretched = torch.tensor(points) * torch.tensor([2.5, 1.0])
standard = (stretched - stretched.mean(dim=0)) / stretched.std(dim=0)

line = torch.linspace(-2, 2, 21, dtype=torch.float64)
panels, spreads = plt.subplots(1, 2)[1], []
for panel, X in zip(panels, (stretched, standard), strict=True):
    heights = [[cross_entropy(X @ torch.stack([u, v]) + 5, Y).item() for u in line] for v in line]
    panel.contour(line, line, heights, levels=8)
    w = torch.cartesian_prod(line, line).requires_grad_()
    cross_entropy(w @ X.T + 5, Y.expand(len(w), -1), reduction="sum").backward()
    angles = torch.atan2(w.grad[:, 1], w.grad[:, 0]).rad2deg()
    spreads.append(angles.std().item())
plt.show()
print(f"standard deviation of the direction: {spreads[0]:.0f} degrees, and {spreads[1]:.2f} when standardised")

w = torch.tensor([1.4, 1.4], dtype=torch.float64, requires_grad=True)
C = cross_entropy(standard @ w + 5, Y)
C.backward()
print(f"at (1.4, 1.4): cost {C.item():.4f}, gradient ({w.grad[0]:.4f}, {w.grad[1]:.4f})")
