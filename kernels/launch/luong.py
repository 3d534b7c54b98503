"""Which kernels a step of Luong's attention launches, and with which tiles."""

from typing import Any, NamedTuple

import torch

from kernels.device import common
from kernels.device import luong as device
from kernels.launch.arguments import needs_int64, strides
from kernels.launch.attention import LOG2_E
from kernels.launch.gpu import multiprocessors
from kernels.launch.launch import Launch
from kernels.launch.sizes import ceil_div, next_power_of_2

TILE = 4096  # numbers that a program reads at a time
LEAST = 16  # so many of these tiles are worth a program of their own


ROOM = ("partial", "tops", "totals")
"""What lies between the launches where states are split."""


class LuongInputs(NamedTuple):
    """The inputs: q [B, D], k [B, S, D], v [B, S, DV] or None where the values are the keys, and lengths [B]."""

    q: torch.Tensor
    k: torch.Tensor
    v: torch.Tensor | None
    lengths: torch.Tensor | None
    scale: float

    def _launch(self, kernel: Any, arguments: dict[str, Any], constants: dict[str, Any], splits: int = 1) -> Launch:
        batch, length, width = self.k.shape
        values = self.k if self.v is None else self.v
        padded, value_padded = next_power_of_2(width), next_power_of_2(values.shape[2])
        widest = max(padded, value_padded)
        gradient = kernel is device.attend_once_gradient
        rows = self._rows(gradient)
        shared = {
            "q": self.q, "k": self.k, "v": self.v, "lengths": self.lengths, "S": length,
            **strides("q_bd", self.q), **strides("k_bnd", self.k), **strides("v_bnd", values),
        }  # fmt: skip
        sizes = {
            "D": width, "DV": values.shape[2], "BD": padded, "BV": value_padded, "BN": rows,
            "BS": max(16, min(1024, next_power_of_2(length))),
            "LENGTHS": self.lengths is not None, "VALUES": self.v is not None,
            "ACC": common.tl_accumulator(self.q.dtype), **constants,
        }  # fmt: skip
        others = (one for one in arguments.values() if isinstance(one, torch.Tensor) and one.dim() > 1)
        sizes["INT64"] = needs_int64(self.q, self.k, values, *others, after=1)
        # fewer threads wait less for each other at a sum, and more programs fit a multiprocessor; the gradient's
        # registers need eight
        many = gradient or self.q.dtype == torch.float64
        warps = 8 if rows * widest >= 2048 and many else 4
        return Launch(kernel, (batch, splits)[: 1 + (splits > 1)], {**shared, **arguments}, sizes, warps, 2)

    def _rows(self, gradient: bool) -> int:
        """The states that a program reads at a time."""
        values = self.k if self.v is None else self.v
        widest = next_power_of_2(max(self.k.shape[2], values.shape[2]))
        room = 32 * TILE if common.INTERPRETED else TILE // (2 if gradient or self.q.dtype == torch.float64 else 1)
        return max(1, min(room // widest, next_power_of_2(self.k.shape[1])))

    def _split(self) -> tuple[int, int]:
        """How many states of a sequence a program has going forward, and into how many splits they so fall.

        With few sequences there are else too few programs for all multiprocessors.
        """
        batch, length, _ = self.k.shape
        rows = self._rows(False)
        wanted = ceil_div(2 * multiprocessors(self.q.device), batch)
        splits = max(1, min(wanted, length // (LEAST * rows)))
        size = ceil_div(ceil_div(length, splits), rows) * rows
        return size, ceil_div(length, size)

    def forward(self, context: torch.Tensor, weights: torch.Tensor, saved: dict[str, torch.Tensor]) -> list[Launch]:
        """The launches that fill context [B, DV], weights [B, S] and what is saved for the backward pass.

        That is, in the dtype of sums: scores [B, S], to the base 2 and less the highest, and lse [B], log2 of the
        sum of their powers.
        """
        filled = {"context": context, "weights": weights, **saved}
        size, splits = self._split()
        room: dict[str, torch.Tensor | None] = dict.fromkeys(ROOM)
        if splits > 1:
            batch, dtype = self.q.shape[0], saved["lse"].dtype
            shapes = ((batch, splits, context.shape[1]), (batch, splits), (batch, splits))
            room = {name: self.q.new_empty(one, dtype=dtype) for name, one in zip(ROOM, shapes, strict=True)}
        how = {"split_size": size, "scale2": self.scale * LOG2_E}
        first = self._launch(device.attend_once, {**filled, **room, **how}, {"SPLIT": splits > 1}, splits)
        if splits == 1:
            return [first]
        of = ("DV", "BV", "BS", "LENGTHS", "ACC")
        constants = {**{name: first.constants[name] for name in of}, "SPLITS": next_power_of_2(splits)}
        named = {"lengths": self.lengths, "S": self.k.shape[1], "split_size": size, "splits": splits}
        return [first, Launch(device.join_splits, (self.q.shape[0], splits), {**filled, **room, **named}, constants)]

    def backward(
        self,
        saved: dict[str, torch.Tensor],
        dcontext: torch.Tensor | None,
        dweights: torch.Tensor | None,
        gradients: dict[str, torch.Tensor | None],
    ) -> list[Launch]:
        """The launch that fills those of the gradients dq, dk and dv that are not None; `saved` has room for dp."""
        dc_b, dc_d = (0, 0) if dcontext is None else dcontext.stride()
        dw_b, dw_n = (0, 0) if dweights is None else dweights.stride()
        arguments = {
            **saved, **gradients, "dcontext": dcontext, "dweights": dweights,
            "dc_b": dc_b, "dc_d": dc_d, "dw_b": dw_b, "dw_n": dw_n, "scale": self.scale,
        }  # fmt: skip
        there = {"CONTEXT": dcontext is not None, "WEIGHTS": dweights is not None}
        there |= {f"FOR_{name[1].upper()}": one is not None for name, one in gradients.items()}
        return [self._launch(device.attend_once_gradient, arguments, there)]
