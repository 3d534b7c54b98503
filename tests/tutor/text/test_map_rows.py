"""The rows of the map: units that fold, bars, and columns that stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from lessons.loading.loader import load_course
from tests.tutor.screen import COURSE
from tutor.learner.events import Attempt, Opened
from tutor.learner.progress import Progress
from tutor.text import map_rows
from tutor.text.passages import passages
from tutor.text.search import search

REAL = load_course(Path(__file__).parents[3] / "lessons" / "units")


@pytest.mark.parametrize("width", [75, 95, 155])
def test_the_columns_of_the_whole_course_are_aligned_whatever_is_folded(width: int) -> None:
    found, progress = search(REAL, ""), Progress()
    folded = {unit.id for unit in REAL.units[1:]}
    whole = list(map_rows.rows(REAL, progress, found, None, width))
    few = list(map_rows.rows(REAL, progress, found, None, width, folded))
    by_name = {row.name: row.text.plain for row in whole}
    assert all(row.text.plain in (by_name[row.name], by_name[row.name].replace("▾", "▸", 1)) for row in few)
    ends = {cell_len(row.text.plain) for row in whole if row.name and "exercise-" not in row.name}
    assert ends == {cell_len(map_rows.headings(REAL, found, width))} and ends.pop() <= width
    headings = [row.text.plain for row in whole if row.name and row.name.startswith("unit-")]
    assert len(headings) == len(REAL.units) and not any("…" in one for one in headings)


def test_a_folded_unit_is_its_heading_only() -> None:
    course = load_course(COURSE)
    (unit,) = course.units
    (row,) = map_rows.rows(course, Progress(), search(course, ""), None, 75, {unit.id})
    assert row.name == map_rows.name(unit) and row.text.plain.startswith("▸ 1  Straight lines")


def test_a_bar_counts_cards_that_were_read_and_parts_that_were_passed() -> None:
    course = load_course(COURSE)
    (unit,) = course.units
    progress = Progress()
    assert map_rows.share(unit, progress) == 0
    progress.record(Opened(lesson="slopes", card=0))
    progress.record(Opened(lesson="slopes", card=99))  # of an earlier version, which had more
    progress.record(Attempt(exercise="double", part="code", status="passed", score=2, max=2, seed=1))
    assert map_rows.share(unit, progress) == 2 / 11  # 5 cards and 6 parts


@pytest.mark.parametrize(("share", "shown"), [(0, "□□□□"), (0.01, "■□□□"), (0.5, "■■□□"), (0.99, "■■■□"), (1, "■■■■")])
def test_a_bar_is_empty_only_where_nothing_is_done_and_full_only_where_all_is(share: float, shown: str) -> None:
    assert map_rows.bar(share, 4) == shown


@pytest.mark.parametrize("width", [75, 155])
def test_passages_fit_the_map(width: int) -> None:
    found = passages(REAL, Progress(), "gradient")
    rows = list(map_rows.passage_rows(found, width))
    assert len(rows) == len(found) + 1 and rows[0].name is None
    assert max(cell_len(row.text.plain) for row in rows) <= width
    assert rows[1].text.plain.startswith("  Glossary: ")


@pytest.mark.parametrize("width", [1, 12, 24])
def test_a_terminal_that_is_too_narrow_for_the_columns(width: int) -> None:
    found, progress = search(REAL, "gradient"), Progress()
    assert list(map_rows.rows(REAL, progress, found, None, width))
    assert list(map_rows.passage_rows(passages(REAL, progress, "gradient"), width))
    assert map_rows.headings(REAL, found, width)
