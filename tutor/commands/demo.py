"""The verb that runs a demo."""

from __future__ import annotations

from pathlib import Path

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
@allow_level_1
@clearly
def demo(demo: str, way: str | None, curves: Path | None, allow_level_1: bool) -> None:
    """Runs a demo of a lesson in the sandbox, or a copy of it that you have changed."""
    from grader.command.progress_bar import StandInProgress
    from grader.grading import Grader
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
    with Grader(allow_level_1=consent.allowed(allow_level_1)) as grader:
        run = grader.run(
            source,
            name=f"{shown.id}.py",
            seed=shown.seed,
            seconds=shown.budget.seconds,
            on_output=lambda text, _: click.echo(text, nl=False),
            on_event=lambda event: None if making.hear(event) else echo(plain.event_lines(event)),
        )
    echo(plain.end_lines(run.events))
    if curves is not None:
        curve_files.write(recorded(run.events).curves, curves)
    if run.status != "passed":
        stop(FAILED, run.message)
    if demo_copy.same(source, shown.source):
        opened_progress().record(DemoRun(lesson=found.id, demo=shown.id))


VERBS = (demo,)
