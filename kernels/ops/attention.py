"""Scaled dot-product attention that stops at the end of each sequence, and stores no matrix of scores."""

import math
from typing import NamedTuple

import torch
import torch.nn.functional as F

from kernels.dispatch.choice import Choice, asked, choose, surely_torch
from kernels.ops.attention_autograd import NAMES, Attention, Maybe, exactness
from kernels.ops.differentiated import differentiable
from kernels.ops.library import gradient, overridable, traits
from kernels.ops.planned import Planned
from kernels.types import dtypes
from kernels.types import precision as precisions

WIDEST = 128


def checked_lengths(lengths: torch.Tensor, batch: int, of: torch.Tensor, name: str) -> None:
    """Raises `ValueError` unless these are lengths of `batch` sequences, on the device of `of`."""
    if lengths.dtype not in (torch.int32, torch.int64):
        raise ValueError(f"The lengths are {lengths.dtype}; they must be int32 or int64.")
    if lengths.shape != (batch,):
        raise ValueError(f"The lengths have the shape {tuple(lengths.shape)}, and the {name} needs ({batch},).")
    if lengths.device != of.device:
        raise ValueError(f"The lengths are on the device {lengths.device}, and the {name} is on {of.device}.")


def _checked(query: torch.Tensor, key: torch.Tensor, lengths: Maybe, query_lengths: Maybe, key_mask: Maybe) -> None:
    """Raises `ValueError` for lengths or a key mask that don't belong to these tensors."""
    if lengths is None and query_lengths is None and key_mask is None:
        return
    if query.dim() not in (3, 4) or key.dim() != query.dim():
        raise ValueError(
            f"Lengths and key masks are for a batch, [B, H, S, D] or [B, S, D]: the query has {query.dim()} dimensions."
        )
    for one in (lengths, query_lengths):
        if one is not None:
            checked_lengths(one, query.shape[0], query, "query")
    if key_mask is not None:
        if key_mask.dtype != torch.bool:
            raise ValueError(f"The key mask is {key_mask.dtype}; it must be bool, True for the keys that count.")
        expected = (query.shape[0], key.shape[-2])
        if key_mask.shape != expected:
            raise ValueError(f"The key mask has the shape {tuple(key_mask.shape)}, and the keys need {expected}.")
        if key_mask.device != query.device:
            raise ValueError(f"The key mask is on the device {key_mask.device}, and the query is on {query.device}.")


class _Masks(NamedTuple):
    """Which scores count: lengths of keys and of queries [B], a key mask [B, SK], a mask of all scores, causality.

    And dropout of weights.
    """

    lengths: Maybe
    query_lengths: Maybe
    key_mask: Maybe
    attn_mask: Maybe
    causal: bool
    dropout: float

    def whole(self, query: torch.Tensor, key: torch.Tensor) -> Maybe:
        """All of them as one mask, as PyTorch takes it; None where causality says it all."""
        mask = self.key_mask
        if self.lengths is not None:
            within = torch.arange(key.shape[-2], device=self.lengths.device) < self.lengths[:, None]
            mask = within if mask is None else mask & within
        if mask is None and self.query_lengths is not None:
            mask = torch.ones(key.shape[0], key.shape[-2], dtype=torch.bool, device=query.device)
        if mask is None:
            return self.attn_mask
        mask = mask[(slice(None), *(None,) * (query.dim() - 2))]
        if self.query_lengths is not None:
            there = torch.arange(query.shape[-2], device=query.device) < self.query_lengths[:, None]
            mask = mask & there[(slice(None), *(None,) * (query.dim() - 3), slice(None), None)]
        if self.causal:
            mask = mask & torch.ones(query.shape[-2], key.shape[-2], dtype=torch.bool, device=query.device).tril()
        if self.attn_mask is None:
            return mask
        if self.attn_mask.dtype == torch.bool:
            return mask & self.attn_mask
        return self.attn_mask.masked_fill(~mask, float("-inf"))

    def without_columns(self) -> "_Masks":
        """The same with a mask that is alike for all heads and queries, [B, 1, 1, SK], as one of keys."""
        mask = self.attn_mask
        if mask is None or mask.dtype != torch.bool or mask.dim() != 4 or mask.shape[1:3] != (1, 1):
            return self
        keys = mask[:, 0, 0]
        return self._replace(attn_mask=None, key_mask=keys if self.key_mask is None else self.key_mask & keys)


def _by_torch(
    query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, masks: _Masks, scale: float | None, grouped: bool
) -> torch.Tensor:
    """PyTorch's, which takes a whole mask and no lengths."""
    heads = query.dim() == 4 and key.dim() == 4 and query.shape[1] != key.shape[1]
    mask = masks.whole(query, key)
    causal = masks.causal and mask is masks.attn_mask  # else the mask says it
    return F.scaled_dot_product_attention(
        query, key, value, mask, masks.dropout, causal, scale=scale, enable_gqa=grouped and heads
    )


def _lse_by_torch(query: torch.Tensor, key: torch.Tensor, masks: _Masks, scale: float | None) -> torch.Tensor:
    """The logarithm of the sum of each row's exponentials, of the whole matrix of scores."""
    keys = key
    if query.dim() == 4 and query.shape[1] != key.shape[1]:
        keys = key.repeat_interleave(query.shape[1] // key.shape[1], 1)
    scores = (query @ keys.transpose(-1, -2)).to(dtypes.accumulator(query.dtype))
    scores = scores * (query.shape[-1] ** -0.5 if scale is None else scale)
    mask = masks.whole(query, key)
    if mask is None and masks.causal:
        mask = torch.ones(scores.shape[-2:], dtype=torch.bool, device=query.device).tril()
    if mask is not None:
        scores = scores.masked_fill(~mask, float("-inf")) if mask.dtype == torch.bool else scores + mask
    return scores.logsumexp(-1)


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


def _unsupported(query: torch.Tensor, value: torch.Tensor, masks: _Masks) -> str | None:
    widest = max(query.shape[-1], value.shape[-1])
    if widest > WIDEST:
        return f"a head is {widest} wide, and our kernels go to {WIDEST}"
    if masks.attn_mask is not None:
        return "the attn_mask differs from query to query or from head to head, and ours take lengths and key masks"
    if masks.dropout > 0:
        return "our kernels have no dropout"
    return dtypes.unsupported(query, "the query")


def _chosen(
    query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, masks: _Masks, precision: str, backend: str | None
) -> Choice:
    def known() -> str:
        exact = exactness(precision) if query.dtype == torch.float32 else ""
        return traits(query.dtype, exact, gradient(query, key, value))

    name = "attention" + "+causal" * masks.causal
    name += "+lengths" * (masks.lengths is not None) + "+query_lengths" * (masks.query_lengths is not None)
    name += "+mask" * (masks.key_mask is not None)
    size = math.prod(query.shape[:-1]) * key.shape[-2]
    return choose(name, query.device, size, known, unsupported=_unsupported(query, value, masks), requested=backend)


def choice(
    query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, attn_mask: torch.Tensor | None = None,
    dropout_p: float = 0.0, is_causal: bool = False, scale: float | None = None, enable_gqa: bool = True, *,
    lengths: torch.Tensor | None = None, query_lengths: torch.Tensor | None = None,
    key_mask: torch.Tensor | None = None, precision: str | None = None, backend: str | None = None,
) -> Choice:  # fmt: skip
    """What `attention` with these arguments would use, and why. The size of a call is its number of scores."""
    masks = _Masks(lengths, query_lengths, key_mask, attn_mask, is_causal, dropout_p).without_columns()
    return _chosen(query, key, value, masks, precisions.checked(precision), backend)


def _attend(
    query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, masks: _Masks, scale: float | None, grouped: bool,
    precision: str | None, backend: str | None, with_lse: bool,
) -> tuple[torch.Tensor, Maybe]:  # fmt: skip
    exactness = precisions.checked(precision)
    _checked(query, key, masks.lengths, masks.query_lengths, masks.key_mask)

    def by_torch() -> tuple[torch.Tensor, Maybe]:
        o = _by_torch(query, key, value, masks, scale, grouped)
        with torch.no_grad():
            return o, _lse_by_torch(query, key, masks, scale) if with_lse else None

    if surely_torch(query, backend) or (masks.causal and masks.attn_mask is not None):  # has PyTorch's rules
        return by_torch()
    q, k, v = dtypes.autocast(query, key, value)
    assert q is not None and k is not None and v is not None
    narrow = masks.without_columns()
    fit = _fit(q, k, v) and (grouped or q.dim() < 4 or q.shape[1] == k.shape[1])
    if not fit or _chosen(q, k, v, narrow, exactness, backend).backend == "torch":
        return by_torch()
    _checked(query, key, None, None, narrow.key_mask)
    factor = q.shape[-1] ** -0.5 if scale is None else scale
    shaped: list[torch.Tensor] = [_with_heads(one) for one in (q, k, v)]
    how = (narrow.lengths, narrow.query_lengths, narrow.key_mask, narrow.causal, factor, exactness)
    o, lse = differentiable(Attention, *shaped, *how)
    o = o.reshape((*q.shape[:-1], v.shape[-1])) if q.dim() < 4 else o
    if not with_lse:
        return o, None
    lse = torch.where(lse == math.inf, -math.inf, lse * math.log(2)).reshape(q.shape[:-1])  # kept to the base 2
    return o, lse


def _without_scores_mask(
    query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, lengths: Maybe, query_lengths: Maybe, key_mask: Maybe,
    causal: bool, dropout: float, scale: float | None, grouped: bool, precision: str | None, backend: str,
) -> torch.Tensor:  # fmt: skip
    masks = _Masks(lengths, query_lengths, key_mask, None, causal, dropout)
    return _attend(query, key, value, masks, scale, grouped, precision, backend, False)[0]


_planned = Planned(_without_scores_mask, NAMES, ("o",), ("lse",), state=precisions.state_of_products)


@overridable
def attention(
    query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, attn_mask: torch.Tensor | None = None,
    dropout_p: float = 0.0, is_causal: bool = False, scale: float | None = None, enable_gqa: bool = True, *,
    lengths: torch.Tensor | None = None, query_lengths: torch.Tensor | None = None,
    key_mask: torch.Tensor | None = None, precision: str | None = None, backend: str | None = None,
) -> torch.Tensor:  # fmt: skip
    """`torch.nn.functional.scaled_dot_product_attention` that knows how long each sequence is.

        o[i] = sum over j of p[i, j] · value[j],   p[i] = softmax over j of scale · query[i] · key[j]

    From Vaswani et al. (2017), section 3.2.1. The scores are never stored, forward or backward. The arguments are
    PyTorch's, in its order, and a few by name.

    Parameters
    ----------
    query: [B, H, SQ, D]; key: [B, HK, SK, D]; value: [B, HK, SK, DV]; float16, bfloat16, float32 or float64, of any
        strides. Without heads [B, SQ, D] and so on, without a batch [SQ, D].
    attn_mask: as PyTorch takes it. One that is bool and [B, 1, 1, SK] is a key mask; all others are left to PyTorch.
    dropout_p: of the weights; where it is not 0 the call is left to PyTorch.
    is_causal: query i sees the keys 0 to i only, counted from the first of each.
    scale: 1/sqrt(D) where it is None; 1.0 for products that are not scaled.
    enable_gqa: HK may divide H: each key head serves a group of query heads. With False it must be H.
    lengths: [B], int32 or int64: how many keys each sequence has. Ours stops there, and takes less time for it.
    query_lengths: [B], likewise: how many queries each sequence has. The others give zeros and have zero gradients.
        With both, half padding is a quarter of the work.
    key_mask: [B, SK], bool, True for the keys that count.
    precision: of products of float32 on a GPU, "ieee", "tf32" or "tf32x3"; None follows PyTorch's flag.
    backend: "auto", "triton", "torch" or "interpret"; None asks `kernels.backend` and DL_TUTOR_KERNELS.

    Returns [B, H, SQ, DV]. A query that sees no key gives zeros, and has zero gradients. Sums are kept in float32, for
    float64 in float64. First gradients only; "torch" has second ones, within
    `torch.nn.attention.sdpa_kernel(SDPBackend.MATH)`. What is beyond the lengths or masked out may be anything; but
    PyTorch's own multiplies it by 0, so that it must be finite there. Raises what PyTorch raises, `ValueError` for
    lengths, a key mask or a precision that cannot be, and `BackendError` where a backend was asked for that cannot do
    it.
    """
    if attn_mask is not None or surely_torch(query, backend):
        masks = _Masks(lengths, query_lengths, key_mask, attn_mask, is_causal, dropout_p)
        return _attend(query, key, value, masks, scale, enable_gqa, precision, backend, False)[0]
    o: torch.Tensor = _planned(
        query, key, value, lengths, query_lengths, key_mask,
        is_causal, dropout_p, scale, enable_gqa, precision, backend or asked(),
    )  # fmt: skip
    return o


@overridable
def attention_with_lse(
    query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, *,
    is_causal: bool = False, scale: float | None = None, lengths: torch.Tensor | None = None,
    query_lengths: torch.Tensor | None = None, key_mask: torch.Tensor | None = None, precision: str | None = None,
    backend: str | None = None,
) -> tuple[torch.Tensor, torch.Tensor]:  # fmt: skip
    """The same, and the logarithm of the sum of each query's exponentials, [B, H, SQ], which has no gradient.

    With it, results over several stretches of keys are put together: each is weighted by the exponential of its own.
    It is in float32, for float64 in float64, and -inf where no key is seen. PyTorch's way computes it from the whole
    matrix of scores.
    """
    masks = _Masks(lengths, query_lengths, key_mask, None, is_causal, 0.0)
    o, lse = _attend(query, key, value, masks, scale, True, precision, backend, True)
    assert lse is not None
    return o, lse


def _with_heads(x: torch.Tensor) -> torch.Tensor:
    """[B, H, S, D] of [B, S, D] or [S, D]."""
    return x if x.dim() == 4 else x.unsqueeze(-3) if x.dim() == 3 else x[None, None]
