"""An assignment as an autograder of Gradescope's: a ZIP file with all that a machine needs which has nothing yet."""

from __future__ import annotations

import io
import secrets
import shlex
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from grader import secret
from grader.batch.assignment import Assignment, load
from grader.command.course_copy import whole
from grader.command.grade import judged_here
from grader.grading import SEEDS
from grader.report.counted import counted
from grader.submission import BadSubmission
from lessons import atomic, regular_file
from lessons.location import UNITS
from lessons.schema import Course

SCRIPTS = Path(__file__).parent / "gradescope"
LARGEST_WHEEL = 256 << 20
DATE = (1980, 1, 1, 0, 0, 0)
"""Of every file in the archive, so that the same assignment makes the same bytes."""


@dataclass(frozen=True)
class PackageOptions:
    """What is asked for. install: what pip installs; wheel: a file that it installs instead, and that goes along."""

    assignment: Path
    out: Path
    install: str | None = None
    wheel: Path | None = None
    allow_level_1: bool = False


def command(options: PackageOptions, course: Course) -> list[str]:
    """Writes the archive, and gives what is to be said of it. Raises BadSubmission, LessonError and OSError."""
    assignment = load(options.assignment, course)
    judged_here(assignment.exercises)
    seed = assignment.seed
    drawn = secret.GUESSABLE + secrets.randbelow(SEEDS - secret.GUESSABLE) if seed is None else None
    files = dict(_files(options, course, assignment, drawn))
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100755 if name in ("setup.sh", "run_autograder") else 0o100644) << 16
            made.writestr(entry, data)
    atomic.replace(options.out, archive.getvalue())
    said = [
        f"{options.out}: {counted(len(files), 'file')}, {len(archive.getvalue()) / 1e6:.1f} MB. "
        "It has the course's answers."
    ]
    if drawn is not None:
        said.append(f"The assignment has no seed; this archive has one of its own, {drawn}.")
    return said


def _files(
    options: PackageOptions, course: Course, assignment: Assignment, seed: int | None
) -> Iterator[tuple[str, bytes]]:
    """Name and contents of each file. The course goes along unless it is the one that is installed anyway."""
    for name in ("setup.sh", "run_autograder"):
        yield name, (SCRIPTS / name).read_bytes()
    yield "assignment.yaml", regular_file.read(options.assignment)
    kernels = any(part.kind == "kernel" for one in assignment.exercises for part in one.parts)
    extra = "[kernels]" if kernels else ""
    if options.wheel is not None:
        name = _wheel_name(options.wheel)
        yield name, regular_file.read(options.wheel, LARGEST_WHEEL)
        install = f'"$here/source/"{shlex.quote(name + extra)}'
    else:
        version = metadata.version("dl-tutor")
        install = shlex.quote(options.install or f"dl-tutor{extra}=={version}")
    asked = [*(["--seed", str(seed)] if seed is not None else []), *["--allow-level-1"] * options.allow_level_1]
    yield "settings.sh", f"install={install}\noptions=({shlex.join(asked)})\n".encode()
    if course.path.resolve() != UNITS.resolve():
        for path, data in whole(course):
            yield f"course/{path}", data


def _wheel_name(path: Path) -> str:
    if path.suffix != ".whl" or shlex.quote(path.name) != path.name:
        raise BadSubmission(f"{path}: not the name of a wheel. Build one with `python -m build --wheel`.")
    return path.name
