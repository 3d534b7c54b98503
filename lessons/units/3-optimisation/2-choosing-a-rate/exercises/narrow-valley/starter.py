"""Gradient descent on the eggholder, where its valleys are narrow."""

import torch

Setting = tuple[tuple[float, float], float, int]


def eggholder(w: torch.Tensor) -> torch.Tensor:
    """The function at w: size (2,), or (..., 2) for many points at once."""
    w0, v = w[..., 0], w[..., 1] + 47
    return -v * torch.sin(torch.sqrt(torch.abs(v + w0 / 2))) - w0 * torch.sin(torch.sqrt(torch.abs(w0 - v)))


# Copy your descend from the last exercise to here.


def second_minimum() -> Setting:
    """A start, a rate and a number of steps that lead to one of the minima near (450, 420)."""
    raise NotImplementedError("write second_minimum")


def deep_minimum() -> Setting:
    """The same for one of the two minima below -950."""
    raise NotImplementedError("write deep_minimum")


if __name__ == "__main__":
    import matplotlib.pyplot as plt

    w0, w1 = torch.meshgrid(torch.linspace(400, 540, 70), torch.linspace(350, 490, 70), indexing="xy")
    plt.contour(w0, w1, eggholder(torch.stack([w0, w1], dim=-1)), levels=10)
    for step, (x, y) in enumerate([(450.0, 420.0)]):  # put your history here: descend(...).tolist()
        plt.text(x, y, str(step))
    plt.show()
