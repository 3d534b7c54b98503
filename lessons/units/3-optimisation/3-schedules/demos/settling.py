"""Ten epochs on the eggholder at a rate that is too large, constant and decaying."""

import matplotlib.pyplot as plt
import torch
from torch.optim.lr_scheduler import ExponentialLR


def eggholder(w):
    x, y = w
    return -(y + 47) * torch.sin((y + x / 2 + 47).abs().sqrt()) - x * torch.sin((x - y - 47).abs().sqrt())


def experiment(alpha=5.0, start=(300.0, 135.0), decay=True, epochs=10):
    w = torch.tensor(start, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=alpha)
    scheduler = ExponentialLR(optimizer, gamma=0.9 if decay else 1.0)
    history = torch.empty(epochs + 1, 2)
    history[0] = w.detach()
    for epoch in range(epochs):
        optimizer.zero_grad()
        eggholder(w).backward()
        optimizer.step()
        scheduler.step()
        history[epoch + 1] = w.detach()
    return history


for name, decay in (("decaying", True), ("constant", False)):
    path = experiment(decay=decay)
    print(f"{name}: f = {eggholder(path[-1]):7.2f}, last step {(path[-1] - path[-2]).norm():5.2f}")
    plt.plot(*path.T, label=name, marker="o")
    plt.text(*path[-1], "10")
plt.legend()
plt.show()
