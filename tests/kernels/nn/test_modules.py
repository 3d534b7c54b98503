"""Our modules stand in for PyTorch's wherever those may stand: in other modules, traces, conversions and models."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
import torch
import torch.nn.functional as F

import kernels
from kernels import nn
from tests.kernels.measure import outcome

R = torch.randn


def test_who_takes_a_norm_apart_is_told_of_its_relu() -> None:
    conv, norm = torch.nn.Conv2d(3, 4, 3).eval(), nn.BatchNorm2d(4, relu=True).eval()
    for take_apart in (
        lambda: torch.nn.SyncBatchNorm.convert_sync_batchnorm(torch.nn.Sequential(conv, norm)),
        lambda: torch.nn.utils.fusion.fuse_conv_bn_eval(conv, norm),
    ):
        with pytest.raises(RuntimeError, match="This BatchNorm2d has a ReLU in it, which would be lost"):
            take_apart()
    assert "eps=1e-05" in repr(norm) and copy.deepcopy(norm).relu
    norm.relu = False
    synced = torch.nn.SyncBatchNorm.convert_sync_batchnorm(norm)
    assert isinstance(synced, torch.nn.SyncBatchNorm) and synced.eps == 1e-5
    x = R(2, 3, 6, 6)
    torch.testing.assert_close(torch.nn.utils.fusion.fuse_conv_bn_eval(conv, norm)(x), norm(conv(x)))
    norm.eps = 0.5
    assert norm.eps == 0.5 and "eps=0.5" in repr(norm)


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize(("inner", "outer"), [(True, False), (False, True), (True, True), (False, False)])
def test_a_relu_follows_wherever_it_was_asked_for(training: bool, inner: bool, outer: bool) -> None:
    conv, norm = nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4, relu=inner)
    x, plain = R(2, 3, 6, 6), torch.nn.BatchNorm2d(4).train(training)
    expected = plain(conv(x))
    found = nn.ConvBatchNorm2d(conv, norm, relu=outer).train(training)(x)
    torch.testing.assert_close(found, F.relu(expected) if inner or outer else expected)


def test_a_relu_before_the_norm_is_refused_or_kept() -> None:
    conv = nn.Conv2d(3, 4, 3, relu=True)
    with pytest.raises(ValueError, match="a ReLU of its own, which would come before the batch norm"):
        nn.ConvBatchNorm2d(conv, torch.nn.BatchNorm2d(4))
    conv.relu = False
    module, x = nn.ConvBatchNorm2d(conv, torch.nn.BatchNorm2d(4), relu=False).eval(), R(2, 3, 6, 6)
    conv.relu = True
    torch.testing.assert_close(module(x), module.norm(F.relu(F.conv2d(x, conv.weight, conv.bias))))


@pytest.mark.parametrize("training", [True, False])
def test_hooks_fire(training: bool) -> None:
    seen: list[str] = []
    module = nn.ConvBatchNorm2d(torch.nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4)).train(training)
    x = R(2, 3, 6, 6)
    before = copy.deepcopy(module)(x)
    module.conv.register_forward_hook(lambda *_: seen.append("conv"))
    module.norm.register_forward_pre_hook(lambda *_: seen.append("norm"))
    torch.testing.assert_close(module(x), before)
    assert seen == ["conv", "norm"]


def test_training_fuses_the_relu_into_pytorchs_norm_too(monkeypatch: pytest.MonkeyPatch) -> None:
    from kernels.nn import normalisation

    seen: list[Any] = []

    def spy(x: torch.Tensor, *_: Any, relu: bool, **__: Any) -> torch.Tensor:
        seen.append(relu)
        return x

    monkeypatch.setattr(normalisation, "batch_norm", spy)
    nn.ConvBatchNorm2d(torch.nn.Conv2d(3, 4, 3), torch.nn.BatchNorm2d(4))(R(2, 3, 6, 6))
    assert seen == [True]


def test_integers_are_refused_under_autocast_as_without() -> None:
    x, w = torch.ones(1, 1, 3, 3, dtype=torch.int64), R(1, 1, 2, 2)
    with torch.autocast("cpu"):
        for backend in ("triton", "auto"):
            assert outcome(kernels.conv2d, x, w, backend=backend) == outcome(F.conv2d, x, w)
        with pytest.raises(ValueError, match=r"torch\.int64"):
            kernels.luong_attention(torch.ones(2, 3, dtype=torch.int64), torch.ones(2, 4, 3, dtype=torch.int64))


def test_columns_of_one_picture_and_what_they_would_use() -> None:
    x, w, bias = R(3, 6, 5), R(4, 3, 3, 3), R(4)
    for one in (x, x[None]):
        torch.testing.assert_close(kernels.explicit_conv2d(one, w, bias, 2, 1), F.conv2d(one, w, bias, 2, 1))
        assert kernels.explain("explicit_conv2d", one, w).backend == "torch"
    assert kernels.explain("col2im", R(2, 27, 12), (6, 5), 3).reason.startswith("the tensors are on the device cpu")


MODULES: list[tuple[Callable[..., torch.nn.Module], Callable[..., torch.nn.Module], tuple[Any, ...], torch.Tensor]] = [
    (nn.BatchNorm1d, torch.nn.BatchNorm1d, (3,), R(4, 3)),
    (nn.BatchNorm2d, torch.nn.BatchNorm2d, (3,), R(2, 3, 4, 5)),
    (nn.Conv1d, torch.nn.Conv1d, (4, 6, 3, 2, 1, 1, 2), R(2, 4, 9)),
    (nn.Conv2d, torch.nn.Conv2d, (4, 6, 3, 2, 1), R(2, 4, 9, 8)),
    (nn.ConvTranspose1d, torch.nn.ConvTranspose1d, (4, 6, 3, 2, 1, 1), R(2, 4, 9)),
    (nn.ConvTranspose2d, torch.nn.ConvTranspose2d, (4, 6, 3, 2), R(4, 9, 8)),
]


@pytest.mark.parametrize(("own", "theirs", "how", "x"), MODULES, ids=lambda one: getattr(one, "__name__", ""))
def test_a_module_stands_in(own: Any, theirs: Any, how: tuple[Any, ...], x: torch.Tensor) -> None:
    ours, others = own(*how), theirs(*how)
    others.load_state_dict(ours.state_dict())
    expected = others(x)
    torch.testing.assert_close(ours(x), expected, rtol=0, atol=0)
    assert repr(ours) == repr(others) and "backend='torch'" in repr(own(*how, backend="torch"))
    torch.testing.assert_close(own(*how, relu=True).train(False)(x).clamp_max(0), torch.zeros_like(expected))
    with pytest.raises(kernels.BackendError, match=rf"{own.__name__}\(backend=\.\.\.\): 'tritn' is no backend"):
        own(*how, backend="tritn")
    traced = torch.fx.symbolic_trace(torch.nn.Sequential(ours, torch.nn.Sigmoid()))
    assert [node.op for node in traced.graph.nodes] == ["placeholder", "call_module", "call_module", "output"]
    torch.testing.assert_close(traced.eval()(x), torch.sigmoid(ours.eval()(x)))


def test_a_function_is_one_node_of_a_trace() -> None:
    def model(x: torch.Tensor, w: torch.Tensor) -> torch.Tensor:
        return kernels.attention(kernels.conv2d(x, w, relu=True), x, x)

    traced = torch.fx.symbolic_trace(model)
    assert [node.op for node in traced.graph.nodes].count("call_function") == 2
    x, w = R(2, 3, 4, 4), R(3, 3, 1, 1)
    torch.testing.assert_close(traced(x, w), model(x, w))


@pytest.mark.parametrize("how", [{}, {"kdim": 6, "vdim": 4, "bias": False, "batch_first": True}], ids=["", "odd"])
def test_several_heads_do_what_pytorchs_do(how: dict[str, Any]) -> None:
    ours, theirs = nn.MultiheadAttention(8, 2, **how), torch.nn.MultiheadAttention(8, 2, **how)
    theirs.load_state_dict(ours.state_dict())
    q, k, v = R(5, 3, 8), R(6, 3, how.get("kdim", 8)), R(6, 3, how.get("vdim", 8))
    if how:
        q, k, v = (one.transpose(0, 1) for one in (q, k, v))
    padding, causal = torch.arange(6) >= torch.tensor([4, 1, 6])[:, None], torch.ones(5, 6).triu(1).bool()
    for named in (
        {}, {"need_weights": False}, {"need_weights": False, "key_padding_mask": padding},
        {"need_weights": False, "attn_mask": causal}, {"need_weights": False, "attn_mask": causal, "is_causal": True},
    ):  # fmt: skip
        got, expected = ours(q, k, v, **named), theirs(q, k, v, **named)
        torch.testing.assert_close(got, expected)
    for weights in (True, False):
        masked, lengths = theirs(q, k, v, padding, weights, causal), torch.tensor([4, 1, 6])
        torch.testing.assert_close(ours(q, k, v, None, weights, is_causal=True, lengths=lengths), masked)
    with pytest.raises(ValueError, match="one of them says it all"):
        ours(q, k, v, padding, lengths=lengths)


def test_attention_as_a_module() -> None:
    q, k, v = R(2, 4, 5, 8), R(2, 4, 5, 8), R(2, 4, 5, 8)
    module = nn.Attention(is_causal=True, scale=0.3, dropout_p=0.5, backend="torch").eval()
    torch.testing.assert_close(module(q, k, v), F.scaled_dot_product_attention(q, k, v, is_causal=True, scale=0.3))
    assert repr(module) == "Attention(is_causal=True, scale=0.3, dropout_p=0.5, backend='torch')"
    assert not torch.equal(module.train()(q, k, v), module(q, k, v))
    assert repr(nn.LuongAttention()) == "LuongAttention()"


def test_a_model_is_made_of_our_modules_in_one_call() -> None:
    class Own(torch.nn.Conv2d):
        pass

    shared = torch.nn.BatchNorm2d(4)
    model: Any = torch.nn.Sequential(
        torch.nn.Conv2d(3, 4, 3), shared, torch.nn.Sequential(Own(4, 4, 1), shared), torch.nn.SyncBatchNorm(4),
        torch.nn.utils.parametrizations.weight_norm(torch.nn.Conv2d(4, 4, 1)), torch.nn.ReLU(),
    ).eval()  # fmt: skip
    seen: list[str] = []
    model[0].register_forward_hook(lambda *_: seen.append("hook"))
    x, state, expected = R(2, 3, 6, 6), list(model.state_dict()), model(R(2, 3, 6, 6).fill_(0.5))
    parameters = list(model.parameters())
    found = nn.replace(model, backend="torch")
    assert id(found.model) == id(model) and list(found.replaced) == ["0", "1", "2.1"]
    assert list(found.refused) == ["2.0", "3", "4"] and "because Own may do something else" in str(found)
    assert "0: Conv2d is kernels.nn.Conv2d" in str(found) and model[1] is model[2][1]
    assert list(map(id, model.parameters())) == list(map(id, parameters)) and list(model.state_dict()) == state
    torch.testing.assert_close(model(x.fill_(0.5)), expected)
    assert seen == ["hook", "hook"] and not model[1].training and model[1].backend == "torch"
    assert str(nn.replace(torch.nn.ReLU())) == "Nothing to replace."
    alone = nn.replace(torch.nn.MultiheadAttention(4, 2))
    assert type(alone.model) is nn.MultiheadAttention and str(alone).startswith("the model: ")
    with pytest.raises(kernels.BackendError, match=r"kernels\.nn\.replace"):
        nn.replace(model, backend="tritn")
