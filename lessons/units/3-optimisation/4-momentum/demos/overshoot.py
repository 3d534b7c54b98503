"""Ten steps over the stretched points' cost, without momentum and with it."""

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import make_blobs
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

points, labels = make_blobs(n_samples=100, n_features=2, centers=2, random_state=1)
X, Y = torch.tensor(points), torch.tensor(labels).double()
X[:, 0] *= 2.5

paths, costs = {}, {}
for name, beta in (("plain", 0), ("momentum", 0.9)):
    w = torch.tensor([1.4, 1.4], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=0.1, momentum=beta)
    path = [w.tolist()]
    for _ in range(10):
        optimizer.zero_grad()
        cross_entropy(X @ w + 5, Y).backward()
        optimizer.step()
        path.append(w.tolist())
    paths[name], costs[name] = path, cross_entropy(X @ w + 5, Y).item()
    print(f"{name}: cost {costs[name]:.3f}, w0 of the first steps", [round(w0, 2) for w0, _ in path[:7]])
    plt.plot(*zip(*path, strict=True), marker="o", label=name)
    for number in (0, 1, 2, 10):
        plt.text(*path[number], str(number))
plt.legend()
plt.show()
