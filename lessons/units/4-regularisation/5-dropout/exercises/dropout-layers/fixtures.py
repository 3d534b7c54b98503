"""What is asked of a layer besides its values."""

import torch


def elsewhere(layer, rows, columns):
    """Where the layer's output lies, and its size, for an input on another device than the CPU."""
    output = layer(torch.ones(rows, columns, device="meta"))
    return [output.device.type, *output.shape]
