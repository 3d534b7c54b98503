"""A deep network in which one pixel works both ways, with parameters chosen by hand."""

import torch


def non_monotone() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """W1 (20, 784), b1 (20,), W2 (10, 20), b2 (10,): y_0 falls and rises while x_0 goes from -2 to 2."""
    raise NotImplementedError("write non_monotone")


def within_pixels() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """W1 (20, 784), b1 (20,), W2 (10, 20), b2 (10,): y_0 falls and then rises while x_0 goes from 0 to 1."""
    raise NotImplementedError("write within_pixels")


if __name__ == "__main__":
    W1, b1, W2, b2 = non_monotone()
    for x0 in (-2.0, -1.0, 0.0, 1.0, 2.0):
        x = torch.zeros(784)
        x[0] = x0
        y = torch.softmax(W2 @ torch.relu(W1 @ x + b1) + b2, dim=0)
        print(f"{x0:4.1f}  {y[0].item():.4f}")
