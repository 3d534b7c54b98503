"""The verb that runs a demo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from grader.command.options import allow_level_1
from lessons.error import did_you_mean
from tutor.commands.context import FAILED, USAGE, clearly, echo, example, opened_progress, stop, the_course, the_lesson


@click.command(epilog=example("dl-tutor demo broadcasting/column"))
@click.argument("demo", metavar="LESSON/DEMO")
@click.option("--edit", "way", flag_value="edit", help="Open your own copy in $EDITOR, then run it.")
@click.option("--mine", "way", flag_value="mine", help="Run your own copy; stderr says where it is.")
@click.option("--put-back", "way", flag_value="put-back", help="Put your copy aside; the original counts again.")
@click.option("--curves", type=click.Path(path_type=Path), help="Write its curves to this .csv or .json file.")
@click.option("--device", type=click.Choice(["cuda"]), help="Run the course's own on the GPU, outside the sandbox.")
@allow_level_1
@clearly
def demo(demo: str, way: str | None, curves: Path | None, device: str | None, allow_level_1: bool) -> None:
    """Runs a demo of a lesson in the sandbox, or a copy of it that you have changed."""
    from grader import device_run
    from grader.command.progress_bar import StandInProgress
    from grader.grading import Cancel, Grader
    from grader.records.curves import recorded
    from tutor.learner import consent, curve_files, demo_copy
    from tutor.learner.events import DemoRun
    from tutor.practice import editor
    from tutor.text import plain

    if curves is not None and curves.suffix not in curve_files.SUFFIXES:
        raise click.UsageError(f"--curves writes .csv or .json, and {curves.name} is neither.")
    lesson, _, name = demo.partition("/")
    found = the_lesson(the_course(), lesson)
    shown = found.demo(name)
    if shown is None:
        names = [f"{lesson}/{one.id}" for one in found.demos]
        raise click.UsageError(f"{lesson} has no demo {name!r}. {did_you_mean(demo, names)}")
    if way is not None and device is not None:
        raise click.UsageError("--device runs the demo as the course has it. `python FILE` runs your copy on the GPU.")
    if way == "put-back":
        kept = demo_copy.put_back(shown)
        click.echo("You have no copy of it." if kept is None else f"Your copy is kept as {kept}.", err=True)
        return
    source = shown.source
    if way is not None:
        path = demo_copy.made(shown)
        if way == "edit":
            try:
                editor.edit(path)
            except editor.EditorError as error:
                stop(USAGE, str(error))
        click.echo(f"Your copy: {path}", err=True)
        source = demo_copy.own_copy(shown) or ""
    making = StandInProgress()

    def hear(event: dict[str, Any]) -> None:
        if not making.hear(event):
            echo(plain.event_lines(event))

    if device is not None:
        click.echo("It runs outside the sandbox: it is the course's own code.", err=True)
        run = device_run.run(shown, lambda text: click.echo(text, nl=False), hear, Cancel(), device=device)
    else:
        with Grader(allow_level_1=consent.allowed(allow_level_1)) as grader:
            run = grader.run(
                source,
                name=f"{shown.id}.py",
                seed=shown.seed,
                seconds=shown.budget.seconds,
                on_output=lambda text, _: click.echo(text, nl=False),
                on_event=hear,
            )
    echo(plain.end_lines(run.events))
    if curves is not None:
        curve_files.write(recorded(run.events).curves, curves)
    if run.status != "passed":
        stop(FAILED, run.message)
    if run.message:
        click.echo(run.message, err=True)
    if demo_copy.same(source, shown.source):
        opened_progress().record(DemoRun(lesson=found.id, demo=shown.id))


VERBS = (demo,)
