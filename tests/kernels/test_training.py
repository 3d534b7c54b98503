"""Networks of our modules train like networks of PyTorch's: without a GPU, to the last bit but for fused sums."""

from __future__ import annotations

import pytest
import torch

from tests.kernels.models import MODELS, Kit, curve


@pytest.mark.parametrize("name", sorted(MODELS))
def test_from_one_seed_both_have_one_curve(name: str) -> None:
    ours = curve(name, Kit(), steps=40, batch=16, dtype=torch.float32)
    theirs = curve(name, Kit(ours=False), steps=40, batch=16, dtype=torch.float32)
    assert ours == pytest.approx(theirs, rel=1e-6)
    assert ours[-2] < 0.9 * ours[0]  # it did train
