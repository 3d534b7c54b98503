"""How the elements of a tensor lie in memory."""

import torch


def channels_last(*tensors: torch.Tensor) -> bool:
    """Whether one of these, [N, C, H, W], has its channels side by side, and is not contiguous as well."""
    return any(
        one.dim() == 4 and one.is_contiguous(memory_format=torch.channels_last) and not one.is_contiguous()
        for one in tensors
    )


def packed(vector: torch.Tensor | None) -> torch.Tensor | None:
    """A vector with its elements side by side, which is how the kernels read all that has one axis."""
    return None if vector is None else vector.contiguous()


def overlaps(vector: torch.Tensor | None) -> bool:
    """Whether several elements of a vector share one place in memory, so that each cannot be written for itself."""
    return vector is not None and vector.dim() == 1 and vector.shape[0] > 1 and vector.stride(0) == 0
