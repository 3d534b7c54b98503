"""The learner's own copies of demos."""

from __future__ import annotations

from pathlib import Path

import pytest

from lessons.loading.loader import load_course
from tutor.learner import demo_copy
from tutor.learner.workspace import WorkspaceError

DEMO = load_course(Path(__file__).parents[1] / "course").lessons[0].demos[0]


def test_a_copy_is_kept_and_the_original_stays(home: Path) -> None:
    before = DEMO.source
    assert demo_copy.own_copy(DEMO) is None
    demo_copy.save(DEMO, "print(4)\n")
    assert demo_copy.own_copy(DEMO) == "print(4)\n" == (home / "demos" / "slopes" / "count.py").read_text()
    assert DEMO.source == before


def test_a_copy_that_is_the_original_again_is_none() -> None:
    demo_copy.save(DEMO, "print(4)\n")
    demo_copy.save(DEMO, "\n" + DEMO.source.strip().replace("\n", "\r\n"))
    assert demo_copy.own_copy(DEMO) is None


def test_the_original_comes_back_and_the_copy_is_not_lost() -> None:
    assert demo_copy.put_back(DEMO) is None
    for text in ("print(4)\n", "print(5)\n"):
        demo_copy.save(DEMO, text)
        kept = demo_copy.put_back(DEMO)
        assert kept is not None and kept.read_text() == text
        assert demo_copy.own_copy(DEMO) is None
    assert kept is not None and len(list(kept.parent.iterdir())) == 2


def test_a_file_for_another_editor_begins_with_the_original_and_is_never_written_over() -> None:
    path = demo_copy.made(DEMO)
    assert path.read_text() == DEMO.source
    path.write_text("print(6)\n")
    assert demo_copy.made(DEMO).read_text() == "print(6)\n"


def test_a_copy_that_is_no_text_is_said() -> None:
    demo_copy.made(DEMO).write_bytes(b"\xff")
    with pytest.raises(WorkspaceError, match="not UTF-8"):
        demo_copy.own_copy(DEMO)
