"""A denoising autoencoder of convolutions only."""

import torch
from torch import nn


class DenoisingNetwork(nn.Module):
    """Pictures (n, 1, h, w) to pictures of the same size, with pixels between 0 and 1."""

    def __init__(self) -> None:
        super().__init__()
        raise NotImplementedError("write DenoisingNetwork")


def fit(images: torch.Tensor, seed: int) -> nn.Module:
    """A network that was trained to restore pictures like these."""
    raise NotImplementedError("write fit")


if __name__ == "__main__":
    import torchvision

    from tutor import live

    train, test = (torchvision.datasets.FashionMNIST("data", train=one, download=True) for one in (True, False))
    X, x = train.data[:1000, None] / 255, test.data[:500, None] / 255
    model = fit(X, seed=0)
    with torch.no_grad():
        corrupted = nn.Dropout()(x)
        restored = model(corrupted)
    share = ((restored - x) ** 2).mean() / ((X.mean(dim=0) - x) ** 2).mean()
    for name, row in (("original", x), ("corrupted", corrupted.clamp(max=1)), ("restored", restored)):
        live.show(row[:2], title=[name] * 2)
    print(f"{sum(one.numel() for one in model.parameters())} parameters, {share:.3f} of the mean picture's error")
