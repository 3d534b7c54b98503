"""A kernel is learned from what a secret kernel does."""

import torch
from torch.nn.functional import conv2d


def learn(
    images: torch.Tensor, secret: torch.Tensor, start: torch.Tensor, rate: float, steps: int
) -> tuple[list[float], torch.Tensor]:
    """The costs before each step, and the kernel after the last one."""
    raise NotImplementedError("write learn")


if __name__ == "__main__":
    import torchvision

    raw = torchvision.datasets.FashionMNIST("data", train=True, download=True).data[:512].double()
    edge = torch.tensor([[-1.0, -1, -1], [0, 0, 0], [1, 1, 1]], dtype=torch.float64)
    torch.manual_seed(0)
    begin = torch.randn(3, 3, dtype=torch.float64)
    print("0 to 1:  ", [f"{cost:.3g}" for cost in learn(raw / 255, edge, begin, 0.1, 5)[0]])
    print("0 to 255:", [f"{cost:.3g}" for cost in learn(raw, edge, begin, 0.1, 5)[0]])
