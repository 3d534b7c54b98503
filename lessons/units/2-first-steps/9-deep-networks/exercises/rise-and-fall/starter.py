"""How the probabilities of a flat network depend on one pixel."""

import torch


def dy_dx(W: torch.Tensor, b: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """The derivatives of y = softmax(W x + b): entry (k, m) is that of y_k with respect to x_m, size (K, M)."""
    raise NotImplementedError("write dy_dx")


def counterexample() -> tuple[torch.Tensor, torch.Tensor, int]:
    """W of size (3, 1), b of size (3,), and the class whose probability rises and falls between x = 0 and x = 1."""
    raise NotImplementedError("write counterexample")


if __name__ == "__main__":
    W, b, k = counterexample()
    for x in torch.linspace(0, 1, 11):
        print(f"{x.item():.1f}  {torch.softmax(W[:, 0] * x + b, dim=0)[k].item():.5f}")
