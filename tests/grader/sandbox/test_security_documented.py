"""docs/security.md names every layer, and for each promise a test file that there is."""

from __future__ import annotations

import re
from pathlib import Path

from grader.sandbox.confinement import WANTED
from grader.sandbox.limits import LAYERS
from grader.sandbox.scratch import MAX_BYTES, MAX_ENTRIES

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def test_every_layer_has_a_row() -> None:
    assert tuple(re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE)) == LAYERS + WANTED


def test_every_promise_names_a_test_that_there_is() -> None:
    rows = [line for line in TEXT.splitlines() if line.startswith("| ") and not line.startswith(("| l", "| p"))]
    promises = [row for row in rows if not re.match(r"\| \d", row)]
    named = [re.search(r"\| `(tests/[\w/]+\.py)` \|$", row) for row in promises]
    assert len(promises) >= 17 and None not in named
    assert [match[1] for match in named if match and not (ROOT / match[1]).is_file()] == []


def test_the_size_is_the_codes() -> None:
    assert f"{MAX_BYTES >> 20} MiB" in TEXT and MAX_ENTRIES == 2000
