"""AlexNet, on a device that holds shapes and no numbers."""

import torch
from torch import nn


def convolution(*sizes, **options):
    return [nn.Conv2d(*sizes, **options), nn.ReLU()]


class AlexNet(nn.Module):
    def __init__(self, classes=1000, dropout=0.5):
        super().__init__()
        self.features = nn.Sequential(
            *convolution(3, 64, kernel_size=11, stride=4, padding=2),
            nn.MaxPool2d(kernel_size=3, stride=2),
            *convolution(64, 192, kernel_size=5, padding=2),
            nn.MaxPool2d(kernel_size=3, stride=2),
            *convolution(192, 384, kernel_size=3, padding=1),
            *convolution(384, 256, kernel_size=3, padding=1),
            *convolution(256, 256, kernel_size=3, padding=1),
            nn.MaxPool2d(kernel_size=3, stride=2),
        )
        self.classifier = nn.Sequential(
            *(nn.Dropout(dropout), nn.Linear(256 * 6 * 6, 4096), nn.ReLU()),
            *(nn.Dropout(dropout), nn.Linear(4096, 4096), nn.ReLU()),
            nn.Linear(4096, classes),
        )

    def forward(self, pictures):
        return self.classifier(self.features(pictures).flatten(start_dim=1))


with torch.device("meta"):
    model = AlexNet()
    scores = model(torch.empty(1, 3, 224, 224))
print(model)
print("scores:", tuple(scores.shape), "on", scores.device)
