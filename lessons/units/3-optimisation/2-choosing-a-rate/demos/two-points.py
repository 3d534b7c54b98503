"""The same descent with mini-batches of two points: thirty runs for each rate."""

import torch
from sklearn.datasets import make_blobs

X, Y = map(torch.tensor, make_blobs(n_samples=100, n_features=2, centers=2, random_state=1))


def gradients(w):
    """A row for each point."""
    return X * (torch.sigmoid(X @ w + 5) - Y)[:, None]


def cost(w):
    z = X @ w + 5
    return (torch.nn.functional.softplus(z) - Y * z).mean()


start = torch.tensor([1.4, 1.4], dtype=torch.float64)
first, second = torch.triu_indices(100, 100, offset=1)  # all pairs of points
pairs = (gradients(start)[first] + gradients(start)[second]) / 2
angles = torch.rad2deg(torch.acos(torch.cosine_similarity(pairs, gradients(start).mean(0)[None])))
print(f"angle to the full gradient: median {angles.median():.0f}, and above 60 degrees", end=" ")
print(f"for {100 * (angles > 60).double().mean():.1f} % of all pairs")

ends = {}
for rate in (0.01, 0.1, 0.3):
    costs = []
    for seed in range(30):
        torch.manual_seed(seed)
        w = start
        for _ in range(10):
            w = w - rate * gradients(w)[torch.randperm(100)[:2]].mean(0)
        costs.append(cost(w))
    ends[rate] = torch.stack(costs)
    low, middle, high = ends[rate].quantile(torch.tensor([0, 0.5, 1]).double())
    print(f"rate {rate:4}: cost after 10 steps {middle:.3f}, from {low:.3f} to {high:.3f}")
