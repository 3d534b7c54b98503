"""How fair verdicts are: what becomes of right answers in other styles, and of wrong ones that no lesson lists.

    .venv/bin/python -m benchmarks.fairness [EXERCISE ...] [--show]

Judges the answers beside this file, each at one seed, and prints how many right ones are rejected, how many wrong ones
pass, and what those that are rejected are told: their mistake, what differs only, or another mistake than theirs.
With --show, each answer that was not told its mistake is listed with what it was told.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.fairness.answer import FOLDER, Answer, answers, fate, words
from grader.grading import Answer as HandedIn
from grader.grading import Grader
from grader.records.verdict import PartVerdict
from lessons.loading.loader import load_course

SEED = 1


def judged(found: Iterable[Answer], grader: Grader, *, near: bool = True) -> Iterator[tuple[Answer, PartVerdict]]:
    """The verdict on the part of each answer; near: also with near misses. Raises KeyError where the course has no such
    part."""
    exercises = {exercise.id: exercise for exercise in load_course(None).exercises}
    grouped: dict[tuple[str, str], list[Answer]] = defaultdict(list)
    for one in found:
        grouped[one.exercise, one.part].append(one)
    for (id, name), group in grouped.items():
        part = exercises[id].part(name)
        if part is None:
            raise KeyError(f"{group[0].path}: {id} has no part {name}")
        handed_in = [HandedIn(source=one.source, parts=(part,), seed=SEED, given={}, near=near) for one in group]
        for one, graded in zip(group, grader.grade_all(exercises[id], handed_in), strict=True):
            yield one, graded.verdict.parts[0]


def table(fates: dict[bool, Counter[str]]) -> Iterator[str]:
    """The counts in lines."""
    right, wrong = fates[True], fates[False]
    count, rejected = wrong.total(), wrong.total() - wrong["passed"]
    yield f"right answers in other styles: {right.total()}, rejected: {right.total() - right['passed']}"
    yield f"wrong answers: {count}, passed: {wrong['passed']}" + (f" ({wrong['passed'] / count:.1%})" if count else "")
    for name, said in (("named", "told their mistake"), ("described", "told what differs"), ("misled", "told another")):
        share = f" ({wrong[name] / rejected:.1%})" if rejected else ""
        yield f"of {rejected} rejected, {said}: {wrong[name]}{share}"


def main(arguments: list[str] | None = None) -> int:
    """1 where a right answer is rejected or a wrong one passes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fairness", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("exercises", nargs="*", metavar="EXERCISE", help="only these")
    parser.add_argument("--show", action="store_true", help="list what was not told its mistake, with what it was told")
    parser.add_argument("--answers", type=Path, default=FOLDER, help="another folder of answers")
    asked = parser.parse_args(arguments)
    fates: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    chosen = [one for one in answers(asked.answers) if not asked.exercises or one.exercise in asked.exercises]
    unfair = 0
    with Grader(allow_level_1=True) as grader:
        for one, verdict in judged(chosen, grader):
            became = fate(one, verdict)
            fates[one.right][became] += 1
            wrongly = one.right != (became == "passed")
            unfair += wrongly
            if wrongly or (asked.show and became in ("described", "misled")):
                told = words(verdict).replace("\n", "\n    ")
                print(f"{one.exercise}/{one.path.name}: {became}: {one.mistake}\n    {told}".rstrip())
    print("\n".join(table(fates)))
    return 1 if unfair else 0


if __name__ == "__main__":
    sys.exit(main())
