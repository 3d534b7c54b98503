"""Verdicts as a sheet of feedback for one person: in Markdown, and as one HTML file that needs no other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from grader.records.printable import one_line
from grader.records.verdict import PartVerdict, Status, Verdict
from grader.report import curve_svg
from grader.report.counted import out_of
from grader.report.fold import Line, fold_part, points, standing
from grader.report.github import cell, fenced
from lessons.formulas.prose import unquoted

SIGNS: dict[Status, str] = {"passed": "✓", "skipped": "–"}


def markdown(verdicts: Sequence[Verdict], *, many: bool = True, refused: Sequence[str] = ()) -> bytes:
    """The sheet in Markdown. What comes from learner code stands in blocks of code."""
    return ("\n".join(_markdown(verdicts, refused)) + "\n").encode()


def _markdown(verdicts: Sequence[Verdict], refused: Sequence[str]) -> Iterator[str]:
    yield f"# Feedback: {_points(verdicts)}"
    for verdict in verdicts:
        yield f"\n## {cell(verdict.exercise)}: {standing(verdict)}, {points(verdict)}"
        if verdict.message:
            yield f"\n{cell(verdict.message)}"
        for used in verdict.data:
            if used.notice:
                yield f"\n{cell(used.notice)}"
        for part in verdict.parts:
            head, *lines = fold_part(part)
            yield f"\n### {SIGNS.get(part.status, '✗')} {cell(head.text)}\n"
            if lines:
                yield from fenced("\n".join(_plain(line) for line in lines if line.kind != "value"))
        if verdict.output.text.strip():
            yield "\nYour code printed:\n"
            yield from fenced(verdict.output.text.rstrip())
        yield f"\nSeed {verdict.seed}, {verdict.seconds:.2f} s"
    for line in refused:
        yield f"\nLeft out: {cell(one_line(line))}"


def _plain(line: Line) -> str:
    return line.text if line.kind == "strip" else unquoted(line.text)


def html(
    verdicts: Sequence[Verdict], *, many: bool = True, refused: Sequence[str] = (), title: str = "Feedback"
) -> bytes:
    """The sheet in HTML, without scripts, links or anything that is fetched; curves are drawn."""
    return "".join(_html(verdicts, refused, title)).encode()


def _html(verdicts: Sequence[Verdict], refused: Sequence[str], title: str) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{escape(title)}</title>\n<style>{STYLE}{curve_svg.STYLE}</style>\n</head>\n<body>\n"
    yield f"<h1>{escape(title)}: {escape(_points(verdicts))}</h1>\n"
    for verdict in verdicts:
        yield f'<section>\n<h2>{escape(verdict.exercise)} <small class="{verdict.status}">'
        yield f"{standing(verdict)}, {escape(points(verdict))}</small></h2>\n"
        if verdict.message:
            yield f"<p>{escape(verdict.message)}</p>\n"
        for used in verdict.data:
            if used.notice:
                yield f"<p>{escape(used.notice)}</p>\n"
        for part in verdict.parts:
            yield from _part(part)
        if verdict.output.text.strip():
            yield f"<h3>Your code printed</h3>\n<pre>{escape(verdict.output.text.rstrip())}</pre>\n"
        yield f"<footer>Seed {verdict.seed}, {verdict.seconds:.2f} s</footer>\n</section>\n"
    for line in refused:
        yield f"<p>Left out: {escape(one_line(line))}</p>\n"
    yield "</body>\n</html>\n"


def _part(part: PartVerdict) -> Iterator[str]:
    head, *lines = fold_part(part)
    yield f'<h3 class="{part.status}">{SIGNS.get(part.status, "✗")} {escape(head.text)}</h3>\n'
    for line in lines:
        if line.kind == "strip":
            yield f'<pre class="strip">{escape(line.text)}</pre>\n'
        elif line.kind != "value":
            yield f'<p class="{line.kind}">{escape(unquoted(line.text))}</p>\n'
    yield from (f"{picture}\n" for curve in part.curves if (picture := curve_svg.svg(curve)))


def _points(verdicts: Sequence[Verdict]) -> str:
    score, most = (sum(getattr(verdict, name) for verdict in verdicts) for name in ("score", "max"))
    return out_of(score, most, "point")


STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
section { border-top: 1px solid #8884; margin-top: 2rem; }
h2 small { font-weight: 400; font-size: 1rem; margin-left: .5rem; }
h3 { margin: 1.2rem 0 .2rem; font-size: 1rem; }
p { margin: .2rem 0; white-space: pre-wrap; }
pre { background: #8881; padding: .6rem; overflow-x: auto; }
.strip { line-height: 1.1; }
.detail, .value, footer { opacity: .75; font-size: .9rem; }
.hint, .finding { border-left: 3px solid #2563eb; padding-left: .6rem; }
.passed { color: #15803d; }
.failed, .error, .timeout, .memory, .crashed, .forbidden, .grader_error { color: #b91c1c; }
@media (prefers-color-scheme: dark) { .passed { color: #4ade80; } .failed, .error, .timeout, .memory, .crashed,
.forbidden, .grader_error { color: #f87171; } }
"""
