"""Where the course lies, and where what nobody else may see of it."""

from __future__ import annotations

import os
from pathlib import Path

UNITS = Path(__file__).parent / "units"
"""The installed course."""


def default_course() -> Path:
    """The folder of the course: the installed one, or the one that DL_TUTOR_COURSE names."""
    named = os.environ.get("DL_TUTOR_COURSE")
    return Path(named).expanduser() if named else UNITS


def private_exercises() -> Path | None:
    """The folder that DL_TUTOR_PRIVATE names: exercises in it, by the same paths as in the course, take the place of
    those there."""
    named = os.environ.get("DL_TUTOR_PRIVATE")
    return Path(named).expanduser() if named else None
