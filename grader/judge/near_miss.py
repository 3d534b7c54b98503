"""Which single change of a right answer gives exactly the results that came: mutants of the reference are run on the
cases in the judge, and those that explain all of them say what may have gone wrong.
"""

from __future__ import annotations

import ast
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from grader.judge.findings.behaviour import Behaviour
from grader.judge.findings.reliance import NEAR_MISS
from grader.judge.mutants import mutants
from grader.judge.reference import run
from grader.judge.rehearsal import Rehearsals
from grader.judge.trial import Trial
from grader.records.job import PartJob

MOST = 150
"""How many mutants of a part are tried, at most."""
SECONDS = 0.6
"""CPU seconds after which no more are tried: what is found is a help, and never a mark."""
TURNS = 10_000
"""How often the loops of a mutant may turn: one that never ends is among them."""
SAID = 2
"""How many changes are named, where several would explain it."""
TICK = "__tick__"
Explains = Callable[[Callable[..., Any], list[Trial]], bool]
"""Whether a function in the place of the entry yields what came in the trials."""


class _Candidate(NamedTuple):
    told: str
    function: Callable[..., Any]


def near_miss(
    rehearsals: Rehearsals, part: PartJob, trials: list[Trial], wrong: list[Trial], explains: Explains
) -> tuple[Behaviour, str] | None:
    """The finding, with what the mutants that explain all trials do; None where none does.

    What says yes or no is explained by too many of them.
    """
    values = [one.value for trial in wrong for one in trial.got]
    if not wrong or any(one.raised is not None for trial in wrong for one in trial.got):
        return None
    if all(value is None or isinstance(value, bool) for value in values):
        return None
    reference = rehearsals.reference
    began = time.process_time()
    made = rehearsals.once(("near misses", part.id), reference, lambda: list(_candidates(rehearsals, part)))
    others = [trial for trial in trials if not any(trial is one for one in wrong)]
    told: list[str] = []
    for one in made:
        if one.told in told or time.process_time() - began > SECONDS:
            continue
        if explains(one.function, wrong[:1]) and explains(one.function, [*wrong[1:], *others]):
            told.append(one.told)
        if len(told) == SAID:
            break
    return (NEAR_MISS, " Or: ".join(told)) if told else None


def _candidates(rehearsals: Rehearsals, part: PartJob) -> Iterator[_Candidate]:
    """The mutants of a part's entry that have a sentence, ready to run."""
    reference = rehearsals.reference
    for number, mutant in enumerate(mutants(reference.source, reference.parts[part.id].entry, MOST, more=True)):
        if mutant.told is None:
            continue
        names = {**reference.namespace, TICK: _limit()}
        try:
            run(_counted(mutant.made.code), f"<near miss {number} of {part.id}>", names)
        except Exception:  # a change that cannot be run is nobody's answer
            continue
        yield _Candidate(mutant.told, names[mutant.made.answer])


def _counted(code: str) -> str:
    """The code with a call in each turn of its loops that ends what does not end."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.While | ast.For):
            node.body.insert(0, ast.Expr(ast.Call(ast.Name(TICK, ast.Load()), [], [])))
    return ast.unparse(ast.fix_missing_locations(tree))


def _limit() -> Callable[[], None]:
    left = TURNS

    def tick() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise TimeoutError("a mutant that does not end")

    return tick
