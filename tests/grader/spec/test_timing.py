"""Reported seconds are held against the call that measured them; every bound is one-sided."""

from __future__ import annotations

import pytest

from grader.spec import measured


@pytest.mark.parametrize(
    ("times", "call", "longest", "name"),
    [
        ({"loop": 0.03, "fast": 1e-5}, 0.1, 0.0001, None),
        ({"loop": 0.1, "fast": 1e-5}, 0.1, 0.0001, None),
        ({"loop": 0.03, "fast": 1e-5}, 9.0, 0.0001, None),  # a busy machine makes calls longer
        ({"loop": 0.001, "fast": 1e-5}, 9.0, None, None),
        ({"loop": 30.0, "fast": 0.01}, 0.1, None, "milliseconds"),
        ({"loop": 0.03, "fast": 1e-5}, 0.001, None, "longer-than-the-call"),
        ({"loop": 3e-6, "fast": 1e-9}, 0.1, 0.0001, "share-of-the-call"),
    ],
)
def test_seconds_must_fit_into_the_call(
    times: dict[str, float], call: float, longest: float | None, name: str | None
) -> None:
    found = measured(times, call, longest=longest)
    assert (found.name if found else None) == name
    if found:
        assert "`loop` is" in found.message and found.hint
