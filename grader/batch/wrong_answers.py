"""Wrong answers that no mistake of the exercise names, by what they do, and then by their code."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from grader.batch.normal_tree import Normal
from grader.batch.skeleton import Asked, skeleton
from grader.records.verdict import Check, PartVerdict, Verdict
from grader.report.review.record import Cluster, Mistake, Variant
from lessons.formulas.prose import prose, unquoted
from lessons.schema import RUN_KINDS, Exercise

VARIANTS = 3
"""How many codes of a cluster are offered as a mistake, the commonest first."""
LABELS = 6
NUMBER = re.compile(r"(?<![\w.])-?(?:\d+\.?\d*(?:e[-+]?\d+)?|inf|nan)\b")
UNWRITTEN = ("NotImplementedError", " is not defined in your file")
"""What is said where a file is as it was given, or lacks what is asked for."""
SHAPED = " has shape "


class Answered(NamedTuple):
    """An answer: whose, the verdict on it, and its code."""

    learner: str
    verdict: Verdict
    source: str | None
    normal: Normal | None


class Behaviour(NamedTuple):
    """What a wrong answer does: answers that do the same are looked at together."""

    checks: tuple[tuple[str, str], ...]
    """Label and status of all that fail."""
    findings: tuple[str, ...]
    outcome: str
    """What is said of the first that fails, without the numbers in it."""


def authored(reference: str) -> frozenset[str]:
    """Names that `reference.py` gives to wrong answers: of mistakes and of its checks' findings."""
    try:
        tree = ast.parse(reference)
    except SyntaxError:
        return frozenset()
    return frozenset(
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def mistakes(answers: Iterable[Answered], named: frozenset[str]) -> tuple[Mistake, ...]:
    """Who made which mistake, the commonest first; those of the exercise before what we find by ourselves."""
    found: dict[str, tuple[str, dict[str, None]]] = {}
    for one in answers:
        for part in one.verdict.parts:
            for check in part.checks:
                for diagnosis in check.diagnosis:
                    found.setdefault(diagnosis.name, (diagnosis.message, {}))[1][one.learner] = None
    made = [
        Mistake(name=name, message=prose(message), learners=tuple(who), own=name in named)
        for name, (message, who) in found.items()
    ]
    return tuple(sorted(made, key=lambda one: (not one.own, -len(one.learners), one.name)))


def clusters(
    exercise: Exercise, answers: Sequence[Answered], reference: str, named: frozenset[str]
) -> tuple[Cluster, ...]:
    """The clusters of an exercise, the largest first."""
    entries = {part.id: part.entry for part in exercise.parts if part.kind in RUN_KINDS}
    found: dict[tuple[str, Behaviour], list[tuple[Answered, Check]]] = defaultdict(list)
    for one in answers:
        for part in one.verdict.parts:
            if (first := _unnamed(part, named)) is not None and part.part in entries:
                found[part.part, _behaviour(part, first)].append((one, first))
    made = []
    for (part_id, behaviour), those in found.items():
        entry = entries[part_id]
        asked = Asked(reference, entry, part_id if len(entries) > 1 else None) if entry else None
        some = [one for one, _ in those]
        cluster = Cluster(
            part=part_id,
            checks=tuple(label for label, _ in behaviour.checks),
            finding=" ".join(behaviour.findings),
            outcome=unquoted(those[0][1].message or those[0][1].status),
            learners=tuple(one.learner for one in some),
            variants=_variants(some, asked),
        )
        made.append(cluster)
    return tuple(sorted(made, key=lambda one: (-len(one.learners), one.part, one.checks, one.learners)))


def _unnamed(part: PartVerdict, named: frozenset[str]) -> Check | None:
    """The first check that fails of a part whose code is wrong in a way that has no name."""
    if any(diagnosis.name in named for check in part.checks for diagnosis in check.diagnosis):
        return None
    return wrong_of(part)


def wrong_of(part: PartVerdict) -> Check | None:
    """The first check that fails of a part whose code is wrong; None where it was not written, too."""
    if part.kind not in RUN_KINDS or part.status not in ("failed", "error"):
        return None
    first = next((check for check in part.checks if check.status in ("failed", "error")), None)
    return None if first is None or any(words in first.message for words in UNWRITTEN) else first


def _behaviour(part: PartVerdict, first: Check) -> Behaviour:
    wrong = [check for check in part.checks if check.status not in ("passed", "skipped")]
    labels = dict.fromkeys((check.label, check.status) for check in wrong)
    findings = dict.fromkeys(diagnosis.name for check in wrong for diagnosis in check.diagnosis)
    outcome = first.message if SHAPED in first.message else NUMBER.sub("#", first.message)
    return Behaviour(tuple(labels), tuple(findings), outcome)


def _variants(answers: Sequence[Answered], asked: Asked | None) -> tuple[Variant, ...]:
    by: Mapping[object, list[Answered]] = defaultdict(list)
    for one in answers:
        by[one.normal.shape if one.normal is not None else None].append(one)
    ranked = sorted(by.items(), key=lambda item: (item[0] is None, -len(item[1]), item[1][0].learner))
    return tuple(
        Variant(
            learners=tuple(one.learner for one in some),
            skeleton=_skeleton(some[0], asked) if place < VARIANTS and asked is not None else "",
        )
        for place, (_, some) in enumerate(ranked)
    )


def _skeleton(answer: Answered, asked: Asked) -> str:
    return "" if answer.source is None else skeleton(answer.source, asked)
