"""Where Python looks for modules: not in the working directory, where a folder of hand-ins may lie.

Imports nothing but what Python has loaded by itself when it starts.
"""

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
"""Where the rooms of this installation lie; they are found there even where that is the working directory."""


def leave_working_directory() -> None:
    """Takes out of `sys.path` what stands for the working directory: an empty entry, and those that an empty or
    relative entry of PYTHONPATH has become. PYTHONPATH=:/opt/lib has one, and few who write it know that.
    """
    meant = {"", *map(os.path.abspath, _relative(os.environ.get("PYTHONPATH", "")))}
    kept = [entry for entry in sys.path if entry not in meant]
    sys.path[:] = kept if ROOT in kept or ROOT not in sys.path else [*kept, ROOT]


def _relative(entries: str) -> list[str]:
    return [entry for entry in entries.split(os.pathsep) if not os.path.isabs(entry)] if entries else []
