"""A valley that is a hundred times as steep in one direction as in the other."""

import matplotlib.pyplot as plt
import torch

methods = {
    "plain": lambda w: torch.optim.SGD(w, lr=0.019),
    "momentum": lambda w: torch.optim.SGD(w, lr=0.01, momentum=0.9),
    "Adam": lambda w: torch.optim.Adam(w, lr=0.1),
}
costs, paths = {}, {}
for name, make in methods.items():
    w = torch.tensor([1.0, 1.0], dtype=torch.float64, requires_grad=True)
    optimizer, path = make([w]), [w.tolist()]
    for _ in range(100):
        optimizer.zero_grad()
        C = (100 * w[0] ** 2 + w[1] ** 2) / 2
        C.backward()
        optimizer.step()
        path.append(w.tolist())
    costs[name], paths[name] = (100 * w[0] ** 2 + w[1] ** 2).item() / 2, path
    print(f"{name:9} cost after 100 steps: {costs[name]:.1e}")
    plt.plot(*zip(*path[:20], strict=True), marker="o", label=name)
plt.legend()
plt.show()
apart = max(abs(w0 - w1) for w0, w1 in paths["Adam"])
print(f"Adam: w0 and w1 are never further apart than {apart:.3f}")
