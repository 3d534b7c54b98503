"""LeNet-5, pictures that are altered, and whether a training has over-fitted."""

import torch
from torch import nn

from tutor import live


class LeNet5(nn.Module):
    """Pictures (n, 1, 28, 28) to raw scores (n, 10)."""

    def __init__(self) -> None:
        super().__init__()
        raise NotImplementedError("write LeNet5")


def altered(images: torch.Tensor, seed: int) -> torch.Tensor:
    """Each picture shifted by up to two pixels, and mirrored or not; the size stays."""
    raise NotImplementedError("write altered")


def over_fits(history: dict[str, list[float]]) -> bool:
    """Whether "train_acc", "test_acc" and "test_cost" show clear over-fitting."""
    raise NotImplementedError("write over_fits")


if __name__ == "__main__":
    import torchvision

    train, test = (torchvision.datasets.FashionMNIST("data", train=one, download=True) for one in (True, False))
    X, Y = train.data[:1000, None] / 255, train.targets[:1000]
    x, y = test.data[:4000, None] / 255, test.targets[:4000]
    for augmented in (False, True):
        torch.manual_seed(0)
        model = LeNet5()
        optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
        history = {"train_acc": [], "test_acc": [], "test_cost": []}
        for epoch in range(60):
            shown = altered(X, epoch) if augmented else X
            for places in torch.randperm(1000).split(50):
                optimizer.zero_grad()
                nn.functional.cross_entropy(model(shown[places]), Y[places]).backward()
                optimizer.step()
            with torch.no_grad():
                scores = model(x)
                history["train_acc"].append((model(X).argmax(dim=1) == Y).float().mean().item())
                history["test_acc"].append((scores.argmax(dim=1) == y).float().mean().item())
                history["test_cost"].append(nn.functional.cross_entropy(scores, y).item())
            live.log({f"test cost, augmented {augmented}": history["test_cost"][-1]}, step=epoch)
        told = {name: round(values[-1], 3) for name, values in history.items()}
        print(f"augmented {augmented}: {told}, over-fits: {over_fits(history)}")
