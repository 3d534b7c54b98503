"""What only some of the interpreted tests need."""

from __future__ import annotations

import pytest


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Launches are watched for the length of one test.

    After it no launch is: each would have two numbers for every element of a storage, and there are tests with storages
    of 4 GiB that nobody touches.
    """
    from triton.runtime import interpreter

    from kernels.inspect import launches

    builder = interpreter.InterpreterBuilder
    changed = {
        interpreter.GridExecutor: ("__call__",),
        interpreter: ("_implicit_cvt",),
        builder: (
            "set_grid_idx", "create_masked_load", "create_masked_store", "create_atomic_rmw", "create_atomic_cas"
        ),
    }  # fmt: skip
    for owner, names in changed.items():
        for name in names:
            monkeypatch.setattr(owner, name, getattr(owner, name))  # put back in the end, whatever comes between
    monkeypatch.setattr(interpreter, "_dl_tutor_watched", False, raising=False)
    assert launches.install() and launches.install(), "again changes nothing"
    launches.forget()
