"""Networks that are built like AlexNet."""

import torch
from torch import nn


class Built(nn.Module):
    def __init__(self, features, classifier):
        super().__init__()
        self.features, self.classifier = nn.Sequential(*features), nn.Sequential(*classifier)

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))


def network(kind):
    """A network by its kind; `alexnet` is AlexNet itself, without numbers."""
    if kind == "alexnet":
        widths = [(3, 64, 11, 4, 2), (64, 192, 5, 1, 2), (192, 384, 3, 1, 1), (384, 256, 3, 1, 1), (256, 256, 3, 1, 1)]
        with torch.device("meta"):
            features = []
            for number, sizes in enumerate(widths):
                features += [nn.Conv2d(*sizes), nn.ReLU(inplace=True)]
                features += [nn.MaxPool2d(3, 2)] if number in (0, 1, 4) else []
            hidden = [nn.Dropout(), nn.Linear(9216, 4096), nn.ReLU(), nn.Dropout(), nn.Linear(4096, 4096), nn.ReLU()]
            return Built(features, [*hidden, nn.Linear(4096, 1000)])
    if kind == "small":
        return Built([nn.Conv2d(1, 3, 3), nn.ReLU(), nn.MaxPool2d(2)], [nn.Linear(3 * 5 * 6, 7), nn.ReLU(), nn.Linear(7, 5)])
    if kind == "nested":
        block = nn.Sequential(nn.Conv2d(2, 5, 3, padding=1), nn.BatchNorm2d(5), nn.ReLU())
        return Built([block, nn.AdaptiveAvgPool2d((3, 1))], [nn.Dropout(0.3), nn.Linear(15, 6)])
    return Built([nn.Conv2d(3, 6, 1)], [nn.Linear(6 * 7 * 5, 3)])


def pictures(kind, *size):
    return torch.empty(*size, device="meta") if kind == "alexnet" else torch.rand(*size)


def modes(model):
    """Whether each module is in training mode."""
    return [module.training for module in model.modules()]
