"""The package as it is imported."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from typing import Any

import pytest
import torch

import kernels

W = torch.randn(3, 3, 2, 2)
CALLS: dict[str, Callable[[Any], Any]] = {
    "attention": lambda x: kernels.attention(x, x, x),
    "attention_with_lse": lambda x: kernels.attention_with_lse(x, x, x),
    "batch_norm": lambda x: kernels.batch_norm(x, training=True),
    "col2im": lambda x: kernels.col2im(x, (4, 4), 3),
    "conv1d": lambda x: kernels.conv1d(x, W[0]),
    "conv2d": lambda x: kernels.conv2d(x, W),
    "conv_transpose1d": lambda x: kernels.conv_transpose1d(x, W[0]),
    "conv_transpose2d": lambda x: kernels.conv_transpose2d(x, W),
    "explicit_conv2d": lambda x: kernels.explicit_conv2d(x, W),
    "im2col": lambda x: kernels.im2col(x, 3),
    "luong_attention": lambda x: kernels.luong_attention(x, x),
}


@pytest.mark.parametrize("name", kernels.__all__)
def test_a_public_name_is_no_module_as_well(name: str) -> None:
    assert importlib.util.find_spec(f"kernels.{name}") is None


def test_every_operation_is_one_node_of_a_trace() -> None:
    others = {"BackendError", "Choice", "Norm", "Status", "backend", "explain", "status"}
    assert set(CALLS) == set(kernels.__all__) - others
    for name, call in CALLS.items():
        nodes = torch.fx.symbolic_trace(call).graph.nodes
        assert [node.target for node in nodes if node.op == "call_function"] == [getattr(kernels, name)]


@pytest.mark.parametrize("name", CALLS)
def test_every_operation_is_left_to_a_subclass_of_tensors(name: str) -> None:
    class Own(torch.Tensor):
        @classmethod
        def __torch_function__(cls, function: Any, types: Any, arguments: Any = (), named: Any = None) -> Any:
            return function.__name__

    assert CALLS[name](torch.randn(2, 3).as_subclass(Own)) == name
