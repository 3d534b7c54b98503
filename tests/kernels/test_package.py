"""The package as it is imported."""

from __future__ import annotations

import importlib.util

import pytest

import kernels


@pytest.mark.parametrize("name", kernels.__all__)
def test_a_public_name_is_no_module_as_well(name: str) -> None:
    assert importlib.util.find_spec(f"kernels.{name}") is None
