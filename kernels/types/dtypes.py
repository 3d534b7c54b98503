"""The dtypes that our kernels take, and those they compute in."""

import torch

DTYPES = (torch.float16, torch.bfloat16, torch.float32, torch.float64)
SHORT = {torch.float16: "fp16", torch.bfloat16: "bf16", torch.float32: "fp32", torch.float64: "fp64"}
"""As the field writes them in tables."""


def accumulator(dtype: torch.dtype) -> torch.dtype:
    """What sums and statistics are kept in: float64 for float64, else float32."""
    return torch.float64 if dtype == torch.float64 else torch.float32


def unsupported(tensor: torch.Tensor, name: str = "x") -> str | None:
    """Why there is no kernel for a tensor of this dtype, or None where there is."""
    return None if tensor.dtype in DTYPES else f"{name} is {tensor.dtype}"


def autocast(*tensors: torch.Tensor | None) -> list[torch.Tensor | None]:
    """Under autocast, the tensors in its dtype, as PyTorch has those that are multiplied; else as they are.

    Like PyTorch it leaves float64, integers and complex numbers alone.
    """
    kind = next(one.device.type for one in tensors if one is not None)
    if not torch.is_autocast_enabled(kind):
        return list(tensors)
    dtype = torch.get_autocast_dtype(kind)
    return [
        one if one is None or one.dtype == torch.float64 or not one.is_floating_point() else one.to(dtype)
        for one in tensors
    ]
