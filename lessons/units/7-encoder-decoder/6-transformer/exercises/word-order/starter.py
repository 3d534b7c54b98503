"""A vector for each place of a sentence."""

import torch
from tutor import live


def positions(T: int, E: int) -> torch.Tensor:
    """The sinusoidal vectors of the places 0 to T - 1, shape (T, E), float32."""
    raise NotImplementedError("write positions")


def draw():
    live.show(positions(30, 40), title="a row for each place")


if __name__ == "__main__":
    draw()
