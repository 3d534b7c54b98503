"""What is said of tensors where they are: which of them lie in the same memory."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch

from grader.sandbox.observations import sharing

SHARED: dict[str, Callable[[torch.Tensor], object]] = {
    "itself": lambda x: x,
    "a view": lambda x: x[1:, ::2].T,
    "a part by NumPy": lambda x: torch.from_numpy(x.numpy()[1:, 2:]),
    "another dtype": lambda x: x.view(torch.int32),
    "in a dict": lambda x: {"y": [x.flatten()]},
}
COPIED: dict[str, Callable[[torch.Tensor], object]] = {
    "a copy": lambda x: x.clone(),
    "a mask": lambda x: x[x > 3],
    "a copy by NumPy": lambda x: torch.from_numpy(x.numpy()[1:].copy()),
    "an empty tensor": lambda x: torch.empty(0),
    "no tensor": lambda x: x.tolist(),
}


@pytest.mark.parametrize("name", SHARED)
def test_memory_in_common_is_seen(name: str) -> None:
    x = torch.arange(12.0).reshape(3, 4)
    assert sharing(SHARED[name](x), [torch.ones(2), x]) == [[0, 1]]


@pytest.mark.parametrize("name", COPIED)
def test_a_copy_is_seen(name: str) -> None:
    x = torch.arange(12.0).reshape(3, 4)
    assert sharing(COPIED[name](x), [x]) == []
