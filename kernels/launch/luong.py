"""Which kernels a step of Luong's attention launches, and with which tiles."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import torch

from kernels.device import common
from kernels.device import luong as device
from kernels.launch.arguments import needs_int64, strides
from kernels.launch.attention import LOG2_E
from kernels.launch.gpu import multiprocessors
from kernels.launch.launch import Launch
from kernels.launch.sizes import ceil_div, next_power_of_2
from kernels.types import dtypes

TILE = 4096  # numbers that a program reads at a time
LEAST = 16  # so many of these tiles are worth a program of their own
ROOM = ("partial", "tops", "totals")  # that lies between the launches where states are split
GRADIENT_ROOM = ("dp", "deltas", "partial", "means")


class LuongInputs(NamedTuple):
    """The inputs: q [B, D], k [B, S, D], v [B, S, DV] or None where the values are the keys, and lengths [B]."""

    q: torch.Tensor
    k: torch.Tensor
    v: torch.Tensor | None
    lengths: torch.Tensor | None
    scale: float

    def _launch(self, kernel: Any, beside: int, arguments: dict[str, Any], constants: dict[str, Any]) -> Launch:
        """A launch of a program for each sequence, or of `beside` programs; it takes what it knows of all of these."""
        batch, length, width = self.k.shape
        values = self.k if self.v is None else self.v
        value_width, rows = values.shape[2], self._rows()
        padded, value_padded = next_power_of_2(width), next_power_of_2(value_width)
        size, splits = self._split()
        shared = {
            "q": self.q, "k": self.k, "v": self.v, "lengths": self.lengths, "S": length,
            "split_size": size, "splits": splits, "scale": self.scale, "scale2": self.scale * LOG2_E,
            **strides("q_bd", self.q), **strides("k_bnd", self.k), **strides("v_bnd", values), **arguments,
        }  # fmt: skip
        others = (one for one in arguments.values() if isinstance(one, torch.Tensor) and one.dim() > 1)
        sizes = {
            "D": width, "DV": value_width, "BD": padded, "BV": value_padded, "BN": rows,
            "BS": max(16, min(1024, next_power_of_2(length))),
            "LENGTHS": self.lengths is not None, "VALUES": self.v is not None,
            "SPLIT": splits > 1, "SPLITS": next_power_of_2(splits),
            "ACC": common.tl_accumulator(self.q.dtype),
            "INT64": needs_int64(self.q, self.k, values, *others, after=1), **constants,
        }  # fmt: skip
        known = set(kernel.arg_names)
        # fewer threads wait less for each other at a sum, and more programs fit a multiprocessor
        warps = 8 if rows * max(padded, value_padded) >= 2048 and self.q.dtype == torch.float64 else 4
        return Launch(
            kernel,
            (batch, beside)[: 1 + (beside > 1)],
            {name: one for name, one in shared.items() if name in known},
            {name: one for name, one in sizes.items() if name in known},
            warps,
            2,
        )

    def _rows(self) -> int:
        """The states that a program reads at a time."""
        values = self.k if self.v is None else self.v
        widest = next_power_of_2(max(self.k.shape[2], values.shape[2]))
        room = 32 * TILE if common.INTERPRETED else TILE // (2 if self.q.dtype == torch.float64 else 1)
        return max(1, min(room // widest, next_power_of_2(self.k.shape[1])))

    def _split(self) -> tuple[int, int]:
        """How many states of a sequence a program has, and into how many splits they so fall.

        With few sequences there are else too few programs for all multiprocessors.
        """
        batch, length, _ = self.k.shape
        rows = self._rows()
        wanted = ceil_div(2 * multiprocessors(self.q.device), batch)
        splits = max(1, min(wanted, length // (LEAST * rows)))
        size = ceil_div(ceil_div(length, splits), rows) * rows
        return size, ceil_div(length, size)

    def _room(self, names: Sequence[str], *shapes: tuple[int, ...]) -> dict[str, torch.Tensor]:
        """What lies between the launches, for each split of each sequence, in the dtype of sums."""
        batch, splits = self.q.shape[0], self._split()[1]
        dtype = dtypes.accumulator(self.q.dtype)
        made = (self.q.new_empty((batch, splits, *shape), dtype=dtype) for shape in shapes)
        return dict(zip(names, made, strict=True))

    def forward(self, context: torch.Tensor, weights: torch.Tensor, saved: dict[str, torch.Tensor]) -> list[Launch]:
        """The launches that fill context [B, DV], weights [B, S] and what is saved for the backward pass.

        That is, in the dtype of sums: scores [B, S], to the base 2 and less the highest, lse [B], log2 of the sum of
        their powers, and mean [B, DV], the context.
        """
        filled: dict[str, Any] = {"context": context, "weights": weights, **saved, **dict.fromkeys(ROOM)}
        splits = self._split()[1]
        if splits == 1:
            return [self._launch(device.attend_once, 1, filled, {})]
        filled |= self._room(ROOM, (context.shape[1],), (), ())
        return [self._launch(kernel, splits, filled, {}) for kernel in (device.attend_once, device.join_splits)]

    def backward(
        self,
        saved: dict[str, torch.Tensor],
        dcontext: torch.Tensor | None,
        dweights: torch.Tensor | None,
        gradients: dict[str, torch.Tensor | None],
    ) -> list[Launch]:
        """The launches that fill those of the gradients dq, dk and dv that are not None."""
        dc_b, dc_d = (0, 0) if dcontext is None else dcontext.stride()
        dw_b, dw_n = (0, 0) if dweights is None else dweights.stride()
        for_q, for_k, for_v = (gradients[name] is not None for name in ("dq", "dk", "dv"))
        filled: dict[str, Any] = {
            **saved, **gradients, "dcontext": dcontext, "dweights": dweights, **dict.fromkeys(GRADIENT_ROOM),
            "dc_b": dc_b, "dc_d": dc_d, "dw_b": dw_b, "dw_n": dw_n,
        }  # fmt: skip
        if for_k:
            filled["dp"] = torch.empty_like(saved["scores"])
        there = {
            "CONTEXT": dcontext is not None, "WEIGHTS": dweights is not None,
            "FOR_Q": for_q, "FOR_K": for_k, "FOR_V": for_v,
        }  # fmt: skip
        splits = self._split()[1]
        if splits == 1:
            return [self._launch(device.attend_once_gradient, 1, filled, there)]
        launches = []
        if for_q or for_k:  # that of the values waits for no sum
            width = self.q.shape[1]
            filled |= self._room(("deltas",), ())
            if for_q:
                filled |= self._room(("partial",), (width,))
            if for_q and self.v is not None:
                filled |= self._room(("means",), (width,))
            launches.append(self._launch(device.attend_once_gradient, splits, filled, there))
        last = splits if for_k or for_v else 1
        return [*launches, self._launch(device.join_gradients, last, filled, there)]
