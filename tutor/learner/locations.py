"""Where the tutor keeps things. No other module knows a directory.

DL_TUTOR_HOME moves everything into one folder; without it the learner's files lie with their documents, where
an editor finds them, and the progress file lies where the system keeps a program's data.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

NAME = "dl-tutor"


def home() -> Path | None:
    """The folder that DL_TUTOR_HOME names, or None."""
    named = os.environ.get("DL_TUTOR_HOME")
    return Path(named).expanduser().absolute() if named else None


def workspace() -> Path:
    """The folder of the learner's files: UNIT/LESSON/EXERCISE.py below it."""
    moved = home()
    return moved / "workspace" if moved else Path(platformdirs.user_documents_path()) / NAME


def data() -> Path:
    """The folder of what the tutor remembers."""
    return home() or Path(platformdirs.user_data_path(NAME, appauthor=False))


def scratch() -> Path:
    """The folder of the learner's own copies of demos: LESSON/DEMO.py below it."""
    return data() / "demos"


def reviews() -> Path:
    """The folder of what is written in reviews: UNIT/LESSON/EXERCISE.py below it. It is nothing to hand in."""
    return data() / "review"


def consent_file() -> Path:
    """What the learner has allowed on this machine."""
    return (home() or Path(platformdirs.user_config_path(NAME, appauthor=False))) / "consent.json"


def theme_file() -> Path:
    """Which theme the learner has chosen."""
    return (home() or Path(platformdirs.user_config_path(NAME, appauthor=False))) / "theme.json"


def layout_file() -> Path:
    """How the learner has laid out the panes."""
    return (home() or Path(platformdirs.user_config_path(NAME, appauthor=False))) / "layout.json"


def progress_file() -> Path:
    """The learner's progress, a SQLite file."""
    return data() / "progress.sqlite"


def course_file() -> Path:
    """The course as it was loaded last; losing it costs time only."""
    return (home() or Path(platformdirs.user_cache_path(NAME, appauthor=False))) / "course.msgpack"


def proofs_file() -> Path:
    """What the linter has proved; losing it costs time only."""
    return (home() or Path(platformdirs.user_cache_path(NAME, appauthor=False))) / "proofs.json"
