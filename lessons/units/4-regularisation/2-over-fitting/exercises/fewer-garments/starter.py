"""The best moment to stop, with many samples and with a tenth of them."""

import torch
from torch import nn

from tutor import live


def random_subset(X: torch.Tensor, Y: torch.Tensor, n: int, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """n of the samples, at random and with their labels."""
    raise NotImplementedError("write random_subset")


def stopping_point(costs: list[float], n: int, batch_size: int) -> dict[str, float]:
    """The best "epoch", counted from 1, the "updates" made until its end, and its "cost"."""
    raise NotImplementedError("write stopping_point")


if __name__ == "__main__":
    import torchvision

    train, test = (torchvision.datasets.FashionMNIST("data", train=one, download=True) for one in (True, False))
    images, labels = train.data.flatten(start_dim=1) / 255, train.targets
    x, y = random_subset(test.data.flatten(start_dim=1) / 255, test.targets, 8000, 0)
    for n, epochs in ((5000, 20), (500, 40)):
        X, Y = random_subset(images, labels, n, 0)
        torch.manual_seed(0)
        hidden = [nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU()]
        model = nn.Sequential(*hidden, nn.Linear(128, 10), nn.LogSoftmax(dim=1))
        optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
        costs = []
        for _ in range(epochs):
            for places in torch.randperm(n).split(50):
                optimizer.zero_grad()
                nn.functional.nll_loss(model(X[places]), Y[places]).backward()
                optimizer.step()
            with torch.no_grad():
                costs.append(nn.functional.nll_loss(model(x), y).item())
            live.log({f"{n} garments": costs[-1]}, step=len(costs))
        print(f"{n} garments:", stopping_point(costs, n, 50), f"at the end {costs[-1]:.3f}")
