"""Gradient descent on the eggholder, from starts and with rates of your own choice."""

import torch

Setting = tuple[tuple[float, float], float, int]


def eggholder(w: torch.Tensor) -> torch.Tensor:
    """The function at w: size (2,), or (..., 2) for many points at once."""
    w0, v = w[..., 0], w[..., 1] + 47
    return -v * torch.sin(torch.sqrt(torch.abs(v + w0 / 2))) - w0 * torch.sin(torch.sqrt(torch.abs(w0 - v)))


def descend(start: tuple[float, float], alpha: float, steps: int) -> torch.Tensor:
    """All points on the way, the start first: float64 of size (steps + 1, 2)."""
    raise NotImplementedError("write descend")


def first_minimum() -> Setting:
    """A start, a rate and a number of steps that lead to the minimum near (400, 130)."""
    raise NotImplementedError("write first_minimum")


def trials() -> list[tuple[tuple[float, float], float, int, str]]:
    """What you have tried, and what came of it: (start, alpha, steps, outcome)."""
    raise NotImplementedError("write trials")


if __name__ == "__main__":
    import matplotlib.pyplot as plt

    w0, w1 = torch.meshgrid(torch.linspace(330, 470, 70), torch.linspace(80, 220, 70), indexing="xy")
    plt.contour(w0, w1, eggholder(torch.stack([w0, w1], dim=-1)), levels=10)
    history = descend((400, 130), 0.1, 20)
    for step, (x, y) in enumerate(history.tolist()):
        plt.text(x, y, str(step))
    plt.show()
    print("end:", history[-1], "value:", eggholder(history[-1]))
