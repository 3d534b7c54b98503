"""What is made on both sides: public fixtures, files, spies, generators; and exceptions that must come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.grading import Grader
from grader.records.verdict import PartVerdict
from lessons.schema import Exercise

Write = Callable[..., Exercise]


def part(grader: Grader, exercise: Exercise, source: str, **options: Any) -> PartVerdict:
    return grader.grade(exercise, source, {}, seed=3, **options).parts[0]


FIXTURE = """
    import math
    from pathlib import Path
    import torch
    from grader.spec import case, cases, fixture, script

    def f(g, x):
        return g(x) + 1

    def lines(path):
        return Path(path).read_text().splitlines()

    @cases
    def functions(rng):
        yield case(g=fixture("square"), x=rng.normal(3))
        yield case(g=fixture("square"), x=None, raises=TypeError, label="nothing")
        s = script("a file")
        folder = s.files(fixture("write"), 3)
        s.call("lines", folder / "a.txt")
        s.call("lines", folder / "b.txt", raises=FileNotFoundError, label="an absent file")
        yield s
        s = script("a spy")
        spy = s.spy(fixture("Spy"))
        s.call("f", spy, 3)
        s.attribute(spy, "seen")
        yield s
        s = script("random bits")
        s.call(torch.rand if False else "draw", rng.generator())
        yield s

    def draw(generator):
        return torch.rand(3, generator=generator)
"""
PUBLIC = """
    def square(x):
        return x * x

    def write(directory, count):
        (directory / "a.txt").write_text("\\n".join(map(str, range(count))))

    class Spy:
        def __init__(self):
            self.seen = []
        def __call__(self, x):
            self.seen.append(x)
            return x
"""
USES = """
import torch
def f(g, x): return {call} + 1
def lines(path): return open(path).read().splitlines()
def draw(generator): return torch.rand(3, generator=generator)
"""


OWN_ERROR = """
class TypeError(Exception):
    pass
def checked(g, x):
    if x is None:
        raise TypeError("none")
    return g(x)
"""


def test_callables_files_spies_and_generators_reach_both_sides(grader: Grader, exercise_of: Write) -> None:
    exercise = exercise_of(FIXTURE, fixtures=PUBLIC)
    assert part(grader, exercise, USES.format(call="g(x)")).status == "passed"
    twice = part(grader, exercise, USES.format(call="(g(x), g(x))[0]"))
    spied = next(check for check in twice.checks if check.label == "a spy")
    assert spied.status == "failed" and "2 items where 1 item" in spied.message
    silent = part(grader, exercise, USES.format(call="(g(x) if x is not None else 0)"))
    assert "TypeError should have been raised" in next(c for c in silent.checks if c.label == "nothing").message
    own = part(grader, exercise, OWN_ERROR + USES.format(call="checked(g, x)"))
    said = next(check for check in own.checks if check.label == "nothing").message
    assert said == "TypeError should have been raised, but it was another class of that name, TypeError: none"
    derived = OWN_ERROR.replace("TypeError(Exception)", "Own(TypeError)").replace("raise TypeError", "raise Own")
    assert part(grader, exercise, derived + USES.format(call="checked(g, x)")).status == "passed"
