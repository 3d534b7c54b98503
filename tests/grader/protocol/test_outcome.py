"""When two exceptions are the same: a mistake that raises is recognised by that."""

from __future__ import annotations

import pytest

from grader.protocol.outcome import Raised

LEAF = "a leaf Variable that requires grad is being used in an in-place operation."
DTYPES = "mat1 and mat2 must have the same dtype, but got Double and Float"
SIZES = "The size of tensor a ({}) must match the size of tensor b ({}) at non-singleton dimension 1"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Raised("ValueError", message="math domain error"), Raised("ValueError", message="too small"), False),
        (Raised("ValueError"), Raised("TypeError"), False),
        (Raised("RuntimeError", message=LEAF), Raised("RuntimeError", message=DTYPES), False),
        (Raised("RuntimeError", message=SIZES.format(3, 5)), Raised("RuntimeError", message=SIZES.format(7, 2)), True),
        (Raised("RuntimeError"), Raised("RuntimeError"), True),
    ],
)
def test_torch_raises_one_class_for_many_errors(one: Raised, other: Raised, same: bool) -> None:
    assert one.same(other) is same
