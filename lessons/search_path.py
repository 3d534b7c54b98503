"""Where Python looks for modules: not in the working directory, where a folder of hand-ins may lie.

Imports nothing but what Python has loaded by itself when it starts.
"""

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
"""Where the rooms of this installation lie; they are found there even where that is the working directory."""


def leave_working_directory() -> None:
    """Takes out of `sys.path` what stands for the working directory: an empty entry, and what an empty or relative
    entry of PYTHONPATH has become, or one that names it. PYTHONPATH=:/opt/lib has one, and few who write it know that.
    """
    try:
        here = os.path.realpath(os.getcwd())
    except OSError:  # it was deleted: nothing can be imported from it
        return
    meant = {"", *map(os.path.abspath, _naming(here, os.environ.get("PYTHONPATH", "")))}
    kept = [entry for entry in sys.path if entry not in meant]
    sys.path[:] = kept if ROOT in kept or ROOT not in sys.path else [*kept, ROOT]


def _naming(here: str, path: str) -> list[str]:
    """The entries of a path that are relative, or lead to the folder `here`."""
    entries = path.split(os.pathsep) if path else []
    return [entry for entry in entries if not os.path.isabs(entry) or os.path.realpath(entry) == here]
