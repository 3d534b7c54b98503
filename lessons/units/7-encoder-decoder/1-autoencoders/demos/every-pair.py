"""Two labelled points, the line halfway between them, and the line halfway between their codes."""

import matplotlib.pyplot as plt
import numpy as np
import torch

draw = np.random.default_rng(0)
x0 = np.concatenate([draw.normal(0, 1, 50), draw.normal(10, 1, 50)])
X = torch.tensor(np.stack([x0, draw.normal(0, 4, 100)], axis=1))
Y = torch.arange(100) >= 50
along = torch.linalg.eigh(torch.cov(X.T)).eigenvectors[:, 1:]  # the best encoder's direction

shares = {}
for name, F in (("point", X), ("code", X @ along)):
    w, b = F[:50].repeat_interleave(50, dim=0), F[50:].repeat(50, 1)  # every pair of a white and a black point
    black = ((F[:, None] - (w + b) / 2) * (b - w)).sum(dim=2) > 0
    shares[name] = ((black == Y[:, None]).sum(dim=0) - 2) / 98  # the two themselves do not count
    print(f"halfway by {name}: mean {shares[name].mean():.3f}, worst pair {shares[name].min():.3f}")

worst = shares["point"].argmin().item()
pair = X[[worst // 50, 50 + worst % 50]]
plt.scatter(X[:, 0], X[:, 1], c=Y, cmap="Greys", edgecolor="black")
plt.scatter(pair[:, 0], pair[:, 1], c="red", marker="s", label="worst pair")
x1 = torch.linspace(-8, 8, 50)
for name, d in (("point", pair[1] - pair[0]), ("code", along[:, 0])):
    line = pair[:, 0].mean() - d[1] / d[0] * (x1 - pair[:, 1].mean())
    seen = (line > -4) & (line < 14)
    plt.plot(line[seen], x1[seen], label=f"halfway by {name}")
plt.legend()
plt.show()
