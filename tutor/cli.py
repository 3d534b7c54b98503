"""The dl-tutor command: one small function a verb, each parses, calls and prints.

Data goes to stdout, narration to stderr. Exit codes: 0 nothing failed, 1 something failed, 2 bad usage or input,
3 the grader could not judge. The verbs around an exercise are in `tutor.commands.practice`.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click
import msgspec

from grader.command.options import allow_level_1
from lessons.error import did_you_mean
from lessons.location import default_course
from tutor.commands import practice
from tutor.commands.bench import bench
from tutor.commands.context import FAILED, USAGE, clearly, echo, example, opened_progress, stop, the_course, the_lesson
from tutor.commands.data import data


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=example("dl-tutor read creating-tensors"),
)
@click.option("--plain", is_flag=True, help="Plain lines instead of the app.")
@click.version_option(package_name="dl-tutor", prog_name="dl-tutor")
@click.pass_context
@clearly
def main(context: click.Context, plain: bool) -> None:
    """A self-paced deep-learning course in the terminal. Without a command it opens the app."""
    if context.invoked_subcommand is not None:
        return
    course = the_course()
    if plain or os.environ.get("TERM") == "dumb" or not (sys.stdin.isatty() and sys.stdout.isatty()):
        from tutor.text import plain as lines

        progress = opened_progress()
        echo(lines.course_map(course, progress))
        click.echo(lines.what_next(course, progress))
        return
    from tutor.app import run_app

    sys.exit(run_app(course))


@main.command("list", epilog=example("dl-tutor list --json"))
@click.argument("words", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@clearly
def list_(words: tuple[str, ...], as_json: bool) -> None:
    """Units, lessons, demos and exercises; those with all of the WORDS in their title or their concepts."""
    from tutor.text import plain
    from tutor.text.search import search

    course = the_course()
    found = {(type(one.place), one.place.id) for one in search(course, " ".join(words))}
    if words and not found:
        stop(FAILED, f"Nothing has {' '.join(words)!r} in its title or its concepts.")
    if as_json:
        click.echo(json.dumps(plain.catalogue(course, found), indent=2, ensure_ascii=False))
    else:
        echo(plain.course_map(course, opened_progress(), found))


@main.command(epilog=example("dl-tutor read broadcasting --card 2"))
@click.argument("lesson")
@click.option("--card", type=click.IntRange(1), help="Only this card.")
@click.option("--contents", is_flag=True, help="Only the titles of the cards, with what was read.")
@click.option("--spoken", is_flag=True, help="Formulas in words.")
@clearly
def read(lesson: str, card: int | None, contents: bool, spoken: bool) -> None:
    """Prints a LESSON."""
    from tutor.learner.events import Opened
    from tutor.text import plain
    from tutor.text.contents import contents as titles

    found = the_lesson(the_course(), lesson)
    if card is not None and card > len(found.cards):
        raise click.UsageError(f"{lesson} has {len(found.cards)} cards.")
    progress = opened_progress()
    if contents:
        echo(line[2:] for line in titles(found, progress.cards(found.id)))
        click.echo("[x] read, [ ] not yet")
        return
    echo(plain.lesson_lines(found, card, spoken))
    for index in range(len(found.cards)) if card is None else [card - 1]:
        progress.record(Opened(lesson=found.id, card=index))


@main.command(epilog=example("dl-tutor glossary broadcasting"))
@click.argument("term", required=False)
@clearly
def glossary(term: str | None) -> None:
    """Explains a TERM of the course, or all of them."""
    from tutor.text import glossary as entries

    terms = the_course().glossary
    if term is None:
        for id in terms:
            echo(entries.entry_lines(terms, id))
        return
    found = entries.named(terms, term)
    if found is None:
        words = [word for entry in terms.values() for word in (entry.term, *entry.also)]
        raise click.UsageError(f"the glossary has no {term!r}. {did_you_mean(term, words)}")
    echo(entries.entry_lines(terms, found))


@main.command(epilog=example("dl-tutor demo broadcasting/column"))
@click.argument("demo", metavar="LESSON/DEMO")
@click.option("--edit", "way", flag_value="edit", help="Open your own copy in $EDITOR, then run it.")
@click.option("--mine", "way", flag_value="mine", help="Run your own copy; its place is said on stderr.")
@click.option("--put-back", "way", flag_value="put-back", help="Keep your copy aside; the original counts again.")
@click.option("--curves", type=click.Path(path_type=Path), help="Write its curves to this .csv or .json file.")
@allow_level_1
@clearly
def demo(demo: str, way: str | None, curves: Path | None, allow_level_1: bool) -> None:
    """Runs a demo of a lesson in the sandbox, or a copy of it that you have changed."""
    from grader.command.progress_bar import Making
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
        click.echo("There is no copy of yours." if kept is None else f"Your copy is kept as {kept}.", err=True)
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
    making = Making()
    with Grader(allow_level_1=consent.allowed(allow_level_1)) as grader:
        run = grader.run(
            source,
            name=f"{shown.id}.py",
            seed=shown.seed,
            seconds=shown.budget.seconds,
            on_output=lambda text: click.echo(text, nl=False),
            on_event=lambda event: None if making.hear(event) else echo(plain.event_lines(event)),
        )
    echo(plain.end_lines(run.events))
    if curves is not None:
        curve_files.write(recorded(run.events).curves, curves)
    if run.status != "passed":
        stop(FAILED, run.message)
    if demo_copy.same(source, shown.source):
        opened_progress().record(DemoRun(lesson=found.id, demo=shown.id))


@main.group(invoke_without_command=True, epilog=example("dl-tutor progress --json"))
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
@clearly
def progress(context: click.Context, as_json: bool) -> None:
    """How far you are."""
    from tutor.text import plain

    if context.invoked_subcommand is not None:
        return
    course, record = the_course(), opened_progress()
    if as_json:
        click.echo(json.dumps(plain.progress_record(course, record), indent=2))
    else:
        echo(plain.progress_lines(course, record))


@progress.command("export", epilog=example("dl-tutor progress export mine.jsonl"))
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True), default="-")
@clearly
def export(file: str) -> None:
    """Writes your progress to FILE (default: stdout) as JSON lines."""
    lines = opened_progress().export()
    with click.open_file(file, "w", encoding="utf-8") as out:
        count = 0
        for line in lines:
            out.write(line + "\n")
            count += 1
    click.echo(f"{max(0, count - 1)} events written.", err=True)


@progress.command("import", epilog=example("dl-tutor progress import mine.jsonl"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@clearly
def import_(file: str) -> None:
    """Takes in an exported progress; what is known already is taken once."""
    with click.open_file(file, "r", encoding="utf-8") as lines:
        added, known = opened_progress().merge(lines)
    click.echo(f"{added} events taken in, {known} known already.", err=True)


@main.command(epilog=example("dl-tutor doctor --json"))
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@clearly
def doctor(as_json: bool) -> None:
    """Says what works here, and proves each layer of the sandbox by attacking it."""
    from tutor.commands import health

    report = health.examine()
    click.echo(json.dumps(report, indent=2) if as_json else "\n".join(health.lines(report)))
    sys.exit(0 if report["ok"] else FAILED)


@main.command(epilog=example("dl-tutor lint lessons/units --all"))
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--all", "everything", is_flag=True, help="Prove again what was proved before.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    help="How many exercises are proved at a time; default: a core each, at most 4.",
)
@clearly
def lint(path: Path | None, as_json: bool, everything: bool, jobs: int | None) -> None:
    """Checks a course or an exercise: its files, and its claims by judging them."""
    from grader.proof.pool import usual_jobs
    from tutor.authoring.lint import examine, lines

    report = examine(
        path, everything=everything, jobs=jobs or usual_jobs(), say=lambda line: click.echo(line, err=True)
    )
    click.echo(json.dumps(report, indent=2) if as_json else "\n".join(lines(report)))
    sys.exit(FAILED if report["problems"] else 0)


@main.command(epilog=example("dl-tutor numbers 1"))
@click.argument("unit", required=False)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@clearly
def numbers(unit: str | None, as_json: bool) -> None:
    """Runs the demos of a UNIT (number or id; default: all) and compares what they measure with what they state."""
    from tutor.authoring import numbers as measured

    try:
        units = measured.units_named(the_course(), unit)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    report = measured.examine(units, say=lambda line: click.echo(line, err=True))
    if as_json:
        click.echo(json.dumps(msgspec.to_builtins(report), indent=2, ensure_ascii=False))
    else:
        echo(measured.lines(report))
    sys.exit(0 if report.ok else FAILED)


@main.group()
def new() -> None:
    """Makes a lesson or an exercise to be filled in."""


COURSE = click.option(
    "--course",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The course's folder; default: the open one.",
)


@new.command("lesson", epilog=example('dl-tutor new lesson tensors/sparse-tensors "Tensors that are mostly zero"'))
@click.argument("place", metavar="UNIT/ID")
@click.argument("title")
@COURSE
@clearly
def new_lesson(place: str, title: str, course: Path | None) -> None:
    """A lesson ID, last in the UNIT."""
    from tutor.authoring import scaffold

    root = course or default_course()
    try:
        folder = scaffold.new_lesson(root, place, title)
    except scaffold.ScaffoldError as error:
        stop(USAGE, str(error))
    echo(scaffold.what_next(folder, root))


@new.command("exercise", epilog=example('dl-tutor new exercise broadcasting/outer-sum "Every sum of two" --kind code'))
@click.argument("place", metavar="LESSON/ID")
@click.argument("title")
@click.option("--kind", type=click.Choice(["code", "choice", "numeric"]), default="code", show_default=True)
@COURSE
@clearly
def new_exercise(place: str, title: str, kind: str, course: Path | None) -> None:
    """An exercise ID, on a card of its own at the end of the LESSON."""
    from tutor.authoring import scaffold

    root = course or default_course()
    try:
        folder = scaffold.new_exercise(root, place, title, kind)
    except scaffold.ScaffoldError as error:
        stop(USAGE, str(error))
    echo(scaffold.what_next(folder, root))


for verb in (*practice.VERBS, data, bench):
    main.add_command(verb)

if __name__ == "__main__":
    main()
