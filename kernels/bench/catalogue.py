"""All rows of the table, and which of them a device is asked for."""

from collections.abc import Callable, Iterator

import torch

from kernels.bench import attention_rows, batch_norm_rows, conv_rows
from kernels.bench.row import Row

ROWS: dict[str, Callable[[str], Iterator[Row]]] = {
    "batch_norm": batch_norm_rows.rows,
    "conv": conv_rows.rows,
    "attention": attention_rows.rows,
    "luong": attention_rows.luong_rows,
}
LARGEST_ON_A_CPU = 2**32  # the size of a row: what takes seconds a call there is left out


def chosen(operations: list[str], backend: str, quick: bool, device: torch.device) -> list[Row]:
    """The rows that are asked for and that the device has room for, those first that something was predicted of."""
    found = [row for name in operations for row in ROWS[name](backend)]
    if quick:
        found = [row for row in found if row.quick]
    if device.type != "cuda":
        found = [row for row in found if row.dtype == torch.float32 and row.size <= LARGEST_ON_A_CPU]
    return sorted(found, key=lambda row: (row.predicted[0] is None, not row.quick))


def named(name: str, backend: str) -> Row:
    """The row of a name. Raises `KeyError` where there is none."""
    for rows in ROWS.values():
        for row in rows(backend):
            if row.name == name:
                return row
    raise KeyError(name)
