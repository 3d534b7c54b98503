"""What several launches are called with."""

import math
from typing import Any

import torch

from kernels.types.norm import Norm


def strides(names: str, tensor: torch.Tensor) -> dict[str, int]:
    """The strides of a tensor as kernels name them: "dx_nchw" gives dx_n, dx_c, dx_h and dx_w."""
    name, axes = names.split("_")
    return dict(zip([f"{name}_{axis}" for axis in axes], tensor.stride(), strict=True))


LEAST_INT64 = 2**31 - 2**24
"""From here on indices have 64 bits: tiles and splits count on beyond the end, which must not wrap around to 0."""


def needs_int64(*tensors: torch.Tensor | None, after: int = 0, counted: int = 0) -> bool:
    """Whether an element of one of these lies beyond what 32 bits can count.

    `after`: so many axes at the front are left out, where a kernel finds its place along them in 64 bits by itself.
    `counted`: how far a kernel counts, which is beyond all its tensors where they have strides of 0.
    """
    return counted >= LEAST_INT64 or any(
        tensor is not None
        and sum(
            (size - 1) * abs(stride) for size, stride in zip(tensor.shape[after:], tensor.stride()[after:], strict=True)
        )
        >= LEAST_INT64
        for tensor in tensors
    )


MOST_BESIDE = 65_535
"""Programs that a GPU starts along the second and the third axis of a grid; along the first there may be 2^31."""


def grid(*blocks: int) -> tuple[tuple[int, ...], dict[str, int | None]]:
    """A grid of three axes, of which the first is fastest, and what tells a program its place along them.

    Where a GPU does not take so many, all programs lie along one axis, and each divides to find its place.
    """
    if max(blocks[1:]) <= MOST_BESIDE:
        return blocks, {"blocks_0": None, "blocks_1": None}
    return flat_grid(*blocks)


def flat_grid(*blocks: int) -> tuple[tuple[int, ...], dict[str, int | None]]:
    """The same along one axis in any case: with it attention's registers fit, where with three they spill."""
    return (math.prod(blocks),), {"blocks_0": blocks[0], "blocks_1": blocks[1]}


def epilogue(bias: torch.Tensor | None, norm: Norm | None, relu: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """The arguments and constants of what follows the product."""
    gamma, beta = (None, None) if norm is None else (norm.weight, norm.bias)
    mean, var = (None, None) if norm is None else (norm.mean, norm.var)
    arguments = {
        "bias": bias,
        "gamma": gamma,
        "beta": beta,
        "mean": mean,
        "var": var,
        "eps": 0.0 if norm is None else norm.eps,
    }
    constants = {
        "HAS_BIAS": bias is not None,
        "NORM": norm is not None,
        "HAS_GAMMA": gamma is not None,
        "HAS_BETA": beta is not None,
        "RELU": relu,
    }
    return arguments, constants
