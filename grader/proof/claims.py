"""Proves an exercise by judging it: the starter fails, the reference and its alternatives pass, each mistake fails
and gets its own hint first; inputs tell results apart, budgets have room, questions hold what they ask.

What is handed in is the reference's own file with the entry bound to another of its functions, so that lesson and
proof cannot drift apart.
"""

from __future__ import annotations

import ast
import hashlib
import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import msgspec

import grader as room
from grader.grading import Answer, Cancel, Graded, Grader
from grader.proof.baseline import SPOILED, TRIVIAL, baselines
from grader.proof.question_proof import complaints, complaints_of_formula
from grader.proof.shapes import untold
from grader.proof.shown import last_hints
from grader.questions.sampling import function_of
from grader.records.job import NO_FLOAT64
from grader.records.survey import ACCEPTS_NOTHING, UNSTEADY, Other, PartFacts, Unsurveyed
from grader.records.unproved import Unproved
from grader.records.verdict import Check, PartVerdict
from grader.solution import solution
from grader.spec.labels import misspelled
from lessons import edit, schema
from lessons.schema import RUN_KINDS, Budget, Demo, Exercise, Part

SEEDS = (1, 2, 3)
DRAWN = 500
"""For how many seeds a reference is judged by its own checks, where that is quick."""
ROOM = 5
"""How many times the reference's CPU seconds a part's budget is."""
GRADER = Path(room.__path__[0]).resolve()
CODE = (
    GRADER,
    Path(schema.__path__[0]).resolve(),
    Path(edit.__file__).resolve(),
)
"""The rooms and the file whose code decides whether a proof holds."""
WATCHING = GRADER.parent / "kernels" / "inspect"
"""What decides too where kernels are judged. It imports torch, which this process does without."""
ABOVE = ("__main__.py", "batch", "cli.py", "command", "console.py", "device_run.py", "report", "start.py")
"""What of the grader only asks for verdicts or shows them: nothing of the rest imports it."""
SKIPPED = "skipped"
"""In the place of a rule: the part was not judged, because this machine lacks what it needs."""
SHAPED = frozenset({"code", "derivation", "kernel"})
"""Kinds whose inputs must tell a right result from one that is transposed, broadcast or padded."""

PROVED_QUESTIONS = {"numeric": complaints, "formula": complaints_of_formula}


def prove(
    exercise: Exercise, grader: Grader, cancel: Cancel | None = None, *, drawn: int = DRAWN
) -> Iterator[Unproved]:
    """Everything that did not hold. drawn: for how many seeds, at most, a reference is judged. Raises Cancelled."""
    for part in exercise.parts:
        if part.kind in PROVED_QUESTIONS:
            yield from _question(exercise, part)
    parts = [part for part in with_lint_budgets(exercise).parts if part.kind in RUN_KINDS]
    if not parts or not exercise.reference.is_file():
        return
    source = exercise.reference.read_text(encoding="utf-8")
    try:
        facts = {one.part: one for one in grader.survey(exercise, seed=SEEDS[0], cancel=cancel)}
    except Unsurveyed as fault:
        yield Unproved("reference-passes", 1, str(fault))
        return
    shown = solution(exercise).code, last_hints(exercise) or ""
    for part in parts:
        try:
            claims = list(_claims(exercise, part, source, facts[part.id], shown, drawn))
        except edit.EditError as fault:
            yield Unproved("reference-passes", 1, str(fault), part.id)
            continue
        graded = grader.grade_all(exercise, [claim.answer for claim in claims], cancel=cancel)
        yield from _judged(part, source, facts[part.id], claims, graded)


@dataclass(frozen=True)
class Claim:
    """An answer to be handed in for a part, and what is said of its verdict where a rule does not hold."""

    rule: str
    answer: Answer
    judge: Callable[[Graded], Iterator[Unproved]]

    @property
    def measured(self) -> bool:
        """Whether it says how long the reference takes."""
        return self.rule == "reference-passes"


def _judged(part: Part, source: str, facts: PartFacts, claims: list[Claim], graded: list[Graded]) -> Iterator[Unproved]:
    first = graded[0].verdict.parts[0]
    if first.status == "skipped":
        yield Unproved(SKIPPED, 1, first.message, part.id)
        return
    found = [(claim.rule, one) for claim, said in zip(claims, graded, strict=True) for one in claim.judge(said)]
    sound = all(one.rule != "reference-passes" for _, one in found)
    # a reference that does not pass says nothing of rounding, nor of what is shown of it
    yield from (one for rule, one in found if sound or rule not in ("tolerance", "solution-passes"))
    if sound:
        yield from _budget(part, max(one.cpu for claim, one in zip(claims, graded, strict=True) if claim.measured))
    if part.kind in SHAPED and (missing := untold(facts)):
        yield Unproved("shapes", line_of(source, facts.sources[0]), f"{part.id}: {missing}", part.id)
    for wrong in sorted({misspelled(one.label) for one in facts.cases} - {""}):
        said = f"{part.id}: a case is labelled {wrong!r}; grader.spec.plural counts"
        yield Unproved("labels", line_of(source, facts.sources[0]), said, part.id)


def _claims(
    exercise: Exercise, part: Part, source: str, facts: PartFacts, shown: tuple[str, str], drawn: int
) -> Iterator[Claim]:
    """shown: the file of the solution, and that of the last hints; each may be empty."""

    def claim(
        rule: str,
        file: str,
        judge: Callable[[Graded], Iterator[Unproved]],
        seed: int = SEEDS[0],
        of: Part = part,
        probed: int = 0,
    ) -> Claim:
        return Claim(rule, Answer(source=file, parts=(of,), seed=seed, given={}, probed=probed, near=False), judge)

    yield claim("starter-fails", exercise.starter, partial(_starter, part))
    for seed in SEEDS[:1] if part.kind == "experiment" else SEEDS:
        yield claim(
            "reference-passes", source, partial(_reference, part, seed), seed, probed=drawn * (seed == SEEDS[0])
        )
    if part.kind in SHAPED:
        exact = msgspec.structs.replace(part, precision="float64")
        yield claim("tolerance", source, partial(_tolerance, part), of=exact)
    if shown[0]:
        yield claim("solution-passes", shown[0], partial(_shown, part, "solution-passes", "the solution that is shown"))
    if shown[1]:
        yield claim("last-hint-passes", shown[1], partial(_shown, part, "last-hint-passes", "what the last hint shows"))
    right = handed_in(source, part, part.entry or "")
    for name, file in baselines(part, right, source, exercise.prompt).items():
        yield claim(f"trivial-{name}", file, partial(_trivial, part, name))
    for other in facts.others:
        yield claim(other.mark, handed_in(source, part, other.function), partial(_other, part, source, other))


def with_lint_budgets(exercise: Exercise) -> Exercise:
    """The exercise with the budgets of the linter's runs, where parts have one."""
    parts = tuple(
        msgspec.structs.replace(part, budget=Budget(seconds=part.budget.lint)) if part.budget.lint else part
        for part in exercise.parts
    )
    return msgspec.structs.replace(exercise, parts=parts)


def _question(exercise: Exercise, part: Part) -> Iterator[Unproved]:
    for file, message in PROVED_QUESTIONS[part.kind](exercise, part):
        line = 1
        if file == "questions.py" and (path := exercise.folder / file).is_file():
            line = line_of(path.read_text(encoding="utf-8"), function_of(part))
        yield Unproved("drawn", line, f"{part.id}: {message}", part.id, file)


def _starter(part: Part, graded: Graded) -> Iterator[Unproved]:
    verdict = graded.verdict.parts[0]
    if verdict.status in ("passed", "grader_error", "crashed"):
        message = f"{part.id}: the starter is judged as {said(verdict)}"
        yield Unproved("starter-fails", 1, message, part.id, "starter.py")


def _reference(part: Part, seed: int, graded: Graded) -> Iterator[Unproved]:
    verdict = graded.verdict.parts[0]
    for check in _with(verdict, ACCEPTS_NOTHING):
        yield Unproved("nothing-passes", 1, f"{part.id}: {check.label}: {check.message}", part.id)
    for check in _with(verdict, UNSTEADY):
        yield Unproved("reference-passes", 1, f"{part.id}: {check.label}: {check.message}", part.id)
    if verdict.status != "passed" and not _with(verdict, ACCEPTS_NOTHING) + _with(verdict, UNSTEADY):
        yield Unproved("reference-passes", 1, f"{part.id}, seed {seed}: {said(verdict)}", part.id)


def _with(verdict: PartVerdict, name: str) -> list[Check]:
    return [check for check in verdict.checks if any(one.name == name for one in check.diagnosis)]


def _budget(part: Part, used: float) -> Iterator[Unproved]:
    """The reference needs no more than its share of the budget."""
    if used * ROOM > part.budget.seconds:
        least = math.ceil(used * ROOM * 10) / 10
        message = (
            f"{part.id}: the reference took {used:.2f} s of CPU, and the budget is {part.budget.seconds:g} s; "
            f"it should be {ROOM} times as much, {least:g} s or more"
        )
        yield Unproved("budget", 1, message, part.id, "exercise.yaml")


def _tolerance(part: Part, graded: Graded) -> Iterator[Unproved]:
    """The reference as it is beside itself in float64, where it takes float64: what rounding does must be allowed."""
    verdict = graded.verdict.parts[0]
    if verdict.status == "passed" or (verdict.status == "grader_error" and NO_FLOAT64 in verdict.message):
        return
    message = f"{part.id}: beside itself computed in float64 the reference is judged as {said(verdict)}"
    yield Unproved("tolerance", 1, message, part.id)


def _shown(part: Part, rule: str, what: str, graded: Graded) -> Iterator[Unproved]:
    """What a learner is shown in the end is a right answer."""
    verdict = graded.verdict.parts[0]
    if verdict.status != "passed":
        file = "reference.py" if rule == "solution-passes" else "exercise.yaml"
        yield Unproved(rule, 1, f"{part.id}: {what} is judged as {said(verdict)}", part.id, file)


PASSING = {
    "numbers": "the prompt's own numbers in the place of the right ones pass",
    "first": "an answer that is right on its first call only passes",
    "again": "an answer that gives its first result again and again passes",
}


def _trivial(part: Part, name: str, graded: Graded) -> Iterator[Unproved]:
    """Trivial answers that pass. What does not change the right result in any case says nothing."""
    if graded.verdict.passed and SPOILED in graded.verdict.output.text:
        message = f"{part.id}: {PASSING.get(name, f'{name} in the place of the right tensors passes')}"
        yield Unproved(f"trivial-{name}", 1, message, part.id)


def _other(part: Part, source: str, other: Other, graded: Graded) -> Iterator[Unproved]:
    """An alternative passes; a mistake fails and is answered with its own hint first."""
    verdict = graded.verdict.parts[0]
    line = line_of(source, other.function)
    if other.mark == "alternative":
        if verdict.status != "passed":
            yield Unproved("alternative-passes", line, f"{other.function}: {said(verdict)}", part.id)
    elif verdict.status == "passed":
        yield Unproved("mistake-fails", line, f"{other.name} passes", part.id)
    else:
        hints = [check.hint for check in verdict.checks if check.status != "passed" and check.hint]
        if not hints or hints[0] != other.hint:
            shown = hints[0] if hints else "no hint"
            yield Unproved("mistake-hint", line, f"{other.name} is answered with: {shown}", part.id)


def line_of(source: str, name: str) -> int:
    """The line on which a name of a file is defined, 1 where that cannot be read off."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return 1
    for node in body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if (declared := edit.edit_of(node)) and declared.bound == name:
            return declared.line
        if getattr(node, "name", None) == name or any(getattr(one, "id", None) == name for one in targets):
            return node.lineno
    return 1


def handed_in(source: str, part: Part, function: str = "", made: edit.Edited | None = None) -> str:
    """A file whose entry is another function of a reference.py, or what was `made` of one.

    The reference's names live apart, so that a mistake which calls the reference still calls the reference.
    """
    entry = part.entry or ""
    declared = next((one for one in map(edit.edit_of, ast.parse(source).body) if one and one.bound == function), None)
    if made is None and declared:
        made = edit.edited(source, entry, declared.of or entry, declared.replace)
    anew = f"names = dict(names)\nexec({made.code!r}, names)\n" if made else ""
    return (
        f"names = {{}}\nexec({source!r}, names)\n"
        "globals().update((name, value) for name, value in names.items() if name[:2] != '__')\n"
        f"{anew}{entry} = names[{made.answer if made else function!r}]\n"
    )


def said(verdict: PartVerdict) -> str:
    """A part's verdict in one line."""
    wrong = next((check for check in verdict.checks if check.status != "passed"), None)
    detail = verdict.message or (f"{wrong.label}: {wrong.message}" if wrong else "")
    return f"{verdict.status}: {detail}" if detail else verdict.status


def fingerprint(exercise: Exercise, versions: dict[str, str]) -> str:
    """Changes when the exercise, the grader, the format or the versions do: what a kept proof is good for."""
    return digest_of(_files(exercise.folder), versions)


def fingerprint_of_demo(demo: Demo, versions: dict[str, str]) -> str:
    """The same for a demo; versions: also which data there are."""
    return digest_of([demo.path, demo.path.with_suffix(".yaml")], versions)


def digest_of(files: Sequence[Path], versions: dict[str, str]) -> str:
    """A digest of files, of the grader's own code and of versions."""
    texts = [(path.name.encode(), path.read_bytes()) for path in files]
    digest = hashlib.sha256(json.dumps(versions, sort_keys=True).encode() + _code(CODE))
    if any(b"triton" in text for _, text in texts):
        digest.update(_code((WATCHING,)))
    for name, text in texts:
        digest.update(name + b"\0" + text)
    return digest.hexdigest()


@cache
def _code(places: tuple[Path, ...]) -> bytes:
    digest = hashlib.sha256()
    for place in places:
        for path in [place] if place.is_file() else _files(place):
            if place == GRADER and path.relative_to(place).parts[0] in ABOVE:
                continue
            digest.update(str(path.relative_to(place.parent)).encode() + b"\0" + path.read_bytes())
    return digest.digest()


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*.*")) if path.is_file() and "__pycache__" not in path.parts]


__all__ = ["SEEDS", "TRIVIAL", "Unproved", "fingerprint", "handed_in", "prove", "said"]
