"""Which tiles attention gets, and what is said to its kernels of the scale."""

from __future__ import annotations

import pytest
import torch

pytest.importorskip("triton", reason="Triton has no build for this machine")

from kernels.launch.attention import LEAST_SCALE, AttentionInputs
from kernels.launch.gpu import assuming_capability
from kernels.launch.launch import Launch


def launches(
    queries: int, width: int, group: int = 1, causal: bool = True, mask: bool = False, scale: float = 0.125
) -> list[Launch]:
    """Forward, and both of the backward pass."""
    q, o, do, dq = (torch.empty((2, 4, queries, width), dtype=torch.bfloat16, device="meta") for _ in range(4))
    k, v, dk, dv = (torch.empty((2, 4 // group, queries, width), dtype=torch.bfloat16, device="meta") for _ in range(4))
    lse, delta = (torch.empty((2, 4, queries), device="meta") for _ in range(2))
    keys = torch.ones(2, queries, dtype=torch.bool, device="meta") if mask else None
    call = AttentionInputs(q, k, v, None, None, keys, causal, scale, "ieee")
    return [*call.forward(o, lse), *call.backward(o, do, lse, delta, dq, dk, dv)]


@pytest.mark.parametrize(
    ("capability", "how", "tile", "peeled"),
    [
        ((9, 0), {"queries": 1024, "width": 64}, (64, 128), False),
        ((9, 0), {"queries": 1000, "width": 64}, (64, 128), True),
        ((9, 0), {"queries": 1000, "width": 128}, (32, 128), True),
        ((9, 0), {"queries": 1024, "width": 64, "group": 2}, (64, 128), False),
        ((9, 0), {"queries": 1000, "width": 64, "group": 2}, (32, 128), True),
        ((9, 0), {"queries": 1024, "width": 128, "group": 2}, (32, 64), False),
        ((9, 0), {"queries": 1024, "width": 128, "group": 2, "causal": False}, (32, 128), False),
        ((9, 0), {"queries": 1024, "width": 64, "mask": True}, (32, 128), False),
        ((9, 0), {"queries": 1000, "width": 128, "mask": True}, (64, 64), True),
        ((9, 0), {"queries": 1000, "width": 128, "mask": True, "group": 2}, (32, 64), False),
        ((9, 0), {"queries": 1000, "width": 40}, (32, 64), False),
        ((8, 0), {"queries": 1000, "width": 64}, (32, 128), True),
        ((8, 0), {"queries": 1000, "width": 128}, (64, 64), True),
        ((8, 0), {"queries": 1024, "width": 64, "group": 2}, (32, 128), False),
        ((8, 0), {"queries": 1000, "width": 40}, (32, 64), False),
    ],
    ids=str,
)
def test_a_gradient_of_keys_has_the_largest_tile_that_its_registers_hold(
    capability: tuple[int, int], how: dict[str, int], tile: tuple[int, int], peeled: bool
) -> None:
    with assuming_capability(capability):
        constants = launches(**how)[-1].constants  # type: ignore[arg-type]
    assert (constants["BM"], constants["BN"]) == tile and constants["PEELED"] == peeled


@pytest.mark.parametrize(("scale", "negative"), [(0.5, False), (-0.5, True), (0.0, False)])
def test_the_forward_pass_is_told_a_positive_scale(scale: float, negative: bool) -> None:
    forward, *backward = launches(16, 16, scale=scale)
    assert forward.constants["NEGATIVE"] is negative and forward.arguments["scale2"] >= LEAST_SCALE > 0
    assert all(one.arguments["scale"] == scale and one.arguments["scale2"] * scale >= 0 for one in backward)
