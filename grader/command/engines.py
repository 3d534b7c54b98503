"""What judges a class: this machine, or the workers of a cluster, as a command line says."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from grader.batch.chunk import Engine
from grader.batch.class_run import ClassRun
from grader.batch.local_engine import LocalEngine
from grader.submission import BadSubmission

if TYPE_CHECKING:
    from grader.command.class_grade import ClassOptions


@contextlib.contextmanager
def opened(options: ClassOptions, run: ClassRun) -> Iterator[Engine]:
    """The engine that is asked for, as long as it is used. Raises BadSubmission and ClusterError."""
    if options.engine == "local":
        if options.scheduler:
            raise BadSubmission("--scheduler belongs to --engine dask: add that, or leave it out.")
        with LocalEngine(options.jobs or os.cpu_count() or 1, allow_level_1=options.allow_level_1) as engine:
            yield engine
        return
    if not options.scheduler:
        raise BadSubmission("--engine dask needs the scheduler's address: --scheduler tcp://HOST:8786")
    if options.jobs:
        raise BadSubmission("--jobs is for this machine; on a cluster there are as many as it has workers.")
    from grader.batch.cluster import ClusterEngine
    from grader.batch.dask_carrier import DaskCarrier
    from grader.batch.errand import terms_of

    def say(line: str) -> None:
        click.echo(line, err=True)

    terms = terms_of(run.course, run.by, run.ledger.seed, allow_level_1=options.allow_level_1)
    with DaskCarrier(options.scheduler) as carrier:
        board = f"; dashboard: {carrier.dashboard}" if carrier.dashboard else ""
        count = len(carrier.workers())
        say(f"{count} worker{'' if count == 1 else 's'} at {options.scheduler}{board}")
        yield ClusterEngine(carrier, terms, say)
