"""`dl-tutor watch`: every save is judged, in plain lines. What the open app does, without a screen."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Sequence
from pathlib import Path

import click

from grader.command.progress_bar import StandInProgress
from grader.grading import Cancel, Grader, Refused
from grader.records.verdict import Verdict
from grader.report import text
from lessons.schema import RUN_KINDS, Exercise
from tutor.learner import file_watch, locations, workspace
from tutor.learner.progress import Progress
from tutor.learner.standing import required
from tutor.learner.workspace import WorkspaceError
from tutor.practice.judging import Unjudged, judge, notes_after
from tutor.practice.session import remember


def watch_files(exercises: Sequence[Exercise], progress: Progress | None, *, allow_level_1: bool = False) -> None:
    """Judges the exercises' files as they are saved, until Ctrl-C; progress: None records nothing.

    Raises Refused and SandboxError before anything is watched, WorkspaceError.
    """
    with Grader(allow_level_1=allow_level_1) as grader:
        if why := grader.refusal():
            raise Refused(why)
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_watch({workspace.path_of(one): one for one in exercises}, progress, grader))
    click.echo("No longer watching.", err=True)


async def _watch(files: dict[Path, Exercise], progress: Progress | None, grader: Grader) -> None:
    only = next(iter(files)) if len(files) == 1 else None
    folder = only.parent if only else locations.workspace()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(f"{folder} cannot be made: {(error.strerror or str(error)).lower()}.") from None
    known = {only: await file_watch.settled(only)} if only else {path: file_watch.content(path) for path in files}
    what = str(only) if only else f"{folder}: each exercise's file in it"
    click.echo(f"Watching {what}. A save is judged at once; Ctrl-C ends this.", err=True)
    cancel, judging = Cancel(), asyncio.create_task(asyncio.sleep(0))
    if only is not None and (there := known[only]) is not None and there != files[only].starter.encode():
        judging = asyncio.create_task(_judge(files[only], only, there, progress, grader, cancel, "is judged as it is"))
    try:
        async for path, data in file_watch.saves_of(known, folder, recursive=only is None):
            cancel.set()  # what is older than this save is of no use any more
            await judging
            cancel = Cancel()
            judging = asyncio.create_task(_judge(files[path], path, data, progress, grader, cancel))
    finally:
        cancel.set()


async def _judge(
    exercise: Exercise,
    path: Path,
    data: bytes,
    progress: Progress | None,
    grader: Grader,
    cancel: Cancel,
    why: str = "was saved",
) -> None:
    """Judges a file, prints the verdict on stdout, and what else there is to say on stderr."""
    click.echo(f"\n{time.strftime('%H:%M:%S')} {path.name} {why}.", err=True)
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        with contextlib.suppress(FileNotFoundError):
            try:
                workspace.read(path)
            except WorkspaceError as error:
                click.echo(str(error), err=True)
        return
    loop = asyncio.get_running_loop()
    parts = [part for part in exercise.parts if part.kind in RUN_KINDS]

    def take(verdict: Verdict, first: bool, last: bool) -> None:
        if first and progress is not None:
            remember(progress, exercise, verdict)
        if last:
            _say(exercise, verdict, progress)

    def judged(verdict: Verdict, first: bool, last: bool) -> None:
        loop.call_soon_threadsafe(take, verdict, first, last)

    def unjudged(why: Unjudged) -> None:
        if not why.cancelled:
            click.echo(why.sentence, err=True)

    await asyncio.to_thread(
        judge,
        grader,
        exercise,
        parts,
        source,
        {},
        cancel=cancel,
        again="Save the file to try again.",
        judged=judged,
        unjudged=unjudged,
        drawn=StandInProgress(),
    )


def _say(exercise: Exercise, verdict: Verdict, progress: Progress | None) -> None:
    replay = f"dl-tutor grade {exercise.id} --seed {verdict.seed}"
    click.echo(text.render(verdict, replay=replay), nl=False)
    if progress is None:
        return
    for line in notes_after(progress, exercise, verdict):
        click.echo(line, err=True)
    if verdict.passed:
        left = [part for part in exercise.parts if required(part) and not progress.part(exercise.id, part.id).passed]
        names = ", ".join(f"{exercise.id}.{part.id}" for part in left)
        what = f"Still open: {names} (dl-tutor answer {exercise.id}.PART)." if left else f"{exercise.id} is done."
        click.echo(what, err=True)
