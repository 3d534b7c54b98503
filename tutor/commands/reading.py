"""The verbs for reading: list, read, glossary."""

from __future__ import annotations

import shutil
import sys

import click

from grader.command.terminal import echo_json
from grader.report.counted import counted
from lessons.error import did_you_mean
from tutor.commands.context import FAILED, clearly, echo, example, opened_progress, stop, the_course, the_lesson


@click.command("list", epilog=example("dl-tutor list --json"))
@click.argument("words", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@clearly
def list_(words: tuple[str, ...], as_json: bool) -> None:
    """Units, lessons, demos and exercises; those with all of the WORDS, and where else in the course they stand."""
    from tutor.text import plain
    from tutor.text.passages import passages
    from tutor.text.search import search

    course = the_course()
    found = {(type(one.place), one.place.id) for one in search(course, " ".join(words))}
    progress = opened_progress(course)
    texts = passages(course, progress, " ".join(words))
    if words and not found and not texts:
        stop(FAILED, f"Nothing in the course has {' '.join(words)!r}.")
    if as_json:
        echo_json(plain.catalogue(course, found, texts), ascii=False)
    else:
        if found:
            echo(plain.course_map(course, progress, found))
        echo(plain.passage_lines(course, texts))


@click.command(epilog=example("dl-tutor read broadcasting --card 2"))
@click.argument("lesson")
@click.option("--card", type=click.IntRange(1), help="Only this card.")
@click.option("--contents", is_flag=True, help="Only the titles of the cards, with what was read.")
@click.option("--spoken", is_flag=True, help="Formulas in words.")
@clearly
def read(lesson: str, card: int | None, contents: bool, spoken: bool) -> None:
    """Prints a LESSON: at a terminal card by card, and what was shown counts as read; elsewhere all of it."""
    from tutor.learner.events import Opened
    from tutor.text import plain
    from tutor.text.contents import contents as titles
    from tutor.text.pages import rendered

    course = the_course()
    found = the_lesson(course, lesson)
    if card is not None and card > len(found.cards):
        raise click.UsageError(f"{lesson} has {counted(len(found.cards), 'card')}.")
    progress = opened_progress(course)
    if contents:
        echo(line[2:] for line in titles(found, progress.cards(found.id)))
        click.echo("[x] read, [ ] not yet")
        return
    if not at_terminal():
        echo(plain.lesson_lines(found, progress, card, spoken))  # nobody knows who reads it
        return
    first = [card] if card is not None else range(1, len(found.cards) + 1)
    for number in first:
        lines = plain.lesson_lines(found, progress, number, spoken)
        echo(rendered(lines if number == first[0] else list(lines)[1:], shutil.get_terminal_size().columns))
        progress.record(Opened(lesson=found.id, card=number - 1))
        if number != first[-1] and not _goes_on(number, len(found.cards)):
            return


def at_terminal() -> bool:
    """Whether somebody reads what is printed, and can say that they have."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _goes_on(number: int, count: int) -> bool:
    """Waits until the card has been read."""
    try:
        said = click.prompt(
            f"\nCard {number} of {count}. Enter: the next, q: stop", default="", show_default=False, err=True
        )
    except click.Abort:
        click.echo(err=True)
        return False
    return said.strip().lower() not in ("q", "quit")


@click.command(epilog=example("dl-tutor glossary broadcasting"))
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


VERBS = (list_, read, glossary)
