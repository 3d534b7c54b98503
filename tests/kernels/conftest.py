"""Tests of kernels that are interpreted run in a process of their own: Triton decides once, when it is imported."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

INTERPRETED = Path(__file__).parent / "interpreted"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    interpreting = os.environ.get("TRITON_INTERPRET") == "1"
    for item in items:
        if INTERPRETED in item.path.parents and not interpreting:
            item.add_marker(
                pytest.mark.skip(reason="TRITON_INTERPRET=1 is not set: make test runs these by themselves")
            )


@pytest.fixture
def nan_filled() -> Iterator[None]:
    """Memory that was just allocated holds NaN, so that what is not written shows."""
    torch.use_deterministic_algorithms(True)
    assert torch.utils.deterministic.fill_uninitialized_memory
    yield
    torch.use_deterministic_algorithms(False)
