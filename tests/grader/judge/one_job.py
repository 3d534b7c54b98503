"""A job of one part, and a recorder for references that log nothing: what a judge's pieces are tried with."""

from __future__ import annotations

import contextlib
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grader.records.job import HandIn, Job, PartJob


class Unrecorded:
    """A recorder for references that log nothing."""

    @contextlib.contextmanager
    def recording(self, wanted: bool) -> Iterator[dict[str, Any]]:
        yield {}


def one_job(folder: Path, reference: str, kind: str = "code", seed: int = 0) -> Job:
    """A job whose only part `p` asks for `f`, and whose answer is empty."""
    part = PartJob(id="p", kind=kind, entry="f", points=1, seconds=1)
    return Job(
        exercise="e",
        path=str(folder / "reference.py"),
        reference=textwrap.dedent(reference),
        fixtures="",
        name="e.py",
        entries={"p": "f"},
        answers=(HandIn(source="", seed=seed, randomness=seed, parts=(part,)),),
    )
