"""The learner's own editor."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.practice import editor


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)


def test_visual_goes_before_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "nano")
    assert editor.command() == ["nano"]
    monkeypatch.setenv("VISUAL", "code --wait 'a folder'")
    assert editor.command() == ["code", "--wait", "a folder"]


def test_none_at_all_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(editor.EditorError, match="export EDITOR=nano"):
        editor.command()


@pytest.mark.parametrize(
    ("named", "says"),
    [
        ("nano 'open", "EDITOR is .* not a command line"),
        ("no-such-editor-here", "no-such-editor-here cannot be started: no such file"),
        ("false", "false ended with exit code 1"),
    ],
)
def test_what_goes_wrong_is_a_sentence(named: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", named)
    with pytest.raises(editor.EditorError, match=says):
        editor.edit(tmp_path / "a.py")
