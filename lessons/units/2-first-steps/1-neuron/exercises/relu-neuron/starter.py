"""A neuron with ReLU as its activation, and one in which its difficulties are gone."""

import torch


def relu(x: torch.Tensor) -> torch.Tensor:
    """0 where x is negative, x elsewhere."""
    raise NotImplementedError("write relu")


def model(params: torch.Tensor, X: torch.Tensor) -> torch.Tensor:
    """Probabilities of black for the points in the rows of X: size (n,). params holds w0, w1 and b."""
    raise NotImplementedError("write model")


def draw() -> None:
    """Draws the graph of relu."""
    import matplotlib.pyplot as plt

    x = torch.linspace(-10, 10, 201)
    plt.plot(x, relu(x))
    plt.xlabel("x")
    plt.ylabel("ReLU(x)")
    plt.show()


if __name__ == "__main__":
    draw()
