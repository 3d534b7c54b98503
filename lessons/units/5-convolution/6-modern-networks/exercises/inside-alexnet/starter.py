"""The size of the data behind each layer of a network like AlexNet."""

import torch
from torch import nn


def layer_shapes(model: nn.Module, x: torch.Tensor) -> list[tuple[int, ...]]:
    """The shapes behind each layer of model.features, after flattening, and behind each layer of model.classifier."""
    raise NotImplementedError("write layer_shapes")


if __name__ == "__main__":
    import torchvision

    with torch.device("meta"):
        model, x = torchvision.models.alexnet(), torch.empty(1, 3, 224, 224)
    for shape in layer_shapes(model, x):
        print(shape)
