"""How exactly products of float32 are computed on tensor cores, as PyTorch's own flags have it."""

from typing import Any

import torch

PRECISIONS = ("ieee", "tf32", "tf32x3")


def checked(precision: str | None) -> str:
    """A precision that was asked for, or "" where PyTorch's flags are followed. Raises `ValueError` for others."""
    if precision is not None and precision not in PRECISIONS:
        raise ValueError(f"{precision!r} is no precision. There are {', '.join(PRECISIONS)}.")
    return precision or ""


def _flag(*holders: Any) -> str:
    """The first of these that says something; "none" leaves it to the next, more general one."""
    for holder in holders:
        found = str(getattr(holder, "fp32_precision", "none"))
        if found != "none":
            return "tf32" if found == "tf32" else "ieee"
    return "ieee"


def of_convolutions() -> str:
    """What `torch.backends.cudnn.conv.fp32_precision` says, which is "tf32" unless changed."""
    cudnn: Any = torch.backends.cudnn
    return _flag(cudnn.conv, cudnn, torch.backends)


def of_products() -> str:
    """What `torch.backends.cuda.matmul.fp32_precision` says, which is "ieee" unless changed."""
    return _flag(torch.backends.cuda.matmul, torch.backends)


_raw = getattr(torch._C, "_get_fp32_precision_getter", None)  # what those flags read, without the way there


def state_of_convolutions() -> object:
    """What `of_convolutions` depends on, to be compared."""
    return (_raw("cuda", "conv"), _raw("cuda", "all"), _raw("generic", "all")) if _raw else of_convolutions()


def state_of_products() -> object:
    """What `of_products` depends on, to be compared."""
    return (_raw("cuda", "matmul"), _raw("generic", "all")) if _raw else of_products()
