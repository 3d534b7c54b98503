"""Reading without the screen: demos to play with."""

from __future__ import annotations

from pathlib import Path

import pytest
from process import tutor

from tutor.progress import Progress

DEMO = "broadcasting/column"


def copy(home: Path) -> Path:
    return home / "demos" / "broadcasting" / "column.py"


def test_a_demo_is_changed_in_ones_own_editor_and_put_back(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.sh"
    script.write_text("#!/bin/sh\necho 'print(40 + 2)' > \"$1\"\n")
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(script))
    monkeypatch.delenv("VISUAL", raising=False)
    edited = tutor("demo", DEMO, "--edit")
    assert (edited.code, edited.out, edited.err) == (0, "42\n", f"Your copy: {copy(home)}\n")
    again = tutor("demo", DEMO, "--mine")
    assert (again.code, again.out) == (0, "42\n")
    assert not Progress().demo_ran("broadcasting", "column")  # it was not the course's demo that ran
    assert "[2, 2, 2]])" in tutor("demo", DEMO).out
    assert Progress().demo_ran("broadcasting", "column")
    back = tutor("demo", DEMO, "--put-back")
    assert back.code == 0 and "Your copy is kept as" in back.err and not copy(home).exists()
    assert tutor("demo", DEMO, "--put-back").err == "There is no copy of yours.\n"


def test_an_editor_that_is_not_there_is_said_and_nothing_runs(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor")
    done = tutor("demo", DEMO, "--edit")
    assert done.code == 2 and done.out == "" and "no-such-editor cannot be started" in done.err
