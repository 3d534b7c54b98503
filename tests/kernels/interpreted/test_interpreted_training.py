"""Networks trained by our kernels, at toy size: the curve of PyTorch's modules from the same seed."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from tests.kernels.models import MODELS, Kit, curve

*OTHERS, LAST = sorted(MODELS)


@pytest.mark.parametrize(
    ("dtype", "tolerance", "steps"),
    [
        (torch.float64, 1e-9, 2),
        pytest.param(torch.float64, 1e-9, 6, marks=pytest.mark.slow),
        pytest.param(torch.float32, 1e-3, 4, marks=pytest.mark.slow),
    ],
    ids=["float64", "float64, longer", "float32"],
)
@pytest.mark.parametrize("name", [LAST, *(pytest.param(one, marks=pytest.mark.slow) for one in OTHERS)])
def test_from_one_seed_both_have_one_curve(name: str, dtype: torch.dtype, tolerance: float, steps: int) -> None:
    how: dict[str, Any] = {"steps": steps, "batch": 6, "dtype": dtype}
    ours, theirs = curve(name, Kit("interpret"), **how), curve(name, Kit(ours=False), **how)
    assert ours == pytest.approx(theirs, rel=tolerance)
    assert ours[-2] < ours[0]  # it did train
