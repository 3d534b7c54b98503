"""All that is done about packages which do not import as they are."""

from __future__ import annotations

from grader.sandbox.packages import (
    filelock_without_warning,
    realpath_without_links,
    sqlite_without_locks,
    torchtext_in_python,
    torchvision_without_cuda,
)

EVERYWHERE = (torchvision_without_cuda, torchtext_in_python)
CONFINED = (sqlite_without_locks, filelock_without_warning, realpath_without_links)
"""Those that are for the sandbox only."""


def install(*, confined: bool) -> None:
    """Has packages import that would not. confined: whether code runs in the sandbox."""
    for package in (*EVERYWHERE, *(CONFINED if confined else ())):
        package.install()
