"""Reading without the screen: demos to play with."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.tutor.process import BIN, own_process, tutor
from tutor.learner.events import Opened
from tutor.learner.progress import Progress

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
    assert tutor("demo", DEMO, "--put-back").err == "You have no copy of it.\n"


def test_an_editor_that_is_not_there_is_said_and_nothing_runs(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor")
    done = tutor("demo", DEMO, "--edit")
    assert done.code == 2 and done.out == "" and "no-such-editor cannot be started" in done.err


def test_list_with_words() -> None:
    done = tutor("list", "Broadcasting", "pairs")
    assert done.code == 0 and "broadcast-pairs:" in done.out and "views:" not in done.out
    found = tutor("list", "matrix", "product", "--json").data
    assert [lesson["id"] for lesson in found["units"][0]["lessons"]] == ["tensor-operators"]  # and later ones perhaps
    assert "  Glossary: mask of a load or store  (dl-tutor glossary load-mask)" in tutor("list", "masked").out
    nothing = tutor("list", "no", "suchword")
    assert (nothing.code, nothing.out, nothing.err) == (1, "", "Nothing in the course has 'no suchword'.\n")


def test_list_says_what_is_left() -> None:
    assert "left" in tutor("list").out.splitlines()[0]
    Progress().record(Opened(lesson="creating-tensors", card=0))
    assert "[-] creating-tensors: Creating tensors (24 min left, 0 of 8 points)" in tutor("list", "constructor").out


def test_the_contents_of_a_lesson() -> None:
    Progress().record(Opened(lesson="broadcasting", card=1))
    done = tutor("read", "broadcasting", "--contents")
    lines = done.out.splitlines()
    assert done.code == 0 and len(lines) == 11
    assert lines[0].startswith("[ ]  1  ") and lines[1].startswith("[x]  2  ") and lines[9].endswith("(exercise)")
    assert Progress().cards("broadcasting") == {1}  # looking at the contents reads nothing


def test_at_a_terminal_what_was_shown_is_read_and_elsewhere_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "--- card 3 of" in tutor("read", "broadcasting").out and not Progress().cards("broadcasting")
    monkeypatch.setattr("tutor.commands.reading.at_terminal", lambda: True)
    done = tutor("read", "broadcasting", stdin="\nq\n", COLUMNS="60")
    assert "--- card 2 of" in done.out and "--- card 3 of" not in done.out
    assert Progress().cards("broadcasting") == {0, 1}
    assert "\n## " not in done.out
    assert all(len(line) <= 60 for line in done.out.splitlines() if not line.startswith("    "))
    tutor("read", "broadcasting", "--card", "5")
    assert Progress().cards("broadcasting") == {0, 1, 4}


def test_a_shell_completes_verbs() -> None:
    for shell in ("bash", "zsh", "fish"):
        assert "_DL_TUTOR_COMPLETE" in tutor("completion", shell).out
    env = {**os.environ, "_DL_TUTOR_COMPLETE": "bash_complete", "COMP_WORDS": "dl-tutor rea", "COMP_CWORD": "1"}
    done = subprocess.run([BIN / "dl-tutor"], env=env, capture_output=True, text=True, timeout=100)
    assert (done.returncode, done.stdout) == (0, "plain,read\n")


def test_formulas_in_words() -> None:
    done = tutor("read", "tour", "--card", "3", "--spoken")
    assert done.code == 0 and "[formula: F equals 9 over 5 C plus 32]" in done.out and "╶─╴" not in done.out


def test_the_glossary() -> None:
    whole = tutor("glossary")
    assert whole.code == 0 and "broadcasting (also: broadcast)\n    The rule" in whole.out and "$" not in whole.out
    assert tutor("glossary", "Broadcast").out.startswith("broadcasting (also")
    unknown = tutor("glossary", "brodcast")
    assert unknown.code == 2 and "Did you mean `broadcast`?" in unknown.err


@pytest.mark.parametrize("words", [("list",), ("read", "broadcasting", "--card", "2"), ("glossary", "gradient")])
def test_a_terminal_that_has_few_characters_gets_what_it_has(
    monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    for name, value in (("PYTHONIOENCODING", "ascii"), ("LC_ALL", "C"), ("LANG", "C")):
        monkeypatch.setenv(name, value)
    done = own_process(*words)
    assert done.code == 0 and done.out.isascii() and done.out.strip()
