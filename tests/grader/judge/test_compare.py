"""Comparison stops at the first thing that differs, in the order the verdict promises."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch

from grader.judge.compare import Tolerance, compare, show
from grader.protocol.wire import DType, Opaque

X = torch.arange(6.0).reshape(2, 3)


def kind(got: Any, expected: Any, **tolerance: Any) -> str | None:
    found = compare(got, expected, Tolerance(**tolerance))
    return found.kind if found else None


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (X, X),
        (X + 1e-7, X),
        (X * (1 + 5e-6), X),
        (3, 3),
        (2, 2.0),
        (0.1 + 0.2, 0.3),
        ("a", "a"),
        (None, None),
        (True, True),
        ([1, (2.0, None)], [1, (2.0, None)]),
        ({"a": X, 3: 1}, {"a": X, 3: 1}),
        ({frozenset({1})}, {frozenset({1})}),
        (torch.tensor([math.nan, math.inf]), torch.tensor([math.nan, math.inf])),
        (math.nan, math.nan),
        (DType("int64"), DType("int64")),
        (torch.zeros(0, 3), torch.zeros(0, 3)),
        (torch.tensor([1e-12]), torch.tensor([0.0]) + 1e-12),
    ],
)
def test_alike(got: Any, expected: Any) -> None:
    assert compare(got, expected, Tolerance()) is None


@pytest.mark.parametrize(
    ("got", "expected", "wanted"),
    [
        (None, X, "type"),
        ([1.0], torch.tensor([1.0]), "type"),
        (X.numpy(), X, "type"),
        (X, X.numpy(), "type"),
        (Opaque("Sly"), [1], "type"),
        (Opaque("Tensor", "on device cuda:0"), X, "device"),
        (True, 1, "type"),
        (1, True, "type"),
        (1.0, 1, "type"),
        ("1", 1, "type"),
        ("1", 1.0, "type"),
        (1 + 0j, 1.0, "type"),
        ([1, 2], (1, 2), "type"),
        ((1,), (1, 2), "structure"),
        ({"a": 1}, {"b": 1}, "structure"),
        ({"a": 1}, {"a": 1, "b": 1}, "structure"),
        ({"a": 1, "b": 1}, {"a": 1}, "structure"),
        (X.T, X, "shape"),
        (X[0, 0], X, "shape"),
        (torch.ones(3, 1), torch.ones(3), "shape"),
        (torch.ones(1), torch.tensor(1.0), "shape"),
        (X.double(), X, "dtype"),
        (X.long(), X, "dtype"),
        (torch.where(X > 2, torch.nan, X), X, "finite"),
        (torch.where(X > 2, torch.inf, X), X, "finite"),
        (torch.tensor([-math.inf]), torch.tensor([math.inf]), "finite"),
        (torch.ones(2), torch.tensor([math.nan, 1.0]), "finite"),
        (math.nan, 1.0, "finite"),
        (1.0, math.nan, "finite"),
        (X + 1e-3, X, "value"),
        (torch.zeros(4), torch.full((4,), 1e-8), "value"),
        (torch.zeros(16384), torch.randn(16384).softmax(0), "value"),
        (torch.full((16384,), 1 / 16384), torch.randn(16384).softmax(0), "value"),
        (torch.tensor([1, 2]), torch.tensor([1, 3]), "value"),
        (torch.tensor([True]), torch.tensor([False]), "value"),
        (3, 4, "value"),
        (3.001, 3.0, "value"),
        ("a", "b", "value"),
    ],
)
def test_the_first_difference(got: Any, expected: Any, wanted: str) -> None:
    assert kind(got, expected) == wanted


def test_shape_is_told_before_dtype_and_dtype_before_values() -> None:
    assert kind(X.T.double() + 1, X) == "shape"
    assert kind(X.double() + 1, X) == "dtype"


def test_a_difference_says_where_how_much_and_how_far() -> None:
    wrong = X.clone()
    wrong[1, 1] = 8.0
    found = compare(wrong, X, Tolerance())
    assert found is not None
    assert (found.where, found.expected, found.got) == ("result[1, 1]", "4", "8")
    assert found.share == pytest.approx(1 / 6)
    assert found.abs == pytest.approx(4.0) and found.rel == pytest.approx(1.0)


def test_outputs_are_named() -> None:
    found = compare((X, X + 1), (X, X), Tolerance(), names=("dx", "dgamma"))
    assert found is not None and found.where == "dgamma[0, 0]"


def test_tolerance_scales_with_the_reference_and_the_operation() -> None:
    large = torch.full((3,), 1e6)
    assert kind(large + 1, large) is None
    assert kind(large + 100, large) == "value"
    assert kind(X + 2e-5, X) == "value"
    assert kind(X + 2e-5, X, operation="matmul") is None
    assert kind(X + 2e-5, X, rtol=0.0, atol=1e-4) is None
    assert kind(X.double() + 1e-9, X.double()) == "value"


def test_a_reference_that_cannot_be_compared_is_the_authors_fault() -> None:
    with pytest.raises(TypeError, match="cannot be compared"):
        compare(1, Opaque("generator"), Tolerance())


def test_values_are_shown_short() -> None:
    assert show(torch.tensor([1.0, 2.5])) == "[1, 2.5] (float32)"
    assert show(torch.zeros(100, 3)) == "a tensor of shape (100, 3), float32"
    assert show((1,)) == "(1,)" and show(DType("int64")) == "torch.int64"
    assert len(show("x" * 500)) == 120


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (48.33281, 48.33284),
        (1.0000000001, 1.0),
        (1e-9 + 1e-17, 1e-9),
        (1 + 1e-8j, 1 + 0j),
        (torch.tensor([48.33281, 1.0]), torch.tensor([48.33284, 1.0])),
        (torch.tensor([1.0000000001], dtype=torch.float64), torch.tensor([1.0], dtype=torch.float64)),
    ],
)
def test_numbers_that_differ_never_look_alike(got: Any, expected: Any) -> None:
    found = compare(got, expected, Tolerance(0.0, 0.0))
    assert found is not None and found.got != found.expected
    assert f"{found.got} where {found.expected} was expected" in found.message
