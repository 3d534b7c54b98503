"""Two moons and the same network, as PyTorch initialises it."""

import torch
from sklearn.datasets import make_moons
from torch import nn

points, labels = make_moons(n_samples=200, noise=0.1, random_state=0)
X, Y = torch.tensor(points).float(), torch.tensor(labels).float()[:, None]
results = []
for seed in (0, 1, 2):
    torch.manual_seed(seed)
    model = nn.Sequential(
        nn.Linear(2, 10), nn.ReLU(), nn.Linear(10, 10), nn.ReLU(), nn.Linear(10, 1), nn.Sigmoid()
    )
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    for _ in range(2000):
        optimizer.zero_grad()
        cost = nn.functional.binary_cross_entropy(model(X), Y)
        cost.backward()
        optimizer.step()
    accuracy = ((model(X) > 0.5) == Y).float().mean().item()
    results.append((cost.item(), accuracy))
    print(f"seed {seed}: cost {cost.item():.4f}, accuracy {accuracy:.3f}")
