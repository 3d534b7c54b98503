"""The curves of an experiment's attempts: files in `curves/` beside the learner's own, for a spreadsheet and for us.

What the reference logged on the same inputs stands beside what the learner's code did, as `reference NAME`.
"""

from __future__ import annotations

import contextlib
from datetime import datetime
from pathlib import Path

from grader.records.curves import Curves
from grader.records.verdict import PartVerdict, Verdict
from lessons.schema import Exercise, Part
from tutor.learner import curve_files, workspace
from tutor.learner.workspace import WorkspaceError

KEPT = 20
"""Attempts at a part whose curves are kept, the last ones."""
REFERENCE = "reference "


def logged(part: PartVerdict) -> Curves:
    """What the learner's code logged."""
    return {curve.name: curve.points for curve in part.curves if curve.steps}


def reference(part: PartVerdict) -> Curves:
    """What the reference logged."""
    return {curve.name: curve.reference_points for curve in part.curves if curve.reference_steps}


def save(exercise: Exercise, verdict: Verdict, root: Path | None = None) -> list[Path]:
    """Writes what the parts of a verdict logged; older attempts beyond the last ones go. Raises WorkspaceError.

    root: the workspace, by default the learner's.
    """
    written = []
    for part in verdict.parts:
        if not (mine := logged(part)):
            continue
        theirs = {REFERENCE + name: curve for name, curve in reference(part).items()}
        stamp = f"{datetime.now():%Y-%m-%d-%H%M%S-%f}-{verdict.seed}"
        path = _folder(exercise, root) / f"{exercise.id}-{part.part}.{stamp}"
        written += curve_files.write_both(mine | theirs, path)
        for old in _files(exercise, part.part, root)[:-KEPT]:
            for suffix in curve_files.SUFFIXES:
                with contextlib.suppress(OSError):
                    old.with_suffix(suffix).unlink()
    return written


def earlier(exercise: Exercise, part: Part, count: int, root: Path | None = None) -> list[Curves]:
    """What the learner's code logged in the last attempts, the latest one last."""
    found = []
    for path in _files(exercise, part.id, root)[-count:]:
        with contextlib.suppress(OSError, ValueError, WorkspaceError):  # a file that was changed is left out
            curves = curve_files.read(path)
            found.append({name: curve for name, curve in curves.items() if not name.startswith(REFERENCE)})
    return found


def _folder(exercise: Exercise, root: Path | None) -> Path:
    return workspace.folder_of(exercise, root) / "curves"


def _files(exercise: Exercise, part: str, root: Path | None = None) -> list[Path]:
    """The JSON files of a part's attempts, the latest one last: their names begin with the time."""
    return sorted(_folder(exercise, root).glob(f"{exercise.id}-{part}.*.json"))
