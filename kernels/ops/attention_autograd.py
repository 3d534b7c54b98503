"""Attention and its gradients as operations that PyTorch knows."""

from collections.abc import Sequence
from typing import Any

import torch

from kernels.ops.library import asked_for, first_gradient_only, operation
from kernels.ops.planned import Planned
from kernels.types import dtypes
from kernels.types import precision as precisions
from kernels.types.layout import packed

Maybe = torch.Tensor | None


def _room(like: torch.Tensor, width: int) -> torch.Tensor:
    """Room for [B, H, S, width], with the heads of a position side by side where `like` has them so.

    That is how they come of one projection, [B, S, H · width], to which the result goes back without a copy.
    """
    batch, heads, length, _ = like.shape
    if like.stride(2) > like.stride(1):
        return like.new_empty((batch, length, heads, width)).transpose(1, 2)
    return like.new_empty((batch, heads, length, width))


def exactness(precision: str) -> str:
    return precision or precisions.of_products()


def _forward(
    q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, lengths: Maybe, query_lengths: Maybe, key_mask: Maybe,
    causal: bool, scale: float, precision: str,
) -> tuple[torch.Tensor, torch.Tensor]:  # fmt: skip
    from kernels.launch.attention import AttentionInputs

    o, lse = _forward_fake(q, k, v, lengths, query_lengths, key_mask, causal, scale, precision)
    if o.numel():
        call = AttentionInputs(
            q, k, v, packed(lengths), packed(query_lengths), key_mask, causal, scale, exactness(precision)
        )
        for launch in call.forward(o, lse):
            launch.run()
    return o, lse


def _forward_fake(
    q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, lengths: Maybe, query_lengths: Maybe, key_mask: Maybe,
    causal: bool, scale: float, precision: str,
) -> tuple[torch.Tensor, torch.Tensor]:  # fmt: skip
    return _room(q, v.shape[3]), q.new_empty(q.shape[:3], dtype=dtypes.accumulator(q.dtype))


def _backward(
    do: torch.Tensor, q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, o: torch.Tensor, lse: torch.Tensor,
    lengths: Maybe, query_lengths: Maybe, key_mask: Maybe, causal: bool, scale: float, precision: str,
    wanted: Sequence[bool],
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:  # fmt: skip
    from kernels.launch.attention import AttentionInputs

    dq, dk, dv = gradients = _backward_fake(
        do, q, k, v, o, lse, lengths, query_lengths, key_mask, causal, scale, precision, wanted
    )
    if o.numel() == 0 or k.numel() == 0:
        return dq.zero_(), dk.zero_(), dv.zero_()
    call = AttentionInputs(
        q, k, v, packed(lengths), packed(query_lengths), key_mask, causal, scale, exactness(precision)
    )
    for launch in call.backward(o, do, lse, torch.empty_like(lse), *asked_for(gradients, wanted)):
        launch.run()
    return gradients


def _backward_fake(
    do: torch.Tensor, q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, o: torch.Tensor, lse: torch.Tensor,
    lengths: Maybe, query_lengths: Maybe, key_mask: Maybe, causal: bool, scale: float, precision: str,
    wanted: Sequence[bool],
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:  # fmt: skip
    for_q, for_k, for_v = (
        _room(one, one.shape[3]) if asked else one.new_empty(0) for one, asked in zip((q, k, v), wanted, strict=True)
    )
    return for_q, for_k, for_v


_HOW = "Tensor? lengths, Tensor? query_lengths, Tensor? key_mask, bool causal, float scale, str precision"
forward = operation(
    f"attention_forward(Tensor q, Tensor k, Tensor v, {_HOW}) -> (Tensor, Tensor)", _forward, _forward_fake
)
backward = operation(
    "attention_backward(Tensor do, Tensor q, Tensor k, Tensor v, Tensor o, Tensor lse, "
    f"{_HOW}, bool[3] wanted) -> (Tensor, Tensor, Tensor)",
    _backward,
    _backward_fake,
)

NAMES = ("q", "k", "v", "lengths", "query_lengths", "key_mask")
_planned_forward = Planned(forward, NAMES, ("o", "lse"), state=precisions.state_of_products)
_planned_backward = Planned(
    backward,
    ("do", "q", "k", "v", "o", "lse", "lengths", "query_lengths", "key_mask"),
    ("dq", "dk", "dv"),
    ("delta",),
    state=precisions.state_of_products,
)


class Attention(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any, q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, lengths: Maybe, query_lengths: Maybe,
        key_mask: Maybe, causal: bool, scale: float, precision: str,
    ) -> tuple[torch.Tensor, torch.Tensor]:  # fmt: skip
        o, lse = _planned_forward(q, k, v, lengths, query_lengths, key_mask, causal, scale, precision)
        ctx.save_for_backward(q, k, v, o, lse, lengths, query_lengths, key_mask)
        ctx.how = (causal, scale, precision)
        ctx.mark_non_differentiable(lse)
        return o, lse

    @staticmethod
    @first_gradient_only
    def backward(ctx: Any, do: torch.Tensor, _: Maybe) -> tuple[torch.Tensor | None, ...]:
        q, k, v, o, lse, lengths, query_lengths, key_mask = ctx.saved_tensors
        wanted = ctx.needs_input_grad[:3]
        gradients = _planned_backward(do, q, k, v, o, lse, lengths, query_lengths, key_mask, *ctx.how, wanted)
        return *asked_for(gradients, wanted), None, None, None, None, None, None
