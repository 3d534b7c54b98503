"""What the tutor's tests share: a home of their own, and snapshots of the screen as plain text."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

SNAPSHOTS = Path(__file__).parent / "snapshots"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-screens", action="store_true", help="write the snapshots of the screen instead of comparing"
    )


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test has a learner's home of its own."""
    path = tmp_path / "home"
    monkeypatch.setenv("DL_TUTOR_HOME", str(path))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return path


@pytest.fixture
def same_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every question is drawn with the same numbers."""
    monkeypatch.setattr("tutor.learner.progress.secrets.randbelow", lambda _: 5)


@pytest.fixture
def matches(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`matches(name, text)`: the text is that of the snapshot `name`."""
    update = bool(os.environ.get("UPDATE_SCREENS"))
    try:
        update = update or bool(request.config.getoption("--update-screens"))
    except ValueError:  # the option is only known where this folder was named on the command line
        pass

    def compare(name: str, text: str) -> None:
        path = SNAPSHOTS / f"{name}.txt"
        text = text.rstrip("\n") + "\n"
        if update:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            return
        assert path.is_file(), f"no snapshot {path.name}: run with UPDATE_SCREENS=1 and look at it"
        want = path.read_text(encoding="utf-8")
        if want != text:
            lines = difflib.unified_diff(want.splitlines(), text.splitlines(), "snapshot", "screen", lineterm="")
            pytest.fail(f"{path.name} is not what is on the screen:\n" + "\n".join(lines), pytrace=False)

    return compare
