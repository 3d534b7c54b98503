"""What works on this machine: the sandbox's layers, the packages, the learner's files. For `dl-tutor doctor`."""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from importlib import metadata
from typing import Any

from grader.report.counted import counted
from grader.sandbox import doctor
from lessons.error import LessonError
from lessons.loading.loader import load_course
from tutor.commands import gpu
from tutor.learner import consent, locations
from tutor.learner.progress import Progress, ProgressError

PACKAGES = (
    "dl-tutor",
    "textual",
    "torch",
    "torchvision",
    "torchtext",
    "datasets",
    "scikit-learn",
    "plotext",
    "triton",
)


def examine() -> dict[str, Any]:
    """Everything that is checked: {"ok", "level", "layers", "checks", "versions", "system"}."""
    found = doctor.examine()
    layers, level = found.layers, doctor.level(found.layers)
    checks = [_course(), _workspace(), _progress(), _editor(), _machine(found.scale), gpu_check(), _consent(level)]
    return {
        "ok": level >= 1 and all(check["ok"] for check in checks if check["needed"]),
        "level": level,
        "layers": [{"name": x.name, "active": x.active, "detail": x.detail} for x in layers],
        "checks": checks,
        "versions": {name: _version(name) for name in PACKAGES},
        "system": f"{platform.system()} {platform.release()}, {platform.machine()}, Python {platform.python_version()}",
    }


def lines(report: dict[str, Any]) -> Iterator[str]:
    """The report in plain lines."""
    yield report["system"]
    yield "packages: " + ", ".join(f"{name} {version or 'absent'}" for name, version in report["versions"].items())
    for check in report["checks"]:
        word = "ok     " if check["ok"] else "PROBLEM" if check["needed"] else "note   "
        yield f"  {word}  {check['name']}: {check['detail']}"
    yield f"sandbox: level {report['level']} (each layer was attacked just now)"
    for layer in report["layers"]:
        yield f"  {'active ' if layer['active'] else 'off    '}  {layer['name']}: {layer['detail']}"
    if report["level"] < 2:
        yield "  below level 2 nothing is run unless you say --allow-level-1; docs/security.md says what that means"
    yield ("Everything that dl-tutor needs works." if report["ok"] else "Something that dl-tutor needs does not work.")


def _check(name: str, ok: bool, detail: str, *, needed: bool = True) -> dict[str, Any]:
    return {"name": name, "ok": ok, "detail": detail, "needed": needed}


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _course() -> dict[str, Any]:
    try:
        course = load_course()
    except LessonError as error:
        return _check("course", False, str(error))
    count = len(course.exercises)
    return _check(
        "course",
        True,
        f"{course.title}: {counted(len(course.lessons), 'lesson')}, {counted(count, 'exercise')}, {course.path}",
    )


def _workspace() -> dict[str, Any]:
    folder = locations.workspace()
    place = next(parent for parent in (folder, *folder.parents) if parent.exists())
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        return _check("workspace", False, f"{place} cannot be written to ({error.strerror}); set DL_TUTOR_HOME")
    return _check("workspace", True, str(folder))


def _progress() -> dict[str, Any]:
    try:
        progress = Progress()
    except ProgressError as error:
        return _check("progress", False, str(error))
    trouble = progress.trouble
    progress.close()
    return _check("progress", trouble is None, trouble or str(locations.progress_file()))


def _machine(scale: float | None) -> dict[str, Any]:
    """How fast it is, which decides how many seconds a budget is here."""
    if scale is None:
        return _check("machine", False, "it was not measured, because nothing could be run", needed=False)
    if scale > 1:
        said = f"it takes {scale:g} times as long as the reference machine, so budgets are {scale:g} times as long"
    else:
        said = "it is as fast as the reference machine or faster; budgets are as stated"
    return _check("machine", True, said, needed=False)


def gpu_check() -> dict[str, Any]:
    """One line on GPUs; no run of the tutor needs one."""
    ok, said = gpu.seen()
    return _check("GPU", ok, said, needed=False)


def _consent(level: int) -> dict[str, Any]:
    path = locations.consent_file()
    if not consent.given():
        said = "not given, and not needed" if level >= 2 else "not given: code does not run here; see --allow-level-1"
        return _check("consent to level 1", level >= 2, said, needed=False)
    return _check("consent to level 1", True, f"given; to take it back, delete {path}", needed=False)


def _editor() -> dict[str, Any]:
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not named:
        return _check("editor", False, "EDITOR is not set; F4 in the app opens it", needed=False)
    command = named.split()[0]
    found = shutil.which(command)
    return _check("editor", found is not None, named if found else f"{command} is not found", needed=False)
