"""Exercises of any parts, written where a test needs them."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.loader import load_exercise
from lessons.schema import Exercise

Written = Callable[..., Exercise]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes an exercise from the YAML of its parts and the texts of its other files; loads it."""

    def write(parts: str, *, id: str = "asked", **files: str) -> Exercise:
        folder = tmp_path / "exercises" / id
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "exercise.yaml").write_text(f"id: {id}\ntitle: Asked\nparts:\n{textwrap.dedent(parts)}")
        (folder / "prompt.md").write_text("Do it.\n")
        for name, text in files.items():
            (folder / f"{name}.py").write_text(textwrap.dedent(text))
        return load_exercise(folder)

    return write
