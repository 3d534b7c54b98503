"""Rooms stay small: no module has more than 350 lines."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[1]
MOST = 350


def test_no_module_is_longer_than_a_room() -> None:
    modules = [
        path for room in ("grader", "kernels", "lessons", "tests", "tutor") for path in (ROOT / room).rglob("*.py")
    ]
    own = [path for path in modules if "units" not in path.relative_to(ROOT).parts]
    assert len(own) > 200
    long = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in own}
    assert {name: count for name, count in long.items() if count > MOST} == {}
