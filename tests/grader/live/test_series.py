"""A million points are a few thousand, and nothing that matters is lost."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from grader.live.series import EACH, EXACT, Series


def thinned(values: list[float], first: int = 0) -> list[tuple[int, float]]:
    series = Series()
    for step, value in enumerate(values, first):
        series.add(step, value)
    series.close()
    assert series.count == len(values)
    return series.sent


def test_the_first_points_are_exact() -> None:
    assert thinned([float(i) for i in range(EXACT)]) == [(i, float(i)) for i in range(EXACT)]


def test_a_million_points_are_a_few_thousand() -> None:
    sent = thinned([math.sin(i / 1000) for i in range(1_000_000)])
    assert EXACT < len(sent) < EXACT + 13 * (EACH + 4)
    steps = [step for step, _ in sent]
    assert steps == sorted(set(steps)) and steps[0] == 0 and steps[-1] == 999_999


@given(
    st.integers(0, 6000),
    st.dictionaries(st.integers(0, 5999), st.floats(min_value=-10, max_value=10), max_size=20),
    st.sets(st.integers(0, 5999), max_size=3),
)
def test_first_last_extremes_and_holes_are_kept(count: int, odd: dict[int, float], holes: set[int]) -> None:
    values = [math.nan if i in holes else odd.get(i, 0.0) for i in range(count)]
    sent = thinned(values)
    kept = dict(sent)
    assert [step for step, _ in sent] == sorted(kept)
    assert all(kept[step] == values[step] or math.isnan(values[step]) for step in kept)
    finite = [value for value in values if not math.isnan(value)]
    if count:
        assert 0 in kept and count - 1 in kept
    if finite:
        shown = [value for value in kept.values() if not math.isnan(value)]
        assert (min(shown), max(shown)) == (min(finite), max(finite))
    first = next((i for i in range(count) if i in holes), None)
    assert first is None or math.isnan(kept[first])


def test_infinities_are_extremes() -> None:
    values = [0.0] * 5000
    values[4321], values[4500] = math.inf, -math.inf
    kept = dict(thinned(values))
    assert kept[4321] == math.inf and kept[4500] == -math.inf


def test_a_point_that_closes_a_stretch_early_is_not_sent_twice() -> None:
    series = Series()
    for step in range(EXACT + 1):
        series.add(step, 1.0)
    series.close()
    series.close()
    assert [step for step, _ in series.sent] == list(range(EXACT + 1))


def test_steps_may_go_back() -> None:
    series = Series()
    for step in [*range(EXACT), *range(100)]:
        series.add(step, float(step))
    series.close()
    assert series.sent[EXACT][0] in (0, 1) and series.sent[-1] == (99, 99.0)
