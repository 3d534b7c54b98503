"""What the numbers in a deep network are like, layer by layer."""

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import make_moons
from torch import nn


def make_network(depth: int, normalised: bool) -> nn.Sequential:
    """depth times Linear (-> BatchNorm1d) -> ReLU with ten units, then Linear -> Sigmoid."""
    raise NotImplementedError("write make_network")


def train(model: nn.Sequential, X: torch.Tensor, Y: torch.Tensor) -> nn.Sequential:
    """Trains the model on the points X (n, 2) with labels Y (n,), and returns it."""
    raise NotImplementedError("write train")


def layer_stats(model: nn.Sequential, X: torch.Tensor) -> tuple[list[torch.Tensor], list[torch.Tensor]]:
    """Means and standard deviations after each ReLU: a tensor (10,) for each hidden layer."""
    raise NotImplementedError("write layer_stats")


def draw():
    """Boxes of the means and of the standard deviations, layer by layer."""
    points, labels = make_moons(n_samples=200, noise=0.1, random_state=0)
    X, Y = torch.tensor(points).float(), torch.tensor(labels).float()
    X = (X - X.mean(dim=0)) / X.std(dim=0)
    panels = plt.subplots(2, 2)[1]
    for row, normalised in enumerate((False, True)):
        torch.manual_seed(0)
        model = train(make_network(4, normalised), X, Y)
        for column, (name, values) in enumerate(zip(("mean", "std"), layer_stats(model, X), strict=True)):
            panels[row][column].boxplot([one.tolist() for one in values])
            panels[row][column].set_title(f"{name}, {'with' if normalised else 'without'} normalisation")
    plt.show()


if __name__ == "__main__":
    draw()
