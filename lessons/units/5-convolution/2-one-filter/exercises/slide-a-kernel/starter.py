"""Convolution by sliding a window."""

import torch


def conv2d(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    """Size (H - p + 1, W - q + 1), float32, for X (H, W) and K (p, q)."""
    raise NotImplementedError("write conv2d")


if __name__ == "__main__":
    import torchvision

    from tutor import live

    boot = torchvision.datasets.FashionMNIST("data", train=True, download=True).data[0]
    live.show(conv2d(boot, torch.tensor([[-1], [1]])), title="horizontal edges")
