"""A penalty of absolute values, and the number in front of it."""

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits

from tutor import live


def l1_penalty(model: nn.Module, lam: float) -> torch.Tensor:
    """lam times the sum of the absolute values of the weights of all linear layers."""
    raise NotImplementedError("write l1_penalty")


def choose(
    X: torch.Tensor, Y: torch.Tensor, X_val: torch.Tensor, Y_val: torch.Tensor, lams: list[float]
) -> tuple[float, nn.Linear, list[float]]:
    """The lambda with the lowest validation cost, its model, and the validation costs of all."""
    # live.log({"val/cost": ...}, step=...) draws what you like.
    raise NotImplementedError("write choose")


if __name__ == "__main__":
    import torchvision

    train, test = (torchvision.datasets.FashionMNIST("data", train=one, download=True) for one in (True, False))
    X, Y = train.data[:1000].flatten(start_dim=1) / 255, train.targets[:1000]
    others, truth = test.data.flatten(start_dim=1) / 255, test.targets
    for lam in (0, 1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 1e-2):
        torch.manual_seed(0)
        hidden = [nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU()]
        model = nn.Sequential(*hidden, nn.Linear(128, 10), nn.LogSoftmax(dim=1))
        optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
        for _ in range(80):
            for places in torch.randperm(1000).split(256):
                optimizer.zero_grad()
                cost = nn.functional.nll_loss(model(X[places]), Y[places])
                (cost + l1_penalty(model, lam)).backward()
                optimizer.step()
        with torch.no_grad():
            train_cost = nn.functional.nll_loss(model(X), Y)
            val_cost = nn.functional.nll_loss(model(others[:8000]), truth[:8000])
        print(f"lambda {lam:g}: training {train_cost:.3f}, validation {val_cost:.3f}")
