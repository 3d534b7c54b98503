"""Gradient descent, momentum and Adam on the stretched points, from the same start and with the same rate."""

import torch
from sklearn.datasets import make_blobs
from torch.nn.functional import binary_cross_entropy_with_logits

points, labels = make_blobs(n_samples=100, n_features=2, centers=2, random_state=1)
X, Y = torch.tensor(points), torch.tensor(labels).double()
X[:, 0] *= 2.5


def cost(w: torch.Tensor) -> torch.Tensor:
    """The cost of all points for the weights w (2,) and the bias 5."""
    return binary_cross_entropy_with_logits(X @ w + 5, Y)


def final_costs(start: list[float], alpha: float, beta: float, steps: int) -> dict[str, float]:
    """The costs of "plain", "momentum" and "adam" after so many steps from the start."""
    raise NotImplementedError("write final_costs")


def adam_loses() -> tuple[list[float], float, float, int]:
    """Settings (start, alpha, beta, steps) with which Adam is worse than both others."""
    raise NotImplementedError("find settings")
