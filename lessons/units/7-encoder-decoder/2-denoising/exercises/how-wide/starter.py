"""Denoising autoencoders that differ in the width of the code, and in nothing else."""

import torch
from torch import nn


def fit(images: torch.Tensor, width: int, seed: int) -> nn.Sequential:
    """An encoder and a decoder, trained to restore corrupted pictures."""
    raise NotImplementedError("write fit")


def chosen(errors: dict[int, float]) -> int:
    """The smallest width whose error is at most 1.1 times the lowest."""
    raise NotImplementedError("write chosen")


def components(images: torch.Tensor, share: float) -> int:
    """How many principal directions hold that share of the variance."""
    raise NotImplementedError("write components")


if __name__ == "__main__":
    from torchvision.datasets import MNIST, FashionMNIST

    for name, source in (("garments", FashionMNIST), ("digits", MNIST)):
        X, x = (source("data", train=one, download=True).data[:500, None] / 255 for one in (True, False))
        torch.manual_seed(0)
        corrupted = nn.Dropout()(x)
        baseline = ((X.mean(dim=0) - x) ** 2).mean()
        errors = {}
        for width in (10, 100, 400, 940):
            model = fit(X, width, seed=0)
            with torch.no_grad():
                errors[width] = (((model(corrupted) - x) ** 2).mean() / baseline).item()
            print(f"{name}, width {width:3}: {errors[width]:.3f} of the mean picture's error")
        print(f"{name}: chosen {chosen(errors)}; 95 % of the variance in {components(X.double(), 0.95)} directions")
