"""Calls that go all the way to the GPU's door: launches fit their kernels, and what that costs is measured."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import pytest
import torch

pytest.importorskip("triton", reason="Triton has no build for this machine")

import kernels
from kernels.bench import overhead, stub_driver
from kernels.bench.stub_driver import StubDriver, stubbed
from kernels.dispatch import choice
from kernels.launch.launch import Launch
from kernels.ops.planned import Planned

R = torch.randn
X, W, DEPTHWISE = R(2, 4, 6, 5), R(8, 4, 3, 3), R(4, 1, 3, 3)
Q, STATES = R(1, 2, 20, 16), R(2, 5, 16)
LENGTHS, MASK, M, V = torch.tensor([7]), torch.ones(1, 20, dtype=torch.bool), torch.zeros(4), torch.ones(4)
M8 = torch.zeros(8)
CALLS: dict[str, tuple[Callable[..., torch.Tensor], tuple[torch.Tensor, ...], list[str]]] = {
    "batch_norm": (
        lambda x: kernels.batch_norm(x, training=True, relu=True, backend="triton"), (X,),
        ["normalise_one_tile", "gradients_one_tile"],
    ),
    "large batch_norm": (
        lambda x: kernels.batch_norm(x, training=True, backend="triton"), (R(70, 4, 9, 9),),
        ["statistics", "merge_statistics", "normalise", "gradient_sums", "merge_gradients", "input_gradient"],
    ),
    "conv2d": (
        lambda x, w: kernels.conv2d(x, w, padding=1, backend="triton"), (X, W),
        ["convolve", "convolve_transposed", "weight_gradient", "sum_splits"],
    ),
    "depthwise": (
        lambda x, w: kernels.conv2d(x, w, groups=4, backend="triton"), (X, DEPTHWISE),
        ["convolve_depthwise", "convolve_depthwise_transposed", "depthwise_weight_gradient", "sum_splits"],
    ),
    "im2col": (lambda x: kernels.im2col(x, 3, backend="triton"), (X,), ["im2col", "col2im"]),
    "attention": (
        lambda q: kernels.attention(q, q, q, is_causal=True, scale=-0.3, backend="triton"), (Q,),
        ["attend", "query_gradient", "key_value_gradient"],
    ),
    "attention with lengths and mask": (
        lambda q: kernels.attention(q, q, q, lengths=LENGTHS, query_lengths=LENGTHS, key_mask=MASK,
                                    backend="triton"), (Q,),
        ["attend", "query_gradient", "key_value_gradient"],
    ),
    "batch_norm with residual": (
        lambda x, w, b, r: kernels.batch_norm(x, M, V, w, b, True, relu=True, residual=r, backend="triton"),
        (X, R(4), R(4), R(2, 4, 6, 5)), ["normalise_one_tile", "gradients_one_tile"],
    ),
    "batch_norm in evaluation": (
        lambda x: kernels.batch_norm(x, M, V, backend="triton"), (X,), ["normalise", "gradients_one_tile"],
    ),
    "conv2d with norm": (
        lambda x, w: kernels.conv2d(x, w, norm=kernels.Norm(M8, M8.exp()), relu=True,
                                    backend="triton"), (X, W),
        ["convolve", "normalise", "gradients_one_tile", "convolve_transposed", "weight_gradient", "sum_splits"],
    ),
    "conv_transpose1d": (
        lambda x, w: kernels.conv_transpose1d(x, w, stride=2, backend="triton"), (R(2, 4, 7), R(4, 3, 5)),
        ["convolve_transposed", "convolve", "weight_gradient", "sum_splits"],
    ),
    "luong": (
        lambda s: kernels.luong_attention(s[:, 0], s, backend="triton")[0], (STATES,),
        ["attend_once", "attend_once_gradient"],
    ),
    "luong, split": (
        lambda s: kernels.luong_attention(s[:, 0], s, backend="triton")[0], (R(2, 400, 512),),
        ["attend_once", "join_splits", "attend_once_gradient", "join_gradients"],
    ),
    "luong, split, with values": (
        lambda q, k, v: torch.cat(kernels.luong_attention(q, k, v, lengths=LENGTHS, backend="triton"), 1),
        (R(1, 512), R(1, 400, 512), R(1, 400, 12)),
        ["attend_once", "join_splits", "attend_once_gradient", "join_gradients"],
    ),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("what", CALLS)
def test_every_launch_fits_its_kernel(what: str) -> None:
    call, tensors, names = CALLS[what]
    own = [one.clone().requires_grad_() for one in tensors]
    before = choice.unavailable
    with stubbed() as stub:
        y = call(*own)
        torch.autograd.grad(y, own, torch.ones_like(y))
    assert stub.launches == names and choice.unavailable is before


class Watching(StubDriver):
    """Lists the arguments of each launch, without what observers are told."""

    seen: ClassVar[list[tuple[Any, ...]]] = []

    def start(self, name: str, arguments: tuple[Any, ...]) -> None:
        self.seen.append((name, *arguments[:4], *arguments[9:]))


def told(arguments: tuple[Any, ...], inputs: list[torch.Tensor]) -> list[Any]:
    """The same for two launches that do the same: of tensors, which input they are, or what they look like."""
    places = {one.data_ptr(): place for place, one in enumerate(inputs)}
    return [
        places.get(one.data_ptr(), (one.shape, one.stride(), one.element_size())) if torch.is_tensor(one) else one
        for one in arguments
    ]


@pytest.mark.slow
@pytest.mark.parametrize("differentiated", [True, False])
@pytest.mark.parametrize("what", CALLS)
def test_the_second_call_starts_the_same_in_the_quick_way(
    what: str, differentiated: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    call, tensors, _ = CALLS[what]
    launch, long, found = Launch.run, list[str](), list[Any]()

    def run(self: Launch) -> None:
        long.append(self.kernel.__name__)
        launch(self)

    monkeypatch.setattr(Launch, "run", run)
    monkeypatch.setattr(stub_driver, "StubDriver", Watching)
    with stubbed(), torch.set_grad_enabled(differentiated):
        for _ in range(3):
            own = [one.clone().requires_grad_() for one in tensors]
            Watching.seen.clear()
            y = call(*own)
            if differentiated:
                torch.autograd.grad(y, own, torch.ones_like(y))
            found.append([told(one, own) for one in Watching.seen])
    assert found[0] == found[1] == found[2] and len(found[0]) >= 1
    again = long[len(found[0]) :]
    assert not again or what == "im2col", f"{again} were launched the long way again"


@pytest.mark.slow
def test_what_a_call_costs_the_processor_is_a_table(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overhead, "microseconds", lambda call: (call(), 2.0)[1])
    assert overhead.main() == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split()[-1] == "ratio" and [row[:30].strip() for row in rows] == list(overhead.calls())
    assert all(row[30:].split() == ["2.0", "2", "2.0", "1.0"] for row in rows)


def test_the_long_way_keeps_nothing_and_ends() -> None:
    call, tensors, _ = CALLS["luong"]
    before = [one.call for one in Planned.every]
    with stubbed(), torch.no_grad():
        with overhead.the_long_way():
            call(*tensors)
            assert not any(one.kinds for one in Planned.every)
        call(*tensors)
        assert any(one.kinds for one in Planned.every)
    assert [one.call for one in Planned.every] == before


def test_time_is_that_of_one_call() -> None:
    assert 0 <= overhead.microseconds(lambda: None, rounds=2, each=3) < 1e6
