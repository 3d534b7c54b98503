"""Cross entropy from scores: by way of the softmax, and in a way that does not break."""

import torch


def naive_ce(z: torch.Tensor, t: int) -> torch.Tensor:
    """Minus the logarithm of the softmax of z at t, in two steps. z: (k,)."""
    raise NotImplementedError("write naive_ce")


def stable_ce(z: torch.Tensor, t: int) -> torch.Tensor:
    """The same number, finite for all finite scores, with a finite gradient. z: (k,)."""
    raise NotImplementedError("write stable_ce")


if __name__ == "__main__":
    for scores in ([2.0, 1.0, 0.0], [200.0, 0.0, 0.0]):
        for ce in (naive_ce, stable_ce):
            z = torch.tensor(scores, requires_grad=True)
            cost = ce(z, 1)
            cost.backward()
            print(f"{ce.__name__} of {scores}: {cost.item()}, gradient {z.grad.tolist()}")
