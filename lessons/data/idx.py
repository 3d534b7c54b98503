"""The IDX format of MNIST: a head, then bytes. Source: the format's description by its authors (LeCun and others)."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

UNSIGNED_BYTES = 0x08


def write(path: Path, array: NDArray[np.uint8]) -> None:
    """Writes an array of bytes: a head of two zeros, type, number of dimensions and big-endian sizes; then the data."""
    path.parent.mkdir(parents=True, exist_ok=True)
    head = struct.pack(">HBB", 0, UNSIGNED_BYTES, array.ndim) + struct.pack(f">{array.ndim}I", *array.shape)
    path.write_bytes(head + array.astype("uint8").tobytes())


def sizes(path: Path) -> tuple[int, ...]:
    """The sizes in the head of a file. Raises ValueError where it is no IDX file of bytes."""
    with path.open("rb") as file:
        head = file.read(4)
        if len(head) < 4 or head[:2] != b"\0\0" or head[2] != UNSIGNED_BYTES:
            raise ValueError(f"{path.name} is no IDX file of bytes")
        return struct.unpack(f">{head[3]}I", file.read(4 * head[3]))
