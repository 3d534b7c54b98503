"""The layout of the panes is remembered, and a file that was changed is no trouble."""

from __future__ import annotations

import pytest

from tutor.learner import layout, locations
from tutor.learner.layout import LEAST, MOST, SHARES, Layout


def test_it_is_kept() -> None:
    assert layout.kept() == Layout()
    wanted = Layout().widened("work", 2).toggled("task")
    layout.keep(wanted)
    assert layout.kept() == wanted and wanted.shares == (3, 6, 3) and wanted.hidden == {"task"}
    assert wanted.toggled("task").hidden == frozenset() == wanted.showing("task").hidden


def test_a_pane_has_its_bounds_and_one_always_stays() -> None:
    assert Layout().widened("task", -99).shares[0] == LEAST and Layout().widened("third", 99).shares[2] == MOST
    two = Layout().toggled("task").toggled("work")
    assert two.toggled("third") == two


@pytest.mark.parametrize(
    "said", ["", "[]", '{"shares": [1, 2]}', '{"shares": [0, -5, 99]}', '{"hidden": ["task", "work", "third", "x"]}']
)
def test_a_file_that_was_changed(said: str) -> None:
    path = locations.layout_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(said)
    found = layout.kept()
    assert found.hidden == frozenset() and all(LEAST <= share <= MOST for share in found.shares)
    assert "-5" in said or found.shares == SHARES
