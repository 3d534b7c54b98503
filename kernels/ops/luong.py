"""Luong's attention: one query over the states of a sequence, as a decoder asks at each of its steps."""

from collections.abc import Sequence
from typing import Any

import torch

from kernels.dispatch.choice import Choice, asked, choose, surely_torch
from kernels.ops.attention import checked_lengths
from kernels.ops.differentiated import differentiable
from kernels.ops.library import asked_for, first_gradient_only, gradient, operation, overridable, traits
from kernels.ops.planned import Planned
from kernels.types import dtypes
from kernels.types.layout import packed

WIDEST = 1024
SAVED = ("scores", "lse", "mean")  # for the backward pass
ROOM = ("partial", "tops", "totals")  # of states that are split
GRADIENT_ROOM = ("dp", "deltas", "partial", "means")
Maybe = torch.Tensor | None


def _forward(q: torch.Tensor, k: torch.Tensor, v: Maybe, lengths: Maybe, scale: float) -> tuple[torch.Tensor, ...]:
    from kernels.launch.luong import LuongInputs

    context, weights, *saved = found = _forward_fake(q, k, v, lengths, scale)
    if q.numel():
        named = dict(zip(SAVED, saved, strict=True))
        for launch in LuongInputs(q, k, v, packed(lengths), scale).forward(context, weights, named):
            launch.run()
    return found


def _forward_fake(q: torch.Tensor, k: torch.Tensor, v: Maybe, lengths: Maybe, scale: float) -> tuple[torch.Tensor, ...]:
    batch, length, width = (k if v is None else v).shape
    sums = dtypes.accumulator(q.dtype)
    return (
        q.new_empty((batch, width)),
        q.new_empty((batch, length)),
        q.new_empty((batch, length), dtype=sums),
        q.new_empty(batch, dtype=sums),
        q.new_empty((batch, width), dtype=sums),
    )


def _backward(
    dcontext: Maybe, dweights: Maybe, q: torch.Tensor, k: torch.Tensor, v: Maybe, lengths: Maybe,
    scores: torch.Tensor, lse: torch.Tensor, mean: torch.Tensor, scale: float, wanted: Sequence[bool],
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:  # fmt: skip
    from kernels.launch.luong import LuongInputs

    dq, dk, dv = _backward_fake(dcontext, dweights, q, k, v, lengths, scores, lse, mean, scale, wanted)
    if q.numel():
        saved = dict(zip(SAVED, (scores, lse, mean), strict=True))
        there = (*wanted[:2], wanted[2] and v is not None)
        gradients = dict(zip(("dq", "dk", "dv"), asked_for((dq, dk, dv), there), strict=True))
        for launch in LuongInputs(q, k, v, packed(lengths), scale).backward(saved, dcontext, dweights, gradients):
            launch.run()
    return dq, dk, dv


def _backward_fake(
    dcontext: Maybe, dweights: Maybe, q: torch.Tensor, k: torch.Tensor, v: Maybe, lengths: Maybe,
    scores: torch.Tensor, lse: torch.Tensor, mean: torch.Tensor, scale: float, wanted: Sequence[bool],
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:  # fmt: skip
    dq, dk, dv = (
        q.new_empty(one.shape if one is not None and asked else 0) for one, asked in zip((q, k, v), wanted, strict=True)
    )
    return dq, dk, dv


_INPUTS = "Tensor q, Tensor k, Tensor? v, Tensor? lengths"
forward = operation(
    f"luong_forward({_INPUTS}, float scale) -> (Tensor, Tensor, Tensor, Tensor, Tensor)", _forward, _forward_fake
)
backward = operation(
    f"luong_backward(Tensor? dcontext, Tensor? dweights, {_INPUTS}, Tensor scores, Tensor lse, Tensor mean, "
    "float scale, bool[3] wanted) -> (Tensor, Tensor, Tensor)",
    _backward,
    _backward_fake,
)

_planned_forward = Planned(forward, ("q", "k", "v", "lengths"), ("context", "weights", *SAVED), ROOM)
_planned_backward = Planned(
    backward, ("dcontext", "dweights", "q", "k", "v", "lengths", *SAVED), ("dq", "dk", "dv"), GRADIENT_ROOM
)


class _Luong(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any, q: torch.Tensor, k: torch.Tensor, v: Maybe, lengths: Maybe, scale: float
    ) -> tuple[torch.Tensor, torch.Tensor]:
        context, weights, *saved = _planned_forward(q, k, v, lengths, scale)
        ctx.save_for_backward(q, k, v, lengths, *saved)
        ctx.scale = scale
        ctx.set_materialize_grads(False)  # mostly nobody asks for a gradient of the weights
        return context, weights

    @staticmethod
    @first_gradient_only
    def backward(ctx: Any, dcontext: Maybe, dweights: Maybe) -> tuple[torch.Tensor | None, ...]:
        q, k, v, *rest = ctx.saved_tensors
        wanted = ctx.needs_input_grad[:3]
        gradients = _planned_backward(dcontext, dweights, q, k, v, *rest, ctx.scale, wanted)
        return *asked_for(gradients, wanted), None, None


def _checked(query: torch.Tensor, states: torch.Tensor, values: Maybe, lengths: Maybe) -> None:
    """Raises `ValueError` unless these belong together."""
    if query.dim() not in (1, 2) or states.dim() != query.dim() + 1:
        raise ValueError(
            f"The query has the shape {tuple(query.shape)} and the states {tuple(states.shape)}; "
            "expected are [B, D] and [B, S, D], or [D] and [S, D]."
        )
    if query.shape != (*states.shape[:-2], states.shape[-1]):
        raise ValueError(
            f"A query of the shape {tuple(query.shape)} does not go with states of the shape {tuple(states.shape)}: "
            "their batch sizes and their widths must be the same."
        )
    if values is not None and (values.dim() != states.dim() or values.shape[:-1] != states.shape[:-1]):
        raise ValueError(
            f"The values have the shape {tuple(values.shape)}, and the states {tuple(states.shape)}: "
            "there must be one value a state."
        )
    for name, one in (("states", states), ("values", values)):
        if one is not None and (one.dtype != query.dtype or one.device != query.device):
            raise ValueError(
                f"The query is {query.dtype} on {query.device}, and the {name} are {one.dtype} on {one.device}."
            )
    if not query.dtype.is_floating_point:
        raise ValueError(f"The query is {query.dtype}; it must be of a floating-point dtype.")
    if lengths is not None:
        if query.dim() != 2:
            raise ValueError("Lengths are for a batch: the query must be [B, D].")
        checked_lengths(lengths, query.shape[0], query, "query")


def _by_torch(
    query: torch.Tensor, states: torch.Tensor, values: Maybe, lengths: Maybe, scale: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """The formula, an operation at a time; products of batches, because `@` takes twice as long to find that out."""
    if query.dim() == 1:
        own = None if values is None else values.unsqueeze(0)
        context, weights = _by_torch(query.unsqueeze(0), states.unsqueeze(0), own, None, scale)
        return context.squeeze(0), weights.squeeze(0)
    scores = torch.bmm(states, query.unsqueeze(2)).squeeze(2)
    if scale != 1.0:
        scores = scores * scale
    if lengths is None:
        weights = torch.softmax(scores, 1)
    else:
        hidden = torch.arange(states.shape[1], device=lengths.device) >= lengths[:, None]
        weights = torch.softmax(scores.masked_fill(hidden, float("-inf")), 1).masked_fill(hidden, 0.0)
    if weights.dtype != scores.dtype:  # under autocast a softmax is float32
        weights = weights.to(scores.dtype)
    context = torch.bmm(weights.unsqueeze(1), states if values is None else values).squeeze(1)
    return context, weights


def _unsupported(states: torch.Tensor, values: Maybe) -> str | None:
    widest = max(states.shape[-1], 0 if values is None else values.shape[-1])
    if widest > WIDEST:
        return f"a state is {widest} wide, and our kernel goes to {WIDEST}"
    if 0 in states.shape[-2:] or (values is not None and 0 in values.shape):
        return "there are no states"
    return dtypes.unsupported(states, "the states")


def choice(
    query: torch.Tensor, states: torch.Tensor, values: torch.Tensor | None = None, *,
    lengths: torch.Tensor | None = None, scale: float = 1.0, backend: str | None = None,
) -> Choice:  # fmt: skip
    """What `luong_attention` with these arguments would use, and why. The size of a call is that of its states."""
    name = "luong_attention" + "+lengths" * (lengths is not None)

    def known() -> str:
        return traits(states.dtype, "" if values is None else "values", gradient(query, states, values))

    unsupported = _unsupported(states, values)
    return choose(name, query.device, states.numel(), known, unsupported=unsupported, requested=backend)


def _luong(
    query: torch.Tensor, states: torch.Tensor, values: Maybe, lengths: Maybe, scale: float, backend: str | None
) -> tuple[torch.Tensor, torch.Tensor]:
    _checked(query, states, values, lengths)
    q, k, v = dtypes.autocast(query, states, values)
    assert q is not None and k is not None
    if surely_torch(q, backend) or choice(q, k, v, lengths=lengths, backend=backend).backend == "torch":
        return _by_torch(q, k, v, lengths, scale)
    alone = q.dim() == 1
    if alone:
        q, k, v = (None if one is None else one.unsqueeze(0) for one in (q, k, v))
    context, weights = found = differentiable(_Luong, q, k, v, lengths, float(scale))
    return (context.squeeze(0), weights.squeeze(0)) if alone else found


_planned = Planned(_luong, ("q", "k", "v", "lengths"), ("context", "weights"), (*SAVED, *ROOM))


@overridable
def luong_attention(
    query: torch.Tensor, states: torch.Tensor, values: torch.Tensor | None = None, *,
    lengths: torch.Tensor | None = None, scale: float = 1.0, backend: str | None = None,
) -> tuple[torch.Tensor, torch.Tensor]:  # fmt: skip
    """One step of a decoder's attention: the mean of the values, weighted by how well their states fit the query.

        context = sum over n of weights[n] · values[n],   weights = softmax over n of scale · states[n] · query

    The dot score of Luong et al. (2015), section 3.1.

    Parameters
    ----------
    query: [B, D], or [D]: the state of the decoder; float16, bfloat16, float32 or float64.
    states: [B, S, D], or [S, D]: those of the encoder, its annotations; of any strides.
    values: [B, S, DV], or [S, DV]; None: the states themselves.
    lengths: [B], int32 or int64: how many states each sequence has. The others have the weight 0, with which "torch"
        multiplies them, so that they must be finite there; ours does not read them.
    scale: what the scores are multiplied by. 1/sqrt(D) makes it scaled dot-product attention.
    backend: "auto", "triton", "torch" or "interpret"; None asks `kernels.backend` and DL_TUTOR_KERNELS.

    Returns the context, [B, DV], and the weights, [B, S]. A sequence of length 0 gives zeros in both. Sums are kept in
    float32, for float64 in float64; under autocast, all are in its dtype. Both results have first gradients; "torch"
    has second ones. Raises `ValueError` for tensors that don't belong together, and `BackendError` where a backend was
    asked for that cannot do it.
    """
    if surely_torch(query, backend):
        return _luong(query, states, values, lengths, scale, backend)
    found: tuple[torch.Tensor, torch.Tensor] = _planned(query, states, values, lengths, scale, backend or asked())
    return found
