"""Two moons and eight hidden layers: the cost after 500 steps, without normalisation layers and with them."""

import torch
from sklearn.datasets import make_moons
from torch import nn

points, labels = make_moons(n_samples=200, noise=0.1, random_state=0)
X, Y = torch.tensor(points).float(), torch.tensor(labels).float()[:, None]
X = (X - X.mean(dim=0)) / X.std(dim=0)


def cost_after(rate, normalised):
    torch.manual_seed(0)
    model = nn.Sequential()
    for inputs in [2] + 7 * [10]:
        model.append(nn.Linear(inputs, 10))
        model.append(nn.BatchNorm1d(10) if normalised else nn.Identity())
        model.append(nn.ReLU())
    model.append(nn.Linear(10, 1)).append(nn.Sigmoid())
    optimizer = torch.optim.SGD(model.parameters(), lr=rate)
    for _ in range(500):
        optimizer.zero_grad()
        cost = nn.functional.binary_cross_entropy(model(X), Y)
        cost.backward()
        optimizer.step()
    return cost.item()


costs = {rate: (cost_after(rate, False), cost_after(rate, True)) for rate in (0.1, 1, 3)}
for rate, (without, with_them) in costs.items():
    print(f"rate {rate}: cost {without:.4f} without, {with_them:.4f} with normalisation layers")
