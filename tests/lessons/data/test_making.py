"""A maker is a program of its own: what it says of its progress, how it fails, and how it is stopped."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from lessons import interpreter
from lessons.data import garments, making, mirror
from lessons.data.catalogue import named

MAKER = """
import sys, time
print("1 4", flush=True)
print("a package says something, 2 4", flush=True)
print("4 4", flush=True)
{end}
"""


@pytest.fixture
def maker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the module `a_maker`."""
    monkeypatch.setattr(interpreter, "ROOT", tmp_path)
    return tmp_path / "a_maker.py"


def test_it_is_heard_how_far_it_is(maker: Path) -> None:
    maker.write_text(MAKER.format(end=""))
    told: list[tuple[int, int]] = []
    assert making.run("a_maker", [], 60, lambda done, total: told.append((done, total))) is None
    assert told == [(1, 4), (4, 4)]


def test_its_last_words_are_the_reason(maker: Path) -> None:
    maker.write_text(MAKER.format(end="sys.stderr.write('x' * 200_000); sys.exit('\\nthere is no more room')"))
    assert making.run("a_maker", [], 60) == "there is no more room"
    maker.write_text("import sys; sys.exit(3)")
    assert making.run("a_maker", [], 60) == "it said nothing"


@pytest.mark.parametrize("end", ["time.sleep(60)", "sys.stdout.close(); time.sleep(60)"])
def test_it_has_its_time(maker: Path, end: str) -> None:
    maker.write_text(MAKER.format(end=end))
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        making.run("a_maker", [], 2)
    assert time.monotonic() - began < 30


def test_who_hears_of_it_may_stop_it(maker: Path) -> None:
    maker.write_text(MAKER.format(end="time.sleep(60)"))

    def enough(done: int, total: int) -> None:
        raise KeyboardInterrupt

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        making.run("a_maker", [], 60, enough)
    assert time.monotonic() - began < 30


@pytest.mark.slow
@pytest.mark.parametrize("name", ["digits28", "glove-excerpt", "synthetic-sentiment"])
def test_every_maker_says_how_far_it_is(tmp_path: Path, name: str) -> None:
    """Upwards, and to the end. drawn-garments takes longer, and is asked with fewer pictures below."""
    data, told = named(name), []
    assert data is not None
    mirror.make(data, tmp_path, lambda done, total: told.append((done, total)))
    shares = [done / total for done, total in told]
    assert shares == sorted(shares) and 0 < shares[0] < shares[-1] == 1
    assert mirror.state(data, tmp_path) == "stand-in"


def test_garments_are_counted_over_both_sets(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    garments.make(tmp_path, train=2500, test=500, progress=lambda done, total: told.append((done, total)))
    assert told == [(2000, 3000), (2500, 3000), (3000, 3000)]


def test_one_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    data = named("drawn-garments")
    assert data is not None

    def enough(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        mirror.make(data, tmp_path, enough)
    assert list(tmp_path.iterdir()) == []
