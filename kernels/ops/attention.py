"""Scaled dot-product attention that stops at the end of each sequence, and stores no matrix of scores."""

import math
from collections.abc import Sequence
from typing import Any

import torch
import torch.nn.functional as F

from kernels.dispatch.choice import Choice, choose, surely_torch
from kernels.ops.library import asked_for, first_gradient_only, operation
from kernels.types import dtypes
from kernels.types import precision as precisions
from kernels.types.layout import packed

WIDEST = 128
Maybe = torch.Tensor | None


def _room(like: torch.Tensor, width: int) -> torch.Tensor:
    """Room for [B, H, S, width], with the heads of a position side by side where `like` has them so.

    That is how they come of one projection, [B, S, H · width], to which the result goes back without a copy.
    """
    batch, heads, length, _ = like.shape
    if like.stride(2) > like.stride(1):
        return like.new_empty((batch, length, heads, width)).transpose(1, 2)
    return like.new_empty((batch, heads, length, width))


def _exactness(precision: str) -> str:
    return precision or precisions.of_products()


def _forward(
    q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, lengths: Maybe, key_mask: Maybe,
    causal: bool, scale: float, precision: str,
) -> tuple[torch.Tensor, torch.Tensor]:  # fmt: skip
    from kernels.launch.attention import AttentionInputs

    o, lse = _forward_fake(q, k, v, lengths, key_mask, causal, scale, precision)
    if o.numel():
        call = AttentionInputs(q, k, v, packed(lengths), key_mask, causal, scale, _exactness(precision))
        for launch in call.forward(o, lse):
            launch.run()
    return o, lse


def _forward_fake(
    q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, lengths: Maybe, key_mask: Maybe,
    causal: bool, scale: float, precision: str,
) -> tuple[torch.Tensor, torch.Tensor]:  # fmt: skip
    return _room(q, v.shape[3]), q.new_empty(q.shape[:3], dtype=dtypes.accumulator(q.dtype))


def _backward(
    do: torch.Tensor, q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, o: torch.Tensor, lse: torch.Tensor,
    lengths: Maybe, key_mask: Maybe, causal: bool, scale: float, precision: str, wanted: Sequence[bool],
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:  # fmt: skip
    from kernels.launch.attention import AttentionInputs

    dq, dk, dv = gradients = _backward_fake(do, q, k, v, o, lse, lengths, key_mask, causal, scale, precision, wanted)
    if o.numel() == 0 or k.numel() == 0:
        return dq.zero_(), dk.zero_(), dv.zero_()
    call = AttentionInputs(q, k, v, packed(lengths), key_mask, causal, scale, _exactness(precision))
    for launch in call.backward(o, do, lse, torch.empty_like(lse), *asked_for(gradients, wanted)):
        launch.run()
    return gradients


def _backward_fake(
    do: torch.Tensor, q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, o: torch.Tensor, lse: torch.Tensor,
    lengths: Maybe, key_mask: Maybe, causal: bool, scale: float, precision: str, wanted: Sequence[bool],
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:  # fmt: skip
    for_q, for_k, for_v = (
        _room(one, one.shape[3]) if asked else one.new_empty(0) for one, asked in zip((q, k, v), wanted, strict=True)
    )
    return for_q, for_k, for_v


_HOW = "Tensor? lengths, Tensor? key_mask, bool causal, float scale, str precision"
forward = operation(
    f"attention_forward(Tensor q, Tensor k, Tensor v, {_HOW}) -> (Tensor, Tensor)", _forward, _forward_fake
)
backward = operation(
    "attention_backward(Tensor do, Tensor q, Tensor k, Tensor v, Tensor o, Tensor lse, "
    f"{_HOW}, bool[3] wanted) -> (Tensor, Tensor, Tensor)",
    _backward,
    _backward_fake,
)


class _Attention(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any, q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, lengths: Maybe, key_mask: Maybe,
        causal: bool, scale: float, precision: str,
    ) -> torch.Tensor:  # fmt: skip
        o, lse = forward(q, k, v, lengths, key_mask, causal, scale, precision)
        ctx.save_for_backward(q, k, v, o, lse, lengths, key_mask)
        ctx.how = (causal, scale, precision)
        result: torch.Tensor = o
        return result

    @staticmethod
    @first_gradient_only
    def backward(ctx: Any, do: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        q, k, v, o, lse, lengths, key_mask = ctx.saved_tensors
        wanted = ctx.needs_input_grad[:3]
        gradients = backward(do, q, k, v, o, lse, lengths, key_mask, *ctx.how, wanted)
        return *asked_for(gradients, wanted), None, None, None, None, None


def checked_lengths(lengths: torch.Tensor, batch: int, of: torch.Tensor, name: str) -> None:
    """Raises `ValueError` unless these are lengths of `batch` sequences, on the device of `of`."""
    if lengths.dtype not in (torch.int32, torch.int64):
        raise ValueError(f"The lengths are {lengths.dtype}; they must be int32 or int64.")
    if lengths.shape != (batch,):
        raise ValueError(f"The lengths have the shape {tuple(lengths.shape)}, and the {name} needs ({batch},).")
    if lengths.device != of.device:
        raise ValueError(f"The lengths are on the device {lengths.device}, and the {name} is on {of.device}.")


def _checked(query: torch.Tensor, key: torch.Tensor, lengths: Maybe, key_mask: Maybe) -> None:
    """Raises `ValueError` for lengths or a key mask that don't belong to these tensors."""
    if lengths is None and key_mask is None:
        return
    if query.dim() not in (3, 4) or key.dim() != query.dim():
        raise ValueError(
            f"Lengths and key masks are for a batch, [B, H, S, D] or [B, S, D]: the query has {query.dim()} dimensions."
        )
    if lengths is not None:
        checked_lengths(lengths, query.shape[0], query, "query")
    if key_mask is not None:
        if key_mask.dtype != torch.bool:
            raise ValueError(f"The key mask is {key_mask.dtype}; it must be bool, True for the keys that count.")
        expected = (query.shape[0], key.shape[-2])
        if key_mask.shape != expected:
            raise ValueError(f"The key mask has the shape {tuple(key_mask.shape)}, and the keys need {expected}.")
        if key_mask.device != query.device:
            raise ValueError(f"The key mask is on the device {key_mask.device}, and the query is on {query.device}.")


def _by_torch(
    query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, lengths: Maybe, key_mask: Maybe, causal: bool,
    scale: float | None,
) -> torch.Tensor:  # fmt: skip
    """PyTorch's, which takes a whole mask and no lengths."""
    grouped = query.dim() == 4 and key.dim() == 4 and query.shape[1] != key.shape[1]
    mask = key_mask
    if lengths is not None:
        within = torch.arange(key.shape[-2], device=lengths.device) < lengths[:, None]
        mask = within if mask is None else mask & within
    if mask is not None:
        mask = mask[(slice(None), *(None,) * (query.dim() - 2))]
        if causal:
            mask = mask & torch.ones(query.shape[-2], key.shape[-2], dtype=torch.bool, device=query.device).tril()
    return F.scaled_dot_product_attention(
        query, key, value, mask, is_causal=causal and mask is None, scale=scale, enable_gqa=grouped
    )


def _fit(query: torch.Tensor, key: torch.Tensor, value: torch.Tensor) -> bool:
    """Whether the sizes go together without broadcasting, and dtypes and devices do. Other calls are PyTorch's."""
    if not 2 <= query.dim() <= 4 or key.dim() != query.dim() or value.dim() != query.dim():
        return False
    if any(one.dtype != query.dtype or one.device != query.device for one in (key, value)):
        return False
    if (
        key.shape[:-1] != value.shape[:-1]
        or query.shape[-1] != key.shape[-1]
        or 0 in (query.shape[-1], value.shape[-1])
    ):
        return False
    if query.dim() < 4:
        return query.shape[:-2] == key.shape[:-2]
    heads, own = query.shape[1], key.shape[1]
    return query.shape[0] == key.shape[0] and (heads == own or (own > 0 and heads % own == 0))


def _unsupported(query: torch.Tensor, value: torch.Tensor) -> str | None:
    widest = max(query.shape[-1], value.shape[-1])
    if widest > WIDEST:
        return f"a head is {widest} wide, and our kernels go to {WIDEST}"
    return dtypes.unsupported(query, "the query")


def _name(lengths: Maybe, key_mask: Maybe, causal: bool) -> str:
    return "attention" + "+causal" * causal + "+lengths" * (lengths is not None) + "+mask" * (key_mask is not None)


def choice(
    query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, *,
    lengths: torch.Tensor | None = None, key_mask: torch.Tensor | None = None, causal: bool = False,
    scale: float | None = None, precision: str | None = None, backend: str | None = None,
) -> Choice:  # fmt: skip
    """What `attention` with these arguments would use, and why. The size of a call is its number of scores."""
    size = math.prod(query.shape[:-1]) * key.shape[-2]
    return choose(
        _name(lengths, key_mask, causal), query.device, size, unsupported=_unsupported(query, value), requested=backend
    )


def attention(
    query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, *,
    lengths: torch.Tensor | None = None, key_mask: torch.Tensor | None = None, causal: bool = False,
    scale: float | None = None, precision: str | None = None, backend: str | None = None,
) -> torch.Tensor:  # fmt: skip
    """`torch.nn.functional.scaled_dot_product_attention` that knows how long each sequence is.

        o[i] = sum over j of p[i, j] · value[j],   p[i] = softmax over j of scale · query[i] · key[j]

    From Vaswani et al. (2017), section 3.2.1. The scores are never stored, forward or backward.

    Parameters
    ----------
    query: [B, H, SQ, D]; key: [B, HK, SK, D]; value: [B, HK, SK, DV]; float16, bfloat16, float32 or float64, of any
        strides. HK divides H: each key head serves a group of query heads. Without heads [B, SQ, D] and so on, without
        a batch [SQ, D].
    lengths: [B], int32 or int64: how many keys each sequence has. Ours stops there, and takes less time for it.
    key_mask: [B, SK], bool, True for the keys that count.
    causal: query i sees the keys 0 to i only, counted from the first of each.
    scale: 1/sqrt(D) where it is None; 1.0 for products that are not scaled.
    precision: of products of float32 on a GPU, "ieee", "tf32" or "tf32x3"; None follows PyTorch's flag.
    backend: "auto", "triton", "torch" or "interpret"; None asks `kernels.backend` and DL_TUTOR_KERNELS.

    Returns [B, H, SQ, DV]. A query that sees no key gives zeros, and has zero gradients. There is no dropout. Sums are
    kept in float32, for float64 in float64. First gradients only; "torch" has second ones, within
    `torch.nn.attention.sdpa_kernel(SDPBackend.MATH)`. What is beyond the lengths or masked out may be anything; but
    PyTorch's own multiplies it by 0, so that it must be finite there. Raises what PyTorch raises, `ValueError` for
    lengths, a key mask or a precision that cannot be, and `BackendError` where a backend was asked for that cannot do
    it.
    """
    exactness = precisions.checked(precision)
    _checked(query, key, lengths, key_mask)
    if surely_torch(query, backend):
        return _by_torch(query, key, value, lengths, key_mask, causal, scale)
    q, k, v = dtypes.autocast(query, key, value)
    assert q is not None and k is not None and v is not None
    how: dict[str, Any] = {"lengths": lengths, "key_mask": key_mask, "causal": causal}
    if not _fit(q, k, v) or choice(q, k, v, **how, backend=backend).backend == "torch":
        return _by_torch(query, key, value, lengths, key_mask, causal, scale)
    factor = q.shape[-1] ** -0.5 if scale is None else scale
    shaped: list[torch.Tensor] = [_with_heads(one) for one in (q, k, v)]
    o: torch.Tensor = _Attention.apply(*shaped, lengths, key_mask, causal, factor, exactness)  # type: ignore[no-untyped-call]
    return o.reshape((*q.shape[:-1], v.shape[-1])) if q.dim() < 4 else o


def _with_heads(x: torch.Tensor) -> torch.Tensor:
    """[B, H, S, D] of [B, S, D] or [S, D]."""
    return x if x.dim() == 4 else x.unsqueeze(-3) if x.dim() == 3 else x[None, None]
