"""What demos state, measured: each runs in the sandbox with its seed, and its facts are compared with what came."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from grader.grading import Cancel, Grader, Measurement
from grader.records.unproved import Unproved
from lessons.schema import Demo, Fact

FactVerdict = Literal["ok", "differs", "not measured", "demo failed", "skipped"]
GOOD = ("ok", "skipped")


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """One fact of a demo, or a demo without facts (`id` is then what the demo covers), and what came of it."""

    id: str
    demo: str
    what: str
    stated: Any = None
    measured: Any = None
    tolerance: float = 0.0
    verdict: FactVerdict
    message: str = ""


def agrees(stated: Any, measured: Any, tolerance: float = 0.0) -> bool:
    """Is a measured value what a fact states? Lists are compared entry by entry, floats to within the tolerance.

    True is not 1, and nan is never what was stated.
    """
    if isinstance(stated, list | tuple):
        return (
            isinstance(measured, list | tuple)
            and len(stated) == len(measured)
            and all(agrees(one, other, tolerance) for one, other in zip(stated, measured, strict=True))
        )
    if isinstance(stated, bool) or isinstance(measured, bool):
        return isinstance(stated, bool) and isinstance(measured, bool) and stated == measured
    if isinstance(stated, float) and isinstance(measured, int | float):
        return stated == measured or abs(stated - measured) <= tolerance
    return bool(stated == measured)


def measure(demo: Demo, grader: Grader, cancel: Cancel | None = None) -> list[Measured]:
    """Runs a demo and compares its facts; one without facts has only to run. Raises SandboxError, Cancelled."""
    run = grader.run(
        demo.source,
        name=f"{demo.id}.py",
        seed=demo.seed,
        seconds=demo.budget.seconds,
        measure=list(dict.fromkeys(fact.measured for fact in demo.facts)),
        cancel=cancel,
    )
    name = f"{demo.lesson}/{demo.id}"
    failed = "" if run.status == "passed" else run.message or run.status
    if not demo.facts:
        verdict: FactVerdict = "demo failed" if failed else "ok"
        return [Measured(id=", ".join(demo.covers), demo=name, what="runs", verdict=verdict, message=failed)]
    here = "real" if all(used.real for used in run.data) else "stand-in"
    return [compared(name, fact, run.measured.get(fact.measured), failed, here) for fact in demo.facts]


def compared(demo: str, fact: Fact, found: Measurement | None, failed: str = "", here: str = "real") -> Measured:
    """A fact beside what its expression gave; `failed` says why the demo did not run to its end, if it did not.

    here: whether the demo's data are "real" or a "stand-in".
    """
    found = found or Measurement()
    message = failed
    verdict: FactVerdict
    if failed:
        verdict = "demo failed"
    elif fact.of not in (None, here):
        verdict = "skipped"
    elif found.error:
        verdict, message = "not measured", found.error
    else:
        verdict = "ok" if agrees(fact.stated, found.value, fact.tolerance) else "differs"
    return Measured(
        id=fact.id,
        demo=demo,
        what=fact.measured,
        stated=fact.stated,
        measured=found.value,
        tolerance=fact.tolerance,
        verdict=verdict,
        message=message,
    )


def prove_demo(demo: Demo, grader: Grader, cancel: Cancel | None = None) -> Iterator[Unproved]:
    """What a demo states and does not measure. Raises SandboxError, Cancelled."""
    for number, found in enumerate(measure(demo, grader, cancel)):
        if found.verdict == "differs":
            said = f"`{found.what}` is {found.measured!r}, and {found.stated!r} is stated"
        elif found.verdict not in GOOD:
            said = f"{found.verdict}: {found.message}"
        else:
            continue
        yield Unproved("facts", number, f"{found.id}: {said}", file=f"{demo.id}.yaml")
