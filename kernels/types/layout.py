"""How the elements of a picture lie in memory."""

import torch


def channels_last(*tensors: torch.Tensor) -> bool:
    """Whether one of these, [N, C, H, W], has its channels side by side, and is not contiguous as well."""
    return any(
        one.dim() == 4 and one.is_contiguous(memory_format=torch.channels_last) and not one.is_contiguous()
        for one in tensors
    )
