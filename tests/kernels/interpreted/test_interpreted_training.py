"""Networks trained by our kernels, at toy size: the curve of PyTorch's modules from the same seed."""

from __future__ import annotations

import pytest
import torch

from tests.kernels.models import MODELS, Kit, curve


@pytest.mark.parametrize(
    ("dtype", "tolerance"), [(torch.float64, 1e-9), (torch.float32, 1e-3)], ids=["float64", "float32"]
)
@pytest.mark.parametrize("name", sorted(MODELS))
def test_from_one_seed_both_have_one_curve(name: str, dtype: torch.dtype, tolerance: float) -> None:
    how = {"steps": 6 if dtype == torch.float64 else 4, "batch": 6, "dtype": dtype}
    ours, theirs = curve(name, Kit("interpret"), **how), curve(name, Kit(ours=False), **how)
    assert ours == pytest.approx(theirs, rel=tolerance)
    assert ours[-2] < ours[0]  # it did train
