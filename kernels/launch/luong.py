"""Which kernels a step of Luong's attention launches, and with which tiles."""

from typing import Any, NamedTuple

import torch

from kernels.device import common
from kernels.device import luong as device
from kernels.launch.arguments import needs_int64, strides
from kernels.launch.attention import LOG2_E
from kernels.launch.launch import Launch
from kernels.launch.sizes import next_power_of_2

TILE = 4096  # numbers that a program reads at a time


class LuongInputs(NamedTuple):
    """The inputs: q [B, D], k [B, S, D], v [B, S, DV] or None where the values are the keys, and lengths [B]."""

    q: torch.Tensor
    k: torch.Tensor
    v: torch.Tensor | None
    lengths: torch.Tensor | None
    scale: float

    def _launch(self, kernel: Any, arguments: dict[str, Any], constants: dict[str, Any]) -> Launch:
        batch, length, width = self.k.shape
        values = self.k if self.v is None else self.v
        padded, value_padded = next_power_of_2(width), next_power_of_2(values.shape[2])
        widest = max(padded, value_padded)
        room = TILE // (2 if kernel is device.attend_once_gradient or self.q.dtype == torch.float64 else 1)
        if common.INTERPRETED:
            room = 32 * TILE
        rows = max(1, min(room // widest, next_power_of_2(length)))
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
        warps = 8 if rows * widest >= 2048 and (kernel is device.attend_once_gradient or room < TILE) else 4
        return Launch(kernel, (batch,), {**shared, **arguments}, sizes, warps, 2)

    def forward(self, context: torch.Tensor, weights: torch.Tensor, saved: dict[str, torch.Tensor]) -> list[Launch]:
        """The launch that fills context [B, DV], weights [B, S] and what is saved for the backward pass.

        That is, in the dtype of sums: scores [B, S], to the base 2 and less the highest, and lse [B], log2 of the
        sum of their powers.
        """
        filled = {"context": context, "weights": weights, **saved, "scale2": self.scale * LOG2_E}
        return [self._launch(device.attend_once, filled, {})]

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
