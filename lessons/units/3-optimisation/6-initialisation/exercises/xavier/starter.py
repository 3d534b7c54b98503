"""Xavier's rule, and a network on two moons that begins by it."""

import torch
from torch import nn


def xavier_init_(model: nn.Module) -> None:
    """Initialises every linear layer of the model, in place."""
    raise NotImplementedError("write xavier_init_")


def train(X: torch.Tensor, Y: torch.Tensor) -> nn.Module:
    """A network, initialised by xavier_init_ and trained on the points X (n, 2) with labels Y (n,)."""
    raise NotImplementedError("write train")


def compare():
    """The cost after 100 and after 2000 steps, from both initialisations."""
    from sklearn.datasets import make_moons

    points, labels = make_moons(n_samples=200, noise=0.1, random_state=0)
    X, Y = torch.tensor(points).float(), torch.tensor(labels).float()[:, None]
    for seed in range(3):
        for name, initialise in (("PyTorch", lambda model: None), ("Xavier", xavier_init_)):
            torch.manual_seed(seed)
            model = nn.Sequential(
                nn.Linear(2, 10), nn.ReLU(), nn.Linear(10, 10), nn.ReLU(), nn.Linear(10, 1), nn.Sigmoid()
            )
            initialise(model)
            optimizer, costs = torch.optim.SGD(model.parameters(), lr=0.5), []
            for _ in range(2000):
                optimizer.zero_grad()
                cost = nn.functional.binary_cross_entropy(model(X), Y)
                cost.backward()
                optimizer.step()
                costs.append(cost.item())
            print(f"seed {seed}, {name}: {costs[99]:.3f} after 100 steps, {costs[-1]:.4f} after 2000")


if __name__ == "__main__":
    compare()
