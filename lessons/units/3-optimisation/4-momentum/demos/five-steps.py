"""Five steps on the stretched points: gradient descent, momentum and Adam, all with the rate 2."""

import torch
from sklearn.datasets import make_blobs
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

points, labels = make_blobs(n_samples=100, n_features=2, centers=2, random_state=1)
X, Y = torch.tensor(points), torch.tensor(labels).double()
X[:, 0] *= 2.5


def descend(make, steps=5):
    w = torch.tensor([1.4, 1.4], dtype=torch.float64, requires_grad=True)
    optimizer, path = make([w]), [w.tolist()]
    for _ in range(steps):
        optimizer.zero_grad()
        cross_entropy(X @ w + 5, Y).backward()
        optimizer.step()
        path.append(w.tolist())
    return path, cross_entropy(X @ w + 5, Y).item()


methods = {
    "plain": lambda w: torch.optim.SGD(w, lr=2),
    "momentum": lambda w: torch.optim.SGD(w, lr=2, momentum=0.9),
    "Adam": lambda w: torch.optim.Adam(w, lr=2, betas=(0.9, 0.99)),
}
costs = {}
for name, make in methods.items():
    path, costs[name] = descend(make)
    first = [round(new - old, 3) for new, old in zip(path[1], path[0], strict=True)]
    print(f"{name:9} first step {first}, cost after five {costs[name]:.3f}")
