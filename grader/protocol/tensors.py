"""Tensors and arrays as they travel: the hooks of `grader.protocol.wire` for a process that has torch."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from grader.protocol import wire
from grader.protocol.wire import DType, Opaque, Plain, Raw

DTYPES: dict[str, torch.dtype] = {name: getattr(torch, name) for name in wire.ITEM_SIZE}
NAMES: dict[torch.dtype, str] = {dtype: name for name, dtype in DTYPES.items()}


SCALARS = frozenset(np.dtype(name).type for name in wire.ITEM_SIZE if name in np.sctypeDict)
"""NumPy's numbers, which are what its functions return: to a learner they are numbers."""


def dump(value: Any) -> Raw | Opaque | DType | tuple[int, ...] | Plain | None:
    """A tensor, array, number of NumPy's, dtype, shape or device as a wire value; None for what is none of these.

    Types are exact: a subclass of Tensor is opaque, because its operators may be the learner's. Raises WireError
    for a tensor that is larger than a frame, before its memory is touched (an expanded view may claim terabytes).
    """
    kind = type(value)
    if kind is torch.Tensor or kind is torch.nn.Parameter:
        return _dump_tensor(value.detach())
    if kind is np.ndarray:
        return _dump_array(value)
    if kind in SCALARS:
        plain: Plain = value.item()
        return plain
    if kind is torch.dtype:
        return DType(str(value).removeprefix("torch."))
    if kind is torch.Size:
        return tuple(value)
    if kind is torch.device:
        return Opaque("device", str(value))
    return None


def _too_large(count: int, size: int, shape: tuple[int, ...]) -> None:
    if count * size > wire.MAX_BODY:
        raise wire.WireError(f"a tensor of shape {shape} is larger than {wire.MAX_BODY >> 20} MiB")


def _dump_tensor(tensor: torch.Tensor) -> Raw | Opaque:
    name = NAMES.get(tensor.dtype)
    if tensor.layout is not torch.strided or tensor.is_meta or name is None:
        return Opaque("Tensor", f"{tensor.layout}, {tensor.dtype}")
    if tensor.device.type != "cpu":
        return Opaque("Tensor", f"on device {tensor.device}")
    shape = tuple(tensor.shape)
    _too_large(tensor.numel(), tensor.element_size(), shape)
    plain = tensor.resolve_conj().resolve_neg().contiguous()
    # a tensor of one element is contiguous whatever its strides are
    row = plain.as_strided((plain.numel(),), (1,))
    data = row.view(torch.uint8).numpy().tobytes() if plain.numel() else b""
    return Raw("t", name, shape, data)


def _dump_array(array: Any) -> Raw | Opaque:
    name = str(array.dtype)
    if name not in wire.ITEM_SIZE:
        return Opaque("ndarray", f"of dtype {name}")
    _too_large(array.size, array.itemsize, array.shape)
    return Raw("a", name, tuple(array.shape), np.ascontiguousarray(array).tobytes())


def load(raw: Raw) -> Any:
    """The tensor or array of a wire value, with memory of its own. Raises WireError for a bool that is no bool."""
    count = len(raw.data)
    flat = torch.frombuffer(bytearray(raw.data), dtype=torch.uint8) if count else torch.empty(0, dtype=torch.uint8)
    if raw.dtype == "bool" and count and int(flat.max()) > 1:
        raise wire.WireError("a bool tensor holds other bytes than 0 and 1")
    tensor = flat.view(DTYPES[raw.dtype]).reshape(raw.shape)
    return tensor.numpy() if raw.kind == "a" else tensor
