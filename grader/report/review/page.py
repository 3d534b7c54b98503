"""How a class did, as one HTML file without scripts, links or anything that is fetched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from grader.records.printable import one_line
from grader.report import sheet
from grader.report.review.record import BORDER, CAUTION, ClassReview, Cluster, ExerciseReview, Mistake, Pair, Side
from grader.report.review.words import common, failing, people, places, practised, share, standing, uncompared

AROUND = 2
"""Lines around those that two files have in common; what lies between is left out."""


def render(review: ClassReview) -> bytes:
    """The page, in UTF-8. What learners wrote stands in it as text."""
    return "".join(_page(review)).encode("utf-8", "replace")


def _page(review: ClassReview) -> Iterator[str]:
    title = escape(one_line(review.course))
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{title}</title>\n<style>{sheet.STYLE}{STYLE}</style>\n</head>\n<body>\n"
    yield f"<h1>{title}: {people(review.learners)}</h1>\n"
    yield from (f"<p>{escape(note)}</p>\n" for note in review.notes)
    yield "<table>\n<tr><th>exercise<th>passed<th>commonest mistake<th>without a name<th>similar pairs</tr>\n"
    for one in review.exercises:
        yield _summary(one)
    yield "</table>\n"
    for one in review.exercises:
        yield from _exercise(one)
    yield "</body>\n</html>\n"


def _summary(one: ExerciseReview) -> str:
    first = next((mistake for mistake in one.mistakes if mistake.own), None)
    common_one = f"{escape(first.name)}, {len(first.learners)}" if first else ""
    nameless = len({learner for cluster in one.clusters for learner in cluster.learners})
    pairs = len(one.pairs) + one.more
    bar = f'<progress max="{max(one.handed_in, 1)}" value="{one.passed}"></progress>'
    cells = (escape(one.exercise), f"{bar} {share(one.passed, one.handed_in)}", common_one, nameless or "", pairs or "")
    return f"<tr>{''.join(f'<td>{cell}' for cell in cells)}</tr>\n"


def _exercise(one: ExerciseReview) -> Iterator[str]:
    yield f"<section>\n<h2>{escape(one.exercise)} <small>{escape(one.title)}</small></h2>\n<p>{standing(one)}</p>\n"
    if len(one.parts) > 1:
        yield "<table>\n<tr><th>part<th>passed</tr>\n"
        yield from (f"<tr><td>{escape(two.part)}<td>{share(two.passed, two.judged)}</tr>\n" for two in one.parts)
        yield "</table>\n"
    if one.practice is not None:
        yield f"<p>{escape(practised(one.practice))}</p>\n"
    own = [mistake for mistake in one.mistakes if mistake.own]
    yield from _mistakes("Mistakes", own)
    yield from _mistakes("Other findings", [m for m in one.mistakes if not m.own])
    if one.clusters:
        yield "<h3>Wrong in a way that has no name yet</h3>\n"
        yield "<p>Each can become a mistake in <code>reference.py</code>, so that the next learner is told.</p>\n"
    for cluster in one.clusters:
        yield from _cluster(cluster)
    if one.pairs:
        yield f'<h3>Similar code</h3>\n<p class="caution">{CAUTION} {BORDER}</p>\n'
    for pair in one.pairs:
        yield from _pair(pair)
    if one.more:
        yield f"<p>And {people(one.more, 'more pair')}.</p>\n"
    if one.uncompared:
        yield f"<p>{uncompared(one)}</p>\n"
    yield "</section>\n"


def _who(learners: Iterable[str]) -> str:
    return escape(", ".join(map(one_line, learners)))


def _mistakes(title: str, found: list[Mistake]) -> Iterator[str]:
    if not found:
        return
    yield f"<h3>{title}</h3>\n<table>\n<tr><th>how many<th>name<th>what it is<th>who</tr>\n"
    for one in found:
        cells = (len(one.learners), escape(one.name), escape(one.message), _who(one.learners))
        yield f"<tr>{''.join(f'<td>{cell}' for cell in cells)}</tr>\n"
    yield "</table>\n"


def _cluster(one: Cluster) -> Iterator[str]:
    yield f"<h4>{people(len(one.learners))}: {escape(one_line(failing(one)))}</h4>\n<p>{escape(one_line(one.outcome))}"
    yield f" [{escape(one.finding)}]</p>\n" if one.finding else "</p>\n"
    for variant in one.variants:
        yield f'<p class="detail">Written by {_who(variant.learners)}</p>\n'
        if variant.skeleton:
            yield f"<pre>{escape(variant.skeleton.rstrip())}</pre>\n"


def _pair(one: Pair) -> Iterator[str]:
    both = f"{escape(one_line(one.left.learner))} and {escape(one_line(one.right.learner))}"
    yield f'<details>\n<summary>{both}: {common(one)}</summary>\n<div class="pair">\n'
    for side in (one.left, one.right):
        yield f"<div><h4>{escape(one_line(side.learner))}, {places(side)}</h4>\n"
        yield f"<pre>{''.join(_code(side))}</pre></div>\n"
    yield "</div>\n</details>\n"


def _code(side: Side) -> Iterator[str]:
    marked, left_out = set(side.marked), False
    for number, line in enumerate(side.lines, 1):
        if not marked.intersection(range(number - AROUND, number + AROUND + 1)):
            yield "" if left_out else "     ...\n"
            left_out = True
            continue
        left_out = False
        text = f"{number:4} {escape(line)}"
        yield f"<mark>{text}</mark>\n" if number in marked else f"{text}\n"


STYLE = """
body { max-width: 70rem; }
table { border-collapse: collapse; margin: .4rem 0; }
td, th { text-align: left; vertical-align: top; padding: .15rem .8rem .15rem 0; border-bottom: 1px solid #8883; }
h4 { margin: .8rem 0 .2rem; font-size: .95rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
.pair > div { min-width: 0; }
.caution { border-left: 3px solid #d97706; padding-left: .6rem; }
mark { background: #fde68a80; color: inherit; }
"""
