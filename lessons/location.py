"""Where the course lies."""

from __future__ import annotations

import os
from pathlib import Path

UNITS = Path(__file__).parent / "units"
"""The installed course."""


def default_course() -> Path:
    """The folder of the course: the installed one, or the one that DL_TUTOR_COURSE names."""
    named = os.environ.get("DL_TUTOR_COURSE")
    return Path(named).expanduser() if named else UNITS
