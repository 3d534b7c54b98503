"""Tests of kernels that are interpreted run in a process of their own: Triton decides once, when it is imported."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

INTERPRETED = Path(__file__).parent / "interpreted"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    interpreting = os.environ.get("TRITON_INTERPRET") == "1"
    for item in items:
        if INTERPRETED in item.path.parents and not interpreting:
            item.add_marker(
                pytest.mark.skip(reason="TRITON_INTERPRET=1 is not set: make test runs these by themselves")
            )


@pytest.fixture(autouse=True)
def one_thread_and_one_seed() -> Iterator[None]:
    """Tensors are small here: threads would cost more than they save, and take turns with those of other processes."""
    import torch

    torch.manual_seed(0)  # the same numbers in every run, whichever tests ran before
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(params=["aot_eager", pytest.param("inductor", marks=pytest.mark.slow)])
def compiler(request: pytest.FixtureRequest) -> str:
    """A back end of `torch.compile`: one that traces and differentiates as all do, and that which writes code too."""
    name: str = request.param
    return name


@pytest.fixture(
    params=[("test_schema", "test_faketensor"), pytest.param(("test_aot_dispatch_dynamic",), marks=pytest.mark.slow)],
    ids=["schema", "dispatch"],
)
def checks(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """What `torch.library.opcheck` tests of an operation."""
    names: tuple[str, ...] = request.param
    return names


@pytest.fixture
def nan_filled() -> Iterator[None]:
    """Memory that was just allocated holds NaN, so that what is not written shows."""
    import torch

    torch.use_deterministic_algorithms(True)
    assert torch.utils.deterministic.fill_uninitialized_memory  # type: ignore[attr-defined]
    yield
    torch.use_deterministic_algorithms(False)
